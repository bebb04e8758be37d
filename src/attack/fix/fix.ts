import { byText } from '../../core/text.ts'
import type { Estate } from '../../graph/estate.ts'
import type { AttackPath } from '../path.ts'
import { attackPaths } from '../paths.ts'
import type { PathOptions } from '../paths.ts'
import { candidates, editKey } from './candidates.ts'
import { command } from './command.ts'
import { rebuilder } from './edit.ts'
import type { Edit, Rebuild } from './edit.ts'

/** Edits that were tried on a rebuilt estate: the target is out of reach, no new path appears, and what was used still works. */
export interface Fix {
  readonly edits: readonly Edit[]
  /** The AWS CLI commands that make them, in order. */
  readonly commands: readonly string[]
  /** Ids of the paths that are gone. */
  readonly removes: readonly string[]
  readonly accessLost: number
}

export interface FixOptions extends PathOptions {
  readonly rebuild?: Rebuild
  /** What CloudTrail saw: a fix must leave it allowed. */
  readonly used?: readonly { readonly principal: string, readonly action: string, readonly resource: string }[]
  /** How many candidates are tried for a path; 12 by default. */
  readonly tries?: number
}

/** The fixes of one path that hold, the best first: most paths removed for the least access lost. */
export const fixesOf = (estate: Estate, path: AttackPath, options: FixOptions): Fix[] => {
  const before = attackPaths(estate, { ...options, all: true })
  const ranked = ranking(candidates(estate, path), before, estate).slice(0, options.tries ?? 12)
  return ranked.flatMap((edit) => proved(estate, [edit], before, [path], options) ?? [])
    .sort((a, b) => b.removes.length / b.accessLost - a.removes.length / a.accessLost || a.accessLost - b.accessLost || byText(a.edits[0]!.title, b.edits[0]!.title))
}

/** A small set of edits that cuts all paths given (all paths to a target, say); undefined where no set was found. */
export const fixAll = (estate: Estate, paths: readonly AttackPath[], options: FixOptions): Fix | undefined => {
  const before = attackPaths(estate, { ...options, all: true })
  const wanted = new Set(paths.map(goal))
  const rebuild = rebuildOf(estate, options)
  let edits: readonly Edit[] = []
  let current = estate
  let left = paths
  for (let round = 0; left.length > 0 && round < 20; round++) {
    const [best] = ranking(left.flatMap((path) => candidates(current, path)), left, current)
    if (best === undefined) return undefined
    edits = merged(edits, best)
    current = rebuild(edits)
    left = attackPaths(current, { ...options, all: true }).filter((path) => wanted.has(goal(path)))
  }
  return left.length > 0 ? undefined : proved(estate, edits, before, paths, options)
}

/** A later edit of the same place was made on top of the earlier one. */
const merged = (edits: readonly Edit[], next: Edit): Edit[] => {
  const earlier = edits.find(({ resource, pointer }) => resource === next.resource && pointer === next.pointer)
  if (earlier === undefined) return [...edits, next]
  return [...edits.filter((edit) => edit !== earlier), { ...next, title: `${earlier.title}; ${next.title}`, before: earlier.before, accessLost: earlier.accessLost + next.accessLost }]
}

const goal = ({ entry, target }: AttackPath): string => `${entry.id} ${target.power} ${target.id}`

const rebuildOf = (estate: Estate, options: FixOptions): Rebuild => options.rebuild ?? rebuilder(estate, options.facts)

/** Edits by how many paths stand on what they change, for the access that they take. */
const ranking = (edits: readonly Edit[], paths: readonly AttackPath[], estate: Estate): Edit[] => {
  const cuts = new Map<string, number>()
  const byKey = new Map<string, Edit>()
  for (const path of paths) for (const key of new Set(candidates(estate, path).map(editKey))) cuts.set(key, (cuts.get(key) ?? 0) + 1)
  for (const edit of edits) byKey.set(editKey(edit), edit)
  const worth = (edit: Edit) => (cuts.get(editKey(edit)) ?? 1) / edit.accessLost
  return [...byKey.values()].sort((a, b) => worth(b) - worth(a) || byText(editKey(a), editKey(b)))
}

/** Rebuilds with the edits and solves again; undefined where they do not do it. */
const proved = (estate: Estate, edits: readonly Edit[], before: readonly AttackPath[], paths: readonly AttackPath[], options: FixOptions): Fix | undefined => {
  const after = rebuildOf(estate, options)(edits)
  const left = attackPaths(after, { ...options, all: true })
  const goals = new Set(left.map(goal))
  if (paths.some((path) => goals.has(goal(path)))) return undefined
  const known = new Set(before.map(goal))
  if (left.some((path) => !known.has(goal(path)))) return undefined
  if ((options.used ?? []).some((use) => estate.iam().verdict(use) !== 'deny' && after.iam().verdict(use) === 'deny')) return undefined
  return {
    edits,
    commands: edits.map((edit) => command(estate, edit)),
    removes: before.filter((path) => !goals.has(goal(path))).map(({ id }) => id),
    accessLost: edits.reduce((sum, edit) => sum + edit.accessLost, 0),
  }
}
