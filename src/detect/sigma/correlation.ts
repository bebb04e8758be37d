import type { Condition } from '../detection.ts'
import { objectOf, textOf, type LogRecord } from '../event.ts'
import type { Alternatives } from './condition.ts'
import { Unsupported } from './unsupported.ts'

/** A rule that a correlation refers to. */
export interface Part { readonly name: string, readonly alternatives: Alternatives }

/** A Sigma correlation over its rules as a condition. */
export const readCorrelation = (correlation: LogRecord, parts: readonly Part[]): Condition => {
  const type = textOf(correlation['type'])
  const within = timespan(textOf(correlation['timespan']))
  const fields = listOf(correlation['group-by'])
  const aliases = objectOf(correlation['aliases'])
  if (type === 'temporal' || type === 'temporal_ordered') {
    const atLeast = correlation['condition'] === undefined ? parts.length : least(correlation['condition'])
    const keys = fields.some((field) => field in aliases) ? parts.map(({ name }) => fields.map((field) => (field in aliases ? aliased(objectOf(aliases[field]), name, field) : field))) : undefined
    return {
      kind: 'set', within, by: scope(fields), atLeast: Math.min(parts.length, atLeast), ordered: type === 'temporal_ordered',
      steps: parts.map(({ name, alternatives }) => ({ name, match: alternatives })), ...(keys !== undefined && { keys }),
    }
  }
  const by = scope(fields.map((field) => (field in aliases ? same(objectOf(aliases[field]), parts, field) : field)))
  const match = parts.flatMap(({ alternatives }) => alternatives)
  if (type === 'event_count') return { kind: 'count', within, by, match, atLeast: least(correlation['condition']) }
  if (type !== 'value_count') throw new Unsupported(`the correlation type "${type}" is not supported`)
  const counted = listOf(objectOf(correlation['condition'])['field'])
  if (counted.length !== 1) throw new Unsupported('a value_count names one field to count')
  return { kind: 'count', within, by, match, distinct: { [counted[0]!]: least(correlation['condition']) } }
}

const listOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(textOf) : [textOf(value)]).filter((text) => text !== '')

// without groups everything counts together
const scope = (fields: readonly string[]): readonly string[] => (fields.length === 0 ? ['log'] : fields)

const aliased = (names: LogRecord, rule: string, alias: string): string => {
  const field = textOf(names[rule])
  if (field === '') throw new Unsupported(`the alias ${alias} says nothing of ${rule}`)
  return field
}

const same = (names: LogRecord, parts: readonly Part[], alias: string): string => {
  const [field, ...others] = new Set(parts.map(({ name }) => aliased(names, name, alias)))
  if (others.length > 0) throw new Unsupported(`counts over different fields under one alias (${alias}) are not supported`)
  return field!
}

/** The least count that a condition asks for: an upper bound beside it holds at the moment that the count is reached. */
const least = (condition: unknown): number => {
  if (typeof condition === 'string') throw new Unsupported('a condition of a correlation written as text is not supported')
  const { gte, gt, eq } = objectOf(condition)
  const count = gt === undefined ? Number(gte ?? eq) : Number(gt) + 1
  if (!Number.isInteger(count) || count < 1) throw new Unsupported('a correlation needs a count to reach (gte, gt or eq): that too little happened is not seen in records')
  return count
}

const units: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000, M: 2_592_000_000 }

/** A length of time as Sigma writes it: `15m`. */
export const timespan = (text: string): number => {
  const [, count, unit] = /^(\d{1,6})([smhdwM])$/.exec(text) ?? []
  if (count === undefined || unit === undefined) throw new Unsupported(`the timespan "${text}" is not a number and one of s, m, h, d, w, M`)
  return Number(count) * units[unit]!
}

/** An aggregation as rules before Sigma 2 have it behind a bar: `selection | count(field) by other > 10`. */
export const readAggregation = (text: string, frame: string, alternatives: Alternatives): Condition => {
  const [, counted = '', group = '', sign, number] = /^count\(\s*([\w.]*)\s*\)(?:\s+by\s+([\w.]+))?\s*(>=|>)\s*(\d{1,9})$/i.exec(text.trim()) ?? []
  if (sign === undefined) throw new Unsupported(`the aggregation "${text.trim()}" is not supported`)
  const atLeast = Number(number) + (sign === '>' ? 1 : 0)
  const by = scope(listOf(group))
  return { kind: 'count', within: timespan(frame === '' ? '1d' : frame), by, match: alternatives, ...(counted === '' ? { atLeast } : { distinct: { [counted]: atLeast } }) }
}
