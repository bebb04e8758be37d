import type { Asked } from './route.ts'

type Values = Record<string, unknown>

/** Which page a call asks for, from 0; the endpoint's tokens are `page.1`, `page.2` … */
export const pageOf = ({ service, operation, input }: Asked): number => {
  const paging = service.paging(operation)
  return paging === undefined ? 0 : Number(/^page\.(\d+)$/.exec(String(input[paging.input]))?.[1] ?? 0)
}

/** The output with the token of the page after `page`, or with none where it is the last of `pages`. */
export const withToken = ({ service, operation }: Asked, output: Values, page: number, pages: number): Values => {
  const paging = service.paging(operation)
  if (paging === undefined) return output
  const isLast = page + 1 >= pages
  const tokened = put(output, paging.output, isLast ? undefined : `page.${page + 1}`)
  return paging.more === undefined ? tokened : put(tokened, paging.more, !isLast)
}

/** One page of an output whose list holds everything. */
export const pageFrom = (asked: Asked, output: Values, size: number): Values => {
  const paging = asked.service.paging(asked.operation)
  const list = paging === undefined ? undefined : at(output, paging.list)
  if (paging === undefined || !Array.isArray(list)) return output
  const page = pageOf(asked)
  return withToken(asked, put(output, paging.list, list.slice(page * size, (page + 1) * size)), page, Math.ceil(list.length / size))
}

const at = (value: unknown, place: string): unknown =>
  place.split('.').reduce<unknown>((inner, step) => (inner as Values | undefined)?.[step], value)

const put = (output: Values, place: string, value: unknown): Values => {
  const [step = '', ...rest] = place.split('.')
  return { ...output, [step]: rest.length === 0 ? value : put((output[step] ?? {}) as Values, rest.join('.'), value) }
}
