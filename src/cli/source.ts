import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { BartizanError } from '../core/errors.ts'
import type { Snapshot } from '../model/snapshot.ts'
import { readSnapshot } from '../sources/snapshot-file.ts'
import { say } from './context.ts'
import type { Context } from './context.ts'

/** The folder that scans write their snapshots to. */
export const snapshotFolder = '.bartizan'

/** The newest snapshot of this folder, or what `--in` names; its age is said on standard error. */
export const openSource = async (context: Context, named: string | undefined, quiet = false): Promise<Snapshot> => {
  if (named !== undefined) return openPath(named, quiet ? undefined : context)
  const folder = join(context.cwd, snapshotFolder)
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.jsonl.gz')).sort() : []
  const newest = files.at(-1)
  if (newest === undefined) throw new BartizanError('BZ005', `There is no snapshot in ${snapshotFolder}/ yet`)
  const snapshot = await openSnapshot(context, join(folder, newest), quiet)
  if (!quiet) say(context, `Snapshot of ${snapshot.header.origin}, ${age(snapshot.header.takenAt)} (${snapshotFolder}/${newest})`)
  return snapshot
}

const age = (takenAt: string): string => {
  const minutes = Math.max(0, Math.round((Date.now() - Date.parse(takenAt)) / 60_000))
  if (minutes < 60) return `${minutes} min old`
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} h old` : `${Math.round(minutes / 1440)} days old`
}

/** Opens whatever `scan` takes: a snapshot, or templates. */
export const openPath = async (path: string, context?: Context): Promise<Snapshot> => {
  if (path === 'demo') return (await import('../analysis/demo.ts')).demoSnapshot()
  if (!existsSync(path)) throw new BartizanError('BZ002', `${path} does not exist`)
  return isTemplate(path) ? openTemplates([path], {}) : openSnapshot(context, path, context === undefined)
}

/** A snapshot, with a gap for each thing that its scan did not get to. */
const openSnapshot = async (context: Context | undefined, path: string, quiet: boolean): Promise<Snapshot> => {
  const snapshot = await readSnapshot(path)
  if (snapshot.header.source !== 'aws') return snapshot
  const { unfinished } = await import('../sources/aws/unfinished.ts')
  const gaps = await unfinished(snapshot)
  if (gaps.length === 0) return snapshot
  if (!quiet && context !== undefined) say(context, `The scan was not finished: ${gaps.length} collectors are missing; go on with: bartizan scan --resume ${path}`)
  return { ...snapshot, gaps: [...snapshot.gaps, ...gaps] }
}

/** Whether a path holds templates: anything that is there and is no snapshot. */
export const isTemplate = (path: string): boolean => path !== 'demo' && existsSync(path) && !(statSync(path).isFile() && /(?<!\.json)\.gz$/.test(path))

/** Values that the command line gives for what templates leave open. */
export interface TemplateFlags {
  readonly var?: readonly string[]
  readonly parameters?: string
  readonly intoAccount?: string
  readonly intoRegion?: string
}

/** Reads templates as one estate; `texts` stand in for files, by full path; names are relative to `from`. */
export const openTemplates = async (paths: readonly string[], flags: TemplateFlags, texts?: ReadonlyMap<string, string>, from = process.cwd()): Promise<Snapshot> => {
  const { readTemplates } = await import('../sources/templates.ts')
  return readTemplates(paths, {
    takenAt: new Date().toISOString(),
    from,
    ...texts === undefined ? {} : { texts },
    variables: { ...flags.parameters === undefined ? {} : (await import('../sources/parameter-file.ts')).parameterFile(flags.parameters), ...Object.fromEntries((flags.var ?? []).map(pair)) },
    ...flags.intoAccount === undefined ? {} : { account: flags.intoAccount },
    ...flags.intoRegion === undefined ? {} : { region: flags.intoRegion },
  })
}

const pair = (text: string): [string, string] => {
  const at = text.indexOf('=')
  if (at < 1) throw new BartizanError('BZ001', `"${text}" is not NAME=VALUE`)
  return [text.slice(0, at), text.slice(at + 1)]
}
