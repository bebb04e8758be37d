import type { LogRecord } from '../event.ts'

/** Whether a text begins like CSV with names of columns that logs have. */
export const looksLikeCsv = (head: string): boolean => {
  const line = /^\uFEFF?([^\r\n]{1,20000})\r?\n/.exec(head)?.[1]
  return line !== undefined && !/^\s*[[{]/.test(line) && /(?:^|,)\s*"?(?:_raw|@?message|eventname|event name|event\.action|eventdata|eventjson|event)"?\s*(?:,|$)/i.test(line)
}

/** The rows of a CSV text (RFC 4180) by the names in its first line. */
export const csvRows = function* (text: string): Generator<LogRecord> {
  let names: readonly string[] | undefined
  for (const cells of lines(text.replace(/^\uFEFF/, ''))) {
    if (names === undefined) names = cells
    else if (cells.length > 1 || cells[0] !== '') yield Object.fromEntries(names.map((name, at) => [name, cells[at]]).filter(([, value]) => value !== undefined && value !== '')) as LogRecord
  }
}

const lines = function* (text: string): Generator<readonly string[]> {
  let cells: string[] = []
  let at = 0
  while (at < text.length) {
    const { value, end } = text[at] === '"' ? quoted(text, at + 1) : bare(text, at)
    cells.push(value)
    at = end
    if (text[at] === ',') {
      at++
      if (at === text.length) cells.push('')
      continue
    }
    yield cells
    cells = []
    if (text[at] === '\r') at++
    if (text[at] === '\n') at++
  }
  if (cells.length > 0) yield cells
}

const bare = (text: string, start: number): { readonly value: string, readonly end: number } => {
  let end = start
  while (end < text.length && text[end] !== ',' && text[end] !== '\n' && text[end] !== '\r') end++
  return { value: text.slice(start, end), end }
}

const quoted = (text: string, start: number): { readonly value: string, readonly end: number } => {
  let end = text.indexOf('"', start)
  while (end >= 0 && text[end + 1] === '"') end = text.indexOf('"', end + 2)
  const close = end < 0 ? text.length : end
  const value = text.slice(start, close).replaceAll('""', '"')
  // what stands between a closing quote and the comma is no CSV, and passed over
  return { value, end: bare(text, Math.min(text.length, close + 1)).end }
}
