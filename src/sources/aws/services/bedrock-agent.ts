import { call, defineCollector } from '../collector.ts'

const tags = (arn: string) => call('ListTagsForResource', { resourceArn: arn }, { at: 'tags' })
const draft = { with: { agentVersion: 'DRAFT' } }

const supplement = (kind: string) => `knowledgeBaseConfiguration/${kind}/supplementalDataStorageConfiguration/storageLocations`

/** Where a knowledge base keeps the pictures of its documents. */
const supplements = Object.fromEntries(['vectorKnowledgeBaseConfiguration', 'managedKnowledgeBaseConfiguration'].flatMap((kind) => [
  [supplement(kind), 'SupplementalDataStorageLocations'], [`${supplement(kind)}/*/type`, 'SupplementalDataStorageLocationType'],
]))

/** The last few syncs: older ones say nothing of today. */
const latest = { sortBy: { attribute: 'STARTED_AT', order: 'DESCENDING' }, maxResults: 10 }

export default defineCollector({
  id: 'bedrock-agent',
  prefix: 'bedrock',
  scope: 'region',
  client: () => import('@aws-sdk/client-bedrock-agent'),
  page: { maxResults: 100 },
  tags: call('ListTagsForResource', { resourceArn: '$arn' }, { at: 'tags' }),
  resources: [
    {
      type: 'AWS::Bedrock::Agent', list: call('ListAgents'), items: 'agentSummaries', describe: call('GetAgent', 'agentId', { at: 'agent' }), tags: tags('agentArn'), name: 'agentName',
      more: [
        call('ListAgentActionGroups', 'agentId', {
          ...draft, at: 'actionGroupSummaries', as: 'actionGroups',
          each: call('GetAgentActionGroup', { agentId: '$parent/agentId', actionGroupId: 'actionGroupId' }, { ...draft, at: 'agentActionGroup' }),
        }),
        call('ListAgentKnowledgeBases', 'agentId', { ...draft, at: 'agentKnowledgeBaseSummaries', as: 'knowledgeBases' }),
        call('ListAgentCollaborators', 'agentId', { ...draft, at: 'agentCollaboratorSummaries', as: 'agentCollaborators', when: ({ agentCollaboration }) => agentCollaboration !== undefined && agentCollaboration !== 'DISABLED' }),
      ],
      rename: { 'actionGroups/*/parentActionSignature': 'ParentActionGroupSignature' },
      children: [{
        type: 'AWS::Bedrock::AgentVersion', list: call('ListAgentVersions', { agentId: '$parent/agentId' }), items: 'agentVersionSummaries', keep: ({ agentVersion }) => agentVersion !== 'DRAFT',
        describe: call('GetAgentVersion', { agentId: '$parent/agentId', agentVersion: 'agentVersion' }, { at: 'agentVersion' }), id: ['agentArn', 'version'], name: 'agentName',
      }, {
        type: 'AWS::Bedrock::AgentAlias', list: call('ListAgentAliases', { agentId: '$parent/agentId' }), items: 'agentAliasSummaries', name: 'agentAliasName',
        usage: { namespace: 'AWS/Bedrock/Agents', metric: 'InvocationCount', dimension: 'AgentAliasArn', by: 'arn:{partition}:bedrock:{region}:{account}:agent-alias/{$parent/agentId}/{agentAliasId}' },
        arn: 'arn:{partition}:bedrock:{region}:{account}:agent-alias/{agentId}/{agentAliasId}', derive: ({ $parent }) => ({ agentId: ($parent as { agentId?: string }).agentId }),
      }],
    },
    {
      type: 'AWS::Bedrock::KnowledgeBase', list: call('ListKnowledgeBases'), items: 'knowledgeBaseSummaries', describe: call('GetKnowledgeBase', 'knowledgeBaseId', { at: 'knowledgeBase' }), rename: supplements, tags: tags('knowledgeBaseArn'), name: 'name',
      more: [call('GetResourcePolicy', { resourceArn: 'knowledgeBaseArn' }, { at: 'policy', as: 'policy' })],
      with: [{ type: 'AWS::Bedrock::KnowledgeBasePolicy', needs: 'policy', id: ['knowledgeBaseId'], name: 'name', derive: ({ policy }) => ({ PolicyDocument: policy }) }],
      children: [{
        type: 'AWS::Bedrock::DataSource', list: call('ListDataSources', { knowledgeBaseId: '$parent/knowledgeBaseId' }), items: 'dataSourceSummaries',
        describe: call('GetDataSource', { knowledgeBaseId: '$parent/knowledgeBaseId', dataSourceId: 'dataSourceId' }, { at: 'dataSource' }), id: ['$parent/knowledgeBaseId', 'dataSourceId'], name: 'name',
        more: [call('ListIngestionJobs', { knowledgeBaseId: '$parent/knowledgeBaseId', dataSourceId: 'dataSourceId' }, { with: latest, at: 'ingestionJobSummaries', as: 'ingestions' })], lastUsedAt: 'ingestions/0/startedAt',
        with: [{ type: 'AWS::Bedrock::IngestionJob', items: 'ingestions', id: ['knowledgeBaseId', 'dataSourceId', 'ingestionJobId'], name: 'ingestionJobId', createdAt: 'startedAt' }],
        derive: ({ status }) => ({ dataSourceStatus: status }),
      }],
    },
    {
      type: 'AWS::Bedrock::Flow', list: call('ListFlows'), items: 'flowSummaries', describe: call('GetFlow', { flowIdentifier: 'id' }), tags: tags('arn'), arn: 'arn', name: 'name',
      children: [{ type: 'AWS::Bedrock::FlowAlias', list: call('ListFlowAliases', { flowIdentifier: '$parent/id' }), items: 'flowAliasSummaries', arn: 'arn', name: 'name', rename: { flowId: 'FlowId' }, derive: ({ $parent }) => ({ flowArn: ($parent as { arn?: string }).arn }) }],
    },
    { type: 'AWS::Bedrock::Prompt', list: call('ListPrompts'), items: 'promptSummaries', describe: call('GetPrompt', { promptIdentifier: 'id' }), tags: tags('arn'), arn: 'arn', name: 'name' },
  ],
})
