import { describe, expect, it } from 'vitest'
import { silent } from '../../core/events.ts'
import type { SnapshotLine } from '../../model/snapshot.ts'
import { cloudControl } from './cloud-control.ts'
import { typeSchemas } from '../shape.ts'
import { makeLimiter } from './limiter.ts'
import { makeRun } from './run.ts'

const kept = new Set(['AWS::Wisdom::Assistant', 'AWS::Wisdom::AIAgent', 'AWS::DevOpsGuru::ResourceCollection'])
const others = new Set(Object.keys(typeSchemas()).filter((type) => !kept.has(type)))

const refusal = (name: string, message: string) => Object.assign(new Error(message), { name, $fault: 'client', $metadata: { httpStatusCode: 400 } })

type Answer = (operation: string, input: { readonly TypeName: string, readonly Identifier?: string, readonly ResourceModel?: string }) => object

const read = async (answer: Answer): Promise<SnapshotLine[]> => {
  const lines: SnapshotLine[] = []
  const collector = cloudControl(others)
  const run = makeRun({
    collector, account: '111122223333', region: 'eu-west-1', home: 'eu-west-1', partition: 'aws', readCode: false, emit: silent, signal: undefined, line: () => Promise.reject(new Error('not used')),
    lastUse: () => Promise.resolve(new Map()),
    tags: () => Promise.resolve(undefined),
    put: (line) => {
      lines.push(line)
      return Promise.resolve()
    },
    lineTo: () => Promise.resolve({ limiter: makeLimiter(), send: async (operation, input) => await Promise.resolve(answer(operation, input as Parameters<Answer>[1]) as Record<string, unknown>) }),
  })
  await collector.collect!(run)
  return lines
}

const assistant = { AssistantId: 'a-1', AssistantArn: 'arn:aws:wisdom:eu-west-1:111122223333:assistant/a-1' }

const wisdom: Answer = (operation, { TypeName, Identifier, ResourceModel }) => {
  if (TypeName === 'AWS::DevOpsGuru::ResourceCollection') throw refusal('UnsupportedActionException', 'Resource type does not support LIST action')
  if (operation === 'GetResource') return { ResourceDescription: { Identifier, Properties: JSON.stringify(Identifier === 'a-1' ? { ...assistant, Name: 'desk', Type: 'AGENT', Tags: [{ Key: 'owner', Value: 'ann' }] } : { AIAgentId: 'g-1', AssistantId: 'a-1', Name: 'helper', Type: 'SELF_SERVICE', Configuration: {} }) } }
  if (TypeName === 'AWS::Wisdom::Assistant') return { ResourceDescriptions: [{ Identifier: 'a-1', Properties: JSON.stringify(assistant) }] }
  return { ResourceDescriptions: ResourceModel === '{"AssistantId":"a-1"}' ? [{ Identifier: 'g-1|a-1', Properties: '{"AIAgentId":"g-1","AssistantId":"a-1"}' }] : [] }
}

describe('reading through Cloud Control', () => {
  it('gives resources in CloudFormation\'s shape, those under others too, and is silent on what is not supported', async () => {
    const lines = await read(wisdom)
    expect(lines).toEqual([
      expect.objectContaining({ kind: 'resource', resource: expect.objectContaining({ type: 'AWS::Wisdom::Assistant', id: assistant.AssistantArn, name: 'desk', tags: { owner: 'ann' } }) as object }),
      expect.objectContaining({ kind: 'resource', resource: expect.objectContaining({ type: 'AWS::Wisdom::AIAgent', name: 'helper', properties: expect.objectContaining({ Type: 'SELF_SERVICE' }) as object }) as object }),
    ])
  })

  it('names the permission that a handler lacked, once for all types that met the same', async () => {
    const gaps = await read((_, { TypeName }) => {
      if (TypeName.startsWith('AWS::Wisdom')) throw refusal('AccessDeniedException', 'User: x is not authorized to perform: wisdom:ListAssistants on resource: *')
      return { ResourceDescriptions: [] }
    })
    expect(gaps).toEqual([{ kind: 'gap', gap: expect.objectContaining({ permission: 'wisdom:ListAssistants', types: ['AWS::Wisdom::AIAgent', 'AWS::Wisdom::Assistant'] }) as object }])
  })

  it('keeps what the list said of a resource that may not be read', async () => {
    const lines = await read((operation, input) => {
      if (operation === 'GetResource') throw refusal('AccessDeniedException', 'not authorized to perform: wisdom:GetAssistant')
      return wisdom(operation, input)
    })
    expect(lines).toContainEqual({ kind: 'resource', resource: expect.objectContaining({ type: 'AWS::Wisdom::Assistant', partial: expect.stringContaining('wisdom:GetAssistant') as string }) as object })
    expect(lines).toContainEqual({ kind: 'gap', gap: expect.objectContaining({ permission: 'wisdom:GetAssistant', resource: assistant.AssistantArn }) as object })
  })

  it('asks once where the API does not answer', async () => {
    let calls = 0
    const lines = await read(() => {
      calls++
      throw Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' })
    })
    expect([calls, lines]).toEqual([1, []])
  })
})
