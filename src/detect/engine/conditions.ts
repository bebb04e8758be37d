import type { Condition, CountCondition, PeriodicCondition, RatioCondition, SetCondition } from '../detection.ts'
import type { Entry } from './window.ts'

export type WindowCondition = CountCondition | RatioCondition | SetCondition | PeriodicCondition

/** The entries of a window that prove its condition; undefined where it does not hold. */
export const proof = (condition: WindowCondition, entries: readonly Entry[]): readonly Entry[] | undefined => {
  switch (condition.kind) {
    case 'count': return counted(condition, entries)
    case 'ratio': return shared(condition, entries)
    case 'set': return condition.ordered ? inOrder(condition, entries) : together(condition, entries)
    case 'periodic': return steady(condition, entries)
  }
}

const counted = (condition: CountCondition, entries: readonly Entry[]): readonly Entry[] | undefined => {
  if (entries.some(({ clears }) => clears)) return undefined
  if (entries.length < (condition.atLeast ?? 1)) return undefined
  if (condition.distinct === undefined) return entries
  const enough = Object.values(condition.distinct).some((least, field) => new Set(entries.map(({ values }) => values[field]).filter((value) => value !== '')).size >= least)
  return enough ? entries : undefined
}

// values[0] is 1 for a record of the part, 0 for one of the rest
const shared = (condition: RatioCondition, entries: readonly Entry[]): readonly Entry[] | undefined => {
  const part = entries.filter(({ values }) => values[0] === 1)
  return part.length >= condition.atLeast && part.length > condition.above * entries.length && part.length < (condition.below ?? 2) * entries.length ? part : undefined
}

const together = (condition: SetCondition, entries: readonly Entry[]): readonly Entry[] | undefined => {
  const seen = new Map<string | number, Entry>()
  for (const entry of entries) for (const step of entry.values) if (!seen.has(step)) seen.set(step, entry)
  return seen.size >= condition.atLeast && hasNeeds(condition, [...seen.keys()]) ? [...new Set(seen.values())] : undefined
}

const hasNeeds = (condition: SetCondition, steps: readonly (string | number)[]): boolean =>
  (condition.needs ?? []).every((name) => steps.includes(condition.steps.findIndex((step) => step.name === name)))

/** The longest run of steps in their order, one record a step: a longest increasing subsequence over few step numbers. */
const inOrder = (condition: SetCondition, entries: readonly Entry[]): readonly Entry[] | undefined => {
  const best: (readonly Entry[])[] = condition.steps.map(() => [])
  // times are whole seconds: of records in the same one, the earlier step goes first
  const sorted = entries.toSorted((a, b) => a.time - b.time || Number(a.values[0]) - Number(b.values[0]))
  for (const entry of sorted) {
    for (const step of entry.values) {
      let before: readonly Entry[] = []
      for (let earlier = 0; earlier < Number(step); earlier++) {
        const chain = best[earlier]!
        if (chain.length > before.length && chain.at(-1) !== entry) before = chain
      }
      if (before.length + 1 > best[Number(step)]!.length) best[Number(step)] = [...before, entry]
    }
  }
  return best.find((chain) => chain.length >= condition.atLeast)
}

const steady = (condition: PeriodicCondition, entries: readonly Entry[]): readonly Entry[] | undefined => {
  if (entries.length < condition.atLeast) return undefined
  const gaps = entries.slice(1).map((entry, index) => entry.time - entries[index]!.time)
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length
  if (mean < condition.period[0] || mean > condition.period[1]) return undefined
  const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length
  return Math.sqrt(variance) / mean < condition.variation ? entries : undefined
}

/** How long a window reaches back; single records of one principal gather in one alert for a day. */
export const reach = (condition: Condition): number => {
  if (condition.kind === 'spike') return 3_600_000
  return 'within' in condition && condition.within !== undefined ? condition.within : 86_400_000
}
