import { byText } from '../../core/text.ts'
import type { Estate } from '../../graph/estate.ts'
import { gained } from '../compare.ts'
import { goalOf, isOpen, reachOf } from '../path.ts'
import type { AttackPath } from '../path.ts'
import type { PathOptions } from '../paths.ts'
import { candidates } from './candidates.ts'
import { draftsOf } from './change.ts'
import type { Change } from './change.ts'
import { commandsOf } from './command.ts'
import { smallestCover } from './cover.ts'
import type { Edit, Rebuild } from './edit.ts'
import { makeTrials } from './trial.ts'
import type { Trial, Use } from './trial.ts'

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
  readonly used?: readonly Use[]
  /** How many sets of changes are tried for a path; 24 by default. */
  readonly tries?: number
  /** Whether an edit can be made where the estate comes from; by default every edit can. */
  readonly accepts?: (edit: Edit) => boolean
}

/** Finds fixes for the paths of one estate; what is tried for one path is known for the next. */
export interface Fixer {
  /** The smallest fixes of one path, the best first: most paths removed for the least access lost. */
  of(path: AttackPath): Fix[]
  /**
   * The smallest fix of all paths given, those left out that nothing cuts; undefined where nothing cuts any. Where anybody reaches a target,
   * those are meant as well who do so from a narrower entry point.
   */
  all(paths: readonly AttackPath[]): Fix | undefined
}

/** How many fixes of the same size are compared. */
const compared = 4

export const makeFixer = (estate: Estate, options: FixOptions): Fixer => {
  const trials = makeTrials(estate, options)
  const changes = new Map<string, Change>()
  const hits = new Map<string, number>()
  const accepted = new Map<string, boolean>()
  const isAccepted = (change: Change): boolean => {
    const found = accepted.get(change.key) ?? options.accepts?.(draftsOf(estate, [change])[0]!.edit) ?? true
    accepted.set(change.key, found)
    return found
  }
  const learn = (trial: Trial, path: AttackPath): string[] => candidates(trial, path).filter(isAccepted).map((change) => {
    changes.set(change.key, change)
    return change.key
  })
  let weighed = false
  /** Access lost for each path that stands on what changes. */
  const weight = (key: string): number => {
    if (!weighed) for (const path of trials.base.left().slice(0, 200)) for (const one of learn(trials.base, path)) hits.set(one, (hits.get(one) ?? 0) + 1)
    weighed = true
    return changes.get(key)!.accessLost / (hits.get(key) ?? 1)
  }

  /** Cuts proofs until the goals are out of reach: each proof that is left teaches the next set what it must meet as well. */
  const search = (paths: readonly AttackPath[], isWanted: (path: AttackPath) => boolean, tries: number, most: number): Fix[] => {
    const givenUp = new Set<string>()
    const proofs = new Map<string, readonly string[]>()
    const banned: ReadonlySet<string>[] = []
    const found: Fix[] = []
    const meet = (path: AttackPath, list: readonly string[]): void => {
      if (list.length === 0) givenUp.add(goalOf(path))
      else proofs.set(list.join('\n'), list)
    }
    for (const path of paths) meet(path, learn(trials.base, path))
    for (let left = tries; left > 0 && proofs.size > 0; left--) {
      const keys = smallestCover([...proofs.values()], weight, banned)
      if (keys === undefined || found.length > 0 && keys.length > found[0]!.edits.length) break
      const trial = trials.run(keys.map((key) => changes.get(key)!))
      const remaining = trial.left([...new Set(paths.map(({ target }) => target.id))]).filter((path) => isWanted(path) && !givenUp.has(goalOf(path)))
      for (const path of remaining) meet(path, learn(trial, path).filter((key) => !keys.includes(key)))
      if (paths.every((path) => givenUp.has(goalOf(path)))) break
      if (remaining.length > 0) continue
      const fix = proved(trial, keys, paths)
      banned.push(new Set(keys))
      if (fix !== undefined) found.push(fix)
      if (found.length >= most) break
    }
    return found.sort((a, b) => worth(b) - worth(a) || a.accessLost - b.accessLost || byText(titles(a), titles(b)))
  }

  /** Whether nothing new has come and what was used still works; the fix, if so. */
  const proved = (trial: Trial, keys: readonly string[], paths: readonly AttackPath[]): Fix | undefined => {
    const before = trials.base.left()
    const after = new Set(trial.left().map(goalOf))
    if (gained(before, trial.left()).length > 0) return undefined
    if (breaksUse(estate, trial, keys.map((key) => changes.get(key)!), paths, options.used ?? [])) return undefined
    return {
      edits: trial.edits,
      commands: commandsOf(estate, trial.edits),
      removes: before.filter((path) => !after.has(goalOf(path))).map(({ id }) => id),
      accessLost: trial.edits.reduce((sum, { accessLost }) => sum + accessLost, 0),
    }
  }

  return {
    of: (path) => search([path], (other) => goalOf(other) === goalOf(path), options.tries ?? 24, compared),
    all(paths) {
      const wanted = new Set(paths.map(goalOf))
      const open = new Set(paths.filter(({ entry }) => isOpen(entry)).map(reachOf))
      const isWanted = (path: AttackPath) => wanted.has(goalOf(path)) || open.has(reachOf(path))
      const every = trials.base.left().filter(isWanted)
      return search(every, isWanted, (options.tries ?? 24) + 4 * every.length, 1)[0]
    },
  }
}

const worth = ({ removes, accessLost }: Fix): number => removes.length / accessLost
const titles = ({ edits }: Fix): string => edits.map(({ title }) => title).join('; ')

/** Whether something that was seen in use no longer works. A use of a resource that is not known may have been of any that the paths need. */
const breaksUse = (before: Estate, after: Trial, changes: readonly Change[], paths: readonly AttackPath[], used: readonly Use[]): boolean => {
  const stopped = new Set(changes.flatMap(({ stops }) => stops ?? []))
  if (used.some(({ principal }) => stopped.has(principal))) return true
  const needed = paths.flatMap(({ steps }) => steps).flatMap(({ permissions }) => permissions)
  const asked = used.flatMap((use) => (use.resource === '*' ? [use, ...needed.filter(({ action }) => action === use.action).map(({ resource }) => ({ ...use, resource }))] : [use]))
  return asked.some((use) => before.iam().verdict(use) !== 'deny' && after.estate.iam().verdict(use) === 'deny')
}
