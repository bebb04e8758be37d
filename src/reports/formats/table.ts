import type { Analysis } from '../../analysis/analysis.ts'
import { isOwn } from '../../attack/path.ts'
import { count, listed, printable } from '../../core/text.ts'
import type { Finding } from '../../model/finding.ts'
import { pillarOf, pillars, risks } from '../../model/risk.ts'
import type { Risk } from '../../model/risk.ts'
import { bySeverity, severities } from '../../model/severity.ts'
import { aligned, fit, fitMiddle, width, wrap } from '../columns.ts'
import { defineFormat } from '../format.ts'
import type { Style } from '../format.ts'
import { painter } from '../paint.ts'
import type { Paint } from '../paint.ts'
import { factOf } from '../fact.ts'

/** Resources told of a check, and checks told in full unless all are asked for. */
const most = 5
const full = 20

/** The terminal's report: what is wrong, grouped by check, worst first; then risks, and what is not known. */
export default defineFormat({
  id: 'table',
  title: 'Table for a terminal',
  mediaType: 'text/plain',
  render(analysis, style) {
    const paint = painter(style.colour)
    return [
      ...analysis.findings.length === 0 ? [paint('green', 'No findings.'), ''] : findings(analysis, style, paint),
      ...attackPaths(analysis, style, paint),
      ...style.suppressed ? suppressed(analysis, paint) : [],
      ...overview(analysis, style, paint),
      ...unknowns(analysis, style, paint),
      '',
    ].join('\n')
  },
})

const findings = ({ findings: all }: Analysis, style: Style, paint: Paint): string[] => {
  const groups = ([...Map.groupBy(all, ({ check }) => check).values()] as [Finding, ...Finding[]][]).toSorted((a, b) => bySeverity(a[0].severity, b[0].severity))
  const told = style.undecided ? groups.length : full
  const left = groups.slice(told)
  return [
    ...groups.slice(0, told).flatMap((group) => inFull(group, style, paint)),
    ...left.length === 0 ? [] : [paint('bold', 'Also'), ...left.flatMap((group) => inBrief(group, style, paint)), '', paint('dim', '-v tells them in full, bartizan explain ID one of them'), ''],
  ]
}

const inFull = (group: readonly [Finding, ...Finding[]], style: Style, paint: Paint): string[] => [
  ...heading(group[0], style, paint),
  ...wrap(group[0].why, style.columns - 4).map((line) => `    ${paint('dim', line)}`),
  ...subjects(group, (finding) => subject(finding, style, paint), paint),
  ...wrap(`Fix: ${group[0].fix}`, style.columns - 4).map((line) => `    ${line}`),
  '',
]

const inBrief = (group: readonly [Finding, ...Finding[]], style: Style, paint: Paint): string[] =>
  [...heading(group[0], style, paint), ...subjects(group, (finding) => [named(finding, style, paint)], paint)]

const subjects = (group: readonly Finding[], tell: (finding: Finding) => string[], paint: Paint): string[] =>
  [...group.slice(0, most).flatMap(tell), ...group.length > most ? [`    ${paint('dim', `and ${group.length - most} more`)}`] : []]

/** Severity, title and id on one line, or the id below where the terminal is narrow. */
const heading = ({ severity, title, check }: Finding, { columns }: Style, paint: Paint): string[] => {
  const [line = '', ...more] = wrap(title, columns - severity.length - 2)
  const first = `${paint.severity(severity)}  ${paint('bold', line)}`
  if (more.length === 0 && severity.length + title.length + check.length + 4 <= columns) return [`${first}  ${paint('dim', check)}`]
  return [first, ...more.map((text) => `    ${paint('bold', text)}`), `    ${paint('dim', fit(check, columns - 4))}`]
}

/** What is concerned and where it is. */
const named = ({ account, region, location, resourceName }: Finding, { columns }: Style, paint: Paint): string => {
  const place = location === undefined ? `${account} ${region}` : `${location.file}${location.line === undefined ? '' : `:${location.line}`}`
  const where = fitMiddle(place, Math.max(24, columns - 6 - width(printable(resourceName)), columns - 32))
  return `    ${paint('cyan', fit(resourceName, Math.max(20, columns - 6 - width(where))))}  ${paint('dim', where)}`
}

const subject = (finding: Finding, style: Style, paint: Paint): string[] => {
  const facts = finding.evidence.slice(0, 2).map(factOf)
  const changed = finding.severityChanges.flatMap(({ to, reason }) => wrap(`${to} because ${reason}`, style.columns - 6))
  return [named(finding, style, paint), ...[...facts.map((fact) => fit(printable(fact), style.columns - 6)), ...changed].map((line) => `      ${paint('dim', line)}`)]
}

const suppressed = ({ suppressed: silenced }: Analysis, paint: Paint): string[] =>
  silenced.length === 0 ? [] : [
    paint('bold', 'Suppressed'),
    ...aligned(silenced.map(({ check, resourceName, suppression }) => [`  ${paint('dim', check)}`, paint('cyan', resourceName), paint('reset', `${suppression?.by}: ${suppression?.reason}`)])),
    '',
  ]

/** The worst paths in a sentence each; `bartizan paths` shows the proofs. */
const attackPaths = ({ paths, estate }: Analysis, { columns }: Style, paint: Paint): string[] =>
  paths.length === 0 ? [] : [
    paint('bold', 'Attack paths'),
    ...paths.filter(isOwn).slice(0, most).flatMap(({ severity, story, conditions }) => {
      const [line = '', ...more] = [story, ...conditions.length === 0 ? [] : [`Only if ${conditions.join('; ')}`]].flatMap((text) => wrap(text, columns - 12))
      return [`  ${paint.severity(severity)}${' '.repeat(Math.max(1, 10 - severity.length))}${paint('reset', line)}`, ...more.map((text) => `            ${paint('reset', text)}`)]
    }),
    `  ${paint('dim', `${paths.length > most ? `and ${paths.length - most} more; ` : ''}bartizan paths${estate.header.source === 'demo' ? ' --in demo' : ''} shows each with its proof`)}`,
    '',
  ]

const overview = ({ findings: all, counts, checks, estate }: Analysis, { columns }: Style, paint: Paint): string[] => {
  const rows = pillars.flatMap((pillar) => {
    const named = (Object.keys(risks) as Risk[]).filter((risk) => pillarOf(risk) === pillar)
    const parts = named.map((risk) => ({ risk, n: all.filter((finding) => finding.risk === risk).length })).filter(({ n }) => n > 0)
    const total = parts.reduce((sum, { n }) => sum + n, 0)
    const [line = 'none', ...more] = wrap(parts.map(({ risk, n }) => `${risks[risk].title} ${n}`).join(', '), columns - 22)
    return [[`  ${paint('bold', pillar)}`, String(total), line], ...more.map((text) => ['', '', text])]
  })
  const bySeverityText = severities.filter((severity) => counts.severities[severity] > 0).map((severity) => `${counts.severities[severity]} ${paint.severity(severity)}`)
  return [
    paint('bold', 'Risks by pillar'),
    ...aligned(rows),
    '',
    ...wrap(`${count(counts.resources, 'resource')} in ${count(estate.accounts.size, 'account')}, ${count(new Set(checks.map(({ id }) => id)).size, 'check')}: ${bySeverityText.length === 0 ? 'no findings' : `${listed(bySeverityText)} ${all.length === 1 ? 'finding' : 'findings'}`}${counts.suppressed === 0 ? '' : `; ${counts.suppressed} suppressed`}`, columns),
  ]
}

const unknowns = ({ undecided, gaps }: Analysis, style: Style, paint: Paint): string[] => {
  if (undecided.length === 0 && gaps.length === 0) return []
  const permissions = [...new Set(gaps.flatMap(({ permission }) => (permission === undefined ? [] : [permission])))].sort()
  return [
    paint('yellow', `Not known: ${count(undecided.length, 'check result')} and ${count(gaps.length, 'gap')}. Unknown is not a pass.`),
    ...permissions.length === 0 ? [] : wrap(`Missing permissions: ${permissions.join(', ')}`, style.columns - 2).map((line) => `  ${paint('reset', line)}`),
    ...style.undecided ? undecided.flatMap(({ check, resource, type, reason }) => wrap(`${check} of ${resource ?? `every ${type}`}: ${reason}`, style.columns - 2).map((line) => `  ${paint('dim', line)}`)) : [],
  ]
}
