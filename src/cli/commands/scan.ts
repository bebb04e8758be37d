import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { analyse } from '../../analysis/analysis.ts'
import { BartizanError } from '../../core/errors.ts'
import type { Snapshot } from '../../model/snapshot.ts'
import { openSalt } from '../../sources/salt.ts'
import { saltHashes } from '../../sources/secrets.ts'
import { mendSnapshot, readSnapshot, saveSnapshot, writeSnapshot } from '../../sources/snapshot-file.ts'
import { progressLine, say } from '../context.ts'
import type { Context } from '../context.ts'
import { onlyAdded, openChange } from '../basis.ts'
import type { BasisFlags } from '../basis.ts'
import type { FixFlags } from '../fix.ts'
import type { GateFlags, OutputFlags, SelectFlags } from '../flags.ts'
import { configurationOf, refuseUnknownFormats, report, selectionOf, silenceOf } from '../report.ts'
import { isTemplate, openPath, openTemplates, snapshotFolder } from '../source.ts'

export interface ScanFlags extends OutputFlags, SelectFlags, GateFlags, BasisFlags, FixFlags {
  readonly org?: boolean
  readonly role?: string
  readonly roleName?: string
  readonly readCode?: boolean
  readonly out?: string
  readonly resume?: string
  readonly ifAny?: boolean
}

/** `bartizan scan [PATH…]` */
export async function scan(this: Context, flags: ScanFlags, ...paths: string[]): Promise<void> {
  if (flags.dryRun === true && flags.fix !== true) throw new BartizanError('BZ001', '--dry-run goes with --fix')
  if (flags.fix === true && paths.length === 0) throw new BartizanError('BZ001', '--fix changes templates: name the files or folders')
  await refuseUnknownFormats(flags)
  const silence = silenceOf(flags)
  const configured = configurationOf(flags)
  const change = await openChange(this, paths, flags)
  if (change !== undefined) {
    if (flags.fix === true) throw new BartizanError('BZ001', '--fix changes templates as they are: leave out --onto and --changed-since')
    const options = { selection: selectionOf(flags), silence, ...configured }
    return report(this, onlyAdded(this, await analyse(change.before, options), await analyse(change.after, options), flags.quiet), flags)
  }
  const snapshot = paths.length === 0 ? await scanAccount(this, flags) : await openAll(paths, flags).catch((error: unknown) => {
    if (flags.ifAny === true && error instanceof BartizanError && error.code === 'BZ003') return undefined
    throw error
  })
  if (snapshot === undefined) return
  if (paths.length > 0 && flags.out !== undefined) saveSnapshot(flags.out, snapshot)
  const selection = selectionOf(flags)
  const analysis = await analyse(snapshot, { selection, silence, ...configured })
  if (flags.fix !== true) return report(this, analysis, flags)
  const { fixPaths } = await import('../fix.ts')
  const fixed = await fixPaths(this, paths, analysis, flags)
  if (flags.dryRun === true) return
  await report(this, fixed === 0 ? analysis : await analyse(await openAll(paths, flags), { selection, silence, ...configured }), flags)
}

/** One snapshot, or any number of templates and folders read together. */
const openAll = (paths: readonly string[], flags: ScanFlags): Promise<Snapshot> => {
  const snapshot = paths.find((path) => path === 'demo' || !isTemplate(path) && path.endsWith('.gz'))
  if (snapshot === undefined) return openTemplates(paths, flags)
  if (paths.length > 1) throw new BartizanError('BZ001', `${snapshot} is a snapshot and is read alone; --onto ${snapshot} says what templates add to it`)
  return openPath(snapshot)
}

/** Reads AWS into a snapshot file, and the file into memory: what is analysed is what can be analysed again. */
const scanAccount = async (context: Context, flags: ScanFlags): Promise<Snapshot> => {
  const { scanAws } = await import('../../sources/aws/scan.ts')
  saltHashes(openSalt(join(context.cwd, snapshotFolder)))
  const path = flags.resume ?? flags.out ?? join(context.cwd, snapshotFolder, `${new Date().toISOString().replaceAll(/[:.]/g, '-')}.jsonl.gz`)
  if (flags.resume !== undefined) await mendSnapshot(flags.resume)
  const before = flags.resume === undefined ? undefined : await readSnapshot(flags.resume)
  mkdirSync(dirname(path), { recursive: true })
  const progress = progressLine(context, flags)
  const writer = writeSnapshot(path, { append: before !== undefined })
  try {
    const lines = scanAws({
      emit: progress.emit,
      signal: context.signal,
      ...flags.region === undefined ? {} : { regions: flags.region },
      ...flags.role === undefined ? {} : { roleArn: flags.role },
      ...flags.org === undefined ? {} : { org: flags.org },
      ...flags.roleName === undefined ? {} : { roleName: flags.roleName },
      ...flags.readCode === undefined ? {} : { readCode: flags.readCode },
      ...before === undefined ? {} : { resume: { done: before.done } },
    })
    for await (const line of lines) writer.write(line)
  } finally {
    writer.close()
    progress.clear()
  }
  if (context.signal.aborted) throw new BartizanError('BZ013', `The scan was interrupted; go on with: bartizan scan --resume ${path}`)
  if (flags.quiet !== true) say(context, `Snapshot written to ${path}`)
  return readSnapshot(path)
}
