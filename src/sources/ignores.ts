import type { Ignore } from '../model/resource.ts'

const comment = /(?:#|\/\/|\/\*)\s*bartizan:ignore\s+([\w.-]+)(.*)/i
const day = /^\d{4}-\d{2}-\d{2}$/

/** `bartizan:ignore CHECK-ID reason="…" until=YYYY-MM-DD` in comments, by line. One without a reason, or until what is no day, is not heeded. */
export const ignoreComments = (text: string): ReadonlyMap<number, Ignore[]> => {
  const found = new Map<number, Ignore[]>()
  if (!text.includes('bartizan:ignore')) return found
  for (const [index, line] of text.split('\n').entries()) {
    const [, check, rest = ''] = comment.exec(line) ?? []
    if (check === undefined) continue
    const reason = /\breason=(?:"([^"]+)"|'([^']+)')/.exec(rest)
    const heeded = ignore(check, reason?.[1] ?? reason?.[2], /\buntil=["']?([^\s"']+)/.exec(rest)?.[1])
    if (heeded.length > 0) found.set(index + 1, heeded)
  }
  return found
}

/** `Metadata: {bartizan: {ignore: […]}}`, for formats that have no comments. */
export const ignoreMetadata = (metadata: unknown): Ignore[] => {
  const list = (metadata as { bartizan?: { ignore?: unknown } } | null | undefined)?.bartizan?.ignore
  return (Array.isArray(list) ? list : []).flatMap((entry: { check?: unknown, reason?: unknown, until?: unknown } | null) => ignore(entry?.check, entry?.reason, entry?.until))
}

const ignore = (check: unknown, reason: unknown, until: unknown): Ignore[] => {
  if (typeof check !== 'string' || typeof reason !== 'string' || reason.trim() === '') return []
  if (until === undefined) return [{ check, reason }]
  return typeof until === 'string' && day.test(until) ? [{ check, reason, until }] : []
}

/** Comments inside a definition that starts on line `first` are about it, and those right above it. It goes on to the comments above the `next`, or to the end of its section. */
export const ignoresBetween = (comments: ReadonlyMap<number, Ignore[]>, first: number, next: number | undefined, lines: readonly string[]): Ignore[] => {
  if (comments.size === 0) return []
  const start = aboveComments(first, lines)
  const end = next === undefined ? sectionEnd(first, lines) : aboveComments(next, lines)
  return [...comments].filter(([line]) => line >= start && line < end).flatMap(([, ignores]) => ignores)
}

/** The first of the lines of comments right above a line, or the line itself. */
const aboveComments = (line: number, lines: readonly string[]): number => {
  let start = line
  while (start > 1 && /^\s*(#|\/\/|\/\*)/.test(lines[start - 2] ?? '')) start--
  return start
}

const sectionEnd = (first: number, lines: readonly string[]): number => {
  const after = lines.findIndex((line, index) => index >= first && /^[A-Za-z"']/.test(line))
  return after === -1 ? lines.length + 1 : aboveComments(after + 1, lines)
}
