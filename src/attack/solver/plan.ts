import { byText } from '../../core/text.ts'
import type { Each, Effect, Fact, Has, May, Power, Self, Step, Variable } from '../step.ts'
import { variablesOf } from '../step.ts'

/** A fact to follow from a variable that is bound to one that is not yet, or to check when both are. */
export interface Hop { readonly fact: Fact, readonly from: number, readonly to: number, readonly forward: boolean, readonly check: boolean }

/** A permission with the number of the variable that it is about; -1 for none. */
export interface Ask { readonly may: May, readonly on: number }

/** A part of a step that no fact connects with its effect: anything that fits will do, and what fits is found once. */
export interface Island { readonly variables: readonly number[], readonly hops: readonly Hop[], readonly asks: readonly Ask[] }

/** One effect of a step, made ready to be worked backward from: variable 0 is what the effect is on. */
export interface Plan {
  readonly number: number
  readonly step: Step
  readonly effect: Effect
  readonly cost: number
  readonly variables: readonly Variable[]
  readonly hops: readonly Hop[]
  readonly asks: readonly Ask[]
  readonly has: readonly { readonly has: Has, readonly on: number }[]
  readonly guards: readonly { readonly each: Each, readonly on: number, readonly forward: boolean }[]
  readonly self: number
  readonly islands: readonly Island[]
  /** Whether a principal must act. */
  readonly acts: boolean
}

/** What a step costs an attacker: unproved ones and those that wait for somebody cost more. Conditional permissions add `conditionalCost`. */
const costOf = (step: Step): number => step.effort + (step.confidence === 'derived' ? 4 : 0) + (step.waits ? 6 : 0)

export const conditionalCost = 20

/** The plans of steps in the order of their ids, whatever the order they are given in. */
export const plansOf = (steps: readonly Step[]): Plan[] =>
  [...steps].sort((a, b) => byText(a.id, b.id))
    .flatMap((step) => step.gives.map((effect) => ({ step, effect })))
    .map(({ step, effect }, number) => planOf(step, effect, number))

/** Plans by what they give: `power type`, then by constant id. */
export const plansByEffect = (plans: readonly Plan[]): ReadonlyMap<string, readonly Plan[]> => {
  const found = new Map<string, Plan[]>()
  for (const plan of plans) {
    for (const type of plan.effect.on.types) {
      const key = effectKey(plan.effect.power, type)
      found.set(key, [...(found.get(key) ?? []), plan])
    }
  }
  return found
}

export const effectKey = (power: Power, type: string): string => `${power} ${type}`

const planOf = (step: Step, effect: Effect, number: number): Plan => {
  const variables: Variable[] = [effect.on]
  const numberOf = (variable: Variable): number => {
    const known = variables.findIndex((other) => other === variable || sameName(other, variable))
    return known === -1 ? variables.push(variable) - 1 : known
  }
  for (const premise of step.when) for (const variable of variablesOf(premise)) numberOf(variable)

  const facts = step.when.filter((premise) => premise.kind === 'fact')
  const bound = new Set([0])
  const hops = order(facts, bound, numberOf)
  const anchored = new Set(bound)
  const asks = step.when.filter((premise) => premise.kind === 'may').map((may): Ask => ({ may, on: may.on === undefined ? -1 : numberOf(may.on) }))
  const guards = step.when.filter((premise) => premise.kind === 'each').map((each) => {
    const forward = anchored.has(numberOf(each.fact.from))
    return { each, on: numberOf(forward ? each.fact.from : each.fact.to), forward }
  })
  const own = step.when.find((premise): premise is Self => premise.kind === 'self')
  const has = step.when.filter((premise) => premise.kind === 'has').map((premise) => ({ has: premise, on: numberOf(premise.on) }))
  const guarded = new Set(guards.map(({ each, forward }) => numberOf(forward ? each.fact.to : each.fact.from)))
  const islands = islandsOf(variables, anchored, guarded, facts, asks, numberOf)
  const stray = [...has.map(({ on }) => on), ...(own === undefined ? [] : [numberOf(own.on)])].find((on) => !anchored.has(on))
  if (guards.length > 0 && asks.length === 0) throw new Error(`${step.id}: a guard needs a permission beside it`)
  if (stray !== undefined) throw new Error(`${step.id}: nothing connects {${variables[stray]!.name}} with the effect`)
  return {
    number, step, effect, cost: costOf(step), variables, hops, has, guards, islands,
    asks: asks.filter(({ on }) => on === -1 || anchored.has(on)),
    self: own === undefined ? -1 : numberOf(own.on),
    acts: own !== undefined || asks.length > 0,
  }
}

const sameName = (a: Variable, b: Variable): boolean => a.name === b.name && a.id === b.id

/** Orders facts so that each starts from a bound variable; adds what they bind. */
const order = (facts: readonly Fact[], bound: Set<number>, numberOf: (variable: Variable) => number): Hop[] => {
  const hops: Hop[] = []
  const left = new Set(facts)
  for (let found = true; found;) {
    found = false
    for (const fact of left) {
      const [from, to] = [numberOf(fact.from), numberOf(fact.to)]
      if (!bound.has(from) && !bound.has(to)) continue
      hops.push({ fact, from, to, forward: bound.has(from), check: bound.has(from) && bound.has(to) })
      bound.add(from).add(to)
      left.delete(fact)
      found = true
    }
  }
  return hops
}

const islandsOf = (
  variables: readonly Variable[], anchored: ReadonlySet<number>, guarded: ReadonlySet<number>,
  facts: readonly Fact[], asks: readonly Ask[], numberOf: (variable: Variable) => number): Island[] => {
  const done = new Set([...anchored, ...guarded])
  return variables.flatMap((_variable, start) => {
    if (done.has(start)) return []
    const bound = new Set([start])
    const hops = order(facts, bound, numberOf)
    for (const variable of bound) done.add(variable)
    return [{ variables: [...bound], hops, asks: asks.filter(({ on }) => bound.has(on)) }]
  })
}
