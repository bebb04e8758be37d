import { describe, expect, it } from 'vitest'
import { compile } from '../index.ts'
import type { Catalogue } from '../catalogue.ts'
import { specify } from '../specification/index.ts'
import { topics } from './cases.ts'

const none: Catalogue | undefined = undefined

for (const [topic, cases] of topics()) {
  describe(topic, () => {
    for (const { id, description, expected, input, request, catalogue = none } of cases) {
      it(`${id}: ${description}`, () => {
        expect({ specification: specify(input, catalogue).can(request) }).toEqual({ specification: expected })
        expect({ engine: compile(input, catalogue).can(request).verdict }).toEqual({ engine: expected })
      })
    }
  })
}

describe('the cases', () => {
  const all = [...topics().values()].flat()

  it('have ids of their own', () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
  })

  it('name the page and, in a few words, the sentence that they stand on', () => {
    for (const { id, source } of all) {
      expect(source.page, id).toMatch(/^\w[\w ]*: \w/)
      expect(source.sentence.split(' ').length, id).toBeLessThanOrEqual(25)
    }
  })
})
