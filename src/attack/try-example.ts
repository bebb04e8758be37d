import { sceneOfExample } from './example.ts'
import { makeDeriver } from './solver/derive.ts'
import { ground } from './solver/ground.ts'
import { plansOf } from './solver/plan.ts'
import { proofOf } from './solver/proof.ts'
import type { Scene } from './scene.ts'
import type { Example, Power, Step } from './step.ts'

/** The ids of the steps by which an example gains what it gives; undefined when it does not. */
export const gained = (example: Example, steps: readonly Step[]): string[] | undefined => {
  const scene = sceneOfExample(example)
  const [power, id] = example.gives
  const node = scene.find(id)
  return node === undefined ? undefined : gainedIn(scene, steps, example.holds.map(([heldPower, heldId]) => [heldPower, scene.find(heldId) ?? -1]), [power, node])
}

/** The ids of the steps by which one who holds some powers in a scene gains another; undefined when nothing gives it. */
export const gainedIn = (scene: Scene, steps: readonly Step[], holds: readonly (readonly [Power, number])[], gives: readonly [Power, number]): string[] | undefined => {
  const graph = ground(scene, plansOf(steps), [gives])
  const held = holds.flatMap(([power, node]) => graph.atom(power, node) ?? [])
  const proof = proofOf(graph, makeDeriver(graph).from(held), graph.atom(...gives)!)
  return proof?.steps.map(({ rule }) => graph.rules[rule]!.plan.step.id)
}
