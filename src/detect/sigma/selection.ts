import type { Match, Test } from '../detection.ts'
import { and, or, type Alternatives } from './condition.ts'

/** Reads a Sigma selection: a map of fields, a list of maps, or a list of keywords; a text tells what is wrong. */
export const readSelection = (value: unknown): Alternatives | string => {
  try {
    return selection(value)
  } catch (error) {
    if (error instanceof Unsupported) return error.message
    throw error
  }
}

class Unsupported extends Error {}

const selection = (value: unknown): Alternatives => {
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item !== 'object' || item === null)) return value.map((word) => ({ record: like(scalar(word), 'contains', false) }))
    return value.map(selection).reduce(or)
  }
  if (typeof value !== 'object' || value === null) throw new Unsupported('a selection is neither a map nor a list')
  return Object.entries(value).map(([key, item]) => field(key, item)).reduce<Alternatives>(and, [{}])
}

const field = (key: string, value: unknown): Alternatives => {
  const [name = '', ...modifiers] = key.split('|')
  const every = modifiers.includes('all')
  const cased = modifiers.includes('cased')
  const how = modifiers.filter((modifier) => modifier !== 'all' && modifier !== 'cased')
  if (how.length > 1) throw new Unsupported(`modifiers of ${key} are not supported together`)
  const values: unknown[] = Array.isArray(value) ? value : [value]
  const exact = how.length === 0 && values.every((one) => typeof one === 'string' && !/[*?]/.test(one))
  // what tells records apart is compared as AWS writes it, so that records are found by it
  if (exact && (name === 'eventName' || name === 'eventSource')) return [{ [name]: values.map(String) }]
  const tests = values.map((one) => testOf(how[0] ?? 'equals', one, cased))
  if (every) return [{ [name]: { all: tests } } as Match]
  return tests.map((test): Match => ({ [name]: test }))
}

const testOf = (how: string, value: unknown, cased: boolean): Test => {
  if (value === null) return null
  switch (how) {
    case 'equals': return typeof value === 'boolean' || typeof value === 'number' ? value : like(scalar(value), 'equals', cased)
    case 'contains': case 'startswith': case 'endswith': return like(scalar(value), how, cased)
    case 're': return { like: new RegExp(scalar(value), cased ? '' : 'i') }
    case 'exists': return value === true || value === 'true' || value === 'yes' ? { present: true } : null
    case 'gt': return { over: Number(value) }
    case 'gte': return { over: Number(value) - Number.EPSILON * Math.max(1, Math.abs(Number(value))) }
    case 'lt': return { not: testOf('gte', value, cased) }
    case 'lte': return { not: { over: Number(value) } }
    default: throw new Unsupported(`the modifier ${how} is not supported`)
  }
}

const scalar = (value: unknown): string => {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw new Unsupported('a value is neither text nor a number')
}

const edges = { equals: ['^', '$'], startswith: ['^', ''], endswith: ['', '$'], contains: ['', ''] } as const

/** A text in which `*` is any text and `?` any letter, as a pattern that minds no case unless asked to. */
const like = (value: string, how: keyof typeof edges, cased: boolean): Test => {
  if (value === '' && how === 'equals') return null
  const [start, end] = edges[how]
  const body = value.replaceAll(/\\?[*?]|[.+^${}()|[\]\\/]/g, (part) => (part === '*' ? '[^]*' : part === '?' ? '[^]' : part.length === 2 ? `\\${part[1]}` : `\\${part}`))
  return { like: new RegExp(`${start}${body}${end}`, cased ? '' : 'i') }
}
