/** How many partial sets are looked at before the best one so far has to do. */
const most = 20_000

/**
 * The fewest elements that meet every list, the lightest such set; undefined where a list is empty or every set is banned.
 * A banned set bans those that hold it. Lists come as attack paths do, so that few elements meet many: the search deepens by size.
 */
export const smallestCover = (lists: readonly (readonly string[])[], weight: (element: string) => number, banned: readonly ReadonlySet<string>[] = []): string[] | undefined => {
  if (lists.some((list) => list.length === 0)) return undefined
  const sorted = [...lists].map((list) => [...list].sort((a, b) => weight(a) - weight(b))).sort((a, b) => a.length - b.length)
  const isBanned = (chosen: readonly string[]) => banned.some((set) => [...set].every((element) => chosen.includes(element)))
  let left = most
  let best: { readonly chosen: readonly string[], readonly total: number } | undefined
  const search = (chosen: readonly string[], total: number, size: number): void => {
    if (left-- <= 0 || best !== undefined && total >= best.total) return
    const unmet = sorted.find((list) => !list.some((element) => chosen.includes(element)))
    if (unmet === undefined) {
      if (!isBanned(chosen)) best = { chosen, total }
      return
    }
    if (chosen.length === size) return
    for (const element of unmet) search([...chosen, element], total + weight(element), size)
  }
  for (let size = disjoint(sorted); size <= sorted.length && best === undefined && left > 0; size++) search([], 0, size)
  return best === undefined ? greedy(sorted, weight, isBanned) : [...best.chosen].sort()
}

/** How many lists share no element: as many elements are needed at least. */
const disjoint = (lists: readonly (readonly string[])[]): number => {
  const used = new Set<string>()
  let n = 0
  for (const list of lists) {
    if (list.some((element) => used.has(element))) continue
    for (const element of list) used.add(element)
    n++
  }
  return n
}

/** The element that meets most lists for its weight, again and again. */
const greedy = (lists: readonly (readonly string[])[], weight: (element: string) => number, isBanned: (chosen: readonly string[]) => boolean): string[] | undefined => {
  const chosen: string[] = []
  let unmet = lists
  while (unmet.length > 0) {
    const meets = new Map<string, number>()
    for (const list of unmet) for (const element of list) meets.set(element, (meets.get(element) ?? 0) + 1)
    const [best] = [...meets].sort(([a, n], [b, m]) => m / weight(b) - n / weight(a) || (a < b ? -1 : 1))
    if (best === undefined) return undefined
    chosen.push(best[0])
    unmet = unmet.filter((list) => !list.includes(best[0]))
  }
  return isBanned(chosen) ? undefined : chosen.sort()
}
