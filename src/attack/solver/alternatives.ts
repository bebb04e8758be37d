import type { Deriver } from './derive.ts'
import type { Ground } from './ground.ts'
import { proofOf } from './proof.ts'
import type { Proof } from './proof.ts'

/**
 * The cheapest proof of a target, then the next distinct ones, as long as they are asked for. Each proof is branched by
 * forbidding one of its rules at a time (Lawler's scheme); proofs made of the same steps count once.
 */
export function* proofs(graph: Ground, deriver: Deriver, held: readonly number[], target: number, most = 200): Generator<Proof> {
  const seen = new Set<string>()
  const tried = new Set<string>()
  const open: { proof: Proof, without: ReadonlySet<number> }[] = []
  let left = most
  const attempt = (without: ReadonlySet<number>) => {
    const key = [...without].sort((a, b) => a - b).join(' ')
    if (tried.has(key) || left-- <= 0) return
    tried.add(key)
    const proof = proofOf(graph, deriver.from(held, without), target)
    if (proof === undefined) return
    const at = open.findIndex((other) => other.proof.cost > proof.cost)
    open.splice(at === -1 ? open.length : at, 0, { proof, without })
  }
  attempt(new Set())
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    const { proof, without } = next
    for (const { rule } of proof.steps) attempt(new Set([...without, rule]))
    const name = proof.steps.map(({ rule }) => rule).sort((a, b) => a - b).join(' ')
    if (seen.has(name)) continue
    seen.add(name)
    yield proof
  }
}
