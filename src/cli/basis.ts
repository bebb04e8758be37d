import { existsSync } from 'node:fs'
import { addedBy } from '../analysis/added.ts'
import type { Analysis } from '../analysis/analysis.ts'
import { BartizanError } from '../core/errors.ts'
import { count } from '../core/text.ts'
import type { Snapshot } from '../model/snapshot.ts'
import { snapshotSchema, tableOf } from '../model/snapshot.ts'
import { deployedOnto } from '../sources/onto.ts'
import { readSnapshot } from '../sources/snapshot-file.ts'
import { say } from './context.ts'
import type { Context } from './context.ts'
import { openRevision } from './revision.ts'
import { openTemplates } from './source.ts'
import type { TemplateFlags } from './source.ts'

/** What templates are compared with: an account that they are deployed to, an earlier revision of theirs, or both. */
export interface BasisFlags extends TemplateFlags {
  readonly onto?: string
  readonly changedSince?: string
}

/** The estates before and after a change. */
export interface Change { readonly before: Snapshot, readonly after: Snapshot }

/** Reads the templates, and what they are compared with; undefined where the flags name nothing. */
export const openChange = async (context: Context, paths: readonly string[], flags: BasisFlags): Promise<Change | undefined> => {
  const { onto, changedSince } = flags
  if (onto === undefined && changedSince === undefined) return undefined
  if (paths.length === 0) throw new BartizanError('BZ001', `${onto === undefined ? '--changed-since' : '--onto'} goes with templates: name the files or folders`)
  const live = onto === undefined ? undefined : await readSnapshot(onto)
  const placed = live === undefined ? flags : { ...placeOf(live), ...flags }
  const deployed = (templates: Snapshot): Snapshot => (live === undefined ? templates : deployedOnto(live, templates))
  const after = deployed(await openTemplates(paths, placed))
  return { after, before: changedSince === undefined ? live! : deployed(await openAt(context, changedSince, paths, placed)) }
}

/** An account of a snapshot that covers only one, and its region, are where templates go unless the flags say otherwise. */
const placeOf = ({ header: { accounts, regions } }: Snapshot): TemplateFlags => {
  const [account, ...others] = accounts
  const [region, ...more] = regions.filter((name) => name !== 'global')
  return { ...account === undefined || others.length > 0 ? {} : { intoAccount: account.id }, ...region === undefined || more.length > 0 ? {} : { intoRegion: region } }
}

const openAt = async (context: Context, ref: string, paths: readonly string[], flags: TemplateFlags): Promise<Snapshot> => {
  const revision = openRevision(context.cwd, ref, paths)
  try {
    const there = revision.paths.filter((path) => existsSync(path))
    if (there.length === 0) return nothing
    return await openTemplates(there, flags, undefined, revision.from)
  } catch (error) {
    // The change may be what first brings templates here.
    if (error instanceof BartizanError && error.code === 'BZ003') return nothing
    throw error
  } finally {
    revision.dispose()
  }
}

const nothing: Snapshot = {
  header: { schema: snapshotSchema, takenAt: '1970-01-01T00:00:00Z', tool: 'bartizan', source: 'cloudformation', origin: 'nothing', accounts: [], regions: [] }, resources: tableOf([]), gaps: [], done: [],
}

/** Leaves what the change adds, and says on standard error what else it does. */
export const onlyAdded = (context: Context, before: Analysis, after: Analysis, quiet = false): Analysis => {
  const { analysis, counts } = addedBy(before, after)
  const { resources: [added, changed, removed], findings, paths } = counts
  if (!quiet) {
    say(context, `The change adds ${count(added, 'resource')}, changes ${changed} and removes ${removed}; it adds ${count(findings[0], 'finding')} and takes ${findings[1]} away; it opens ${count(paths[0], 'attack path')} and closes ${paths[1]}`)
  }
  return analysis
}
