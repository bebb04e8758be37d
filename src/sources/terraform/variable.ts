import { unknown } from '../../core/unknown.ts'
import { notGiven } from '../stand-in.ts'
import { evaluateBody, evaluateText } from './expression/evaluate.ts'
import type { Scope } from './expression/scope.ts'
import type { Body } from './module-files.ts'

/** The value of a variable: what is given, else its default; of its declared type, with the defaults of optional attributes. */
export const variableValue = (name: string, declared: Body | undefined, given: { readonly value: unknown } | undefined, scope: Scope): unknown => {
  if (declared === undefined) return given === undefined ? unknown(`variable ${name} is not declared`) : given.value
  const value = given !== undefined && !(given.value === null && declared['nullable'] === false) ? given.value
    : Object.hasOwn(declared, 'default') ? evaluateBody(declared['default'], scope) : notGiven(name, `variable ${name} has no value`)
  return typed(value, typeof declared['type'] === 'string' ? declared['type'].replace(/^\$\{([\s\S]*)\}$/, '$1') : 'any', scope)
}

const typed = (value: unknown, type: string, scope: Scope): unknown => {
  if (typeof value === 'string' && type !== 'string' && type !== 'any') return converted(value, type, scope)
  if ((typeof value === 'number' || typeof value === 'boolean') && type === 'string') return String(value)
  return type.includes('optional(') ? completed(value, type, scope) : value
}

/** Values from the command line are texts: `true`, `3`, `["a"]`. */
const converted = (text: string, type: string, scope: Scope): unknown => {
  if (type === 'bool') return text === 'true' ? true : text === 'false' ? false : text
  if (type === 'number') return Number.isNaN(Number(text)) ? text : Number(text)
  return /^\s*[[{]/.test(text) ? completed(evaluateText(`\${${text}}`, scope), type, scope) : text
}

/** Attributes that an object type declares optional are there, with their default or null. */
const completed = (value: unknown, type: string, scope: Scope): unknown => {
  const [, kind = '', inner = ''] = /^\s*(\w+)\s*\(([\s\S]*)\)\s*$/.exec(type) ?? []
  if (typeof value !== 'object' || value === null || '$unknown' in value) return value
  if (kind === 'object' && !Array.isArray(value)) {
    const fields = value as Readonly<Record<string, unknown>>
    const optional = attributesOf(inner).map(([name, of]) => {
      const { type: inside = of, fallback } = optionalParts(of) ?? {}
      const own = fields[name]
      if (own !== undefined && own !== null) return [name, completed(own, inside, scope)] as const
      return [name, inside === of ? own : fallback === undefined ? null : completed(evaluateText(`\${${fallback}}`, scope), inside, scope)] as const
    })
    return { ...fields, ...Object.fromEntries(optional.filter(([, own]) => own !== undefined)) }
  }
  if (Array.isArray(value)) return kind === 'list' || kind === 'set' ? value.map((item) => completed(item, inner, scope)) : value
  return kind === 'map' ? Object.fromEntries(Object.entries(value).map(([name, item]) => [name, completed(item, inner, scope)])) : value
}

/** `optional(TYPE, DEFAULT)` in its parts. */
const optionalParts = (type: string): { readonly type: string, readonly fallback?: string } | undefined => {
  const inner = /^\s*optional\s*\(([\s\S]*)\)\s*$/.exec(type)?.[1]
  if (inner === undefined) return undefined
  const [of = '', ...fallback] = parts(inner, ',')
  return { type: of.trim(), ...fallback.length === 0 ? {} : { fallback: fallback.join(',').trim() } }
}

/** The attributes that stand between the braces of an object type. */
const attributesOf = (inner: string): (readonly [string, string])[] =>
  parts(inner.trim().replace(/^\{|\}$/g, '').replaceAll(/(?:#|\/\/)[^\n]*/g, ''), ',\n').flatMap((text) => {
    const [, name, type] = /^\s*"?([\w-]+)"?\s*=\s*([\s\S]+?)\s*$/.exec(text) ?? []
    return name === undefined || type === undefined ? [] : [[name, type] as const]
  })

/** A text cut at any of these marks, where no bracket or quote is open. */
const parts = (text: string, marks: string): string[] => {
  const found: string[] = []
  let [open, start, quoted] = [0, 0, false]
  for (let at = 0; at < text.length; at++) {
    const mark = text[at]!
    if (mark === '"' && text[at - 1] !== '\\') quoted = !quoted
    else if (quoted) continue
    else if ('([{'.includes(mark)) open++
    else if (')]}'.includes(mark)) open--
    else if (open === 0 && marks.includes(mark)) {
      found.push(text.slice(start, at))
      start = at + 1
    }
  }
  return [...found, text.slice(start)]
}
