import type { Severity } from '../../model/severity.ts'
import type { Alert, Evidence } from './alert.ts'
import type { AlertReport } from './report.ts'

const severityIds: Readonly<Record<Severity, number>> = { info: 1, low: 2, medium: 3, high: 4, critical: 5 }

/** Alerts as OCSF 1.6.0 Detection Findings (class 2004), one JSON object a line. */
export const alertsOcsf = (report: AlertReport): string => report.alerts.map((alert) => `${JSON.stringify(detectionFinding(alert))}\n`).join('')

/** One alert as a Detection Finding. */
export const detectionFinding = (alert: Alert): Readonly<Record<string, unknown>> => ({
  activity_id: 1, activity_name: 'Create',
  category_uid: 2, category_name: 'Findings',
  class_uid: 2004, class_name: 'Detection Finding',
  type_uid: 200_401, type_name: 'Detection Finding: Create',
  time: Date.parse(alert.end), start_time: Date.parse(alert.start), end_time: Date.parse(alert.end),
  severity_id: severityIds[alert.severity], severity: alert.severity === 'info' ? 'Informational' : capital(alert.severity),
  status_id: alert.muted === undefined ? 1 : 3, status: alert.muted === undefined ? 'New' : 'Suppressed',
  is_alert: true,
  count: alert.count,
  message: `${alert.title}: ${alert.principal}`,
  metadata: { version: '1.6.0', product: { name: 'Bartizan', vendor_name: 'Bartizan' }, event_code: alert.detection, profiles: ['cloud'] },
  cloud: { provider: 'AWS', ...(alert.accounts[0] !== undefined && { account: { uid: alert.accounts[0], type_id: 10, type: 'AWS Account' } }), ...(alert.regions[0] !== undefined && { region: alert.regions[0] }) },
  finding_info: {
    uid: alert.uid, title: alert.title, desc: alert.why, types: [alert.risk],
    created_time: Date.parse(alert.start), first_seen_time: Date.parse(alert.start), last_seen_time: Date.parse(alert.end),
    analytic: { uid: alert.detection, name: alert.detection, type_id: 1, type: 'Rule' },
    attacks: alert.techniques.map(attackOf),
    related_events: alert.evidence.map(({ id, time }) => ({ uid: id, first_seen_time: time })),
    related_events_count: alert.count,
  },
  evidences: alert.evidence.map(evidenceOf),
  resources: [...new Set(alert.evidence.map(({ target }) => target).filter((target) => target !== ''))].map((uid) => ({ uid })),
  ...(alert.respond.length > 0 && { remediation: { desc: alert.respond.join('\n') } }),
  unmapped: { key: alert.key, facts: alert.facts, changes: alert.changes },
})

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)

const attackOf = (id: string): Readonly<Record<string, unknown>> =>
  ({ technique: { uid: id, src_url: id.startsWith('AML.') ? `https://atlas.mitre.org/techniques/${id}` : `https://attack.mitre.org/techniques/${id.replace('.', '/')}` }, version: id.startsWith('AML.') ? 'ATLAS' : 'ATT&CK' })

const isAddress = (ip: string): boolean => /^(?:\d{1,3}\.){3}\d{1,3}$|^[0-9a-f:]+:[0-9a-f:.]*$/i.test(ip)

const evidenceOf = (record: Evidence): Readonly<Record<string, unknown>> => ({
  uid: record.id,
  api: { operation: record.eventName, ...(record.eventSource !== '' && { service: { name: record.eventSource } }), ...(record.errorCode !== '' && { response: { error: record.errorCode } }) },
  actor: { user: { uid: record.principal, ...(record.accessKey !== '' && { credential_uid: record.accessKey }), ...(record.account !== '' && { account: { uid: record.account } }) } },
  ...(record.ip !== '' && { src_endpoint: isAddress(record.ip) ? { ip: record.ip, uid: record.ip } : { name: record.ip } }),
})
