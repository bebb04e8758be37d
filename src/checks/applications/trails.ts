import { every, some } from '../../core/unknown.ts'
import { defineCheck } from '../check.ts'
import type { EstateView } from '../../graph/view.ts'
import { bedrockInUse, usesBedrock } from '../families/bedrock-use.ts'
import { noPolicyGrants } from '../families/identity-policy.ts'
import { allow } from '../families/examples.ts'
import { conditionKeys, isLimitedBy, listOf, namesService, speaksOf, statementsOf, trustsService } from '../families/policy-text.ts'
import type { Statement } from '../families/policy-text.ts'

const MODEL = 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0'
const trail = { TrailName: 'all', IsLogging: true, S3BucketName: 'trails' }
const selecting = (...types: string[]) => ({
  AdvancedEventSelectors: types.map((type) => ({ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Data'] }, { Field: 'resources.type', Equals: [type] }] })),
})
const agents = selecting('AWS::Bedrock::AgentAlias')

interface Selector { readonly FieldSelectors: readonly { readonly Field: string, readonly Equals?: readonly string[], readonly StartsWith?: readonly string[] }[] }

/** Whether event selectors take data events of Bedrock, AgentCore or SageMaker. */
const takesAi = (selectors: readonly Selector[] | undefined): boolean => some(selectors, ({ FieldSelectors }) =>
  some(FieldSelectors, ({ Field, Equals, StartsWith }) => Field === 'resources.type' &&
    some([...Equals ?? [], ...StartsWith ?? []], (type) => /^AWS::(?:Bedrock|BedrockAgentCore|SageMaker)/.test(type))))

/** Whether any trail or event data store of the region takes them. */
const isTaken = (estate: EstateView): boolean => some([
  () => some(estate.all('AWS::CloudTrail::Trail'), ({ properties }) => properties.IsLogging && takesAi(properties.AdvancedEventSelectors)),
  () => some(estate.all('AWS::CloudTrail::EventDataStore'), ({ properties }) => takesAi(properties.AdvancedEventSelectors)),
], (look) => look())

const guardrailKey = ['bedrock:guardrailidentifier']

/** Whether a role is one that Bedrock itself takes: that of an agent, a flow, a knowledge base. */
const isOfBedrock = (trust: unknown): boolean => some(statementsOf(trust), (statement) => trustsService(statement, 'bedrock.amazonaws.com'))

/** Whether a policy is attached to such roles alone. */
const servesBedrock = ({ Roles = [], RoleName }: { readonly Roles?: readonly string[], readonly RoleName?: string }, estate: EstateView): boolean => {
  const names = [...Roles, ...(RoleName === undefined || estate.self.type === 'AWS::IAM::Role' ? [] : [RoleName])]
  return names.length > 0 && every(names, (name) => isOfBedrock(estate.find('AWS::IAM::Role', name)?.properties.AssumeRolePolicyDocument))
}

/** Whether a statement speaks of embedding and reranking models alone: they write nothing that a guardrail could look at. */
const onlyEmbeds = ({ Resource }: Statement): boolean => every(listOf(Resource), (resource) => /:foundation-model\/[^*/]*(?:embed|rerank)/.test(resource)) && Resource !== undefined

export default [
  defineCheck({
    id: 'bedrock-cloudtrail-no-data-events',
    title: 'No trail records calls of agents and knowledge bases',
    risk: 'misconfigured-pipeline', severity: 'medium', on: 'AWS::Bedrock::ModelInvocationLoggingConfiguration',
    why: 'After an abuse nobody can tell who called which agent and what was read.',
    fix: { text: 'Add data events of AWS::Bedrock::AgentAlias, KnowledgeBase, Guardrail and AWS::BedrockAgentCore types to a trail or an event data store.' },
    also: ['prowler:cloudtrail_bedrock_logging_enabled', 'awsaiml:BR-06', 'awsaiml:FS-23', 'awsaiml:AG-08'],
    when: (_setting, estate) => usesBedrock(estate),
    requires: (_setting, estate) => isTaken(estate),
    fails: [{ given: [bedrockInUse, { type: 'AWS::CloudTrail::Trail', properties: trail }] }],
    passes: [{ given: [bedrockInUse, { type: 'AWS::CloudTrail::Trail', properties: { ...trail, ...agents } }] }],
  }),
  defineCheck({
    id: 'bedrock-agent-not-logged',
    title: 'Calls of the agent leave no record',
    risk: 'misconfigured-pipeline', severity: 'medium', on: 'AWS::Bedrock::Agent',
    why: 'After an abuse nobody can tell who told the agent what, or what it did.',
    fix: { text: 'Turn on model invocation logging in this region, or record data events of AWS::Bedrock::AgentAlias.' },
    requires: (_agent, estate) => some([
      () => some(estate.all('AWS::Bedrock::ModelInvocationLoggingConfiguration'), ({ properties: { S3Config, CloudWatchConfig } }) => S3Config !== undefined || CloudWatchConfig !== undefined),
      () => isTaken(estate),
    ], (look) => look()),
    fails: [{ AgentName: 'helper', given: [{ type: 'AWS::CloudTrail::Trail', properties: trail }] }],
    passes: [
      { AgentName: 'helper', given: [{ type: 'AWS::CloudTrail::Trail', properties: { ...trail, ...agents } }] },
      { AgentName: 'helper', given: [{ type: 'AWS::Bedrock::ModelInvocationLoggingConfiguration', properties: { S3Config: { BucketName: 'calls' } } }] },
    ],
  }),
  ...noPolicyGrants({
    id: 'bedrock-invoke-without-guardrail-condition', title: 'Policy lets models be called without the guardrail', severity: 'high', risk: 'model-misuse',
    why: 'An application, or whoever steals its credentials, leaves the guardrail out and calls the model bare.',
    fix: 'Add a condition on bedrock:GuardrailIdentifier to the statement, or deny bedrock:InvokeModel without it.',
    also: ['awsaiml:BR-10'],
    on: ['AWS::IAM::Policy', 'AWS::IAM::RolePolicy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::Role'],
    // The service applies the guardrail of an agent or a flow by itself, whatever the policy of its role says.
    when: (holder, estate) => !isOfBedrock(holder.AssumeRolePolicyDocument) && !servesBedrock(holder, estate),
    bad: (statement) => namesService(statement, 'bedrock') && speaksOf(statement, 'bedrock:InvokeModel') && !onlyEmbeds(statement) && !isLimitedBy(statement, guardrailKey),
    saved: (statement) => statement.Effect === 'Deny' && speaksOf(statement, 'bedrock:InvokeModel') && some(conditionKeys(statement), (key) => key === guardrailKey[0]),
    fails: [allow('bedrock:InvokeModel', MODEL)],
    passes: [
      allow('bedrock:InvokeModel', MODEL, { StringEquals: { 'bedrock:GuardrailIdentifier': 'arn:aws:bedrock:us-east-1:111122223333:guardrail/gr1' } }),
      [allow('bedrock:InvokeModel', MODEL), { Effect: 'Deny', Action: 'bedrock:InvokeModel*', Resource: '*', Condition: { StringNotEquals: { 'bedrock:GuardrailIdentifier': 'gr-1' } } }],
      allow('bedrock:ListFoundationModels', '*'),
      allow('bedrock:InvokeModel', 'arn:aws:bedrock:us-east-1::foundation-model/amazon.titan-embed-text-v2:0'),
    ],
  }),
]
