import { fitsWildcard } from '../core/wildcard.ts'
import type { Estate } from '../graph/estate.ts'
import type { Pillar } from '../model/risk.ts'
import type { Severity } from '../model/severity.ts'
import type { EstateScene } from './estate/scene.ts'
import type { Power } from './step.ts'
import type { Rule } from './target-rules.ts'

/** Which things a rule of somebody's own speaks of: all that is given must fit. */
export interface Choice {
  readonly type?: string
  /** A name, an id or an ARN, with `*` and `?` as in a shell. */
  readonly name?: string
  readonly tag?: Readonly<Record<string, string>>
}

/** What somebody wants counted as a target beside the usual ones, and what not. */
export interface TargetRules {
  readonly add?: readonly (Choice & { readonly power: Power, readonly harm?: string, readonly severity?: Severity, readonly pillar?: Pillar })[]
  readonly leave?: readonly (Choice & { readonly power?: Power })[]
}

const harms: Readonly<Record<Power, string>> = {
  be: 'acts as {name}', read: 'reads {name}', write: 'changes {name}', invoke: 'calls {name}', instruct: 'tells {name} what to do', disable: 'disables {name}',
}

/** The things that rules add, each with the target that it makes. */
export const chosen = (estate: Estate, scene: EstateScene, { add = [] }: TargetRules): { readonly node: number, readonly rule: Rule }[] =>
  add.flatMap(({ power, harm = harms[power], severity = 'high', pillar, ...choice }) =>
    candidates(estate, scene, choice).filter((node) => fits(estate, scene, choice, node)).map((node) => {
      const type = scene.typeOf(node)
      return { node, rule: [type, power, harm, severity, pillar ?? estate.descriptions.get(type)?.asset ?? 'data'] as const }
    }))

/** Whether rules say that a thing is no target. */
export const isLeftOut = (estate: Estate, scene: EstateScene, { leave = [] }: TargetRules, node: number, power: Power): boolean =>
  leave.some(({ power: only, ...choice }) => (only === undefined || only === power) && fits(estate, scene, choice, node))

const candidates = (estate: Estate, scene: EstateScene, { type }: Choice): readonly number[] =>
  (type === undefined ? Array.from({ length: estate.table.length }, (_, index) => index) : scene.ofType(type))

const fits = (estate: Estate, scene: EstateScene, { type, name, tag = {} }: Choice, node: number): boolean => {
  if (type !== undefined && scene.typeOf(node) !== type) return false
  if (name !== undefined && ![scene.nameOf(node), scene.idOf(node), scene.nodes.arn(node) ?? ''].some((text) => fitsWildcard(name, text))) return false
  const resource = node < estate.graph.size ? estate.graph.node(node).resource : undefined
  return Object.entries(tag).every(([key, value]) => resource !== undefined && fitsWildcard(value, estate.resource(resource).tags[key] ?? ''))
}
