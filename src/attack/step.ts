import type { Relation } from '../model/relations.ts'

/** What an attacker can do to a node. Powers only grow. */
export const powers = ['be', 'read', 'write', 'invoke', 'instruct', 'disable'] as const

export type Power = (typeof powers)[number]

/** Stands for any node of some types, or for one node that has this id everywhere (a service, anyone). */
export interface Variable {
  readonly name: string
  readonly types: readonly string[]
  readonly id?: string
}

/** The actor holds a permission; without `on` it is for creating something in the actor's own account. */
export interface May {
  readonly kind: 'may'
  readonly action: string
  readonly on?: Variable
  readonly context?: Readonly<Record<string, string>>
}

/** The attacker already holds a power over a node. */
export interface Has { readonly kind: 'has', readonly power: Power, readonly on: Variable }

/** A relation holds between two nodes. */
export interface Fact { readonly kind: 'fact', readonly from: Variable, readonly relation: Relation, readonly to: Variable }

/** The actor is this principal itself. */
export interface Self { readonly kind: 'self', readonly on: Variable }

/** Wherever the relation holds, the actor also needs the permission: data under a customer's key needs the key. */
export interface Each { readonly kind: 'each', readonly fact: Fact, readonly may: May }

export type Premise = May | Has | Fact | Self | Each

export interface Effect { readonly power: Power, readonly on: Variable }

/** Whether somebody was seen or shown to do it, or it follows from how the API works. */
export type Confidence = 'documented' | 'derived'

/** A small estate in literal facts: what an attacker holds, what is related, who may do what. A `?` after an action: conditionally. */
export interface Example {
  readonly types: Readonly<Record<string, string>>
  readonly holds: readonly (readonly [Power, string])[]
  readonly facts?: readonly (readonly [string, Relation, string])[]
  readonly grants?: readonly (readonly [principal: string, action: string, on?: string])[]
  /** What the step gives in it. */
  readonly gives: readonly [Power, string]
}

/** A rule of attack: when all premises hold, the attacker gains the effects. All permissions belong to one actor. */
export interface Step {
  readonly id: string
  readonly family: string
  /** What the attacker does, in the third person; `{name}` is filled with what the variable stands for. */
  readonly story: string
  /** MITRE ATLAS (`AML.T0020`) and ATT&CK (`T1098`) techniques. */
  readonly techniques: readonly string[]
  readonly confidence: Confidence
  /** Who described it, where somebody did. */
  readonly source?: string
  readonly when: readonly Premise[]
  readonly gives: readonly Effect[]
  /** Who the actor is to the attacker: a principal that the attacker is, or one whose service the attacker directs. */
  readonly by: 'be' | 'instruct'
  /** True when somebody else must act first: a restart, the next training run, a user who opens an app. */
  readonly waits: boolean
  /** What it costs an attacker, before what makes it doubtful; little where nothing new has to be done. */
  readonly effort: number
  readonly works: readonly Example[]
  readonly blocked: readonly Example[]
}

export const any = (name: string, ...types: readonly string[]): Variable => ({ name, types })

/** The service principal, as whatever `source` it acts for: a role's trust may be limited to one kind of its resources. */
export const service = (principal: string, source?: string): Variable =>
  ({ name: 'service', types: ['service'], id: source === undefined ? principal : `${principal}/${source}` })

export const may = (action: string, on?: Variable, context?: May['context']): May =>
  ({ kind: 'may', action, ...(on === undefined ? {} : { on }), ...(context === undefined ? {} : { context }) })

export const has = (power: Power, on: Variable): Has => ({ kind: 'has', power, on })

export const fact = (from: Variable, relation: Relation, to: Variable): Fact => ({ kind: 'fact', from, relation, to })

export const self = (on: Variable): Self => ({ kind: 'self', on })

export const each = (relation: Fact, permission: May): Each => ({ kind: 'each', fact: relation, may: permission })

type Definition = Pick<Step, 'id' | 'family' | 'story' | 'when'> & Partial<Omit<Step, 'gives'>> & { readonly gives: Effect | readonly Effect[] }

/** Defines a step. Without examples of its own it gets those that its premises describe: all hold, and each one missing. */
export const defineStep = (definition: Definition): Step => {
  const gives = Array.isArray(definition.gives) ? definition.gives as readonly Effect[] : [definition.gives as Effect]
  const step: Step = { techniques: [], confidence: 'derived', by: 'be', waits: false, effort: 10, works: [], blocked: [], ...definition, gives }
  if (step.works.length > 0) return Object.freeze(step)
  return Object.freeze({ ...step, works: gives.map((effect) => described(step, effect)), blocked: gives.flatMap((effect) => twins(step, effect)) })
}

const premisesOf = (step: Step): Premise[] => step.when.flatMap((premise): Premise[] => (premise.kind === 'each' ? [premise, premise.fact, premise.may] : [premise]))

const idOf = (variable: Variable): string => variable.id ?? variable.name

/** The smallest estate in which all premises hold. */
const described = (step: Step, effect: Effect, without?: Premise): Example => {
  const types: Record<string, string> = { actor: 'AWS::IAM::Role' }
  const own = step.when.find((premise) => premise.kind === 'self')
  const actor = own === undefined || own === without ? 'actor' : idOf(own.on)
  const facts: [string, Relation, string][] = []
  const grants: [string, string, string?][] = []
  const holds: [Power, string][] = [[step.by, actor]]
  for (const premise of premisesOf(step)) {
    if (premise === without) continue
    for (const variable of variablesOf(premise)) types[idOf(variable)] = variable.types[0]!
    if (premise.kind === 'fact') facts.push([idOf(premise.from), premise.relation, idOf(premise.to)])
    if (premise.kind === 'has') holds.push([premise.power, idOf(premise.on)])
    if (premise.kind === 'may') grants.push(premise.on === undefined ? [actor, premise.action] : [actor, premise.action, idOf(premise.on)])
  }
  for (const variable of [...step.when.flatMap(variablesOf), effect.on]) types[idOf(variable)] ??= variable.types[0]!
  return { types, holds, facts, grants, gives: [effect.power, idOf(effect.on)] }
}

/** The same estate with one premise missing, once for each; a guard's fact may be missing, its permission may not. */
const twins = (step: Step, effect: Effect): Example[] =>
  premisesOf(step)
    .filter((premise) => premise.kind !== 'each' && !step.when.some((guard) => guard.kind === 'each' && guard.fact === premise))
    .map((premise) => described(step, effect, premise))

/** The variables that a premise speaks of. */
export const variablesOf = (premise: Premise): readonly Variable[] => {
  switch (premise.kind) {
    case 'fact': return [premise.from, premise.to]
    case 'each': return [premise.fact.from, premise.fact.to]
    case 'may': return premise.on === undefined ? [] : [premise.on]
    default: return [premise.on]
  }
}
