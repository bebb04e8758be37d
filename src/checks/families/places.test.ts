import { describe, expect, test } from 'vitest'
import { settle, unknown } from '../../core/unknown.ts'
import { guarded } from '../read.ts'
import { below, everyAt, someAt, withAt } from './places.ts'

const variants = { Variants: [{ Dump: { Key: 'a' } }, { Dump: { Key: 'b' } }, {}] }

describe('everyAt and someAt', () => {
  test('ask each place that a pointer reaches', () => {
    expect(everyAt(variants, 'Variants/*/Dump/Key', (key) => key === 'a' || key === 'b')).toBe(true)
    expect(everyAt(variants, 'Variants/*/Dump/Key', (key) => key === 'a')).toBe(false)
    expect(someAt(variants, 'Variants/*/Dump/Key', (key) => key === 'b')).toBe(true)
    expect(someAt(variants, 'Variants/*/Other')).toBe(false)
  })
  test('say nothing against a pointer that reaches nothing', () => {
    expect(everyAt(undefined, 'a/b', () => false)).toBe(true)
    expect(everyAt({ a: 'text' }, 'a/b', () => false)).toBe(true)
  })
  test('let one sure answer win over an unknown, whichever comes first', () => {
    const half = guarded({ Variants: [unknown('hidden'), { Dump: { Key: 'b' } }] }, undefined)
    expect(settle(() => everyAt(half, 'Variants/*/Dump/Key', (key) => key === 'a'))).toEqual({ truth: false })
    expect(settle(() => everyAt(half, 'Variants/*/Dump/Key', (key) => key === 'b'))).toEqual({ truth: 'unknown', reason: 'hidden' })
    expect(settle(() => someAt(half, 'Variants/*/Dump/Key', (key) => key === 'b'))).toEqual({ truth: true })
  })
  test('take a place that could not be read for unknown, not for absent', () => {
    expect(settle(() => someAt(guarded({}, 'access denied'), 'KmsKeyId'))).toEqual({ truth: 'unknown', reason: 'access denied' })
  })
})

describe('withAt', () => {
  test('sets a value, making what is on the way, in every item of a list', () => {
    expect(withAt({}, 'a/b', 1)).toEqual({ a: { b: 1 } })
    expect(withAt({ list: [{ x: 1 }, {}] }, 'list/*/k', 'v')).toEqual({ list: [{ x: 1, k: 'v' }, { k: 'v' }] })
    expect(withAt({ list: [{}, {}] }, 'list/1/k', 'v')).toEqual({ list: [{}, { k: 'v' }] })
  })
  test('leaves the original alone', () => {
    const original = { a: { b: 1 } }
    withAt(original, 'a/b', 2)
    expect(original).toEqual({ a: { b: 1 } })
  })
})

test('below gives the rest of a pointer', () => {
  expect(below('a/*/b/c', 'a/*/b')).toBe('c')
  expect(below('a/b', '')).toBe('a/b')
})
