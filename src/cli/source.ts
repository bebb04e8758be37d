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
  if (named !== undefined) return openPath(named)
  const folder = join(context.cwd, snapshotFolder)
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.jsonl.gz')).sort() : []
  const newest = files.at(-1)
  if (newest === undefined) throw new BartizanError('BZ005', `There is no snapshot in ${snapshotFolder}/ yet`)
  const snapshot = await readSnapshot(join(folder, newest))
  if (!quiet) say(context, `Snapshot of ${snapshot.header.origin}, ${age(snapshot.header.takenAt)} (${snapshotFolder}/${newest})`)
  return snapshot
}

const age = (takenAt: string): string => {
  const minutes = Math.max(0, Math.round((Date.now() - Date.parse(takenAt)) / 60_000))
  if (minutes < 60) return `${minutes} min old`
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} h old` : `${Math.round(minutes / 1440)} days old`
}

/** Opens whatever `scan` takes: a snapshot, or templates. */
export const openPath = async (path: string): Promise<Snapshot> => {
  if (path === 'demo') return (await import('../analysis/demo.ts')).demoSnapshot()
  if (!existsSync(path)) throw new BartizanError('BZ002', `${path} does not exist`)
  if (statSync(path).isFile() && path.endsWith('.gz')) return readSnapshot(path)
  throw new BartizanError('BZ003', `${path} is neither a snapshot (.jsonl.gz) nor anything else that can be read`)
}
