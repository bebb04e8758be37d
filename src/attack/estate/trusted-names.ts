import { isUnknown } from '../../core/unknown.ts'
import type { Resource } from '../../model/resource.ts'

/** Whom the trust policy of a role lets in by its statements, as it names them: services, ARNs, accounts. */
export const trustedNames = ({ properties }: Resource): ReadonlySet<string> => {
  const statements = listOf((properties['AssumeRolePolicyDocument'] as { Statement?: unknown } | undefined)?.Statement)
  return new Set(statements.flatMap((statement) => {
    const { Effect, Principal } = statement as { Effect?: unknown, Principal?: unknown }
    if (Effect !== 'Allow' || isUnknown(Principal)) return []
    const named = typeof Principal === 'object' && Principal !== null ? Object.values(Principal).flatMap(listOf) : [Principal]
    return named.filter((name) => typeof name === 'string')
  }))
}

const listOf = (value: unknown): readonly unknown[] => (value === undefined || isUnknown(value) ? [] : Array.isArray(value) ? value as readonly unknown[] : [value])
