import { count, listed, printable } from '../../core/text.ts'
import { severities } from '../../model/severity.ts'
import type { Alert } from './alert.ts'
import type { AlertReport } from './report.ts'

export interface TableOptions { readonly color?: boolean }

/** Alerts as people read them in a terminal: what, who, when, the proving calls and what to do now. */
export const alertsTable = (report: AlertReport, options: TableOptions = {}): string => {
  const paint = painter(options.color === true)
  const parts = report.alerts.map((alert) => alertText(alert, paint))
  return [...parts, summary(report)].join('\n')
}

const colors: Readonly<Record<string, string>> = { critical: '1;31', high: '31', medium: '33', low: '36', info: '2', faint: '2', bold: '1' }

type Paint = (style: string, text: string) => string

const painter = (color: boolean): Paint => (style, text) => (color ? `\u001B[${colors[style]}m${text}\u001B[0m` : text)

/** Calls shown of one alert. */
const shown = 8

const alertText = (alert: Alert, paint: Paint): string => {
  const lines = [
    `${paint(alert.severity, alert.severity.toUpperCase().padEnd(8))} ${paint('bold', alert.title)}  ${paint('faint', alert.detection)}${alert.muted === undefined ? '' : `  muted: ${printable(alert.muted.reason)}`}`,
    `  ${printable(alert.principal)}`,
    `  ${alert.start} to ${alert.end}, ${count(alert.count, 'record')} in ${listed(alert.regions.map(printable)) || 'no region'}, account ${listed(alert.accounts.map(printable)) || 'unknown'}`,
    ...alert.changes.map(({ from, to, reason }) => `  ${from} made ${to}: ${reason}`),
    ...alert.facts.map((fact) => `  estate: ${printable(fact)}`),
    ...alert.evidence.slice(0, shown).map((record) => `    ${timeOf(record.time)} ${printable(record.eventName)} ${printable(record.awsRegion)} ${printable(record.ip)}${record.errorCode === '' ? '' : ` ${printable(record.errorCode)}`}${record.target === '' ? '' : ` ${printable(record.target)}`}`),
    ...(alert.count > shown ? [paint('faint', `    and ${alert.count - shown} more`)] : []),
    `  techniques: ${alert.techniques.join(' ') || 'none'}`,
    ...alert.respond.map((command) => `  $ ${printable(command)}`),
  ]
  return `${lines.join('\n')}\n`
}

const timeOf = (time: number): string => new Date(time).toISOString().replace('.000Z', 'Z')

const summary = ({ counts, skipped, coverage }: AlertReport): string => {
  const found = severities.filter((severity) => counts.bySeverity[severity] > 0).map((severity) => `${counts.bySeverity[severity]} ${severity}`)
  const lines = [
    `${found.length === 0 ? 'No alerts' : `Alerts: ${found.join(', ')}`}${counts.muted > 0 ? `, ${counts.muted} muted` : ''}. Read ${count(counts.files, 'file')}, ${count(counts.events, 'record')} of interest, ${counts.repeated} repeated.`,
    ...(counts.evicted > 0 ? [`Forgot ${count(counts.evicted, 'window')} to stay within memory: raise nothing from their silence.`] : []),
    ...(counts.alertsDropped > 0 ? [`Left out ${count(counts.alertsDropped, 'alert')} past the limit.`] : []),
    ...(counts.troubles > 0 ? [`Could not read all: ${count(counts.troubles, 'place')}.`, ...skipped.slice(0, 10).map(({ file, kind, detail }) => `  ${printable(file)}: ${kind}, ${printable(detail)}`)] : []),
    ...coverageLines(coverage ?? []),
  ]
  return `${lines.join('\n')}\n`
}

const coverageLines = (coverage: NonNullable<AlertReport['coverage']>): string[] => {
  if (coverage.length === 0) return []
  const byNeed = Map.groupBy(coverage.filter(({ state }) => state === 'off'), ({ needs, account, region }) => `${account} ${region}: ${needs}`)
  return [...byNeed].map(([place, gaps]) => `${count(gaps.length, 'detection')} can never fire in ${place} is missing`)
}
