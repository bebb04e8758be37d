import type { Fix } from '../attack/fix/fix.ts'
import { alsoBy, isOwn } from '../attack/path.ts'
import type { AttackPath } from '../attack/path.ts'
import { count, listed } from '../core/text.ts'
import { severities } from '../model/severity.ts'
import { wrap } from './columns.ts'
import type { Style } from './format.ts'
import { painter } from './paint.ts'
import type { Paint } from './paint.ts'
import { actorOf, evidenceOf } from './path-evidence.ts'
import type { PathReport } from './paths.ts'

/** Paths told in full unless all are asked for; the others are a sentence each. */
const full = 10

/** Attack paths for a terminal, the worst first: the story, each step with what it stands on, conditions and fix; then what many share. */
export const pathTable = (report: PathReport, style: Style): string => {
  const paint = painter(style.colour)
  const { paths } = report
  if (paths.length === 0) return `${paint('green', 'No attack path was found in what could be read.')}\n`
  const own = style.undecided ? paths : paths.filter(isOwn)
  const told = style.undecided ? own : own.slice(0, full)
  return [
    ...told.flatMap((path) => inFull(path, report, style, paint)),
    ...told.length < own.length ? [paint('bold', 'Also'), ...own.slice(full).flatMap((path) => brief(path, style, paint)), paint('dim', '-v tells them in full'), ''] : [],
    ...shared(report, style, paint),
    ...radius(report, style, paint),
    ...plan(report, style, paint),
    summary(paths, paint),
    '',
  ].join('\n')
}

const inFull = (path: AttackPath, { estate, paths, fixes, patches }: PathReport, { columns }: Style, paint: Paint): string[] => [
  `${paint.severity(path.severity)}  ${path.pillar}  ${paint('dim', path.id)}`,
  ...wrap(path.story, columns - 2).map((line) => `  ${paint('bold', line)}`),
  ...path.steps.flatMap((step, index) => [
    ...hanging(`${index + 1}. `, `${actorOf(path, step)}: ${step.story}${step.waits ? ', and waits until somebody sets it off' : ''}`, columns - 2).map((line) => `  ${paint('cyan', line)}`),
    ...evidenceOf(estate, step).flatMap(({ text }) => wrap(text, columns - 7).map((line) => `     ${paint('dim', line)}`)),
  ]),
  ...path.conditions.flatMap((text) => wrap(`Only if ${text}`, columns - 4).map((line) => `  ${paint('yellow', line)}`)),
  ...withIt(path, paths, columns - 2).map((line) => `  ${paint('reset', line)}`),
  ...path.entry.alike.length === 0 ? [] : wrap(`The same holds for ${listed(path.entry.alike)}`, columns - 2).map((line) => `  ${paint('reset', line)}`),
  ...fixLines(fixes.get(path.id), patches.get(path.id), columns).map((line) => `  ${paint('green', line)}`),
  ...wrap([...path.techniques, path.confidence === 'derived' ? 'derived from how the API works, not known to have been used' : 'documented'].join(', '), columns - 2).map((line) => `  ${paint('dim', line)}`),
  '',
]

/** What taking the account over gives besides, which would else be a path each. */
const withIt = (path: AttackPath, paths: readonly AttackPath[], columns: number): string[] => {
  const harms = alsoBy(path, paths)
  return harms.length === 0 ? [] : wrap(`And with it also ${listed(harms.slice(0, 6))}${harms.length > 6 ? `, and ${harms.length - 6} more` : ''}`, columns)
}

/** Text behind a mark, its further lines under the first. */
const hanging = (mark: string, text: string, columns: number): string[] =>
  wrap(text, columns - mark.length).map((line, at) => (at === 0 ? mark : ' '.repeat(mark.length)) + line)

const brief = ({ severity, story }: AttackPath, { columns }: Style, paint: Paint): string[] =>
  wrap(story, columns - 12).map((line, at) => `  ${at === 0 ? `${paint.severity(severity)}${' '.repeat(10 - severity.length)}` : ' '.repeat(10)}${paint('reset', line)}`)

const fixLines = (fix: Fix | undefined, patch: string | undefined, columns: number): string[] => (fix === undefined ? [] : [
  ...wrap(`Fix, tried on a rebuilt estate (${count(fix.removes.length, 'path')} gone):`, columns - 2),
  ...fix.edits.flatMap(({ title }) => hanging('- ', title, columns - 4)),
  // A command or a patch is there to be copied: its lines stay whole.
  ...(patch === undefined ? fix.commands : patch.trimEnd().split('\n')).map((line) => `  ${line}`),
])

const shared = ({ chokePoints }: PathReport, { columns }: Style, paint: Paint): string[] => (chokePoints.length === 0 ? [] : [
  paint('bold', 'Choke points: steps that many paths share'),
  ...chokePoints.slice(0, 5).flatMap(({ story, paths }) => hanging(`${count(paths, 'path').padStart(9)}  `, story, columns - 2).map((line) => `  ${paint('reset', line)}`)),
  '',
])

const radius = ({ radius: found }: PathReport, { columns }: Style, paint: Paint): string[] => found.flatMap(({ entry, harms, principals }) => [
  paint('bold', `Blast radius of ${entry}`),
  ...[...hanging('Becomes  ', principals.length === 0 ? 'nobody else' : listed(principals), columns - 2), ...harms.flatMap((harm, index) => hanging(index === 0 ? 'Then     ' : '         ', harm, columns - 2))]
    .map((line) => `  ${paint('reset', line)}`),
  '',
])

const plan = ({ plan: fix, planPatch, paths }: PathReport, { columns }: Style, paint: Paint): string[] => {
  if (fix === undefined) return []
  const shown = new Set(paths.map(({ id }) => id))
  const gone = fix.removes.filter((id) => shown.has(id)).length
  return [
    paint('bold', gone === paths.length ? `The fewest edits that stop all ${count(gone, 'path')}` : `The fewest edits that stop ${gone} of ${count(paths.length, 'path')}; nothing that was tried stops the others`),
    ...fix.edits.flatMap(({ title }, index) => hanging(`${index + 1}. `, title, columns - 2)).map((line) => `  ${paint('green', line)}`),
    ...(planPatch === undefined ? fix.commands : planPatch.trimEnd().split('\n')).map((line) => `  ${paint('dim', line)}`),
    '',
  ]
}

const summary = (paths: readonly AttackPath[], paint: Paint): string => {
  const counts = severities.map((severity) => [severity, paths.filter((path) => path.severity === severity).length] as const).filter(([, n]) => n > 0)
  const following = paths.filter((path) => !isOwn(path)).length
  const along = following === 0 ? '' : `\n${following} of them follow from taking an account over`
  return `${count(paths.length, 'attack path')}: ${counts.map(([severity, n]) => `${n} ${paint.severity(severity)}`).join(', ')}${along}`
}
