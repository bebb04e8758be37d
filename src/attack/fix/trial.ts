import type { Estate } from '../../graph/estate.ts'
import type { AttackPath } from '../path.ts'
import { attackPaths } from '../paths.ts'
import type { PathOptions } from '../paths.ts'
import { draftsOf } from './change.ts'
import type { Change, Ground } from './change.ts'
import { rebuilder } from './edit.ts'
import type { Edit, Rebuild } from './edit.ts'

/** Something that was done, as CloudTrail saw it; a resource that it does not name is `*`. */
export interface Use { readonly principal: string, readonly action: string, readonly resource: string }

/** What becomes of an estate with some changes made. */
export interface Trial extends Ground {
  readonly edits: readonly Edit[]
  /** The paths that are left: to some targets (by id), or to all. */
  left(to?: readonly string[]): readonly AttackPath[]
}

/** Tries changes on an estate; what was tried before is not tried again. */
export interface Trials {
  readonly base: Trial
  run(changes: readonly Change[]): Trial
}

export const makeTrials = (estate: Estate, options: PathOptions & { readonly rebuild?: Rebuild }): Trials => {
  const rebuild = options.rebuild ?? rebuilder(estate, options.facts)
  const known = new Map<string, Trial>()
  const trial = (changes: readonly Change[]): Trial => {
    const drafts = draftsOf(estate, changes)
    const kept = new Map(drafts.map(({ edit: { resource, pointer }, kept: numbers }) => [`${resource} ${pointer}`, numbers]))
    const edits = drafts.map(({ edit }) => edit)
    const changed = edits.length === 0 ? estate : rebuild(edits)
    const solved = new Map<string, readonly AttackPath[]>()
    return {
      estate: changed, facts: options.facts, edits,
      original: (resource, pointer, index) => kept.get(`${resource} ${pointer}`)?.[index] ?? index,
      left(to) {
        const key = to?.join() ?? ''
        const paths = solved.get(key) ?? attackPaths(changed, { ...options, alternatives: 1, all: true, limit: Infinity, ...(to === undefined ? {} : { to }) })
        solved.set(key, paths)
        return paths
      },
    }
  }
  return {
    base: trial([]),
    run(changes) {
      const key = changes.map((change) => change.key).sort().join('\n')
      const found = known.get(key) ?? trial(changes)
      known.set(key, found)
      return found
    },
  }
}
