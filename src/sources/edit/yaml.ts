import { Document, isAlias, isMap, isPair, isScalar, isSeq, parseDocument, Scalar, visit } from 'yaml'
import type { Pair } from 'yaml'
import { nowhere } from './hcl.ts'
import type { Entry, Splice, Syntax, Tree } from './tree.ts'

/** Templates in YAML and JSON: the value that some keys lead to from the top. */
export const yamlAt = (path: readonly string[]): Syntax => ({
  trailing: false,
  parse(text) {
    const document = parseDocument(text, { logLevel: 'silent', uniqueKeys: false, strict: false, keepSourceTokens: true })
    return document.errors.length > 0 ? undefined : path.reduce<Tree | undefined>((tree, key) => tree?.entries.find((entry) => entry.key === key)?.value, treeOf(text, document.contents, false))
  },
  // In place of what stood there, between brackets: whatever its indent, it stays within its line.
  write: (text, tree, value) => (tree.flow || typeof value === 'object' ? flow(value, isJson(text)) : block(value, columnOf(text, tree.start))),
  insert,
})

const treeOf = (text: string, node: unknown, within: boolean): Tree => {
  const inFlow = within || (isMap(node) || isSeq(node)) && node.flow === true
  const [start, end] = [startOf(node), endOf(node)]
  const shared = (node as { anchor?: string } | null)?.anchor !== undefined || isAlias(node) || String((node as { tag?: string } | null)?.tag ?? '').startsWith('!')
  if (!shared && isMap(node)) {
    const entries = node.items.map((pair): Entry => ({ key: String(isScalar(pair.key) ? pair.key.value : ''), value: treeOf(text, pair.value, inFlow), start: startOf(pair.key), end: endOf(pair) }))
    const intrinsic = entries.some(({ key }) => key === 'Ref' || key === '<<' || key.startsWith('Fn::'))
    return { kind: intrinsic ? 'other' : 'map', start, end, entries, flow: inFlow }
  }
  if (!shared && isSeq(node)) {
    const entries = node.items.map((item, index): Entry => ({ key: String(index), value: treeOf(text, item, inFlow), start: node.flow === true ? startOf(item) : text.lastIndexOf('-', startOf(item) - 1), end: endOf(item) }))
    return { kind: 'list', start: node.flow === true ? start : entries[0]?.start ?? start, end, entries, flow: inFlow }
  }
  return { kind: !shared && isScalar(node) ? 'plain' : 'other', start, end, entries: [], flow: inFlow }
}

const startOf = (node: unknown): number => (node as { range?: readonly number[] | null } | null)?.range?.[0] ?? 0

/** Where what a node writes ends, without the space and comments after it. */
const endOf = (node: unknown): number => {
  if (isPair(node)) return endOfPair(node)
  const { range, items, flow: inFlow } = (node ?? {}) as { range?: readonly number[] | null, items?: readonly unknown[], flow?: boolean }
  const last = items?.at(-1)
  return last !== undefined && inFlow !== true ? endOf(last) : range?.[1] ?? 0
}

const endOfPair = ({ key, value }: Pair): number => Math.max(endOf(value), endOf(key))

const isJson = (text: string): boolean => /^\s*\{/.test(text)
const columnOf = (text: string, at: number): number => at - (text.lastIndexOf('\n', at - 1) + 1)
const eolOf = (text: string): string => (text.includes('\r\n') ? '\r\n' : '\n')

function insert(text: string, tree: Tree, key: string | undefined, value: unknown): Splice {
  const last = tree.entries.at(-1)
  const json = isJson(text)
  const named = (inner: string) => (key === undefined ? inner : `${json ? JSON.stringify(key) : key}: ${inner}`)
  if (last === undefined) return { start: tree.start, end: tree.end, text: key === undefined ? `[${flow(value, json)}]` : `{ ${named(flow(value, json))} }` }
  const column = columnOf(text, tree.entries[0]!.start)
  const eol = eolOf(text)
  if (tree.flow) {
    const own = text.slice(tree.start, tree.entries[0]!.start).includes('\n')
    return { start: last.end, end: last.end, text: `,${own ? `${eol}${' '.repeat(column)}` : ' '}${named(own ? indented(flow(value, json, 2), column, eol) : flow(value, json))}` }
  }
  const at = endOfLine(text, last.end)
  const nested = typeof value === 'object' && value !== null && Object.keys(value).length > 0
  const mark = key === undefined ? '- ' : nested ? `${key}:${eol}${' '.repeat(column + 2)}` : `${key}: `
  return { start: at, end: at, text: `${eol}${' '.repeat(column)}${mark}${block(value, column + 2, eol)}` }
}

const endOfLine = (text: string, from: number): number => {
  // A block scalar ends behind its last line break.
  const at = text[from - 1] === '\n' ? from - 1 : text.indexOf('\n', from)
  if (at === -1) return text.length
  return text[at - 1] === '\r' ? at - 1 : at
}

const indented = (text: string, column: number, eol: string): string => text.replaceAll('\n', `${eol}${' '.repeat(column)}`)

/** An ARN in the account that templates stand in until they are deployed is written with the pseudo parameter. */
const substituted = (text: string): string => text.replaceAll(nowhere, '${AWS::AccountId}')

const block = (value: unknown, column: number, eol = '\n'): string => {
  const document = new Document(value)
  visit(document, {
    Scalar(_key, node) {
      if (typeof node.value !== 'string') return
      if (node.value.includes(nowhere)) Object.assign(node, { value: substituted(node.value), tag: '!Sub', type: Scalar.QUOTE_SINGLE })
      // YAML 1.1 takes it for a date.
      else if (/^\d{4}-\d\d-\d\d$/.test(node.value)) Object.assign(node, { type: Scalar.QUOTE_SINGLE })
    },
  })
  return indented(document.toString({ lineWidth: 0 }).trimEnd(), column, eol)
}

const flow = (value: unknown, json: boolean, indent?: number): string => {
  const replaced = JSON.parse(JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'string' && inner.includes(nowhere) ? { 'Fn::Sub': substituted(inner) } : inner))) as unknown
  return json || indent !== undefined ? JSON.stringify(replaced, undefined, indent) : spaced(replaced)
}

/** JSON on one line with a space behind each mark. */
const spaced = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return `{ ${Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${spaced(inner)}`).join(', ')} }`
}
