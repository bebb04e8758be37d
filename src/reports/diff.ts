import type { Cause, CausedPath } from '../analysis/diff-causes.ts'
import type { Difference } from '../analysis/diff.ts'
import { count, listed } from '../core/text.ts'
import type { Finding } from '../model/finding.ts'
import { fit, wrap } from './columns.ts'
import { comment } from './comment.ts'
import type { Style } from './format.ts'
import { literal } from './formats/markdown.ts'
import { painter } from './paint.ts'
import { placed } from './path-evidence.ts'
import { cut, pathMarkdown } from './path-markdown.ts'

type Render = (difference: Difference, style: Style) => string

const place = ({ location, account, region }: Finding): string => (location === undefined ? `${account} ${region}` : placed(location))

/** A change in words: `Policies/0/PolicyDocument of ci-deploy changed (template.yaml:14)`. */
const caused = ({ change, name, type, pointer, location }: Cause): string =>
  `${pointer === undefined ? `${name} (${type})` : `${pointer} of ${name}`} ${change}${location === undefined ? '' : ` (${placed(location)})`}`

const table: Render = ({ resources, findings, paths }, { colour, columns }) => {
  const paint = painter(colour)
  const line = (mark: string, ink: 'red' | 'green' | 'yellow', text: string) => `  ${paint(ink, mark)} ${paint('reset', fit(text, columns - 4))}`
  const finding = (mark: string, ink: 'red' | 'green') => (one: Finding) =>
    [`  ${paint(ink, mark)} ${paint.severity(one.severity)}  ${paint('reset', fit(`${one.title}: ${one.resourceName}`, columns - 6 - one.severity.length))}`, `      ${paint('dim', fit(place(one), columns - 6))}`]
  const path = (mark: string, ink: 'red' | 'green', verb: string) => ({ severity, story, causes }: CausedPath) => [
    ...wrap(story, columns - 6 - severity.length).map((text, at) => `  ${at === 0 ? `${paint(ink, mark)} ${paint.severity(severity)}` : ' '.repeat(2 + severity.length)}  ${paint('reset', text)}`),
    ...causes.slice(0, most).flatMap((cause) => wrap(`${verb} ${caused(cause)}`, columns - 6).map((text) => `      ${paint('dim', text)}`)),
  ]
  return `${[
    `${paint('bold', 'Resources')}  ${paint('green', `+${resources.added.length}`)} ${paint('red', `-${resources.removed.length}`)} ${paint('yellow', `~${resources.changed.length}`)}`,
    ...resources.added.map(({ type, name }) => line('+', 'green', `${name}  ${type}`)),
    ...resources.removed.map(({ type, name }) => line('-', 'red', `${name}  ${type}`)),
    ...resources.changed.map(({ resource, pointers }) => line('~', 'yellow', `${resource.name}  ${pointers.slice(0, 3).join(', ')}${pointers.length > 3 ? ' …' : ''}`)),
    '',
    `${paint('bold', 'Findings')}  ${paint('red', `+${findings.added.length}`)} ${paint('green', `-${findings.removed.length}`)}`,
    ...findings.added.flatMap(finding('+', 'red')),
    ...findings.removed.flatMap(finding('-', 'green')),
    '',
    `${paint('bold', 'Attack paths')}  ${paint('red', `+${paths.added.length}`)} ${paint('green', `-${paths.removed.length}`)}`,
    ...paths.added.flatMap(path('+', 'red', 'opened:')),
    ...paths.removed.flatMap(path('-', 'green', 'closed:')),
  ].join('\n')}\n`
}

/** Causes shown of one path. */
const most = 5
/** What a comment shows. */
const shown = { rows: 50, paths: 5, cell: 160, story: 1_000 }

const cell = (text: string): string => literal(cut(text, shown.cell))

const markdown: Render = ({ resources, findings, paths }) => {
  const rows = findings.added.slice(0, shown.rows).map((finding) => `| ${finding.severity} | ${cell(finding.title)} | ${cell(finding.resourceName)} | ${cell(place(finding))} |`)
  const adds = [...findings.added.length === 0 ? [] : [count(findings.added.length, 'finding')], ...paths.added.length === 0 ? [] : [count(paths.added.length, 'attack path')]]
  const removes = [...findings.removed.length === 0 ? [] : [count(findings.removed.length, 'finding')], ...paths.removed.length === 0 ? [] : [count(paths.removed.length, 'attack path')]]
  return comment([
    `## Bartizan: this change ${adds.length === 0 ? 'adds no finding and opens no attack path' : `adds ${listed(adds)}`}${removes.length === 0 ? '' : ` and removes ${listed(removes)}`}`,
    '',
    `Resources: ${resources.added.length} added, ${resources.removed.length} removed, ${resources.changed.length} changed.`,
    ...paths.added.length === 0 ? [] : ['', '### Attack paths opened', ...paths.added.slice(0, shown.paths).map((path) => [...pathMarkdown(path), ...causes('Opened by', path)].join('\n'))],
    ...more(paths.added.length, shown.paths),
    ...paths.removed.length === 0 ? [] : ['', '### Attack paths closed', ...paths.removed.slice(0, shown.paths).map((path) => ['', `${path.severity}: ${literal(cut(path.story, shown.story))}`, ...causes('Closed by', path)].join('\n'))],
    ...more(paths.removed.length, shown.paths),
    ...rows.length === 0 ? [] : ['', '### Findings added', '', '| Severity | What | Resource | Where |', '| --- | --- | --- | --- |', ...rows],
    ...more(findings.added.length, shown.rows),
  ])
}

const causes = (verb: string, path: CausedPath): string[] => (path.causes.length === 0 ? [] : ['', `${verb}:`, ...path.causes.slice(0, most).map((cause) => `- ${cell(caused(cause))}`)])

const more = (n: number, of: number): string[] => (n > of ? ['', `… and ${n - of} more.`] : [])

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
