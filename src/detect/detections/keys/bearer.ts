import { days, defineDetection, hours, minutes, personEase, usualEases } from '../../detection.ts'
import { BEDROCK, ENABLING, IAM, INFERENCE, PRIVATE } from '../../names.ts'
import { bearer, call, invoke, repeat, role, user } from '../../records.ts'

const admin = user('build-bot')
const key = bearer('ab12')
const create = (request: Readonly<Record<string, unknown>>, at = 0) => call('iam', 'CreateServiceSpecificCredential', { as: admin, at, request: { serviceName: 'bedrock.amazonaws.com', ...request } })
const revoke = 'aws iam list-service-specific-credentials --user-name {user} --service-name bedrock.amazonaws.com'
const phantom = { starts: 'BedrockAPIKey-' } as const

/** Bedrock API keys: bearer tokens with an IAM user behind each, made for a test and forgotten. */
export default [
  defineDetection({
    id: 'bedrock-api-key-created',
    title: 'Bedrock API key created',
    risk: 'weak-iam', severity: 'medium', techniques: ['T1098.001', 'AML.T0091.000'],
    why: 'A long-term bearer token for models: it has no second factor and works from anywhere.',
    respond: [revoke],
    eases: [...usualEases, personEase, { match: { outcome: { not: 'success' } }, to: 'low', reason: 'refused' }],
    when: { kind: 'event', match: { eventSource: IAM, eventName: 'CreateServiceSpecificCredential', 'requestParameters.serviceName': BEDROCK } },
    fires: [[create({ userName: 'BedrockAPIKey-ab12', credentialAgeDays: 30 })]],
    quiet: [[call('iam', 'CreateServiceSpecificCredential', { as: admin, request: { serviceName: 'codecommit.amazonaws.com', userName: 'dev' } })]],
  }),
  defineDetection({
    id: 'bedrock-api-key-long-lived',
    title: 'Bedrock API key that does not expire, or not soon',
    risk: 'weak-iam', severity: 'high', techniques: ['T1098.001', 'AML.T0091.000'],
    why: 'Without an expiry, or with one past 90 days, a leaked key works until someone notices.',
    respond: [revoke],
    eases: [...usualEases, personEase],
    when: {
      kind: 'event', match: [
        { eventSource: IAM, eventName: 'CreateServiceSpecificCredential', 'requestParameters.serviceName': BEDROCK, 'requestParameters.credentialAgeDays': null, outcome: 'success' },
        { eventSource: IAM, eventName: 'CreateServiceSpecificCredential', 'requestParameters.serviceName': BEDROCK, 'requestParameters.credentialAgeDays': { over: 90 }, outcome: 'success' }],
    },
    fires: [[create({ userName: 'BedrockAPIKey-ab12' })], [create({ userName: 'BedrockAPIKey-ab12', credentialAgeDays: 365 })]],
    quiet: [[create({ userName: 'BedrockAPIKey-ab12', credentialAgeDays: 7 })]],
  }),
  defineDetection({
    id: 'bedrock-api-key-renewed',
    title: 'Bedrock API key reset or switched on again',
    risk: 'weak-iam', severity: 'medium', techniques: ['T1098.001'],
    why: 'A reset gives a new secret for an old key; a switched-off one that works again was missed by someone.',
    respond: [revoke],
    eases: [...usualEases, personEase],
    when: { kind: 'event', match: [{ eventSource: IAM, eventName: 'ResetServiceSpecificCredential', 'requestParameters.userName': phantom }, { eventSource: IAM, eventName: 'UpdateServiceSpecificCredential', 'requestParameters.status': 'Active', 'requestParameters.userName': phantom }] },
    fires: [[call('iam', 'ResetServiceSpecificCredential', { as: admin, request: { userName: 'BedrockAPIKey-ab12', serviceSpecificCredentialId: 'ACCAEXAMPLE' } })]],
    quiet: [[call('iam', 'UpdateServiceSpecificCredential', { as: admin, request: { userName: 'BedrockAPIKey-ab12', status: 'Inactive' } })]],
  }),
  defineDetection({
    id: 'bedrock-api-key-created-then-used',
    title: 'Bedrock API key created and used within a day',
    risk: 'weak-iam', severity: 'medium', techniques: ['T1098.001', 'T1550.001', 'AML.T0091.000'],
    why: 'The user behind a new key calls models with its token: persistence that is already in use.',
    respond: [revoke],
    eases: [...usualEases],
    when: {
      kind: 'set', ordered: true, atLeast: 2, by: ['subject'], within: days(1),
      steps: [{ name: 'create', match: { eventSource: IAM, eventName: ['CreateServiceSpecificCredential', 'ResetServiceSpecificCredential'], outcome: 'success', caller: 'program' } }, { name: 'use', match: { eventSource: BEDROCK, keyType: 'bearer' } }],
    },
    fires: [[create({ userName: 'BedrockAPIKey-ab12', credentialAgeDays: 30 }), invoke({ as: key, at: 900 })]],
    quiet: [[create({ userName: 'BedrockAPIKey-zz99', credentialAgeDays: 30 }), invoke({ as: key, at: 900 })]],
  }),
  defineDetection({
    id: 'bedrock-phantom-user-created',
    title: 'User for a Bedrock API key created',
    risk: 'weak-iam', severity: 'low', techniques: ['T1136.003', 'T1098.001'],
    why: 'The console makes such a user for every long-term key; it stays when the key is gone.',
    when: { kind: 'event', match: { eventSource: IAM, eventName: 'CreateUser', 'requestParameters.userName': phantom } },
    fires: [[call('iam', 'CreateUser', { as: admin, request: { userName: 'BedrockAPIKey-ab12' } })]],
    quiet: [[call('iam', 'CreateUser', { as: admin, request: { userName: 'ana' } })]],
  }),
  defineDetection({
    id: 'bedrock-phantom-user-credentials',
    title: 'Access key or password added to the user of a Bedrock API key',
    risk: 'privilege-escalation', severity: 'critical', techniques: ['T1098.001', 'T1136.003'],
    why: 'A user that exists for one token gets credentials for the whole of AWS: a back door in a name that looks harmless.',
    respond: ['aws iam list-access-keys --user-name {target}', 'aws iam delete-login-profile --user-name {target}'],
    when: { kind: 'event', match: { eventSource: IAM, eventName: ['CreateAccessKey', 'CreateLoginProfile', 'UpdateLoginProfile'], 'requestParameters.userName': phantom } },
    fires: [[call('iam', 'CreateAccessKey', { as: admin, request: { userName: 'BedrockAPIKey-ab12' } })]],
    quiet: [[call('iam', 'CreateAccessKey', { as: admin, request: { userName: 'build-bot' } })]],
  }),
  defineDetection({
    id: 'bedrock-phantom-user-outside-bedrock',
    title: 'User of a Bedrock API key active outside Bedrock',
    risk: 'privilege-escalation', severity: 'high', techniques: ['T1078.004'],
    why: 'It was made to call models and does something else.',
    respond: [revoke],
    callers: { name: /^BedrockAPIKey-/ },
    when: { kind: 'event', match: { 'userIdentity.userName': phantom, eventSource: { not: [BEDROCK, 'bedrock-mantle.amazonaws.com'] }, eventName: { not: ['GetCallerIdentity', 'GetSessionToken', 'GetAccessKeyInfo'] } } },
    fires: [[call('ec2', 'DescribeInstances', { as: user('BedrockAPIKey-ab12') })]],
    quiet: [[invoke({ as: key })], [call('sts', 'GetCallerIdentity', { as: user('BedrockAPIKey-ab12') })]],
  }),
  defineDetection({
    id: 'bedrock-bearer-used',
    title: 'Bedrock called with a bearer token',
    risk: 'weak-iam', severity: 'info', techniques: ['T1550.001'],
    why: 'Tokens leak more easily than signatures; know where they are used.',
    when: { kind: 'event', match: { keyType: 'bearer', eventSource: [BEDROCK, 'bedrock-mantle.amazonaws.com'] } },
    source: 'management reads',
    fires: [[invoke({ as: key })]],
    quiet: [[invoke({ as: admin })]],
  }),
  defineDetection({
    id: 'bedrock-bearer-destructive',
    title: 'Bearer token used to delete AI or to blind its logs',
    risk: 'weak-iam', severity: 'high', techniques: ['T1485', 'T1562.001', 'T1685'],
    why: 'A token for inference is used to destroy or to hide.',
    respond: [revoke],
    when: {
      kind: 'event', match: { eventSource: BEDROCK, keyType: 'bearer', eventName: ['DeleteCustomModel', 'DeleteGuardrail', 'DeleteImportedModel', 'DeleteMarketplaceModelEndpoint', 'DeleteModelCustomizationJob', 'DeleteAgent', 'DeleteKnowledgeBase',
        'DeleteModelInvocationLoggingConfiguration', 'DeleteProvisionedModelThroughput', 'PutModelInvocationLoggingConfiguration', 'UpdateGuardrail'] },
    },
    fires: [[call('bedrock', 'DeleteGuardrail', { as: key, request: { guardrailIdentifier: 'gr1' } })]],
    quiet: [[invoke({ as: key })], [call('bedrock', 'GetGuardrail', { as: key })]],
  }),
  defineDetection({
    id: 'bedrock-bearer-many-addresses',
    title: 'Bearer token used from several addresses',
    risk: 'weak-iam', severity: 'high', techniques: ['T1550.001', 'AML.T0091.000'], source: 'management reads',
    why: 'One token in several hands.',
    respond: [revoke],
    when: { kind: 'count', match: { eventSource: BEDROCK, eventName: INFERENCE, keyType: 'bearer', ip: { not: { like: PRIVATE } } }, distinct: { ip: 3 }, within: minutes(10) },
    fires: [() => repeat(3, 60, (at, index) => invoke({ as: key, at, ip: `203.0.113.${index}` }))],
    quiet: [() => repeat(3, 60, (at, index) => invoke({ as: admin, at, ip: `203.0.113.${index}` })), repeat(3, 600, (at, index) => invoke({ as: key, at, ip: `203.0.113.${index}` }))],
  }),
  defineDetection({
    id: 'ai-new-user-calls-ai',
    title: 'User made by hand and at once used for AI',
    risk: 'privilege-escalation', severity: 'high', techniques: ['T1136.003', 'T1098.001', 'T1078.004'],
    why: 'Intruders make a user, or credentials for one, and open or call models with it the same day; pipelines make users by code.',
    respond: ['aws iam list-access-keys --user-name {user}', 'aws iam delete-login-profile --user-name {user}'],
    eases: [...usualEases, personEase],
    when: {
      kind: 'set', ordered: true, atLeast: 2, by: ['subject'], within: days(1),
      steps: [
        { name: 'user', match: { eventSource: IAM, eventName: ['CreateUser', 'CreateAccessKey', 'CreateLoginProfile'], outcome: 'success', caller: 'program', keyType: 'long-term' } },
        { name: 'AI call', match: { eventSource: BEDROCK, eventName: [...INFERENCE, ...ENABLING], keyType: ['long-term', 'temporary'] } }],
    },
    fires: [[call('iam', 'CreateUser', { as: admin, request: { userName: 'sec-ops' } }), invoke({ as: user('sec-ops'), at: 600 })]],
    quiet: [[call('iam', 'CreateUser', { as: role('Terraform'), request: { userName: 'bot' } }), invoke({ as: user('bot'), at: 600 })], [call('iam', 'CreateUser', { as: admin, request: { userName: 'sec-ops' } }), invoke({ as: user('other'), at: 600 })]],
  }),
  defineDetection({
    id: 'ai-key-by-role-calls-ai',
    title: 'Access key made by the session of a role and within the hour used for AI',
    risk: 'privilege-escalation', severity: 'medium', techniques: ['T1098.001', 'T1078.004'],
    why: 'Code that was changed to make a key for somebody gives itself away when the key calls models at once; infrastructure as code does not count.',
    respond: ['aws iam list-access-keys --user-name {user}'],
    eases: [...usualEases, personEase],
    when: {
      kind: 'set', ordered: true, atLeast: 2, by: ['subject'], within: hours(1),
      steps: [
        { name: 'key', match: { eventSource: IAM, eventName: 'CreateAccessKey', outcome: 'success', caller: 'program', keyType: 'temporary' } },
        { name: 'AI call', match: { eventSource: BEDROCK, keyType: 'long-term', caller: 'program' } }],
    },
    fires: [[call('iam', 'CreateAccessKey', { as: role('lambda-init', 'init'), request: { userName: 'frick' } }), call('bedrock', 'ListFoundationModels', { as: user('frick'), at: 90 })]],
    quiet: [[call('iam', 'CreateAccessKey', { as: role('Deploy', 'run', { userAgent: 'Terraform/1.9' }), request: { userName: 'bot' } }), invoke({ as: user('bot'), at: 90 })], [call('iam', 'CreateAccessKey', { as: role('Deploy', 'run'), request: { userName: 'bot' } }), invoke({ as: user('bot'), at: 7200 })]],
  }),
  defineDetection({
    id: 'ai-key-persistence',
    title: 'Credentials made right after AI was called with a long-term key',
    risk: 'privilege-escalation', severity: 'high', techniques: ['T1098.001', 'T1136.003', 'T1078.004'],
    why: 'Who hijacks models makes a second key before the first is revoked.',
    when: {
      kind: 'set', ordered: true, atLeast: 2, within: hours(1),
      steps: [{ name: 'AI call', match: { eventSource: BEDROCK, keyType: 'long-term', caller: 'program' } }, { name: 'credentials', match: { eventSource: IAM, eventName: ['CreateUser', 'CreateAccessKey', 'CreateLoginProfile', 'CreateServiceSpecificCredential', 'PutUserPolicy', 'AttachUserPolicy'] } }],
    },
    fires: [[call('bedrock', 'ListFoundationModels', { as: admin }), call('iam', 'CreateUser', { as: admin, at: 60, request: { userName: 'support2' } })]],
    quiet: [[call('iam', 'CreateUser', { as: admin, request: { userName: 'support2' } }), call('bedrock', 'ListFoundationModels', { as: admin, at: 60 })], [call('bedrock', 'ListFoundationModels', { as: role('Dev') }), call('iam', 'CreateUser', { as: role('Dev'), at: 60 })]],
  }),
]
