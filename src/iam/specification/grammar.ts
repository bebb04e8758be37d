import { isUnknown, type Unknown } from '../../core/unknown.ts'
import type { PolicyKind } from '../model.ts'
import { duplicateMember } from '../duplicate-member.ts'
import { operatorNames } from './operators.ts'
import { readPrincipals, type Principals } from './principal-grammar.ts'

/** A list of patterns of an element, or of everything else when `not`. */
export interface Patterns { readonly not: boolean, readonly patterns: readonly (string | Unknown)[] }

/** One key under one operator of a Condition block. */
export interface Test {
  readonly pointer: string
  readonly set?: 'ForAllValues' | 'ForAnyValue'
  readonly operator: string
  readonly ifExists: boolean
  /** Lower case: "Context key names are not case-sensitive" (reference_policies_elements_condition). */
  readonly key: string
  readonly values: readonly (string | Unknown)[]
}

export interface Statement {
  readonly pointer: string
  readonly effect: 'Allow' | 'Deny' | Unknown
  readonly principals?: Principals
  readonly actions: Patterns
  readonly resources?: Patterns
  readonly tests: readonly (Test | Unknown)[]
}

export interface Policy {
  readonly id: string
  /** Version 2012-10-17: without it variables are text (reference_policies_elements_version). */
  readonly versioned: boolean
  readonly statements: readonly (Statement | Unknown)[]
}

/** Thrown while reading a document that AWS would refuse; only `readPolicy` catches it. */
const refuse = (reason: string): never => { throw new SyntaxError(reason) }

/**
 * Reads a document by the grammar of the policy language (reference_policies_grammar) and the rules of its kind.
 * `malformed` is what AWS would not have accepted; such a policy is as if it were not there.
 */
export const readPolicy = (id: string, kind: PolicyKind, document: unknown): Policy | Unknown | 'malformed' => {
  if (isUnknown(document)) return document
  try {
    return read(id, kind, typeof document === 'string' ? fromText(document) : document)
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof URIError) return 'malformed'
    throw error
  }
}

/** "More than one Effect, Action, or Resource element in a statement element" is refused (troubleshoot_policies). */
const fromText = (text: string): unknown => {
  const json = text.startsWith('%7B') ? decodeURIComponent(text) : text
  if (duplicateMember(json) !== undefined) refuse('two members of one name')
  return JSON.parse(json)
}

const read = (id: string, kind: PolicyKind, document: unknown): Policy => {
  const policy = asObject(document, ['Version', 'Id', 'Statement'])
  const { Version, Statement } = policy
  if (Version !== undefined && Version !== '2012-10-17' && Version !== '2008-10-17') refuse('Version')
  if (Statement === undefined) refuse('no Statement')
  const list = Array.isArray(Statement) ? Statement : [Statement]
  const statements = list.map((statement, index) => readStatement(statement, kind, `/Statement/${index}`))
  return { id, versioned: Version === '2012-10-17', statements }
}

const elements = [
  'Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition',
]

const readStatement = (value: unknown, kind: PolicyKind, pointer: string): Statement | Unknown => {
  if (isUnknown(value)) return value
  const statement = asObject(value, elements)
  // "The Effect value is case sensitive" (reference_policies_elements_effect).
  const { Effect } = statement
  if (Effect !== 'Allow' && Effect !== 'Deny' && !isUnknown(Effect)) return refuse('Effect')
  const actions = readPatterns(statement, 'Action', isActionPattern) ?? refuse('no Action')
  const written = readPatterns(statement, 'Resource', isResourcePattern)
  const resources = written && { ...written, patterns: written.patterns.map((text) => (typeof text === 'string' ? completeArn(text, kind) : text)) }
  const principals = readPrincipals(statement, refuse)
  checkKind(kind, Effect, { actions, resources, principals })
  return { pointer, effect: Effect, principals, actions, resources, tests: readConditions(statement.Condition, pointer) }
}

const asObject = (value: unknown, allowed: readonly string[]): Readonly<Record<string, unknown>> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse('not an object')
  for (const name of Object.keys(value)) if (!allowed.includes(name)) refuse(`unknown element ${name}`)
  return value as Record<string, unknown>
}

/** "Statements must include either" the element or its negation (reference_policies_elements_action, …_resource), not both. */
const readPatterns = (
  statement: Readonly<Record<string, unknown>>, name: string, valid: (text: string) => boolean,
): Patterns | undefined => {
  const plain = statement[name]
  const negated = statement[`Not${name}`]
  if (plain !== undefined && negated !== undefined) refuse(`${name} and Not${name}`)
  const value = plain === undefined ? negated : plain
  if (value === undefined) return undefined
  const patterns = readTexts(value)
  for (const text of patterns) if (typeof text === 'string' && !valid(text)) refuse(`${name} ${text}`)
  return { not: plain === undefined, patterns }
}

const readTexts = (value: unknown): readonly (string | Unknown)[] => {
  const list = Array.isArray(value) ? value : [value]
  if (list.length === 0) refuse('empty list')
  return list.map((item: unknown) => typeof item === 'string' || isUnknown(item) ? item : refuse('not a string'))
}

/** "*" or a service's prefix, a colon and the action's name (reference_policies_elements_action). */
const isActionPattern = (text: string): boolean => text === '*' || /^(\*|[\w-]+):[\w*?-]+$/.test(text)

/** "You specify a resource using an ARN", or "*" (reference_policies_elements_resource). */
const isResourcePattern = (text: string): boolean => text === '*' || text.startsWith('arn:')

/**
 * "When you specify an incomplete ARN (one with fewer than the standard six fields) in an identity-based policy, AWS automatically
 * completes the ARN by adding wildcard characters (*) to all missing fields"; session policies "do not support incomplete ARNs".
 */
const completeArn = (text: string, kind: PolicyKind): string => {
  const missing = text === '*' ? 0 : 6 - text.split(':').length
  if (missing <= 0 || kind === 'resource' || kind === 'endpoint') return text
  return kind === 'session' ? refuse('incomplete ARN') : text + ':*'.repeat(missing)
}

const checkKind = (
  kind: PolicyKind, effect: unknown, { actions, resources, principals }: Pick<Statement, 'actions' | 'resources' | 'principals'>,
): void => {
  // "You cannot use the Principal element in an identity-based policy" (reference_policies_elements_principal); SCPs likewise.
  const attachedToPrincipal = kind === 'identity' || kind === 'boundary' || kind === 'session' || kind === 'scp'
  if (attachedToPrincipal !== (principals === undefined)) refuse('Principal')
  if (attachedToPrincipal && resources === undefined) refuse('no Resource')
  // A trust policy belongs to its role and has no Resource (troubleshoot_policies: "Has prohibited field Resource").
  if (kind === 'trust' && resources !== undefined) refuse('Resource')
  // "NotPrincipal must be used with Effect: Deny"; "nor in an IAM role trust policy", nor SCPs and RCPs (…_notprincipal).
  if (principals?.not === true && (effect === 'Allow' || kind === 'trust' || kind === 'rcp')) refuse('NotPrincipal')
  if (kind === 'rcp') checkRcp(effect, actions, principals)
}

/** orgs_manage_policies_rcps_syntax: only Deny, only Principal "*", no NotAction. */
const checkRcp = (effect: unknown, actions: Patterns, principals: Principals | undefined): void => {
  if (effect === 'Allow') refuse('Effect')
  if (actions.not) refuse('NotAction')
  if (principals?.entries.some((entry) => isUnknown(entry) ? false : entry.text !== '*') === true) refuse('Principal')
}

const readConditions = (block: unknown, pointer: string): readonly (Test | Unknown)[] => {
  if (block === undefined) return []
  if (isUnknown(block)) return [block]
  return Object.entries(asMap(block)).flatMap(([name, keys]): readonly (Test | Unknown)[] => {
    const operator = readOperator(name)
    if (isUnknown(keys)) return [keys]
    return Object.entries(asMap(keys)).map(([key, values]) => ({
      ...operator, pointer: `${pointer}/Condition/${name}/${key}`, key: key.toLowerCase(), values: readValues(values),
    }))
  })
}

const asMap = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Record<string, unknown> : refuse('not a map')

const readOperator = (name: string): Pick<Test, 'set' | 'operator' | 'ifExists'> => {
  const found = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(name)
  const [, set, operator = '', suffix] = found ?? []
  // "You can add IfExists to the end of any condition operator name except the Null condition" (…_condition_operators).
  if (!operatorNames.has(operator) || (operator === 'Null' && suffix !== undefined)) refuse(`operator ${name}`)
  return { set: set as Test['set'], operator, ifExists: suffix !== undefined }
}

const readValues = (value: unknown): readonly (string | Unknown)[] =>
  (Array.isArray(value) ? value : [value]).map((item: unknown) => {
    if (isUnknown(item)) return item
    return typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean' ? String(item) : refuse('value')
  })
