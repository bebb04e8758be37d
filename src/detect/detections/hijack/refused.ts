import { auditEase, defineDetection, hours, minutes, roleEase, usualEases } from '../../detection.ts'
import { BEDROCK, INFERENCE } from '../../names.ts'
import { call, CLAUDE, invoke, OPUS, repeat, user } from '../../records.ts'

const key = user('build-bot')
const inference = { eventSource: BEDROCK, eventName: INFERENCE } as const

/** Calls that are refused, again and again. */
export default [
  defineDetection({
    id: 'bedrock-invoke-denied',
    title: 'Model call refused',
    risk: 'model-misuse', severity: 'info', techniques: ['T1078', 'T1550'], source: 'management reads',
    why: 'One refusal is an ordinary mistake; together with others it shows where an intruder began.',
    when: { kind: 'event', match: { ...inference, outcome: 'denied' } },
    fires: [[invoke({ as: key, error: 'AccessDeniedException' })]],
    quiet: [[invoke({ as: key })], [invoke({ as: key, error: 'ThrottlingException' })]],
  }),
  defineDetection({
    id: 'bedrock-denied-model-repeated',
    title: 'Refused model tried again and again',
    risk: 'model-misuse', severity: 'medium', techniques: ['T1078.004', 'AML.T0034'], source: 'management reads',
    why: 'A principal keeps asking for a model that it may not use.',
    eases: [...usualEases, roleEase],
    when: { kind: 'count', match: { ...inference, outcome: 'denied' }, by: ['principal', 'model'], atLeast: 4, within: hours(1) },
    fires: [() => repeat(4, 60, (at) => invoke({ as: key, at, error: 'AccessDeniedException' }))],
    quiet: [[CLAUDE, CLAUDE, OPUS, OPUS].map((model, at) => invoke({ as: key, at, model, error: 'AccessDeniedException' }))],
  }),
  defineDetection({
    id: 'bedrock-denied-burst',
    title: 'Burst of refused Bedrock calls',
    risk: 'weak-iam', severity: 'medium', techniques: ['T1580', 'T1078.004'], source: 'management reads',
    why: 'Several refusals within minutes are a principal finding out what it may do.',
    eases: [...usualEases, roleEase, auditEase],
    when: { kind: 'count', match: { eventSource: BEDROCK, outcome: 'denied' }, atLeast: 6, within: minutes(5) },
    fires: [() => repeat(6, 30, (at, index) => call('bedrock', ['ListAgents', 'ListGuardrails', 'ListFlows'][index % 3]!, { as: key, at, error: 'AccessDenied' }))],
    quiet: [() => repeat(6, 120, (at) => call('bedrock', 'ListAgents', { as: key, at, error: 'AccessDenied' }))],
  }),
]
