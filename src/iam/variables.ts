import { keyOf, look, type Frame, type Key, type KeyTable } from './frame.ts'
import { STAR, encode, literal } from './glob.ts'

/** A text with policy variables: literal pieces (in the engine's form) and keys, each with its default. */
export type Template = readonly (string | { readonly key: Key, readonly fallback?: string })[]

const variable = /\$\{\s*([^}]*?)\s*\}/g

/** Reads `${key}`, `${key, 'default'}`, and `${*}`, `${?}`, `${$}`, which stand for themselves; plain text when there is no key. */
export const compileTemplate = (text: string, wildcards: boolean, keys: KeyTable): string | Template => {
  const plain = wildcards ? encode : literal
  if (!text.includes('${')) return plain(text)
  const parts: (string | { key: Key, fallback?: string })[] = []
  const push = (piece: string): void => {
    const last = parts.at(-1)
    if (typeof last === 'string') parts[parts.length - 1] = last + piece
    else if (piece !== '') parts.push(piece)
  }
  let from = 0
  for (const found of text.matchAll(variable)) {
    push(plain(text.slice(from, found.index)))
    from = found.index + found[0].length
    const inside = found[1]!
    if (inside === '*' || inside === '?' || inside === '$') {
      push(inside)
      continue
    }
    const [, name = '', fallback] = /^([^,]*?)\s*(?:,\s*'([^']*)')?$/.exec(inside) ?? [undefined, inside]
    parts.push({ key: keyOf(keys, name), ...(fallback !== undefined && { fallback: literal(fallback) }) })
  }
  push(plain(text.slice(from)))
  return parts.length === 0 ? '' : parts.length === 1 && typeof parts[0] === 'string' ? parts[0] : parts
}

/** The text of a template for a request: `null` when a variable is unset, `undefined` when one is free. */
export const fill = (template: string | Template, frame: Frame): string | null | undefined => {
  if (typeof template === 'string') return template
  let text = ''
  let free = false
  for (const part of template) {
    if (typeof part === 'string') {
      text += part
      continue
    }
    const value = look(frame, part.key)
    // Keys with many values cannot be variables.
    const single = typeof value === 'string' ? value : value?.length === 1 && !part.key.multi ? value[0]! : value === undefined ? undefined : null
    if (single === undefined) free = true
    else if (single === null && part.fallback === undefined) return null
    else text += single ?? part.fallback
  }
  return free ? undefined : text
}

/** What a template looks like when its variables may be anything: for intersections. */
export const widest = (template: string | Template): string =>
  typeof template === 'string' ? template : template.map((part) => (typeof part === 'string' ? part : STAR)).join('')

