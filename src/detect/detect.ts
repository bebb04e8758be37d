import type { Emit } from '../core/events.ts'
import { silent } from '../core/events.ts'
import type { Alert } from './alerts/alert.ts'
import type { Detection } from './detection.ts'
import { createEngine, type Engine, type EngineCounts, type EngineState } from './engine/engine.ts'
import type { Baseline } from './engine/memory.ts'
import type { Mute } from './engine/mutes.ts'
import { estateOf, noFacts, type EstateFacts } from './estate.ts'
import { byText } from '../core/text.ts'
import { openBucket } from './read/bucket.ts'
import { listLogFiles } from './read/files.ts'
import { needlesOf } from './read/needles.ts'
import { createReader, type ReadCounts, type Reader } from './read/reader.ts'

/** What to look for, and in what. */
export interface DetectOptions {
  readonly detections: readonly Detection[]
  readonly facts?: EstateFacts
  readonly mutes?: readonly Mute[]
  readonly baseline?: Baseline
  readonly state?: EngineState
  readonly learning?: boolean
  readonly emit?: Emit
  /** ISO date by which mutes have ended. */
  readonly today?: string
}

/** What was found, and how much was read. */
export interface Detected { readonly alerts: readonly Alert[], readonly counts: ReadCounts & EngineCounts, readonly engine: Engine }

/** Reads log files and folders (`-` is standard input) and returns the alerts that they raise. */
export const detectLogs = async (paths: readonly string[], options: DetectOptions): Promise<Detected> => {
  const { engine, reader } = await readBacklog(paths, options)
  return { alerts: engine.alerts(options.today), counts: { ...reader.counts, ...engine.counts() }, engine }
}

/** Reads what there is and returns the engine and the reader, to go on with. */
export const readBacklog = async (paths: readonly string[], options: DetectOptions): Promise<{ readonly engine: Engine, readonly reader: Reader }> => {
  const estate = estateOf(options.facts ?? noFacts)
  const engine = createEngine({ ...options, estate })
  const reader = createReader(needlesOf(options.detections, estate), engine.feed)
  if (paths.includes('-')) await reader.stream(process.stdin, 'standard input')
  const objects = paths.filter((path) => path.startsWith('s3://'))
  if (objects.length > 0) await readObjects(objects, reader, options)
  const files = await listLogFiles(paths.filter((path) => path !== '-' && !path.startsWith('s3://')))
  await reader.files(files, options.emit ?? silent)
  return { engine, reader }
}

/** Reads all objects under some S3 prefixes, four at a time and in order of their time. */
const readObjects = async (uris: readonly string[], reader: Reader, { emit = silent }: DetectOptions): Promise<void> => {
  const bucket = await openBucket()
  const files = (await Promise.all(uris.map(bucket.list))).flat().sort((a, b) => byText(a.stamp, b.stamp))
  for (let at = 0; at < files.length; at += 4) {
    const some = files.slice(at, at + 4)
    const bodies = await Promise.all(some.map(({ path }) => bucket.get(path)))
    for (const [index, body] of bodies.entries()) await reader.bytes(body, some[index]!.path)
    emit({ kind: 'progress', what: 'Reading logs', done: at + some.length, total: files.length })
  }
}
