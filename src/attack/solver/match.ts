import type { Link, Scene } from '../scene.ts'
import type { Variable } from '../step.ts'
import type { Hop, Island, Plan } from './plan.ts'
import type { Sets } from './sets.ts'

/** Nodes for the variables of a plan; -1 where none is bound. */
export type Binding = number[]

/** One way in which a plan applies: the nodes, the set of those who may act, and whether a fact is conditional. */
export interface Match { readonly binding: Binding, readonly actors: number, readonly unsure: boolean }

export const fits = (scene: Scene, { types, id }: Variable, node: number): boolean =>
  id === undefined ? types.includes(scene.typeOf(node)) : scene.idOf(node) === id

/** Every way in which a plan gives its effect on a node, in the order of the facts. */
export const matches = (scene: Scene, sets: Sets, launchers: (plan: Plan) => number, plan: Plan, node: number): Match[] => {
  if (!fits(scene, plan.variables[0]!, node)) return []
  const found: Match[] = []
  const binding = Array.from(plan.variables, () => -1)
  binding[0] = node
  expand(scene, plan.variables, plan.hops, 0, binding, false, (unsure) => {
    const actors = plan.acts ? actorsOf(scene, sets, launchers, plan, binding) : -1
    if (actors !== 0) found.push({ binding: binding.slice(), actors, unsure })
  })
  return found
}

/** The set of those who hold every permission of a plan for a binding; 0 when there is nobody. */
const actorsOf = (scene: Scene, sets: Sets, launchers: (plan: Plan) => number, plan: Plan, binding: Binding): number => {
  let actors = plan.self === -1 ? -1 : sets.intern(Int32Array.of(scene.classOf(binding[plan.self]!) * 2))
  const narrow = (set: number) => {
    actors = actors === -1 ? set : sets.both(actors, set)
  }
  for (const { may, on } of plan.asks) {
    narrow(sets.intern(scene.who(may.action, on === -1 ? undefined : binding[on]!, may.context)))
    if (actors === 0) return 0
  }
  for (const { each, on, forward } of plan.guards) {
    const links = forward ? scene.out(binding[on]!, each.fact.relation) : scene.in(binding[on]!, each.fact.relation)
    for (const { node } of links) {
      narrow(sets.intern(scene.who(each.may.action, node, each.may.context)))
      if (actors === 0) return 0
    }
  }
  if (plan.islands.length > 0) narrow(launchers(plan))
  return Math.max(actors, 0)
}

/** Those who hold all permissions on what a step needs somewhere, whatever it is; asked once a step. */
export const launchersOf = (scene: Scene, sets: Sets) => {
  const memo = new Map<Plan, number>()
  return (plan: Plan): number => {
    let found = memo.get(plan)
    if (found === undefined) {
      found = plan.islands.map((island) => islandActors(scene, sets, plan, island)).reduce((a, b) => sets.both(a, b))
      memo.set(plan, found)
    }
    return found
  }
}

const islandActors = (scene: Scene, sets: Sets, plan: Plan, island: Island): number => {
  let actors = 0
  onIsland(scene, plan, island, (binding) => {
    const able = island.asks.map(({ may, on }) => sets.intern(scene.who(may.action, binding[on], may.context)))
    if (able.length > 0) actors = sets.either(actors, able.reduce((a, b) => sets.both(a, b)))
  })
  return actors
}

/** Calls back for each way in which nodes fit an island. */
export const onIsland = (scene: Scene, plan: Plan, { variables, hops }: Island, then: (binding: Binding) => void): void => {
  const binding = Array.from(plan.variables, () => -1)
  const [start] = variables
  const { types } = plan.variables[start!]!
  for (const node of types.flatMap((type) => scene.ofType(type))) {
    if (!fits(scene, plan.variables[start!]!, node)) continue
    binding[start!] = node
    expand(scene, plan.variables, hops, 0, binding, false, () => then(binding))
  }
}

const expand = (
  scene: Scene, variables: readonly Variable[], hops: readonly Hop[], at: number, binding: Binding, unsure: boolean, then: (unsure: boolean) => void): void => {
  const hop = hops[at]
  if (hop === undefined) return then(unsure)
  const [near, far] = hop.forward ? [hop.from, hop.to] : [hop.to, hop.from]
  const links = linksOf(scene, hop, binding[near]!)
  for (const { node, condition } of links) {
    const doubt = unsure || condition !== undefined
    if (hop.check) {
      if (binding[far] === node) return expand(scene, variables, hops, at + 1, binding, doubt, then)
      continue
    }
    if (!fits(scene, variables[far]!, node)) continue
    binding[far] = node
    expand(scene, variables, hops, at + 1, binding, doubt, then)
    binding[far] = -1
  }
}

const linksOf = (scene: Scene, hop: Hop, node: number): readonly Link[] =>
  hop.forward ? scene.out(node, hop.fact.relation) : scene.in(node, hop.fact.relation)
