import { valueAt } from '../../core/pointer.ts'
import type { Call, Item } from './collector.ts'
import { fill } from './draft.ts'
import type { Run } from './run.ts'

/** What a call is given: its page size, what is always the same, and what it takes from the item. */
export const inputOf = (run: Run, call: Pick<Call, 'by' | 'with'>, item: Item, page: Item = {}): object => {
  const filled = Object.entries(call.by).map(([member, pointer]) => [member, valueFrom(run, item, pointer)])
  return { ...page, ...call.with, ...Object.fromEntries(filled) }
}

/** What a pointer finds in the item, or in where the scan is. */
export const valueFrom = (run: Run, item: Item, pointer: string): unknown => {
  if (pointer === '$account') return run.account
  if (pointer === '$region') return run.home
  if (pointer.includes('{')) return fill(run, pointer, item)
  if (pointer.endsWith('[]')) return [valueAt(item, pointer.slice(0, -2))]
  return valueAt(item, pointer)
}
