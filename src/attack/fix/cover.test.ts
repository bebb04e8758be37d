import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { smallestCover } from './cover.ts'

const elements = ['a', 'b', 'c', 'd', 'e', 'f']
const weights: Readonly<Record<string, number>> = { a: 1, b: 2, c: 3, d: 5, e: 8, f: 13 }
const weight = (element: string) => weights[element]!
const lists = fc.array(fc.uniqueArray(fc.constantFrom(...elements), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 7 })

const meets = (chosen: readonly string[], all: readonly (readonly string[])[]) => all.every((list) => list.some((element) => chosen.includes(element)))
const subsets = Array.from({ length: 2 ** elements.length }, (_, bits) => elements.filter((_element, at) => (bits >> at) % 2 === 1))
const total = (chosen: readonly string[]) => chosen.reduce((sum, element) => sum + weight(element), 0)

test('no smaller set meets every list, and none of the same size is lighter', () => {
  fc.assert(fc.property(lists, (all) => {
    const chosen = smallestCover(all, weight)!
    const best = subsets.filter((subset) => meets(subset, all)).sort((a, b) => a.length - b.length || total(a) - total(b))[0]!
    expect(meets(chosen, all)).toBe(true)
    expect([chosen.length, total(chosen)]).toEqual([best.length, total(best)])
  }))
})

test('what is banned is not chosen, nor what holds it', () => {
  fc.assert(fc.property(lists, fc.uniqueArray(fc.constantFrom(...elements), { minLength: 1, maxLength: 2 }), (all, ban) => {
    const chosen = smallestCover(all, weight, [new Set(ban)])
    if (chosen !== undefined) expect(ban.every((element) => chosen.includes(element))).toBe(false)
  }))
})

test('an empty list cannot be met', () => {
  expect(smallestCover([['a'], []], weight)).toBeUndefined()
})
