import { days, defineDetection, personEase, roleEase, usualEases } from '../../detection.ts'
import { AGENTCORE, BEDROCK, INFERENCE, SAGEMAKER } from '../../names.ts'
import { invoke, OPUS, role, user } from '../../records.ts'

const key = user('build-bot')
const app = role('ChatApp', 'i-0abc')
const inference = { eventSource: BEDROCK, eventName: INFERENCE } as const
const worked = { ...inference, outcome: 'success' } as const

/** What a principal or an account has not done before. */
export default [
  defineDetection({
    id: 'bedrock-model-family-first-seen',
    title: 'Principal calls a model family for the first time',
    risk: 'model-misuse', severity: 'medium', techniques: ['T1496.004', 'AML.T0040'], source: 'management reads',
    why: 'An application keeps to its models; a new one means a change of code or of hands.',
    eases: [...usualEases, roleEase],
    when: { kind: 'first', match: worked, by: ['role'], of: ['family'], history: days(7) },
    fires: [[invoke({ as: key, model: 'amazon.nova-lite-v1:0' }), invoke({ as: key, at: 8 * 86_400, model: OPUS })]],
    quiet: [[invoke({ as: key, model: 'amazon.nova-lite-v1:0' }), invoke({ as: key, at: 86_400, model: OPUS })], [invoke({ as: key, model: OPUS }), invoke({ as: key, at: 9 * 86_400, model: OPUS })]],
  }),
  defineDetection({
    id: 'bedrock-caller-first-seen',
    title: 'Principal calls models for the first time in an account that is watched',
    risk: 'model-misuse', severity: 'medium', techniques: ['T1496.004', 'AML.T0040', 'AML.T0012'], source: 'management reads',
    why: 'Who calls models in an account is known after a week; a user that begins later has a new task, or a new owner.',
    eases: [...usualEases, roleEase],
    when: { kind: 'first', match: worked, by: ['account'], of: ['role'], history: days(7) },
    fires: [[invoke({ as: app }), invoke({ as: key, at: 8 * 86_400 })]],
    quiet: [[invoke({ as: app }), invoke({ as: key, at: 3600 })], [invoke({ as: key }), invoke({ as: key, at: 8 * 86_400 })]],
  }),
  defineDetection({
    id: 'ai-region-first-seen',
    title: 'AI used in a region for the first time',
    risk: 'model-misuse', severity: 'medium', techniques: ['T1535', 'AML.T0040'], source: 'management reads',
    why: 'Regions that nobody uses are where nobody looks.',
    eases: [...usualEases, roleEase, personEase],
    when: { kind: 'first', match: { eventSource: [BEDROCK, SAGEMAKER, AGENTCORE], outcome: 'success', caller: { not: 'console' }, crossRegion: false, eventName: { not: { starts: ['List', 'Describe', 'Get'] } } }, by: ['account'], of: ['awsRegion'], history: days(7) },
    fires: [[invoke({ as: app }), invoke({ as: key, at: 30 * 86_400, region: 'ap-south-1' })]],
    quiet: [[invoke({ as: app }), invoke({ as: key, at: 30 * 86_400 })], [invoke({ as: app }), invoke({ as: key, at: 3600, region: 'ap-south-1' })]],
  }),
  defineDetection({
    id: 'ai-network-first-seen',
    title: 'Long-term key calls AI from a new network',
    risk: 'model-misuse', severity: 'medium', techniques: ['T1078.004', 'AML.T0012'], source: 'management reads',
    why: 'A key that moves to another network has been copied; compare with what its owner says.',
    when: { kind: 'first', match: { eventSource: [BEDROCK, SAGEMAKER, AGENTCORE], keyType: ['long-term', 'bearer'] }, by: ['principal'], of: ['network'], history: days(7) },
    fires: [[invoke({ as: key }), invoke({ as: key, at: 8 * 86_400, ip: '185.220.101.7' })]],
    quiet: [[invoke({ as: key }), invoke({ as: key, at: 8 * 86_400, ip: '198.51.100.99' })]],
  }),
]
