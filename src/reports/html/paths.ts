import type { Fix } from '../../attack/fix/fix.ts'
import { alsoBy, isOwn } from '../../attack/path.ts'
import type { AttackPath, PathStep } from '../../attack/path.ts'
import { count, listed } from '../../core/text.ts'
import type { Estate } from '../../graph/estate.ts'
import { severities } from '../../model/severity.ts'
import { escaped } from '../escape.ts'
import { actorOf, evidenceOf } from '../path-evidence.ts'
import type { ChokePoint } from '../paths.ts'
import { drawing } from './drawing.ts'
import { filters } from './filters.ts'
import type { Section } from './page.ts'

const most = 100

/** Attack paths, each drawn from the attacker to the target, with what every step stands on; the worst is open. */
export const pathsSection = (estate: Estate, paths: readonly AttackPath[], chokePoints: readonly ChokePoint[], fixes: ReadonlyMap<string, Fix> = new Map()): Section[] =>
  paths.length === 0 ? [] : [{
    id: 'paths',
    title: 'Attack paths',
    count: paths.length,
    html: `${choke(chokePoints)}${bar(paths)}${ordered(paths).slice(0, most).map((path, index) => entry(estate, path, paths, fixes.get(path.id), index === 0)).join('\n')}${paths.length > most ? `<p class="dim">and ${paths.length - most} more: see bartizan paths</p>` : ''}`,
  }]

const bar = (paths: readonly AttackPath[]): string =>
  filters('paths', [{ key: 'severity', values: severities.filter((severity) => paths.some((path) => path.severity === severity)) }])

/** What only follows from taking an account over comes last. */
const ordered = (paths: readonly AttackPath[]): AttackPath[] => [...paths.filter(isOwn), ...paths.filter((path) => !isOwn(path))]

const choke = (points: readonly ChokePoint[]): string => (points.length === 0 ? '' :
  `<div class="card"><h3>Choke points: stop one, stop many</h3>${points.slice(0, 5).map(({ story, paths }) => `<div class="row"><span>${escaped(story)}</span><span class="where">${escaped(count(paths, 'path'))}</span></div>`).join('')}</div>`)

/** The fewest edits that stop all paths, with the commands that make them. */
export const planSection = (plan: Fix | undefined): Section[] => (plan === undefined ? [] : [{
  id: 'plan',
  title: `The fewest edits that stop ${count(plan.removes.length, 'path')}`,
  html: `<div class="card"><ol>${plan.edits.map(({ title }) => `<li>${escaped(title)}</li>`).join('')}</ol>${commands(plan)}</div>`,
}])

const commands = (fix: Fix): string => fix.commands.map((command) => `<p><code>${escaped(command)}</code></p>`).join('')

const entry = (estate: Estate, path: AttackPath, paths: readonly AttackPath[], fix: Fix | undefined, open: boolean): string =>
  `<details data-row data-severity="${path.severity}" id="path-${escaped(path.id)}"${open ? ' open' : ''}><summary><span class="tag ${path.severity}">${path.severity}</span><span>${escaped(path.story)}</span><span class="where">${escaped(count(path.steps.length, 'step'))}</span></summary><div class="body"><div class="scroll" tabindex="0" role="group" aria-label="Picture of the path">${picture(estate, path)}</div><ol>${
    path.steps.map((step) => told(estate, path, step)).join('')}</ol>${path.conditions.length === 0 ? '' : `<p class="medium">Only if ${escaped(path.conditions.join('; '))}</p>`}${withIt(path, paths)}${fixed(fix)}<p class="dim">${
    escaped([...path.techniques, path.confidence === 'derived' ? 'derived from how the API works' : 'documented'].join(', '))}</p></div></details>`

const withIt = (path: AttackPath, paths: readonly AttackPath[]): string => {
  const harms = alsoBy(path, paths)
  return harms.length === 0 ? '' : `<p>And with it also ${escaped(listed(harms))}</p>`
}

const told = (estate: Estate, path: AttackPath, step: PathStep): string =>
  `<li>${escaped(`${actorOf(path, step)}: ${step.story}`)}<br><span class="dim">${evidenceOf(estate, step).map(({ text }) => `<code>${escaped(text)}</code>`).join('<br>')}</span></li>`

const fixed = (fix: Fix | undefined): string => (fix === undefined ? '' :
  `<p class="ok">Fix, tried on a rebuilt estate (${escaped(count(fix.removes.length, 'path'))} gone): ${escaped(fix.edits.map(({ title }) => title).join('; '))}</p>${commands(fix)}`)

/** Left to right: the entry point, then what each step gains, tied to what it builds on. A box says on hover and focus what its step stands on. */
const picture = (estate: Estate, path: AttackPath): string => {
  const { entry: start, steps, target } = path
  const sources = sourcesOf(steps)
  const columns: number[] = []
  for (const [index, before] of sources.entries()) columns[index] = 1 + Math.max(...before.map((source) => (source === -1 ? 0 : columns[source]!)))
  const boxes = [
    { id: 0, column: 0, title: start.title, label: 'attacker', kind: 'entry', hint: `The attacker stands at ${start.title}` },
    ...steps.map((step, index) => ({
      id: index + 1, column: columns[index]!, title: step.onName, label: `${step.power} ${step.onType.replace('AWS::', '').replaceAll('::', ' ')}`,
      kind: index === steps.length - 1 ? 'target' : 'step', hint: [`${actorOf(path, step)}: ${step.story}`, ...evidenceOf(estate, step).map(({ text }) => text)].join('\n'),
    })),
  ]
  return drawing(`Attack path to ${target.name}`, boxes, steps.flatMap(({ story }, index) => sources[index]!.map((source) => ({ from: source + 1, to: index + 1, label: story }))))
}

/** The earlier steps that each step builds on; -1 is the entry point. The one that gained the actor, else the one before; what nothing else builds on leads to the next. */
const sourcesOf = (steps: readonly PathStep[]): number[][] => {
  const sources = steps.map(({ actor }, index) =>
    [actor === undefined ? index - 1 : steps.findLastIndex(({ power, on }, at) => at < index && (power === 'be' || power === 'instruct') && on === actor)])
  for (let index = 0; index < steps.length - 1; index++) if (!sources.some((list) => list.includes(index))) sources[index + 1]!.push(index)
  return sources
}
