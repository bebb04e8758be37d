import { isUnknown, unknown } from '../../../core/unknown.ts'
import { same } from '../expression/operators.ts'
import { failure } from '../expression/scope.ts'
import { items, mostItems, record, text } from './value.ts'
import type { Functions } from './value.ts'

const distinct = (list: readonly unknown[]): unknown[] => {
  const seen = new Set<string>()
  return list.filter((item) => {
    const key = JSON.stringify(item) ?? ''
    return seen.has(key) ? false : seen.add(key) !== undefined
  })
}

const sorted = (list: readonly unknown[]): unknown[] => (list.every((item) => typeof item === 'string') ? list.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)) : [...list])

/** A list is as long as it is said to be: more than a template would have is refused. */
const sized = (list: unknown[]): unknown => (list.length > mostItems ? unknown('the list is too long') : list)

const flat = (value: unknown): unknown[] => (Array.isArray(value) ? value.flatMap(flat) : [value])

const chosen = (list: readonly unknown[], index: number): unknown => {
  if (list.length === 0) return failure('the list is empty')
  return list[((index % list.length) + list.length) % list.length]
}

/** Functions on lists and maps that need to know all of what they are given. */
export const listFunctions: Functions = {
  keys: ([value]) => Object.keys(record(value)).sort(),
  contains: ([list, value]) => items(list).some((item) => same(item, value)),
  index: ([list, value]) => {
    const found = items(list).findIndex((item) => same(item, value))
    return found === -1 ? failure('the list does not hold it') : found
  },
  distinct: ([list]) => distinct(items(list)),
  sort: ([list]) => items(list).map(text).sort(),
  toset: ([list]) => sorted(distinct(items(list))),
  setunion: (lists) => sorted(distinct(lists.flatMap(items))),
  setintersection: ([first, ...others]) => sorted(distinct(items(first)).filter((item) => others.every((list) => items(list).some((other) => same(item, other))))),
  setsubtract: ([first, second]) => sorted(distinct(items(first)).filter((item) => !items(second).some((other) => same(item, other)))),
  setproduct: (lists) => lists.map(items).reduce<unknown[][]>((rows, list) => (rows.length * list.length > mostItems ? [] : rows.flatMap((row) => list.map((item) => [...row, item]))), [[]]),
  range: (values) => {
    const [start, limit, step] = (values.length === 1 ? [0, values[0], 1] : [values[0], values[1], values[2] ?? 1]).map(Number) as [number, number, number]
    const count = Math.max(0, Math.ceil((limit - start) / step))
    return count <= mostItems ? Array.from({ length: count }, (_, index) => start + index * step) : unknown('the range is too long')
  },
  sum: ([list]) => items(list).reduce<number>((sum, item) => sum + Number(item), 0),
  alltrue: ([list]) => items(list).every((item) => item === true || item === 'true'),
  anytrue: ([list]) => items(list).some((item) => item === true || item === 'true'),
  max: (values) => Math.max(...values.map(Number)),
  min: (values) => Math.min(...values.map(Number)),
  abs: ([value]) => Math.abs(Number(value)),
  ceil: ([value]) => Math.ceil(Number(value)),
  floor: ([value]) => Math.floor(Number(value)),
  pow: ([base, exponent]) => Number(base) ** Number(exponent),
  log: ([value, base]) => Math.log(Number(value)) / Math.log(Number(base)),
  signum: ([value]) => Math.sign(Number(value)),
  parseint: ([value, base]) => Number.parseInt(text(value), Number(base)),
  transpose: ([map]) => {
    const turned: Record<string, string[]> = {}
    for (const [key, values] of Object.entries(record(map))) for (const value of items(values)) turned[text(value)] = [...turned[text(value)] ?? [], key]
    return turned
  },
}

/** Functions that arrange values without looking into them: an unknown among many stays where it is. */
export const arrangingFunctions: Functions = {
  length: ([value]) => (typeof value === 'string' ? value.length : items(value).length),
  values: ([value]) => Object.entries(record(value)).sort(([a], [b]) => (a < b ? -1 : 1)).map(([, inner]) => inner),
  merge: (values) => Object.assign({}, ...values.map(record)) as unknown,
  concat: (values) => sized(values.flatMap(items)),
  flatten: ([list]) => sized(flat(items(list))),
  element: ([list, index]) => chosen(items(list), Number(index)),
  reverse: ([list]) => items(list).toReversed(),
  slice: ([list, from, to]) => items(list).slice(Number(from), Number(to)),
  chunklist: ([list, size]) => Array.from({ length: Math.ceil(items(list).length / Math.max(1, Number(size))) }, (_, index) => items(list).slice(index * Number(size), (index + 1) * Number(size))),
  zipmap: ([keys, values]) => Object.fromEntries(items(keys).map((key, index) => [text(key), items(values)[index] ?? null])),
  lookup: ([map, key, fallback]) => (isUnknown(key) ? key : record(map)[text(key)] ?? (fallback === undefined ? failure(`there is no ${text(key)}`) : fallback)),
  tolist: ([list]) => items(list),
  tomap: ([map]) => record(map),
  list: (values) => values,
  map: (values) => Object.fromEntries(Array.from({ length: Math.floor(values.length / 2) }, (_, index) => [text(values[index * 2]), values[index * 2 + 1]])),
  one: ([list]) => items(list)[0] ?? null,
  compact: ([list]) => items(list).filter((item) => item !== null && item !== ''),
  coalescelist: (lists) => lists.find((list) => items(list).length > 0) ?? failure('every list is empty'),
  matchkeys: ([values, keys, wanted]) => items(values).filter((_, index) => items(wanted).some((key) => same(key, items(keys)[index]))),
  sensitive: ([value]) => value,
  nonsensitive: ([value]) => value,
  ephemeralasnull: () => null,
}
