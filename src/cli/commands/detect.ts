import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { estateFacts } from '../../analysis/detection-facts.ts'
import { BartizanError } from '../../core/errors.ts'
import { nearest } from '../../core/text.ts'
import type { Alert } from '../../detect/alerts/alert.ts'
import { alertsHtml } from '../../detect/alerts/html.ts'
import { alertsOcsf } from '../../detect/alerts/ocsf.ts'
import { alertReport, alertsJson } from '../../detect/alerts/report.ts'
import type { AlertReport } from '../../detect/alerts/report.ts'
import { alertsTable } from '../../detect/alerts/table.ts'
import { loadDetections } from '../../detect/catalogue.ts'
import { coverageGaps } from '../../detect/coverage/coverage.ts'
import { detectLogs } from '../../detect/detect.ts'
import type { DetectOptions } from '../../detect/detect.ts'
import type { Detection } from '../../detect/detection.ts'
import { readMutes } from '../../detect/engine/mutes.ts'
import type { Mute } from '../../detect/engine/mutes.ts'
import { loadBaseline, loadState, saveBaseline, saveState } from '../../detect/engine/state-file.ts'
import { noFacts } from '../../detect/estate.ts'
import type { EstateFacts } from '../../detect/estate.ts'
import { followQueue } from '../../detect/follow.ts'
import { loadSigma } from '../../detect/sigma/import.ts'
import { atLeast } from '../../model/severity.ts'
import { exits, print, progressLine, say } from '../context.ts'
import type { Context } from '../context.ts'
import type { GateFlags, InputFlags, OutputFlags, SelectFlags } from '../flags.ts'
import { deliver, formatNamed, outputsOf, styleOf } from '../report.ts'
import { openSource, snapshotFolder } from '../source.ts'

export interface DetectFlags extends InputFlags, OutputFlags, Pick<SelectFlags, 'severity'>, Pick<GateFlags, 'failOn' | 'strict' | 'mute' | 'showSuppressed'> {
  readonly detection?: readonly string[]
  readonly skipDetection?: readonly string[]
  readonly sigma?: readonly string[]
  readonly learn?: string
  readonly baseline?: string
  readonly state?: string
  readonly follow?: string
  readonly sql?: boolean
  readonly engine?: string
  readonly table?: string
  readonly output?: string
  readonly url?: string
  readonly defineTable?: string
}

const formats: ReadonlyMap<string, (report: AlertReport, style: { readonly colour: boolean, readonly columns: number }) => string> = new Map([
  ['table', (report: AlertReport, { colour, columns }: { readonly colour: boolean, readonly columns: number }) => alertsTable(report, { color: colour, columns })],
  ['json', alertsJson], ['ocsf', alertsOcsf], ['html', alertsHtml],
])

/** `bartizan detect LOGS…` */
export async function detect(this: Context, flags: DetectFlags, ...logs: string[]): Promise<void> {
  if (flags.defineTable !== undefined) {
    const { tableDefinition } = await import('../../detect/sql/view.ts')
    await print(this, tableDefinition(flags.table ?? 'cloudtrail_logs', flags.defineTable))
    return
  }
  if (logs.length === 0 && flags.follow === undefined && flags.engine === undefined) throw new BartizanError('BZ002', 'Name log files, folders or s3:// prefixes, or - for standard input')
  for (const { format } of outputsOf(flags)) formatNamed(formats, format)
  const { detections, left } = await chosen(flags)
  for (const reason of left) say(this, reason)
  const facts = await factsFor(this, flags)
  const progress = progressLine(this, flags)
  const [state, baseline] = [flags.state === undefined ? undefined : await loadState(flags.state), flags.baseline === undefined ? undefined : await loadBaseline(flags.baseline)]
  if (flags.baseline !== undefined && baseline === undefined) throw new BartizanError('BZ002', `${flags.baseline} does not exist; learn it with --learn ${flags.baseline}`)
  const options: DetectOptions = {
    detections, facts, mutes: mutesOf(flags), emit: progress.emit, learning: flags.learn !== undefined, today: new Date().toISOString().slice(0, 10),
    ...state === undefined ? {} : { state }, ...baseline === undefined ? {} : { baseline },
  }
  if (flags.follow !== undefined) {
    await followQueue(flags.follow, logs, options, {
      signal: this.signal,
      trouble: (text) => { say(this, text) },
      save: async (state) => {
        if (flags.state !== undefined) await saveState(flags.state, state)
      },
      // each update is a line, so that whatever reads them sees an alert as soon as it is there
      report: async (alerts, counted) => print(this, alertsOcsf(alertReport(visible(alerts, flags), counted))),
    })
    return
  }
  const { alerts, counts, engine } = flags.sql === true || flags.engine !== undefined ? await queried(logs, flags, options) : await detectLogs(logs, options)
  progress.clear()
  if (flags.learn !== undefined && engine !== undefined) {
    await saveBaseline(flags.learn, engine.baseline())
    if (flags.quiet !== true) say(this, `Learned from ${counts.events} records into ${flags.learn}`)
    return
  }
  if (flags.state !== undefined && engine !== undefined) await saveState(flags.state, engine.state())
  const coverage = facts.settings.length === 0 ? undefined : coverageGaps(detections, facts)
  const report = alertReport(visible(alerts, flags), counts, coverage, flags.showSuppressed)
  for (const output of outputsOf(flags)) {
    await deliver(this, output, formatNamed(formats, output.format)(report, styleOf(this, flags, output.file)))
  }
  const { failOn = 'none' } = flags
  if (failOn !== 'none' && alerts.some(({ severity, muted }) => muted === undefined && atLeast(severity, failOn))) this.process.exitCode = exits.findings
  else if (flags.strict === true && counts.troubles > 0) this.process.exitCode = exits.gaps
}

const visible = (alerts: readonly Alert[], { severity }: DetectFlags): readonly Alert[] =>
  (severity === undefined ? alerts : alerts.filter((alert) => atLeast(alert.severity, severity)))

const queried = async (logs: readonly string[], flags: DetectFlags, options: DetectOptions) => {
  const { queryLogs } = await import('../../detect/sql/query.ts')
  return { ...await queryLogs(logs, { ...options, engine: flags.engine ?? 'duckdb', table: flags.table, output: flags.output, url: flags.url }), engine: undefined }
}

const chosen = async ({ detection, skipDetection = [], sigma = [] }: DetectFlags): Promise<{ readonly detections: readonly Detection[], readonly left: readonly string[] }> => {
  const loaded = await Promise.all(sigma.map(loadSigma))
  const all = [...await loadDetections(), ...loaded.flatMap(({ detections }) => detections)]
  const ids = new Set(all.map(({ id }) => id))
  for (const id of [...detection ?? [], ...skipDetection]) {
    if (ids.has(id)) continue
    const close = nearest(id, [...ids])
    throw new BartizanError('BZ001', `There is no detection "${id}"${close === undefined ? '; see bartizan list detections' : `; did you mean "${close}"?`}`)
  }
  return { detections: all.filter(({ id }) => (detection === undefined || detection.includes(id)) && !skipDetection.includes(id)), left: loaded.flatMap(({ left }) => left) }
}

/** What the newest snapshot says, or the one that is named; nothing where there is none. */
const factsFor = async (context: Context, flags: DetectFlags): Promise<EstateFacts> => {
  const folder = join(context.cwd, snapshotFolder)
  if (flags.in === undefined && !(existsSync(folder) && readdirSync(folder).some((name) => name.endsWith('.jsonl.gz')))) return noFacts
  return estateFacts(await openSource(context, flags.in, flags.quiet))
}

const mutesOf = ({ mute = [] }: DetectFlags): readonly Mute[] => mute.flatMap((file) => {
  let document: unknown
  try {
    document = parse(readFileSync(file, 'utf8'), { maxAliasCount: 100 })
  } catch (error) {
    throw new BartizanError('BZ008', `Cannot read ${file}: ${(error as Error).message}`, { cause: error })
  }
  const mutes = readMutes(document)
  if ('wrong' in mutes) throw new BartizanError('BZ008', `${file}: ${mutes.wrong}`)
  return mutes
})
