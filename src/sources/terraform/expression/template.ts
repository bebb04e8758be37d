import { isUnknown, unknown } from '../../../core/unknown.ts'
import { standInFor } from '../../stand-in.ts'
import { entriesOf } from './for.ts'
import { truth } from './operators.ts'
import type { Compile, Expression } from './parser.ts'
import { extended, isLazy, spend } from './scope.ts'
import { endOfBraces, opensAt } from './tokens.ts'

type Part = { readonly kind: 'plain' | 'expression' | 'directive', readonly text: string }

/** Compiles a text that may hold `${…}` and `%{…}`; one that is a single expression gives that expression's own value. */
export const compileTemplate = (text: string, compile: Compile, depth = 0): Expression => {
  if (!text.includes('${') && !text.includes('%{')) return () => text
  const parts = partsOf(text)
  const [only] = parts
  if (parts.length === 1 && only?.kind === 'expression') return compile(only.text, depth)
  const reader: Reader = { parts, at: 0, compile: (source) => compile(source, depth) }
  const pieces = until(reader, [])
  return (scope) => {
    const values = pieces.map((piece) => piece(scope)).map((value) => (isUnknown(value) ? standInFor(value) ?? value : value))
    return partial(values) ?? joined(values)
  }
}

const partsOf = (text: string): Part[] => {
  const parts: Part[] = []
  let plain = ''
  const flush = () => {
    if (plain !== '') parts.push({ kind: 'plain', text: plain })
    plain = ''
  }
  for (let at = 0; at < text.length; at++) {
    if ((text.startsWith('$${', at) || text.startsWith('%%{', at)) && !opensAt(text, at)) {
      plain += text.slice(at + 1, at + 3)
      at += 2
    } else if (opensAt(text, at)) {
      const end = endOfBraces(text, at + 2)
      const inner = text.slice(at + 2, end)
      if (inner.startsWith('~')) plain = plain.trimEnd()
      flush()
      parts.push({ kind: text[at] === '$' ? 'expression' : 'directive', text: inner.replace(/^~/, '').replace(/~$/, '').trim() })
      at = end
      if (inner.endsWith('~')) while (/\s/.test(text[at + 1] ?? '')) at++
    } else plain += text[at]
  }
  flush()
  return parts
}

interface Reader { readonly parts: readonly Part[], at: number, readonly compile: (source: string) => Expression }

/** Pieces up to one of these directives, which is left to be read. */
const until = (reader: Reader, ends: readonly string[]): Expression[] => {
  const pieces: Expression[] = []
  for (;;) {
    const part = reader.parts[reader.at]
    if (part === undefined) {
      if (ends.length > 0) throw new SyntaxError('a directive does not end')
      return pieces
    }
    const word = part.kind === 'directive' ? /^\w*/.exec(part.text)![0] : ''
    if (ends.includes(word)) return pieces
    reader.at++
    if (part.kind === 'plain') pieces.push(() => part.text)
    else if (part.kind === 'expression') pieces.push(reader.compile(part.text))
    else if (word === 'if') pieces.push(conditionalText(reader, part.text.slice(2)))
    else if (word === 'for') pieces.push(loopedText(reader, part.text.slice(3)))
    else throw new SyntaxError(`unexpected ${word}`)
  }
}

const conditionalText = (reader: Reader, source: string): Expression => {
  const test = reader.compile(source)
  const yes = until(reader, ['else', 'endif'])
  const no = reader.parts[reader.at++]!.text.startsWith('else') ? until(reader, ['endif']) : undefined
  if (no !== undefined) reader.at++
  return (scope) => {
    const held = test(scope)
    return isUnknown(held) ? held : joined((truth(held) === true ? yes : no ?? []).map((piece) => piece(scope)))
  }
}

const loopedText = (reader: Reader, source: string): Expression => {
  const [, first = '', second, collectionSource = ''] = /^\s*([\w-]+)\s*(?:,\s*([\w-]+)\s*)?\bin\b([\s\S]*)$/.exec(source) ?? []
  const collection = reader.compile(collectionSource)
  const body = until(reader, ['endfor'])
  reader.at++
  return (scope) => {
    const entries = entriesOf(collection(scope))
    if (isUnknown(entries)) return entries
    spend(scope, entries.length)
    return joined(entries.flatMap(([key, value]) => {
      const turn = extended(scope, second === undefined ? { [first]: value } : { [first]: key, [second]: value })
      return body.map((piece) => piece(turn))
    }))
  }
}

/** Texts grow by doubling when one is made of others; none of this length is a name or a policy. */
const longest = 1_000_000

const joined = (values: readonly unknown[]): unknown => {
  let text = ''
  for (const value of values) {
    if (isUnknown(value)) return value
    if (isLazy(value) || typeof value === 'object' && value !== null) return unknown('a list or object stands in a text')
    text += String(value ?? '')
    if (text.length > longest) throw new RangeError('the text is too long')
  }
  return text
}

/** JSON text in which only some values are unknown keeps the others: a policy in a heredoc that names what does not exist yet. */
const partial = (values: readonly unknown[]): unknown => {
  const missing = values.flatMap((value, index) => (isUnknown(value) ? [[index, value] as const] : []))
  if (missing.length === 0 || !/^\s*[[{]/.test(String(values[0]))) return undefined
  const mark = (index: number) => `\u0000${index}\u0000`
  try {
    const document = JSON.parse(values.map((value, index) => (isUnknown(value) ? mark(index).replaceAll('\u0000', '\\u0000') : String(value ?? ''))).join('')) as unknown
    return { $partial: replaced(document, (text) => missing.find(([index]) => text.includes(mark(index)))?.[1]) }
  } catch {
    return undefined
  }
}

const replaced = (value: unknown, by: (text: string) => unknown): unknown => {
  if (typeof value === 'string') return by(value) ?? value
  if (Array.isArray(value)) return value.map((item) => replaced(item, by))
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, replaced(inner, by)])) : value
}
