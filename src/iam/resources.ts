import { arnParts } from './arns.ts'
import type { Frame, KeyTable } from './frame.ts'
import { ANY, STAR, compileGlob, encode, isPattern, matchEncoded, matchGlob, type Glob } from './glob.ts'
import { MAYBE, NO, YES, type Tri } from './tri.ts'
import { compileTemplate, fill, type Template } from './variables.ts'

/**
 * A pattern of a Resource element. In the first five parts of an ARN a wildcard stays in its part, but a star that ends a part
 * can run past colons ("parts" has others; patterns with none but such stars are "general").
 */
export type ResourcePattern =
  | { readonly kind: 'all', readonly text: string }
  | { readonly kind: 'exact' | 'prefix', readonly text: string, readonly literal: string }
  | { readonly kind: 'headed', readonly text: string, readonly head: string, readonly rest: Glob }
  | { readonly kind: 'general' | 'parts', readonly text: string }
  | { readonly kind: 'variable', readonly text: string, readonly template: Template, readonly head: string, readonly made: Map<string, ResourcePattern> }

/** Makes a pattern from text as written. Variables work only behind the fifth colon of an ARN. */
export const compileResource = (text: string, variables: boolean, keys: KeyTable): ResourcePattern => {
  if (variables && text.includes('${')) {
    const parts = arnParts(text)
    const head = parts.slice(0, 5).map(encode).join(':')
    const rest = compileTemplate(parts[5] ?? '', true, keys)
    if (typeof rest === 'string') return compileEncoded(`${head}:${rest}`)
    const template = [`${head}:`, ...rest]
    return { kind: 'variable', text, template, head: literalHead(head, rest), made: new Map() }
  }
  return compileEncoded(encode(text))
}

/** The literal text with which whatever matches begins. */
const literalHead = (head: string, rest: Template): string => {
  const text = `${head}:${typeof rest[0] === 'string' ? rest[0] : ''}`
  const wild = text.search(/[\uFFFE\uFFFF]/)
  return wild < 0 ? text : text.slice(0, wild)
}

const compileEncoded = (encoded: string): ResourcePattern => {
  if (encoded === STAR) return { kind: 'all', text: encoded }
  const parts = arnParts(encoded)
  const head = parts.length === 6 ? `${parts.slice(0, 5).join(':')}:` : ''
  if (isPattern(head)) return { kind: /\uFFFE[^:]|\uFFFF/.test(head) ? 'parts' : 'general', text: encoded }
  const rest = compileGlob(encoded.slice(head.length))
  if (rest.kind === 'exact') return { kind: 'exact', text: encoded, literal: encoded }
  return rest.kind === 'general' ? { kind: 'headed', text: encoded, head, rest } : { kind: 'prefix', text: encoded, literal: head + rest.text }
}

export const matchResource = (pattern: ResourcePattern, frame: Frame): Tri => {
  switch (pattern.kind) {
    case 'all': return YES
    case 'exact': return frame.resource === pattern.literal ? YES : NO
    case 'prefix': return frame.resource.startsWith(pattern.literal) ? YES : NO
    case 'headed': return frame.resource.startsWith(pattern.head) && matchGlob(pattern.rest, frame.resource, pattern.head.length) ? YES : NO
    case 'general': return matchEncoded(pattern.text, frame.resource) ? YES : NO
    case 'parts': return matchEncoded(pattern.text, frame.resource) && matchParts(pattern.text, frame.resource) ? YES : NO
    case 'variable': {
      if (!frame.resource.startsWith(pattern.head)) return NO
      const text = fill(pattern.template, frame)
      if (text === undefined) return MAYBE
      return text === null ? NO : matchResource(remembered(pattern.made, text), frame)
    }
  }
}

/** Walks all places of the pattern at which a beginning of the text can end. */
const matchParts = (pattern: string, text: string): boolean => {
  const behind = arnParts(pattern).slice(0, 5).join(':').length
  const crosses = (at: number): boolean => at >= behind || (pattern[at] === STAR && pattern[at + 1] === ':')
  const reach = (places: Set<number>): Set<number> => {
    for (const at of places) if (pattern[at] === STAR) places.add(at + 1)
    return places
  }
  let places = reach(new Set([0]))
  for (let i = 0; i < text.length && places.size > 0; i++) {
    const next = new Set<number>()
    for (const at of places) {
      const wanted = pattern[at]
      if (wanted === text[i]) next.add(at + 1)
      else if ((wanted === STAR || wanted === ANY) && (text[i] !== ':' || crosses(at))) next.add(wanted === STAR ? at : at + 1)
    }
    places = reach(next)
  }
  return places.has(pattern.length)
}

const remembered = (made: Map<string, ResourcePattern>, text: string): ResourcePattern => {
  const known = made.get(text)
  if (known !== undefined) return known
  if (made.size > 256) made.clear()
  const pattern = compileEncoded(text)
  made.set(text, pattern)
  return pattern
}
