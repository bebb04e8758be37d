import type { Entry, Tree } from './tree.ts'

/** Reads an expression of HCL where it begins: objects, tuples and literals by their parts, all else as a whole. */
export const hclTree = (text: string, from: number): Tree => {
  const start = skip(text, from)
  if (text[start] === '{') return container(text, start, 'map', '}')
  if (text[start] === '[') return container(text, start, 'list', ']')
  const end = endOfExpression(text, start)
  const written = text.slice(start, end)
  const plain = /^-?\d+(\.\d+)?$|^(true|false|null)$/.test(written) || /^"(?:[^"\\$%]|\\.|[$%](?!\{))*"$/.test(written)
  return { kind: plain ? 'plain' : 'other', start, end, entries: [], flow: true }
}

const container = (text: string, start: number, kind: 'map' | 'list', close: string): Tree => {
  const entries: Entry[] = []
  let at = skip(text, start + 1)
  while (at < text.length && text[at] !== close) {
    const mark = at
    let key = String(entries.length)
    if (kind === 'map') {
      const named = /^(?:"((?:[^"\\]|\\.)*)"|([\w-]+)|\([^)]*\))\s*[=:]/.exec(text.slice(at, at + 300))
      // A `for` expression, or something that is no object: nothing in it is changed by parts.
      if (named === null) return { kind: 'other', start, end: endOfExpression(text, start), entries: [], flow: true }
      key = named[1] ?? named[2] ?? ''
      at += named[0].length
    }
    const value = hclTree(text, at)
    if (value.end <= mark) return { kind: 'other', start, end: endOfExpression(text, start), entries: [], flow: true }
    entries.push({ key, value, start: mark, end: value.end })
    at = skip(text, value.end)
    if (text[at] === ',') at = skip(text, at + 1)
  }
  const isFor = entries.length > 0 && /^[[{]\s*for\s/.test(text.slice(start, start + 20))
  return { kind: isFor ? 'other' : kind, start, end: Math.min(at + 1, text.length), entries: isFor ? [] : entries, flow: true }
}

/** Past space and comments. */
export const skip = (text: string, from: number): number => {
  const found = /^(?:\s+|(?:#|\/\/)[^\n]*|\/\*[\s\S]*?\*\/)+/.exec(text.slice(from))
  return from + (found?.[0].length ?? 0)
}

/** Where an expression ends: at a comma, a closing mark or a line's end that stands in no bracket and no string. */
const endOfExpression = (text: string, start: number): number => {
  let depth = 0
  for (let at = start; at < text.length; at++) {
    const mark = text[at]!
    if (mark === '"') at = endOfString(text, at)
    else if ('([{'.includes(mark)) depth++
    else if (')]}'.includes(mark)) {
      if (depth === 0) return trimmed(text, start, at)
      if (--depth === 0 && mark !== ')') return at + 1
    } else if (depth === 0 && (mark === ',' || mark === '\n' || mark === '#')) return trimmed(text, start, at)
  }
  return text.length
}

const trimmed = (text: string, start: number, end: number): number => start + text.slice(start, end).trimEnd().length

/** The closing quote; templates in the string may hold strings themselves. */
const endOfString = (text: string, start: number): number => {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '"' || text[at] === '\n') return at
    else if ((text[at] === '$' || text[at] === '%') && text[at + 1] === '{') {
      for (let depth = 1, inner = at + 2; inner < text.length; inner++) {
        if (text[inner] === '"') inner = endOfString(text, inner)
        else if (text[inner] === '{') depth++
        else if (text[inner] === '}' && --depth === 0) {
          at = inner
          break
        }
      }
    }
  }
  return text.length
}
