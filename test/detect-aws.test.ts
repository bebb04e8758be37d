import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { beforeAll, expect, test } from 'vitest'
import { loadDetections } from '../src/detect/catalogue.ts'
import { detectLogs } from '../src/detect/detect.ts'
import { eventsIn } from '../src/detect/read/decode.ts'
import { queryLogs } from '../src/detect/sql/query.ts'
import { columns, rowOf } from '../src/detect/sql/rows.ts'
import { hijacking } from '../src/detect/stories/hijacking.ts'
import { startMoto, useEndpoint } from './moto.ts'

const bin = fileURLToPath(new URL('../bin/bartizan.js', import.meta.url))
const records = ['key-checker', 'stratus-invoke-by-user', 'regions-swept'].flatMap((id) => hijacking.find((story) => story.id === id)!.records)
const keyOf = (index: number): string => `AWSLogs/111122223333/CloudTrail/us-east-1/2026/08/03/part ${index}.json.gz`
let queue = ''

beforeAll(async () => {
  const moto = await startMoto('test/seed-trail.py')
  const restore = useEndpoint(moto.endpoint)
  process.env['AWS_REGION'] = 'us-east-1'
  queue = moto.seeded
  const [s3, sqs] = [new S3Client({ forcePathStyle: true }), new SQSClient()]
  for (const [index, record] of records.entries()) {
    await s3.send(new PutObjectCommand({ Bucket: 'trail', Key: keyOf(index), Body: gzipSync(JSON.stringify({ Records: [record] })) }))
    const told = { Records: [{ s3: { bucket: { name: 'trail' }, object: { key: encodeURIComponent(keyOf(index)).replaceAll('%20', '+') } } }] }
    await sqs.send(new SendMessageCommand({ QueueUrl: queue, MessageBody: JSON.stringify(told) }))
  }
  return () => {
    moto.stop()
    restore()
  }
})

test('objects under a prefix are read, the oldest first', async () => {
  const { alerts, counts } = await detectLogs(['s3://trail/AWSLogs/'], { detections: await loadDetections() })
  expect(counts.files).toBe(records.length)
  expect(alerts.map(({ detection }) => detection)).toEqual(expect.arrayContaining(['bedrock-key-checker-chain', 'bedrock-enable-then-invoke', 'bedrock-region-fanout']))
})

interface Told { readonly message: string, readonly metadata: { readonly event_code: string }, readonly finding_info: { readonly uid: string }, readonly count: number }

/** Follows the queue in a process of its own until it is told to die, and gives the lines that it wrote. */
const following = (state: string): { readonly child: ChildProcess, readonly lines: () => readonly Told[] } => {
  const child = spawn(process.execPath, [bin, 'detect', '--follow', queue, '--state', state, '--quiet'], { stdio: ['ignore', 'pipe', 'inherit'], cwd: tmpdir() })
  let text = ''
  child.stdout.on('data', (part: Buffer) => { text += part.toString() })
  return { child, lines: () => text.split('\n').slice(0, -1).map((line) => JSON.parse(line) as Told) }
}

const waiting = async (): Promise<number> => {
  const { Attributes = {} } = await new SQSClient().send(new GetQueueAttributesCommand({ QueueUrl: queue, AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] }))
  return Object.values(Attributes).reduce((sum, count) => sum + Number(count), 0)
}

test('a queue is followed over kills: nothing is lost, and what is told again is the same', async () => {
  const state = join(await mkdtemp(join(tmpdir(), 'follow-')), 'state')
  const runs: (readonly Told[])[] = []
  const said = ({ finding_info, count }: Told): string => `${finding_info.uid} ${count}`
  for (const kill of ['SIGKILL', 'SIGKILL', 'SIGINT'] as const) {
    const { child, lines } = following(state)
    const before = await waiting()
    // two runs die when they have got a little further, the last one ends when all is read
    while (child.exitCode === null && await waiting() > (kill === 'SIGKILL' ? before - 15 : 0)) await sleep(50)
    child.kill(kill)
    await new Promise((resolve) => { child.once('close', resolve) })
    runs.push(lines())
  }
  const told = runs.flat()
  const whole = await detectLogs(['s3://trail/'], { detections: await loadDetections() })
  const alerts = new Map(told.map((line) => [line.finding_info.uid, `${line.metadata.event_code} ${line.message}`]))
  expect([...alerts.values()].sort()).toEqual(whole.alerts.map(({ detection, title, principal }) => `${detection} ${title}: ${principal}`).sort())
  // a kill between telling and saving tells one batch again, word for word: no run tells anything twice, and no count goes back
  for (const lines of runs) expect(new Set(lines.map(said)).size).toBe(lines.length)
  for (const lines of Map.groupBy(told, ({ finding_info }) => finding_info.uid).values()) expect(lines.map(({ count }) => count)).toEqual(lines.map(({ count }) => count).toSorted((a, b) => a - b))
})

test('Athena is asked, waited for and read', async () => {
  const [detection] = (await loadDetections()).filter(({ id }) => id === 'bedrock-validation-probing')
  const events = eventsIn(hijacking.find(({ id }) => id === 'key-checker')!.records.filter(({ eventName }) => eventName === 'InvokeModel'))
  const table = (names: readonly string[], rows: readonly (readonly unknown[])[]) => ({
    rows: [names, ...rows].map((row) => ({ Data: row.map((value) => ({ VarCharValue: String(value) })) })),
    column_info: names.map((Name) => ({ Name, Type: 'varchar' })),
  })
  const names = columns.map(([name]) => name)
  const results = [
    table(['k', 'f', 'l'], [[events[0]!.principal, events[0]!.time, events.at(-1)!.time]]),
    table(names, events.map(rowOf).map((row) => names.map((name) => row[name]))),
  ]
  const endpoint = process.env['AWS_ENDPOINT_URL']!
  expect((await fetch(`${endpoint}/moto-api/static/athena/query-results`, { method: 'POST', body: JSON.stringify({ account_id: '123456789012', region: 'us-east-1', results }) })).status).toBe(201)
  const { alerts } = await queryLogs([], { detections: [detection!], engine: 'athena', table: 'cloudtrail_logs', output: 's3://trail/results/' })
  expect(alerts).toMatchObject([{ detection: 'bedrock-validation-probing', severity: 'high', count: events.length, principal: events[0]!.principal }])
})
