import { some } from '../../core/unknown.ts'
import { defineCheck } from '../check.ts'
import { policy } from '../families/examples.ts'
import { conditionKeys, speaksOf, statementsOf } from '../families/policy-text.ts'

const on = 'AWS::Organizations::Organization'
const organization = { Id: 'o-a1b2c3d4e5', FeatureSet: 'ALL' } as const
const denying = (Condition: object) => ({
  type: 'AWS::Organizations::Policy',
  properties: { Name: 'ai', Type: 'SERVICE_CONTROL_POLICY', Content: policy({ Effect: 'Deny', Action: 'bedrock:InvokeModel*', Resource: '*', Condition }) },
} as const)
const enforcing = { type: 'AWS::Organizations::Policy', properties: { Name: 'guardrail', Type: 'BEDROCK_POLICY', Content: {} } } as const

export default [
  defineCheck({
    id: 'bedrock-scp-guardrail-missing',
    title: 'No control policy asks for a guardrail',
    risk: 'model-misuse', severity: 'low', on,
    why: 'Any account may call models with no filter at all.',
    fix: { text: 'Deny bedrock:InvokeModel unless bedrock:GuardrailIdentifier is yours by a service control policy.' },
    requires: (_organization, estate) => some(estate.all('AWS::Organizations::Policy'), ({ properties }) => properties.Type === 'SERVICE_CONTROL_POLICY' &&
      some(statementsOf(properties.Content), (statement) => statement.Effect === 'Deny' && speaksOf(statement, 'bedrock:InvokeModel') &&
        some(conditionKeys(statement), (key) => key === 'bedrock:guardrailidentifier'))),
    fails: [organization, { ...organization, given: [denying({ StringNotEquals: { 'aws:RequestedRegion': 'us-east-1' } })] }],
    passes: [{ ...organization, given: [denying({ StringNotEquals: { 'bedrock:GuardrailIdentifier': 'gr-1' } })] }],
  }),
  defineCheck({
    id: 'bedrock-org-guardrail-policy-missing',
    title: 'The organisation enforces no guardrail',
    risk: 'model-misuse', severity: 'medium', on,
    why: 'Whether calls are filtered is left to each account.',
    fix: { text: 'Enable Bedrock policies and attach one that enforces a guardrail.' },
    also: ['awsaiml:BR-15', 'awsaiml:AG-09'],
    requires: (_organization, estate) => some(estate.all('AWS::Organizations::Policy'), ({ properties }) => properties.Type === 'BEDROCK_POLICY'),
    fails: [organization],
    passes: [{ ...organization, given: [enforcing] }],
  }),
]
