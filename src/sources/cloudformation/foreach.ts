import { isUnknown } from '../../core/unknown.ts'
import { evaluate } from './evaluate.ts'
import type { Scope } from './scope.ts'

/** More copies than this of one loop are taken for an attack. */
const most = 1_000

/** Writes out `Fn::ForEach` loops of the language extensions, wherever they stand; a loop over something unknown is left out and named. */
export const expandLoops = (value: unknown, scope: Scope, onUnknown: (loop: string, reason: string) => void, depth = 0): unknown => {
  if (typeof value !== 'object' || value === null || depth > 50) return value
  if (Array.isArray(value)) return value.map((item) => expandLoops(item, scope, onUnknown, depth + 1))
  const expanded: Record<string, unknown> = {}
  for (const [name, inner] of Object.entries(value)) {
    if (!name.startsWith('Fn::ForEach::')) {
      expanded[name] = expandLoops(inner, scope, onUnknown, depth + 1)
      continue
    }
    const [variable, collection, body] = Array.isArray(inner) ? inner as unknown[] : []
    const items = evaluate(collection, scope)
    const list = typeof items === 'string' ? items.split(',').map((item) => item.trim()) : items
    if (!Array.isArray(list) || list.length > most || list.some(isUnknown) || typeof variable !== 'string') {
      onUnknown(name, isUnknown(list) ? list.$unknown : 'its collection is not a list of texts')
      continue
    }
    for (const item of list) Object.assign(expanded, expandLoops(replaced(body, variable, String(item)), scope, onUnknown, depth + 1))
  }
  return expanded
}

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

