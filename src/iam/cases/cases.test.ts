import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compile } from '../index.ts'
import { specify } from '../specification/index.ts'
import type { Case } from './case.ts'

const read = (name: string): readonly Case[] => JSON.parse(readFileSync(`${import.meta.dirname}/${name}`, 'utf8')) as Case[]

const topics = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.json')).sort()

for (const topic of topics) {
  describe(topic.replace('.json', ''), () => {
    for (const { id, description, expected, input, request, catalogue } of read(topic)) {
      it(`${id}: ${description}`, () => {
        expect({ specification: specify(input, catalogue).can(request) }).toEqual({ specification: expected })
        expect({ engine: compile(input, catalogue).can(request).verdict }).toEqual({ engine: expected })
      })
    }
  })
}

describe('the cases', () => {
  const all = topics.flatMap(read)

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
