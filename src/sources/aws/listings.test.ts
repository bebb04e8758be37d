import { describe, expect, it } from 'vitest'
import type { TypeSchema } from '../../model/type-schema.ts'
import { planListings } from './listings.ts'
import type { Listing } from './listings.ts'
import { typeSchemas } from '../shape.ts'

const schema = (id: readonly string[], parents: readonly string[] | undefined, properties: readonly string[] = id): TypeSchema => ({
  id, readOnly: [], required: [], definitions: {}, properties: Object.fromEntries(properties.map((name) => [name, { text: [] }])),
  ...(parents === undefined ? {} : { list: { permissions: [], parents } }),
})

const wisdom = {
  'AWS::Wisdom::Assistant': schema(['AssistantId'], []),
  'AWS::Wisdom::AIAgent': schema(['AIAgentId', 'AssistantId'], ['AssistantId']),
  'AWS::Wisdom::AIAgentVersion': schema(['AssistantId', 'AIAgentId', 'VersionNumber'], ['AssistantId', 'AIAgentId']),
  'AWS::Wisdom::Orphan': schema(['Id'], ['NobodyId']),
  'AWS::Wisdom::Unlisted': schema(['Id'], undefined),
  'AWS::SNS::Subscription': schema(['Arn'], []),
}

const version: Listing = { type: 'AWS::Wisdom::AIAgentVersion', wanted: true, from: { AssistantId: 'AssistantId', AIAgentId: 'AIAgentId' }, under: [] }
const agent: Listing = { type: 'AWS::Wisdom::AIAgent', wanted: true, from: { AssistantId: 'AssistantId' }, under: [version] }

describe('what Cloud Control lists', () => {
  it('puts a type under the one whose identifier its list needs', () => {
    expect(planListings(wisdom, new Set())).toEqual([{ type: 'AWS::Wisdom::Assistant', wanted: true, from: {}, under: [agent] }])
  })

  it('lists what a collector reads only for what lies under it', () => {
    expect(planListings(wisdom, new Set(['AWS::Wisdom::Assistant']))).toEqual([{ type: 'AWS::Wisdom::Assistant', wanted: false, from: {}, under: [agent] }])
    expect(planListings(wisdom, new Set(Object.keys(wisdom)))).toEqual([])
  })

  it('holds every AI type that has a list handler', () => {
    const all = (listings: readonly Listing[]): string[] => listings.flatMap(({ type, under }) => [type, ...all(under)])
    expect(all(planListings(typeSchemas(), new Set()))).toEqual(expect.arrayContaining([
      'AWS::Wisdom::Assistant', 'AWS::Wisdom::AIGuardrail', 'AWS::DevOpsGuru::ResourceCollection', 'AWS::CodeGuruProfiler::ProfilingGroup', 'AWS::BedrockAgentCore::GatewayRateLimit', 'AWS::QuickSight::Agent',
    ]))
  })
})
