import type { Location } from './resource.ts'
import type { Pillar, Risk } from './risk.ts'
import type { Severity } from './severity.ts'

/** What a check answers for one resource. */
export type Verdict = 'pass' | 'fail' | 'unknown' | 'not-applicable'

/** A fact that a result stands on: a value at a place in a resource, or a statement of a policy. */
export interface Evidence {
  /** The resource that holds the fact. */
  readonly resource: string
  /** Where in its properties; empty when the fact is that the resource exists. */
  readonly pointer: string
  /** The value as JSON text, cut at 200 characters; absent when the property is unset. */
  readonly value?: string
  /** What it means, when the place alone does not say it. */
  readonly note?: string
  readonly location?: Location
}

/** Why a severity is not the one the check set. */
export interface SeverityChange { readonly from: Severity, readonly to: Severity, readonly reason: string }

/** How a finding was silenced. */
export interface Suppression {
  readonly by: 'mute' | 'baseline' | 'inline'
  readonly reason: string
  readonly owner?: string
  /** ISO date on which it ends. */
  readonly expires?: string
}

/** One thing that is wrong with one resource. */
export interface Finding {
  /** Stable over time and order: made of check, resource and pointer. */
  readonly fingerprint: string
  readonly check: string
  readonly title: string
  readonly severity: Severity
  readonly severityChanges: readonly SeverityChange[]
  readonly risk: Risk
  readonly pillar: Pillar
  /** The resource's id. */
  readonly resource: string
  readonly resourceType: string
  readonly resourceName: string
  readonly account: string
  readonly region: string
  readonly tags: Readonly<Record<string, string>>
  readonly location?: Location
  readonly why: string
  readonly fix: string
  readonly evidence: readonly Evidence[]
  /** What others call the check: `securityhub:SageMaker.1`. */
  readonly also: readonly string[]
  /** Ids of the attack paths that pass through the resource. */
  readonly paths: readonly string[]
  readonly suppression?: Suppression
}

/** A check that could not be decided for a resource, or for a whole type where its list failed. */
export interface Undecided {
  readonly check: string
  /** The resource's id; absent when the list of the type is what is missing. */
  readonly resource?: string
  readonly type: string
  readonly account: string
  readonly region: string
  readonly reason: string
}
