import { isUnknown } from '../../core/unknown.ts'
import { evaluate } from './evaluate.ts'
import type { Scope } from './scope.ts'

/** More copies than this of one loop are taken for an attack. */
const most = 1_000

export interface LoopOptions {
  /** A loop over something unknown is left out, and named. */
  onUnknown(loop: string, reason: string): void
  /** Tells which place of the template a member came from. */
  onMade?(name: string, source: string): void
}

/** Writes out `Fn::ForEach` loops of the language extensions, wherever they stand. */
export const expandLoops = (value: unknown, scope: Scope, options: LoopOptions, source: string): unknown => expand(value, { scope, options }, value, source, 0)

interface Loops { readonly scope: Scope, readonly options: LoopOptions }

/** `written` is the same as the template has it: with the variables of the loops around it. */
const expand = (value: unknown, loops: Loops, written: unknown, source: string, depth: number): unknown => {
  if (typeof value !== 'object' || value === null || depth > 50) return value
  if (Array.isArray(value)) return value.map((item) => expand(item, quiet(loops), item, source, depth + 1))
  const { scope, options } = loops
  const originals = Object.entries(written as Readonly<Record<string, unknown>>)
  const expanded: Record<string, unknown> = {}
  for (const [index, [name, inner]] of Object.entries(value).entries()) {
    const [original, originalInner] = originals[index]!
    if (!name.startsWith('Fn::ForEach::')) {
      options.onMade?.(name, `${source}/${original}`)
      expanded[name] = expand(inner, quiet(loops), inner, source, depth + 1)
      continue
    }
    const [variable, collection, body] = Array.isArray(inner) ? inner as unknown[] : []
    const items = evaluate(collection, scope)
    const list = typeof items === 'string' ? items.split(',').map((item) => item.trim()) : items
    if (!Array.isArray(list) || list.length > most || list.some(isUnknown) || typeof variable !== 'string') {
      options.onUnknown(name, isUnknown(list) ? list.$unknown : 'its collection is not a list of texts')
      continue
    }
    const template = Array.isArray(originalInner) ? (originalInner as unknown[])[2] : body
    for (const item of list) Object.assign(expanded, expand(replaced(body, variable, String(item)), loops, template, `${source}/${original}/2`, depth + 1))
  }
  return expanded
}

/** Inside of a member, loops make parts of it. */
const quiet = ({ scope, options }: Loops): Loops => ({ scope, options: { onUnknown: options.onUnknown } })

/** The loop's variable is written `${Name}` or `&{Name}`, the latter leaving only letters and digits; `{Ref: Name}` means it too. */
const replaced = (value: unknown, variable: string, item: string): unknown => {
  if (typeof value === 'string') return replacedText(value, variable, item)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((inner) => replaced(inner, variable, item))
  if ((value as { Ref?: unknown }).Ref === variable) return item
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [replacedText(name, variable, item), replaced(inner, variable, item)]))
}

const replacedText = (text: string, variable: string, item: string): string =>
  text.replaceAll(`\${${variable}}`, item).replaceAll(`&{${variable}}`, item.replaceAll(/[^A-Za-z0-9]/g, ''))

