import type { Scene } from '../scene.ts'
import { powers } from '../step.ts'
import type { Power, Step, Variable } from '../step.ts'
import { variablesOf } from '../step.ts'

/**
 * A slow and plain solver that shares nothing with the fast one: it tries every step with every node for every variable
 * and every principal as the actor, until nothing new is gained. The tests hold the fast solver against it.
 */
export const naivePowers = (scene: Scene, steps: readonly Step[], holds: readonly (readonly [Power, string])[]): Set<string> => {
  const held = new Set(holds.map(([power, id]) => `${power} ${id}`))
  for (let before = -1; before !== held.size;) {
    before = held.size
    for (const step of steps) for (const binding of bindings(scene, step)) if (holdsIn(scene, step, binding, held)) gain(scene, step, binding, held)
  }
  return held
}

type Nodes = ReadonlyMap<string, number>

const key = (variable: Variable): string => `${variable.name} ${variable.id ?? ''}`

const gain = (scene: Scene, step: Step, binding: Nodes, held: Set<string>) => {
  for (const { power, on } of step.gives) held.add(`${power} ${scene.idOf(binding.get(key(on))!)}`)
}

function* bindings(scene: Scene, step: Step): Generator<Nodes> {
  const guarded = new Set(step.when.flatMap((premise) => (premise.kind === 'each' ? [key(premise.fact.to)] : [])))
  const variables = new Map([...step.gives.map(({ on }) => on), ...step.when.flatMap(variablesOf)].filter((variable) => !guarded.has(key(variable))).map((variable) => [key(variable), variable]))
  const names = [...variables.keys()]
  const binding = new Map<string, number>()
  const assign = function* (at: number): Generator<Nodes> {
    const name = names[at]
    if (name === undefined) return yield binding
    const { types, id } = variables.get(name)!
    for (let node = 0; node < scene.size; node++) {
      if (id === undefined ? !types.includes(scene.typeOf(node)) : scene.idOf(node) !== id) continue
      binding.set(name, node)
      yield* assign(at + 1)
    }
  }
  yield* assign(0)
}

const holdsIn = (scene: Scene, step: Step, binding: Nodes, held: ReadonlySet<string>): boolean => {
  const node = (variable: Variable) => binding.get(key(variable))!
  const plain = step.when.every((premise) => {
    if (premise.kind === 'fact') return scene.out(node(premise.from), premise.relation).some((link) => link.node === node(premise.to))
    return premise.kind !== 'has' || held.has(`${premise.power} ${scene.idOf(node(premise.on))}`)
  })
  if (!plain) return false
  if (!step.when.some(({ kind }) => kind === 'may' || kind === 'self')) return true
  const principals = [...Array(scene.size).keys()].filter((principal) => held.has(`${step.by} ${scene.idOf(principal)}`))
  return principals.some((actor) => step.when.every((premise) => {
    switch (premise.kind) {
      case 'self': return node(premise.on) === actor
      case 'may': return allowed(scene, actor, premise.action, premise.on === undefined ? undefined : node(premise.on))
      case 'each': return scene.out(node(premise.fact.from), premise.fact.relation).every((link) => allowed(scene, actor, premise.may.action, link.node))
      default: return true
    }
  }))
}

const allowed = (scene: Scene, actor: number, action: string, node: number | undefined): boolean =>
  scene.who(action, node, undefined).some((who) => who >> 1 === actor)

/** Every power over every node, for tests that look at all of them. */
export const everyPower = (scene: Scene): [Power, number][] =>
  powers.flatMap((power) => Array.from({ length: scene.size }, (_, node): [Power, number] => [power, node]))
