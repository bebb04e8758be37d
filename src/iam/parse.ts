import { isUnknown } from '../core/unknown.ts'
import { duplicateMember } from './duplicate-member.ts'
import type { Diagnostic, PolicyInput, PolicyKind } from './model.ts'
import { parseCondition, type ParsedCondition } from './parse-condition.ts'
import { parsePrincipal, type ParsedPrincipal } from './parse-principal.ts'
import { parseResources } from './parse-resource.ts'
import { escape, isObject, pick, texts, type Report } from './parse-tools.ts'

/** A policy as understood; `valid` is false when AWS would refuse it, and then it counts as not there. */
export interface ParsedPolicy {
  readonly valid: boolean
  /** Set when the whole document could not be read. */
  readonly gap?: string
  /** Variables work only in this version. */
  readonly variables: boolean
  readonly statements: readonly ParsedStatement[]
}

export interface ParsedStatement {
  readonly index: number
  readonly pointer: string
  readonly sid?: string
  readonly effect: 'Allow' | 'Deny' | 'unknown'
  /** Lower case. */
  readonly actions: readonly string[]
  readonly notAction: boolean
  /** Absent in trust policies, and in resource policies that leave it out. */
  readonly resources?: readonly string[]
  readonly notResource: boolean
  readonly principals?: ParsedPrincipal
  readonly notPrincipal: boolean
  readonly conditions: readonly ParsedCondition[]
  /** Reasons for elements, or members of them, that could not be read. */
  readonly gaps: { readonly action?: string, readonly resource?: string, readonly principal?: string, readonly condition?: string, readonly effect?: string }
}

const topLevel = new Set(['Version', 'Id', 'Statement'])
const elements = new Set(['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'])
const withPrincipal = new Set<PolicyKind>(['resource', 'trust', 'rcp', 'endpoint'])
const nothing: ParsedPolicy = { valid: false, variables: false, statements: [] }

/** Reads a policy of a kind; whatever the document holds, it answers, and says what is wrong where. */
export const parsePolicy = (input: PolicyInput, kind: PolicyKind, diagnostics: Diagnostic[]): ParsedPolicy => {
  let valid = true
  const report: Report = (pointer, severity, message) => {
    if (severity === 'error') valid = false
    diagnostics.push({ policy: input.id, pointer, severity, message, ...(input.location && { location: input.location }) })
  }
  const document = typeof input.document === 'string' ? readJson(input.document, report) : input.document
  if (document === undefined && !valid) return nothing
  if (isUnknown(document)) return { valid: true, gap: document.$unknown, variables: false, statements: [] }
  if (!isObject(document)) {
    report('', 'error', 'A policy document is a JSON object')
    return nothing
  }
  for (const name of Object.keys(document)) {
    if (!topLevel.has(name)) report(`/${escape(name)}`, 'error', `A policy has no element ${name}`)
  }
  const version = document['Version'] === undefined ? '2008-10-17' : document['Version']
  if (isUnknown(version)) return { valid: true, gap: version.$unknown, variables: false, statements: [] }
  if (version !== '2012-10-17' && version !== '2008-10-17') report('/Version', 'error', 'Version is 2012-10-17 or 2008-10-17')
  const statement = document['Statement']
  if (isUnknown(statement)) return { valid: true, gap: statement.$unknown, variables: false, statements: [] }
  if (statement === undefined) report('', 'error', 'A policy needs a Statement')
  const many = Array.isArray(statement)
  const list: readonly unknown[] = many ? statement : statement === undefined ? [] : [statement]
  const statements = list.map((item, index) => parseStatement(item, index, many ? `/Statement/${index}` : '/Statement', kind, report))
  reportSids(statements, report)
  if (kind === 'rcp') reportRcp(list, many, report)
  return valid ? { valid, variables: version === '2012-10-17', statements: statements.filter((item) => item !== undefined) } : nothing
}

/** IAM's API gives documents in URL encoding. */
const readJson = (text: string, report: Report): unknown => {
  try {
    const plain = text.startsWith('%7B') ? decodeURIComponent(text) : text
    const document: unknown = JSON.parse(plain)
    const twice = duplicateMember(plain)
    if (twice !== undefined) report('', 'error', `An object has two members ${JSON.stringify(twice.slice(0, 100))}`)
    return document
  } catch (error) {
    report('', 'error', `Not JSON: ${error instanceof Error ? error.message : String(error)}`)
    return undefined
  }
}

const reportSids = (statements: readonly (ParsedStatement | undefined)[], report: Report): void => {
  const seen = new Set<string>()
  for (const statement of statements) {
    if (statement?.sid === undefined || statement.sid === '') continue
    if (seen.has(statement.sid)) report(`${statement.pointer}/Sid`, 'warning', `Two statements have the Sid ${statement.sid}`)
    seen.add(statement.sid)
  }
}

const parseStatement = (
  item: unknown, index: number, pointer: string, kind: PolicyKind, report: Report,
): ParsedStatement | undefined => {
  if (isUnknown(item)) {
    const gap = item.$unknown
    return {
      index, pointer, effect: 'unknown', actions: [], notAction: false, notResource: false, notPrincipal: false, conditions: [],
      gaps: { action: gap, resource: gap, principal: gap, condition: gap, effect: gap },
      resources: [], ...(withPrincipal.has(kind) && { principals: { wild: false, accounts: [], arns: [], ids: [], services: [], providers: [], canonicals: [] } }),
    }
  }
  if (!isObject(item)) {
    report(pointer, 'error', 'A statement is a JSON object')
    return undefined
  }
  for (const name of Object.keys(item)) {
    if (!elements.has(name)) report(`${pointer}/${escape(name)}`, 'error', `A statement has no element ${name}`)
  }
  const gaps: { -readonly [K in keyof ParsedStatement['gaps']]: string } = {}
  const effect = item['Effect']
  if (isUnknown(effect)) gaps.effect = effect.$unknown
  else if (effect !== 'Allow' && effect !== 'Deny') report(`${pointer}/Effect`, 'error', 'Effect is Allow or Deny, in this spelling')
  const notAction = pick(item, 'Action', 'NotAction', pointer, report)
  const actions = parseActions(item, notAction, pointer, report, gaps)
  const { resources, notResource } = parseResources(item, pointer, kind, report, gaps)
  const { principals, notPrincipal } = parsePrincipals(item, pointer, kind, effect, report, gaps)
  const conditions = parseCondition(item['Condition'], `${pointer}/Condition`, report, gaps)
  const sid = item['Sid']
  if (sid !== undefined && typeof sid !== 'string' && !isUnknown(sid)) report(`${pointer}/Sid`, 'error', 'Sid is text')
  return {
    index, pointer, ...(typeof sid === 'string' && { sid }), effect: effect === 'Allow' || effect === 'Deny' ? effect : 'unknown',
    actions, notAction, ...(resources && { resources }), notResource, ...(principals && { principals }), notPrincipal, conditions, gaps,
  }
}

/** RCPs have no NotAction, and only RCPFullAWSAccess, which is one statement, allows. */
const reportRcp = (list: readonly unknown[], many: boolean, report: Report): void => {
  for (const [index, item] of list.entries()) {
    if (!isObject(item)) continue
    const pointer = many ? `/Statement/${index}` : '/Statement'
    if (item['NotAction'] !== undefined) report(`${pointer}/NotAction`, 'error', 'An RCP has no NotAction')
    const everything = list.length === 1 && item['Action'] === '*' && item['Resource'] === '*' && item['Condition'] === undefined
    if (item['Effect'] === 'Allow' && !everything) report(`${pointer}/Effect`, 'error', 'An RCP only denies')
  }
}

const parseActions = (
  item: Record<string, unknown>, notAction: boolean, pointer: string, report: Report, gaps: { action?: string },
): string[] => {
  const name = notAction ? 'NotAction' : 'Action'
  if (item[name] === undefined) return []
  const list = texts(item[name], `${pointer}/${name}`, report, (reason) => { gaps.action = reason })
  if (list.length === 0 && gaps.action === undefined) report(`${pointer}/${name}`, 'error', `${name} names no action`)
  for (const action of list) {
    if (!/^(\*|\*:\*|[A-Za-z0-9-]+:[^\s:]+)$/.test(action)) {
      report(`${pointer}/${name}`, 'error', `An action is "*" or "service:Name", not ${JSON.stringify(action.slice(0, 100))}`)
    }
  }
  return list.map((action) => action.toLowerCase())
}

const parsePrincipals = (
  item: Record<string, unknown>, pointer: string, kind: PolicyKind, effect: unknown, report: Report, gaps: { principal?: string },
): { principals: ParsedPrincipal | undefined, notPrincipal: boolean } => {
  const has = item['Principal'] !== undefined
  const hasNot = item['NotPrincipal'] !== undefined
  if (!withPrincipal.has(kind)) {
    for (const name of ['Principal', 'NotPrincipal']) {
      if (item[name] !== undefined) report(`${pointer}/${name}`, 'error', `A policy of this kind (${kind}) has no ${name}`)
    }
    return { principals: undefined, notPrincipal: false }
  }
  if (has && hasNot) report(pointer, 'error', 'A statement has Principal or NotPrincipal, not both')
  if (!has && !hasNot) report(pointer, 'error', 'A statement of this policy needs a Principal')
  if (hasNot && effect === 'Allow') report(`${pointer}/NotPrincipal`, 'error', 'NotPrincipal goes only with Deny')
  if (hasNot && (kind === 'trust' || kind === 'rcp')) report(`${pointer}/NotPrincipal`, 'error', `A policy of this kind (${kind}) has no NotPrincipal`)
  const name = has ? 'Principal' : 'NotPrincipal'
  const principals = parsePrincipal(item[name], `${pointer}/${name}`, report, (reason) => { gaps.principal = reason })
  if (kind === 'rcp' && !principals.wild && gaps.principal === undefined) report(`${pointer}/Principal`, 'error', 'The Principal of an RCP is "*"')
  return { principals, notPrincipal: hasNot && !has }
}
