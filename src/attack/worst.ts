/** Keeps the first so many of what is added, in an order, without keeping all. */
export interface Worst<T> {
  add(item: T): void
  /** Whether an item that comes no sooner than this can still be among the first. */
  matters(soonest: (last: T) => number): boolean
  /** The last of those that are kept for now; undefined while there is room. */
  last(): T | undefined
  /** What was kept, in order. */
  done(): T[]
}

/** What is added is sorted and cut whenever twice as much is there as is wanted. */
export const keepWorst = <T>(most: number, order: (a: T, b: T) => number): Worst<T> => {
  const found: T[] = []
  let last: T | undefined
  const cut = () => {
    found.sort(order)
    found.length = Math.min(found.length, most)
    last = found.length < most ? undefined : found.at(-1)
  }
  return {
    add(item) {
      found.push(item)
      if (found.length >= 2 * most) cut()
    },
    matters: (soonest) => last === undefined || soonest(last) <= 0,
    last: () => last,
    done() {
      cut()
      return found
    },
  }
}
