import type { Pillar } from '../model/risk.ts'
import type { Severity } from '../model/severity.ts'
import type { Permission } from './scene.ts'
import type { Confidence, Power } from './step.ts'

/** Where an attacker starts. */
export type EntryKind = 'internet' | 'any-account' | 'outside-account' | 'identity-provider' | 'leaked-key' | 'third-party-code' | 'untrusted-content' | 'from'

export interface Entry {
  readonly kind: EntryKind
  /** In words: `the internet`, `the leaked key of ci-deploy`. */
  readonly title: string
  /** The node's id, where it is one thing. */
  readonly id: string
  /** Others that are just like it: users with the same permissions. */
  readonly alike: readonly string[]
}

/** What matters and what would happen to it. */
export interface Target {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly power: Power
  /** What it means: `steals the weights of fraud-model`. */
  readonly harm: string
  readonly severity: Severity
  readonly pillar: Pillar
}

/** A relation that a step needs, and the property that states it. */
export interface FactEvidence { readonly from: string, readonly relation: string, readonly to: string, readonly pointer: string }

/** One step of a path with all that it stands on. */
export interface PathStep {
  readonly step: string
  readonly family: string
  /** In words, with names. */
  readonly story: string
  readonly power: Power
  /** What the attacker gains the power over. */
  readonly on: string
  readonly onName: string
  readonly onType: string
  /** Who acts: the id of the principal; absent when nobody needs a permission. */
  readonly actor?: string
  readonly actorName?: string
  readonly permissions: readonly Permission[]
  readonly facts: readonly FactEvidence[]
  readonly conditions: readonly string[]
  readonly techniques: readonly string[]
  readonly confidence: Confidence
  readonly waits: boolean
  readonly source?: string
}

/** A proof that an attacker who stands at the entry point can reach the target. */
export interface AttackPath {
  /** Stable over time and order: made of the entry point, the target and the steps. */
  readonly id: string
  readonly entry: Entry
  readonly target: Target
  readonly severity: Severity
  readonly pillar: Pillar
  /** Two or three sentences. */
  readonly story: string
  readonly steps: readonly PathStep[]
  /** What must hold that is not known to; empty when the path is certain. */
  readonly conditions: readonly string[]
  /** Whether each step was shown or seen by somebody. */
  readonly confidence: Confidence
  readonly techniques: readonly string[]
  /** Effort: lower is easier. */
  readonly cost: number
  /** The id of the path that takes a whole account over on the way: whoever goes it can do this and all else there. */
  readonly follows?: string
}

/** What a path gains over its target. */
export const reachOf = ({ target }: AttackPath): string => `${target.power} ${target.id}`

/** What a path reaches and from where, whichever way it takes. */
export const goalOf = (path: AttackPath): string => `${path.entry.id} ${reachOf(path)}`

/** Whether anybody stands at an entry point, whoever else stands at a narrower one. */
export const isOpen = ({ kind }: Entry): boolean => kind === 'internet' || kind === 'any-account'

/** Whether a path says more than that somebody who takes an account over can do all there. */
export const isOwn = ({ follows }: AttackPath): boolean => follows === undefined

/** What somebody who takes an account over by a path can do too, in words. */
export const alsoBy = ({ id }: AttackPath, paths: readonly AttackPath[]): string[] =>
  [...new Set(paths.filter(({ follows }) => follows === id).map(({ target }) => target.harm))]
