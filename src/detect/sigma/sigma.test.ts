import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseAllDocuments } from 'yaml'
import { describe, expect, test } from 'vitest'
import { loadDetections } from '../catalogue.ts'
import { detectLogs } from '../detect.ts'
import { alertsOn, partsOf } from '../example.ts'
import { call, invoke, repeat, user } from '../records.ts'
import { sigmaRules, sigmaText } from './export.ts'
import { detectionsOf, loadSigma, rulesIn } from './import.ts'

const RULE = `
title: Guardrail deleted by someone
id: 11111111-2222-4333-8444-555555555555
name: guardrail_deleted
status: test
logsource: { product: aws, service: cloudtrail }
detection:
  selection: { eventSource: bedrock.amazonaws.com, eventName: DeleteGuardrail }
  filter_known: { 'userIdentity.arn|contains': ':role/Terraform' }
  filter_agent: { 'userAgent|startswith': [ terraform, pulumi ] }
  condition: selection and not 1 of filter_*
level: high
tags: [ attack.defense-evasion, attack.t1562.001 ]
`
const load = (text: string) => detectionsOf(rulesIn(text, 'rule.yml'))
const read = (text: string) => load(text).detections
const deleted = (more = {}) => call('bedrock', 'DeleteGuardrail', more)

describe('rules', () => {
  const [rule] = read(RULE)
  test('are loaded as they are', () => {
    expect(rule).toMatchObject({ id: 'sigma:11111111-2222-4333-8444-555555555555', severity: 'high', techniques: ['T1562.001'] })
    expect(alertsOn([rule!], [deleted()])).toHaveLength(1)
    expect(alertsOn([rule!], [deleted({ as: { ...user('x'), userAgent: 'Terraform/1.9' } })])).toEqual([])
    expect(alertsOn([rule!], [invoke()])).toEqual([])
  })
  test.each([
    ["selection: { eventName|startswith: 'Delete' }", true], ["selection: { eventName: 'delete*' }", true], ["selection: { 'eventName|re': '^DeleteG' }", true], ['selection: { errorCode: null, eventName: DeleteGuardrail }', true],
    ["selection: { 'userAgent|contains|all': [aws, linux] }", true], ["selection: { 'userAgent|contains|all': [aws, plan9] }", false], ["selection: ['DeleteGuardrail', 'nothing']", true], ["selection: [{ eventName: X }, { awsRegion: us-east-1 }]", true],
    ["selection: { 'errorCode|exists': true }", false], ["selection: { 'eventName|re': 'deleteg' }", false], ["selection: { 'eventName|re|i': 'deleteg' }", true],
    ["selection: { 'sourceIPAddress|cidr': 198.51.100.0/24 }", true], ["selection: { 'sourceIPAddress|cidr': [10.0.0.0/8, '2001:db8::/32'] }", false], ["selection: { 'userIdentity.arn|fieldref': userIdentity.arn }", true], ["selection: { 'userIdentity.arn|fieldref': userIdentity.principalId }", false],
    ["selection: { 'requestParameters|contains': 'G-17' }", true], ["selection: { 'requestParameters|contains|all': [size, '3'] }", true], ["selection: { 'requestParameters.size|gte': 3 }", true], ["selection: { 'requestParameters.size|lt': 3 }", false], ["selection: { 'requestParameters.none|lt': 3 }", false],
    ["selection: { 'requestParameters.note|base64': secret }", true], ["selection: { 'requestParameters.script|base64offset|contains': curl }", true], ["selection: { 'requestParameters.script|wide|base64offset|contains': curl }", false], ["selection: { 'requestParameters.flag|windash|contains': ' -enc' }", true],
    ["selection: { '|all': [DeleteGuardrail, G-17] }", true], ["selection: { eventName: [A, B], errorCode: [C, D] }", false], ["selection: { 'eventName|neq': DeleteGuardrail }", false], ["selection: { requestParameters.size: 3 }", true], ["selection: { 'eventName|endswith|cased': 'guardrail' }", false], ["selection: { awsRegion: '?s-east-1' }", true],
  ])('%s: %s', (selection, fires) => {
    const [detection] = read(`title: t\nid: t\nlogsource: { product: aws }\ndetection:\n  ${selection}\n  condition: selection\n`)
    expect(alertsOn([detection!], [deleted({ request: { guardrailIdentifier: 'G-17', size: 3, note: 'c2VjcmV0', script: Buffer.from('x; curl http').toString('base64'), flag: 'x /enc' } })]).length > 0).toBe(fires)
  })
  test.each([
    ['a and (b or not c)', true], ['all of them', false], ['1 of them', true], ['not (a and b)', true], ['a and not a', false],
  ])('condition %s: %s', (condition, fires) => {
    const [detection] = read(`title: t\nid: t\nlogsource: { product: aws }\ndetection:\n  a: { eventName: DeleteGuardrail }\n  b: { awsRegion: nowhere }\n  c: { awsRegion: elsewhere }\n  condition: ${condition}\n`)
    expect(alertsOn([detection!], [deleted()]).length > 0).toBe(fires)
  })
  test.each([
    ['condition: missing', 'no selection is named missing'], ['condition: (selection', 'not closed'], ["condition: selection\n  selection: { 'a|expand': '%admins%' }", 'the modifier expand is not supported'],
    ["condition: selection\n  selection: { 'a|re': '(x+)+' }", 'a repetition of repetitions'], ["condition: selection\n  selection: { 'a|cidr': 'nowhere' }", 'is not a network'], ['condition: selection | near other', 'the aggregation "near other" is not supported'],
  ])('what is wrong is said, and the others run: %s', (detection, message) => {
    const { detections, left } = load(`${RULE}---\ntitle: odd\nid: t\nlogsource: { product: aws }\ndetection:\n  ${detection.includes('selection:') ? '' : 'selection: { a: b }\n  '}${detection}\n`)
    expect(detections).toEqual([rule])
    expect(left).toEqual([expect.stringMatching(/^rule\.yml: odd is left out: /)])
    expect(left[0]).toContain(message)
  })
  test('for other logs are passed over', () => {
    expect(read('title: t\nlogsource: { product: windows }\ndetection: { a: { b: c }, condition: a }\n')).toEqual([])
  })
})

describe('correlations', () => {
  const base = 'title: base\nname: denied\nlogsource: { product: aws, service: cloudtrail }\ndetection:\n  selection: { eventSource: bedrock.amazonaws.com, errorCode: AccessDenied }\n  condition: selection\n---\n'
  const correlation = (body: string) => read(`${base}title: many\nid: many\nlevel: high\ncorrelation:\n  rules: [denied]\n  group-by: [userIdentity.arn]\n  timespan: 5m\n${body}`)
  const refused = (n: number) => repeat(n, 10, (at, index) => call('bedrock', `List${index}`, { at, error: 'AccessDenied' }))
  test('event_count', () => {
    const rules = correlation('  type: event_count\n  condition: { gte: 5 }\n')
    expect(rules.map(({ id }) => id)).toEqual(['sigma:many'])
    expect(alertsOn(rules, refused(5))).toHaveLength(1)
    expect(alertsOn(rules, refused(4))).toEqual([])
  })
  test('value_count', () => {
    const rules = correlation('  type: value_count\n  condition: { field: eventName, gte: 3 }\n')
    expect(alertsOn(rules, refused(3))).toHaveLength(1)
    expect(alertsOn(rules, repeat(9, 10, (at) => call('bedrock', 'ListAgents', { at, error: 'AccessDenied' })))).toEqual([])
  })
  test('groups under an alias are the same thing by two names', () => {
    const made = 'title: made\nname: made\nlogsource: { product: aws, service: cloudtrail }\ndetection:\n  selection: { eventName: CreateUser }\n  condition: selection\n---\n'
    const rules = read(`${made}${base}title: made then denied\nid: chain\ncorrelation:\n  type: temporal_ordered\n  rules: [made, denied]\n  group-by: [who]\n  timespan: 1h\n  aliases:\n    who: { made: requestParameters.userName, denied: userIdentity.userName }\n`)
    const create = call('iam', 'CreateUser', { as: user('admin'), request: { userName: 'eve' } })
    expect(alertsOn(rules, [create, call('bedrock', 'ListAgents', { as: user('eve'), at: 60, error: 'AccessDenied' })])).toHaveLength(1)
    expect(alertsOn(rules, [create, call('bedrock', 'ListAgents', { as: user('admin'), at: 60, error: 'AccessDenied' })])).toEqual([])
  })
  test('temporal needs all of its rules, or as many as it says', () => {
    const third = RULE.replace('guardrail_deleted', 'third').replace('DeleteGuardrail', 'CreateUser').replace('bedrock.', 'iam.')
    const rules = (condition: string) => read(`${RULE}---\n${third}---\n${base}title: t\nid: t\ncorrelation:\n  type: temporal\n  rules: [guardrail_deleted, denied, third]\n  group-by: [userIdentity.arn]\n  timespan: 1h\n${condition}`)
    const two = [call('bedrock', 'ListAgents', { error: 'AccessDenied' }), deleted({ at: 60 })]
    expect(alertsOn(rules(''), two)).toEqual([])
    expect(alertsOn(rules('  condition: { gte: 2 }\n'), two)).toHaveLength(1)
    expect(alertsOn(rules(''), [...two, call('iam', 'CreateUser', { at: 90 })])).toHaveLength(1)
  })
  test('counts behind a bar, as rules before Sigma 2 have them', () => {
    const [rule] = read('title: t\nid: t\nlogsource: { product: aws }\ndetection:\n  selection: { eventSource: bedrock.amazonaws.com }\n  timeframe: 30m\n  condition: selection | count(eventName) by userIdentity.arn > 2\n')
    expect(rule!.when).toMatchObject({ kind: 'count', within: 1_800_000, by: ['userIdentity.arn'], distinct: { eventName: 3 } })
  })
  test.each([
    ['  type: event_count\n  condition: { lt: 5 }\n', 'needs a count to reach'], ['  type: value_count\n  condition: { gte: 5 }\n', 'names one field'], ['  type: percentile\n  condition: { gte: 5 }\n', 'type "percentile"'],
    ['  type: temporal\n  rules: [denied, gone]\n', 'the rule gone that it refers to'], ['  type: event_count\n  timespan: 5 minutes\n  condition: { gte: 5 }\n', 'timespan "5 minutes"'],
  ])('what is wrong is said: %s', (body, message) => {
    const lines = ['  rules: [denied]\n', '  timespan: 5m\n'].filter((line) => !body.includes(line.split(':')[0]!)).join('')
    expect(load(`${base}title: many\nid: many\ncorrelation:\n${lines}${body}`).left.join()).toContain(message)
  })
  test('temporal_ordered', () => {
    const rules = read(`${RULE}---\n${base.slice(0, -4)}---\ntitle: both\nid: both\ncorrelation:\n  type: temporal_ordered\n  rules: [guardrail_deleted, denied]\n  group-by: [userIdentity.arn]\n  timespan: 1h\n`)
    expect(alertsOn(rules, [deleted(), call('bedrock', 'ListAgents', { at: 60, error: 'AccessDenied' })])).toHaveLength(1)
    expect(alertsOn(rules, [call('bedrock', 'ListAgents', { error: 'AccessDenied' }), deleted({ at: 60 })])).toEqual([])
  })
})

test('rules of any source find their records in files', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sigma-'))
  await writeFile(join(folder, 'rule.yml'), 'title: stopped\nid: stopped\nlogsource: { product: aws, service: cloudtrail }\ndetection:\n  selection: { eventSource: ec2.amazonaws.com }\n  condition: selection\n')
  await writeFile(join(folder, 'trail.json'), JSON.stringify({ Records: [invoke(), call('ec2', 'StopInstances'), call('s3', 'GetObject')] }))
  const { alerts } = await detectLogs([join(folder, 'trail.json')], { detections: (await loadSigma(folder)).detections })
  expect(alerts.map(({ detection, count }) => `${detection} ${count}`)).toEqual(['sigma:stopped 1'])
})

const detections = await loadDetections()
const fitting = detections.filter((detection) => sigmaRules(detection) !== undefined)

test('enough of our detections fit Sigma, and the text is YAML', () => {
  expect(fitting.length).toBeGreaterThan(60)
  for (const document of parseAllDocuments(sigmaText(detections))) expect(document.errors).toEqual([])
})

test.each(fitting)('$id means the same as Sigma', (detection) => {
  const rules = read(sigmaText([detection]))
  expect(rules.map(({ id }) => id)).toEqual([expect.stringMatching(/^sigma:[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/)])
  for (const example of detection.fires) expect(alertsOn(rules, partsOf(example)).length).toBeGreaterThan(0)
})
