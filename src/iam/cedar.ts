import { MAYBE, NO, YES, and3, type Tri } from './tri.ts'

/** What the Cedar policies of a policy engine say of calls to one gateway. */
export interface CedarQuestion {
  /** ARN of the gateway. */
  readonly resource: string
  /** The type of entity that the inbound authorizer makes of the caller. */
  readonly principal: 'IamEntity' | 'OAuthUser'
}

/** A policy as far as it is read: whether it speaks of the caller and the gateway at all, and whether of every call to it. */
interface CedarPolicy { readonly permits: boolean, readonly applies: Tri }

/**
 * Whether Cedar policies let some call through: everything is denied that no policy permits, and a forbid wins. Scopes are read;
 * what conditions and single tools decide stays open.
 */
export const cedarAllows = (documents: readonly string[], question: CedarQuestion): Tri => {
  const policies = documents.flatMap(statementsOf).map((text) => policyOf(text, question))
  const said = (permits: boolean, truth: Tri): boolean => policies.some((policy) => policy?.permits === permits && policy.applies === truth)
  if (said(false, YES)) return NO
  if (policies.includes(undefined)) return MAYBE
  if (!said(true, YES) && !said(true, MAYBE)) return NO
  return said(true, YES) && !said(false, MAYBE) ? YES : MAYBE
}

/** Parts a document at its semicolons, without comments, texts left whole. */
const statementsOf = (document: string): string[] => {
  const pieces = document.match(/"(?:[^"\\]|\\.)*"|\/\/[^\n]*|;|[^";/]+|./gs) ?? []
  const statements = ['']
  for (const piece of pieces) {
    if (piece === ';') statements.push('')
    else if (!piece.startsWith('//')) statements.push(`${statements.pop()!}${piece}`)
  }
  return statements.map((text) => text.trim()).filter((text) => text !== '')
}

/** `@id("…")` and others, in front of a policy. */
const annotations = /^(@\w+\s*\(\s*"(?:[^"\\]|\\.)*"\s*\)\s*)+/s

const policyOf = (text: string, question: CedarQuestion): CedarPolicy | undefined => {
  const parts = partsOf(text.replace(annotations, ''))
  const [principal = '', action = '', resource = ''] = parts?.scopes ?? []
  if (parts === undefined || !principal.startsWith('principal') || !action.startsWith('action') || !resource.startsWith('resource')) return undefined
  const fits: readonly Tri[] = [
    principalFits(principal.slice('principal'.length).trim(), question), action === 'action' ? YES : MAYBE,
    resourceFits(resource.slice('resource'.length).trim(), question), parts.rest === '' ? YES : MAYBE,
  ]
  return { permits: parts.permits, applies: fits.reduce(and3, YES) }
}

/** `permit (principal …, action …, resource …) when {…}`: its effect, the three scopes, and what follows. */
const partsOf = (text: string): { permits: boolean, scopes: readonly string[], rest: string } | undefined => {
  const [head, effect] = /^(permit|forbid)\s*\(/.exec(text) ?? []
  if (head === undefined) return undefined
  const scopes = ['']
  let depth = 0
  let at = head.length
  for (const [token] of text.slice(at).matchAll(/"(?:[^"\\]|\\.)*"|[()[\],]|[^"()[\],]+|./gs)) {
    at += token.length
    if (token === ')' && depth === 0) return { permits: effect === 'permit', scopes: scopes.map((scope) => scope.trim()), rest: text.slice(at).trim() }
    if (token === ',' && depth === 0) scopes.push('')
    else scopes.push(`${scopes.pop()!}${token}`)
    depth += token === '(' || token === '[' ? 1 : token === ')' || token === ']' ? -1 : 0
  }
  return undefined
}

const principalFits = (scope: string, { principal }: CedarQuestion): Tri => {
  if (scope === '') return YES
  const [, type] = /^is\s+AgentCore::(\w+)$/.exec(scope) ?? []
  return type === undefined ? MAYBE : type === principal ? YES : NO
}

const resourceFits = (scope: string, { resource }: CedarQuestion): Tri => {
  if (scope === '' || /^is\s+AgentCore::Gateway$/.test(scope)) return YES
  const [, arn] = /^(?:==|is)\s*AgentCore::Gateway::"([^"\\]*)"$/.exec(scope) ?? []
  return arn === undefined ? MAYBE : arn === resource ? YES : NO
}
