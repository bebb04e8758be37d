import { chokePoints } from '../attack/compare.ts'
import type { Fix } from '../attack/fix/fix.ts'
import type { AttackPath, PathStep } from '../attack/path.ts'
import { count, printable } from '../core/text.ts'
import { severities } from '../model/severity.ts'
import { wrap } from './columns.ts'
import type { Style } from './format.ts'
import { literal } from './formats/markdown.ts'
import { page } from './html/page.ts'
import { pathsSection } from './html/paths.ts'
import { ocsfPath } from './ocsf-path.ts'
import { painter } from './paint.ts'

/** What a report of paths is made of. */
export interface PathReport {
  readonly paths: readonly AttackPath[]
  /** Steps that many paths share, the most first. */
  readonly chokePoints: readonly ChokePoint[]
  /** The best fix of a path by its id, where fixes were asked for and one holds. */
  readonly fixes: ReadonlyMap<string, Fix>
  readonly takenAt: string
  readonly origin: string
}

/** A step, by an actor and over a thing, with how many paths need it. */
export interface ChokePoint { readonly story: string, readonly step: string, readonly on: string, readonly paths: number }

/** Steps that at least two paths share. */
export const chokePointsOf = (paths: readonly AttackPath[]): ChokePoint[] =>
  chokePoints(paths).map(({ story, step, on, actorName, paths: through }) => ({ story: `${actorName ?? 'the attacker'} ${story}`, step, on, paths: through.length }))

type Render = (report: PathReport, style: Style) => string

const table: Render = ({ paths, chokePoints, fixes }, { colour, columns }) => {
  const paint = painter(colour)
  if (paths.length === 0) return `${paint('green', 'No attack path was found in what could be read.')}\n`
  const lines = paths.flatMap((path) => [
    `${paint.severity(path.severity)}  ${paint('dim', path.id)}`,
    ...wrap(path.story, columns - 2).map((line) => `  ${paint('bold', line)}`),
    ...path.steps.flatMap((step, index) => [
      ...wrap(`${index + 1}. ${step.actorName ?? path.entry.title}: ${step.story}`, columns - 4).map((line, at) => (at === 0 ? `  ${paint('cyan', line)}` : `     ${paint('cyan', line)}`)),
      ...evidence(step).flatMap((text) => wrap(text, columns - 7).map((line) => `     ${paint('dim', line)}`)),
    ]),
    ...path.conditions.flatMap((text) => wrap(`Only if ${text}`, columns - 4).map((line) => `  ${paint('yellow', line)}`)),
    ...fixLines(fixes.get(path.id), columns).map((line) => `  ${paint('green', line)}`),
    `  ${paint('dim', [...path.techniques, path.confidence === 'derived' ? 'derived from how the API works, not known to have been used' : 'documented'].join(', '))}`,
    '',
  ])
  const counts = severities.map((severity) => [severity, paths.filter((path) => path.severity === severity).length] as const).filter(([, n]) => n > 0)
  return [
    ...lines,
    ...chokePoints.length === 0 ? [] : [paint('bold', 'Choke points'), ...chokePoints.slice(0, 5).flatMap(({ story, paths: n }) => wrap(`${count(n, 'path')}: ${story}`, columns - 4).map((line) => `  ${paint('reset', line)}`)), ''],
    `${count(paths.length, 'attack path')}: ${counts.map(([severity, n]) => `${n} ${paint.severity(severity)}`).join(', ')}`,
    '',
  ].join('\n')
}

const fixLines = (fix: Fix | undefined, columns: number): string[] => (fix === undefined ? [] : [
  ...wrap(`Fix, tried on a rebuilt estate (${count(fix.removes.length, 'path')} gone): ${fix.edits.map(({ title }) => title).join('; ')}`, columns - 2),
  ...fix.commands.flatMap((command) => command.split('\n').map((line) => `  ${line}`)),
])

/** The facts and permissions that a step stands on. */
const evidence = ({ facts, permissions }: PathStep): string[] => [
  ...permissions.map(({ action, resource, statements }) => `${action}${resource === '*' ? '' : ` on ${resource}`}${statements.length === 0 ? '' : `, by ${statements.map(({ name, sid, index, location }) => `statement ${sid ?? index + 1} of ${name}${location?.file === undefined ? '' : ` (${location.file}:${location.line ?? 1})`}`).join(' and ')}`}`),
  ...facts.filter(({ pointer }) => pointer !== '').map(({ from, relation, to, pointer }) => `${from} ${relation} ${to} (${pointer})`),
]

const json: Render = ({ paths, chokePoints, fixes }) => `${JSON.stringify({ schema: 'bartizan.paths/1', paths, chokePoints, fixes: Object.fromEntries(fixes) }, undefined, 2)}\n`

/** A path as a Mermaid drawing; labels are quoted and hold no markup. */
export const mermaid = ({ entry, steps }: AttackPath): string => {
  const label = (text: string) => `"${printable(text).replaceAll(/["<>&#;`]/g, ' ')}"`
  const nodes = [`  n0[${label(entry.title)}]`, ...steps.map(({ onName, power }, index) => `  n${index + 1}[${label(`${power} ${onName}`)}]`)]
  return ['flowchart LR', ...nodes, ...steps.map(({ story }, index) => `  n${index} -->|${label(story.slice(0, 60))}| n${index + 1}`)].join('\n')
}

const markdown: Render = ({ paths }) => `${[
  `## Bartizan: ${paths.length === 0 ? 'no attack path' : count(paths.length, 'attack path')}`,
  ...paths.slice(0, 10).flatMap((path) => ['', `**${path.severity}** ${literal(path.story)}`, '', '```mermaid', mermaid(path), '```']),
  ...paths.length > 10 ? ['', `… and ${paths.length - 10} more.`] : [],
].join('\n')}\n`

const html: Render = (report) => page('Attack paths', `${report.origin}, as of ${report.takenAt.slice(0, 16).replace('T', ' ')} UTC`, pathsSection(report.paths, report.chokePoints))

const ocsf: Render = ({ paths, takenAt }) => `${JSON.stringify(paths.map((path) => ocsfPath(path, Date.parse(takenAt))), undefined, 2)}\n`

/** The formats of attack paths, by name. */
export const pathFormats: ReadonlyMap<string, Render> = new Map<string, Render>([['table', table], ['json', json], ['markdown', markdown], ['html', html], ['ocsf', ocsf]])
