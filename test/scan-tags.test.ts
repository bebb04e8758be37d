import { afterEach, describe, expect, it } from 'vitest'
import type { SnapshotLine } from '../src/model/snapshot.ts'
import { scanAws } from '../src/sources/aws/scan.ts'
import { empty } from './aws-endpoint/empty.ts'
import { serve } from './aws-endpoint/endpoint.ts'
import type { Endpoint } from './aws-endpoint/endpoint.ts'
import { accountOf, inEnvironment } from './aws-endpoint/environment.ts'
import { fromFixtures } from './aws-endpoint/fixtures.ts'
import type { Fixture } from './aws-endpoint/fixtures.ts'

const account = '123456789012'
const arnOf = (name: string): string => `arn:aws:states:us-east-1:${account}:stateMachine:${name}`
const machine = (name: string) => ({ name, stateMachineArn: arnOf(name), type: 'STANDARD', creationDate: new Date(1_760_000_000_000) })

let endpoint: Endpoint
let restore: () => void

afterEach(async () => {
  restore()
  await endpoint.close()
})

/** Scans an account of so many state machines; `told` are the ARNs with tags that the tagging API gives, undefined where it refuses. */
const scan = async (count: number, told: readonly string[] | undefined, tags: Fixture): Promise<{ resource: (name: string) => Resource, gaps: string[], asked: number }> => {
  endpoint = await serve(fromFixtures({
    ...accountOf(account),
    resourcegroupstaggingapi: {
      GetResources: () => (told === undefined ? { error: 'AccessDeniedException' } : { ResourceTagMappingList: told.map((ResourceARN) => ({ ResourceARN, Tags: [{ Key: 'owner', Value: 'api' }] })) }),
    },
    stepfunctions: {
      ListStateMachines: { stateMachines: Array.from({ length: count }, (_, at) => machine(`m${at}`)) },
      DescribeStateMachine: ({ input }) => ({ ...machine(String(input['stateMachineArn']).split(':').at(-1)!), definition: '{}', roleArn: `arn:aws:iam::${account}:role/run` }),
      ListTagsForResource: tags,
    },
  }, empty))
  restore = inEnvironment(endpoint.url)
  const lines = await Array.fromAsync(scanAws({ regions: ['us-east-1'], only: ['sfn'] }))
  const resources = lines.flatMap((line) => (line.kind === 'resource' ? [line.resource] : []))
  return {
    resource: (name) => resources.find(({ id }) => id === arnOf(name))!,
    gaps: lines.flatMap((line) => (line.kind === 'gap' ? [`${line.gap.operation}: ${line.gap.reason}`] : [])),
    asked: endpoint.calls.filter(({ operation }) => operation === 'ListTagsForResource').length,
  }
}

type Resource = Extract<SnapshotLine, { kind: 'resource' }>['resource']

describe('tags', () => {
  it('come from the tagging API, and no service is asked that it tells of', async () => {
    const { resource, asked } = await scan(2, [arnOf('m0')], { tags: [{ key: 'owner', value: 'service' }] })
    expect(resource('m0').tags).toEqual({ owner: 'api' })
    expect(resource('m1').tags).toEqual({})
    expect(asked).toBe(0)
  })

  it('come from a service that the tagging API tells nothing of', async () => {
    const { resource } = await scan(1, ['arn:aws:s3:::bucket'], { tags: [{ key: 'owner', value: 'service' }] })
    expect(resource('m0').tags).toEqual({ owner: 'service' })
  })

  it('are not asked for again where many things have none', async () => {
    const { asked, gaps } = await scan(300, [], { tags: [] })
    expect(asked).toBeGreaterThanOrEqual(20)
    expect(asked).toBeLessThan(300)
    expect(gaps).toEqual([])
  })

  it('are unknown, and no empty set, where nobody tells them', async () => {
    const { resource, gaps } = await scan(2, undefined, () => ({ error: 'AccessDeniedException', message: 'no' }))
    expect(resource('m0').properties['Tags']).toEqual({ $unknown: 'ListTagsForResource: AccessDeniedException: no' })
    expect(gaps.filter((gap) => gap.startsWith('states:'))).toEqual(['states:ListTagsForResource: AccessDeniedException: no; tags of AWS::StepFunctions::StateMachine are not known'])
  })
})
