import { codeEase, defineDetection, personEase, roleEase, usualEases } from '../../detection.ts'
import { AGREEMENTS, BEDROCK, ENABLING } from '../../names.ts'
import { call, inConsole, OPUS, role, user } from '../../records.ts'

const key = user('build-bot')
const enable = call('bedrock', 'PutFoundationModelEntitlement', { as: key, request: { modelId: OPUS } })
const stopModel = 'aws bedrock delete-foundation-model-agreement --model-id {model} --region {region}'

/** Models that are opened to the account. */
export default [
  defineDetection({
    id: 'bedrock-model-access-enabled',
    title: 'Model access opened',
    risk: 'model-misuse', severity: 'medium', techniques: ['T1098', 'AML.T0034'],
    why: 'Someone accepted an agreement, filled in a use case or entitled the account to a model; the bill and the risk start here.',
    respond: [stopModel],
    eases: [...usualEases, codeEase, personEase, { match: { caller: 'console' }, to: 'low', reason: 'made in the console by a person' }],
    when: { kind: 'event', match: { eventSource: BEDROCK, eventName: ENABLING, outcome: 'success' } },
    fires: [[enable]],
    quiet: [[call('bedrock', 'GetUseCaseForModelAccess', { as: key })], [call('bedrock', 'PutFoundationModelEntitlement', { as: key, error: 'AccessDeniedException' })]],
  }),
  defineDetection({
    id: 'bedrock-model-access-refused',
    title: 'Attempt to open a model was refused',
    risk: 'model-misuse', severity: 'medium', techniques: ['T1098', 'AML.T0034'],
    why: 'Whoever may not open models and tries is worth a question.',
    eases: [...usualEases, personEase, { match: { caller: 'console' }, to: 'low', reason: 'made in the console by a person' }],
    when: { kind: 'event', match: { eventSource: BEDROCK, eventName: ENABLING, outcome: 'denied' } },
    fires: [[call('bedrock', 'PutUseCaseForModelAccess', { as: key, error: 'AccessDeniedException' })]],
    quiet: [[enable]],
  }),
  defineDetection({
    id: 'bedrock-access-api-by-program',
    title: 'Model access forms and offers read by a program',
    risk: 'model-misuse', severity: 'medium', techniques: ['T1526', 'T1078.004'], source: 'management reads',
    why: 'The calls behind the console page for model access are made by a program with a long-term key.',
    eases: [...usualEases, roleEase],
    when: { kind: 'event', match: { eventSource: BEDROCK, eventName: ['GetFoundationModelAvailability', 'GetUseCaseForModelAccess', 'ListFoundationModelAgreementOffers', 'DeleteFoundationModelAgreement', ...ENABLING], caller: 'program' } },
    fires: [[call('bedrock', 'GetFoundationModelAvailability', { as: key })]],
    quiet: [[call('bedrock', 'GetFoundationModelAvailability', { as: inConsole(role('Platform')) })]],
  }),
  defineDetection({
    id: 'marketplace-agreement-outside-bedrock',
    title: 'Marketplace agreement accepted outside Bedrock',
    risk: 'third-party', severity: 'medium', techniques: ['T1496', 'AML.T0034'],
    why: 'Agreements for models are made by Bedrock for the caller; made directly by a user they are an unusual way to the same model.',
    eases: [...usualEases, personEase, { match: { caller: 'console' }, to: 'low', reason: 'made in the console by a person' }],
    when: { kind: 'event', match: { eventSource: AGREEMENTS, eventName: ['AcceptAgreementRequest', 'CreateAgreementRequest'] } },
    fires: [[call('agreement-marketplace', 'AcceptAgreementRequest', { as: key })]],
    quiet: [[call('agreement-marketplace', 'AcceptAgreementRequest', { as: { ...key, userIdentity: { ...key.userIdentity, invokedBy: 'bedrock.amazonaws.com' } } })], [call('agreement-marketplace', 'SearchAgreements', { as: key })]],
  }),
]
