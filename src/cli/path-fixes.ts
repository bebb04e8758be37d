import { relative } from 'node:path'
import type { Edit } from '../attack/fix/edit.ts'
import type { Fix, Fixer } from '../attack/fix/fix.ts'
import type { AttackPath } from '../attack/path.ts'
import type { Patcher } from '../analysis/path-patches.ts'
import { patcherOf } from '../analysis/path-patches.ts'
import { fixerOf } from '../analysis/paths.ts'
import type { PathWishes } from '../analysis/paths.ts'
import type { Estate } from '../graph/estate.ts'
import { isTemplate, openTemplates } from './source.ts'
import { unifiedDiff } from './unified-diff.ts'

/** Fixes are tried by solving again, so those of single paths are looked for on the worst ones only; the plan is for all. */
const most = 5

/** What was found for some paths: the best fix of each of the worst, the fewest edits for all of them, and both as patches to templates. */
export interface FoundFixes {
  readonly fixes: ReadonlyMap<string, Fix>
  readonly patches: ReadonlyMap<string, string>
  readonly plan?: Fix
  readonly planPatch?: string
}

export interface FixWishes {
  readonly wishes: PathWishes
  /** CloudTrail files: what they show in use must still work. */
  readonly trail?: string
  /** What `--in` names: where it is templates, fixes come as patches to them. */
  readonly source?: string
}

export const noFixes: FoundFixes = { fixes: new Map(), patches: new Map() }

/** Looks for fixes of some paths of an estate, the worst first. Where it comes from templates, by edits that these can take; else, or where there are none, by any. */
export const findFixes = async (estate: Estate, paths: readonly AttackPath[], { wishes, trail, source }: FixWishes): Promise<FoundFixes> => {
  if (paths.length === 0) return noFixes
  const used = trail === undefined ? [] : await usesIn(trail)
  const fixer = await fixerOf(estate, wishes, used)
  const patcher = source !== undefined && isTemplate(source) ? await patcherFor(estate, wishes, source) : undefined
  const writable = patcher === undefined ? undefined : await fixerOf(estate, wishes, used, patcher.accepts)
  /** The best fix that can be written, else the best. */
  const best = async (fixesBy: (fixer: Fixer) => readonly Fix[], of: readonly AttackPath[]): Promise<{ readonly fix?: Fix | undefined, readonly patch?: string }> => {
    for (const fix of writable === undefined ? [] : fixesBy(writable)) {
      const patch = await patcher!.patch(fix, of)
      if (patch !== undefined) return { fix, patch }
    }
    return { fix: fixesBy(fixer)[0] }
  }
  const fixes = new Map<string, Fix>()
  const patches = new Map<string, string>()
  for (const path of paths.slice(0, most)) {
    const { fix, patch } = await best((by) => by.of(path), [path])
    if (fix !== undefined) fixes.set(path.id, fix)
    if (patch !== undefined) patches.set(path.id, patch)
  }
  const { fix: plan, patch: planPatch } = await best((by) => [by.all(paths)].flatMap((fix) => fix ?? []), paths)
  return { fixes, patches, ...plan === undefined ? {} : { plan }, ...planPatch === undefined ? {} : { planPatch } }
}

interface PatchWriter {
  accepts(edit: Edit): boolean
  /** A unified diff. */
  patch(fix: Fix, paths: readonly AttackPath[]): Promise<string | undefined>
}

const patcherFor = async (estate: Estate, wishes: PathWishes, source: string): Promise<PatchWriter> => {
  const { readText } = await import('../sources/files.ts')
  const patcher: Patcher = await patcherOf(estate, wishes, readText, (texts) => openTemplates([source], {}, texts))
  return {
    accepts: patcher.accepts,
    async patch(fix, paths) {
      const texts = await patcher.patch(fix, paths)
      return texts === undefined ? undefined : [...texts].map(([file, text]) => unifiedDiff(relative(process.cwd(), file), readText(file), text)).join('')
    },
  }
}

const usesIn = async (trail: string) =>
  (await (await import('../analysis/activity.ts')).activityOf(trail)).map(({ resource = '*', ...use }) => ({ ...use, resource }))
