import type { AttackPath, PathStep } from '../../attack/path.ts'
import { count } from '../../core/text.ts'
import { escaped } from '../escape.ts'
import type { ChokePoint } from '../paths.ts'
import { drawing } from './drawing.ts'
import type { Section } from './page.ts'

const most = 100

/** Attack paths, each drawn from the attacker to the target, with what every step stands on. */
export const pathsSection = (paths: readonly AttackPath[], chokePoints: readonly ChokePoint[]): Section[] =>
  paths.length === 0 ? [] : [{
    id: 'paths',
    title: `Attack paths: ${paths.length}`,
    html: `${choke(chokePoints)}${paths.slice(0, most).map(entry).join('\n')}${paths.length > most ? `<p class="dim">and ${paths.length - most} more: see bartizan paths</p>` : ''}`,
  }]

const choke = (points: readonly ChokePoint[]): string => (points.length === 0 ? '' :
  `<div class="card"><h3>Choke points: stop one, stop many</h3><table>${points.slice(0, 5).map(({ story, paths }) => `<tr><td>${escaped(story)}</td><td>${escaped(count(paths, 'path'))}</td></tr>`).join('')}</table></div>`)

const entry = (path: AttackPath): string => `<details><summary><span class="tag ${path.severity}">${path.severity}</span><span>${escaped(path.story)}</span><span class="where">${escaped(count(path.steps.length, 'step'))}</span></summary><div class="body"><div class="scroll">${picture(path)}</div><ol>${
  path.steps.map(step).join('')}</ol>${path.conditions.length === 0 ? '' : `<p class="medium">Only if ${escaped(path.conditions.join('; '))}</p>`}<p class="dim">${escaped([...path.techniques, path.confidence === 'derived' ? 'derived from how the API works' : 'documented'].join(', '))}</p></div></details>`

const step = ({ story, actorName, permissions, facts }: PathStep): string => `<li>${escaped(`${actorName === undefined ? '' : `${actorName} `}${story}`)}<br><span class="dim">${
  [...permissions.map(permission), ...facts.filter(({ pointer }) => pointer !== '').map(({ from, relation, to, pointer }) => `${from} ${relation} ${to} (${pointer})`)].map((text) => `<code>${escaped(text)}</code>`).join('<br>')}</span></li>`

const permission = ({ action, resource, statements }: PathStep['permissions'][number]): string =>
  `${action}${resource === '*' ? '' : ` on ${resource}`}${statements.length === 0 ? '' : ` by ${statements.map(({ name, sid, index }) => `${name}, statement ${sid ?? index + 1}`).join('; ')}`}`

/** Left to right: the entry point, then what each step gains; a step is tied to the earlier ones that it needs by whom it acts as. */
const picture = ({ entry: start, steps, target }: AttackPath): string => {
  const boxes = [
    { id: 0, column: 0, title: start.title, label: 'attacker', kind: 'entry', hint: start.title },
    ...steps.map(({ onName, onType, power, story }, index) => ({ id: index + 1, column: index + 1, title: onName, label: `${power} ${onType.replace('AWS::', '').replaceAll('::', ' ')}`, kind: index === steps.length - 1 ? 'target' : 'step', hint: story })),
  ]
  const lines = steps.map(({ story }, index) => ({ from: index, to: index + 1, label: story }))
  return drawing(`Attack path to ${target.name}`, boxes, lines)
}
