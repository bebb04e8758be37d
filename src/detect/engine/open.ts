import { identity } from '../../core/hash.ts'
import type { Alert, Evidence } from '../alerts/alert.ts'
import type { Detection } from '../detection.ts'
import type { Estate } from '../estate.ts'
import type { LogEvent } from '../event.ts'

/** Records that an alert keeps: the first ones and the last ones. */
export const evidenceCap = 40

/** An alert while it may still grow. */
export interface OpenAlert {
  readonly uid: string
  readonly detection: string
  readonly key: string
  principal: string
  role: string
  start: number
  end: number
  evidence: Evidence[]
  /** Identities of records counted, the newest of them, so that none counts twice. */
  ids: string[]
  count: number
  /** Index of the ease that all records share; -1 when none does. */
  ease: number
}

/** Starts an alert from the records that prove it. */
export const openAlert = (detection: Detection, key: string, event: LogEvent, evidence: readonly Evidence[], ease: number): OpenAlert => {
  const alert: OpenAlert = {
    uid: identity(`${detection.id}|${key}|${evidence[0]!.time}`), detection: detection.id, key,
    principal: event.principal, role: event.role, start: evidence[0]!.time, end: evidence.at(-1)!.time, evidence: [], ids: [], count: 0, ease,
  }
  grow(alert, evidence, ease)
  return alert
}

/** Adds records to an alert, each once. */
export const grow = (alert: OpenAlert, evidence: readonly Evidence[], ease: number): void => {
  for (const record of evidence) {
    if (alert.ids.includes(record.id)) continue
    alert.ids.push(record.id)
    if (alert.ids.length > 2 * evidenceCap) alert.ids.shift()
    alert.count++
    alert.start = Math.min(alert.start, record.time)
    alert.end = Math.max(alert.end, record.time)
    if (alert.evidence.length >= evidenceCap) alert.evidence.splice(evidenceCap / 2, 1)
    alert.evidence.push(record)
  }
  alert.evidence.sort((a, b) => a.time - b.time)
  // one record that is not eased is enough for the full severity
  if (ease !== alert.ease) alert.ease = -1
}

/** The principal's and the role's facts, as people read them. */
export const factsOf = (alert: OpenAlert, estate: Estate): string[] => {
  const { facts } = estate
  const found: string[] = []
  const workloads = estate.role(alert.role)?.workloads ?? []
  if (workloads.length > 0) found.push(`runs ${workloads.map(({ type, id }) => `${type} ${id}`).join(', ')}`)
  for (const arn of new Set([alert.principal, alert.role])) {
    const owner = facts.owners[arn]
    if (owner !== undefined) found.push(`${arn} is owned by ${owner}`)
    for (const { role, gains } of facts.stronger.filter(({ caller }) => caller === arn).slice(0, 3)) found.push(`may pass ${role}, which can also ${gains.slice(0, 3).join(', ')}`)
    for (const target of facts.reaches[arn] ?? []) found.push(`an attack path goes on from it: ${target}`)
  }
  for (const { target } of alert.evidence) {
    const owner = target === '' ? undefined : facts.owners[target]
    if (owner !== undefined && !found.some((fact) => fact.startsWith(target))) found.push(`${target} is owned by ${owner}`)
  }
  return found
}

/** Whether the estate makes it worse: the principal leads on to a target. */
export const leadsOn = (alert: OpenAlert, estate: Estate): boolean =>
  (estate.facts.reaches[alert.principal]?.length ?? 0) + (estate.facts.reaches[alert.role]?.length ?? 0) > 0

export type { Alert }
