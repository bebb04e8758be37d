import { arnParts } from './arns.ts'
import type { Frame, KeyTable } from './frame.ts'
import { STAR, compileGlob, encode, isPattern, matchGlob, type Glob } from './glob.ts'
import { MAYBE, NO, YES, type Tri } from './tri.ts'
import { compileTemplate, fill, type Template } from './variables.ts'

/** A pattern of a Resource element. The first five parts of an ARN match part by part: a star does not cross their colons. */
export type ResourcePattern =
  | { readonly kind: 'all', readonly text: string }
  | { readonly kind: 'exact' | 'prefix', readonly text: string, readonly literal: string }
  | { readonly kind: 'headed', readonly text: string, readonly head: string, readonly rest: Glob }
  | { readonly kind: 'parts', readonly text: string, readonly parts: readonly Glob[] }
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
  if (isPattern(head)) return { kind: 'parts', text: encoded, parts: parts.map(compileGlob) }
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
    case 'parts': return matchParts(pattern.parts, frame)
    case 'variable': {
      if (!frame.resource.startsWith(pattern.head)) return NO
      const text = fill(pattern.template, frame)
      if (text === undefined) return MAYBE
      return text === null ? NO : matchResource(remembered(pattern.made, text), frame)
    }
  }
}

const matchParts = (globs: readonly Glob[], frame: Frame): Tri => {
  const parts = frame.segments ??= arnParts(frame.resource)
  if (parts.length !== globs.length) return NO
  for (let i = 0; i < parts.length; i++) if (!matchGlob(globs[i]!, parts[i]!)) return NO
  return YES
}

const remembered = (made: Map<string, ResourcePattern>, text: string): ResourcePattern => {
  const known = made.get(text)
  if (known !== undefined) return known
  if (made.size > 256) made.clear()
  const pattern = compileEncoded(text)
  made.set(text, pattern)
  return pattern
}
