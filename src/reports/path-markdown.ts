import { isOwn } from '../attack/path.ts'
import type { AttackPath } from '../attack/path.ts'
import { count, printable } from '../core/text.ts'
import { comment } from './comment.ts'
import { literal } from './formats/markdown.ts'
import type { PathReport } from './paths.ts'

/** A path as a Mermaid drawing; labels are quoted, and hold nothing that Mermaid, Markdown or HTML would read. */
export const mermaid = ({ entry, steps }: AttackPath): string => {
  const nodes = [`  n0[${label(entry.title)}]`, ...steps.map(({ onName, power }, index) => `  n${index + 1}[${label(`${power} ${onName}`)}]`)]
  return ['flowchart LR', ...nodes, ...steps.map(({ story }, index) => `  n${index} -->|${label(story)}| n${index + 1}`)].join('\n')
}

const label = (text: string): string => `"${cut(printable(text).replaceAll(/[^\p{L}\p{N} .,:/*@_'()+=-]/gu, ' '), 70)}"`

/** A text of so many characters at most. */
export const cut = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length - 1)}…` : text)

/** A path for a comment: how bad, its story, and a drawing. */
export const pathMarkdown = (path: AttackPath): string[] => ['', `**${path.severity}** ${literal(cut(path.story, 1_000))}`, '', '```mermaid', mermaid(path), '```']

/** Paths for a comment: the worst ten, drawn, each with its fix. */
export const pathsMarkdown = ({ paths, fixes }: PathReport): string => comment([
  `## Bartizan: ${paths.length === 0 ? 'no attack path' : count(paths.length, 'attack path')}`,
  ...paths.filter(isOwn).slice(0, 10).map((path) => [
    ...pathMarkdown(path),
    ...(fixes.get(path.id)?.edits ?? []).map(({ title }) => `\nFix, tried on a rebuilt estate: ${literal(title)}`),
  ].join('\n')),
  ...paths.length > shown(paths) ? ['', `… and ${paths.length - shown(paths)} more.`] : [],
])

const shown = (paths: readonly AttackPath[]): number => Math.min(10, paths.filter(isOwn).length)
