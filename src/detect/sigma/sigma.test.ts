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
const read = (text: string) => detectionsOf(rulesIn(text, 'rule.yml'))
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
    ["selection: { 'errorCode|exists': true }", false], ["selection: { 'eventName|endswith|cased': 'guardrail' }", false], ["selection: { awsRegion: '?s-east-1' }", true],
  ])('%s: %s', (selection, fires) => {
    const [detection] = read(`title: t\nid: t\nlogsource: { product: aws }\ndetection:\n  ${selection}\n  condition: selection\n`)
    expect(alertsOn([detection!], [deleted()]).length > 0).toBe(fires)
  })
  test.each([
    ['a and (b or not c)', true], ['all of them', false], ['1 of them', true], ['not (a and b)', true], ['a and not a', false],
  ])('condition %s: %s', (condition, fires) => {
    const [detection] = read(`title: t\nid: t\nlogsource: { product: aws }\ndetection:\n  a: { eventName: DeleteGuardrail }\n  b: { awsRegion: nowhere }\n  c: { awsRegion: elsewhere }\n  condition: ${condition}\n`)
    expect(alertsOn([detection!], [deleted()]).length > 0).toBe(fires)
  })
  test.each([
    ['condition: missing', 'no selection is named missing'], ['condition: (selection', 'not closed'], ["condition: selection\n  selection: { 'a|base64offset': x }", 'base64offset is not supported'],
  ])('what is wrong is said: %s', (detection, message) => {
    expect(() => read(`title: t\nid: t\nlogsource: { product: aws }\ndetection:\n  ${detection.includes('selection:') ? '' : 'selection: { a: b }\n  '}${detection}\n`)).toThrow(message)
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
  const { alerts } = await detectLogs([join(folder, 'trail.json')], { detections: await loadSigma(folder) })
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
  expect(rules).toHaveLength(1)
  for (const example of detection.fires) expect(alertsOn(rules, partsOf(example)).length).toBeGreaterThan(0)
})
