import type { ActionEntry } from './actions.ts'
import { candidates, type Program } from './program.ts'
import type { Statement } from './statement.ts'
import type { Subject } from './subject.ts'

/** What of a principal's own side can concern an action: found once for both, because the same are asked again and again. */
export interface Plan {
  /** Of identity policies, boundary and SCPs. */
  readonly deny: readonly Statement[]
  /** Absent when there are no identity policies to ask. */
  readonly identity: readonly Statement[] | undefined
  readonly boundary: readonly Statement[] | undefined
  /** What each level of SCPs may allow by; levels that allow everything are left out. */
  readonly scps: readonly (readonly Statement[])[]
}

const none: readonly Program[] = []

/** The SCPs that bind a principal: not those of the management account, nor service-linked roles. */
export const scpsOf = ({ home, serviceLinked }: Subject): readonly Program[] => (home === undefined || home.management || serviceLinked ? none : home.scps)

export const planOf = (subject: Subject, action: ActionEntry): Plan => {
  const known = subject.plans.get(action.id)
  if (known !== undefined) return known
  const { entry } = subject
  const levels = scpsOf(subject).map((level) => candidates(level, action))
  const identity = subject.trusted === true || entry === undefined ? undefined : candidates(entry.identity, action)
  const boundary = entry?.boundary === undefined ? undefined : candidates(entry.boundary, action)
  const plan: Plan = {
    deny: [...identity?.deny ?? [], ...boundary?.deny ?? [], ...levels.flatMap(({ deny }) => deny)],
    identity: identity?.allow, boundary: boundary?.allow,
    scps: levels.map(({ allow }) => allow).filter((allow) => !allow.some(isUnconditional)),
  }
  subject.plans.set(action.id, plan)
  return plan
}

/** Whether a statement that concerns the action applies whatever the request. */
const isUnconditional = ({ atoms, gap, actionGap, resources, principals, parsed }: Statement): boolean =>
  atoms.length === 0 && gap === undefined && actionGap === undefined && principals === undefined && !parsed.notResource
  && resources?.some(({ kind }) => kind === 'all') === true
