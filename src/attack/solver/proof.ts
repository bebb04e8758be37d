import type { Derivation } from './derive.ts'
import { tailsOf } from './ground.ts'
import type { Ground } from './ground.ts'

/** One step of a proof: the rule, and the principal that acts in it. */
export interface ProofStep { readonly rule: number, readonly actor?: number, readonly conditional: boolean }

/** A derivation of a target from what is held, each step after those that it needs. */
export interface Proof {
  readonly target: number
  readonly cost: number
  readonly steps: readonly ProofStep[]
  /** What the attacker starts from: the held atoms that the proof uses. */
  readonly held: readonly number[]
}

/** Reads the cheapest proof of an atom out of a derivation; undefined where there is none. */
export const proofOf = (graph: Ground, derivation: Derivation, target: number): Proof | undefined => {
  const { atoms, rules, members } = graph
  const cost = derivation.cost(target)
  if (cost === Infinity) return undefined
  const steps: ProofStep[] = []
  const held: number[] = []
  const done = new Set<number>()
  const visit = (atom: number): void => {
    if (done.has(atom)) return
    done.add(atom)
    const number = derivation.by(atom)
    if (number === -1) {
      held.push(atom)
      return
    }
    for (const tail of tailsOf(graph, number)) visit(tail)
    if (number < rules.length) steps.push({ rule: number, ...actorOf(number), conditional: rules[number]!.conditional || unsure(number) })
  }
  /** The principal whose power lets a set act. */
  const actorOf = (number: number): { actor?: number } => {
    const { plan, binding, tails } = rules[number]!
    if (plan.self !== -1) return { actor: binding[plan.self]! }
    let at = tails.find((tail) => atoms[tail]!.kind === 'set')
    if (at === undefined) return {}
    while (atoms[at]!.kind !== 'power') at = tailsOf(graph, derivation.by(at))[0]!
    const atom = atoms[at]!
    return atom.kind === 'power' ? { actor: atom.node } : {}
  }
  const unsure = (number: number): boolean => rules[number]!.tails.some((tail) => atoms[tail]!.kind === 'set' && members.unsure[derivation.by(tail) - rules.length] === 1)
  visit(target)
  return { target, cost, steps, held: held.sort((a, b) => a - b) }
}
