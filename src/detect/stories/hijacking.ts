import { bearer, call, CLAUDE, inConsole, invoke, OPUS, repeat, role, user, type Caller } from '../records.ts'
import type { Story } from './story.ts'

const checker: Caller = { ...user('laravel-mailer'), sourceIPAddress: '185.220.101.34', userAgent: 'Python/3.11 aiohttp/3.9.5' }
const proxy: Caller = { ...user('marketing-s3'), sourceIPAddress: '45.146.165.12', userAgent: 'axios/1.7.2' }
const thief: Caller = { ...user('ci-artifacts'), sourceIPAddress: '103.214.5.6', userAgent: 'Boto3/1.34.1 md/Botocore#1.34.1 ua/2.0 os/linux lang/python#3.10' }
const stratus = (as: Caller): Caller => ({ ...as, userAgent: 'stratus-red-team_3f0c1f5e-6c1f-4a5e-9f7c-0d4c7e7a1a55', sourceIPAddress: '192.0.2.77' })
const invalid = { error: 'ValidationException', message: 'Malformed input request: #/max_tokens_to_sample: -1 is not greater or equal to 0' }
const regions = ['us-east-1', 'us-west-2', 'ap-southeast-2', 'ap-south-1', 'eu-west-3'] as const
const person: Caller = { ...role('AWSReservedSSO_Platform_0123456789abcdef', 'ana@example.com'), userAgent: 'aws-cli/2.27.0 md/awscrt#0.26.1 ua/2.1 os/macos#24.4.0' }
const terraform: Caller = { ...role('terraform-apply', 'github'), userAgent: 'APN/1.0 HashiCorp/1.0 Terraform/1.9.5 (+https://www.terraform.io) terraform-provider-aws/6.4.0' }
const ci: Caller = { ...role('ci-security-audit', 'nightly'), userAgent: 'Boto3/1.40.2 md/Botocore#1.40.2 ua/2.1 os/linux lang/python#3.12' }
const app = role('ChatApp', 'i-0abc')
const evaluation = role('ModelEvaluation', 'run-17')

const enabling = (as: Caller, at: number) => [
  call('bedrock', 'GetUseCaseForModelAccess', { as, at }), call('bedrock', 'PutUseCaseForModelAccess', { as, at: at + 1, request: { formData: 'HIDDEN_DUE_TO_SECURITY_REASONS' } }),
  call('bedrock', 'ListFoundationModelAgreementOffers', { as, at: at + 1, request: { modelId: OPUS } }), call('bedrock', 'CreateFoundationModelAgreement', { as, at: at + 2, request: { modelId: OPUS, offerToken: 'HIDDEN_DUE_TO_SECURITY_REASONS' } }),
  call('bedrock', 'PutFoundationModelEntitlement', { as, at: at + 2, request: { modelId: OPUS } }),
]

/** Stolen keys and what is done with them, against teams that open, test and audit models. */
export const hijacking: readonly Story[] = [
  {
    id: 'key-checker', category: 'LLM hijacking', attack: true, after: 'MITRE ATLAS AML.CS0030 and Sysdig, LLMjacking (2024): a checker asks five regions with max_tokens_to_sample -1',
    expects: ['bedrock-validation-probing', 'bedrock-key-checker-chain'],
    records: [
      call('sts', 'GetCallerIdentity', { as: checker }), ...regions.map((region) => invoke({ as: checker, at: 1, region, ...invalid })), ...regions.map((region) => invoke({ as: checker, at: 2, region, model: 'anthropic.claude-v2', ...invalid })),
      call('iam', 'ListAttachedUserPolicies', { as: checker, at: 3, request: { userName: 'laravel-mailer' } }), call('bedrock', 'GetModelInvocationLoggingConfiguration', { as: checker, at: 4 }),
      ...regions.map((region) => call('bedrock', 'ListFoundationModels', { as: checker, at: 5, region }))],
  },
  {
    id: 'resale-proxy', category: 'LLM hijacking', attack: true, after: 'Sysdig, The growing dangers of LLMjacking (2024): a reverse proxy re-checks logging and sells calls',
    expects: ['bedrock-logging-query-periodic', 'bedrock-throttle-storm', 'bedrock-logging-query-then-invoke'],
    records: [
      ...repeat(12, 180, (at) => call('bedrock', 'GetModelInvocationLoggingConfiguration', { as: proxy, at })),
      ...repeat(200, 9, (at, index) => invoke({ as: proxy, at: at + 4, model: OPUS, ...(index % 3 === 0 && { error: 'ThrottlingException', message: 'Too many requests, please wait before trying again.' }) }))],
  },
  {
    id: 'stratus-invoke-by-user', category: 'LLM hijacking', attack: true, after: 'Stratus Red Team, aws.impact.bedrock-invoke-model',
    expects: ['bedrock-enable-then-invoke', 'ai-call-by-attack-tool'],
    records: [call('bedrock', 'GetFoundationModelAvailability', { as: stratus(user('red')) }), ...enabling(stratus(user('red')), 1), ...repeat(9, 10, (at) => call('bedrock', 'GetFoundationModelAvailability', { as: stratus(user('red')), at: at + 4 })), invoke({ as: stratus(user('red')), at: 94, model: OPUS })],
  },
  {
    id: 'stratus-invoke-by-role', category: 'LLM hijacking', attack: true, after: 'Stratus Red Team, aws.impact.bedrock-invoke-model, with the session of a role',
    expects: ['bedrock-enable-then-invoke'],
    records: [...enabling(stratus(role('WebServer', 'i-0dead')), 1), invoke({ as: stratus(role('WebServer', 'i-0dead')), at: 94, model: OPUS })],
  },
  {
    id: 'enumeration-in-half-a-minute', category: 'LLM hijacking', attack: true, after: 'Sysdig, AI-assisted cloud intrusion achieves admin access in 8 minutes (2026), as TrailDiscover replays its listing',
    expects: ['ai-recon-breadth', 'bedrock-enumerate-then-invoke', 'sagemaker-expensive-compute', 'ai-key-persistence'],
    records: [
      ...['ListAgents', 'ListKnowledgeBases', 'ListCustomModels', 'ListFoundationModels', 'ListInferenceProfiles', 'ListModelInvocationJobs', 'GetModelInvocationLoggingConfiguration'].map((name, i) => call('bedrock', name, { as: thief, at: i * 3 })),
      ...['ListModels', 'ListEndpoints', 'ListTrainingJobs'].map((name, i) => call('sagemaker', name, { as: thief, at: 21 + i })),
      invoke({ as: thief, at: 60 }), call('iam', 'CreateUser', { as: thief, at: 200, request: { userName: 'backdoor-admin' } }),
      call('sagemaker', 'CreateNotebookInstance', { as: thief, at: 300, request: { notebookInstanceName: 'gpu', instanceType: 'ml.p4d.24xlarge', roleArn: 'arn:aws:iam::111122223333:role/Admin' } })],
  },
  {
    id: 'open-models-after-backdoor', category: 'LLM hijacking', attack: true, after: 'Wiz, JINX-2401: compromised keys make a user, open models and try them',
    expects: ['bedrock-model-access-enabled', 'bedrock-enable-then-invoke'],
    records: [
      call('iam', 'CreateUser', { as: thief, request: { userName: 'sec-ops' } }), call('iam', 'CreateAccessKey', { as: thief, at: 2, request: { userName: 'sec-ops' } }), call('iam', 'PutUserPolicy', { as: thief, at: 4, request: { userName: 'sec-ops', policyName: 'New_Policy' } }),
      ...enabling(user('sec-ops'), 60), ...repeat(5, 20, (at) => invoke({ as: user('sec-ops'), at: 120 + at, model: OPUS, ...(at < 40 && { error: 'AccessDeniedException' }) }))],
  },
  {
    id: 'regions-swept', category: 'LLM hijacking', attack: true, after: 'Permiso, When AI gets hijacked (2024): access is opened and used region after region',
    expects: ['bedrock-region-fanout'],
    records: regions.flatMap((region, i) => repeat(4, 30, (at) => invoke({ as: thief, region, at: i * 240 + at, model: OPUS }))),
  },
  {
    id: 'key-shared-by-customers', category: 'LLM hijacking', attack: true, after: 'Sysdig, LLMjacking targets DeepSeek (2025): one key behind many proxies',
    expects: ['bedrock-key-many-addresses'],
    records: repeat(40, 12, (at, index) => invoke({ as: proxy, at, ip: `45.146.${index % 9}.12`, model: OPUS })),
  },
  {
    id: 'phantom-user', category: 'LLM hijacking', attack: true, after: 'BeyondTrust, Bedrock API keys part 2 (2025): the user behind a key becomes a back door',
    expects: ['bedrock-phantom-user-credentials', 'bedrock-phantom-user-outside-bedrock', 'bedrock-api-key-long-lived', 'bedrock-bearer-many-addresses'],
    records: [
      call('iam', 'CreateUser', { as: thief, request: { userName: 'BedrockAPIKey-k2p1' } }), call('iam', 'CreateServiceSpecificCredential', { as: thief, at: 1, request: { userName: 'BedrockAPIKey-k2p1', serviceName: 'bedrock.amazonaws.com' } }),
      ...repeat(6, 30, (at, index) => invoke({ as: bearer('k2p1'), at: 60 + at, ip: `203.0.113.${index}` })),
      call('iam', 'CreateAccessKey', { as: thief, at: 500, request: { userName: 'BedrockAPIKey-k2p1' } }), call('s3', 'ListBuckets', { as: user('BedrockAPIKey-k2p1'), at: 600 })],
  },
  {
    id: 'quarantine-ignored', category: 'LLM hijacking', attack: true, after: 'AWS, quarantine policy for exposed keys; the key goes on calling', expects: ['bedrock-quarantined-key'],
    records: [call('iam', 'AttachUserPolicy', { as: user('aws-support'), request: { userName: 'marketing-s3', policyArn: 'arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3' } }), ...repeat(3, 600, (at) => invoke({ as: proxy, at: 1200 + at, error: 'ValidationException', message: 'Operation not allowed' }))],
  },
  {
    id: 'rollout-in-console', category: 'LLM hijacking', attack: false, after: '', expects: [],
    records: [call('bedrock', 'ListFoundationModels', { as: inConsole(role('Platform', 'ana')) }), call('bedrock', 'GetModelInvocationLoggingConfiguration', { as: inConsole(role('Platform', 'ana')), at: 10 }), ...enabling(inConsole(role('Platform', 'ana')), 60), ...repeat(5, 30, (at) => invoke({ as: inConsole(role('Platform', 'ana')), at: 200 + at, model: OPUS }))],
  },
  {
    id: 'rollout-by-terraform', category: 'LLM hijacking', attack: false, after: '', expects: [],
    records: [call('bedrock', 'GetModelInvocationLoggingConfiguration', { as: terraform }), call('bedrock', 'ListFoundationModels', { as: terraform, at: 1 }), ...enabling(terraform, 5), call('bedrock', 'CreateGuardrail', { as: terraform, at: 30 }), ...repeat(20, 30, (at) => invoke({ as: app, at: 600 + at, model: OPUS }))],
  },
  {
    id: 'rollout-by-signed-in-person', category: 'LLM hijacking', attack: false, after: '', expects: [],
    records: [call('bedrock', 'ListFoundationModels', { as: person }), ...enabling(person, 20), invoke({ as: person, at: 120, model: OPUS })],
  },
  {
    id: 'nightly-audit', category: 'LLM hijacking', attack: false, after: '', expects: [],
    records: [call('sts', 'GetCallerIdentity', { as: ci }), ...regions.flatMap((region, r) => ['ListFoundationModels', 'ListCustomModels', 'ListAgents', 'ListKnowledgeBases', 'ListGuardrails', 'GetModelInvocationLoggingConfiguration', 'ListProvisionedModelThroughputs', 'ListFlows', 'ListPrompts'].map((name, i) => call('bedrock', name, { as: ci, region, at: r * 20 + i }))),
      call('iam', 'ListAttachedRolePolicies', { as: ci, at: 110 }), ...['ListModels', 'ListEndpoints', 'ListNotebookInstances'].map((name, i) => call('sagemaker', name, { as: ci, at: 120 + i }))],
  },
  {
    id: 'evaluation-over-regions', category: 'LLM hijacking', attack: false, after: '', expects: [],
    records: regions.flatMap((region, r) => repeat(30, 4, (at, index) => invoke({ as: evaluation, region, at: r * 120 + at, model: [CLAUDE, 'amazon.nova-pro-v1:0', 'meta.llama3-70b-instruct-v1:0'][index % 3]!, ...(index % 10 === 9 && { error: 'ThrottlingException' }) }))),
  },
  {
    id: 'busy-chat-application', category: 'LLM hijacking', attack: false, after: '', expects: [],
    records: repeat(700, 5, (at, index) => invoke({ as: role('ChatApp', `i-0${index % 12}`), ip: `10.0.${index % 12}.9`, at, model: index % 40 === 0 ? CLAUDE : 'us.anthropic.claude-sonnet-4-20250514-v1:0', ...(index % 50 === 0 && { error: 'ThrottlingException' }) })),
  },
  {
    id: 'developer-types-a-wrong-model', category: 'LLM hijacking', attack: false, after: '', expects: [],
    records: [invoke({ as: person, error: 'ValidationException', message: 'The provided model identifier is invalid.' }), invoke({ as: person, at: 30, model: OPUS, error: 'AccessDeniedException' }), invoke({ as: person, at: 60 })],
  },
]
