/** A value as it is written: where it stands in a text (offsets, the end behind it) and what it is made of. */
export interface Tree {
  /** `other` is an expression, an intrinsic, an anchor: whatever more than this place depends on. */
  readonly kind: 'map' | 'list' | 'plain' | 'other'
  readonly start: number
  readonly end: number
  readonly entries: readonly Entry[]
  /** Written between brackets, where lines and their indents mean nothing. */
  readonly flow: boolean
}

/** A key with its value, or an item of a list, from its mark to the end of its value. */
export interface Entry { readonly key: string, readonly value: Tree, readonly start: number, readonly end: number }

/** How a language writes values and their parts. */
export interface Syntax {
  /** The value to change; undefined where it cannot be found. */
  parse(text: string): Tree | undefined
  write(text: string, tree: Tree, value: unknown): string
  /** Puts a new entry behind the last one; a list takes no key. */
  insert(text: string, tree: Tree, key: string | undefined, value: unknown): Splice
  /** Whether a comma may stand behind the last entry. */
  readonly trailing: boolean
}

export interface Splice { readonly start: number, readonly end: number, readonly text: string }

interface Step { readonly splices: readonly Splice[], readonly value: unknown }

/** Makes a written value another one, a part at a time, so that all that stays the same stays as it is written; undefined where that cannot be. */
export const rewrite = (syntax: Syntax, text: string, before: unknown, after: unknown): string | undefined => {
  let [now, value] = [text, before]
  for (let left = 100; left > 0; left--) {
    if (same(value, after)) return now
    const tree = syntax.parse(now)
    const step = tree === undefined ? undefined : next(syntax, now, tree, value, after)
    if (step === undefined) return undefined
    now = [...step.splices].sort((a, b) => b.start - a.start).reduce((whole, splice) => whole.slice(0, splice.start) + splice.text + whole.slice(splice.end), now)
    value = step.value
  }
  return undefined
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

type Map = Readonly<Record<string, unknown>>
const isMap = (value: unknown): value is Map => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The first of the changes that are left, and the value after it. */
const next = (syntax: Syntax, text: string, tree: Tree, before: unknown, after: unknown): Step | undefined => {
  if (tree.kind === 'other') return undefined
  if (isMap(before) && isMap(after) && tree.kind === 'map') return inMap(syntax, text, tree, before, after)
  if (Array.isArray(before) && Array.isArray(after) && tree.kind === 'list') return tree.entries.length === before.length ? inList(syntax, text, tree, before, after) : undefined
  return { splices: [{ start: tree.start, end: tree.end, text: syntax.write(text, tree, after) }], value: after }
}

const inMap = (syntax: Syntax, text: string, tree: Tree, before: Map, after: Map): Step | undefined => {
  for (const [key, value] of Object.entries(before)) {
    if (same(value, after[key])) continue
    const at = tree.entries.findIndex((entry) => entry.key === key)
    if (at === -1) return undefined
    if (!(key in after)) return { splices: remove(syntax, text, tree, at), value: Object.fromEntries(Object.entries(before).filter(([other]) => other !== key)) }
    const step = next(syntax, text, tree.entries[at]!.value, value, after[key])
    return step === undefined ? undefined : { ...step, value: { ...before, [key]: step.value } }
  }
  const added = Object.keys(after).find((key) => !(key in before))
  if (added !== undefined) return { splices: [syntax.insert(text, tree, added, after[added])], value: { ...before, [added]: after[added] } }
  // Only the order of keys differs, and that means nothing.
  return { splices: [], value: after }
}

const inList = (syntax: Syntax, text: string, tree: Tree, before: readonly unknown[], after: readonly unknown[]): Step | undefined => {
  const at = before.findIndex((item, index) => !same(item, after[index]))
  if (at === -1) return { splices: [syntax.insert(text, tree, undefined, after[before.length])], value: [...before, after[before.length]] }
  if (!alike(before[at], after[at])) return { splices: remove(syntax, text, tree, at), value: before.filter((_item, index) => index !== at) }
  const step = next(syntax, text, tree.entries[at]!.value, before[at], after[at])
  return step === undefined ? undefined : { ...step, value: before.with(at, step.value) }
}

/** Whether two items of a list are one item before and after: statements that share their Sid, or most of what they say. */
const alike = (a: unknown, b: unknown): boolean => {
  if (!isMap(a) || !isMap(b)) return false
  if (a['Sid'] !== undefined || b['Sid'] !== undefined) return a['Sid'] === b['Sid']
  return same(a['Action'], b['Action']) || same([a['Resource'], a['Principal'], a['PolicyName']], [b['Resource'], b['Principal'], b['PolicyName']])
}

/** Takes an entry away, with its line where it has one of its own. */
const remove = ({ trailing }: Syntax, text: string, { start, end, entries, kind }: Tree, at: number): Splice[] => {
  const entry = entries[at]!
  const [before, after] = [entries[at - 1], entries[at + 1]]
  if (before === undefined && after === undefined) return [{ start, end, text: kind === 'map' ? '{}' : '[]' }]
  const line = text.lastIndexOf('\n', entry.start - 1) + 1
  const rest = /^,?[ \t]*(?:(?:#|\/\/)[^\n]*)?\r?(?:\n|$)/.exec(text.slice(entry.end))?.[0]
  if (text.slice(line, entry.start).trim() === '' && rest !== undefined) {
    const comma = after === undefined && !trailing && before !== undefined ? text.indexOf(',', before.end) : -1
    return [{ start: line, end: entry.end + rest.length, text: '' }, ...comma !== -1 && comma < entry.start ? [{ start: comma, end: comma + 1, text: '' }] : []]
  }
  return [after === undefined ? { start: before!.end, end: entry.end, text: '' } : { start: entry.start, end: after.start, text: '' }]
}
