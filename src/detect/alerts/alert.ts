import type { Severity } from '../../model/severity.ts'
import type { Risk } from '../../model/risk.ts'
import type { LogKind, Outcome } from '../event.ts'

/** A record that proves an alert: what identifies it and what it did, never its payload. */
export interface Evidence {
  readonly id: string
  /** Milliseconds since 1970. */
  readonly time: number
  readonly eventSource: string
  readonly eventName: string
  readonly awsRegion: string
  readonly account: string
  readonly principal: string
  readonly accessKey: string
  readonly ip: string
  readonly agent: string
  readonly outcome: Outcome
  readonly errorCode: string
  readonly target: string
  readonly model: string
}

/** Why a severity differs from the detection's own. */
export interface AlertChange { readonly from: Severity, readonly to: Severity, readonly reason: string }

/** Why an alert is not shown: a mute's reason. */
export interface Muted { readonly reason: string, readonly owner?: string, readonly expires?: string }

/** What one detection says of one principal in one window. */
export interface Alert {
  /** Stable while the alert is updated: made of detection, key and the window's start. */
  readonly uid: string
  readonly detection: string
  readonly title: string
  readonly severity: Severity
  readonly changes: readonly AlertChange[]
  readonly risk: Risk
  readonly log: LogKind
  readonly why: string
  readonly principal: string
  readonly role: string
  readonly accounts: readonly string[]
  readonly regions: readonly string[]
  /** What the window belongs to, as the detection keys it. */
  readonly key: string
  /** ISO 8601 times of the first and last record. */
  readonly start: string
  readonly end: string
  /** Records that prove it, all of them; `evidence` holds the first and the last ones. */
  readonly count: number
  readonly evidence: readonly Evidence[]
  readonly techniques: readonly string[]
  /** What the estate says of the principal and of what was touched. */
  readonly facts: readonly string[]
  /** Commands to run now: printed, never run. */
  readonly respond: readonly string[]
  readonly muted?: Muted
}
