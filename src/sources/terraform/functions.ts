import { holdsUnknown, isUnknown, unknown } from '../../core/unknown.ts'

type Function = (values: readonly unknown[]) => unknown

const record = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Record<string, unknown> : {})
const items = (value: unknown): unknown[] => (Array.isArray(value) ? value : typeof value === 'object' && value !== null ? Object.values(value) : [])
const text = (value: unknown): string => String(value ?? '')

/** Functions whose result is known when their arguments are; they are pure, and none reads a file. */
const pure: Readonly<Record<string, Function>> = {
  lower: ([value]) => text(value).toLowerCase(),
  upper: ([value]) => text(value).toUpperCase(),
  trimspace: ([value]) => text(value).trim(),
  trimprefix: ([value, prefix]) => (text(value).startsWith(text(prefix)) ? text(value).slice(text(prefix).length) : value),
  trimsuffix: ([value, suffix]) => (text(value).endsWith(text(suffix)) ? text(value).slice(0, -text(suffix).length) : value),
  join: ([separator, list]) => items(list).map(text).join(text(separator)),
  split: ([separator, value]) => text(value).split(text(separator)),
  format: ([pattern, ...values]) => {
    let at = 0
    return text(pattern).replaceAll(/%(?:%|[sdvq])/g, (mark) => (mark === '%%' ? '%' : text(values[at++])))
  },
  replace: ([value, search, by]) => (text(search).startsWith('/') ? unknown('replace with a pattern is not evaluated') : text(value).replaceAll(text(search), text(by))),
  substr: ([value, from, length]) => text(value).slice(Number(from), Number(length) < 0 ? undefined : Number(from) + Number(length)),
  length: ([value]) => (typeof value === 'string' ? value.length : items(value).length),
  keys: ([value]) => Object.keys(record(value)).sort(),
  values: ([value]) => Object.values(record(value)),
  element: ([list, index]) => items(list)[Number(index) % Math.max(1, items(list).length)],
  contains: ([list, value]) => items(list).some((item) => JSON.stringify(item) === JSON.stringify(value)),
  distinct: ([list]) => [...new Set(items(list))],
  flatten: ([list]) => items(list).flat(5),
  reverse: ([list]) => items(list).toReversed(),
  sort: ([list]) => items(list).map(text).sort(),
  tonumber: ([value]) => Number(value),
  tostring: ([value]) => text(value),
  tobool: ([value]) => value === true || value === 'true',
  jsondecode: ([value]) => {
    try {
      return JSON.parse(text(value)) as unknown
    } catch {
      return unknown('jsondecode of something that is not JSON')
    }
  },
  base64encode: ([value]) => Buffer.from(text(value)).toString('base64'),
  max: (values) => Math.max(...values.map(Number)),
  min: (values) => Math.min(...values.map(Number)),
}

/** Functions that pass unknowns on inside what they give. */
const structural: Readonly<Record<string, Function>> = {
  merge: (values) => Object.assign({}, ...values.map(record)) as unknown,
  concat: (values) => values.flatMap(items),
  toset: ([list]) => [...new Set(items(list))],
  tolist: ([list]) => items(list),
  tomap: ([map]) => record(map),
  jsonencode: ([value]) => (holdsUnknown(value) ? { $partial: value } : JSON.stringify(value)),
  coalesce: (values) => values.find((value) => isUnknown(value) || (value !== null && value !== '')) ?? null,
  try: (values) => values.find((value) => !isUnknown(value)) ?? values[0],
  lookup: ([map, key, fallback]) => record(map)[text(key)] ?? fallback ?? unknown(`there is no ${text(key)}`),
  one: ([list]) => items(list)[0] ?? null,
  sensitive: ([value]) => value,
  nonsensitive: ([value]) => value,
  compact: ([list]) => items(list).filter((item) => item !== null && item !== ''),
}

/** Calls a function of Terraform's; one that is not known here, or an argument that is not, gives an unknown. */
export const callFunction = (name: string, values: readonly unknown[]): unknown => {
  if (Object.hasOwn(structural, name)) return values.some(isUnknown) && name !== 'try' && name !== 'coalesce' && name !== 'lookup' ? values.find(isUnknown) : structural[name]!(values)
  if (!Object.hasOwn(pure, name)) return unknown(`${name}() is not evaluated`)
  const missing = values.find(holdsUnknown)
  return missing === undefined ? pure[name]!(values) : isUnknown(missing) ? missing : unknown(`an argument of ${name}() is not known`)
}
