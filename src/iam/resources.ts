import { arnParts } from './arns.ts'
import type { Frame, KeyTable } from './frame.ts'
import { STAR, compileGlob, encode, isPattern, matchGlob, type Glob } from './glob.ts'
import { MAYBE, NO, YES, type Tri } from './tri.ts'
import { compileTemplate, fill, type Template } from './variables.ts'

/** A pattern of a Resource element. The first five parts of an ARN match part by part: a star does not cross their colons. */
export type ResourcePattern =
  | { readonly kind: 'all', readonly text: string }
  | { readonly kind: 'headed', readonly text: string, readonly head: string, readonly rest: Glob }
  | { readonly kind: 'parts', readonly text: string, readonly parts: readonly Glob[] }
  | { readonly kind: 'variable', readonly text: string, readonly template: Template }

/** Makes a pattern from text as written. Variables work only behind the fifth colon of an ARN. */
export const compileResource = (text: string, variables: boolean, keys: KeyTable): ResourcePattern => {
  if (variables && text.includes('${')) {
    const parts = arnParts(text)
    const head = parts.slice(0, 5).map(encode).join(':')
    const rest = compileTemplate(parts[5] ?? '', true, keys)
    if (typeof rest === 'string') return compileEncoded(`${head}:${rest}`)
    return { kind: 'variable', text, template: [`${head}:`, ...rest] }
  }
  return compileEncoded(encode(text))
}

const compileEncoded = (encoded: string): ResourcePattern => {
  if (encoded === STAR) return { kind: 'all', text: encoded }
  const parts = arnParts(encoded)
  const head = parts.length === 6 ? `${parts.slice(0, 5).join(':')}:` : ''
  return isPattern(head)
    ? { kind: 'parts', text: encoded, parts: parts.map(compileGlob) }
    : { kind: 'headed', text: encoded, head, rest: compileGlob(encoded.slice(head.length)) }
}

export const matchResource = (pattern: ResourcePattern, frame: Frame): Tri => {
  switch (pattern.kind) {
    case 'all': return YES
    case 'headed': return frame.resource.startsWith(pattern.head) && matchGlob(pattern.rest, frame.resource, pattern.head.length) ? YES : NO
    case 'parts': {
      const parts = frame.segments ??= arnParts(frame.resource)
      if (parts.length !== pattern.parts.length) return NO
      for (let i = 0; i < parts.length; i++) if (!matchGlob(pattern.parts[i]!, parts[i]!)) return NO
      return YES
    }
    case 'variable': {
      const text = fill(pattern.template, frame)
      if (text === undefined) return MAYBE
      return text === null ? NO : matchResource(compileEncoded(text), frame)
    }
  }
}
