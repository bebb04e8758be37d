import type { Match, Test } from '../detection.ts'
import { matchesGlob } from '../engine/mutes.ts'
import { Unsupported } from './unsupported.ts'

/** A condition as alternatives, each of which is a match: what both the stream and SQL run. */
export type Alternatives = readonly Match[]

/** Most alternatives a rule may unfold into. */
const cap = 256

/** Reads a Sigma condition (`selection and not 1 of filter*`) over named alternatives. */
export const readCondition = (text: string, named: ReadonlyMap<string, Alternatives>): Alternatives => {
  const tokens = text.match(/\(|\)|[^\s()]+/g) ?? []
  let at = 0
  const take = (): string => tokens[at++] ?? ''
  const peek = (): string => (tokens[at] ?? '').toLowerCase()

  const oneOrAll = (every: boolean): Alternatives => {
    take()
    const pattern = take()
    const names = [...named.keys()].filter((name) => (pattern.toLowerCase() === 'them' ? !name.startsWith('_') : matchesGlob(pattern, name)))
    if (names.length === 0) throw new Unsupported(`no selection is named ${pattern}`)
    const parts = names.map((name) => named.get(name)!)
    return every ? parts.reduce(and) : parts.reduce(or)
  }

  const primary = (): Alternatives => {
    if (peek() === '(') {
      take()
      const inner = disjunction()
      if (take() !== ')') throw new Unsupported('a parenthesis is not closed')
      return inner
    }
    if (peek() === 'not') {
      take()
      return negated(primary())
    }
    const word = take()
    if (/^(?:1|any)$/i.test(word) && peek() === 'of') return oneOrAll(false)
    if (/^all$/i.test(word) && peek() === 'of') return oneOrAll(true)
    const found = named.get(word)
    if (found === undefined) throw new Unsupported(`no selection is named ${word || 'so'}`)
    return found
  }

  const conjunction = (): Alternatives => {
    let left = primary()
    while (peek() === 'and') {
      take()
      left = and(left, primary())
    }
    return left
  }

  const disjunction = (): Alternatives => {
    let left = conjunction()
    while (peek() === 'or') {
      take()
      left = or(left, conjunction())
    }
    return left
  }

  const all = disjunction()
  if (at < tokens.length) throw new Unsupported(`the condition goes on with ${tokens[at]}`)
  return all
}

export const or = (a: Alternatives, b: Alternatives): Alternatives => limited([...a, ...b])

export const and = (a: Alternatives, b: Alternatives): Alternatives => limited(a.flatMap((one) => b.map((other) => merged(one, other))))

const limited = (alternatives: Alternatives): Alternatives => {
  if (alternatives.length > cap) throw new Unsupported('the condition is too complex')
  return alternatives
}

const merged = (a: Match, b: Match): Match => {
  const both: Record<string, Test> = { ...a }
  for (const [field, test] of Object.entries(b)) both[field] = field in both ? { all: [both[field]!, test] } : test
  return both
}

/** None of the alternatives: of each, one test must fail. */
const negated = (alternatives: Alternatives): Alternatives =>
  alternatives.map((match) => Object.entries(match).map(([field, test]): Match => ({ [field]: isNot(test) ? test.not : { not: test } }))).reduce<Alternatives>(and, [{}])

const isNot = (test: Test): test is { readonly not: Test } => typeof test === 'object' && test !== null && 'not' in test
