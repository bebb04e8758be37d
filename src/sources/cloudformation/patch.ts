import { isMap, isScalar, parseDocument } from 'yaml'
import type { Pair, YAMLMap } from 'yaml'

/** A value that a fix writes: nothing that would need an expression. */
export type Plain = string | number | boolean

/** Sets one property of a resource by editing the text alone, so that comments and layout stay; undefined where what stands there is not plain. */
export const patchTemplate = (text: string, logicalId: string, path: readonly string[], value: Plain): string | undefined => {
  const document = parseDocument(text, { logLevel: 'silent', uniqueKeys: false, strict: false, keepSourceTokens: true })
  if (document.errors.length > 0 || !isMap(document.contents)) return undefined
  let map: YAMLMap = document.contents
  const names = ['Resources', logicalId, 'Properties', ...path]
  for (const [index, name] of names.entries()) {
    // What an anchor shares, or an intrinsic makes, is not changed in one place.
    if (map.anchor !== undefined || isIntrinsic(map)) return undefined
    const pair = pairOf(map, name)
    if (pair === undefined) return index < 2 ? undefined : insert(text, map, names.slice(index), value)
    if (index === names.length - 1) return replace(text, pair, value)
    if (!isMap(pair.value)) return undefined
    map = pair.value
  }
  return undefined
}

const pairOf = (map: YAMLMap, name: string): Pair | undefined => map.items.find(({ key }) => isScalar(key) && key.value === name)

const isIntrinsic = (map: YAMLMap): boolean =>
  (map.tag?.startsWith('!') ?? false) || map.items.some(({ key }) => isScalar(key) && (key.value === 'Ref' || key.value === '<<' || String(key.value).startsWith('Fn::')))

const replace = (text: string, { value: node }: Pair, value: Plain): string | undefined => {
  if (!isScalar(node) || node.range == null || node.anchor !== undefined || (node.tag?.startsWith('!') ?? false) || node.type?.startsWith('BLOCK') === true) return undefined
  const [start, end] = node.range
  if (start === end) return undefined
  return text.slice(0, start) + written(value, node.type === 'QUOTE_DOUBLE' ? '"' : node.type === 'QUOTE_SINGLE' ? '\'' : '') + text.slice(end)
}

/** Quotes are kept as they were, and added where a plain text would be read as something else. */
const written = (value: Plain, quote: string): string => {
  if (typeof value !== 'string') return String(value)
  if (quote === '"') return JSON.stringify(value)
  const plain = /^[A-Za-z][\w./-]*$/.test(value) && !/^(true|false|yes|no|on|off|null|y|n)$/i.test(value)
  return quote === '' && plain ? value : `'${value.replaceAll('\'', '\'\'')}'`
}

const insert = (text: string, map: YAMLMap, names: readonly string[], value: Plain): string | undefined => {
  const last = map.items.at(-1)
  const first = map.items[0]
  if (map.range == null) return undefined
  if (map.flow === true) return insertInFlow(text, map, names, value)
  if (first === undefined || last === undefined) return undefined
  const column = columnOf(text, startOf(first.key))
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  const lines = names.map((name, depth) => `${' '.repeat(column + depth * 2)}${name}:${depth === names.length - 1 ? ` ${written(value, '')}` : ''}`)
  const at = endOfLine(text, endOf(last))
  return text.slice(0, at) + lines.map((line) => eol + line).join('') + text.slice(at)
}

const insertInFlow = (text: string, map: YAMLMap, names: readonly string[], value: Plain): string => {
  const first = map.items[0]
  const quoted = first === undefined ? /^\s*\{/.test(text) : isScalar(first.key) && first.key.type === 'QUOTE_DOUBLE'
  const [start, end] = map.range!
  const key = (name: string): string => (quoted ? JSON.stringify(name) : name)
  const closed = names.slice(1).reduceRight((inner, name) => `{ ${key(name)}: ${inner} }`, written(value, quoted ? '"' : ''))
  const entry = `${key(names[0]!)}: ${closed}`
  const last = map.items.at(-1)
  if (first === undefined || last === undefined) return `${text.slice(0, start)}{ ${entry} }${text.slice(end)}`
  const at = endOf(last)
  const gap = /\n/.test(text.slice(start, startOf(first.key))) ? `${text.includes('\r\n') ? '\r\n' : '\n'}${' '.repeat(columnOf(text, startOf(first.key)))}` : ' '
  return `${text.slice(0, at)},${gap}${entry}${text.slice(at)}`
}

const startOf = (node: unknown): number => (node as { range?: readonly number[] | null }).range?.[0] ?? 0

/** Where what a pair writes ends, without the space and comments after it. */
const endOf = ({ key, value }: Pair): number => {
  const node = value as { range?: readonly number[] | null, items?: readonly unknown[], flow?: boolean } | null
  const inner = node?.items?.at(-1)
  if (inner !== undefined && node?.flow !== true) return isPair(inner) ? endOf(inner) : endOf({ key: inner, value: inner } as Pair)
  return node?.range?.[1] ?? (key as { range?: readonly number[] | null }).range?.[1] ?? 0
}

const isPair = (node: unknown): node is Pair => typeof node === 'object' && node !== null && 'key' in node && 'value' in node

const columnOf = (text: string, at: number): number => at - (text.lastIndexOf('\n', at - 1) + 1)

const endOfLine = (text: string, from: number): number => {
  // A block scalar ends behind its last line break.
  const at = text[from - 1] === '\n' ? from - 1 : text.indexOf('\n', from)
  if (at === -1) return text.length
  return text[at - 1] === '\r' ? at - 1 : at
}
