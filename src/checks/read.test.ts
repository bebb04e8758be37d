import { expect, test } from 'vitest'
import { settle, some } from '../core/unknown.ts'
import { guarded } from './read.ts'

const optional = { $unknown: 'a condition', $optional: true }
const read = (list: readonly unknown[], decide: (list: readonly unknown[]) => boolean) => settle(() => decide(guarded({ list }, undefined).list))

test('a list with an item that may not be there has no known length; its other items are known', () => {
  expect(read(['a', optional], (list) => list.length > 1)).toEqual({ truth: 'unknown', reason: 'a condition' })
  expect(read(['a', { $unknown: 'its value' }], (list) => list.length > 1)).toEqual({ truth: true })
  expect(read(['a', optional], (list) => some(list, (item) => item === 'a'))).toEqual({ truth: true })
  expect(read(['b', optional], (list) => list.includes('a'))).toEqual({ truth: 'unknown', reason: 'a condition' })
})
