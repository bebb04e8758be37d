import { journaled, settle } from '../core/unknown.ts'
import type { Settled } from '../core/unknown.ts'
import type { EstateView } from '../graph/view.ts'
import type { Verdict } from '../model/finding.ts'
import type { Check } from './check.ts'
import { guarded, leaves } from './read.ts'
import type { Read } from './read.ts'

/** What a check says of one resource; `reads` are the places that a fail stands on. */
export interface Judgement {
  readonly verdict: Verdict
  /** Why it is unknown. */
  readonly reason?: string
  readonly reads: readonly Read[]
}

/** A resource's properties as a check gets them, and whether anything in them is unknown. */
export interface Subject {
  readonly properties: object
  readonly partial?: string
  /** True when a value inside is unknown: only then is a Proxy needed to decide. */
  readonly holdsUnknown: boolean
}

const notApplicable: Judgement = { verdict: 'not-applicable', reads: [] }
const passed: Judgement = { verdict: 'pass', reads: [] }

/** Decides one check for one resource: bare where all is known, and once more, watched, where it fails. */
export const judge = (check: Check, subject: Subject, estate: EstateView): Judgement => {
  const { properties, partial } = subject
  const careful = subject.holdsUnknown || partial !== undefined
  const answer = ask(check, careful ? guarded(properties, partial) : properties, estate)
  if (answer === 'skip') return notApplicable
  if (answer.truth === 'unknown') return { verdict: 'unknown', reason: answer.reason, reads: [] }
  return answer.truth ? passed : { verdict: 'fail', reads: watch(check, subject, estate) }
}

const ask = (check: Check, properties: object, estate: EstateView): Settled | 'skip' => {
  if (check.when !== undefined) {
    const applies = settle(() => check.when!(properties as never, estate))
    if (applies.truth === false) return 'skip'
    if (applies.truth === 'unknown') {
      const required = settle(() => check.requires(properties as never, estate))
      return required.truth === true ? required : applies
    }
  }
  return settle(() => check.requires(properties as never, estate))
}

/** What the requirement read; where that is nothing of the resource itself, what made the check apply. */
const watch = ({ when, requires }: Check, { properties, partial }: Subject, estate: EstateView): Read[] => {
  const readsOf = (decide: NonNullable<Check['when']>): Read[] => {
    const reads: Read[] = []
    const seen = guarded(properties, partial, (read) => reads.push(read))
    journaled(reads, () => settle(() => decide(seen as never, estate)))
    return leaves(reads)
  }
  const required = readsOf(requires)
  return required.length > 0 || when === undefined ? required : readsOf(when)
}
