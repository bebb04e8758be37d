import { isUnknown, unknown } from '../../core/unknown.ts'
import { evaluateBody } from './expression/evaluate.ts'
import { extended, isLazy } from './expression/scope.ts'
import type { Scope } from './expression/scope.ts'
import type { Body } from './module-files.ts'

/** One of what a block stands for: its key as addresses have it, and the scope that its arguments see. */
export interface Instance { readonly key: string, readonly index?: string | number, readonly scope: Scope }

const most = 500

/** What `count` and `for_each` make of a block; where they are not known, the block stands once, without a key. */
export const instancesOf = ({ count, for_each: each }: Body, scope: Scope): Instance[] => {
  if (count !== undefined) {
    const n = Number(evaluateBody(count, scope))
    if (!Number.isInteger(n)) return [{ key: '', scope: extended(scope, { count: { index: 0 } }) }]
    return Array.from({ length: Math.min(Math.max(0, n), most) }, (_, index) => ({ key: `[${index}]`, index, scope: extended(scope, { count: { index } }) }))
  }
  if (each === undefined) return [{ key: '', scope }]
  const set = evaluateBody(each, scope)
  // what follows a block of which nobody knows how often it stands stands as often
  if (isLazy(set)) return [{ key: '', scope: extended(scope, { each: { key: unknown('the key of each is not known here'), value: set } }) }]
  if (isUnknown(set) || typeof set !== 'object' || set === null) return [{ key: '', scope }]
  const entries: (readonly [string, unknown])[] = Array.isArray(set) ? set.map((item) => [String(item), item]) : Object.entries(set)
  return entries.slice(0, most).map(([key, value]) => ({ key: `[${JSON.stringify(key)}]`, index: key, scope: extended(scope, { each: { key, value } }) }))
}

/** Instances as an expression sees them: one thing, a list, or a map. */
export const asValue = <T>(instances: readonly T[], indexOf: (instance: T) => string | number | undefined, value: (instance: T) => unknown): unknown => {
  const [first] = instances
  if (first === undefined) return []
  const index = indexOf(first)
  if (index === undefined) return value(first)
  return typeof index === 'number' ? instances.map(value) : Object.fromEntries(instances.map((instance) => [String(indexOf(instance)), value(instance)]))
}
