import { expect, test } from 'vitest'
import type { Step } from '../attack/step.ts'
import { gained } from '../attack/try-example.ts'
import { loadCatalogue } from './load.ts'

const steps = (await loadCatalogue<Step>('attack/steps')).map(({ item }) => item)

test('there are at least four hundred steps, each with an id of its own', () => {
  expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length)
  expect(steps.length).toBeGreaterThanOrEqual(400)
})

test.each(steps.map((step) => [step.id, step] as const))('%s works in its examples and in no twin that lacks a premise', (_id, step) => {
  expect(step.works.length).toBeGreaterThan(0)
  expect(step.blocked.length).toBeGreaterThan(0)
  for (const example of step.works) expect(gained(example, [step])).toEqual([step.id])
  for (const example of step.blocked) expect(gained(example, [step])).toBeUndefined()
})

test('a story names only what the step speaks of', () => {
  for (const { id, story, when, gives } of steps) {
    const names = new Set([...gives.map(({ on }) => on.name), ...when.flatMap((premise) => {
      switch (premise.kind) {
        case 'fact': return [premise.from.name, premise.to.name]
        case 'each': return [premise.fact.from.name, premise.fact.to.name]
        case 'may': return premise.on === undefined ? [] : [premise.on.name]
        default: return [premise.on.name]
      }
    })])
    for (const [, name] of story.matchAll(/\{(\w+)\}/g)) expect(names, `${id}: ${name}`).toContain(name)
  }
})

test('every technique has the form of an ATLAS or ATT&CK id, and what was documented names its source', () => {
  for (const { id, techniques, confidence, source } of steps) {
    expect(techniques.length, id).toBeGreaterThan(0)
    for (const technique of techniques) expect(technique, id).toMatch(/^(AML\.)?T\d{4}(\.\d{3})?$/)
    expect(source !== undefined, id).toBe(confidence === 'documented')
  }
})
