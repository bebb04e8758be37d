import type { ParsedPrincipal } from './parse-principal.ts'
import type { Subject } from './subject.ts'

/** How a Principal element matched, as bits: the rules differ by it. */
export const BY_SESSION = 1
export const BY_USER = 2
export const BY_ROLE = 4
export const BY_ANYONE = 8
export const BY_ACCOUNT = 16
export const BY_SERVICE = 32
export const BY_PROVIDER = 64
export const BY_CANONICAL = 128
/** Matches only when the session has the name that the policy names. */
export const BY_SOME_SESSION = 256

/** A Principal element made ready. */
export interface PrincipalMatcher {
  readonly parsed: ParsedPrincipal
  readonly names: ReadonlySet<string>
}

export const compilePrincipal = (parsed: ParsedPrincipal): PrincipalMatcher => ({
  parsed, names: new Set([...parsed.accounts, ...parsed.arns, ...parsed.services, ...parsed.providers, ...parsed.canonicals.map((id) => `canonical:${id}`)]),
})

/** How a principal is named by a Principal element; 0 when it is not. */
export const matchPrincipal = ({ parsed, names }: PrincipalMatcher, subject: Subject): number => {
  let how = parsed.wild ? BY_ANYONE : 0
  if (names.size === 0 && parsed.ids.length === 0) return how
  switch (subject.kind) {
    case 'service': return names.has(subject.name) ? how | BY_SERVICE : how
    case 'anonymous': return how
    case 'provider': return names.has(subject.name) || names.has(subject.arn) ? how | BY_PROVIDER : how
    case 'canonical': return names.has(`canonical:${subject.name}`) ? how | BY_CANONICAL : how
    default:
  }
  if (names.has(subject.account)) how |= BY_ACCOUNT
  if (subject.kind === 'root') return how
  if (subject.userArn !== undefined && names.has(subject.userArn)) how |= BY_USER
  if (subject.roleArn !== undefined && names.has(subject.roleArn)) how |= BY_ROLE
  if (subject.sessionArn !== undefined && names.has(subject.sessionArn)) how |= BY_SESSION
  if (hasId(parsed, subject)) how |= subject.roleArn === undefined ? BY_USER : BY_ROLE
  if (subject.kind === 'role' && subject.sessionPrefix !== undefined) {
    for (const arn of parsed.arns) if (arn.startsWith(subject.sessionPrefix)) how |= BY_SOME_SESSION
  }
  return how
}

const hasId = ({ ids }: ParsedPrincipal, { entry }: Subject): boolean => entry?.input.id !== undefined && ids.includes(entry.input.id)

/**
 * Whether a NotPrincipal element spares a principal: its account must be listed, and its user or role, and its session.
 * A principal with a permissions boundary is never spared.
 */
export const spares = ({ parsed, names }: PrincipalMatcher, subject: Subject): boolean => {
  if (parsed.wild) return true
  switch (subject.kind) {
    case 'service': return names.has(subject.name)
    case 'anonymous': return false
    case 'provider': return names.has(subject.name) || names.has(subject.arn)
    case 'canonical': return names.has(`canonical:${subject.name}`)
    default:
  }
  if (!names.has(subject.account)) return false
  if (subject.entry?.boundary !== undefined) return false
  return [subject.userArn, subject.roleArn].every((arn) => arn === undefined || names.has(arn) || hasId(parsed, subject))
    && (subject.sessionArn === undefined || names.has(subject.sessionArn))
}
