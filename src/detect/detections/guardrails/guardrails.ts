import { codeEase, days, defineDetection, minutes, personEase, usualEases } from '../../detection.ts'
import { BEDROCK, INFERENCE } from '../../names.ts'
import { call, dataCall, invoke, repeat, role, user } from '../../records.ts'

const dev = role('Dev', 'mallory')
const guardrail = { guardrailIdentifier: 'gr1example' } as const
const GUARDRAIL = 'arn:aws:bedrock:us-east-1:111122223333:guardrail/gr1example'
const update = (at: number) => call('bedrock', 'UpdateGuardrail', { as: dev, at, request: { ...guardrail, name: 'HIDDEN_DUE_TO_SECURITY_REASONS' } })
const restore = 'aws bedrock get-guardrail --guardrail-identifier {target} --region {region}'

/** Safeguards that are taken away, weakened, gone round or measured. */
export default [
  defineDetection({
    id: 'bedrock-guardrail-deleted',
    title: 'Guardrail or enforced guardrail deleted',
    risk: 'adversarial-input', severity: 'high', techniques: ['T1562.001', 'T1685', 'AML.T0054'],
    why: 'What the guardrail blocked now reaches models and users.',
    respond: [restore],
    when: { kind: 'event', match: { eventSource: BEDROCK, eventName: ['DeleteGuardrail', 'DeleteGuardrailVersion', 'DeleteEnforcedGuardrailConfiguration'] } },
    fires: [[call('bedrock', 'DeleteGuardrail', { as: dev, request: guardrail })]],
    quiet: [[call('bedrock', 'GetGuardrail', { as: dev, request: guardrail })], [call('bedrock', 'CreateGuardrail', { as: dev })]],
  }),
  defineDetection({
    id: 'bedrock-guardrail-updated',
    title: 'Guardrail updated',
    risk: 'adversarial-input', severity: 'medium', techniques: ['T1562.001', 'T1685', 'AML.T0054'],
    why: 'CloudTrail hides what changed: an update can empty a guardrail as well as a deletion can remove it.',
    respond: [restore],
    eases: [...usualEases, codeEase, personEase, { match: { outcome: { not: 'success' } }, to: 'low', reason: 'refused' }],
    when: { kind: 'event', match: { eventSource: BEDROCK, eventName: ['UpdateGuardrail', 'PutEnforcedGuardrailConfiguration'] } },
    fires: [[update(0)]],
    quiet: [[call('bedrock', 'CreateGuardrailVersion', { as: dev, request: guardrail })]],
  }),
  defineDetection({
    id: 'bedrock-guardrail-flip',
    title: 'Guardrail changed, model called, guardrail changed back',
    risk: 'adversarial-input', severity: 'high', techniques: ['T1562.001', 'T1685', 'AML.T0054'],
    why: 'One session weakens a guardrail, uses the gap and restores it, so that nothing shows afterwards.',
    respond: [restore],
    when: {
      kind: 'set', ordered: true, atLeast: 3, within: minutes(30),
      steps: [{ name: 'weaken', match: { eventName: 'UpdateGuardrail' } }, { name: 'use', match: { eventSource: BEDROCK, eventName: [...INFERENCE, 'InvokeAgent', 'InvokeFlow'] } }, { name: 'restore', match: { eventName: 'UpdateGuardrail' } }],
    },
    fires: [[update(0), invoke({ as: dev, at: 60 }), update(300)]],
    quiet: [[update(0), update(10), invoke({ as: dev, at: 60 })], [update(0), invoke({ as: dev, at: 60 }), update(3600)]],
  }),
  defineDetection({
    id: 'bedrock-guardrail-detached',
    title: 'Agent or flow left without its guardrail',
    risk: 'adversarial-input', severity: 'medium', techniques: ['T1562.001', 'T1685', 'AML.T0054', 'AML.T0081'],
    why: 'An agent that was saved with a guardrail is saved again without one.',
    when: {
      kind: 'set', ordered: true, atLeast: 2, by: ['account', 'requestParameters.agentId'], within: days(1),
      steps: [
        { name: 'guarded', match: { eventName: ['CreateAgent', 'UpdateAgent'], 'requestParameters.guardrailConfiguration.guardrailIdentifier': { present: true } } },
        { name: 'unguarded', match: { eventName: 'UpdateAgent', outcome: 'success', 'requestParameters.guardrailConfiguration': null } }],
    },
    fires: [[call('bedrock', 'UpdateAgent', { as: dev, request: { agentId: 'AG1', guardrailConfiguration: guardrail } }), call('bedrock', 'UpdateAgent', { as: dev, at: 600, request: { agentId: 'AG1' } })]],
    quiet: [[call('bedrock', 'UpdateAgent', { as: dev, request: { agentId: 'AG1', guardrailConfiguration: guardrail } }), call('bedrock', 'UpdateAgent', { as: dev, at: 600, request: { agentId: 'AG2' } })]],
  }),
  defineDetection({
    id: 'bedrock-apply-guardrail-probing',
    title: 'Guardrail measured with many tries',
    risk: 'adversarial-input', severity: 'medium', techniques: ['AML.T0042', 'AML.T0043'], source: { data: 'AWS::Bedrock::Guardrail' },
    why: 'Applying a guardrail alone, over and over, finds the words that pass it.',
    when: { kind: 'count', match: { eventName: 'ApplyGuardrail' }, atLeast: 50, within: minutes(10), unless: { eventSource: BEDROCK, eventName: INFERENCE } },
    fires: [() => repeat(50, 10, (at) => dataCall('bedrock', 'ApplyGuardrail', 'AWS::Bedrock::Guardrail', GUARDRAIL, { as: dev, at, request: guardrail }))],
    quiet: [() => repeat(49, 10, (at) => dataCall('bedrock', 'ApplyGuardrail', 'AWS::Bedrock::Guardrail', GUARDRAIL, { as: dev, at, request: guardrail })), [invoke({ as: dev }), ...repeat(50, 10, (at) => dataCall('bedrock', 'ApplyGuardrail', 'AWS::Bedrock::Guardrail', GUARDRAIL, { as: dev, at, request: guardrail }))]],
  }),
  defineDetection({
    id: 'bedrock-automated-reasoning-tampered',
    title: 'Automated reasoning policy changed or deleted',
    risk: 'adversarial-input', severity: 'medium', techniques: ['T1562.001', 'T1685'],
    why: 'The policy decides which answers count as wrong.',
    eases: [...usualEases, personEase],
    when: { kind: 'event', match: { eventSource: BEDROCK, eventName: ['DeleteAutomatedReasoningPolicy', 'UpdateAutomatedReasoningPolicy', 'UpdateAutomatedReasoningPolicyAnnotations'], outcome: 'success' } },
    fires: [[call('bedrock', 'DeleteAutomatedReasoningPolicy', { as: dev })]],
    quiet: [[call('bedrock', 'GetAutomatedReasoningPolicy', { as: user('auditor') })]],
  }),
]
