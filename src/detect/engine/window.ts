import type { Evidence } from '../alerts/alert.ts'
import type { WindowCondition } from './conditions.ts'

/** One record in a window: when, and what the condition counts of it. */
export interface Entry {
  readonly time: number
  /** Step, distinct values or part, as the condition needs. */
  readonly values: readonly (string | number)[]
  /** A record that clears the window. */
  readonly clears?: true
  /** Whether an alert has counted it. */
  counted?: true
  readonly evidence: Evidence
}

/** Entries of one key, sorted by time. */
export type Window = Entry[]

/** Most records one key holds: enough to decide its condition, whatever more arrives. */
export const capOf = (condition: WindowCondition): number => {
  switch (condition.kind) {
    case 'count': return Math.max(256, 2 * (condition.atLeast ?? 1))
    case 'ratio': return Math.max(512, 8 * condition.atLeast)
    case 'set': return 256
    case 'periodic': return 64
  }
}

/** Whether a record between two like ones may go: it cannot change what a window of distinct values or steps says. */
export const thins = (condition: WindowCondition): boolean =>
  condition.kind === 'set' || (condition.kind === 'count' && condition.distinct !== undefined && (condition.atLeast ?? 1) <= 1)

/** Puts an entry in its place, looked for from the end since records arrive nearly in order. Tells its index and how the size changed. */
export const insert = (window: Window, entry: Entry, cap: number, thin: boolean, within: number): { readonly index: number, readonly grown: number, readonly dropped: boolean } => {
  let index = window.length
  while (index > 0 && window[index - 1]!.time > entry.time) index--
  if (thin && index === window.length && alike(window, entry, within)) {
    window[index - 1] = entry
    return { index: index - 1, grown: 0, dropped: false }
  }
  window.splice(index, 0, entry)
  if (window.length <= cap) return { index, grown: 1, dropped: false }
  window.shift()
  return { index: Math.max(0, index - 1), grown: 0, dropped: true }
}

const alike = (window: Window, entry: Entry, within: number): boolean => {
  const [one, two] = [window.at(-2), window.at(-1)]
  return one !== undefined && two !== undefined && entry.time - one.time < within / 2 && same(one, two) && same(two, entry)
}

const same = (a: Entry, b: Entry): boolean =>
  a.clears === b.clears && a.values.length === b.values.length && a.values.every((value, at) => value === b.values[at])

/**
 * Windows that end at the entry or at a later one that still reaches back to it: for records in order just one, for a late
 * record all that it completes. Windows of fewer than `least` entries are left out.
 */
export const windowsAt = function* (window: Window, index: number, within: number, least: number): Generator<readonly Entry[]> {
  const { time } = window[index]!
  let start = index
  while (start > 0 && time - window[start - 1]!.time <= within) start--
  for (let end = index; end < window.length && window[end]!.time - time <= within; end++) {
    while (window[end]!.time - window[start]!.time > within) start++
    if (end - start + 1 >= least) yield window.slice(start, end + 1)
  }
}
