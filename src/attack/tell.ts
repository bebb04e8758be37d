import type { FactEvidence, PathStep } from './path.ts'
import type { Permission } from './scene.ts'
import { onIsland } from './solver/match.ts'
import type { Ground, Rule } from './solver/ground.ts'
import type { Plan } from './solver/plan.ts'
import type { ProofStep } from './solver/proof.ts'

/** Tells one step of a proof: in words, and with the permissions and facts that it stands on. */
export const tellStep = ({ scene, rules }: Ground, { rule: number, actor, conditional }: ProofStep): PathStep => {
  const rule = rules[number]!
  const { plan } = rule
  const { step, effect } = plan
  const binding = completed(scene, rule, plan, actor)
  const on = binding[0]!
  const facts = factsOf(scene, plan, binding)
  const permissions = actor === undefined ? [] : permissionsOf(scene, plan, binding, actor)
  const conditions = [...permissions.flatMap((permission) => permission.conditions), ...facts.flatMap(({ condition }) => condition ?? [])]
  return {
    step: step.id,
    family: step.family,
    story: step.story.replace(/\{(\w+)\}/g, (_all, name: string) => nameOf(scene, plan, binding, name)),
    power: effect.power,
    on: scene.idOf(on), onName: scene.nameOf(on), onType: scene.typeOf(on),
    ...(actor === undefined ? {} : { actor: scene.idOf(actor), actorName: scene.nameOf(actor) }),
    permissions,
    facts: facts.map(({ from, relation, to, pointer }) => ({ from, relation, to, pointer })),
    conditions: conditional && conditions.length === 0 ? ['something that could not be read'] : [...new Set(conditions)],
    techniques: step.techniques, confidence: step.confidence, waits: step.waits,
    ...(step.source === undefined ? {} : { source: step.source }),
  }
}

type Scene = Ground['scene']

const nameOf = (scene: Scene, { variables }: Plan, binding: readonly number[], name: string): string => {
  const at = variables.findIndex((variable) => variable.name === name)
  return at === -1 || binding[at] === -1 ? name : scene.nameOf(binding[at]!)
}

/** The nodes of a step, with one that fits for each part that no fact connects: the first that the actor may use. */
const completed = (scene: Scene, { binding }: Rule, plan: Plan, actor: number | undefined): readonly number[] => {
  const full = binding.slice()
  if (actor === undefined) return full
  const own = scene.classOf(actor)
  for (const island of plan.islands) {
    let done = false
    onIsland(scene, plan, island, (candidate) => {
      if (done || !island.asks.every(({ may, on }) => scene.who(may.action, candidate[on]!, may.context).some((who) => who >> 1 === own))) return
      for (const variable of island.variables) full[variable] = candidate[variable]!
      done = true
    })
  }
  return full
}

const permissionsOf = (scene: Scene, plan: Plan, binding: readonly number[], actor: number): Permission[] => [
  ...[...plan.asks, ...plan.islands.flatMap(({ asks }) => asks)].map(({ may, on }) => scene.explain(actor, may.action, on === -1 ? undefined : binding[on]!, may.context)),
  ...plan.guards.flatMap(({ each, on, forward }) => (forward ? scene.out(binding[on]!, each.fact.relation) : scene.in(binding[on]!, each.fact.relation))
    .map(({ node }) => scene.explain(actor, each.may.action, node, each.may.context))),
]

const factsOf = (scene: Scene, plan: Plan, binding: readonly number[]): (FactEvidence & { condition?: string })[] =>
  [...plan.hops, ...plan.islands.flatMap(({ hops }) => hops)].map(({ fact, from, to }) => {
    const link = scene.out(binding[from]!, fact.relation).find(({ node }) => node === binding[to])
    return {
      from: scene.idOf(binding[from]!), relation: fact.relation, to: scene.idOf(binding[to]!), pointer: link?.pointer ?? '',
      ...(link?.condition === undefined ? {} : { condition: link.condition }),
    }
  })
