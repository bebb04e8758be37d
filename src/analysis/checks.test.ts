import { describe, expect, test } from 'vitest'
import type { Check, Example } from '../checks/check.ts'
import { pillarOf } from '../model/risk.ts'
import type { ResourceType } from '../model/types.gen.ts'
import { allChecks } from './checks.ts'
import { exampleEstate } from './example.ts'
import { facts } from './facts.ts'
import { judgeEstate } from './judge-estate.ts'

const checks = await allChecks()
const known = await facts()

const verdict = (check: Check, example: Example<ResourceType>) => {
  const estate = exampleEstate(check.on, example, known)
  const { counts, findings, undecided } = judgeEstate(estate, [check], () => [0])
  return { counts, findings, reasons: undecided.map(({ reason }) => reason) }
}

describe('every check', () => {
  test('has an id of its own for each type, and stands in the file or family of its pillar', () => {
    const seen = new Set<string>()
    for (const { item, file } of checks) {
      const key = `${item.id} on ${item.on}`
      expect(seen.has(key), `${key} is defined twice`).toBe(false)
      seen.add(key)
      expect(file.split('/')[1], `${item.id} stands in ${file}`).toBe(pillarOf(item.risk))
      expect(item.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    }
  })
})

describe.each(checks.map(({ item }) => [`${item.id} on ${item.on}`, item] as const))('%s', (_name, check) => {
  test('has examples that fail and examples that pass', () => {
    expect(check.fails.length).toBeGreaterThan(0)
    expect(check.passes.length).toBeGreaterThan(0)
  })
  test.each(check.fails.map((example, index) => [index, example] as const))('fails example %i', (_index, example) => {
    const { counts, reasons } = verdict(check, example)
    expect({ ...counts, reasons }).toMatchObject({ fail: 1, unknown: 0, reasons: [] })
  })
  test.each(check.passes.map((example, index) => [index, example] as const))('passes example %i', (_index, example) => {
    const { counts, reasons } = verdict(check, example)
    expect({ ...counts, reasons }).toMatchObject({ fail: 0, unknown: 0, reasons: [] })
  })
})
