import { isIP } from 'node:net'
import type { Test } from '../detection.ts'
import { Unsupported } from './unsupported.ts'

/** What a field with its modifiers (`requestParameters|contains|all`) asks of its values. */
export const testFor = (modifiers: readonly string[], value: unknown): Test => {
  const how = modifiers.filter((modifier) => comparers.has(modifier))
  const strange = modifiers.find((modifier) => !comparers.has(modifier) && !encoders.has(modifier) && !flags.has(modifier))
  if (strange !== undefined) throw new Unsupported(`the modifier ${strange} is not supported`)
  if (how.length > 1) throw new Unsupported(`the modifiers ${how.join(' and ')} are not supported together`)
  const values: readonly unknown[] = Array.isArray(value) ? value : [value]
  const encoding = modifiers.filter((modifier) => encoders.has(modifier))
  const tests = values.flatMap((one) => (encoding.length === 0 ? [compared(how[0] ?? 'equals', one, modifiers)] : anyOf(encoded(scalar(one), encoding).map((text) => compared(how[0] ?? 'equals', text, modifiers)))))
  if (modifiers.includes('all')) return tests.length === 1 ? tests[0]! : { all: tests }
  return anyOf(tests)[0]!
}

const anyOf = (tests: readonly Test[]): readonly Test[] => (tests.length === 1 ? tests : [{ any: tests }])

const comparers = new Set(['contains', 'startswith', 'endswith', 're', 'cidr', 'exists', 'gt', 'gte', 'lt', 'lte', 'neq', 'fieldref'])
const flags = new Set(['all', 'cased', 'i', 'm', 's'])

const compared = (how: string, value: unknown, modifiers: readonly string[]): Test => {
  const cased = modifiers.includes('cased')
  if (value === null) return how === 'neq' ? { present: true } : null
  switch (how) {
    case 'equals': return typeof value === 'boolean' || typeof value === 'number' ? value : like(scalar(value), 'equals', cased)
    case 'neq': return { not: compared('equals', value, modifiers) }
    case 'contains': case 'startswith': case 'endswith': return like(scalar(value), how, cased)
    case 're': return { like: pattern(scalar(value), modifiers) }
    case 'cidr': return network(scalar(value))
    case 'fieldref': return { sameAs: scalar(value) }
    case 'exists': return value === true || value === 'true' || value === 'yes' ? { present: true } : null
    case 'gt': return { over: number(value) }
    case 'gte': return { any: [{ over: number(value) }, number(value), String(number(value))] }
    case 'lt': return { all: [{ present: true }, { not: compared('gte', value, modifiers) }] }
    default: return { all: [{ present: true }, { not: { over: number(value) } }] }
  }
}

// as the specification has it: the case counts unless `i` says otherwise
const pattern = (source: string, modifiers: readonly string[]): RegExp => {
  // `(?i)` at the beginning is Python's way to say it
  const [, inline = '', rest = source] = /^\(\?([ims]+)\)([^]*)$/.exec(source) ?? []
  const wanted = ['i', 'm', 's'].filter((flag) => modifiers.includes(flag) || inline.includes(flag)).join('')
  if (source.length > 2000 || /\([^)]*[+*][^)]*\)[+*]/.test(rest)) throw new Unsupported('a pattern that may take for ever (a repetition of repetitions) is not run')
  try {
    return new RegExp(rest, wanted)
  } catch (error) {
    throw new Unsupported((error as Error).message)
  }
}

const network = (text: string): Test => {
  const [address = '', bits = ''] = text.split('/')
  const family = isIP(address)
  if (family === 0 || !/^\d{1,3}$/.test(bits) || Number(bits) > (family === 4 ? 32 : 128)) throw new Unsupported(`"${text}" is not a network such as 10.0.0.0/8`)
  return { cidr: text }
}

const number = (value: unknown): number => {
  if (Number.isNaN(Number(value))) throw new Unsupported(`"${String(value)}" is not a number`)
  return Number(value)
}

export const scalar = (value: unknown): string => {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw new Unsupported('a value is neither text nor a number')
}

const edges = { equals: ['^', '$'], startswith: ['^', ''], endswith: ['', '$'], contains: ['', ''] } as const

/** A text in which `*` is any text and `?` any letter, as a pattern that minds no case unless asked to. */
export const like = (value: string, how: keyof typeof edges, cased: boolean): Test => {
  if (value === '' && how === 'equals') return null
  const [start, end] = edges[how]
  const body = value.replaceAll(/\\?[*?]|[.+^${}()|[\]\\/]/g, (part) => (part === '*' ? '[^]*' : part === '?' ? '[^]' : part.length === 2 ? `\\${part[1]}` : `\\${part}`))
  return { like: new RegExp(`${start}${body}${end}`, cased ? '' : 'i') }
}

/** How a text may stand in a log: encoded, or with another dash. Each step makes each text into one or more. */
const encoders: ReadonlyMap<string, (text: Buffer) => readonly Buffer[]> = new Map([
  ['windash', (text: Buffer) => ['-', '/', '–', '—', '―'].map((dash) => Buffer.from(text.toString().replaceAll(/(?<=^|\s)[-/–—―]/g, dash)))],
  ['wide', (text: Buffer) => [Buffer.from(text.toString(), 'utf16le')]],
  ['utf16le', (text: Buffer) => [Buffer.from(text.toString(), 'utf16le')]],
  ['utf16be', (text: Buffer) => [Buffer.from(text.toString(), 'utf16le').swap16()]],
  ['utf16', (text: Buffer) => [Buffer.from(`\uFEFF${text.toString()}`, 'utf16le')]],
  ['base64', (text: Buffer) => [Buffer.from(text.toString('base64'))]],
  ['base64offset', (text: Buffer) => [0, 1, 2].map((offset) => {
    const whole = Buffer.concat([Buffer.alloc(offset), text])
    const end = whole.length % 3
    // the letters at both ends also depend on what stands before and after
    return Buffer.from(whole.toString('base64').slice([0, 2, 3][offset], end === 0 ? undefined : end === 1 ? -3 : -2))
  })],
])

const encoded = (text: string, steps: readonly string[]): readonly string[] =>
  steps.reduce<readonly Buffer[]>((texts, step) => texts.flatMap((one) => encoders.get(step)!(one)), [Buffer.from(text)]).map((one) => one.toString('utf8'))
