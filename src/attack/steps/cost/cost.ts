import { acts, family, makes } from '../../family.ts'
import { endpoint, foundation } from '../../nodes.ts'
import { any, may } from '../../step.ts'
import type { Variable } from '../../step.ts'

const step = family('cost abuse', ['AML.T0034'])
const invoke = (on: Variable) => ({ power: 'invoke', on } as const)
const account = any('account', 'account')
const custom = any('model', 'AWS::Bedrock::CustomModel', 'AWS::Bedrock::ImportedModel', 'AWS::Bedrock::FoundationModel')

/** LLM hijacking and other uses at the victim's expense; `invoke` an account is to run up its bill. */
export default [
  step('DM-llmjack-invoke', 'sends its own prompts to {model}', acts(foundation, 'bedrock:InvokeModel'), invoke(foundation), { source: 'Stratus Red Team aws.impact.bedrock-invoke-model' }),
  step('DM-llmjack-stream', 'streams its own prompts to {model}', acts(foundation, 'bedrock:InvokeModelWithResponseStream'), invoke(foundation)),
  step('AI-br-bearer', 'sends its own prompts to {model} with an API key', [...makes('bedrock:CallWithBearerToken'), may('bedrock:InvokeModel', foundation)], invoke(foundation), { techniques: ['AML.T0034', 'AML.T0091.000'] }),
  step('DM-llmjack-enable', 'enables models in {account}', acts(account, 'bedrock:PutUseCaseForModelAccess', 'bedrock:CreateFoundationModelAgreement', 'bedrock:PutFoundationModelEntitlement'), invoke(account)),
  step('DM-llmjack-marketplace', 'subscribes {account} to a paid model', acts(account, 'aws-marketplace:Subscribe'), invoke(account)),
  step('DM-llmjack-pt', 'buys capacity for {model}', acts(custom, 'bedrock:CreateProvisionedModelThroughput'), invoke(custom), { techniques: ['AML.T0034.001'] }),
  step('DM-llmjack-quota', 'raises quotas of {account}', acts(account, 'servicequotas:RequestServiceQuotaIncrease'), invoke(account)),
  step('DM-gpu-abuse', 'reserves GPUs in {account}', acts(account, 'sagemaker:CreateTrainingPlan'), invoke(account), { techniques: ['T1496'] }),
  step('DM-endpoint-invoke', 'sends its own requests to {endpoint}', acts(endpoint, 'sagemaker:InvokeEndpoint'), invoke(endpoint)),
]
