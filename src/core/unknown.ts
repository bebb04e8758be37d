/** A value that could not be read or resolved, as a snapshot holds it: `{"$unknown": "why"}`. */
export interface Unknown {
  readonly $unknown: string
  /** True of an item of a list that may not be there: the list's length is not known either. */
  readonly $optional?: true
}

/** Marks a value as not known, with the reason shown to people. */
export const unknown = (reason: string): Unknown => ({ $unknown: reason })

export const isUnknown = (value: unknown): value is Unknown =>
  typeof value === 'object' && value !== null && typeof (value as Partial<Unknown>).$unknown === 'string'

/** Why it is not known how many items a list has; undefined where it is. */
export const uncounted = (list: readonly unknown[]): string | undefined => list.find((item): item is Unknown => isUnknown(item) && item.$optional === true)?.$unknown

/** Whether an unknown stands anywhere inside a JSON value. */
export const holdsUnknown = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return false
  return isUnknown(value) || Object.values(value).some(holdsUnknown)
}

const signal = Symbol('unknown')

interface UnknownSignal { readonly [signal]: true, readonly reason: string }

/**
 * Stops a decision that needs a value which is not known. Only `settle` and the quantifiers below catch it, so a check
 * never sees it. It is not an Error: it carries no stack and is thrown a million times in a large estate.
 */
export const throwUnknown = (reason: string): never => {
  throw { [signal]: true, reason } satisfies UnknownSignal
}

const isSignal = (thrown: unknown): thrown is UnknownSignal =>
  typeof thrown === 'object' && thrown !== null && signal in thrown

/** A decision with, where it is unknown, the reason. */
export type Settled = { readonly truth: boolean } | { readonly truth: 'unknown', readonly reason: string }

/** Runs a decision; an unknown that it reads makes it unknown, any other throw goes on. */
export const settle = (decide: () => boolean): Settled => {
  try {
    return { truth: decide() }
  } catch (thrown) {
    if (isSignal(thrown)) return { truth: 'unknown', reason: thrown.reason }
    throw thrown
  }
}

/** What is read while a decision runs, where somebody wants to know. */
let journal: unknown[] | undefined

/** Runs a decision; of what it puts into `reads` on its way only that stays which decided: items that a quantifier passed by are left out. */
export const journaled = (reads: unknown[], decide: () => void): void => {
  const outer = journal
  journal = reads
  try {
    decide()
  } finally {
    journal = outer
  }
}

const search = <T>(items: Iterable<T>, wanted: boolean, test: (item: T) => boolean): boolean => {
  let reason: string | undefined
  const start = journal?.length ?? 0
  let begin = start
  for (const item of items) {
    const settled = settle(() => test(item))
    if (settled.truth === wanted) {
      journal?.splice(start, begin - start)
      return true
    }
    if (settled.truth === 'unknown') reason ??= settled.reason
    begin = journal?.length ?? 0
  }
  return reason === undefined ? false : throwUnknown(reason)
}

/** Whether any item passes; one sure pass wins over unknowns. A missing list has no items. */
export const some = <T>(items: Iterable<T> | undefined, test: (item: T) => boolean): boolean =>
  search(items ?? [], true, test)

/** Whether each item passes; one sure failure wins over unknowns. A missing list has no items. */
export const every = <T>(items: Iterable<T> | undefined, test: (item: T) => boolean): boolean =>
  !search(items ?? [], false, test)

/** Whether no item passes; one sure pass wins over unknowns. A missing list has no items. */
export const none = <T>(items: Iterable<T> | undefined, test: (item: T) => boolean): boolean =>
  !some(items, test)
