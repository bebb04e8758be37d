import { byText } from '../core/text.ts'
import { goalOf, isOpen, reachOf } from './path.ts'
import type { AttackPath } from './path.ts'

/** A step that many paths share. */
export interface ChokePoint {
  readonly step: string
  readonly story: string
  readonly on: string
  readonly actor?: string
  readonly actorName?: string
  /** Ids of the paths through it. */
  readonly paths: readonly string[]
}

/** The steps that most paths go through, those of at least two. */
export const chokePoints = (paths: readonly AttackPath[]): ChokePoint[] => {
  const found = new Map<string, ChokePoint>()
  for (const path of paths) {
    for (const { step, story, on, actor, actorName } of path.steps) {
      const key = `${step} ${actor ?? ''} ${on}`
      const known = found.get(key)
      found.set(key, { step, story, on, ...(actor === undefined ? {} : { actor }), ...(actorName === undefined ? {} : { actorName }), paths: [...known?.paths ?? [], path.id] })
    }
  }
  return [...found.values()].filter((point) => point.paths.length > 1).sort((a, b) => b.paths.length - a.paths.length || byText(a.step, b.step) || byText(a.on, b.on))
}

/** What an attacker at one entry point gets: its targets, the worst first, as paths are. */
export const blastRadius = (paths: readonly AttackPath[], entry: string): { readonly targets: readonly string[], readonly principals: readonly string[] } => {
  const own = paths.filter((path) => path.entry.id === entry)
  return {
    targets: [...new Set(own.map(({ target }) => target.id))],
    principals: [...new Set(own.flatMap(({ steps }) => steps.filter(({ power }) => power === 'be').map(({ on }) => on)))].sort(byText),
  }
}

/** What a change does to paths: those gone, those new. A path is the same when its entry point, target and steps are. */
export const comparePaths = (before: readonly AttackPath[], after: readonly AttackPath[]): { readonly added: readonly AttackPath[], readonly removed: readonly AttackPath[] } => {
  const [old, now] = [new Set(before.map(({ id }) => id)), new Set(after.map(({ id }) => id))]
  return { added: after.filter(({ id }) => !old.has(id)), removed: before.filter(({ id }) => !now.has(id)) }
}

/**
 * What can be reached after a change that could not be before, and from where. Who stands in a narrower place could always do what anybody
 * can: an outsider is first seen when what was open to the whole internet no longer is.
 */
export const gained = (before: readonly AttackPath[], after: readonly AttackPath[]): AttackPath[] => {
  const known = new Set(before.map(goalOf))
  const open = new Set(before.filter(({ entry }) => isOpen(entry)).map(reachOf))
  return after.filter((path) => !known.has(goalOf(path)) && (path.entry.kind === 'internet' || !open.has(reachOf(path))))
}
