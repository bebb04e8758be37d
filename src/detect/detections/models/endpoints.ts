import { days, defineDetection, hours, minutes, roleEase, usualEases } from '../../detection.ts'
import { SAGEMAKER } from '../../names.ts'
import { ACCOUNT, dataCall, FOREIGN, repeat, role, user } from '../../records.ts'
import { crossAccount } from '../agents/agents.ts'

const eve = user('eve')
const app = role('App', 'i-0abc')
const ENDPOINT = `arn:aws:sagemaker:us-east-1:${ACCOUNT}:endpoint/fraud`
const invokeEndpoint = (at: number, as = app, fields = {}) => dataCall('sagemaker', 'InvokeEndpoint', 'AWS::SageMaker::Endpoint', ENDPOINT, { as, at, request: { endpointName: 'fraud' }, fields })
const CALLS = ['InvokeEndpoint', 'InvokeEndpointAsync', 'InvokeEndpointWithResponseStream'] as const

/** Endpoints that are copied answer by answer, probed or called by strangers. */
export default [
  defineDetection({
    id: 'sagemaker-endpoint-extraction',
    title: 'Endpoint called far more often than ever by one caller',
    risk: 'model-theft', severity: 'high', techniques: ['AML.T0024.002', 'AML.T0024'], source: { data: 'AWS::SageMaker::Endpoint' },
    why: 'A model is copied by asking it: an hour of five times the usual calls, and thousands of them.',
    when: { kind: 'spike', match: { eventSource: SAGEMAKER, eventName: CALLS, outcome: 'success' }, by: ['role', 'target'], times: 5, floor: 200, history: 3 },
    fires: [[...repeat(4, 3600, (at) => invokeEndpoint(at)), ...repeat(200, 10, (at, index) => invokeEndpoint(30 * 3600 + at, app, { eventID: `x-${index}` }))]],
    quiet: [[...repeat(4, 3600, (at) => invokeEndpoint(at)), ...repeat(199, 10, (at, index) => invokeEndpoint(30 * 3600 + at, app, { eventID: `x-${index}` }))]],
  }),
  defineDetection({
    id: 'sagemaker-endpoint-high-frequency',
    title: 'Endpoint called very often with a long-term key',
    risk: 'model-theft', severity: 'medium', techniques: ['AML.T0024.002', 'AML.T0024', 'AML.T0034.000'], source: { data: 'AWS::SageMaker::Endpoint' },
    why: 'Applications call endpoints with roles; a thousand questions an hour with a key copy the model or resell it.',
    eases: [...usualEases, roleEase],
    when: { kind: 'count', match: { eventSource: SAGEMAKER, eventName: CALLS, outcome: 'success' }, by: ['principal', 'target'], atLeast: 1000, within: hours(1) },
    fires: [() => repeat(1000, 3, (at) => invokeEndpoint(at, eve))],
    quiet: [() => repeat(999, 3, (at) => invokeEndpoint(at, eve))],
  }),
  defineDetection({
    id: 'sagemaker-endpoint-caller-first-seen',
    title: 'Endpoint called by a principal for the first time',
    risk: 'model-misuse', severity: 'low', techniques: ['T1078.004', 'AML.T0040'], source: { data: 'AWS::SageMaker::Endpoint' },
    why: 'Endpoints have few callers.',
    when: { kind: 'first', match: { eventSource: SAGEMAKER, eventName: CALLS }, by: ['account', 'target'], of: ['role'], history: days(7) },
    fires: [[invokeEndpoint(0), invokeEndpoint(8 * 86_400, eve)]],
    quiet: [[invokeEndpoint(0), invokeEndpoint(8 * 86_400)]],
  }),
  defineDetection({
    id: 'sagemaker-endpoint-cross-account',
    title: 'Endpoint called from another account',
    risk: 'insecure-api', severity: 'high', techniques: ['T1078.004', 'T1199', 'AML.T0040'], source: { data: 'AWS::SageMaker::Endpoint' },
    why: 'A caller of another account is served by the model.',
    when: { kind: 'event', match: { eventSource: SAGEMAKER, eventName: CALLS }, where: crossAccount },
    fires: [[invokeEndpoint(0, role('Stranger', 'x', { account: FOREIGN }))]],
    quiet: [[invokeEndpoint(0)]],
  }),
  defineDetection({
    id: 'sagemaker-endpoint-errors',
    title: 'Endpoint probed with requests that it refuses',
    risk: 'adversarial-input', severity: 'medium', techniques: ['AML.T0040', 'AML.T0042'], source: { data: 'AWS::SageMaker::Endpoint' },
    why: 'The shape of the input is being found out by errors.',
    when: { kind: 'count', match: { eventSource: SAGEMAKER, eventName: CALLS, outcome: ['invalid', 'error'] }, by: ['principal', 'target'], atLeast: 20, within: minutes(10) },
    fires: [() => repeat(20, 20, (at) => invokeEndpoint(at, app, { errorCode: 'ModelError' }))],
    quiet: [() => repeat(19, 20, (at) => invokeEndpoint(at, app, { errorCode: 'ModelError' }))],
  }),
]
