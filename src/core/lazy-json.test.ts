import { expect, test } from 'vitest'
import { jsonLines, lazyJson } from './lazy-json.ts'

const value = { 'AWS::S3::Bucket': { list: ['a,', '}'] }, plain: 'x\ny', last: 1 }

test('members are what JSON says, whether they stand in lines or not', () => {
  expect({ ...lazyJson(jsonLines(value)) }).toEqual(value)
  expect(JSON.parse(jsonLines(value))).toEqual(value)
  expect(lazyJson(JSON.stringify(value))).toEqual(value)
  expect(lazyJson(jsonLines({}))).toEqual({})
})

test('a member is parsed when it is read, and once', () => {
  const members = lazyJson<unknown>(jsonLines(value).replace('["a,","}"]', 'broken'))
  expect(Object.hasOwn(members, 'AWS::S3::Bucket')).toBe(true)
  expect(() => members['AWS::S3::Bucket']).toThrow(SyntaxError)
  const whole = lazyJson<object>(jsonLines(value))
  expect(whole['AWS::S3::Bucket']).toBe(whole['AWS::S3::Bucket'])
})
