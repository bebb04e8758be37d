import { Spec, Validation } from '@cyclonedx/cyclonedx-library'
import { expect, test } from 'vitest'
import { usesOfAi } from '../analysis/applications.ts'
import { assetsOf } from '../analysis/assets.ts'
import { demoSnapshot } from '../analysis/demo.ts'
import { facts } from '../analysis/facts.ts'
import { buildEstate } from '../graph/estate.ts'
import { pipelinesOf } from '../graph/lineage.ts'
import { tableOf } from '../model/snapshot.ts'
import type { Snapshot } from '../model/snapshot.ts'
import { cyclonedx } from './cyclonedx.ts'

const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot7)
const known = await facts()

const billOf = (snapshot: Snapshot): string => {
  const estate = buildEstate(snapshot, known)
  const uses = usesOfAi(estate, known)
  return cyclonedx({ estate, assets: assetsOf(estate, uses), pipelines: pipelinesOf(estate, uses), gaps: [] })
}

interface Bill {
  readonly components: readonly { readonly 'bom-ref': string, readonly type: string, readonly name: string, readonly publisher?: string, readonly version?: string }[]
  readonly services: readonly unknown[]
  readonly dependencies: readonly { readonly ref: string, readonly dependsOn?: readonly string[] }[]
  readonly formulation: readonly { readonly workflows: readonly { readonly name: string, readonly tasks?: readonly { readonly name: string, readonly inputs: readonly unknown[] }[] }[] }[]
}

test('the AI bill of materials is valid CycloneDX 1.7', async () => {
  const text = billOf(demoSnapshot())
  expect(await validator.validate(text)).toBeNull()
  expect(await validator.validate(text.replace('"machine-learning-model"', '"machine"'))).not.toBeNull()
  const { components, services, dependencies, formulation } = JSON.parse(text) as Bill
  for (const part of [components, services, dependencies, formulation]) expect(part.length).toBeGreaterThan(0)
})

test('foundation models are parts that agents depend on, and training is how a model came about', () => {
  const { components, dependencies, formulation } = JSON.parse(billOf(demoSnapshot())) as Bill
  const claude = components.find(({ publisher }) => publisher === 'anthropic')!
  expect(claude).toMatchObject({ type: 'machine-learning-model', name: 'anthropic.claude-3-5-sonnet-20240620-v1:0', version: '1:0' })
  expect(dependencies.some(({ dependsOn }) => dependsOn?.includes(claude['bom-ref']) === true)).toBe(true)
  const tasks = formulation.flatMap(({ workflows }) => workflows).find(({ name }) => name === 'fraud')!.tasks!
  expect(tasks.map(({ name }) => name).toSorted()).toEqual(['fraud-features', 'fraud-train-2026-10'])
  expect(tasks.every(({ inputs }) => inputs.length > 0)).toBe(true)
})

test('what has one name in two accounts is told apart', async () => {
  const { header, resources, ...rest } = demoSnapshot()
  const all = Array.from({ length: resources.length }, (_, index) => resources.get(index))
  const other = JSON.parse(JSON.stringify(all).replaceAll('111122223333', '444455556666').replaceAll('larkspur', 'foxglove')) as typeof all
  const text = billOf({ ...rest, header: { ...header, accounts: [...header.accounts, { id: '444455556666' }] }, resources: tableOf([...all, ...other]) })
  expect(await validator.validate(text)).toBeNull()
  const refs = [...text.matchAll(/"bom-ref": "([^"]*)"/g)].map(([, ref]) => ref)
  expect(new Set(refs).size).toBe(refs.length)
})
