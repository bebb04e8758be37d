import { mkdtemp, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { loadDetections } from '../catalogue.ts'
import { detectLogs } from '../detect.ts'
import { partsOf } from '../example.ts'
import type { LogRecord } from '../event.ts'
import { eventsIn } from '../read/decode.ts'
import { hijacking } from '../stories/hijacking.ts'
import { others } from '../stories/others.ts'
import { openDuckDb } from './duckdb.ts'
import { createEvents, queryLogs } from './query.ts'
import { rowOf } from './rows.ts'
import { sqlFor } from './text.ts'

const detections = await loadDetections()
const spoken = detections.filter((detection) => sqlFor(detection) !== undefined)
const database = await openDuckDb()
afterAll(() => { database.close() })
const folder = await mkdtemp(join(tmpdir(), 'sql-'))
let file = 0

const rowsOf = async (records: readonly LogRecord[], sql: string) => {
  const path = join(folder, `rows-${file++}.jsonl`)
  const events = new Map(records.flatMap((record) => eventsIn(record)).map((event) => [event.id, event]))
  await writeFile(path, [...events.values()].map((event) => `${JSON.stringify(rowOf(event))}\n`).join(''))
  const { rows } = database
  await rows('drop table if exists events; drop macro if exists json_extract_scalar; drop macro if exists regexp_like')
  await createEvents(database, path)
  return rows(sql)
}

test('most window detections are also SQL', () => {
  const windows = detections.filter(({ when, log }) => when.kind !== 'event' && (log === 'cloudtrail' || log === 'invocation'))
  const silent = windows.filter((detection) => sqlFor(detection) === undefined).map(({ id }) => id)
  expect(windows.length - silent.length).toBeGreaterThan(70)
  expect(spoken.length).toBeGreaterThan(110)
})

describe('each query agrees with its examples', () => {
  test.each(spoken)('$id', async (detection) => {
    const sql = sqlFor(detection)!
    for (const example of detection.fires) expect(await rowsOf(partsOf(example).records, sql), 'fires').not.toEqual([])
    for (const example of detection.quiet) expect(await rowsOf(partsOf(example).records, sql), 'quiet').toEqual([])
  })
})

test('the stream and DuckDB raise the same alerts on the same logs', async () => {
  const logs = await mkdtemp(join(tmpdir(), 'stories-'))
  // each story a day of its own, so that none of them is another's past
  const records = [...hijacking, ...others].flatMap(({ records }, day) => records.map((record): LogRecord => {
    const field = 'eventTime' in record ? 'eventTime' : 'timestamp'
    return { ...record, [field]: new Date(Date.parse(String(record[field])) + day * 172_800_000).toISOString(), ...('eventID' in record ? { eventID: `${String(record['eventID'])}-${day}` } : { requestId: `${String(record['requestId'])}-${day}` }) }
  }))
  await writeFile(join(logs, 'all.jsonl'), records.map((record) => `${JSON.stringify(record)}\n`).join(''))
  const said = (alerts: readonly { detection: string, key: string, severity: string, start: string }[]) => alerts.map(({ detection, key, severity, start }) => `${detection} ${key} ${severity} ${start.slice(0, 10)}`).sort()
  const [stream, query] = [await detectLogs([logs], { detections: spoken }), await queryLogs([logs], { detections: spoken, engine: 'duckdb', output: join(logs, 'parquet') })]
  expect(stream.alerts.length).toBeGreaterThan(60)
  expect(said(query.alerts)).toEqual(said(stream.alerts))
  // and the same from the Parquet that it wrote
  expect((await readdir(join(logs, 'parquet'))).every((day) => day.startsWith('day='))).toBe(true)
  const again = await queryLogs([join(logs, 'parquet')], { detections: spoken, engine: 'duckdb' })
  expect(said(again.alerts)).toEqual(said(stream.alerts))
})
