import { blastRadius, chokePoints } from '../attack/compare.ts'
import type { Fix } from '../attack/fix/fix.ts'
import type { AttackPath } from '../attack/path.ts'
import type { Estate } from '../graph/estate.ts'
import type { Style } from './format.ts'
import { page } from './html/page.ts'
import { pathsSection, planSection } from './html/paths.ts'
import { ocsfPath } from './ocsf-path.ts'
import { pathsMarkdown } from './path-markdown.ts'
import { sarifOfPaths } from './path-sarif.ts'
import { pathTable } from './path-table.ts'

/** What a report of paths is made of. */
export interface PathReport {
  readonly estate: Estate
  readonly paths: readonly AttackPath[]
  /** Steps that many paths share, the most first. */
  readonly chokePoints: readonly ChokePoint[]
  /** What an attacker at each entry point that was named gets. */
  readonly radius: readonly Radius[]
  /** The best fix of a path by its id, where fixes were asked for and one holds. */
  readonly fixes: ReadonlyMap<string, Fix>
  /** Those fixes as patches to templates, by the path's id. */
  readonly patches: ReadonlyMap<string, string>
  /** The fewest edits that stop all the paths, or all that can be stopped. */
  readonly plan?: Fix
  readonly planPatch?: string
}

/** A step, by an actor and over a thing, with how many paths need it. */
export interface ChokePoint { readonly story: string, readonly step: string, readonly on: string, readonly paths: number }

/** What an attacker at an entry point gets, in words and by id. */
export interface Radius { readonly entry: string, readonly harms: readonly string[], readonly targets: readonly string[], readonly principals: readonly string[] }

/** Steps that at least two paths share. */
export const chokePointsOf = (paths: readonly AttackPath[]): ChokePoint[] =>
  chokePoints(paths).map(({ story, step, on, actorName, paths: through }) => ({ story: `${actorName ?? 'the attacker'} ${story}`, step, on, paths: through.length }))

/** What an attacker gets at the entry points of some paths. */
export const radiusOf = (paths: readonly AttackPath[]): Radius[] =>
  [...new Map(paths.map(({ entry }) => [entry.id, entry])).values()]
    .map(({ id, title }) => ({ entry: title, harms: [...new Set(paths.filter(({ entry }) => entry.id === id).map(({ target }) => target.harm))], ...blastRadius(paths, id) }))

type Render = (report: PathReport, style: Style) => string

const json: Render = ({ paths, chokePoints, radius, fixes, patches, plan, planPatch }) => `${JSON.stringify({
  schema: 'bartizan.paths/1', paths, chokePoints,
  ...radius.length === 0 ? {} : { blastRadius: radius },
  fixes: Object.fromEntries([...fixes].map(([id, fix]) => [id, { ...fix, ...patches.has(id) ? { patch: patches.get(id) } : {} }])),
  ...plan === undefined ? {} : { plan: { ...plan, ...planPatch === undefined ? {} : { patch: planPatch } } },
}, undefined, 2)}\n`

const html: Render = ({ estate, paths, chokePoints, fixes, plan }) =>
  page('Attack paths', `${estate.header.origin}, as of ${estate.header.takenAt.slice(0, 16).replace('T', ' ')} UTC`, [...pathsSection(estate, paths, chokePoints, fixes), ...planSection(plan)])

const ocsf: Render = ({ estate, paths }) => `${JSON.stringify(paths.map((path) => ocsfPath(path, Date.parse(estate.header.takenAt))), undefined, 2)}\n`

/** What stops all the paths, as a patch to the templates, or as a script for a shell. */
const patch: Render = ({ plan, planPatch }) => planPatch ?? (plan === undefined ? '' : `${['#!/bin/sh', 'set -e', ...plan.commands].join('\n')}\n`)

/** The formats of attack paths, by name. */
export const pathFormats: ReadonlyMap<string, Render> = new Map<string, Render>([
  ['table', pathTable], ['json', json], ['markdown', pathsMarkdown], ['html', html], ['ocsf', ocsf], ['sarif', ({ estate, paths }) => sarifOfPaths(estate, paths)], ['patch', patch],
])
