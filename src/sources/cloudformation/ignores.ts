import type { Ignore } from '../../model/resource.ts'

const comment = /(?:#|\/\/)\s*bartizan:ignore\s+([a-z0-9.-]+)(.*)$/i

/** `bartizan:ignore CHECK-ID reason="…" until=YYYY-MM-DD` in comments, by line. One without a reason is not heeded. */
export const ignoreComments = (text: string): ReadonlyMap<number, Ignore[]> => {
  const found = new Map<number, Ignore[]>()
  if (!text.includes('bartizan:ignore')) return found
  for (const [index, line] of text.split('\n').entries()) {
    const [, check, rest = ''] = comment.exec(line) ?? []
    const reason = /reason="([^"]+)"/.exec(rest)?.[1]
    if (check === undefined || reason === undefined) continue
    const until = /until=(\d{4}-\d{2}-\d{2})/.exec(rest)?.[1]
    found.set(index + 1, [...found.get(index + 1) ?? [], { check, reason, ...until === undefined ? {} : { until } }])
  }
  return found
}

/** `Metadata: {bartizan: {ignore: […]}}`, for formats that have no comments. */
export const ignoreMetadata = (metadata: unknown): Ignore[] => {
  const list = (metadata as { bartizan?: { ignore?: unknown } } | null | undefined)?.bartizan?.ignore
  return (Array.isArray(list) ? list : []).flatMap((entry: { check?: unknown, reason?: unknown, until?: unknown } | null) =>
    (typeof entry?.check === 'string' && typeof entry.reason === 'string'
      ? [{ check: entry.check, reason: entry.reason, ...typeof entry.until === 'string' ? { until: entry.until } : {} }] : []))
}

/** Comments inside a definition, and those on the lines right above it, are about it. */
export const ignoresBetween = (comments: ReadonlyMap<number, Ignore[]>, first: number, last: number, lines: readonly string[]): Ignore[] => {
  let start = first
  while (start > 1 && /^\s*(#|\/\/)/.test(lines[start - 2] ?? '')) start--
  return [...comments].filter(([line]) => line >= start && line <= last).flatMap(([, ignores]) => ignores)
}
