import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { analyse } from '../src/analysis/analysis.ts'
import type { Analysis } from '../src/analysis/analysis.ts'
import { allChecks } from '../src/analysis/checks.ts'
import { demoSnapshot } from '../src/analysis/demo.ts'
import { exampleAccount, exampleRegion } from '../src/analysis/example.ts'
import { facts } from '../src/analysis/facts.ts'
import { judgeEstate } from '../src/analysis/judge-estate.ts'
import type { Check } from '../src/checks/check.ts'
import { buildEstate } from '../src/graph/estate.ts'
import type { Resource } from '../src/model/resource.ts'
import { tableOf } from '../src/model/snapshot.ts'
import type { Snapshot } from '../src/model/snapshot.ts'
import { schemaOf } from '../src/sources/shape.ts'
import { readTemplates } from '../src/sources/templates.ts'
import { withReferences } from './identifiers.ts'
import { asHcl, asPlan, asTemplate, awsccType } from './render.ts'
import type { Written } from './render.ts'

const resourcesOf = ({ resources }: Snapshot): Resource[] => Array.from({ length: resources.length }, (_, index) => resources.get(index))

const read = (files: Readonly<Record<string, unknown>>): Promise<Snapshot> => {
  const folder = mkdtempSync(join(tmpdir(), 'bartizan-'))
  for (const [name, document] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), typeof document === 'string' ? document : JSON.stringify(document))
  }
  return readTemplates([folder], { takenAt: demo.header.takenAt, account: exampleAccount, region: exampleRegion, from: folder })
}

const demo = demoSnapshot()

const resources = resourcesOf(demo)

/** The sample estate without what no template says: when things were made and used, and what AWS sets. */
const reference = (source: string): Snapshot => ({
  ...demo, header: { ...demo.header, source },
  resources: tableOf(resources.map(({ createdAt: _made, lastUsedAt: _used, ...resource }) => ({ ...resource, region: exampleRegion }))),
})

const template = () => asTemplate(withReferences(resources).map((properties, index) => ({ type: resources[index]!.type, properties })))

const cdk = () => ({
  'manifest.json': {
    version: '48.0.0',
    artifacts: { App: { type: 'aws:cloudformation:stack', environment: `aws://${exampleAccount}/${exampleRegion}`, properties: { templateFile: 'App.template.json', stackName: 'app' } } },
  },
  'App.template.json': { Resources: Object.fromEntries(Object.entries(template().Resources).map(([id, definition]) => [id, { ...definition, Metadata: { 'aws:cdk:path': `App/${id}` } }])) },
})

/** Findings and paths with the numbers of the resources that they are about. */
const numbered = (snapshot: Snapshot, { findings, paths }: Analysis) => {
  const ids = new Map(resourcesOf(snapshot).map(({ id }, index) => [id, index] as const).toReversed())
  return {
    findings: findings.map(({ check, resource, severity }) => `${severity} ${check} ${ids.get(resource)}`).sort(),
    // of two ways that are as short, either may be shown
    paths: paths.map(({ severity, steps, target }) => `${severity} ${target.power} ${ids.get(target.id) ?? target.type} in ${steps.length}`).sort(),
  }
}

describe('the sample estate written as', () => {
  test.each([
    ['CloudFormation', 'cloudformation', () => ({ 'app.json': template() })],
    ['CDK output', 'cloudformation', cdk],
    ['a Terraform plan', 'terraform', () => ({ 'plan.json': asPlan(resources, 'awscc') })],
  ])('%s has the same resources, findings and attack paths', async (_name, source, files) => {
    const [snapshot, same] = [await read(files()), reference(source)]
    expect(resourcesOf(snapshot).map(({ type }) => type)).toEqual(resources.map(({ type }) => type))
    expect(numbered(snapshot, await analyse(snapshot))).toEqual(numbered(same, await analyse(same)))
  })
})

/** Whether a template can say it all: nothing that AWS sets, nothing that is elsewhere. */
const isSaid = ({ type, properties, ...more }: Written): boolean =>
  awsccType(type) !== undefined && Object.keys(more).length === 0 && !Object.keys(properties).some((name) => schemaOf(type)?.readOnly.includes(name))

/** Examples that a template can say, with what stands around them. */
const examplesOf = ({ on, fails, passes }: Check) => [...fails.map((example) => ({ example, fails: true })), ...passes.map((example) => ({ example, fails: false }))]
  .filter(({ example }) => !['unlisted', 'tagged', 'times'].some((key) => key in example) && !JSON.stringify(example).includes('"Bartizan') && !JSON.stringify(example).includes('{{resolve:'))
  .flatMap(({ example, fails: failing }) => {
    const { given = [], ...properties } = example as { given?: readonly Written[] } & Record<string, unknown>
    return given.length === 0 || [{ type: on, properties }, ...given].every(isSaid) ? [{ properties, given, fails: failing }] : []
  })

const known = await facts()

const failsOn = (check: Check, snapshot: Snapshot): boolean | undefined => {
  const { counts } = judgeEstate(buildEstate({ ...snapshot, header: { ...snapshot.header, source: 'example' } }, known), [check])
  return counts.fail > 0 ? true : counts.unknown > 0 ? undefined : false
}

describe('the examples of checks have the verdict that they say, written as', () => {
  test.each([
    ['CloudFormation', 'input.json', (all: readonly Written[]) => asTemplate(all)],
    ['a Terraform plan of awscc', 'input.json', (all: readonly Written[]) => asPlan(all, 'awscc')],
    ['a Terraform plan of aws', 'input.json', (all: readonly Written[]) => asPlan(all, 'aws')],
    ['HCL', 'main.tf', (all: readonly Written[]) => asHcl(all)],
  ])('%s', async (_name, file, render) => {
    const other: string[] = []
    let count = 0
    for (const { item: check } of await allChecks()) {
      if (awsccType(check.on) === undefined) continue
      for (const { properties, given, fails } of examplesOf(check)) {
        const snapshot = await read({ [file]: render([{ type: check.on, properties }, ...given]) })
        count++
        const failed = failsOn(check, snapshot)
        if (failed !== fails) other.push(`${check.id} on ${check.on}: ${String(failed)} instead of ${String(fails)} for ${JSON.stringify({ properties, given }).slice(0, 300)}`)
      }
    }
    expect(count).toBeGreaterThan(300)
    expect(other).toEqual([])
  })
})
