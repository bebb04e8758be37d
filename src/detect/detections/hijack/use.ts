import { defineDetection, hours, minutes, roleEase, usualEases } from '../../detection.ts'
import { BEDROCK, INFERENCE, PRIVATE } from '../../names.ts'
import { call, invoke, OPUS, repeat, service, user } from '../../records.ts'

const key = user('build-bot')
const inference = { eventSource: BEDROCK, eventName: INFERENCE } as const
const worked = { ...inference, outcome: 'success' } as const

/** What the use of a stolen key looks like. */
export default [
  defineDetection({
    id: 'bedrock-region-fanout',
    title: 'Models called in several regions within an hour',
    risk: 'model-misuse', severity: 'high', techniques: ['T1496.004', 'T1535', 'AML.T0034.000'], source: 'management reads',
    why: 'Quotas are per region, so a stolen key is used in all of them; regions that an inference profile chooses do not count.',
    eases: [...usualEases, roleEase],
    when: { kind: 'count', match: { ...worked, crossRegion: false }, distinct: { awsRegion: 3 }, within: hours(1) },
    fires: [['us-east-1', 'us-west-2', 'eu-west-3'].map((region, at) => invoke({ as: key, region, at: at * 300 }))],
    quiet: [['us-east-1', 'us-west-2', 'eu-west-3'].map((region, at) => invoke({ as: key, region, at: at * 300, model: 'us.anthropic.claude-sonnet-4-20250514-v1:0' })), ['us-east-1', 'us-west-2', 'eu-west-3'].map((region, at) => invoke({ as: key, region, at: at * 2000 }))],
  }),
  defineDetection({
    id: 'bedrock-throttle-storm',
    title: 'Expensive model called into its throttle',
    risk: 'model-misuse', severity: 'high', techniques: ['T1496.004', 'T1499', 'AML.T0034', 'AML.T0029'], source: 'management reads',
    why: 'Resold access runs a model at its quota: a fifth of the calls or more are throttled.',
    respond: ['aws service-quotas list-service-quotas --service-code bedrock --region {region}'],
    eases: [...usualEases, roleEase],
    when: { kind: 'ratio', match: { ...inference, outcome: 'throttled', price: { over: 14 } }, of: { ...inference, price: { over: 14 } }, atLeast: 20, above: 0.2, within: minutes(10) },
    fires: [() => repeat(60, 3, (at, index) => invoke({ as: key, at, model: OPUS, ...(index % 2 === 0 && { error: 'ThrottlingException' }) }))],
    quiet: [() => repeat(60, 3, (at, index) => invoke({ as: key, at, model: 'amazon.nova-lite-v1:0', ...(index % 2 === 0 && { error: 'ThrottlingException' }) })), repeat(19, 3, (at) => invoke({ as: key, at, model: OPUS, error: 'ThrottlingException' }))],
  }),
  defineDetection({
    id: 'bedrock-key-many-addresses',
    title: 'One key calls models from many addresses',
    risk: 'model-misuse', severity: 'high', techniques: ['T1078.004', 'AML.T0091'], source: 'management reads',
    why: 'A key that is resold is used from many places at once.',
    when: { kind: 'count', match: { ...inference, caller: { not: 'service' }, ip: { not: { like: PRIVATE } } }, by: ['accessKey'], distinct: { ip: 5 }, within: minutes(10) },
    fires: [() => repeat(5, 60, (at, index) => invoke({ as: key, at, ip: `203.0.${index}.9` }))],
    quiet: [() => repeat(20, 20, (at, index) => invoke({ as: key, at, ip: `203.0.${index % 4}.9` })), repeat(5, 60, (at, index) => invoke({ as: user(`person${index}`), at, ip: `203.0.${index}.9` }))],
  }),
  defineDetection({
    id: 'bedrock-high-frequency-model',
    title: 'One model called very often by one principal',
    risk: 'model-theft', severity: 'medium', techniques: ['AML.T0024', 'AML.T0024.000', 'AML.T0034.000'], source: 'management reads',
    why: 'Hundreds of calls an hour from one principal to one model are a resold key, a loop or a model being copied answer by answer.',
    eases: [...usualEases, roleEase],
    when: { kind: 'count', match: worked, by: ['principal', 'account', 'model'], atLeast: 500, within: hours(1) },
    fires: [() => repeat(500, 6, (at) => invoke({ as: key, at }))],
    quiet: [() => repeat(499, 6, (at) => invoke({ as: key, at }))],
  }),
  defineDetection({
    id: 'ai-unfamiliar-plane',
    title: 'AI called through a plane that few rules know',
    risk: 'model-misuse', severity: 'info', techniques: ['AML.T0040'], source: 'management reads',
    why: 'The OpenAI-compatible plane of Bedrock and the Claude Platform on AWS have event sources of their own: rules for Bedrock do not see them.',
    when: { kind: 'event', match: { eventSource: ['bedrock-mantle.amazonaws.com', 'aws-external-anthropic.amazonaws.com'] } },
    fires: [[call('bedrock-mantle', 'CreateResponse', { as: key })]],
    quiet: [[invoke({ as: key })], [call('bedrock', 'ListAgents', { as: service('bedrock') })]],
  }),
]
