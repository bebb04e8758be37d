import { kindOf } from '../condition-keys.ts'
import type { IamInput, Request } from '../model.ts'
import type { Caller } from './caller.ts'
import { derive } from './derive.ts'
import type { Estate } from './estate.ts'
import { sessionPrefix } from './principal.ts'
import { sampleSessions } from './samples.ts'
import type { Settler, World } from './world.ts'

/** A request in one world, as policies see it. */
export interface Context {
  readonly world: World
  readonly input: IamInput
  readonly estate: Estate
  readonly request: Request
  readonly caller: Caller
  /** `service:Action` as it was asked; compared without case. */
  readonly action: string
  /** The ARN that policies are compared with. */
  readonly resource: string
  /** The account that owns the resource; undefined when nothing tells. */
  readonly owner?: string
  /** The answers to what an open key may hold. */
  readonly samples: (key: string) => readonly (readonly string[] | undefined)[]
  /** A condition key's values in this world; undefined when it is absent. Names in lower case. */
  readonly values: (key: string) => readonly string[] | undefined
  /** The value of a key that has exactly one. */
  readonly single: (key: string) => string | undefined
  /** The name of a role's session; of a role without one it is open. */
  readonly sessionName: () => string
}

/** The request context (reference_policies_evaluation-logic_policy-eval-reqcontext): what is given, derived, or open. */
export const contextOf = (parts: Omit<Context, 'values' | 'single' | 'sessionName'>): Context => {
  const { world, estate, request, caller, samples } = parts
  const sessionName = (): string => caller.sessionName ??
    world.ask({ name: 'the session name', settler: 'environment', answers: sampleSessions(estate, sessionPrefix(caller)) })?.[0] ?? ''
  const values = (key: string): readonly string[] | undefined => {
    const given = Object.entries(request.context ?? {}).find(([name]) => name.toLowerCase() === key)?.[1]
    if (given !== undefined) return typeof given === 'string' ? [given] : given
    if (request.absent?.some((name) => name.toLowerCase() === key) === true) return undefined
    const derived = derive(key, { ...parts, sessionName })
    if (derived !== 'open' && derived !== 'gap' && derived !== 'unreadable') return derived
    if (request.complete === true && derived !== 'unreadable') return undefined
    return world.ask({ name: key, settler: derived === 'open' ? settlerOf(key) : 'gap', answers: samples(key) })
  }
  const single = (key: string): string | undefined => {
    const found = values(key)
    return found?.length === 1 ? found[0] : undefined
  }
  return { ...parts, values, single, sessionName }
}

/** Where an ARN names no Region, the caller picks the endpoint. */
const settlerOf = (key: string): Settler => (kindOf(key) === 'caller' || key === 'aws:requestedregion' ? 'caller' : 'environment')
