/** Longest text that is read as a structure, and how deep it may go. */
const longest = 200_000
const deepest = 12

/**
 * A structure as Athena, CloudTrail Lake and Elastic write it: `{type=IAMUser, sessioncontext={…}, list=[a, b]}`. It quotes nothing, so a
 * value ends where the next name begins or the bracket closes. Undefined where the text is no such thing.
 */
export const structure = (text: string): unknown => {
  if (text.length > longest) return undefined
  const cursor = { text, at: 0 }
  const value = read(cursor, 0)
  return cursor.at === text.length && typeof value === 'object' ? value : undefined
}

interface Cursor { readonly text: string, at: number }

const name = /[\w.:-]+=/y
const next = /, (?=[\w.:-]+=)/y

const read = (cursor: Cursor, depth: number): unknown => {
  const open = cursor.text[cursor.at]
  if (depth > deepest || (open !== '{' && open !== '[')) return undefined
  cursor.at++
  return open === '{' ? fields(cursor, depth) : items(cursor, depth)
}

const fields = (cursor: Cursor, depth: number): Record<string, unknown> | undefined => {
  const found: Record<string, unknown> = {}
  while (cursor.text[cursor.at] !== '}') {
    name.lastIndex = cursor.at
    const [label] = name.exec(cursor.text) ?? []
    if (label === undefined) return undefined
    cursor.at += label.length
    const value = valueAt(cursor, depth, (at) => isAt(next, cursor.text, at))
    if (label !== '__proto__=') found[label.slice(0, -1)] = value
    if (isAt(next, cursor.text, cursor.at)) cursor.at += 2
    else if (cursor.text[cursor.at] !== '}') return undefined
  }
  cursor.at++
  return found
}

const items = (cursor: Cursor, depth: number): unknown[] | undefined => {
  const found: unknown[] = []
  while (cursor.text[cursor.at] !== ']') {
    found.push(valueAt(cursor, depth, (at) => cursor.text.startsWith(', ', at)))
    if (cursor.text.startsWith(', ', cursor.at)) cursor.at += 2
    else if (cursor.text[cursor.at] !== ']') return undefined
  }
  cursor.at++
  return found
}

const valueAt = (cursor: Cursor, depth: number, ends: (at: number) => boolean): unknown => {
  const start = cursor.at
  if (/[{[]/.test(cursor.text[start] ?? '')) {
    const inner = read(cursor, depth + 1)
    if (inner !== undefined) return inner
    cursor.at = start
  }
  while (cursor.at < cursor.text.length && !/[}\]]/.test(cursor.text[cursor.at]!) && !ends(cursor.at)) cursor.at++
  const text = cursor.text.slice(start, cursor.at)
  return text === 'null' || text === '' ? undefined : text
}

const isAt = (pattern: RegExp, text: string, at: number): boolean => {
  pattern.lastIndex = at
  return pattern.test(text)
}
