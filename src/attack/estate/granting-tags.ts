import { fitsWildcard } from '../../core/wildcard.ts'
import { isUnknown } from '../../core/unknown.ts'
import type { IamInput } from '../../iam/model.ts'

const tagKeys = { principal: /^aws:PrincipalTag\/(.+)$/i, resource: /^(?:aws|sagemaker|ec2|ssm|iam):ResourceTag\/(.+)$/i } as const

/** More kinds of tag than this are not tried. */
const most = 12

/**
 * Tags of a principal or a resource that some condition asks for: `aws:PrincipalTag/team` equal to a value, or to the tag of a resource.
 * With `uses`, only those that a grant of one of these actions asks for.
 */
export const tagsThatGrant = ({ policies, resources = [] }: IamInput, whose: 'principal' | 'resource', uses?: readonly string[]): (readonly [key: string, value: string])[] => {
  const found = new Map<string, readonly [string, string]>()
  const add = (key: string, value: string) => found.set(`${key}=${value}`, [key, value])
  const compared = new Set<string>()
  for (const { document } of policies) {
    for (const [operator, name, values] of conditionsOf(document, uses)) {
      const [, key] = tagKeys[whose].exec(name) ?? []
      if (key !== undefined && /^String(Equals|Like)/.test(operator)) for (const value of values) if (!/[*?]|\$\{/.test(value)) add(key, value)
      if (whose === 'principal') for (const value of values) for (const [, own] of value.matchAll(/\$\{aws:PrincipalTag\/([^}]+)\}/gi)) compared.add(own!)
    }
  }
  for (const { tags } of compared.size === 0 ? [] : resources) {
    if (tags === undefined || isUnknown(tags)) continue
    for (const key of compared) if (tags[key] !== undefined) add(key, tags[key])
  }
  return [...found.values()].slice(0, most)
}

const conditionsOf = (document: unknown, uses: readonly string[] | undefined): [operator: string, key: string, values: string[]][] => {
  if (typeof document !== 'object' || document === null) return []
  return listOf((document as { Statement?: unknown }).Statement).flatMap((statement) => {
    const { Condition } = (statement ?? {}) as { Condition?: unknown }
    if (typeof Condition !== 'object' || Condition === null || isUnknown(Condition)) return []
    if (uses !== undefined && !listOf((statement as { Action?: unknown }).Action).some((pattern) => typeof pattern === 'string' && uses.some((action) => fitsWildcard(pattern.toLowerCase(), action.toLowerCase())))) return []
    return Object.entries(Condition).flatMap(([operator, keys]) =>
      Object.entries((keys ?? {}) as Record<string, unknown>).map(([key, values]): [string, string, string[]] => [operator, key, listOf(values).filter((value) => typeof value === 'string')]))
  })
}

const listOf = (value: unknown): readonly unknown[] => (value === undefined ? [] : Array.isArray(value) ? value as readonly unknown[] : [value])
