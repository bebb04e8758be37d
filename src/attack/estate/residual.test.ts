import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { statesAfter } from './residual.ts'

const letters = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 5 })
const patterns = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 6 })
const matches = (pattern: string, text: string) => new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(text)

test('what is left after a text decides whatever follows it', () => {
  fc.assert(fc.property(patterns, letters, letters, letters, (pattern, one, other, rest) => {
    const [after, afterOther] = [statesAfter(pattern, one), statesAfter(pattern, other)]
    if (after.join() === afterOther.join()) expect(matches(pattern, one + rest)).toBe(matches(pattern, other + rest))
    if (after.length === 0) expect(matches(pattern, one + rest)).toBe(false)
    expect(after.includes(pattern.length)).toBe(matches(pattern, one))
  }))
})
