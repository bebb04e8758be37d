import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readJson } from './json.ts'

test('values are those that JSON.parse gives, with the place of each', () => {
  fc.assert(fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(0, 1, 4), (value, space) => {
    const text = JSON.stringify(value, undefined, space)
    const starts: number[] = []
    const read = readJson(text, 100, (_path, offset) => starts.push(offset))
    expect(JSON.stringify(read?.value)).toBe(JSON.stringify(JSON.parse(text, (name, inner: unknown) => (name === '__proto__' ? undefined : inner))))
    expect(starts).toEqual(starts.toSorted((a, b) => a - b))
  }))
})

test('places are told by path', () => {
  const text = '{\n  "A": {"b": [1, "x\\"y"]}\n}'
  const places: Record<string, string> = {}
  readJson(text, 100, (path, offset) => { places[path] = text.slice(offset, offset + 6) })
  expect(places).toEqual({ '': text.slice(0, 6), A: '{"b": ', 'A/b': '[1, "x', 'A/b/0': '1, "x\\', 'A/b/1': '"x\\"y"' })
})

test.each(['', '{', '{"a": 1,}', '{a: 1}', '{"a": 01}', '["x', '{"a": 1} # no', `${'['.repeat(500)}${']'.repeat(500)}`])('%s is not read', (text) => {
  expect(readJson(text, 100, () => undefined)).toBeUndefined()
})
