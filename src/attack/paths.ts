import { identity } from '../core/hash.ts'
import { byText } from '../core/text.ts'
import type { Estate, Facts } from '../graph/estate.ts'
import { bySeverity, lowered, raised } from '../model/severity.ts'
import type { Severity } from '../model/severity.ts'
import { entriesOf } from './entry.ts'
import type { EntryHolds } from './entry.ts'
import { sceneOf } from './estate/scene.ts'
import { isOpen } from './path.ts'
import type { AttackPath, Entry, EntryKind } from './path.ts'
import { proofs } from './solver/alternatives.ts'
import { makeDeriver } from './solver/derive.ts'
import { ground } from './solver/ground.ts'
import type { Ground } from './solver/ground.ts'
import { plansOf } from './solver/plan.ts'
import { proofOf } from './solver/proof.ts'
import type { Proof } from './solver/proof.ts'
import type { Step } from './step.ts'
import { variablesOf } from './step.ts'
import { tellStep } from './tell.ts'
import { targetsOf } from './target.ts'
import type { TargetNode } from './target.ts'
import { keepWorst } from './worst.ts'
import type { Worst } from './worst.ts'
import type { TargetRules } from './target-choice.ts'

export interface PathOptions {
  readonly steps: readonly Step[]
  readonly facts: Facts
  /** Start from these principals (ids, ARNs or names) and nowhere else. */
  readonly from?: readonly string[]
  /** Only paths to these targets (ids, ARNs or names). */
  readonly to?: readonly string[]
  /** What counts as a target beside the usual, and what does not. */
  readonly targets?: TargetRules
  /** How many distinct proofs of each target from each entry point; 1 by default. */
  readonly alternatives?: number
  /** The most paths told in full, the worst first; 1,000 by default. */
  readonly limit?: number
  /** Also tell what a narrower entry point reaches no easier than the internet does. */
  readonly all?: boolean
  /** Condition keys that are settled: `{'aws:MultiFactorAuthPresent': 'true'}`. */
  readonly assume?: Readonly<Record<string, string>>
}

/**
 * Every attack path of an estate, the worst first. What anybody can do is told once: a path from a narrower entry point is left
 * out where the internet or any AWS account reaches the target as easily.
 */
export const attackPaths = (estate: Estate, options: PathOptions): AttackPath[] => {
  const plans = plansOf(options.steps)
  const scene = sceneOf(estate, options.facts, servicesIn(options.steps), options.assume)
  const targets = targetsOf(estate, scene, options.to, options.targets)
  const graph = ground(scene, plans, targets.map(({ node, target }) => [target.power, node] as const))
  const deriver = makeDeriver(graph)
  const targetsAt = Map.groupBy(targets.keys(), (at) => graph.atom(targets[at]!.target.power, targets[at]!.node)!)
  const seen = new Set<string>()
  const found = keepWorst(options.limit ?? 1000, worstFirst)
  const anybody = new Map<number, number>()
  for (const { entry, holds } of entriesOf(estate, scene, options.from)) {
    const held = heldAtoms(graph, holds)
    if (held.length === 0) continue
    const near = nearness(entry.kind)
    /** Sorts no later than the path does; what is not certain is less severe. */
    const soonest = (at: number, cost: number) => (last: Candidate): number =>
      bySeverity(near(targets[at]!.target.severity), last.severity) || cost - last.proof.cost || byText(targets[at]!.target.id, last.one.target.id)
    // What anybody reaches is needed whole; of others, no more than can be among the worst.
    const derivation = deriver.from(held, undefined, isOpen(entry) ? undefined : enoughOf(found, targets, targetsAt, near))
    const reached: (readonly [number, Proof])[] = []
    for (const atom of derivation.reached()) {
      const here = targetsAt.get(atom)
      const cost = derivation.cost(atom)
      // Held from the start, or no easier than for anybody.
      if (here === undefined || derivation.by(atom) === -1 || options.all !== true && cost >= (anybody.get(atom) ?? Infinity)) continue
      if (isOpen(entry)) anybody.set(atom, cost)
      const wanted = here.filter((at) => found.matters(soonest(at, cost)))
      const proof = wanted.length === 0 ? undefined : proofOf(graph, derivation, atom)
      if (proof !== undefined && proof.steps.length > 0) reached.push(...wanted.map((at) => [at, proof] as const))
    }
    for (const [at, proof] of reached) {
      const all = (options.alternatives ?? 1) > 1 ? proofs(graph, deriver, held, proof.target).take(options.alternatives!).toArray() : [proof]
      for (const each of all) {
        const name = `${each.held.join()} ${each.target} ${each.steps.map(({ rule }) => rule).join()}`
        if (!seen.has(name)) found.add(candidate(entry, at, targets[at]!, each))
        seen.add(name)
      }
    }
  }
  const worst = found.done()
  const takeovers = new Map(worst.filter(isTakeover).map((one) => [one, pathOf(graph, one)] as const))
  return worst.map((one) => takeovers.get(one) ?? following(pathOf(graph, one), [...takeovers.keys()].find((takeover) => isOnTheWay(takeover, one)), takeovers))
}

/**
 * Says when nothing that follows can be among the worst: it costs more than the last of them does, and all targets that are more severe than
 * that have been reached. Undefined where that cannot be told yet.
 */
const enoughOf = (found: Worst<Candidate>, targets: readonly TargetNode[], targetsAt: ReadonlyMap<number, readonly number[]>, near: (severity: Severity) => Severity) => {
  const last = found.last()
  if (last === undefined) return undefined
  const isWorse = (at: number) => bySeverity(near(targets[at]!.target.severity), last.severity) < 0
  const worse = new Set([...targetsAt].flatMap(([atom, here]) => (here.some(isWorse) ? [atom] : [])))
  return (atom: number, cost: number): boolean => {
    if (cost > last.proof.cost && worse.size === 0) return true
    worse.delete(atom)
    return false
  }
}

/** Service principals that steps name. */
export const servicesIn = (steps: readonly Step[]): string[] =>
  [...new Set(steps.flatMap(({ when }) => when.flatMap(variablesOf)).filter(({ types }) => types.includes('service')).flatMap(({ id }) => id ?? []))]

const heldAtoms = (graph: Ground, holds: EntryHolds['holds']): number[] => holds.flatMap(([power, node]) => graph.atom(power, node) ?? [])

interface Candidate { readonly entry: Entry, readonly at: number, readonly one: TargetNode, readonly proof: Proof, readonly severity: Severity }

const worstFirst = (a: Candidate, b: Candidate): number =>
  bySeverity(a.severity, b.severity) || a.proof.cost - b.proof.cost || byText(a.one.target.id, b.one.target.id) || byText(a.entry.id, b.entry.id) || a.at - b.at

const isTakeover = ({ one: { target } }: Candidate): boolean => target.type === 'account'

/** Whether a takeover of an account needs nothing but what a path does anyway. */
const isOnTheWay = (takeover: Candidate, { entry, proof }: Candidate): boolean => {
  const done = new Set(proof.steps.map(({ rule }) => rule))
  return takeover.entry === entry && takeover.proof.steps.slice(0, -1).every(({ rule }) => done.has(rule))
}

const following = (path: AttackPath, takeover: Candidate | undefined, told: ReadonlyMap<Candidate, AttackPath>): AttackPath =>
  (takeover === undefined ? path : { ...path, follows: told.get(takeover)!.id })

/** Anybody stands on the internet, or signs up; whoever publishes an image must be taken over first. */
const nearness = (kind: EntryKind): ((severity: Severity) => Severity) => {
  if (kind === 'internet' || kind === 'any-account' || kind === 'identity-provider') return raised
  return kind === 'third-party-code' ? lowered : (severity) => severity
}

const candidate = (entry: Entry, at: number, one: TargetNode, proof: Proof): Candidate => {
  const near = nearness(entry.kind)(one.target.severity)
  return { entry, at, one, proof, severity: proof.steps.some(({ conditional }) => conditional) ? lowered(near) : near }
}

const pathOf = (graph: Ground, { entry, one: { target }, proof, severity }: Candidate): AttackPath => {
  const steps = proof.steps.map((step) => tellStep(graph, step))
  const told = steps.map(({ story }) => story)
  return {
    id: identity(`${entry.id} ${target.power} ${target.id} ${steps.map(({ step, on, actor = '' }) => `${step} ${actor} ${on}`).join(' ')}`),
    entry, target, severity, pillar: target.pillar, steps,
    story: `${opening[entry.kind]} ${entry.title} ${sequence(told)}${told.at(-1)!.startsWith(target.harm) ? '' : `, and so ${target.harm}`}.`,
    conditions: [...new Set(steps.flatMap(({ conditions }) => conditions))],
    confidence: steps.every(({ confidence }) => confidence === 'documented') ? 'documented' : 'derived',
    techniques: [...new Set(steps.flatMap(({ techniques }) => techniques))],
    cost: proof.cost,
  }
}

/** How a story begins. */
const opening: Readonly<Record<EntryKind, string>> = {
  'internet': 'Anyone on',
  'any-account': 'Anyone in',
  'outside-account': 'An attacker in',
  'identity-provider': 'An attacker who signs in with',
  'leaked-key': 'An attacker with',
  'third-party-code': 'An attacker who is',
  'untrusted-content': 'An attacker who writes',
  'from': 'An attacker who is',
}

const sequence = (steps: readonly string[]): string => (steps.length < 2 ? steps.join('') : `${steps.slice(0, -1).join(', then ')}, and then ${steps.at(-1)}`)
