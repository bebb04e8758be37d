import { every, some } from '../../core/unknown.ts'
import { modelName } from '../../graph/names.ts'
import type { EstateView } from '../../graph/view.ts'
import { defineCheck } from '../check.ts'
import type { Given } from '../check.ts'
import { ACCOUNT, REGION, STRANGER, allow } from '../families/examples.ts'
import { noPolicyGrants } from '../families/identity-policy.ts'
import { isLimitedBy, speaksOf, speaksOfAll } from '../families/policy-text.ts'
import { someAt } from '../families/places.ts'
import { KEY, NETWORK, ROLE } from '../families/values.ts'

const lifecycle = (Status: 'ACTIVE' | 'LEGACY'): Given => ({
  type: 'AWS::Bedrock::FoundationModel', id: `arn:aws:bedrock:${REGION}::foundation-model/anthropic.claude-v2`,
  properties: { ModelId: 'anthropic.claude-v2', ModelArn: `arn:aws:bedrock:${REGION}::foundation-model/anthropic.claude-v2`, ModelLifecycle: { Status } },
})

/** Whether AWS still keeps up the model that a reference names; one that is not listed here is not known to be old. */
const isLegacy = (reference: unknown, estate: EstateView): boolean => typeof reference === 'string' &&
  some(estate.all('AWS::Bedrock::FoundationModel'), ({ properties }) => properties.ModelId === modelName(reference) && properties.ModelLifecycle?.Status === 'LEGACY')

const legacy = {
  id: 'bedrock-model-legacy', risk: 'model-drift', severity: 'medium',
  why: 'An old model gets no more mending, and calls to it fail on the day that AWS ends it.',
  fix: { text: 'Move to a current model, and test the guardrails and the prompts against it.' },
} as const
const marketplace = (sageMaker: object) => ({ EndpointArn: `arn:aws:sagemaker:${REGION}:${ACCOUNT}:endpoint/llama`, EndpointConfig: { SageMaker: { InitialInstanceCount: 1, InstanceType: 'ml.g5.2xlarge', ExecutionRole: ROLE, ...sageMaker } } })
const variant = (ModelId: string) => ({ Name: 'main', ModelId, TemplateType: 'TEXT' as const, TemplateConfiguration: { Text: { Text: 'Answer: {{question}}' } } })
const copy = (SourceAccountId: string, key: object = { TargetModelKmsKeyArn: KEY }) => ({ TargetModelName: 'support', SourceAccountId, ...key })
const subscribe = 'aws-marketplace:Subscribe'

export default [
  defineCheck({
    ...legacy, on: 'AWS::Bedrock::Agent', title: 'The agent uses a legacy model',
    also: ['awsaiml:FS-34', 'awsaiml:FS-63'],
    when: (agent) => agent.FoundationModel !== undefined,
    requires: (agent, estate) => !isLegacy(agent.FoundationModel, estate),
    fails: [{ AgentName: 'support', FoundationModel: 'anthropic.claude-v2', given: [lifecycle('LEGACY')] }],
    passes: [{ AgentName: 'support', FoundationModel: 'anthropic.claude-v2', given: [lifecycle('ACTIVE')] }],
  }),
  defineCheck({
    ...legacy, on: 'AWS::Bedrock::Prompt', title: 'The prompt uses a legacy model',
    also: ['awsaiml:FS-34', 'awsaiml:FS-63'],
    when: (prompt) => someAt(prompt, 'Variants/*/ModelId'),
    requires: (prompt, estate) => every(prompt.Variants, ({ ModelId }) => !isLegacy(ModelId, estate)),
    fails: [{ Name: 'support', Variants: [variant('anthropic.claude-v2')], given: [lifecycle('LEGACY')] }],
    passes: [{ Name: 'support', Variants: [variant('anthropic.claude-v2')], given: [lifecycle('ACTIVE')] }],
  }),
  defineCheck({
    ...legacy, on: 'AWS::Bedrock::ApplicationInferenceProfile', title: 'The inference profile uses a legacy model',
    also: ['awsaiml:FS-34', 'awsaiml:FS-63'],
    when: (profile) => someAt(profile, 'ModelSource/CopyFrom'),
    requires: (profile, estate) => !someAt(profile, 'ModelSource/CopyFrom', (source) => isLegacy(source, estate)),
    fails: [{ InferenceProfileName: 'support', ModelSource: { CopyFrom: lifecycle('LEGACY').id! }, given: [lifecycle('LEGACY')] }],
    passes: [{ InferenceProfileName: 'support', ModelSource: { CopyFrom: lifecycle('LEGACY').id! }, given: [lifecycle('ACTIVE')] }],
  }),
  defineCheck({
    id: 'bedrock-model-copied-cross-account', on: 'AWS::Bedrock::ModelCopyJob', risk: 'model-theft', severity: 'medium',
    title: 'A model was copied from an account that is not yours, or without a customer managed key',
    why: 'Whoever made the model decides what it answers, and who decrypts the copy cannot be limited.',
    fix: { text: 'Copy models only between your own accounts, with a customer managed key.' },
    when: (job) => job.SourceAccountId !== undefined,
    requires: (job, estate) => estate.isOurs(job.SourceAccountId!) && job.TargetModelKmsKeyArn !== undefined,
    fails: [copy(STRANGER), copy(ACCOUNT, {})],
    passes: [copy(ACCOUNT)],
  }),
  defineCheck({
    id: 'bedrock-marketplace-endpoint-insecure', on: 'AWS::Bedrock::MarketplaceModelEndpoint', risk: 'model-theft', severity: 'medium',
    title: 'The endpoint of a marketplace model has no customer managed key or no VPC',
    why: 'A model of another company answers requests on a network and on disks that nobody here controls.',
    fix: { text: 'Deploy the model with a KMS key and in a VPC.' },
    when: (endpoint) => someAt(endpoint, 'EndpointConfig/SageMaker'),
    requires: ({ EndpointConfig: config }) => config?.SageMaker?.KmsEncryptionKey !== undefined && config.SageMaker.Vpc !== undefined,
    fails: [marketplace({ KmsEncryptionKey: KEY }), marketplace({ Vpc: { SecurityGroupIds: NETWORK.SecurityGroupIds, SubnetIds: NETWORK.Subnets } })],
    passes: [marketplace({ KmsEncryptionKey: KEY, Vpc: { SecurityGroupIds: NETWORK.SecurityGroupIds, SubnetIds: NETWORK.Subnets } })],
  }),
  defineCheck({
    id: 'bedrock-no-model-evaluation', on: 'AWS::Bedrock::CustomModel', risk: 'model-drift', severity: 'info',
    title: 'A custom model answers in a region where no model was ever evaluated',
    why: 'Nobody has measured whether the model is right, harmful or biased.',
    fix: { text: 'Run an evaluation job on the model before it is used, and after each change.' },
    also: [
      'awsaiml:BR-18', 'awsaiml:BR-25', 'awsaiml:FS-15', 'awsaiml:FS-30', 'awsaiml:FS-35', 'awsaiml:FS-40',
      'awsaiml:AG-10'
    ],
    requires: (_model, estate) => estate.all('AWS::Bedrock::EvaluationJob').length > 0,
    fails: [{ ModelName: 'support' }],
    passes: [{ ModelName: 'support', given: [{ type: 'AWS::Bedrock::EvaluationJob', id: `arn:aws:bedrock:${REGION}:${ACCOUNT}:evaluation-job/abc`, properties: { JobName: 'support' } }] }],
  }),
  ...noPolicyGrants({
    id: 'ai-marketplace-subscribe-wildcard', risk: 'adversarial-input', severity: 'medium',
    title: 'A policy lets its holder subscribe to any product of AWS Marketplace',
    why: 'Anybody can bring in a model of any vendor, unreviewed and on the bill of the account.',
    fix: 'Limit aws-marketplace:Subscribe by the condition key aws-marketplace:ProductId.',
    also: [
      'prowler:iam_policy_no_wildcard_marketplace_subscribe',
      'prowler:iam_inline_policy_no_wildcard_marketplace_subscribe', 'awsaiml:BR-03'
    ],
    bad: (statement) => speaksOf(statement, subscribe) && speaksOfAll(statement) && !isLimitedBy(statement, ['aws-marketplace:productid']),
    fails: [allow(subscribe, '*'), allow('aws-marketplace:*', '*')],
    passes: [allow(subscribe, '*', { 'ForAllValues:StringEquals': { 'aws-marketplace:ProductId': ['prod-abc'] } }), allow('aws-marketplace:ViewSubscriptions', '*')],
  }),
]
