import { count, listed, printable } from '../../core/text.ts'
import { severities } from '../../model/severity.ts'
import type { Alert, Evidence } from './alert.ts'
import { coverageLines } from './coverage-lines.ts'
import { broken } from './lines.ts'
import type { AlertReport } from './report.ts'

export interface TableOptions {
  readonly color?: boolean
  /** Width of the terminal; commands are longer where they must be, since they are copied. */
  readonly columns?: number
}

/** Alerts as people read them in a terminal: what, who, when, the proving calls and what to do now. */
export const alertsTable = (report: AlertReport, { color = false, columns = 100 }: TableOptions = {}): string => {
  const paint = painter(color)
  return [...report.alerts.map((alert) => alertText(alert, paint, columns)), summary(report, columns)].join('\n')
}

const colors: Readonly<Record<string, string>> = { critical: '1;31', high: '31', medium: '33', low: '36', info: '2', faint: '2', bold: '1' }

type Paint = (style: string, text: string) => string

const painter = (color: boolean): Paint => (style, text) => (color ? `\u001B[${colors[style]}m${text}\u001B[0m` : text)

/** Lines of calls shown of one alert. */
const shown = 8

const alertText = (alert: Alert, paint: Paint, columns: number): string => {
  const { severity, evidence, start, end } = alert
  const runs = runsOf(evidence).slice(0, shown)
  const rest = alert.count - runs.reduce((sum, { times }) => sum + times, 0)
  const lines = [
    `${paint(severity, severity.toUpperCase().padEnd(8))} ${paint('bold', alert.title)}`,
    `  ${printable(alert.principal)}`,
    ...broken(`${count(alert.count, 'record')} ${spanText(start, end)} UTC in ${listed(alert.regions.map(printable)) || 'no region'}, account ${listed(alert.accounts.map(printable)) || 'unknown'}`, columns),
    ...runs.map((run) => cut(runText(run), columns)),
    ...(rest > 0 ? [paint('faint', `    and ${count(rest, 'more record')}`)] : []),
    ...alert.facts.flatMap((fact) => broken(`estate: ${printable(fact)}`, columns)),
    ...alert.changes.flatMap(({ from, to, reason }) => broken(`${from} made ${to}: ${reason}`, columns)),
    ...(alert.muted === undefined ? [] : broken(`muted: ${printable(alert.muted.reason)}`, columns)),
    ...broken(`${alert.detection}  ${alert.techniques.join(' ')}`, columns).map((line) => paint('faint', line)),
    ...alert.respond.map((command) => `  $ ${printable(command)}`),
  ]
  return `${lines.join('\n')}\n`
}

/** Like calls one after the other, as one. */
interface Run { readonly first: Evidence, times: number }

const runsOf = (evidence: readonly Evidence[]): readonly Run[] => {
  const runs: Run[] = []
  for (const record of evidence) {
    const last = runs.at(-1)
    if (last !== undefined && sameCall(last.first, record)) last.times++
    else runs.push({ first: record, times: 1 })
  }
  return runs
}

const sameCall = (a: Evidence, b: Evidence): boolean =>
  a.eventName === b.eventName && a.awsRegion === b.awsRegion && a.ip === b.ip && a.errorCode === b.errorCode && a.target === b.target

const runText = ({ first, times }: Run): string =>
  `    ${clock(new Date(first.time).toISOString()).slice(11)} ${[`${first.eventName}${times > 1 ? ` x${times}` : ''}`, first.awsRegion, first.ip, first.errorCode, first.target].filter((part) => part !== '').map(printable).join(' ')}`

const spanText = (start: string, end: string): string => {
  if (start === end) return `at ${clock(start)}`
  return `from ${clock(start)} to ${start.slice(0, 10) === end.slice(0, 10) ? clock(end).slice(11) : clock(end)}`
}

/** `2026-08-03 10:00:00` of an ISO time. */
const clock = (iso: string): string => iso.slice(0, 19).replace('T', ' ')

const cut = (text: string, columns: number): string => (text.length <= columns ? text : `${text.slice(0, columns - 1)}…`)

const summary = ({ counts, skipped, coverage }: AlertReport, columns: number): string => {
  const found = severities.filter((severity) => counts.bySeverity[severity] > 0).map((severity) => `${counts.bySeverity[severity]} ${severity}`)
  const lines = [
    `${found.length === 0 ? 'No alerts' : `Alerts: ${found.join(', ')}`}${counts.muted > 0 ? `, ${counts.muted} muted` : ''}. Read ${count(counts.files, 'file')}, ${count(counts.events, 'record')} of interest, ${counts.repeated} repeated.`,
    ...(counts.evicted > 0 ? [`Forgot ${count(counts.evicted, 'window')} to stay within memory: raise nothing from their silence.`] : []),
    ...(counts.alertsDropped > 0 ? [`Left out ${count(counts.alertsDropped, 'alert')} past the limit.`] : []),
    ...(counts.troubles > 0 ? [`Could not read all: ${count(counts.troubles, 'place')}.`, ...skipped.slice(0, 10).map(({ file, kind, detail }) => `  ${printable(file)}: ${kind}, ${printable(detail)}`)] : []),
    ...coverageLines(coverage ?? [], columns),
  ]
  return `${lines.join('\n')}\n`
}
