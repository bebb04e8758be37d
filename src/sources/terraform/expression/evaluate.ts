import { isUnknown, unknown } from '../../../core/unknown.ts'
import { compileExpression } from './compile.ts'
import { extended, isLazy } from './scope.ts'
import type { LocalFiles, Scope } from './scope.ts'
import { isLarge } from './size.ts'
import { compileTemplate } from './template.ts'

/** Turns of loops that all expressions of a scan may take together. */
export const work = 2_000_000

/** The outermost scope: names, and the files that may be read. */
export const scopeOf = (name: Scope['name'], files: LocalFiles, budget: Scope['budget']): Scope => ({
  name, files, budget,
  render(template, names) {
    return evaluateText(template, extended(this, names))
  },
})

/** Evaluates a text as hcl2json gives it: plain, an expression `${…}`, or a template that holds some. */
export const evaluateText = (text: string, scope: Scope): unknown => {
  try {
    const value = compileTemplate(text, compileExpression)(scope)
    // A document of which only parts are unknown stands for its own text.
    return typeof value === 'object' && value !== null && Object.hasOwn(value, '$partial') ? (value as { $partial: unknown }).$partial : value
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return unknown(`"${text.slice(0, 60)}" is not evaluated: ${error.message}`)
    throw error
  }
}

/** Evaluates every text inside a body, the blocks that `dynamic` makes among them. */
export const evaluateBody = (body: unknown, scope: Scope): unknown => {
  if (typeof body === 'string') return evaluateText(body, scope)
  if (Array.isArray(body)) return body.map((item) => evaluateBody(item, scope))
  if (typeof body !== 'object' || body === null || isUnknown(body) || isLazy(body)) return body
  const { dynamic, ...fields } = body as Readonly<Record<string, unknown>>
  const made = Object.entries(fields).map(([name, value]) => [nameOf(name, scope), evaluateBody(value, scope)] as const)
  const values: Record<string, unknown> = Object.fromEntries(made)
  if (typeof dynamic !== 'object' || dynamic === null) return values
  for (const [name, [block]] of Object.entries(dynamic as Readonly<Record<string, readonly DynamicBlock[]>>)) values[name] = withDynamic(values[name], name, block ?? {}, scope)
  return values
}

const nameOf = (name: string, scope: Scope): string => (name.includes('${') ? textOf(evaluateText(name, scope), name) : name)

const textOf = (value: unknown, otherwise: string): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : otherwise)

interface DynamicBlock { readonly for_each?: unknown, readonly iterator?: string, readonly content?: readonly unknown[] }

const withDynamic = (fixed: unknown, name: string, { for_each: each, iterator, content = [] }: DynamicBlock, scope: Scope): unknown => {
  const collection = evaluateBody(each, scope)
  if (isUnknown(collection) || isLazy(collection)) return unknown(`how many blocks ${name} there are is not known`)
  const symbol = iterator === undefined ? name : iterator.replace(/^\$\{(.*)\}$/, '$1')
  const entries = typeof collection === 'object' && collection !== null ? Object.entries(collection) : []
  const blocks = entries.map(([key, value]) => evaluateBody(content[0] ?? {}, extended(scope, { [symbol]: { key: Array.isArray(collection) && typeof value !== 'object' ? value as unknown : key, value: value as unknown } })))
  return [...Array.isArray(fixed) ? fixed as unknown[] : [], ...blocks]
}

/** What may stand in a resource: nothing that is worked out later, nothing that grew without bound. */
export const settledBody = (value: unknown): Record<string, unknown> => (isLarge(value) ? {} : plain(value) as Record<string, unknown>)

const plain = (value: unknown): unknown => {
  if (isLazy(value)) return unknown('a whole resource is not a value')
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  if (Object.hasOwn(value, '$partial')) return plain((value as { $partial: unknown }).$partial)
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]))
}
