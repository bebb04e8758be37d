import { auditEase, defineDetection, hours, minutes, personEase, roleEase, seconds, usualEases } from '../../detection.ts'
import { BEDROCK, FAILED, INFERENCE, LOGGING_QUERY } from '../../names.ts'
import { call, CLAUDE, invoke, OPUS, repeat, role, user } from '../../records.ts'

const key = user('build-bot')
const regions = ['us-east-1', 'us-west-2', 'ap-southeast-2', 'ap-south-1', 'eu-west-3'] as const
const models = [CLAUDE, OPUS, 'meta.llama3-70b-instruct-v1:0', 'mistral.mistral-large-2402-v1:0', 'cohere.command-r-plus-v1:0'] as const
const inference = { eventSource: BEDROCK, eventName: INFERENCE } as const
const failing = { as: key, error: 'ValidationException', message: 'Malformed input request: -1 is not greater or equal to 0' } as const

/** Whether a stolen key works is asked with requests that cannot succeed, everywhere at once. */
export default [
  defineDetection({
    id: 'bedrock-validation-probing',
    title: 'Key tested with failing model calls over regions or models',
    risk: 'model-misuse', severity: 'high', techniques: ['T1526', 'T1078.004', 'AML.T0075', 'AML.T0012'], source: 'management reads',
    why: 'Key checkers send a request that cannot succeed to several regions and models: the error tells whether the key may invoke, and costs nothing.',
    eases: [...usualEases, personEase],
    when: { kind: 'count', match: { ...inference, outcome: FAILED }, distinct: { awsRegion: 3, model: 5 }, within: minutes(5), unless: { ...inference, outcome: 'success' } },
    fires: [regions.map((region) => invoke({ ...failing, region })), models.map((model, at) => invoke({ ...failing, model, at }))],
    quiet: [
      regions.slice(0, 2).map((region) => invoke({ ...failing, region })), [invoke({ as: key, at: 1 }), ...regions.map((region) => invoke({ ...failing, region, at: 2 }))],
      models.slice(0, 3).map((model, at) => invoke({ as: key, model, at: at * 40, error: 'AccessDeniedException' }))],
  }),
  defineDetection({
    id: 'bedrock-validation-probing-models',
    title: 'Several models asked with requests that are not valid',
    risk: 'model-misuse', severity: 'medium', techniques: ['T1526', 'T1078.004', 'AML.T0075'], source: 'management reads',
    why: 'One broken request is a mistake; the same one to model after model, with no answer between, asks which of them the key may use.',
    eases: [...usualEases, roleEase, personEase],
    when: { kind: 'count', match: { ...inference, outcome: 'invalid' }, distinct: { model: 3 }, within: minutes(5), unless: { ...inference, outcome: 'success' } },
    fires: [models.slice(0, 3).map((model, at) => invoke({ ...failing, model, at }))],
    quiet: [models.slice(0, 2).map((model, at) => invoke({ ...failing, model, at })), models.slice(0, 3).map((model, at) => invoke({ as: key, model, at, error: 'AccessDeniedException' })), [invoke({ as: key, at: 9 }), ...models.slice(0, 3).map((model, at) => invoke({ ...failing, model, at: 10 + at }))]],
  }),
  defineDetection({
    id: 'bedrock-validation-probing-slow',
    title: 'Key tested with failing model calls over regions, slowly',
    risk: 'model-misuse', severity: 'medium', techniques: ['T1526', 'T1078.004', 'AML.T0075', 'AML.T0012'], source: 'management reads',
    why: 'Region after region refuses a long-term key for hours, and nothing succeeds: the same test, spread out.',
    eases: [...usualEases, personEase, auditEase],
    when: { kind: 'count', match: { ...inference, outcome: FAILED, keyType: 'long-term' }, distinct: { awsRegion: 4 }, within: hours(6), unless: { ...inference, outcome: 'success' } },
    fires: [regions.map((region, at) => invoke({ ...failing, region, at: at * 1800 }))],
    quiet: [regions.slice(0, 3).map((region, at) => invoke({ ...failing, region, at: at * 1800 })), [...regions.map((region, at) => invoke({ ...failing, region, at: at * 1800 })), invoke({ as: key, at: 1000 })].sort((a, b) => String(a['eventTime']).localeCompare(String(b['eventTime']))), regions.map((region, at) => invoke({ ...failing, as: role('Eval'), region, at: at * 1800 }))],
  }),
  defineDetection({
    id: 'bedrock-impossible-token-limit',
    title: 'Model called with a limit of tokens that cannot be',
    risk: 'model-misuse', severity: 'medium', techniques: ['T1526', 'T1078.004', 'AML.T0075'], source: 'management reads',
    why: 'Key checkers ask for -1 tokens: the error says that the key may invoke, and nothing is charged. No program that wants an answer asks so.',
    eases: [...usualEases, roleEase, personEase],
    when: { kind: 'event', match: { ...inference, outcome: 'invalid', errorMessage: { like: /max_?tokens\w{0,20}\W{1,4}(?:range|must be greater|-\d)|: -1 is not greater or equal/i } } },
    fires: [[invoke({ as: key, error: 'ValidationException', message: 'max_tokens_to_sample: range: 1..1,000,000' })], [invoke(failing)], [invoke({ as: key, error: 'ValidationException', message: 'Malformed input request: #/max_tokens: -1 is not greater or equal to 0, please reformat your input and try again.' })]],
    quiet: [[invoke({ as: key, error: 'ValidationException', message: 'The provided model identifier is invalid.' })], [invoke({ as: key, error: 'ValidationException', message: 'Malformed input request: #: required key [max_tokens] not found' })], [invoke({ as: key, error: 'ValidationException', message: 'max_tokens: 200000 > 8192, which is the maximum allowed number of output tokens' })]],
  }),
  defineDetection({
    id: 'bedrock-probe-then-logging-query',
    title: 'Failed model call, then a look at invocation logging, with a long-term key',
    risk: 'model-misuse', severity: 'medium', techniques: ['T1526', 'T1562.008', 'AML.T0075'], source: 'management reads',
    why: 'Whether the key may invoke and whether anyone would see it are the two questions of a key checker.',
    eases: [...usualEases, personEase, auditEase],
    when: {
      kind: 'set', ordered: true, atLeast: 2, within: minutes(10),
      steps: [{ name: 'failed model call', match: { ...inference, outcome: FAILED, keyType: 'long-term', caller: 'program' } }, { name: 'logging', match: { eventSource: BEDROCK, eventName: LOGGING_QUERY, keyType: 'long-term', caller: 'program' } }],
    },
    fires: [[invoke(failing), call('bedrock', LOGGING_QUERY, { as: key, at: 3 })]],
    quiet: [[invoke({ as: key }), call('bedrock', LOGGING_QUERY, { as: key, at: 3 })], [invoke(failing), call('bedrock', LOGGING_QUERY, { as: key, at: 900 })], [invoke({ ...failing, as: role('App') }), call('bedrock', LOGGING_QUERY, { as: role('App'), at: 3 })]],
  }),
  defineDetection({
    id: 'bedrock-model-sweep',
    title: 'Most model calls of a principal fail',
    risk: 'model-misuse', severity: 'high', techniques: ['T1526', 'AML.T0075'], source: 'management reads',
    why: 'Trying every model of every region leaves mostly errors, with a success where access was open.',
    when: { kind: 'ratio', match: { ...inference, outcome: FAILED }, of: inference, atLeast: 12, above: 0.6, within: minutes(10) },
    fires: [[...repeat(14, 2, (at) => invoke({ ...failing, at, model: `${OPUS}${at}` })), ...repeat(4, 3, (at) => invoke({ as: key, at: 40 + at }))]],
    quiet: [[...repeat(14, 2, (at) => invoke({ ...failing, at })), ...repeat(20, 2, (at) => invoke({ as: key, at }))].sort((a, b) => String(a['eventTime']).localeCompare(String(b['eventTime']))).reverse().slice(0, 20)],
  }),
  defineDetection({
    id: 'bedrock-key-checker-chain',
    title: 'Calls of a key checker: identity, a failed model call, own policies, logging',
    risk: 'model-misuse', severity: 'critical', techniques: ['T1526', 'T1087.004', 'AML.T0075'], source: 'management reads',
    why: 'Public key checkers ask who the key is, whether it may invoke, what it is allowed and whether anyone is watching, within minutes.',
    respond: ['aws cloudtrail lookup-events --lookup-attributes AttributeKey=AccessKeyId,AttributeValue={accessKey}'],
    when: {
      kind: 'set', ordered: false, atLeast: 4, needs: ['failed model call'], within: minutes(10),
      steps: [
        { name: 'identity', match: { eventName: 'GetCallerIdentity', keyType: 'long-term' } },
        { name: 'failed model call', match: { ...inference, outcome: FAILED } },
        { name: 'own policies', match: { eventSource: 'iam.amazonaws.com', keyType: 'long-term', eventName: ['ListAttachedUserPolicies', 'ListUserPolicies', 'GetUserPolicy', 'GetPolicy', 'GetPolicyVersion', 'GetUser', 'ListAttachedRolePolicies', 'SimulatePrincipalPolicy'] } },
        { name: 'logging', match: { eventName: LOGGING_QUERY } },
        { name: 'models', match: { eventName: 'ListFoundationModels' } },
      ],
    },
    fires: [[call('sts', 'GetCallerIdentity', { as: key }), invoke({ ...failing, at: 1 }), call('iam', 'ListAttachedUserPolicies', { as: key, at: 2, request: { userName: 'build-bot' } }), call('bedrock', LOGGING_QUERY, { as: key, at: 3 })]],
    quiet: [[call('sts', 'GetCallerIdentity', { as: key }), call('iam', 'ListAttachedUserPolicies', { as: key, at: 2 }), call('bedrock', LOGGING_QUERY, { as: key, at: 3 }), call('bedrock', 'ListFoundationModels', { as: key, at: 4 })]],
  }),
  defineDetection({
    id: 'bedrock-logging-query-periodic',
    title: 'Logging configuration asked for at a steady beat',
    risk: 'model-misuse', severity: 'high', techniques: ['T1518', 'T1580', 'AML.T0008.005'], source: 'management reads',
    why: 'A proxy that resells model access asks again and again, for each key, whether invocations are logged.',
    when: { kind: 'periodic', match: { eventSource: BEDROCK, eventName: LOGGING_QUERY, caller: 'program' }, atLeast: 5, period: [seconds(60), seconds(600)], variation: 0.1, within: hours(1) },
    fires: [() => repeat(6, 180, (at) => call('bedrock', LOGGING_QUERY, { as: key, at }))],
    quiet: [[0, 60, 900, 1000, 2400, 2500].map((at) => call('bedrock', LOGGING_QUERY, { as: key, at })), repeat(4, 180, (at) => call('bedrock', LOGGING_QUERY, { as: key, at }))],
  }),
  defineDetection({
    id: 'bedrock-logging-query-then-invoke',
    title: 'Invocation logging checked, then a model called',
    risk: 'model-misuse', severity: 'medium', techniques: ['T1562.008', 'T1685', 'AML.T0040'], source: 'management reads',
    why: 'Applications that call models have no need to know whether the calls are logged; whoever resells them does.',
    eases: [...usualEases, personEase],
    when: {
      kind: 'set', ordered: true, atLeast: 2, within: minutes(10),
      steps: [{ name: 'logging', match: { eventSource: BEDROCK, eventName: LOGGING_QUERY, caller: 'program' } }, { name: 'model call', match: { ...inference, caller: 'program' } }],
    },
    fires: [[call('bedrock', LOGGING_QUERY, { as: key }), invoke({ as: key, at: 60 })]],
    quiet: [[invoke({ as: key }), call('bedrock', LOGGING_QUERY, { as: key, at: 60 })], [call('bedrock', LOGGING_QUERY, { as: key }), invoke({ as: role('ChatApp'), at: 60 })]],
  }),
]
