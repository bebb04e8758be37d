import { encode, matchEncoded } from '../../iam/glob.ts'
import { every, some } from '../../core/unknown.ts'

/** A statement of a policy document as it is written. Who may do what is the estate's to say; this only reads the words. */
export interface Statement {
  readonly Effect?: string
  readonly Sid?: string
  readonly Action?: OneOrMany
  readonly NotAction?: OneOrMany
  readonly Resource?: OneOrMany
  readonly NotResource?: OneOrMany
  readonly Principal?: string | Readonly<Record<string, OneOrMany>>
  readonly NotPrincipal?: unknown
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMany>>>>
}

type OneOrMany = string | readonly string[]

/** A value that may be written alone or in a list, as a list. */
export const listOf = <T>(value: T | readonly T[] | undefined): readonly T[] => {
  if (value === undefined) return []
  return Array.isArray(value) ? value as readonly T[] : [value as T]
}

/** JSON that a property holds as an object or as text; undefined where the text is no JSON. */
export const jsonOf = (value: unknown): unknown => {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    return undefined
  }
}

/** The statements of a policy document, written as an object or as JSON text. */
export const statementsOf = (document: unknown): readonly Statement[] => {
  const policy = jsonOf(document)
  return typeof policy === 'object' && policy !== null ? listOf((policy as { Statement?: Statement | Statement[] }).Statement) : []
}

export const isAllow = (statement: Statement): boolean => statement.Effect === 'Allow'

const covers = (pattern: string, text: string): boolean => matchEncoded(encode(pattern), text)

/** Whether a statement speaks of an action, through `Action` or `NotAction`. */
export const speaksOf = (statement: Statement, action: string): boolean => {
  const wanted = action.toLowerCase()
  const matches = (pattern: string) => covers(pattern.toLowerCase(), wanted)
  return statement.NotAction === undefined ? some(listOf(statement.Action), matches) : !some(listOf(statement.NotAction), matches)
}

/** Whether a statement names a service in its actions, and not all services at once: `bedrock`. */
export const namesService = (statement: Statement, service: string): boolean =>
  some(listOf(statement.Action), (action) => action.toLowerCase().startsWith(`${service}:`))

/** Whether a statement gives a whole service: `bedrock:*` on every resource, with no condition. */
export const givesAllOf = (statement: Statement, service: string): boolean =>
  some(listOf(statement.Action), (action) => action.toLowerCase() === `${service}:*`) && speaksOfAll(statement) && statement.Condition === undefined

/** Whether a statement speaks of all resources: `*`, or `NotResource`. */
export const speaksOfAll = (statement: Statement): boolean =>
  statement.NotResource !== undefined || some(listOf(statement.Resource), (resource) => resource === '*')

/** Whether a statement speaks of a resource, wildcards at both ends included. */
export const speaksOfResource = (statement: Statement, resource: string): boolean =>
  statement.NotResource === undefined
    ? some(listOf(statement.Resource), (pattern) => covers(pattern, resource))
    : !some(listOf(statement.NotResource), (pattern) => covers(pattern, resource))

/** The condition keys of a statement, in lower case. */
export const conditionKeys = (statement: Statement): string[] =>
  Object.values(statement.Condition ?? {}).flatMap((keys) => Object.keys(keys)).map((key) => key.toLowerCase())

/** Whether a statement is limited by one of these condition keys, given in lower case; `aws:resourcetag/` stands for all that begin so. */
export const isLimitedBy = (statement: Statement, keys: readonly string[]): boolean =>
  statement.Condition !== undefined && some(conditionKeys(statement), (key) => keys.some((one) => key === one || (one.endsWith('/') && key.startsWith(one))))

/** Whether a statement names this service as its principal: `bedrock.amazonaws.com`. */
export const trustsService = (statement: Statement, service: string): boolean =>
  isAllow(statement) && typeof statement.Principal === 'object' && some(listOf(statement.Principal['Service']), (one) => one === service)

/** Whether a statement names anyone as its principal. */
export const trustsAnyone = (statement: Statement): boolean =>
  isAllow(statement) && statement.Principal !== undefined &&
  (statement.Principal === '*' || (typeof statement.Principal === 'object' && some(listOf(statement.Principal['AWS']), (one) => one === '*')))

/** Accounts that a statement names as principals, through ids and ARNs. */
export const trustedAccounts = (statement: Statement): string[] => {
  if (typeof statement.Principal !== 'object') return []
  return listOf(statement.Principal['AWS']).map((principal) => (principal.startsWith('arn:') ? principal.split(':')[4] ?? '' : principal))
    .filter((account) => /^\d{12}$/.test(account))
}

/** Whether every statement that allows is fine. */
export const everyAllow = (document: unknown, fine: (statement: Statement) => boolean): boolean =>
  every(statementsOf(document), (statement) => !isAllow(statement) || fine(statement))
