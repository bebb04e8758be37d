import type { Ground } from './ground.ts'
import { conditionalCost } from './plan.ts'

/** What can be derived from some atoms, and the cheapest rule for each. */
export interface Derivation {
  /** The cost of an atom; Infinity when it cannot be derived. */
  cost(atom: number): number
  /** The rule that gives it; -1 for what is held from the start. */
  by(atom: number): number
  /** All that can be derived, the cheapest first. */
  reached(): Int32Array
}

/** Derives everything that an attacker can get, cheapest first. */
export interface Deriver {
  /** With `enough`, goes on until that is true of the cost of what comes next; it is asked once for each atom. */
  from(held: readonly number[], without?: ReadonlySet<number>, enough?: (atom: number, cost: number) => boolean): Derivation
}

/**
 * Knuth's generalisation of Dijkstra's algorithm to AND–OR graphs: an atom is settled when it leaves the heap, a rule
 * fires when its last tail is settled. The arrays are used again for each entry point, so one costs what it reaches.
 */
export const makeDeriver = ({ atoms, rules, members, offsets, uses }: Ground): Deriver => {
  const costs = new Float64Array(atoms.length)
  const via = new Int32Array(atoms.length)
  const touched = new Int32Array(atoms.length)
  const settled = new Int32Array(atoms.length)
  const left = new Int32Array(rules.length)
  const sums = new Float64Array(rules.length)
  const started = new Int32Array(rules.length)
  const order = new Int32Array(atoms.length)
  let [run, count] = [0, 0]

  const derive = (held: readonly number[], without: ReadonlySet<number> | undefined, enough: ((atom: number, cost: number) => boolean) | undefined): void => {
    run++
    count = 0
    const heap = makeHeap()
    const offer = (atom: number, cost: number, rule: number) => {
      if (settled[atom] === run) return
      if (touched[atom] === run && (costs[atom]! < cost || (costs[atom] === cost && via[atom]! <= rule))) return
      const cheaper = touched[atom] !== run || cost < costs[atom]!
      touched[atom] = run
      costs[atom] = cost
      via[atom] = rule
      if (cheaper) heap.push(cost, atom)
    }
    for (const atom of held) offer(atom, 0, -1)
    for (let atom = heap.pop(); atom !== -1; atom = heap.pop()) {
      if (settled[atom] === run) continue
      if (enough?.(atom, costs[atom]!) === true) break
      settled[atom] = run
      order[count++] = atom
      for (let at = offsets[atom]!; at < offsets[atom + 1]!; at++) {
        const rule = uses[at]!
        if (without?.has(rule) === true) continue
        if (rule >= rules.length) {
          const membership = rule - rules.length
          offer(members.heads[membership]!, costs[atom]! + members.unsure[membership]! * conditionalCost, rule)
          continue
        }
        if (started[rule] !== run) {
          started[rule] = run
          left[rule] = rules[rule]!.tails.length
          sums[rule] = rules[rule]!.cost
        }
        sums[rule] = sums[rule]! + costs[atom]!
        if (--left[rule]! === 0) offer(rules[rule]!.head, sums[rule], rule)
      }
    }
  }

  return {
    from(held, without, enough) {
      derive(held, without, enough)
      const mine = run
      const check = () => {
        if (run !== mine) throw new Error('this derivation has been replaced by a later one')
      }
      return {
        cost(atom) {
          check()
          return settled[atom] === run ? costs[atom]! : Infinity
        },
        by(atom) {
          check()
          return via[atom]!
        },
        reached() {
          check()
          return order.subarray(0, count)
        },
      }
    },
  }
}

/** A binary heap of atoms by cost, then by number. */
const makeHeap = () => {
  const costs: number[] = []
  const atoms: number[] = []
  const before = (a: number, b: number) => costs[a]! < costs[b]! || (costs[a] === costs[b] && atoms[a]! < atoms[b]!)
  const swap = (a: number, b: number) => {
    [costs[a], costs[b]] = [costs[b]!, costs[a]!];
    [atoms[a], atoms[b]] = [atoms[b]!, atoms[a]!]
  }
  return {
    push(cost: number, atom: number) {
      let at = costs.push(cost) - 1
      atoms.push(atom)
      for (let up = (at - 1) >> 1; at > 0 && before(at, up); at = up, up = (at - 1) >> 1) swap(at, up)
    },
    pop(): number {
      if (costs.length === 0) return -1
      const top = atoms[0]!
      const [cost, atom] = [costs.pop()!, atoms.pop()!]
      if (costs.length === 0) return top
      costs[0] = cost
      atoms[0] = atom
      for (let at = 0; ;) {
        let least = at
        for (const child of [2 * at + 1, 2 * at + 2]) if (child < costs.length && before(child, least)) least = child
        if (least === at) return top
        swap(at, least)
        at = least
      }
    },
  }
}
