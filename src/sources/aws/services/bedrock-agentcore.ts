import { valueAt } from '../../../core/pointer.ts'
import { call, defineCollector } from '../collector.ts'
import type { Call, Item, Row } from '../collector.ts'

const tags = (arn: string) => call('ListTagsForResource', { resourceArn: arn }, { at: 'tags' })

/** A thing that is listed, then described by its id. */
const thing = (kind: string, [list, items]: readonly [string, string], describe: Call, arn: string, rest: Partial<Row> = {}): Row =>
  ({ type: `AWS::BedrockAgentCore::${kind}`, list: call(list), items, describe, tags: tags(arn), arn, ...rest })

/** Resource policies are resources of their own in CloudFormation. */
const policy = (arn: string): Call => call('GetResourcePolicy', { resourceArn: arn }, { at: 'policy', as: 'resourcePolicy' })

const policyRow = (arn: string): NonNullable<Row['with']> => [{
  type: 'AWS::BedrockAgentCore::ResourcePolicy', when: ({ resourcePolicy }) => resourcePolicy !== undefined, id: [arn], name: arn,
  derive: (item) => ({ ResourceArn: item[arn], Policy: item['resourcePolicy'] }),
}]

const strategies: Readonly<Record<string, string>> = { SEMANTIC: 'semantic', SUMMARIZATION: 'summary', USER_PREFERENCE: 'userPreference', EPISODIC: 'episodic' }

/** CloudFormation names the kind of a strategy by the member that holds it. */
const strategy = (item: Item): Item => ({ [`${strategies[String(item['type'])] ?? 'custom'}MemoryStrategy`]: item })

/** The API says by a member where a certificate or a policy is kept; CloudFormation knows one place. */
const unwrapped = ({ certificates, enterprisePolicies }: Item): Item => ({
  certificates: (certificates as Item[] | undefined)?.map(({ location }) => ({ certificateLocation: valueAt(location, 'secretsManager') })),
  enterprisePolicies: (enterprisePolicies as Item[] | undefined)?.map(({ location, type }) => ({ type, location: valueAt(location, 's3') })),
})

export default defineCollector({
  id: 'bedrock-agentcore',
  prefix: 'bedrock-agentcore',
  scope: 'region',
  client: () => import('@aws-sdk/client-bedrock-agentcore-control'),
  page: { maxResults: 100 },
  tags: call('ListTagsForResource', { resourceArn: '$arn' }, { at: 'tags' }),
  resources: [
    thing('Runtime', ['ListAgentRuntimes', 'agentRuntimes'], call('GetAgentRuntime', 'agentRuntimeId'), 'agentRuntimeArn', {
      name: 'agentRuntimeName',
      derive: ({ metadataConfiguration }) => ({ BartizanRequiresMmdsV2: (metadataConfiguration as { requireMMDSV2?: boolean } | undefined)?.requireMMDSV2 }),
      more: [policy('agentRuntimeArn')], with: policyRow('agentRuntimeArn'),
      children: [{
        type: 'AWS::BedrockAgentCore::RuntimeEndpoint', list: call('ListAgentRuntimeEndpoints', { agentRuntimeId: '$parent/agentRuntimeId' }), items: 'runtimeEndpoints', arn: 'agentRuntimeEndpointArn', name: 'name',
        derive: ({ $parent, targetVersion, liveVersion }) => ({ agentRuntimeId: ($parent as { agentRuntimeId?: string }).agentRuntimeId, agentRuntimeVersion: targetVersion ?? liveVersion }),
      }],
    }),
    thing('Gateway', ['ListGateways', 'items'], call('GetGateway', { gatewayIdentifier: 'gatewayId' }), 'gatewayArn', {
      name: 'name', derive: ({ gatewayId }) => ({ gatewayIdentifier: gatewayId }), more: [policy('gatewayArn')], with: policyRow('gatewayArn'),
      children: [{
        type: 'AWS::BedrockAgentCore::GatewayTarget', list: call('ListGatewayTargets', { gatewayIdentifier: '$parent/gatewayId' }), items: 'items',
        describe: call('GetGatewayTarget', { gatewayIdentifier: '$parent/gatewayId', targetId: 'targetId' }), id: ['$parent/gatewayId', 'targetId'], name: 'name',
        derive: ({ $parent }) => ({ gatewayIdentifier: ($parent as { gatewayId?: string }).gatewayId }),
      }],
    }),
    thing('Memory', ['ListMemories', 'memories'], call('GetMemory', { memoryId: 'id' }, { at: 'memory' }), 'arn', {
      name: 'name', rename: { arn: 'MemoryArn', id: 'MemoryId' }, derive: ({ strategies }) => ({ memoryStrategies: ((strategies ?? []) as Item[]).map(strategy) }),
    }),
    thing('CodeInterpreterCustom', ['ListCodeInterpreters', 'codeInterpreterSummaries'], call('GetCodeInterpreter', 'codeInterpreterId'), 'codeInterpreterArn', {
      list: call('ListCodeInterpreters', {}, { with: { type: 'CUSTOM' } }), name: 'name', derive: unwrapped,
    }),
    thing('BrowserCustom', ['ListBrowsers', 'browserSummaries'], call('GetBrowser', 'browserId'), 'browserArn', {
      list: call('ListBrowsers', {}, { with: { type: 'CUSTOM' } }), name: 'name', rename: { recording: 'RecordingConfig' }, derive: unwrapped,
    }),
    thing('BrowserProfile', ['ListBrowserProfiles', 'profileSummaries'], call('GetBrowserProfile', 'profileId'), 'profileArn', { name: 'name' }),
    thing('WorkloadIdentity', ['ListWorkloadIdentities', 'workloadIdentities'], call('GetWorkloadIdentity', 'name'), 'workloadIdentityArn', { list: call('ListWorkloadIdentities', {}, { with: { maxResults: 20 } }), name: 'name' }),
    thing('ApiKeyCredentialProvider', ['ListApiKeyCredentialProviders', 'credentialProviders'], call('GetApiKeyCredentialProvider', 'name'), 'credentialProviderArn', { name: 'name' }),
    thing('OAuth2CredentialProvider', ['ListOauth2CredentialProviders', 'credentialProviders'], call('GetOauth2CredentialProvider', 'name'), 'credentialProviderArn', {
      list: call('ListOauth2CredentialProviders', {}, { with: { maxResults: 20 } }), name: 'name', derive: ({ oauth2ProviderConfigOutput }) => ({ oauth2ProviderConfigOutput: Object.values((oauth2ProviderConfigOutput ?? {}) as Item)[0] }),
    }),
    { type: 'AWS::BedrockAgentCore::TokenVault', describe: call('GetTokenVault') },
    thing('Evaluator', ['ListEvaluators', 'evaluators'], call('GetEvaluator', 'evaluatorId'), 'evaluatorArn', { name: 'evaluatorName', keep: ({ evaluatorType }) => evaluatorType !== 'Builtin' }),
    thing('OnlineEvaluationConfig', ['ListOnlineEvaluationConfigs', 'onlineEvaluationConfigs'], call('GetOnlineEvaluationConfig', 'onlineEvaluationConfigId'), 'onlineEvaluationConfigArn', { name: 'onlineEvaluationConfigName' }),
    thing('PolicyEngine', ['ListPolicyEngines', 'policyEngines'], call('GetPolicyEngine', 'policyEngineId'), 'policyEngineArn', {
      describe: undefined, name: 'name',
      children: [{ type: 'AWS::BedrockAgentCore::Policy', list: call('ListPolicies', { policyEngineId: '$parent/policyEngineId' }), items: 'policies', arn: 'policyArn', name: 'name' }],
    }),
  ],
})
