import { isUnknown, type Unknown } from '../../core/unknown.ts'

/** One principal of a statement, by the type under which it stands. */
export interface Entry { readonly type: 'AWS' | 'Service' | 'Federated' | 'CanonicalUser', readonly text: string }

export interface Principals { readonly not: boolean, readonly entries: readonly (Entry | Unknown)[] }

type Refuse = (reason: string) => never

/** Reads Principal or NotPrincipal (reference_policies_elements_principal). */
export const readPrincipals = (statement: Readonly<Record<string, unknown>>, refuse: Refuse): Principals | undefined => {
  const { Principal, NotPrincipal } = statement
  if (Principal !== undefined && NotPrincipal !== undefined) refuse('Principal and NotPrincipal')
  const value = Principal ?? NotPrincipal
  if (value === undefined) return undefined
  return { not: Principal === undefined, entries: readEntries(value, refuse) }
}

const readEntries = (value: unknown, refuse: Refuse): readonly (Entry | Unknown)[] => {
  if (isUnknown(value)) return [value]
  // `"Principal": "*"` and `"Principal": {"AWS": "*"}` are equivalent.
  if (value === '*') return [{ type: 'AWS', text: '*' }]
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse('Principal')
  const types = Object.entries(value)
  if (types.length === 0) refuse('Principal')
  return types.flatMap(([type, texts]) => {
    if (type !== 'AWS' && type !== 'Service' && type !== 'Federated' && type !== 'CanonicalUser') return refuse(type)
    const list: readonly unknown[] = Array.isArray(texts) ? texts : [texts]
    if (list.length === 0) refuse(type)
    return list.map((text) => {
      if (isUnknown(text)) return text
      return typeof text === 'string' && isPrincipalText(type, text) ? { type, text } : refuse(type)
    })
  })
}

/**
 * "You cannot use a wildcard to match part of a principal name or ARN." An AWS principal is "*", an account id, an ARN,
 * or the unique id that the ARN of a deleted principal turns into.
 */
const isPrincipalText = (type: Entry['type'], text: string): boolean => {
  if (type !== 'AWS') return text !== ''
  if (text === '*' || /^\d{12}$/.test(text) || /^A[A-Z0-9]{15,}$/.test(text)) return true
  return text.startsWith('arn:') && text.split(':').length >= 6 && !/[*?]/.test(text)
}
