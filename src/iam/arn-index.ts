/** Finds the ARNs that begin with a text, without walking all of a service. */
export interface ArnIndex {
  /** In order; all ARNs of all services where the text does not name one. */
  startingWith(head: string): Iterable<string>
}

/** Parts ARNs by service and sorts a service's when first asked for. */
export const indexArns = (arns: Iterable<string>): ArnIndex => {
  const byService = Map.groupBy(arns, serviceOf)
  const sorted = new Set<string>()
  const listOf = (service: string): readonly string[] => {
    const list = byService.get(service) ?? []
    if (!sorted.has(service)) list.sort()
    sorted.add(service)
    return list
  }
  return {
    *startingWith(head) {
      const [, , service = '', ...more] = head.split(':')
      for (const one of more.length > 0 ? [service] : byService.keys()) {
        const list = listOf(one)
        for (let at = firstFrom(list, head); at < list.length && list[at]!.startsWith(head); at++) yield list[at]!
      }
    },
  }
}

const serviceOf = (arn: string): string => {
  const start = arn.indexOf(':', 4) + 1
  return arn.slice(start, arn.indexOf(':', start))
}

/** The place of the first that does not come before a text. */
const firstFrom = (list: readonly string[], text: string): number => {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (list[middle]! < text) low = middle + 1
    else high = middle
  }
  return low
}
