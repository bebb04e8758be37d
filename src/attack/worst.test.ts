import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { keepWorst } from './worst.ts'

const byNumber = (a: number, b: number) => a - b

test('the first of all are kept, whatever is left out on the way', () => {
  fc.assert(fc.property(fc.array(fc.nat(50)), fc.integer({ min: 1, max: 8 }), (numbers, most) => {
    const worst = keepWorst(most, byNumber)
    for (const number of numbers) if (worst.matters((last) => number - last)) worst.add(number)
    expect(worst.done()).toEqual([...numbers].sort(byNumber).slice(0, most))
  }))
})
