import { mkdtemp, mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { loadDetections } from '../catalogue.ts'
import { detectLogs } from '../detect.ts'
import { estateOf, noFacts } from '../estate.ts'
import type { LogEvent, LogRecord } from '../event.ts'
import { call, invocation, invoke, repeat, user } from '../records.ts'
import { eventsIn } from './decode.ts'
import { listLogFiles, stampOf } from './files.ts'
import { needlesOf } from './needles.ts'
import { createReader } from './reader.ts'

const detections = await loadDetections()
const needles = needlesOf(detections, estateOf(noFacts))
const noise = repeat(300, 1, (at) => call('ec2', 'DescribeInstances', { at, request: { note: 'héllo "quoted" {brace}' } }))
const wanted = [invoke({ at: 5 }), call('sagemaker', 'ListModels', { at: 9 }), call('iam', 'CreateServiceSpecificCredential', { at: 11, request: { serviceName: 'bedrock.amazonaws.com', userName: 'BedrockAPIKey-x' } })]
const mixed = [...noise.slice(0, 100), wanted[0]!, ...noise.slice(100, 200), wanted[1]!, ...noise.slice(200), wanted[2]!]
const trail = (records: readonly LogRecord[]): string => JSON.stringify({ Records: records })

const read = async (bytes: Buffer, name = 'log') => {
  const events: LogEvent[] = []
  const reader = createReader(needles, (event) => events.push(event))
  await reader.bytes(bytes, name)
  return { names: events.map(({ eventName }) => eventName), counts: reader.counts }
}

const three = ['InvokeModel', 'ListModels', 'CreateServiceSpecificCredential']

describe('finds AI records in every form of a log', () => {
  const forms: Record<string, string> = {
    'a trail file': trail(mixed),
    'a pretty-printed trail file': JSON.stringify({ Records: wanted }, null, 2),
    'lines': mixed.map((record) => JSON.stringify(record)).join('\n'),
    'a list': JSON.stringify(wanted),
    'EventBridge events': wanted.map((detail) => JSON.stringify({ version: '0', 'detail-type': 'AWS API Call via CloudTrail', source: 'aws.bedrock', detail })).join('\n'),
    'CloudWatch Logs as Firehose delivers them': wanted.map((record) => JSON.stringify({ messageType: 'DATA_MESSAGE', logEvents: [{ id: '1', message: JSON.stringify(record) }] })).join(''),
    'an SQS message of an SNS notification': JSON.stringify({ Body: JSON.stringify({ Message: trail(wanted) }) }),
    'CloudTrail Lake rows': wanted.map((record) => JSON.stringify({ eventData: JSON.stringify(record) })).join('\n'),
    'Athena rows in lower case': wanted.map((record) => JSON.stringify(Object.fromEntries(Object.entries(record).map(([name, value]) => [name.toLowerCase(), typeof value === 'object' && value !== null ? JSON.stringify(value) : value])))).join('\n'),
  }
  test.each(Object.entries(forms))('%s', async (_, text) => {
    expect((await read(Buffer.from(text))).names).toEqual(three)
    expect((await read(gzipSync(text))).names).toEqual(three)
  })
  test('parses only what it must', async () => {
    expect((await read(Buffer.from(trail(mixed)))).counts.events).toBe(3)
  })
  test('UTF-16 and a byte order mark', async () => {
    expect((await read(Buffer.from(`\uFEFF${trail(wanted)}`, 'utf16le'))).names).toEqual(three)
    expect((await read(Buffer.from(`\uFEFF${trail(wanted)}`))).names).toEqual(three)
  })
  test('a stream in small pieces', async () => {
    const events: LogEvent[] = []
    const reader = createReader(needles, (event) => events.push(event))
    const packed = gzipSync(trail(mixed))
    const parts = Array.from({ length: Math.ceil(packed.length / 100) }, (_, i) => packed.subarray(i * 100, i * 100 + 100))
    await reader.stream(Readable.from(parts), 'standard input')
    expect(events.map(({ eventName }) => eventName)).toEqual(three)
  })
})

test('times are read as exporters write them', () => {
  const at = Date.parse('2025-03-26T17:22:33Z')
  for (const eventTime of ['2025-03-26T17:22:33Z', '2025-03-26 17:22:33.000000000', '2025-03-26 17:22:33.000', '2025-03-26T19:22:33+02:00', at, at / 1000]) {
    expect(eventsIn({ ...invoke(), eventTime })[0]?.time, String(eventTime)).toBe(at)
  }
})

describe('goes on after what is broken, and says so', () => {
  test('truncated gzip', async () => {
    const packed = gzipSync(trail(mixed))
    const { names, counts } = await read(packed.subarray(0, Math.floor(packed.length * 0.7)))
    expect(names.length).toBeGreaterThan(0)
    expect(counts.skipped.map(({ kind }) => kind)).toContain('truncated')
  })
  test('nesting without end', async () => {
    const deep = JSON.stringify(invoke({ at: 1 })).replace('"requestParameters":{', `"requestParameters":{"b":${'{"b":'.repeat(50_000)}[]${'}'.repeat(50_000)},`)
    const good = JSON.stringify(invoke({ at: 2 }))
    for (const text of [`{"Records":[${deep},${good}]}`, `${deep}\n${good}\n`, `${good}\n${deep}\n`]) {
      const { names, counts } = await read(Buffer.from(text))
      expect(names).toEqual(['InvokeModel'])
      expect(counts.skipped.map(({ kind }) => kind)).toEqual(['not JSON'])
    }
  })
  test('damaged gzip', async () => {
    const packed = Buffer.from(gzipSync(trail(mixed)))
    packed.fill(0xff, packed.length - 200, packed.length - 100)
    expect((await read(packed)).counts.skipped[0]?.kind).toMatch(/damaged|truncated/)
  })
  test('text that is not JSON, JSON that is no log, and bytes', async () => {
    expect((await read(Buffer.from('not json at all'))).counts.skipped[0]?.kind).toBe('not JSON')
    expect((await read(Buffer.from('{"a":1}'))).counts.skipped[0]?.kind).toBe('no known records')
    expect((await read(Buffer.from([1, 2, 0, 3]))).counts.skipped[0]?.kind).toBe('encoding')
    expect((await read(Buffer.from('{"Records":[]}'))).counts.skipped).toEqual([])
  })
  test('one bad record among good ones', async () => {
    const text = trail(mixed).replace('"eventName":"ListModels"', '"eventName":"ListModels",,')
    const { names, counts } = await read(Buffer.from(text))
    expect(names).toEqual(['InvokeModel', 'CreateServiceSpecificCredential'])
    expect(counts.skipped[0]?.kind).toBe('not JSON')
  })
  test('a record that holds the text of another', async () => {
    const sly = call('bedrock', 'InvokeModel', { request: { modelId: 'x', nested: { eventVersion: '1.0', fake: true } } })
    expect((await read(Buffer.from(trail([...wanted, sly])))).names).toEqual([...three, 'InvokeModel'])
  })
  test('records with wrong types', () => {
    for (const value of [null, 1, 'x', [], {}, { eventSource: 1, eventName: 2 }, { eventSource: 'a', eventName: 'b', eventTime: 'never' }, { Records: 'x' }, { detail: null }]) expect(eventsIn(value)).toEqual([])
    const odd = { ...invoke(), userIdentity: 'x', requestParameters: [1], additionalEventData: 7, resources: 'none', errorCode: { a: 1 } }
    expect(eventsIn(odd)).toHaveLength(1)
  })
})

test('files are read the oldest first, over regions, without digests', async () => {
  const root = await mkdtemp(join(tmpdir(), 'logs-'))
  const put = async (path: string, records: readonly LogRecord[]) => {
    await mkdir(join(root, path, '..'), { recursive: true })
    await writeFile(join(root, path), gzipSync(trail(records)))
  }
  await put('AWSLogs/111122223333/CloudTrail/us-east-1/2026/08/03/111122223333_CloudTrail_us-east-1_20260803T1010Z_b.json.gz', [wanted[1]!])
  await put('AWSLogs/111122223333/CloudTrail/us-west-2/2026/08/03/111122223333_CloudTrail_us-west-2_20260803T1005Z_a.json.gz', [wanted[0]!])
  await put('AWSLogs/111122223333/CloudTrail-Digest/us-west-2/2026/08/03/x_CloudTrail-Digest_20260803T1005Z.json.gz', [wanted[0]!])
  const files = await listLogFiles([root])
  expect(files.map(({ stamp }) => stamp)).toEqual(['20260803T100500', '20260803T101000'])
  expect(stampOf('2026/08/03/10/x.jsonl')).toBe('20260803T100000')
})

test('a file larger than one chunk is streamed and finds the same', async () => {
  const root = await mkdtemp(join(tmpdir(), 'large-'))
  const many = repeat(14_000, 1, (at) => call('ec2', 'DescribeInstances', { at }))
  await writeFile(join(root, 'plain.json'), trail([...many, ...['us-east-1', 'us-west-2', 'eu-west-1'].map((region) => invoke({ as: user('k'), region, error: 'ValidationException' })), invocation()]))
  const { alerts, counts } = await detectLogs([root], { detections })
  expect(alerts.map(({ detection }) => detection)).toContain('bedrock-validation-probing')
  expect(counts.bytes).toBeGreaterThan(12_000_000)
})

test('files are fed in their order, and those that cannot be read are named', async () => {
  const root = await mkdtemp(join(tmpdir(), 'order-'))
  const names = await Promise.all(Array.from({ length: 9 }, async (_, i) => {
    const path = join(root, `${i}.json.gz`)
    const packed = gzipSync(trail([...noise, invoke({ at: i, model: `m${i}` })]))
    await writeFile(path, i === 4 ? packed.subarray(0, packed.length - 300) : packed)
    return path
  }))
  const events: LogEvent[] = []
  const reader = createReader(needles, (event) => events.push(event))
  await reader.files([...names, join(root, 'missing')].map((path) => ({ path, size: 1000, stamp: '' })))
  expect(events.map(({ model }) => model).filter((model) => model !== 'm4')).toEqual(['m0', 'm1', 'm2', 'm3', 'm5', 'm6', 'm7', 'm8'])
  expect(reader.counts.skipped.map(({ file, kind }) => `${kind} ${file}`)).toEqual([`truncated ${names[4]!}`, `unreadable ${join(root, 'missing')}`])
})
