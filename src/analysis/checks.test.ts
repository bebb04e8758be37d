import { describe, expect, test } from 'vitest'
import type { Check, Example } from '../checks/check.ts'
import { unknown } from '../core/unknown.ts'
import { pillarOf } from '../model/risk.ts'
import type { ResourceType } from '../model/types.gen.ts'
import { withoutSecrets } from '../sources/secrets.ts'
import { allChecks } from './checks.ts'
import { exampleEstate } from './example.ts'
import { facts } from './facts.ts'
import { judgeEstate } from './judge-estate.ts'

/** What stands in an example beside properties. */
const beside = new Set(['given', 'unlisted', 'tagged', 'times'])

/** An example as a snapshot would hold it. */
const redacted = (example: Example<ResourceType>): Example<ResourceType> => {
  const { given = [], unlisted = [], tagged = {}, times = {}, ...properties } = example as Example<ResourceType> & Readonly<Record<string, unknown>>
  return { ...withoutSecrets(properties), given: given.map((one) => ({ ...one, properties: withoutSecrets(one.properties) })), unlisted, tagged, times } as unknown as Example<ResourceType>
}

const holdsSecret = (example: Example<ResourceType>): boolean => JSON.stringify(redacted(example)).includes('BartizanSecrets')

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
  test('does not pass where a property of the failing example is not known', () => {
    const [example] = check.fails
    const properties = Object.keys(example!).filter((key) => !beside.has(key))
    const passed = properties.filter((property) => verdict(check, { ...example!, [property]: unknown('not read') } as Example<ResourceType>).counts.pass > 0)
    expect(passed).toEqual([])
  })
  test.each(check.fails.filter(holdsSecret).map(redacted))('still fails once no secret is in the snapshot', (example) => {
    expect(verdict(check, example).counts.fail).toBe(1)
  })
  test.each(check.passes.map((example, index) => [index, example] as const))('passes example %i', (_index, example) => {
    const { counts, reasons } = verdict(check, example)
    expect({ ...counts, reasons }).toMatchObject({ fail: 0, unknown: 0, reasons: [] })
  })
})
