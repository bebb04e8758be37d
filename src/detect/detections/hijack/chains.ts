import { days, defineDetection, hours, minutes, personEase, usualEases } from '../../detection.ts'
import { AGREEMENTS, BEDROCK, ENABLING, ENUMERATION, INFERENCE, LOGGING_QUERY } from '../../names.ts'
import { call, inConsole, invoke, OPUS, role, user } from '../../records.ts'

const key = user('build-bot')
const app = role('ChatApp', 'i-0abc')
const inference = { eventSource: BEDROCK, eventName: INFERENCE } as const
const worked = { ...inference, outcome: 'success' } as const
const enable = call('bedrock', 'PutFoundationModelEntitlement', { as: key, request: { modelId: OPUS } })
const stopModel = 'aws bedrock delete-foundation-model-agreement --model-id {model} --region {region}'

/** The stages of LLM hijacking, one after the other. */
export default [
  defineDetection({
    id: 'bedrock-enable-then-invoke',
    title: 'Model opened and called by the same program',
    risk: 'model-misuse', severity: 'critical', techniques: ['T1098', 'T1496.004', 'AML.T0034'],
    why: 'Opening a model and using it at once, outside the console, is what follows a stolen key.',
    respond: [stopModel],
    eases: [...usualEases, personEase],
    when: {
      kind: 'set', ordered: true, atLeast: 2, within: hours(1),
      steps: [{ name: 'enable', match: { eventName: ENABLING, outcome: 'success', caller: ['program', 'automation'] } }, { name: 'model call', match: worked }],
    },
    fires: [[enable, invoke({ as: key, at: 94, model: OPUS })]],
    quiet: [
      [call('bedrock', 'PutFoundationModelEntitlement', { as: inConsole(role('Platform', 'ana')) }), invoke({ as: inConsole(role('Platform', 'ana')), at: 94 })],
      [call('bedrock', 'PutFoundationModelEntitlement', { as: key, error: 'AccessDeniedException' }), invoke({ as: key, at: 94 })], [enable, invoke({ as: app, at: 94 })],
    ],
  }),
  defineDetection({
    id: 'bedrock-hijack-chain',
    title: 'Models listed, logging checked, access opened, model called',
    risk: 'model-misuse', severity: 'critical', techniques: ['T1526', 'T1562.008', 'T1685', 'T1098', 'T1496.004', 'AML.T0034', 'AML.T0075'], source: 'management reads',
    why: 'The four stages of LLM hijacking in one hour by one principal.',
    respond: [stopModel],
    eases: [...usualEases, personEase],
    when: {
      kind: 'set', ordered: true, atLeast: 4, within: hours(1),
      steps: [
        { name: 'enumerate', match: { eventSource: BEDROCK, eventName: ENUMERATION, caller: ['program', 'automation'] } }, { name: 'check logging', match: { eventName: LOGGING_QUERY, caller: ['program', 'automation'] } },
        { name: 'enable', match: { eventName: ENABLING } }, { name: 'model call', match: inference },
      ],
    },
    fires: [[call('bedrock', 'ListFoundationModels', { as: key }), call('bedrock', LOGGING_QUERY, { as: key, at: 4 }), call('bedrock', 'PutFoundationModelEntitlement', { as: key, at: 9, request: { modelId: OPUS } }), invoke({ as: key, at: 100 })]],
    quiet: [[call('bedrock', 'ListFoundationModels', { as: key }), call('bedrock', LOGGING_QUERY, { as: key, at: 4 }), call('bedrock', 'ListGuardrails', { as: key, at: 9 }), invoke({ as: key, at: 100 })]],
  }),
  defineDetection({
    id: 'bedrock-hijack-breadth',
    title: 'Many of the calls of LLM hijacking in a day',
    risk: 'model-misuse', severity: 'high', techniques: ['T1496.004', 'T1526', 'AML.T0034'], source: 'management reads',
    why: 'One principal makes most of the calls that incidents of LLM hijacking are made of.',
    eases: [...usualEases, personEase],
    when: {
      kind: 'count', within: days(1), distinct: { eventName: 6 },
      match: { eventSource: [BEDROCK, AGREEMENTS], caller: ['program', 'automation'], eventName: [...ENABLING, 'PutModelInvocationLoggingConfiguration', 'DeleteModelInvocationLoggingConfiguration', 'InvokeModel', 'InvokeModelWithResponseStream', 'Converse', 'ConverseStream',
        'GetUseCaseForModelAccess', LOGGING_QUERY, 'GetFoundationModelAvailability', 'ListFoundationModelAgreementOffers', 'ListFoundationModels', 'ListProvisionedModelThroughputs', 'SearchAgreements', 'AcceptAgreementRequest'] },
    },
    fires: [['ListFoundationModels', 'GetFoundationModelAvailability', 'GetUseCaseForModelAccess', 'PutUseCaseForModelAccess', 'ListFoundationModelAgreementOffers', 'CreateFoundationModelAgreement'].map((name, at) => call('bedrock', name, { as: key, at: at * 600 }))],
    quiet: [['ListFoundationModels', 'GetFoundationModelAvailability', 'InvokeModel', 'Converse', 'ConverseStream'].map((name, at) => call('bedrock', name, { as: key, at: at * 600 }))],
  }),
  defineDetection({
    id: 'bedrock-enumerate-then-invoke',
    title: 'Long-term key lists models, then calls one',
    risk: 'model-misuse', severity: 'medium', techniques: ['T1526', 'T1078.004'], source: 'management reads',
    why: 'An application knows its model; a key that first asks which there are is in new hands.',
    when: {
      kind: 'set', ordered: true, atLeast: 2, within: minutes(15),
      steps: [{ name: 'enumerate', match: { eventSource: BEDROCK, eventName: 'ListFoundationModels', outcome: 'success', keyType: 'long-term' } }, { name: 'model call', match: { ...worked, keyType: 'long-term' } }],
    },
    fires: [[call('bedrock', 'ListFoundationModels', { as: key }), invoke({ as: key, at: 300 })]],
    quiet: [[call('bedrock', 'ListFoundationModels', { as: app }), invoke({ as: app, at: 300 })], [call('bedrock', 'ListFoundationModels', { as: key }), invoke({ as: key, at: 1200 })]],
  }),
]
