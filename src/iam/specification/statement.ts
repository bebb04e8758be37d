import { isUnknown, type Unknown } from '../../core/unknown.ts'
import { holdsAll } from './conditions.ts'
import type { Context } from './context.ts'
import type { Patterns, Policy, Statement } from './grammar.ts'
import { like, lettersOf, matches, resourceLike } from './pattern.ts'
import { isExcepted, waysOf, type Way } from './principal.ts'
import { resolveArn } from './variables.ts'
import { outcome, perhaps } from './world.ts'

/** What a policy says of a request: whether it denies explicitly, and by which names of the caller it allows. */
export interface Saying { readonly deny: boolean, readonly ways: ReadonlySet<Way> }

const nothing: Saying = { deny: false, ways: new Set() }

/** An explicit deny in any statement wins; else each statement that allows adds the way in which it names the caller. */
export const evaluate = (policy: Policy, context: Context): Saying => {
  const sayings = policy.statements.map((statement, index) =>
    isUnknown(statement) ? unreadable(`${policy.id}/Statement/${index}`, context) : say(statement, policy, context))
  return { deny: sayings.some(({ deny }) => deny), ways: new Set(sayings.flatMap(({ ways }) => [...ways])) }
}

/** A statement, or a policy, that could not be read may say anything. */
export const unreadable = (name: string, { world }: Context): Saying => {
  const turnsOut = outcome(world, name, ['allows', 'denies', 'says nothing'])
  return { deny: turnsOut === 'denies', ways: new Set(turnsOut === 'allows' ? ['anyone'] : []) }
}

const say = (statement: Statement, policy: Policy, context: Context): Saying => {
  const place = { context, policy: policy.id, versioned: policy.versioned }
  const where = `${policy.id}${statement.pointer}`
  if (!coversAction(statement.actions, context, where)) return nothing
  if (!coversResource(statement.resources, policy, context, where)) return nothing
  const ways = waysInto(statement, context, where)
  if (ways.size === 0 || !holdsAll(statement.tests, place)) return nothing
  if (isUnknown(statement.effect)) return perhaps(context.world, `${where} allows`) ? { deny: false, ways } : { deny: true, ways: new Set() }
  return statement.effect === 'Deny' ? { deny: true, ways: new Set() } : { deny: false, ways }
}

/** "The prefix and the action name are case insensitive" (reference_policies_elements_action); NotAction matches all else. */
const coversAction = ({ not, patterns }: Patterns, context: Context, where: string): boolean =>
  isOneOf(patterns, (pattern) => matches(like(lettersOf(pattern), true), context.action), context, `${where} action`) !== not

/**
 * Resource names compare case-sensitively (reference_policies_elements_resource); NotResource matches all else. A variable
 * without a value "won't match any resource". A statement without the element is about the resource it is attached to.
 */
const coversResource = (resources: Patterns | undefined, policy: Policy, context: Context, where: string): boolean => {
  if (resources === undefined) return true
  const fits = (pattern: string): boolean => {
    const letters = resolveArn(pattern, policy.versioned, context.single)
    return letters !== undefined && matches(resourceLike(letters), context.resource)
  }
  return isOneOf(resources.patterns, fits, context, `${where} resource`) !== resources.not
}

const isOneOf = (
  patterns: readonly (string | Unknown)[], fits: (pattern: string) => boolean, { world }: Context, where: string,
): boolean => patterns.some((pattern) => typeof pattern === 'string' && fits(pattern)) || (patterns.some(isUnknown) && perhaps(world, where))

/** How the statement names the caller; a policy attached to the caller names it without saying so. */
const waysInto = ({ principals }: Statement, context: Context, where: string): ReadonlySet<Way> => {
  if (principals === undefined) return new Set(['attached'])
  if (principals.not) return isExcepted(principals.entries, context, where) ? new Set() : new Set(['anyone'])
  return waysOf(principals.entries, context, where)
}
