import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { BartizanError } from '../../core/errors.ts'
import { silent } from '../../core/events.ts'
import { sortAlerts, type EngineCounts } from '../engine/engine.ts'
import type { Alert } from '../alerts/alert.ts'
import type { DetectOptions } from '../detect.ts'
import type { Detection } from '../detection.ts'
import { reach } from '../engine/conditions.ts'
import { estateOf, noFacts } from '../estate.ts'
import type { LogEvent } from '../event.ts'
import { eventsIn } from '../read/decode.ts'
import { listLogFiles } from '../read/files.ts'
import { needlesOf } from '../read/needles.ts'
import { createReader, type ReadCounts } from '../read/reader.ts'
import { openDuckDb, type DuckDb } from './duckdb.ts'
import { alertFor } from './alert.ts'
import { literal } from './predicate.ts'
import { columns, eventOf, rowOf } from './rows.ts'
import { sqlFor } from './text.ts'

export interface QueryOptions extends DetectOptions {
  /** `duckdb`, `athena` or `trino`. */
  readonly engine: string
  readonly table?: string | undefined
  readonly output?: string | undefined
  readonly url?: string | undefined
}

/** Something that answers SQL over a table `events`. */
export interface SqlEngine { readonly rows: (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]> }

export interface Queried { readonly alerts: readonly Alert[], readonly counts: ReadCounts & EngineCounts }

/** Finds alerts by SQL: in DuckDB over files, or in an engine that holds the logs already. */
export const queryLogs = async (paths: readonly string[], options: QueryOptions): Promise<Queried> => {
  if (options.engine === 'athena' || options.engine === 'trino') {
    const { openRemote } = await import('./remote.ts')
    return { alerts: await alertsBySql(await openRemote(options), options), counts: { ...noCounts(), skipped: [] } }
  }
  if (options.engine !== 'duckdb') throw new BartizanError('BZ001', `There is no engine "${options.engine}"; use duckdb, athena or trino`)
  const database = await openDuckDb()
  const folder = await mkdtemp(join(tmpdir(), 'bartizan-rows-'))
  try {
    const counts = await loadRows(database, paths, join(folder, 'rows.jsonl'), options)
    if (options.output !== undefined) await writeParquet(database, options.output)
    return { alerts: await alertsBySql(database, options), counts }
  } finally {
    database.close()
    await rm(folder, { recursive: true, force: true })
  }
}

const noCounts = () => ({ files: 0, packedBytes: 0, bytes: 0, events: 0, troubles: 0, repeated: 0, evicted: 0, alertsDropped: 0 })

/** The alerts of each detection that SQL can say. */
export const alertsBySql = async (engine: SqlEngine, options: DetectOptions): Promise<readonly Alert[]> => {
  const alerts: Alert[] = []
  for (const detection of options.detections) {
    const sql = sqlFor(detection)
    if (sql === undefined) continue
    for (const found of mergeWindows(await engine.rows(`${sql} order by k, f, l`), reach(detection.when))) {
      const events = await recordsOf(engine, detection, found)
      alerts.push(...alertFor(detection, found.key, events, options))
    }
  }
  return sortAlerts(alerts)
}

export interface FoundWindow { readonly key: string, start: number, end: number }

/** Windows of one key that touch are one alert, as in the stream. */
export const mergeWindows = (rows: readonly Readonly<Record<string, unknown>>[], span: number): readonly FoundWindow[] => {
  const found: FoundWindow[] = []
  for (const row of rows) {
    const [key, start, end] = [String(row['k']), Number(row['f']), Number(row['l'])]
    const last = found.at(-1)
    if (last !== undefined && last.key === key && start <= last.end + span) {
      last.end = Math.max(last.end, end)
      last.start = Math.min(last.start, start)
    } else found.push({ key, start, end })
  }
  return found
}

const recordsOf = async (engine: SqlEngine, detection: Detection, { key, start, end }: FoundWindow): Promise<readonly LogEvent[]> => {
  const { keySql, predicate } = await import('./predicate.ts')
  const { selectionsOf } = await import('../engine/compile.ts')
  const by = keySql(('by' in detection.when && detection.when.by) || ['principal'])!
  const selections = (detection.when.kind === 'count' ? [detection.when.match] : selectionsOf(detection.when)).map(predicate)
  const rows = await engine.rows(`select * from events where log = ${literal(detection.log)} and ${by.key} = ${literal(key)} and t between ${start} and ${end} and (${selections.join(' or ')}) order by t limit 2000`)
  return rows.map(eventOf)
}

const loadRows = async (database: DuckDb, paths: readonly string[], file: string, options: DetectOptions): Promise<ReadCounts & EngineCounts> => {
  const out = createWriteStream(file)
  const seen = new Set<string>()
  let repeated = 0
  const put = (event: LogEvent): void => {
    if (seen.has(`${event.log}|${event.id}`)) {
      repeated++
      return
    }
    seen.add(`${event.log}|${event.id}`)
    out.write(`${JSON.stringify(rowOf(event))}\n`)
  }
  const reader = createReader(needlesOf(options.detections, estateOf(options.facts ?? noFacts)), put)
  const files = await listLogFiles(paths)
  await reader.files(files.filter(({ path }) => !path.endsWith('.parquet')), options.emit ?? silent)
  for (const { path } of files.filter(({ path }) => path.endsWith('.parquet'))) {
    reader.counts.files++
    for (const row of await database.rows(`select * from read_parquet(${literal(path)})`)) for (const event of 'record' in row && 'extra' in row ? [eventOf(row)] : eventsIn(row)) put(event)
  }
  out.end()
  await finished(out)
  await createEvents(database, file)
  return { ...reader.counts, repeated, evicted: 0, alertsDropped: 0 }
}

/** Makes the table and the names that DuckDB spells otherwise than Trino. */
export const createEvents = async (database: DuckDb, file: string): Promise<void> => {
  await database.rows('create macro json_extract_scalar(value, path) as json_extract_string(value, path)')
  await database.rows('create macro regexp_like(value, pattern) as regexp_matches(value, pattern)')
  const types = columns.map(([name, type]) => `${name}: '${type}'`).join(', ')
  await database.rows(`create table events as select * from read_json(${literal(file)}, format = 'newline_delimited', columns = {${types}}, maximum_object_size = 67108864)`)
}

/** Writes the rows as Parquet, a folder a day, for queries to come. */
const writeParquet = async (database: DuckDb, folder: string): Promise<void> => {
  await database.rows(`copy (select *, strftime(make_timestamp(t * 1000), '%Y-%m-%d') "day" from events) to ${literal(folder)} (format parquet, compression zstd, partition_by ("day"), overwrite_or_ignore)`)
}
