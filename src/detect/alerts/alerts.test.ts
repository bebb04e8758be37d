import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { loadDetections } from '../catalogue.ts'
import { coverageGaps } from '../coverage/coverage.ts'
import { noFacts } from '../estate.ts'
import { alertsOn, partsOf } from '../example.ts'
import { bearer, invoke, role, user } from '../records.ts'
import { alertsHtml } from './html.ts'
import { alertsOcsf, detectionFinding } from './ocsf.ts'
import { alertReport, alertsJson } from './report.ts'
import { alertsTable } from './table.ts'

const detections = await loadDetections()
const counted = { files: 1, bytes: 1, events: 1, repeated: 0, evicted: 0, alertsDropped: 0, troubles: 1, skipped: [{ file: 'x\u001B[2J.gz', kind: 'truncated' as const, detail: 'read up to the break' }] }
const nasty = `<script>alert(1)</script>'"; rm -rf / #\u001B[31m\u202E`
const hostile = { ...user(nasty), userIdentity: { ...user('x').userIdentity, arn: `arn:aws:iam::111122223333:user/${nasty}`, userName: nasty, accessKeyId: `AKIA'$(id)` }, userAgent: nasty }
const probes = ['us-east-1', 'us-west-2', 'eu-west-3'].map((region) => invoke({ as: hostile, region, ip: nasty, model: nasty, error: 'ValidationException' }))

test('every alert is a valid OCSF 1.6.0 Detection Finding', () => {
  const schema = JSON.parse(gunzipSync(readFileSync(new URL('../../../test/schemas/ocsf-1.6.0-detection_finding.schema.json.gz', import.meta.url))).toString()) as object
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema)
  for (const detection of detections) {
    for (const alert of alertsOn([detection], partsOf(detection.fires[0]!))) {
      validate(detectionFinding(alert))
      expect(validate.errors ?? [], detection.id).toEqual([])
    }
  }
  for (const alert of alertsOn(detections, probes)) expect(validate(detectionFinding(alert)), JSON.stringify(validate.errors)).toBe(true)
})

test('JSON has the schema, the alerts and their detection and severity', () => {
  const report = JSON.parse(alertsJson(alertReport(alertsOn(detections, probes), counted))) as { schema: string, alerts: { detection: string, severity: string }[] }
  expect(report.schema).toBe('bartizan.alerts/1')
  expect(report.alerts.map(({ detection }) => detection)).toContain('bedrock-validation-probing')
  expect(report.alerts[0]!.severity).toBe('high')
})

test('hostile texts do nothing in any format', () => {
  const report = alertReport(alertsOn(detections, probes), counted)
  const html = alertsHtml(report)
  expect(html).not.toMatch(/<script|\p{Cc}(?<!\n)|\p{Bidi_Control}/u)
  expect(html).toContain("default-src 'none'")
  expect(alertsTable(report)).not.toMatch(/\p{Cc}(?<!\n)|\p{Bidi_Control}/u)
  expect(alertsOcsf(report).trim().split('\n').length).toBe(report.alerts.length)
})

test('containment commands quote what they take from the log', () => {
  const [alert] = alertsOn(detections, probes)
  expect(alert!.respond.join('\n')).toContain(`--access-key-id 'AKIA'\\''$(id)'`)
  expect(alert!.respond.join('\n')).not.toContain('\u001B')
})

test('containment fits the principal', () => {
  const commands = (as: ReturnType<typeof user>) => alertsOn(detections, ['a', 'b', 'c'].map((region) => invoke({ as, region, error: 'ValidationException' })))[0]!.respond.join('\n')
  expect(commands(user('bob'))).toContain("update-access-key --user-name 'bob'")
  expect(commands(role('App'))).toContain("put-role-policy --role-name 'App'")
  expect(commands(bearer('x1'))).toContain("list-service-specific-credentials --user-name 'BedrockAPIKey-x1'")
})

test('no alert keeps a prompt', () => {
  const injected = detections.filter(({ log }) => log === 'invocation').flatMap((detection) => alertsOn([detection], partsOf(detection.fires[0]!)))
  expect(JSON.stringify(injected)).not.toMatch(/078-05-1120|AKIAIOSFODNN7EXAMPLE|previous instructions/)
})

test('the table keeps to the width of the terminal, but for commands that are copied, and tells like calls once', () => {
  const flood = (share: number) => Array.from({ length: 60 }, (_, at) => invoke({ as: user('flood'), at, model: 'anthropic.claude-opus-4-1-20250805-v1:0', ...at % share === 0 && { error: 'ThrottlingException' } }))
  const table = (share: number) => alertsTable(alertReport(alertsOn(detections, flood(share)), counted), { columns: 80 })
  expect(table(2).split('\n').filter((line) => line.length > 80 && !line.startsWith('  $ '))).toEqual([])
  expect(table(2)).toMatch(/and \d+ more records/)
  expect(table(1)).toMatch(/InvokeModel x\d+ us-east-1 198\.51\.100\.24 ThrottlingException/)
})

test('the settings that would let detections fire are told once an account and region', () => {
  const settings = [{ account: '111122223333', region: 'us-east-1', trail: true, readEvents: true, dataEvents: ['AWS::S3::Object'], invocationLogging: false }]
  const table = alertsTable(alertReport([], counted, coverageGaps(detections, { ...noFacts, settings })), { columns: 80 })
  expect(alertsHtml(alertReport([], counted, coverageGaps(detections, { ...noFacts, settings })))).toMatch(/What cannot be seen.*\n?.*In 111122223333 us-east-1/)
  expect(table.match(/In 111122223333 us-east-1 \d+ detections can never fire/g)).toHaveLength(1)
  expect(table).toMatch(/model-invocation logging with text delivery\s+\(PutModelInvocationLoggingConfiguration\): \d+/)
  expect(table).toMatch(/AWS::Bedrock::KnowledgeBase: \d+/)
  expect(table).not.toContain('AWS::S3::Object')
  expect(table.split('\n').filter((line) => line.length > 80)).toEqual([])
})
