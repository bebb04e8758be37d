import { lastName, parseArn } from '../../../core/arn.ts'
import { call, defineCollector } from '../collector.ts'
import type { Row } from '../collector.ts'

const tags = (arn: string) => call('ListTagsForResource', { resourceARN: arn }, { at: 'tags' })

const job = (kind: string, plural: string, items: string, by = 'jobArn'): Row => ({
  type: `AWS::Bedrock::${kind}`, list: call(plural), items, describe: call(`Get${kind}`, { jobIdentifier: by }), tags: tags('jobArn'), arn: 'jobArn', name: 'jobName',
})

/** The policy of a model or a guardrail, which CloudFormation has as a resource of its own. */
const policy = (arn: string): Pick<Row, 'more' | 'with'> => ({
  more: [call('GetResourcePolicy', { resourceArn: arn }, { at: 'resourcePolicy', as: 'resourcePolicy' })],
  with: [{
    type: 'AWS::Bedrock::ResourcePolicy', needs: 'resourcePolicy', id: [arn], name: arn,
    derive: (item) => ({ ResourceArn: item[arn], PolicyDocument: item['resourcePolicy'] }),
  }],
})

/** What the API calls a policy and its parts, and CloudFormation their configuration. */
const guardrailParts = {
  contentPolicy: 'ContentPolicyConfig', 'contentPolicy/filters': 'FiltersConfig', 'contentPolicy/tier': 'ContentFiltersTierConfig',
  topicPolicy: 'TopicPolicyConfig', 'topicPolicy/topics': 'TopicsConfig', 'topicPolicy/tier': 'TopicsTierConfig',
  wordPolicy: 'WordPolicyConfig', 'wordPolicy/words': 'WordsConfig', 'wordPolicy/managedWordLists': 'ManagedWordListsConfig',
  sensitiveInformationPolicy: 'SensitiveInformationPolicyConfig', 'sensitiveInformationPolicy/piiEntities': 'PiiEntitiesConfig', 'sensitiveInformationPolicy/regexes': 'RegexesConfig',
  contextualGroundingPolicy: 'ContextualGroundingPolicyConfig', 'contextualGroundingPolicy/filters': 'FiltersConfig',
  automatedReasoningPolicy: 'AutomatedReasoningPolicyConfig', crossRegionDetails: 'CrossRegionConfig',
}

/**
 * What an application's profile was copied from: a model, or the profile of AWS that spans the regions of its models
 * (Bedrock gives those of a global profile without a region).
 */
const source = (models: readonly { readonly modelArn?: string }[], { account, region, partition }: { account: string, region: string, partition: string }): string | undefined => {
  const [first, ...others] = models.map(({ modelArn = '' }) => modelArn)
  if (first === undefined || others.length === 0) return first
  const spans = [first, ...others].some((arn) => parseArn(arn)?.region === '') ? 'global' : region.startsWith('ap-') ? 'apac' : region.split('-')[0]
  return `arn:${partition}:bedrock:${region}:${account}:inference-profile/${spans}.${lastName(first)}`
}

/** How often a model was called, by the id that the call named. */
const called = (by: string): Pick<Row, 'usage'> => ({ usage: { namespace: 'AWS/Bedrock', metric: 'Invocations', dimension: 'ModelId', by } })

export default defineCollector({
  id: 'bedrock',
  prefix: 'bedrock',
  scope: 'region',
  client: () => import('@aws-sdk/client-bedrock'),
  page: { maxResults: 100 },
  resources: [
    {
      type: 'AWS::Bedrock::ModelInvocationLoggingConfiguration', describe: call('GetModelInvocationLoggingConfiguration', {}, { at: 'loggingConfig' }),
      more: [call('GetAccountDataRetention', {}, { at: 'mode', as: 'BartizanDataRetention' })],
    },
    {
      type: 'AWS::Bedrock::Guardrail', list: call('ListGuardrails'), items: 'guardrails', describe: call('GetGuardrail', { guardrailIdentifier: 'id' }), tags: tags('guardrailArn'),
      rename: guardrailParts, name: 'name', derive: ({ arn, id, guardrailArn }) => ({ guardrailArn: guardrailArn ?? arn, guardrailId: id }), ...policy('guardrailArn'),
    },
    { type: 'AWS::Bedrock::EnforcedGuardrailConfiguration', list: call('ListEnforcedGuardrailsConfiguration'), items: 'guardrailsConfig', id: ['configId'], derive: ({ guardrailArn, guardrailId }) => ({ guardrailIdentifier: guardrailArn ?? guardrailId }) },
    {
      type: 'AWS::Bedrock::AutomatedReasoningPolicy', list: call('ListAutomatedReasoningPolicies'), items: 'automatedReasoningPolicySummaries',
      describe: call('GetAutomatedReasoningPolicy', 'policyArn'), tags: tags('policyArn'), arn: 'policyArn', derive: ({ kmsKeyArn }) => ({ kmsKeyId: kmsKeyArn }),
    },
    { type: 'AWS::Bedrock::CustomModel', list: call('ListCustomModels'), items: 'modelSummaries', describe: call('GetCustomModel', { modelIdentifier: 'modelArn' }), tags: tags('modelArn'), arn: 'modelArn', name: 'modelName', ...policy('modelArn') },
    { type: 'AWS::Bedrock::ImportedModel', list: call('ListImportedModels'), items: 'modelSummaries', describe: call('GetImportedModel', { modelIdentifier: 'modelArn' }), tags: tags('modelArn'), arn: 'modelArn', name: 'modelName', ...policy('modelArn') },
    job('ModelCustomizationJob', 'ListModelCustomizationJobs', 'modelCustomizationJobSummaries', 'jobName'),
    job('ModelImportJob', 'ListModelImportJobs', 'modelImportJobSummaries'),
    job('ModelInvocationJob', 'ListModelInvocationJobs', 'invocationJobSummaries'),
    job('EvaluationJob', 'ListEvaluationJobs', 'jobSummaries'),
    { type: 'AWS::Bedrock::ModelCopyJob', list: call('ListModelCopyJobs'), items: 'modelCopyJobSummaries', arn: 'jobArn' },
    {
      type: 'AWS::Bedrock::CustomModelDeployment', list: call('ListCustomModelDeployments'), items: 'modelDeploymentSummaries',
      describe: call('GetCustomModelDeployment', { customModelDeploymentIdentifier: 'customModelDeploymentArn' }), tags: tags('customModelDeploymentArn'), name: 'customModelDeploymentName',
    },
    { type: 'AWS::Bedrock::ProvisionedModelThroughput', list: call('ListProvisionedModelThroughputs'), items: 'provisionedModelSummaries', tags: tags('provisionedModelArn'), arn: 'provisionedModelArn', name: 'provisionedModelName', ...called('provisionedModelArn') },
    {
      type: 'AWS::Bedrock::ApplicationInferenceProfile', list: call('ListInferenceProfiles', {}, { with: { typeEquals: 'APPLICATION' } }), items: 'inferenceProfileSummaries', tags: tags('inferenceProfileArn'),
      arn: 'inferenceProfileArn', name: 'inferenceProfileName', ...called('inferenceProfileId'), derive: (item, place) => ({ modelSource: { copyFrom: source((item['models'] ?? []) as { modelArn?: string }[], place) } }),
    },
    {
      type: 'AWS::Bedrock::IntelligentPromptRouter', list: call('ListPromptRouters', {}, { with: { type: 'custom' } }), items: 'promptRouterSummaries', tags: tags('promptRouterArn'), arn: 'promptRouterArn', name: 'promptRouterName',
    },
    {
      type: 'AWS::Bedrock::MarketplaceModelEndpoint', list: call('ListMarketplaceModelEndpoints'), items: 'marketplaceModelEndpoints',
      describe: call('GetMarketplaceModelEndpoint', 'endpointArn', { at: 'marketplaceModelEndpoint' }), tags: tags('endpointArn'), arn: 'endpointArn',
    },
    { type: 'AWS::Bedrock::FoundationModel', list: call('ListFoundationModels'), items: 'modelSummaries', arn: 'modelArn', name: 'modelId', ...called('modelId') },
  ],
})
