import type { Analysis } from '../../analysis/analysis.ts'
import { byText } from '../../core/text.ts'
import type { Evidence, Finding } from '../../model/finding.ts'
import { pillars, risks } from '../../model/risk.ts'
import { severities } from '../../model/severity.ts'
import { escaped } from '../escape.ts'
import type { Section } from './page.ts'

/** Every finding, with evidence and fix, under a search and four selections. */
export const findingsSection = ({ findings, suppressed }: Analysis): Section => ({
  id: 'findings',
  title: 'Findings',
  html: findings.length + suppressed.length === 0 ? '<p class="ok">Nothing was found in what could be read.</p>' : `${filters(findings)}${[...findings, ...suppressed].map(entry).join('\n')}`,
})

const filters = (findings: readonly Finding[]): string => {
  const services = [...new Set(findings.map(serviceOf))].sort(byText)
  return `<div class="filters" role="search"><input id="search" type="search" placeholder="Search findings" aria-label="Search findings">${
    select('severity', severities)}${select('pillar', pillars)}${select('service', services)}${select('account', [...new Set(findings.map(({ account }) => account))].sort(byText))}<span id="shown" class="dim" role="status"></span></div>`
}

const select = (key: string, values: readonly string[]): string =>
  `<select data-key="${key}" aria-label="${key}"><option value="">any ${key}</option>${values.map((value) => `<option>${escaped(value)}</option>`).join('')}</select>`

const serviceOf = ({ resourceType }: Finding): string => resourceType.split('::')[1] ?? resourceType

const entry = (finding: Finding): string => {
  const { severity, pillar, account, title, check, resource, resourceName, resourceType, region, risk } = finding
  const text = [title, check, resource, resourceType, finding.why, ...finding.also, ...Object.entries(finding.tags).flat()].join(' ').toLowerCase()
  const facts: readonly (readonly [string, string])[] = [
    ['Resource', `<code>${escaped(resource)}</code>`],
    ['Type', escaped(resourceType)],
    ...finding.location === undefined ? [] : [['Written at', `<code>${escaped(`${finding.location.file}:${finding.location.line ?? 1}`)}</code>`] as const],
    ['Why it matters', escaped(finding.why)],
    ['Evidence', finding.evidence.map(evidence).join('<br>')],
    ['Fix', escaped(finding.fix)],
    ['Risk', `${escaped(risks[risk].title)} (${pillar})`],
    ...finding.severityChanges.map(({ from, to, reason }) => ['Severity', `${from} became ${to} because ${escaped(reason)}`] as const),
    ...finding.suppression === undefined ? [] : [['Suppressed', escaped(`${finding.suppression.by}: ${finding.suppression.reason}`)] as const],
    ...finding.also.length === 0 ? [] : [['Also known as', finding.also.map((alias) => `<code>${escaped(alias)}</code>`).join(' ')] as const],
  ]
  return `<details data-text="${escaped(text)}" data-severity="${severity}" data-pillar="${pillar}" data-service="${escaped(serviceOf(finding))}" data-account="${escaped(account)}"><summary><span class="tag ${severity}">${
    finding.suppression === undefined ? severity : 'suppressed'}</span><span>${escaped(title)}<br><span class="dim">${escaped(resourceName)}</span></span><span class="where">${escaped(`${account} ${region}`)}</span></summary><div class="body"><dl>${
    facts.map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join('')}</dl></div></details>`
}

const evidence = ({ pointer, value, note }: Evidence): string =>
  `<code>${escaped(pointer === '' ? 'the resource' : pointer)}</code> ${value === undefined ? 'is not set' : `= <code>${escaped(value)}</code>`}${note === undefined ? '' : ` ${escaped(note)}`}`
