import { compileActions, hasAction, type ActionEntry, type ActionSet } from './actions.ts'
import { note, type Frame, type KeyTable } from './frame.ts'
import type { PolicyInput, StatementRef } from './model.ts'
import { compileAtom, holds, type Atom } from './operators.ts'
import type { ParsedPolicy, ParsedStatement } from './parse.ts'
import { BY_ANYONE, BY_SOME_SESSION, compilePrincipal, matchPrincipal, spares, type PrincipalMatcher } from './principals.ts'
import { compileResource, matchResource, type ResourcePattern } from './resources.ts'
import { MAYBE, NO, YES, not3, type Tri } from './tri.ts'

/** A statement made ready. Its parts are shared with all statements that say the same. */
export interface Statement {
  readonly policy: PolicyInput
  readonly parsed: ParsedStatement
  readonly allow: boolean
  readonly deny: boolean
  readonly actions: ActionSet
  readonly actionGap: string | undefined
  readonly resources: readonly ResourcePattern[] | undefined
  readonly principals: PrincipalMatcher | undefined
  readonly atoms: readonly Atom[]
  /** Reasons for which it may apply or not: an unknown effect or condition. */
  readonly gap: string | undefined
}

/** Shared parts of one compilation, by what they say. */
export interface Interner {
  readonly keys: KeyTable
  readonly actions: Map<string, ActionSet>
  readonly resources: Map<string, ResourcePattern>
  readonly conditions: Map<string, readonly Atom[]>
  readonly principals: Map<string, PrincipalMatcher>
}

export const newInterner = (many: ReadonlySet<string>): Interner =>
  ({ keys: { byName: new Map(), many }, actions: new Map(), resources: new Map(), conditions: new Map(), principals: new Map() })

const shared = <T>(map: Map<string, T>, key: string, make: () => T): T => {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}

/** The statements of a policy; a policy that could not be read is one statement that may allow and may deny anything. */
export const compileStatements = (policy: PolicyInput, parsed: ParsedPolicy, withPrincipals: boolean, interner: Interner): Statement[] => {
  if (parsed.gap !== undefined) return [wholeGap(policy, parsed.gap, withPrincipals)]
  return parsed.statements.map((statement) => {
    const { effect, gaps } = statement
    const variables = parsed.variables
    return {
      policy, parsed: statement, allow: effect !== 'Deny', deny: effect !== 'Allow',
      actions: shared(interner.actions, `${statement.notAction ? '!' : ''}${statement.actions.join(' ')}`, () => compileActions(statement.actions, statement.notAction)),
      actionGap: gaps.action,
      resources: statement.resources?.map((text) => shared(interner.resources, `${variables ? 'v' : ''}${text}`, () => compileResource(text, variables, interner.keys))),
      principals: statement.principals && shared(interner.principals, JSON.stringify(statement.principals), () => compilePrincipal(statement.principals!)),
      atoms: statement.conditions.length === 0 ? [] : shared(interner.conditions, `${variables ? 'v' : ''}${JSON.stringify(statement.conditions)}`, () =>
        statement.conditions.map((condition) => compileAtom(condition, variables, interner.keys))),
      gap: gaps.effect ?? gaps.condition,
    }
  })
}

const wholeGap = (policy: PolicyInput, gap: string, withPrincipals: boolean): Statement => ({
  policy, allow: true, deny: true, actions: compileActions(['*'], false), actionGap: undefined, resources: undefined, atoms: [], gap,
  principals: withPrincipals ? compilePrincipal({ wild: true, accounts: [], arns: [], ids: [], services: [], providers: [], canonicals: [] }) : undefined,
  parsed: { index: 0, pointer: '', effect: 'unknown', actions: [], notAction: false, notResource: false, notPrincipal: false, conditions: [], gaps: {} },
})

export const refOf = ({ policy, parsed }: Statement): StatementRef => ({
  policy: policy.id, name: policy.name ?? policy.id, index: parsed.index, ...(parsed.sid !== undefined && { sid: parsed.sid }),
  pointer: parsed.pointer, ...(policy.location && { location: policy.location }),
})

/** Whether the statement can concern an action at all. */
export const concerns = (statement: Statement, action: ActionEntry): boolean => hasAction(statement.actions, action) || statement.actionGap !== undefined

/** Whether it matches in all but the principal. */
export const applies = (statement: Statement, frame: Frame): Tri => {
  let result: Tri = statement.actionGap === undefined ? YES : byAction(statement, frame)
  if (result === NO) return NO
  if (statement.resources !== undefined) {
    const resource = matchResources(statement.resources, statement, frame)
    if (resource === NO) return NO
    if (resource === MAYBE) result = MAYBE
  }
  const { atoms } = statement
  for (let i = 0; i < atoms.length; i++) {
    const one = holds(atoms[i]!, frame)
    if (one === NO) return NO
    if (one === MAYBE) result = MAYBE
  }
  if (statement.gap !== undefined) {
    note(frame, `${shownName(statement)}: ${statement.gap}`)
    result = MAYBE
  }
  return result
}

/** Of a list of actions that is known in part. A part of a NotAction that is not known can only take from what it covers. */
const byAction = (statement: Statement, frame: Frame): Tri => {
  const has = hasAction(statement.actions, frame.action)
  if (has && !statement.actions.not) return YES
  if (!has && statement.actions.not) return NO
  note(frame, `${shownName(statement)}: ${statement.actionGap}`)
  return MAYBE
}

const matchResources = (resources: readonly ResourcePattern[], statement: Statement, frame: Frame): Tri => {
  const { parsed } = statement
  let any: Tri = NO
  for (let i = 0; i < resources.length; i++) {
    const one = matchResource(resources[i]!, frame)
    if (one === YES) {
      any = YES
      break
    }
    if (one === MAYBE) any = MAYBE
  }
  if (any !== YES && parsed.gaps.resource !== undefined) {
    note(frame, `a resource of ${shownName(statement)}: ${parsed.gaps.resource}`)
    any = MAYBE
  }
  return parsed.notResource ? not3(any) : any
}

const shownName = ({ policy }: Statement): string => `policy ${policy.name ?? policy.id}`

/** Bits of `principals.ts` fit below this; what is not certain stands above it. */
export const UNSURE = 1024

/** How the statement names the principal: sure bits, and those that are not certain times `UNSURE`. */
export const namedAs = (statement: Statement, frame: Frame): number => {
  const { principals, parsed } = statement
  if (principals === undefined) return BY_ANYONE
  const gap = parsed.gaps.principal
  if (parsed.notPrincipal) {
    frame.personal = true
    if (spares(principals, frame.subject)) return 0
    return gap === undefined ? BY_ANYONE : BY_ANYONE * UNSURE
  }
  const how = matchPrincipal(principals, frame.subject)
  let unsure = how & BY_SOME_SESSION
  if (unsure !== 0) note(frame, 'the session must have the name that the policy names')
  if (gap !== undefined) {
    note(frame, `a principal of ${shownName(statement)}: ${gap}`)
    unsure = BY_SOME_SESSION - 1
  }
  return (how & ~BY_SOME_SESSION) + unsure * UNSURE
}
