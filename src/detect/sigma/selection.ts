import type { Match } from '../detection.ts'
import { and, or, type Alternatives } from './condition.ts'
import { like, scalar, testFor } from './modifiers.ts'
import { Unsupported } from './unsupported.ts'

/** Reads a Sigma selection: a map of fields, a list of maps, or a list of keywords. */
export const readSelection = (value: unknown): Alternatives => {
  if (typeof value === 'string') return [keyword(value)]
  if (Array.isArray(value)) {
    if (value.length === 0) throw new Unsupported('a selection is empty')
    return value.map((item) => (typeof item === 'object' && item !== null ? readSelection(item) : [keyword(item)])).reduce(or)
  }
  if (typeof value !== 'object' || value === null) throw new Unsupported('a selection is neither a map nor a list')
  return [Object.entries(value).map(([key, item]) => field(key, item)).reduce<Match>((all, one) => and([all], [one])[0]!, {})]
}

const keyword = (word: unknown): Match => ({ record: like(scalar(word), 'contains', false) })

const field = (key: string, value: unknown): Match => {
  const [name = '', ...modifiers] = key.split('|')
  // keywords may have modifiers as well: `'|all': [a, b]`
  if (name === '') return { record: testFor(modifiers.some((one) => one !== 'all' && one !== 'cased') ? modifiers : [...modifiers, 'contains'], value) }
  const values: unknown[] = Array.isArray(value) ? value : [value]
  const exact = modifiers.length === 0 && values.length > 0 && values.every((one) => typeof one === 'string' && one !== '' && !/[*?\\]/.test(one))
  // what tells records apart is compared as AWS writes it, so that records are found by it
  if (exact && (name === 'eventName' || name === 'eventSource')) return { [name]: values.map(String) }
  if (values.length === 0) throw new Unsupported(`${key} has no values`)
  return { [name]: testFor(modifiers, value) }
}
