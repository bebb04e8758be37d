import type { Difference } from '../analysis/diff.ts'
import { count } from '../core/text.ts'
import type { Finding } from '../model/finding.ts'
import type { Style } from './format.ts'
import { literal } from './formats/markdown.ts'
import { pathMarkdown } from './path-markdown.ts'
import { painter } from './paint.ts'

type Render = (difference: Difference, style: Style) => string

const place = ({ location, account, region }: Finding): string => (location === undefined ? `${account} ${region}` : `${location.file}${location.line === undefined ? '' : `:${location.line}`}`)

const table: Render = ({ resources, findings, paths }, { colour }) => {
  const paint = painter(colour)
  const lines = [
    `${paint('bold', 'Resources')}  ${paint('green', `+${resources.added.length}`)} ${paint('red', `-${resources.removed.length}`)} ${paint('yellow', `~${resources.changed.length}`)}`,
    ...resources.added.map(({ type, name }) => `  ${paint('green', '+')} ${paint('reset', `${name}  ${type}`)}`),
    ...resources.removed.map(({ type, name }) => `  ${paint('red', '-')} ${paint('reset', `${name}  ${type}`)}`),
    ...resources.changed.map(({ resource, pointers }) => `  ${paint('yellow', '~')} ${paint('reset', `${resource.name}  ${pointers.slice(0, 3).join(', ')}${pointers.length > 3 ? ' …' : ''}`)}`),
    '',
    `${paint('bold', 'Findings')}  ${paint('red', `+${findings.added.length}`)} ${paint('green', `-${findings.removed.length}`)}`,
    ...findings.added.map((finding) => `  ${paint('red', '+')} ${paint.severity(finding.severity)}  ${paint('reset', `${finding.title}: ${finding.resourceName}`)}  ${paint('dim', place(finding))}`),
    ...findings.removed.map((finding) => `  ${paint('green', '-')} ${paint.severity(finding.severity)}  ${paint('reset', `${finding.title}: ${finding.resourceName}`)}`),
    '',
    `${paint('bold', 'Attack paths')}  ${paint('red', `+${paths.added.length}`)} ${paint('green', `-${paths.removed.length}`)}`,
    ...paths.added.map(({ severity, story }) => `  ${paint('red', '+')} ${paint.severity(severity)}  ${paint('reset', story)}`),
    ...paths.removed.map(({ severity, story }) => `  ${paint('green', '-')} ${paint.severity(severity)}  ${paint('reset', story)}`),
  ]
  return `${lines.join('\n')}\n`
}

const most = 50

const markdown: Render = ({ resources, findings, paths }) => {
  const rows = findings.added.slice(0, most).map((finding) => `| ${finding.severity} | ${literal(finding.title)} | ${literal(finding.resourceName)} | ${literal(place(finding))} |`)
  return `${[
    `## Bartizan: ${findings.added.length === 0 ? 'this change adds no finding' : `this change adds ${count(findings.added.length, 'finding')}`}${findings.removed.length === 0 ? '' : ` and removes ${findings.removed.length}`}`,
    '',
    `Resources: ${resources.added.length} added, ${resources.removed.length} removed, ${resources.changed.length} changed.`,
    ...rows.length === 0 ? [] : ['', '| Severity | What | Resource | Where |', '| --- | --- | --- | --- |', ...rows],
    ...findings.added.length > most ? ['', `… and ${findings.added.length - most} more.`] : [],
    ...paths.added.length === 0 ? [] : ['', `### ${count(paths.added.length, 'attack path')} opened`, ...paths.added.slice(0, 5).flatMap(pathMarkdown)],
    ...paths.removed.length === 0 ? [] : ['', `${count(paths.removed.length, 'attack path')} closed.`],
  ].join('\n')}\n`
}

const json: Render = ({ resources, findings, paths }) => `${JSON.stringify({
  schema: 'bartizan.diff/1',
  resources: {
    added: resources.added.map(({ type, id }) => ({ type, id })),
    removed: resources.removed.map(({ type, id }) => ({ type, id })),
    changed: resources.changed.map(({ resource, pointers }) => ({ type: resource.type, id: resource.id, pointers })),
  },
  findings,
  paths,
}, undefined, 2)}\n`

/** The formats of a difference, by name. */
export const diffFormats: ReadonlyMap<string, Render> = new Map<string, Render>([['table', table], ['markdown', markdown], ['json', json]])
