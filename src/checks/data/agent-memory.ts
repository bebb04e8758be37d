import { every, some } from '../../core/unknown.ts'
import type { ResourceTypes } from '../../model/types.gen.ts'
import { defineCheck } from '../check.ts'

type Strategy = NonNullable<ResourceTypes['AWS::BedrockAgentCore::Memory']['MemoryStrategies']>[number]

const memory = (strategy: Strategy) => ({ Name: 'support', EventExpiryDuration: 30, MemoryStrategies: [strategy] })

/** The namespaces of a strategy; the ones that AWS gives when none are named part actors already. */
const namespacesOf = (strategy: Strategy): readonly string[] => Object.values(strategy)
  .flatMap((kind: { readonly Namespaces?: readonly string[], readonly NamespaceTemplates?: readonly string[] } | undefined) => [...(kind?.Namespaces ?? []), ...(kind?.NamespaceTemplates ?? [])])

export default [
  defineCheck({
    id: 'agentcore-memory-namespace-shared', on: 'AWS::BedrockAgentCore::Memory', risk: 'privacy-violation', severity: 'high',
    title: 'The long-term memory of the agent is shared by all its users',
    why: 'What one user tells the agent is recalled for another, and one user can plant memories for all.',
    fix: { text: 'Put {actorId} or {sessionId} into each namespace of each memory strategy.' },
    when: (store) => some(store.MemoryStrategies, (strategy) => namespacesOf(strategy).length > 0),
    requires: (store) => every(store.MemoryStrategies, (strategy) => every(namespacesOf(strategy), (namespace) => /\{(?:actorId|sessionId)\}/.test(namespace))),
    fails: [
      memory({ SemanticMemoryStrategy: { Name: 'facts', Namespaces: ['/facts'] } }),
      memory({ UserPreferenceMemoryStrategy: { Name: 'tastes', NamespaceTemplates: ['/{actorId}/tastes', '/tastes'] } }),
    ],
    passes: [memory({ SemanticMemoryStrategy: { Name: 'facts', Namespaces: ['/facts/{actorId}'] } })],
  }),
  defineCheck({
    id: 'agentcore-memory-retention-long', on: 'AWS::BedrockAgentCore::Memory', risk: 'privacy-violation', severity: 'low',
    title: 'The agent remembers conversations for more than 90 days',
    why: 'Old conversations help nobody but whoever gets at the memory.',
    fix: { text: 'Set EventExpiryDuration to no more days than the agent needs.', set: { EventExpiryDuration: 90 } },
    also: ['conformancepack:aiml-bedrock-memory-event-expiry'],
    requires: (store) => store.EventExpiryDuration <= 90,
    fails: [{ Name: 'support', EventExpiryDuration: 365 }],
    passes: [{ Name: 'support', EventExpiryDuration: 30 }],
  }),
  defineCheck({
    id: 'bedrock-agent-memory-retention', on: 'AWS::Bedrock::Agent', risk: 'privacy-violation', severity: 'low',
    title: 'The agent remembers conversations for more than 30 days',
    why: 'Summaries of old conversations help nobody but whoever gets at the memory.',
    fix: { text: 'Set MemoryConfiguration.StorageDays to 30 or fewer.' },
    when: (agent) => some(agent.MemoryConfiguration?.EnabledMemoryTypes, () => true),
    requires: (agent) => (agent.MemoryConfiguration?.StorageDays ?? 30) <= 30,
    fails: [{ AgentName: 'support', MemoryConfiguration: { EnabledMemoryTypes: ['SESSION_SUMMARY'], StorageDays: 365 } }],
    passes: [{ AgentName: 'support', MemoryConfiguration: { EnabledMemoryTypes: ['SESSION_SUMMARY'], StorageDays: 14 } }],
  }),
]
