import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzipSync, gzipSync } from 'node:zlib'
import { loadDetections } from '../src/detect/catalogue.ts'
import { detectLogs } from '../src/detect/detect.ts'
import { background, every } from '../src/detect/stories/background.ts'
import { hijacking } from '../src/detect/stories/hijacking.ts'
import { others } from '../src/detect/stories/others.ts'
import { scoreStories } from '../src/detect/stories/story.ts'
import { call, invoke, user, type Caller } from '../src/detect/records.ts'
import type { LogRecord } from '../src/detect/event.ts'

export const name = 'detect'

/** Bytes of JSON in the generated trail; `BENCH_BYTES` makes it smaller. */
const wanted = Number(process.env['BENCH_BYTES'] ?? 2_000_000_000)
const perFile = 4000
/** Milliseconds that one file covers. */
const span = perFile * every * 1000
const attackers = 20

/** The stream engine over one generated trail, against plain gunzip, gunzip with JSON.parse, and DuckDB where it is installed. */
export const run = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bartizan-trail-'))
  try {
    const { bytes, records } = await generate(folder)
    const files = (await readdir(folder)).sort().map((file) => join(folder, file))
    const detections = await loadDetections()
    await detectLogs(files.slice(0, 2), { detections })
    const rounds = [0, 1, 2]
    const floor: Cost[] = [], parse: Cost[] = [], stream: Cost[] = []
    let found = 0
    for (const _ of rounds) {
      floor.push(await cost(async () => {
        for (const file of files) gunzipSync(await readFile(file))
      }))
      stream.push(await cost(async () => {
        const { alerts } = await detectLogs(files, { detections })
        found = new Set(alerts.filter(({ detection }) => detection === 'bedrock-validation-probing').map(({ principal }) => principal)).size
      }))
      // two of the slowest rounds say as much as three
      if (parse.length < 2) {
        parse.push(await cost(async () => {
          for (const file of files) (JSON.parse(gunzipSync(await readFile(file)).toString()) as { Records: LogRecord[] }).Records.some(({ eventName }) => eventName === 'none')
        }))
      }
    }
    const [gunzip, parsed, engine] = [best(floor), best(parse), best(stream)]
    const peak = await peakOf(folder)
    const duck = await duckDb(folder)
    const scores = scoreStories(detections, [...hijacking, ...others])
    return [
      { metric: `stream engine, ${detections.length} detections, ${Math.round(bytes / 1e6)} MB in ${files.length} files`, value: bytes / 1e6 / engine.wall, unit: 'MB/s', reference: 'gunzip alone (at least 0.6)', ratio: gunzip.wall / engine.wall },
      { metric: 'stream engine, by CPU time', value: bytes / 1e6 / engine.cpu, unit: 'MB/CPU-s', reference: 'gunzip alone', ratio: gunzip.cpu / engine.cpu },
      { metric: 'stream engine, events', value: records / engine.wall, unit: 'events/s', reference: 'gunzip and JSON.parse (at least 3)', ratio: parsed.wall / engine.wall },
      { metric: 'gunzip alone', value: bytes / 1e6 / gunzip.wall, unit: 'MB/s' },
      { metric: 'gunzip and JSON.parse', value: bytes / 1e6 / parsed.wall, unit: 'MB/s' },
      ...(duck === undefined ? [] : [{ metric: 'stream engine against one DuckDB query over the same files', value: bytes / 1e6 / duck, unit: 'MB/s by DuckDB', reference: 'DuckDB', ratio: duck / engine.wall }]),
      { metric: 'attackers found', value: found, unit: `of ${attackers}`, reference: 'all', ratio: found / attackers },
      { metric: 'peak memory', value: peak / 1048576, unit: 'MB', reference: '300 MB', ratio: 300 / (peak / 1048576) },
      ...scores.flatMap(({ category, precision, recall }) => [
        { metric: `stories: ${category}, precision`, value: precision, unit: '', reference: 'all right', ratio: precision },
        { metric: `stories: ${category}, recall`, value: recall, unit: '', reference: 'all found', ratio: recall }]),
    ]
  } finally {
    await rm(folder, { recursive: true })
  }
}

interface Cost { readonly wall: number, readonly cpu: number }

const cost = async (work: () => Promise<void>): Promise<Cost> => {
  const [start, used] = [performance.now(), process.cpuUsage()]
  await work()
  const { user, system } = process.cpuUsage(used)
  return { wall: (performance.now() - start) / 1000, cpu: (user + system) / 1e6 }
}

const best = (costs: readonly Cost[]): Cost => ({ wall: Math.min(...costs.map(({ wall }) => wall)), cpu: Math.min(...costs.map(({ cpu }) => cpu)) })

/** Most memory of a process of its own that reads the folder from start to end, in bytes. */
const peakOf = async (folder: string): Promise<number> => {
  const script = `import { loadDetections } from '${new URL('../src/detect/catalogue.ts', import.meta.url).href}'
import { detectLogs } from '${new URL('../src/detect/detect.ts', import.meta.url).href}'
await detectLogs([process.argv[1]], { detections: await loadDetections() })
console.log(process.resourceUsage().maxRSS * 1024)`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script, folder])
  return Number(stdout)
}

/** Writes the trail: ordinary records of which one in two hundred is AI, and twenty key checkers somewhere in it. */
const generate = async (folder: string): Promise<{ bytes: number, records: number }> => {
  let [bytes, records, file] = [0, 0, 0]
  while (bytes < wanted) {
    const list: LogRecord[] = [...background(perFile, file + 1)].map((record) => ({ ...record, eventTime: new Date(Date.parse(String(record['eventTime'])) + file * span).toISOString().replace('.000Z', 'Z') }))
    for (let attacker = 0; attacker < attackers; attacker++) if (attacker === file % 400) list.push(...attack(attacker, file))
    const text = JSON.stringify({ Records: list })
    const stamp = new Date(Date.parse('2026-08-03T10:00:00Z') + file * span).toISOString().replaceAll(/[-:]|\.\d+/g, '').slice(0, 13)
    await writeFile(join(folder, `111122223333_CloudTrail_us-east-1_${stamp}Z_${String(file).padStart(6, '0')}.json.gz`), gzipSync(text))
    bytes += Buffer.byteLength(text)
    records += list.length
    file++
  }
  return { bytes, records }
}

const attack = (attacker: number, file: number): LogRecord[] => {
  const as: Caller = { ...user(`leaked-${attacker}`), sourceIPAddress: `185.220.${attacker}.7`, userAgent: 'Python/3.11 aiohttp/3.9.5' }
  const at = (file * span) / 1000
  return [call('sts', 'GetCallerIdentity', { as, at }), ...['us-east-1', 'us-west-2', 'ap-southeast-2', 'ap-south-1', 'eu-west-3'].map((region) => invoke({ as, at: at + 1, region, error: 'ValidationException' }))]
}

/** Seconds of one DuckDB query that finds AI records by name; undefined where DuckDB is not installed. */
const duckDb = async (folder: string): Promise<number | undefined> => {
  const { openDuckDb } = await import('../src/detect/sql/duckdb.ts')
  const database = await openDuckDb().catch(() => undefined)
  if (database === undefined) return undefined
  const { wall } = await cost(async () => {
    await database.rows(`select count(*) n, userIdentity.accessKeyId k from (select unnest(Records, recursive := false) r from read_json('${folder}/*.json.gz', columns = {Records: 'STRUCT(eventSource VARCHAR, eventName VARCHAR, errorCode VARCHAR, awsRegion VARCHAR, userIdentity STRUCT(accessKeyId VARCHAR))[]'}, maximum_object_size = 200000000)), lateral (select r.userIdentity, r.eventSource) where eventSource = 'bedrock.amazonaws.com' group by k`)
  })
  database.close()
  return wall
}
