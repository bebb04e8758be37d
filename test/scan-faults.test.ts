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

const machineNames = Array.from({ length: 25 }, (_, at) => `machine-${at}`)
const arnOf = (name: string): string => `arn:aws:states:us-east-1:${account}:stateMachine:${name}`
const machine = (name: string) => ({ name, stateMachineArn: arnOf(name), type: 'STANDARD', creationDate: made })

const list = { stateMachines: machineNames.map(machine) }

const describeMachine = ({ input }: Asked) => ({ ...machine(String(input['stateMachineArn']).split(':').at(-1)!), definition: '{}', roleArn: `arn:aws:iam::${account}:role/run` })

/** An account that has state machines and nothing else, listed in pages of ten. */
const withMachines = (changed: Readonly<Record<string, Fixture>> = {}, kms: Readonly<Record<string, Fixture>> = {}): Fixtures => ({
  ...accountOf(account), resourcegroupstaggingapi: { GetResources: { ResourceTagMappingList: [] } }, stepfunctions: { ListStateMachines: list, DescribeStateMachine: describeMachine, ...changed }, kms,
})

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
  const lines = await Array.fromAsync(scanAws({ regions: ['us-east-1'], only: ['sfn', 'kms'], ...options }))
  const resources = lines.flatMap((line) => (line.kind === 'resource' ? [line.resource] : []))
  return { lines, names: resources.filter(({ type }) => type === 'AWS::StepFunctions::StateMachine').map(({ name }) => name).sort(), gaps: lines.flatMap((line) => (line.kind === 'gap' ? [line.gap] : [])) }
}

const asked = (operation: string): number => endpoint!.calls.filter((call) => call.operation === operation).length

/** Lets retries follow at once: waits are random, from nothing up. */
const withoutWaits = () => vi.spyOn(Math, 'random').mockReturnValue(0)

const busy: Reply = { error: 'ThrottlingException', message: 'Rate exceeded' }
const page: Reply = { raw: { status: 502, headers: { 'content-type': 'text/html' }, body: '<html><head><title>Bad gateway of ACME Proxy</title></head></html>' } }

describe('a scan that meets', () => {
  it('nothing unusual lists all pages and asks once for each thing', async () => {
    const { names, gaps } = await scan(withMachines())
    expect(names).toEqual([...machineNames].sort())
    expect(gaps).toEqual([])
    expect(asked('ListStateMachines')).toBe(3)
    expect(asked('DescribeStateMachine')).toBe(25)
  })

  it('throttling asks again until it is answered', async () => {
    withoutWaits()
    const { names, gaps } = await scan(withMachines({
      ListStateMachines: (call) => (call.nth % 2 === 0 ? busy : list),
      DescribeStateMachine: (call) => (call.nth % 5 === 0 ? busy : describeMachine(call)),
    }))
    expect(names).toHaveLength(25)
    expect(gaps).toEqual([])
    expect(asked('ListStateMachines')).toBe(6)
  })

  it('throttling for ever gives up with a gap, and goes on with the rest', async () => {
    withoutWaits()
    const { names, gaps, lines } = await scan(withMachines({ ListStateMachines: () => busy }, { ListAliases: { Aliases: [{ AliasName: 'alias/live', AliasArn: `arn:aws:kms:us-east-1:${account}:alias/live`, TargetKeyId: 'k' }] } }))
    expect(names).toEqual([])
    expect(gaps).toEqual([expect.objectContaining({ operation: 'states:ListStateMachines', types: ['AWS::StepFunctions::StateMachine'], reason: 'ThrottlingException: Rate exceeded' })])
    expect(asked('ListStateMachines')).toBeLessThanOrEqual(12)
    expect(lines.some((line) => line.kind === 'resource' && line.resource.type === 'AWS::KMS::Alias')).toBe(true)
    expect(lines.at(-1)).toMatchObject({ kind: 'done' })
  })

  it('a refusal in the middle of a list keeps what it had and names the permission', async () => {
    const { names, gaps } = await scan(withMachines({ ListStateMachines: (call) => (call.nth === 0 ? list : { error: 'AccessDeniedException', message: 'not authorized' }) }))
    expect(names).toHaveLength(10)
    expect(gaps).toEqual([expect.objectContaining({ operation: 'states:ListStateMachines', permission: 'states:ListStateMachines', types: ['AWS::StepFunctions::StateMachine'] })])
    expect(asked('ListStateMachines')).toBe(2)
  })

  it('a refusal to describe keeps the things as the list gives them, and soon stops asking', async () => {
    const { names, gaps, lines } = await scan(withMachines({ DescribeStateMachine: () => ({ error: 'AccessDeniedException' }) }))
    expect(names).toHaveLength(25)
    expect(gaps.every(({ permission }) => permission === 'states:DescribeStateMachine')).toBe(true)
    expect(lines.filter((line) => line.kind === 'resource' && line.resource.partial !== undefined)).toHaveLength(25)
  })

  it('a page that fails tries again, then keeps the pages before it', async () => {
    withoutWaits()
    const failing: Reply = { error: 'InternalFailure', status: 500 }
    const once = await scan(withMachines({ ListStateMachines: (call) => (call.nth === 1 ? failing : list) }))
    expect(once.names).toHaveLength(25)
    expect(once.gaps).toEqual([])
    restore?.()
    await endpoint?.close()
    const always = await scan(withMachines({ ListStateMachines: (call) => (call.input['nextToken'] === 'page.1' ? failing : list) }))
    expect(always.names).toHaveLength(10)
    expect(always.gaps).toEqual([expect.objectContaining({ operation: 'states:ListStateMachines', types: ['AWS::StepFunctions::StateMachine'] })])
  })

  it('the page of a proxy says so after the first try', async () => {
    const { gaps } = await scan(withMachines({ ListStateMachines: () => page }))
    expect(gaps).toEqual([expect.objectContaining({ operation: 'states:ListStateMachines', reason: 'the answer (HTTP 502) is not the service\'s own: Bad gateway of ACME Proxy' })])
    expect(asked('ListStateMachines')).toBe(1)
  })

  it('a page in place of an answer of XML does not take it for nothing', async () => {
    const welcome: Reply = { raw: { status: 200, headers: { 'content-type': 'text/html' }, body: '<!DOCTYPE html><html><head><title>Welcome to the guest network</title></head></html>' } }
    const { gaps } = await scan({ ...withMachines(), ec2: { ...accountOf(account).ec2, DescribeSecurityGroups: () => welcome } }, { only: ['ec2'] })
    expect(gaps).toEqual([expect.objectContaining({ operation: 'ec2:DescribeSecurityGroups', types: ['AWS::EC2::SecurityGroup'], reason: expect.stringContaining('Welcome to the guest network') as string })])
    expect(asked('DescribeSecurityGroups')).toBe(1)
  })

  it('an answer that the SDK cannot read takes it as the JSON that it is', async () => {
    const summaries = machineNames.slice(0, 3).map((name) => ({ ...machine(name), creationDate: '2026-01-02T03:04:05Z' }))
    const notes: string[] = []
    const { names, lines, gaps } = await scan(withMachines({
      ListStateMachines: () => ({ raw: { status: 200, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify({ stateMachines: summaries }) } }),
      DescribeStateMachine: () => ({ error: 'ValidationException', message: 'Could not find it' }),
    }), { emit: (event) => { if (event.kind === 'note') notes.push(event.text) } })
    expect(names).toEqual(['machine-0', 'machine-1', 'machine-2'])
    expect(gaps).toHaveLength(3)
    expect(notes).toEqual([expect.stringContaining('sfn:ListStateMachines answered in a form that the SDK cannot read')])
    expect(lines.find((line) => line.kind === 'resource' && line.resource.name === 'machine-0')).toMatchObject({ resource: { createdAt: '2026-01-02T03:04:05.000Z' } })
  })

  it('a connection that breaks tries again', async () => {
    withoutWaits()
    const { names, gaps } = await scan(withMachines({ ListStateMachines: (call) => (call.nth === 1 ? { reset: true } : list) }, { ListAliases: () => ({ reset: true }) }))
    expect(names).toHaveLength(25)
    expect(gaps).toEqual([expect.objectContaining({ operation: 'kms:ListAliases', types: ['AWS::KMS::Alias'] })])
  })

  it('a token that never ends stops', async () => {
    const { names, gaps } = await scan(withMachines({ ListStateMachines: () => ({ output: { stateMachines: [machine('machine-0')], nextToken: 'again' } }) }))
    expect(new Set(names)).toEqual(new Set(['machine-0']))
    expect(gaps).toEqual([expect.objectContaining({ reason: 'the service gave the same page token twice' })])
  })

  it('a list that is refused under each thing says so once', async () => {
    const buses = ['one', 'two', 'three'].map((Name) => ({ Name, Arn: `arn:aws:events:us-east-1:${account}:event-bus/${Name}` }))
    const { gaps } = await scan({ ...withMachines(), events: { ListEventBuses: { EventBuses: buses }, ListRules: () => ({ error: 'AccessDeniedException' }) } }, { only: ['events'] })
    expect(gaps).toEqual([expect.objectContaining({ operation: 'events:ListRules', permission: 'events:ListRules', types: ['AWS::Events::Rule'] })])
  })

  it('a region that is off says so once, and reads the others', async () => {
    const { names, gaps } = await scan(withMachines(), { regions: ['us-east-1', 'eu-south-2'] })
    expect(names).toHaveLength(25)
    expect(gaps).toEqual([expect.objectContaining({ region: 'eu-south-2', operation: 'ec2:DescribeRegions' })])
  })
})
