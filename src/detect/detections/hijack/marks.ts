import { days, defineDetection } from '../../detection.ts'
import { AGENTCORE, BEDROCK, INFERENCE, SAGEMAKER } from '../../names.ts'
import { call, invoke, user } from '../../records.ts'

const key = user('build-bot')
const inference = { eventSource: BEDROCK, eventName: INFERENCE } as const
const failing = { as: key, error: 'ValidationException', message: 'Malformed input request: -1 is not greater or equal to 0' } as const

/** Marks that single calls bear: of keys known to be stolen, of tools, of old proxies. */
export default [
  defineDetection({
    id: 'bedrock-quarantined-key',
    title: 'Quarantined user still calls AI',
    risk: 'model-misuse', severity: 'critical', techniques: ['T1078.004', 'AML.T0012'], source: 'management reads',
    why: 'AWS puts a quarantine policy on a user whose key was found in public: whoever calls models with it now is not its owner.',
    respond: ['aws iam delete-access-key --user-name {user} --access-key-id {accessKey}'],
    when: {
      kind: 'set', ordered: true, atLeast: 2, by: ['subject'], within: days(30),
      steps: [
        { name: 'quarantine', match: { eventName: ['AttachUserPolicy', 'PutUserPolicy'], 'requestParameters.policyArn': { contains: 'AWSCompromisedKeyQuarantine' } } },
        { name: 'AI call', match: { eventSource: [BEDROCK, SAGEMAKER, AGENTCORE] } },
      ],
    },
    services: true,
    fires: [[call('iam', 'AttachUserPolicy', { as: user('security'), request: { userName: 'build-bot', policyArn: 'arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3' } }), invoke({ as: key, at: 3600 })]],
    quiet: [[invoke({ as: key }), call('iam', 'AttachUserPolicy', { as: user('security'), at: 60, request: { userName: 'build-bot', policyArn: 'arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3' } })]],
  }),
  defineDetection({
    id: 'bedrock-operation-not-allowed',
    title: 'Model call refused because the account or key is restricted',
    risk: 'model-misuse', severity: 'medium', techniques: ['T1078.004', 'AML.T0012'], source: 'management reads',
    why: 'Bedrock answers "Operation not allowed" to keys in quarantine and accounts under restriction after abuse.',
    when: { kind: 'event', match: { ...inference, errorMessage: { contains: 'Operation not allowed' } } },
    fires: [[invoke({ as: key, error: 'ValidationException', message: 'Operation not allowed' })]],
    quiet: [[invoke(failing)]],
  }),
  defineDetection({
    id: 'ai-call-by-attack-tool',
    title: 'AI called with the agent of an attack tool',
    risk: 'model-misuse', severity: 'high', techniques: ['T1078.004', 'T1526', 'AML.T0040'], source: 'management reads',
    why: 'The agent names a tool made for attacks or their simulation, or a system that is made for them.',
    when: { kind: 'event', match: { eventSource: [BEDROCK, SAGEMAKER, AGENTCORE], userAgent: { like: /stratus-red-team|pacu|cloudfox|keychecker|kali|parrot|trufflehog|enumerate-iam|cloudgoat|weirdaal|\bcurl-impersonate/i } } },
    fires: [[call('bedrock', 'ListFoundationModels', { as: { ...key, userAgent: 'stratus-red-team_0b6f4b1c-7f1e-4e0a-9b7a-d3a52f1b9f60' } })]],
    quiet: [[call('bedrock', 'ListFoundationModels', { as: key })]],
  }),
  defineDetection({
    id: 'bedrock-legacy-host',
    title: 'Model called through a host name that AWS no longer uses',
    risk: 'model-misuse', severity: 'high', techniques: ['T1078.004', 'AML.T0008.005'], source: 'management reads',
    why: 'Only old proxy code still calls the host name from before general availability.',
    when: { kind: 'event', match: { ...inference, 'tlsDetails.clientProvidedHostHeader': { starts: 'invoke-bedrock.' } } },
    fires: [[invoke({ as: key, fields: { tlsDetails: { tlsVersion: 'TLSv1.2', clientProvidedHostHeader: 'invoke-bedrock.us-east-1.amazonaws.com' } } })]],
    quiet: [[invoke({ as: key })]],
  }),
]
