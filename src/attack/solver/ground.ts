import { byText } from '../../core/text.ts'
import type { Scene } from '../scene.ts'
import { powers } from '../step.ts'
import type { Power } from '../step.ts'
import { launchersOf, matches } from './match.ts'
import type { Binding } from './match.ts'
import { conditionalCost, effectKey, plansByEffect } from './plan.ts'
import type { Plan } from './plan.ts'
import { makeSets } from './sets.ts'
import type { Sets } from './sets.ts'

/** A power over a node, or one of two kinds of "somebody": a member of a class, a class of a set. */
export type Atom = PowerAtom | SomebodyAtom

interface PowerAtom { readonly kind: 'power', readonly power: Power, readonly node: number }

interface SomebodyAtom { readonly kind: 'class' | 'set', readonly by: 'be' | 'instruct', readonly number: number }

/** A rule instance: when all tails hold, the head does. */
export interface Rule {
  readonly head: number
  readonly tails: readonly number[]
  readonly cost: number
  readonly plan: Plan
  readonly binding: Binding
  /** The set that must act. */
  readonly actors?: number
  readonly conditional: boolean
}

/** Who is in a class or a set, as rules with one tail: there are as many as pairs of a set and a member, so they are no objects. */
export interface Memberships { readonly heads: Int32Array, readonly tails: Int32Array, readonly unsure: Uint8Array }

/** All rule instances that can matter for some targets: an AND–OR graph whose order does not depend on the order of its input. */
export interface Ground {
  readonly scene: Scene
  readonly sets: Sets
  readonly atoms: readonly Atom[]
  readonly rules: readonly Rule[]
  /** They go by numbers behind those of the rules. */
  readonly members: Memberships
  /** Rules by a tail of theirs, as compressed sparse rows. */
  readonly offsets: Int32Array
  readonly uses: Int32Array
  atom(power: Power, node: number): number | undefined
}

/** Works backward from targets: what would give them, what would give that, until nothing new is needed. */
export const ground = (scene: Scene, plans: readonly Plan[], targets: readonly (readonly [Power, number])[]): Ground => {
  const sets = makeSets()
  const launchers = launchersOf(scene, sets)
  const byEffect = plansByEffect(plans)
  const table = atomTable(scene.size)
  const rules: Rule[] = []
  const members = memberships()
  for (const [power, node] of targets) table.power(power, node)
  const work = ({ power, node }: PowerAtom, head: number) => {
    for (const plan of byEffect.get(effectKey(power, scene.typeOf(node))) ?? []) {
      for (const match of matches(scene, sets, launchers, plan, node)) {
        const rule = ruleOf(scene, sets, table, head, plan, match)
        if (!rule.tails.includes(head)) rules.push(rule)
      }
    }
  }
  for (let at = 0; at < table.atoms.length; at++) {
    const atom = table.atoms[at]!
    if (atom.kind === 'power') {
      work(atom, at)
    } else if (atom.kind === 'set') {
      for (const who of sets.get(atom.number)) members.add(at, table.somebody(scene, atom.by, who >> 1), who & 1)
    } else {
      for (const member of scene.membersOf(atom.number)) members.add(at, table.power(atom.by, member), 0)
    }
  }
  return canonical(scene, sets, table.atoms, rules, members.done())
}

const memberships = () => {
  let [heads, tails, unsure] = [new Int32Array(1024), new Int32Array(1024), new Uint8Array(1024)]
  let length = 0
  const larger = <T extends Int32Array | Uint8Array>(from: T, to: T): T => {
    to.set(from)
    return to
  }
  return {
    add(head: number, tail: number, doubt: number) {
      if (length === heads.length) {
        heads = larger(heads, new Int32Array(length * 2))
        tails = larger(tails, new Int32Array(length * 2))
        unsure = larger(unsure, new Uint8Array(length * 2))
      }
      heads[length] = head
      tails[length] = tail
      unsure[length++] = doubt
    },
    done: (): Memberships => ({ heads: heads.subarray(0, length), tails: tails.subarray(0, length), unsure: unsure.subarray(0, length) }),
  }
}

/** The tails of a rule or membership. */
export const tailsOf = ({ rules, members }: Pick<Ground, 'rules' | 'members'>, number: number): readonly number[] =>
  (number < rules.length ? rules[number]!.tails : [members.tails[number - rules.length]!])

const ruleOf = (
  scene: Scene, sets: Sets, table: AtomTable, head: number, plan: Plan, { binding, actors, unsure }: ReturnType<typeof matches>[number]): Rule => {
  const tails = plan.has.map(({ has, on }) => table.power(has.power, binding[on]!))
  const alone = plan.self === -1 ? undefined : binding[plan.self]!
  const doubt = alone !== undefined && sets.get(actors).some((who) => (who & 1) === 1)
  if (alone !== undefined) tails.push(table.power(plan.step.by, alone))
  else if (plan.acts) tails.push(table.set(plan.step.by, actors))
  const conditional = unsure || doubt
  return {
    head, tails: [...new Set(tails)], plan, binding, conditional,
    cost: plan.cost + (conditional ? conditionalCost : 0),
    ...(plan.acts ? { actors } : {}),
  }
}

interface AtomTable {
  readonly atoms: Atom[]
  power(power: Power, node: number): number
  set(by: 'be' | 'instruct', set: number): number
  somebody(scene: Scene, by: 'be' | 'instruct', principalClass: number): number
}

const atomTable = (size: number): AtomTable => {
  const atoms: Atom[] = []
  const numbers = new Map<number, number>()
  const add = (key: number, atom: Atom): number => {
    const known = numbers.get(key)
    if (known !== undefined) return known
    numbers.set(key, atoms.length)
    return atoms.push(atom) - 1
  }
  const kinds = powers.length
  const power = (name: Power, node: number) => add(powers.indexOf(name) * size + node, { kind: 'power', power: name, node })
  return {
    atoms,
    power,
    set: (by, set) => add(-1 - (set * 2 + (by === 'be' ? 0 : 1)), { kind: 'set', by, number: set }),
    somebody: (scene, by, number) => {
      const members = scene.membersOf(number)
      return members.length === 1 ? power(by, members[0]!) : add((kinds + (by === 'be' ? 0 : 1)) * size + number, { kind: 'class', by, number })
    },
  }
}

/**
 * Numbers atoms and rules by what they are, not by when they were found: powers first, then classes, then sets. The
 * solver breaks ties by number, so this makes its answers the same for every order of resources, policies and steps.
 */
const canonical = (scene: Scene, sets: Sets, atoms: readonly Atom[], rules: readonly Rule[], members: Memberships): Ground => {
  const rank = rankNodes(scene, sets, atoms)
  const place = [...atoms.keys()].sort((a, b) => compareAtoms(atoms[a]!, atoms[b]!, rank, sets))
  const renumbered = new Int32Array(atoms.length)
  place.forEach((old, index) => {
    renumbered[old] = index
  })
  const sorted = rules
    .map((rule): Rule => ({ ...rule, head: renumbered[rule.head]!, tails: rule.tails.map((tail) => renumbered[tail]!).sort((a, b) => a - b) }))
    .sort((a, b) => compareRules(a, b, rank))
  const parts = inOrder(members, renumbered)
  const placed = place.map((old) => atoms[old]!)
  const numbers = new Map(placed.flatMap((atom, index) => (atom.kind === 'power' ? [[powers.indexOf(atom.power) * scene.size + atom.node, index] as const] : [])))
  return {
    scene, sets, atoms: placed, rules: sorted, members: parts, ...rows(placed.length, sorted, parts),
    atom: (power, node) => numbers.get(powers.indexOf(power) * scene.size + node),
  }
}

/** Memberships under the new numbers of atoms, by head and tail. */
const inOrder = ({ heads, tails, unsure }: Memberships, renumbered: Int32Array): Memberships => {
  const byTail = countingOrder(tails.map((tail) => renumbered[tail]!), renumbered.length)
  const order = countingOrder(byTail.map((at) => renumbered[heads[at]!]!), renumbered.length).map((at) => byTail[at]!)
  return { heads: order.map((at) => renumbered[heads[at]!]!), tails: order.map((at) => renumbered[tails[at]!]!), unsure: Uint8Array.from(order, (at) => unsure[at]!) }
}

/** Places in rising order of their numbers, equal ones as they stand. */
const countingOrder = (numbers: Int32Array, size: number): Int32Array => {
  const next = new Int32Array(size + 1)
  for (const number of numbers) next[number + 1]!++
  for (let i = 0; i < size; i++) next[i + 1]! += next[i]!
  const order = new Int32Array(numbers.length)
  numbers.forEach((number, at) => {
    order[next[number]!++] = at
  })
  return order
}

const rankNodes = (scene: Scene, sets: Sets, atoms: readonly Atom[]): (node: number) => number => {
  const nodes = new Set<number>()
  for (const atom of atoms) {
    if (atom.kind === 'power') nodes.add(atom.node)
    if (atom.kind === 'class') for (const member of scene.membersOf(atom.number)) nodes.add(member)
    if (atom.kind === 'set') for (const who of sets.get(atom.number)) nodes.add(scene.membersOf(who >> 1)[0]!)
  }
  const order = [...nodes].map((node) => ({ node, id: scene.idOf(node) })).sort((a, b) => byText(a.id, b.id))
  const ranks = new Map(order.map(({ node }, index) => [node, index]))
  const lowest = new Map<number, number>()
  const ofClass = (number: number): number => {
    let known = lowest.get(number)
    if (known === undefined) {
      known = scene.membersOf(number).reduce((least, member) => Math.min(least, ranks.get(member) ?? Infinity), Infinity)
      lowest.set(number, known)
    }
    return known
  }
  return (node) => ranks.get(node) ?? ofClass(node)
}

const kindOrder = { power: 0, class: 1, set: 2 } as const

const compareAtoms = (a: Atom, b: Atom, rank: (node: number) => number, sets: Sets): number => {
  if (a.kind !== b.kind) return kindOrder[a.kind] - kindOrder[b.kind]
  if (a.kind === 'power') {
    const other = b as typeof a
    return rank(a.node) - rank(other.node) || powers.indexOf(a.power) - powers.indexOf(other.power)
  }
  const other = b as typeof a
  if (a.by !== other.by) return byText(a.by, other.by)
  return a.kind === 'class' ? rank(a.number) - rank(other.number) : compareSets(sets, rank, a.number, other.number)
}

const signatures = new WeakMap<Sets, Map<number, Int32Array>>()

const compareSets = (sets: Sets, rank: (node: number) => number, a: number, b: number): number => {
  const memo = signatures.get(sets) ?? new Map<number, Int32Array>()
  signatures.set(sets, memo)
  const signature = (set: number): Int32Array => {
    let known = memo.get(set)
    if (known === undefined) memo.set(set, known = sets.get(set).map((who) => rank(who >> 1) * 2 + (who & 1)).sort())
    return known
  }
  const [left, right] = [signature(a), signature(b)]
  for (let i = 0; i < left.length && i < right.length; i++) if (left[i] !== right[i]) return left[i]! - right[i]!
  return left.length - right.length
}

const compareRules = (a: Rule, b: Rule, rank: (node: number) => number): number => {
  const plain = a.head - b.head || a.plan.number - b.plan.number || compareLists(a.tails, b.tails)
  if (plain !== 0) return plain
  for (let i = 0; i < a.binding.length; i++) {
    if (a.binding[i] !== b.binding[i]) return rank(a.binding[i]!) - rank(b.binding[i]!) || byNumber(a.binding[i]!, b.binding[i]!)
  }
  return 0
}

const byNumber = (a: number, b: number): number => a - b

const compareLists = (a: readonly number[], b: readonly number[]): number => {
  for (let i = 0; i < a.length && i < b.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!
  return a.length - b.length
}

const rows = (size: number, rules: readonly Rule[], members: Memberships): Pick<Ground, 'offsets' | 'uses'> => {
  const offsets = new Int32Array(size + 1)
  for (const { tails } of rules) for (const tail of tails) offsets[tail + 1]!++
  for (const tail of members.tails) offsets[tail + 1]!++
  for (let i = 0; i < size; i++) offsets[i + 1]! += offsets[i]!
  const uses = new Int32Array(offsets[size]!)
  const next = offsets.slice()
  rules.forEach(({ tails }, rule) => {
    for (const tail of tails) uses[next[tail]!++] = rule
  })
  members.tails.forEach((tail, at) => {
    uses[next[tail]!++] = rules.length + at
  })
  return { offsets, uses }
}
