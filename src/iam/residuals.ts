import { listed } from '../core/text.ts'
import type { Estate } from './estate.ts'
import { evaluate } from './evaluate.ts'
import type { Frame, Key } from './frame.ts'
import type { ContextValue, Residual } from './model.ts'
import { holds, shownValues, type Atom } from './operators.ts'
import { appliesTo } from './program.ts'
import { relevant } from './samples.ts'
import { decider, type Solution } from './search.ts'
import { MAYBE, YES } from './tri.ts'

/** What the caller chooses, and, for a conditional answer, what else must hold, in words. */
export const residuals = (estate: Estate, frame: Frame, solution: Solution, pattern: boolean): Residual[] => {
  const found: Residual[] = []
  if (pattern && frame.resource !== frame.request.resource) {
    found.push({ kind: 'caller', key: 'resource', values: [frame.resource], text: `the resource is, for example, ${frame.resource}` })
  }
  for (const [key, value] of solution.chosen) if (decider(key, frame) === 'caller') found.push(choice(key, value))
  if (solution.result === YES) return found
  const mine = [...solution.chosen].filter(([key]) => decider(key, frame) === 'caller')
  frame.overlay = mine.length === 0 ? undefined : new Map(mine)
  frame.gaps = new Set()
  evaluate(estate, frame)
  for (const statement of relevant(estate, frame)) {
    if (appliesTo(statement, frame) !== MAYBE) continue
    for (const atom of statement.atoms) if (atom.source.gap === undefined && holds(atom, frame) === MAYBE) found.push(requirement(frame, atom, statement.deny && !statement.allow))
  }
  for (const text of frame.gaps) found.push({ kind: 'gap', key: text, text })
  frame.gaps = undefined
  frame.overlay = undefined
  if (solution.cut) found.push({ kind: 'unknown', key: 'search', text: 'the conditions of the policies are too many to be tried out' })
  const seen = new Set<string>()
  return found.filter(({ text }) => !seen.has(text) && seen.add(text))
}

const choice = (key: Key, value: ContextValue | null): Residual => ({
  kind: 'caller', key: key.shown, ...(value !== null && { values: typeof value === 'string' ? [value] : value }),
  text: value === null ? `the request leaves ${key.shown} out` : `the request has ${key.shown} = ${typeof value === 'string' ? value : value.join(', ')}`,
})

/** What a condition asks for, or, of a Deny, what keeps it from applying. */
const requirement = (frame: Frame, atom: Atom, against: boolean): Residual => {
  const values = shownValues(atom)
  return { kind: decider(atom.key, frame), key: atom.key.shown, operator: atom.source.operator, values, text: inWords(atom, against, values) }
}

const verbs: Readonly<Record<Atom['source']['comparison'], readonly [string, string]>> = {
  StringEquals: ['is', 'is not'], StringEqualsIgnoreCase: ['is, in any case,', 'is not, in any case,'], StringLike: ['is like', 'is not like'],
  NumericEquals: ['is', 'is not'], NumericLessThan: ['is less than', 'is not less than'], NumericLessThanEquals: ['is at most', 'is more than'],
  NumericGreaterThan: ['is more than', 'is not more than'], NumericGreaterThanEquals: ['is at least', 'is less than'],
  DateEquals: ['is', 'is not'], DateLessThan: ['is before', 'is not before'], DateLessThanEquals: ['is at the latest', 'is after'],
  DateGreaterThan: ['is after', 'is not after'], DateGreaterThanEquals: ['is at the earliest', 'is before'], Bool: ['is', 'is not'],
  BinaryEquals: ['is', 'is not'], IpAddress: ['is in', 'is not in'], ArnLike: ['is like', 'is not like'], Null: ['is absent:', 'is not absent:'],
}

/** `aws:SourceIp is in 10.0.0.0/8`; says when a missing key counts too. */
const inWords = ({ key, source }: Atom, against: boolean, values: readonly string[]): string => {
  if (source.comparison === 'Null') return `${key.shown} ${values.includes('true') === against ? 'is present' : 'is absent'}`
  const [yes, no] = verbs[source.comparison]
  const subject = source.set === 'one' ? key.shown : `${(source.set === 'all') === against ? 'some value' : 'each value'} of ${key.shown}`
  const missingHolds = source.set === 'all' || source.ifExists || (source.negated && source.set === 'one')
  const absence = key.always || missingHolds === against ? '' : ', or is absent'
  return `${subject} ${source.negated === against ? yes : no} ${listed(values, 'or')}${absence}`
}
