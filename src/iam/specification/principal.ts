import { isUnknown, type Unknown } from '../../core/unknown.ts'
import type { Caller } from './caller.ts'
import type { Context } from './context.ts'
import type { Entry } from './principal-grammar.ts'
import { perhaps } from './world.ts'

/** The name by which a policy reaches a caller: it decides which other policies limit what is given (…_evaluation-logic). */
export type Way = 'attached' | 'anyone' | 'account' | 'role' | 'user' | 'session' | 'service' | 'provider' | 'canonical'

/** Each way in which entries of a Principal element name the caller (reference_policies_elements_principal). */
export const waysOf = (entries: readonly (Entry | Unknown)[], context: Context, where: string): ReadonlySet<Way> => {
  const sure = entries.flatMap((entry) => isUnknown(entry) ? [] : wayOf(entry, context) ?? [])
  const more = entries.some(isUnknown) && perhaps(context.world, `${where} principal`)
  return new Set(more ? [...sure, 'anyone'] : sure)
}

const wayOf = (entry: Entry, context: Context): Way | undefined => {
  const { caller } = context
  if (entry.text === '*' && entry.type === 'AWS') return 'anyone'
  if (entry.type === 'Service') return caller.kind === 'service' && entry.text === caller.name ? 'service' : undefined
  if (entry.type === 'Federated') return caller.kind === 'provider' && entry.text === caller.name ? 'provider' : undefined
  if (entry.type === 'CanonicalUser') return caller.kind === 'canonical' && entry.text === caller.name ? 'canonical' : undefined
  if (isAccount(entry.text, caller)) return 'account'
  // The unique id stands for the user or role while it exists; that of a deleted one matches nobody.
  if (entry.text === caller.userOrRole || (caller.entity?.id !== undefined && entry.text === caller.entity.id)) {
    return caller.userOrRole?.includes(':role/') === true ? 'role' : 'user'
  }
  return isSession(entry.text, context) ? 'session' : undefined
}

/** "The account ARN and the shortened account ID behave the same way": everybody of the account, the root user included. */
const isAccount = (text: string, { account, partition }: Caller): boolean =>
  account !== undefined && (text === account || text === `arn:${partition}:iam::${account}:root`)

/** A role whose session is not known yet may turn out to be the session that is named. */
const isSession = (text: string, { caller, sessionName }: Context): boolean => {
  if (caller.kind === 'session' || caller.kind === 'federated-user') return text === caller.arn
  if (caller.kind !== 'role' || !text.startsWith(sessionPrefix(caller))) return false
  return text === sessionPrefix(caller) + sessionName()
}

/** The ARN of a role's sessions up to the session's name; the role's path is not part of it. */
export const sessionPrefix = ({ partition, account, arn }: Caller): string =>
  `arn:${partition}:sts::${account}:assumed-role/${arn.slice(arn.lastIndexOf('/') + 1)}/`

/**
 * Whether NotPrincipal spares the caller (reference_policies_elements_notprincipal). "You must also specify the account ARN";
 * AWS "might first check the account, then the role, and finally the assumed-role user": each must be named.
 * "The NotPrincipal element with a Deny effect will always deny any IAM principal that has a permissions boundary attached."
 */
export const isExcepted = (entries: readonly (Entry | Unknown)[], context: Context, where: string): boolean => {
  const { caller } = context
  if (caller.entity?.boundary !== undefined) return false
  const ways = waysOf(entries, context, where)
  if (ways.has('anyone')) return true
  const needed: Readonly<Record<Caller['kind'], readonly Way[]>> = {
    root: ['account'], user: ['user', 'account'], role: ['role', 'session', 'account'], session: ['role', 'session', 'account'],
    'federated-user': ['session', 'account'], service: ['service'], provider: ['provider'], canonical: ['canonical'], anonymous: ['anyone'],
  }
  return needed[caller.kind].every((way) => ways.has(way))
}
