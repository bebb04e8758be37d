import type { Catalogue } from './catalogue.ts'
import { decide, verdict } from './decide.ts'
import { buildEstate, type Estate } from './estate.ts'
import type { Decision, Diagnostic, IamInput, PolicyInput, Request, Verdict } from './model.ts'

/** The compiled permissions of an estate. Everything that it answers is a pure function of its input. */
export interface Iam {
  /** Decides one check and shows what decided it. */
  can(request: Request): Decision
  /** Only the verdict: several times as fast. */
  verdict(request: Request): Verdict
  /** What is wrong in the policies. */
  readonly diagnostics: readonly Diagnostic[]
  /** The same estate with some policies replaced, by id; what they do not touch is used again. */
  recompile(policies: readonly PolicyInput[]): Iam
}

/** Compiles an estate's policies; the catalogue adds what only it knows: which actions take a resource, what RCPs bind. */
export const compile = (input: IamInput, catalogue?: Catalogue): Iam => over(buildEstate(input, catalogue))

const over = (estate: Estate): Iam => ({
  can: (request) => decide(estate, request),
  verdict: (request) => verdict(estate, request),
  diagnostics: estate.diagnostics,
  recompile: (policies) => {
    const changed = new Map(policies.map((policy) => [policy.id, policy]))
    const kept = estate.input.policies.map((policy) => changed.get(policy.id) ?? policy)
    const known = new Set(estate.input.policies.map(({ id }) => id))
    return over(buildEstate({ ...estate.input, policies: [...kept, ...policies.filter(({ id }) => !known.has(id))] }, estate.catalogue))
  },
})
