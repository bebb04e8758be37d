import { sceneOfExample } from './example.ts'
import { makeDeriver } from './solver/derive.ts'
import { ground } from './solver/ground.ts'
import { plansOf } from './solver/plan.ts'
import { proofOf } from './solver/proof.ts'
import type { Example, Step } from './step.ts'

/** The ids of the steps by which an example gains what it gives; undefined when it does not. */
export const gained = (example: Example, steps: readonly Step[]): string[] | undefined => {
  const scene = sceneOfExample(example)
  const [power, id] = example.gives
  const node = scene.find(id)
  if (node === undefined) return undefined
  const graph = ground(scene, plansOf(steps), [[power, node]])
  const held = example.holds.flatMap(([heldPower, heldId]) => graph.atom(heldPower, scene.find(heldId) ?? -1) ?? [])
  const proof = proofOf(graph, makeDeriver(graph).from(held), graph.atom(power, node)!)
  return proof?.steps.map(({ rule }) => graph.rules[rule]!.plan!.step.id)
}
