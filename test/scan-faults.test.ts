import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Gap } from '../src/core/gap.ts'
import type { SnapshotLine } from '../src/model/snapshot.ts'
import { scanAws } from '../src/sources/aws/scan.ts'
import type { ScanOptions } from '../src/sources/aws/scan.ts'
import { serve } from './aws-endpoint/endpoint.ts'
import type { Endpoint, Reply } from './aws-endpoint/endpoint.ts'
import { empty } from './aws-endpoint/empty.ts'
import { accountOf, inEnvironment } from './aws-endpoint/environment.ts'
import { fromFixtures } from './aws-endpoint/fixtures.ts'
import type { Fixture, Fixtures } from './aws-endpoint/fixtures.ts'
import type { Asked } from './aws-endpoint/route.ts'

const account = '123456789012'
const made = new Date(1_760_000_000_000)

const modelNames = Array.from({ length: 25 }, (_, at) => `model-${at}`)
const modelArn = (name: string): string => `arn:aws:sagemaker:us-east-1:${account}:model/${name}`

const list = { Models: modelNames.map((ModelName) => ({ ModelName, ModelArn: modelArn(ModelName), CreationTime: made })) }

const describeModel = ({ input }: Asked) => ({ ModelName: input['ModelName'], ModelArn: modelArn(String(input['ModelName'])), CreationTime: made, EnableNetworkIsolation: true })

/** An account in which SageMaker has models and nothing else, in pages of ten. */
const withModels = (changed: Readonly<Record<string, Fixture>> = {}): Fixtures => ({ ...accountOf(account), resourcegroupstaggingapi: { GetResources: { ResourceTagMappingList: [] } }, sagemaker: { ListModels: list, DescribeModel: describeModel, ...changed } })

let endpoint: Endpoint | undefined
let restore: (() => void) | undefined

afterEach(async () => {
  vi.restoreAllMocks()
  restore?.()
  await endpoint?.close()
})

interface Scanned { readonly names: string[], readonly gaps: Gap[], readonly lines: SnapshotLine[] }

const scan = async (fixtures: Fixtures, options: ScanOptions = {}): Promise<Scanned> => {
  endpoint = await serve(fromFixtures(fixtures, empty, 10))
  restore = inEnvironment(endpoint.url)
  const lines = await Array.fromAsync(scanAws({ regions: ['us-east-1'], only: ['sagemaker'], ...options }))
  const resources = lines.flatMap((line) => (line.kind === 'resource' ? [line.resource] : []))
  return { lines, names: resources.filter(({ type }) => type === 'AWS::SageMaker::Model').map(({ name }) => name).sort(), gaps: lines.flatMap((line) => (line.kind === 'gap' ? [line.gap] : [])) }
}

const asked = (operation: string): number => endpoint!.calls.filter((call) => call.operation === operation).length

/** Lets retries follow at once: waits are random, from nothing up. */
const withoutWaits = () => vi.spyOn(Math, 'random').mockReturnValue(0)

const busy: Reply = { error: 'ThrottlingException', message: 'Rate exceeded' }
const page: Reply = { raw: { status: 502, headers: { 'content-type': 'text/html' }, body: '<html><head><title>Bad gateway of ACME Proxy</title></head></html>' } }

describe('a scan that meets', () => {
  it('nothing unusual lists all pages and asks once for each thing', async () => {
    const { names, gaps } = await scan(withModels())
    expect(names).toEqual([...modelNames].sort())
    expect(gaps).toEqual([])
    expect(asked('ListModels')).toBe(3)
    expect(asked('DescribeModel')).toBe(25)
  })

  it('throttling asks again until it is answered', async () => {
    withoutWaits()
    const { names, gaps } = await scan(withModels({
      ListModels: (call) => (call.nth % 2 === 0 ? busy : list),
      DescribeModel: (call) => (call.nth % 5 === 0 ? busy : describeModel(call)),
    }))
    expect(names).toHaveLength(25)
    expect(gaps).toEqual([])
    expect(asked('ListModels')).toBe(6)
  })

  it('throttling for ever gives up with a gap, and goes on with the rest', async () => {
    withoutWaits()
    const { names, gaps, lines } = await scan(withModels({ ListModels: () => busy, ListExperiments: { ExperimentSummaries: [{ ExperimentName: 'live', ExperimentArn: `arn:aws:sagemaker:us-east-1:${account}:experiment/live` }] } }))
    expect(names).toEqual([])
    expect(gaps).toEqual([expect.objectContaining({ operation: 'sagemaker:ListModels', types: ['AWS::SageMaker::Model'], reason: 'ThrottlingException: Rate exceeded' })])
    expect(asked('ListModels')).toBeLessThanOrEqual(12)
    expect(lines.some((line) => line.kind === 'resource' && line.resource.type === 'AWS::SageMaker::Experiment')).toBe(true)
    expect(lines.at(-1)).toMatchObject({ kind: 'done' })
  })

  it('a refusal in the middle of a list keeps what it had and names the permission', async () => {
    const { names, gaps } = await scan(withModels({ ListModels: (call) => (call.nth === 0 ? list : { error: 'AccessDeniedException', message: 'not authorized' }) }))
    expect(names).toHaveLength(10)
    expect(gaps).toEqual([expect.objectContaining({ operation: 'sagemaker:ListModels', permission: 'sagemaker:ListModels', types: ['AWS::SageMaker::Model'] })])
    expect(asked('ListModels')).toBe(2)
  })

  it('a refusal to describe keeps the things as the list gives them, and soon stops asking', async () => {
    const { names, gaps, lines } = await scan(withModels({ DescribeModel: () => ({ error: 'AccessDeniedException' }) }))
    expect(names).toHaveLength(25)
    expect(gaps.every(({ permission }) => permission === 'sagemaker:DescribeModel')).toBe(true)
    expect(lines.filter((line) => line.kind === 'resource' && line.resource.partial !== undefined)).toHaveLength(25)
  })

  it('a page that fails tries again, then keeps the pages before it', async () => {
    withoutWaits()
    const failing: Reply = { error: 'InternalFailure', status: 500 }
    const once = await scan(withModels({ ListModels: (call) => (call.nth === 1 ? failing : list) }))
    expect(once.names).toHaveLength(25)
    expect(once.gaps).toEqual([])
    restore?.()
    await endpoint?.close()
    const always = await scan(withModels({ ListModels: (call) => (call.input['NextToken'] === 'page.1' ? failing : list) }))
    expect(always.names).toHaveLength(10)
    expect(always.gaps).toEqual([expect.objectContaining({ operation: 'sagemaker:ListModels', types: ['AWS::SageMaker::Model'] })])
  })

  it('the page of a proxy says so after the first try', async () => {
    const { gaps } = await scan(withModels({ ListModels: () => page, DescribeEndpoint: () => page }))
    expect(gaps).toEqual([expect.objectContaining({ operation: 'sagemaker:ListModels', reason: 'the answer (HTTP 502) is not the service\'s own: Bad gateway of ACME Proxy' })])
    expect(asked('ListModels')).toBe(1)
  })

  it('an answer that the SDK cannot read takes it as the JSON that it is', async () => {
    const summaries = modelNames.slice(0, 3).map((ModelName) => ({ ModelName, ModelArn: modelArn(ModelName), CreationTime: '2026-01-02T03:04:05Z' }))
    const notes: string[] = []
    const { names, lines, gaps } = await scan(withModels({
      ListModels: () => ({ raw: { status: 200, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify({ Models: summaries }) } }),
      DescribeModel: () => ({ error: 'ValidationException', message: 'Could not find model' }),
    }), { emit: (event) => { if (event.kind === 'note') notes.push(event.text) } })
    expect(names).toEqual(['model-0', 'model-1', 'model-2'])
    expect(gaps).toHaveLength(3)
    expect(notes).toEqual([expect.stringContaining('sagemaker:ListModels answered in a form that the SDK cannot read')])
    expect(lines.find((line) => line.kind === 'resource' && line.resource.name === 'model-0')).toMatchObject({ resource: { createdAt: '2026-01-02T03:04:05.000Z' } })
  })

  it('a connection that breaks tries again', async () => {
    withoutWaits()
    const { names, gaps } = await scan(withModels({ ListModels: (call) => (call.nth === 1 ? { reset: true } : list), ListEndpoints: () => ({ reset: true }) }))
    expect(names).toHaveLength(25)
    expect(gaps).toEqual([expect.objectContaining({ operation: 'sagemaker:ListEndpoints', types: ['AWS::SageMaker::Endpoint'] })])
  })

  it('a token that never ends stops', async () => {
    const { names, gaps } = await scan(withModels({ ListModels: () => ({ output: { Models: [{ ModelName: 'model-0', ModelArn: modelArn('model-0'), CreationTime: made }], NextToken: 'again' } }) }))
    expect(new Set(names)).toEqual(new Set(['model-0']))
    expect(gaps).toEqual([expect.objectContaining({ reason: 'the service gave the same page token twice' })])
  })

  it('a region that is off says so once, and reads the others', async () => {
    const { names, gaps } = await scan(withModels(), { regions: ['us-east-1', 'eu-south-2'] })
    expect(names).toHaveLength(25)
    expect(gaps).toEqual([expect.objectContaining({ region: 'eu-south-2', operation: 'ec2:DescribeRegions' })])
  })
})
