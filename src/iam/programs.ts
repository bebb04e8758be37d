import { isUnknown, unknown } from '../core/unknown.ts'
import type { Diagnostic, Known, PolicyId, PolicyInput, PolicyKind } from './model.ts'
import { parsePolicy } from './parse.ts'
import { makeProgram, type Program } from './program.ts'
import { compileStatements, type Interner, type Statement } from './statement.ts'

/** What was compiled of policies, by kind and id, and of lists of them. */
export interface ProgramCache {
  readonly statements: Map<string, readonly Statement[]>
  readonly programs: Map<string, Program>
  /** The number that the next program gets. */
  next: number
}

/** Begins the id of a policy that stands for one that could not be read. */
export const gapPrefix = '\u0000gap:'

const keyOf = (kind: PolicyKind, id: PolicyId): string => `${kind} ${id}`

/** What of a cache some changed policies leave as it is. */
export const keep = ({ statements, programs, next }: ProgramCache, changed: ReadonlySet<PolicyId>): ProgramCache => ({
  statements: new Map([...statements].filter(([key]) => !changed.has(key.slice(key.indexOf(' ') + 1)))),
  programs: new Map([...programs].filter(([, program]) => !program.policies.some((id) => changed.has(id)))),
  next,
})

/** Makes programs, one for each distinct list of policies and kind; each policy is parsed once for each kind. */
export const programs = (
  policies: ReadonlyMap<PolicyId, PolicyInput>, diagnostics: Diagnostic[], interner: Interner, cache: ProgramCache,
): ((ids: Known<readonly PolicyId[]>, kind: PolicyKind) => Program) => {
  const ofPolicy = (id: PolicyId, kind: PolicyKind): readonly Statement[] => {
    const key = keyOf(kind, id)
    const known = cache.statements.get(key)
    if (known !== undefined) return known
    const policy = policies.get(id) ?? missing(id, kind)
    const named = kind === 'resource' || kind === 'trust' || kind === 'rcp' || kind === 'endpoint'
    const compiled = compileStatements(policy, parsePolicy(policy, kind, diagnostics), named, interner)
    cache.statements.set(key, compiled)
    return compiled
  }
  return (ids, kind) => {
    const list = isUnknown(ids) ? [`${gapPrefix}${ids.$unknown}`] : ids.length < 2 ? ids : [...new Set(ids)].sort()
    const key = keyOf(kind, list.join('\u0001'))
    const known = cache.programs.get(key)
    if (known !== undefined) return known
    const program = makeProgram(cache.next++, key, list, list.flatMap((id) => ofPolicy(id, kind)))
    cache.programs.set(key, program)
    return program
  }
}

/** Stands for a policy that is not among those given. */
const missing = (id: PolicyId, kind: PolicyKind): PolicyInput => {
  const gap = id.startsWith(gapPrefix)
  return { id: gap ? 'unknown' : id, kind, document: unknown(gap ? id.slice(gapPrefix.length) : `policy ${id} was not read`) }
}
