import type { Analysis } from '../../analysis/analysis.ts'
import { byText, count } from '../../core/text.ts'
import type { Evidence, Finding } from '../../model/finding.ts'
import { pillars, risks } from '../../model/risk.ts'
import type { Risk } from '../../model/risk.ts'
import { bySeverity, severities } from '../../model/severity.ts'
import type { Severity } from '../../model/severity.ts'
import { escaped } from '../escape.ts'
import { factOf } from '../fact.ts'
import { filters } from './filters.ts'
import type { Section } from './page.ts'

/** Findings of one check: what is wrong, why, and how it is put right stand once, then each resource with its evidence. */
export interface Group { readonly check: string, readonly severity: Severity, readonly members: readonly [Finding, ...Finding[]] }

/** Findings by check; the worst first, then those on attack paths, then those of most resources. */
export const groupsOf = (findings: readonly Finding[]): Group[] =>
  [...Map.groupBy(findings, ({ check }) => check)].map(([check, members]): Group => {
    const sorted = members.toSorted((a, b) => bySeverity(a.severity, b.severity)) as [Finding, ...Finding[]]
    return { check, severity: sorted[0].severity, members: sorted }
  }).sort((a, b) => bySeverity(a.severity, b.severity) || Number(isReached(b)) - Number(isReached(a)) || b.members.length - a.members.length || byText(a.check, b.check))

const isReached = ({ members }: Group): boolean => members.some(({ paths }) => paths.length > 0)

/** Every finding, by check, under a search and selections. */
export const findingsSection = ({ findings, suppressed, paths }: Analysis): Section => {
  const shown = new Set(paths.map(({ id }) => id))
  return {
    id: 'findings',
    title: 'Findings',
    count: findings.length,
    html: findings.length + suppressed.length === 0 ? '<p class="ok">Nothing was found in what could be read.</p>' : `${bar(findings)}${groupsOf(findings).map((group) => entry(group, shown)).join('\n')}${
      suppressed.length === 0 ? '' : `<h3>Suppressed</h3>${groupsOf(suppressed).map((group) => entry(group, shown)).join('\n')}`}`,
  }
}

const bar = (findings: readonly Finding[]): string => {
  const among = (of: (finding: Finding) => string) => [...new Set(findings.map(of))].sort(byText)
  const found = new Set(findings.map(({ risk }) => risk))
  return filters('findings', [
    { key: 'severity', values: severities.filter((severity) => findings.some((finding) => finding.severity === severity)) },
    { key: 'pillar', values: pillars },
    { key: 'risk', values: (Object.keys(risks) as Risk[]).filter((risk) => found.has(risk)).map((risk) => [risk, risks[risk].title] as const) },
    { key: 'service', values: among(serviceOf) },
    { key: 'account', values: among(({ account }) => account) },
    { key: 'region', values: among(({ region }) => region) },
  ])
}

const serviceOf = ({ resourceType }: Finding): string => resourceType.split('::')[1] ?? resourceType

const entry = ({ check, severity, members }: Group, paths: ReadonlySet<string>): string => {
  const [{ title, why, fix, also, risk, pillar, suppression }] = members
  return `<details data-group id="${suppression === undefined ? '' : 'suppressed-'}check-${escaped(check)}"><summary class="head"><span class="tag ${severity}">${severity}</span><span>${escaped(title)}<br><span class="dim small">${escaped(risks[risk].title)} (${pillar}), <code>${
    escaped(check)}</code></span></span><span class="where">${members.length === 1 ? escaped(members[0].resourceName) : 'resources'} <span class="n">${members.length}</span></span></summary><div class="body"><p>${escaped(why)}</p><p class="fix"><b>Fix</b> ${escaped(fix)}</p>${
    also.length === 0 ? '' : `<p class="dim small">Also known as ${also.map((alias) => `<code>${escaped(alias)}</code>`).join(' ')}</p>`}<div>${members.map((finding) => row(finding, paths)).join('')}</div></div></details>`
}

const row = (finding: Finding, known: ReadonlySet<string>): string => {
  const { severity, pillar, risk, account, region, resource, resourceName, resourceType, location, tags, suppression, paths } = finding
  const where = location === undefined ? `${account} ${region}` : `${location.file}:${location.line ?? 1}`
  const facts = [
    ...resource === resourceName ? [] : [`<code class="dim">${escaped(resource)}</code>`],
    ...finding.evidence.map(evidence),
    ...finding.severityChanges.map(({ from, to, reason }) => `${from} became ${to} because ${escaped(reason)}`),
    ...linked(paths.filter((id) => known.has(id))),
    ...suppression === undefined ? [] : [escaped(`Suppressed by ${suppression.by}: ${suppression.reason}${suppression.owner === undefined ? '' : `, ${suppression.owner}`}${suppression.expires === undefined ? '' : `, until ${suppression.expires}`}`)],
  ]
  const words = [resourceType, ...Object.entries(tags).flat()].join(' ')
  return `<div class="row" data-row="${escaped(words)}" data-severity="${severity}" data-pillar="${pillar}" data-risk="${risk}" data-service="${escaped(serviceOf(finding))}" data-account="${escaped(account)}" data-region="${escaped(region)}"><span><b>${
    escaped(resourceName)}</b> <span class="tag ${severity}">${severity}</span></span><span class="where">${escaped(where)}</span><div class="facts small">${facts.join('<br>')}</div></div>`
}

const linked = ([first, ...others]: readonly string[]): string[] => (first === undefined ? [] :
  [`<a href="#path-${escaped(first)}">On ${escaped(count(others.length + 1, 'attack path'))}</a>`])

const evidence = (fact: Evidence): string => (fact.note === undefined ? stated(fact) : `<code>${escaped(factOf(fact))}</code>${fact.value === undefined ? '' : `: <code>${escaped(fact.value)}</code>`}`)

const stated = ({ pointer, value }: Evidence): string =>
  `<code>${escaped(pointer === '' ? 'the resource' : pointer)}</code> ${pointer === '' && value === undefined ? 'exists' : value === undefined ? 'is not set' : `= <code>${escaped(value)}</code>`}`
