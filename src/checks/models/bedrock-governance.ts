import { some } from '../../core/unknown.ts'
import { defineCheck } from '../check.ts'
import { bedrockInUse, usesBedrock } from '../families/bedrock-use.ts'
import { policy } from '../families/examples.ts'
import { listOf, speaksOf, statementsOf } from '../families/policy-text.ts'
import type { Statement } from '../families/policy-text.ts'

const organization = { Id: 'o-a1b2c3d4e5', FeatureSet: 'ALL' } as const
const denying = (statement: object) => ({
  type: 'AWS::Organizations::Policy',
  properties: { Name: 'models', Type: 'SERVICE_CONTROL_POLICY', Content: policy({ Effect: 'Deny', Action: 'bedrock:InvokeModel*', ...statement }) },
} as const)

/** Whether a statement keeps some models out: it denies calls of all but those named, or of those named. */
const limitsModels = (statement: Statement): boolean => statement.Effect === 'Deny' && speaksOf(statement, 'bedrock:InvokeModel') &&
  (statement.NotResource !== undefined || some(listOf(statement.Resource), (resource) => resource.includes('foundation-model/')))

export default [
  defineCheck({
    id: 'bedrock-in-use-inventory', on: 'AWS::Bedrock::ModelInvocationLoggingConfiguration',
    title: 'Bedrock is used in a region that nobody has set up for it',
    risk: 'model-drift', severity: 'info',
    why: 'AI that grew past the people who watch it is where data leaks and bills start.',
    fix: { text: 'Find out who uses it; log its calls and give it a guardrail, or deny Bedrock in this region.' },
    also: ['cloudsploit:bedrockInUse'],
    when: (_setting, estate) => usesBedrock(estate),
    requires: ({ S3Config, CloudWatchConfig }, estate) => some([
      () => S3Config !== undefined || CloudWatchConfig !== undefined,
      () => estate.all('AWS::Bedrock::Guardrail').length > 0,
      () => estate.all('AWS::Bedrock::EnforcedGuardrailConfiguration').length > 0,
    ], (look) => look()),
    fails: [{ given: [bedrockInUse] }],
    passes: [{ S3Config: { BucketName: 'model-logs' }, given: [bedrockInUse] }],
  }),
  defineCheck({
    id: 'bedrock-model-access-not-restricted', on: 'AWS::Organizations::Organization',
    title: 'The organisation lets every model of Bedrock be called',
    risk: 'adversarial-input', severity: 'medium',
    why: 'An account may send its data to a model whose provider, licence and behaviour nobody has looked at.',
    fix: { text: 'Deny bedrock:InvokeModel* with a NotResource of the models that you have approved, by a service control policy.' },
    also: ['awsaiml:FS-12', 'awsaiml:FS-14'],
    requires: (_organization, estate) => some(estate.all('AWS::Organizations::Policy'), ({ properties }) =>
      properties.Type === 'SERVICE_CONTROL_POLICY' && some(statementsOf(properties.Content), limitsModels)),
    fails: [organization, { ...organization, given: [denying({ Resource: '*', Condition: { StringNotEquals: { 'aws:RequestedRegion': 'eu-central-1' } } })] }],
    passes: [{ ...organization, given: [denying({ NotResource: 'arn:aws:bedrock:*::foundation-model/anthropic.*' })] }],
  }),
]
