import type { Severity } from '../../model/severity.ts'
import type { CoverageGap } from '../coverage/coverage.ts'
import type { Skipped } from '../read/reader.ts'
import type { Alert } from './alert.ts'

/** The version of the JSON report. */
export const alertsSchema = 'bartizan.alerts/1'

/** All that a run of detect says. */
export interface AlertReport {
  readonly schema: string
  readonly alerts: readonly Alert[]
  readonly counts: {
    readonly files: number
    readonly bytes: number
    readonly events: number
    readonly repeated: number
    readonly evicted: number
    readonly alertsDropped: number
    readonly troubles: number
    readonly bySeverity: Readonly<Record<Severity, number>>
    readonly muted: number
  }
  /** The first places where a log was not as it should be. */
  readonly skipped: readonly Skipped[]
  /** Detections that the account's logs could never fire; absent without a snapshot. */
  readonly coverage?: readonly CoverageGap[]
}

interface Counted { readonly files: number, readonly bytes: number, readonly events: number, readonly repeated: number, readonly evicted: number, readonly alertsDropped: number, readonly troubles: number, readonly skipped: readonly Skipped[] }

/** Gathers alerts and counts; muted alerts are counted, and shown only when asked for. */
export const alertReport = (alerts: readonly Alert[], counted: Counted, coverage?: readonly CoverageGap[], showMuted = false): AlertReport => {
  const { skipped, ...counts } = counted
  const live = alerts.filter(({ muted }) => muted === undefined)
  const bySeverity = { critical: 0, high: 0, medium: 0, low: 0, info: 0 }
  for (const { severity } of live) bySeverity[severity]++
  return {
    schema: alertsSchema,
    alerts: showMuted ? alerts : live,
    counts: {
      files: counts.files, bytes: counts.bytes, events: counts.events, repeated: counts.repeated, evicted: counts.evicted,
      alertsDropped: counts.alertsDropped, troubles: counts.troubles, bySeverity, muted: alerts.length - live.length,
    },
    skipped,
    ...(coverage !== undefined && { coverage }),
  }
}

/** The report as JSON, indented by two. */
export const alertsJson = (report: AlertReport): string => `${JSON.stringify(report, undefined, 2)}\n`
