import { inRange } from './address.ts'
import { arnLike, exactly, like, matches, type Letter, type Pattern } from './pattern.ts'

/** How one value of a request is compared with one value of a policy. */
export interface Operator {
  /** Operators such as StringNotEquals hold when no value matches. */
  readonly negated: boolean
  /** The pattern that a text operator makes of a policy's value. */
  readonly pattern?: (letters: readonly Letter[]) => Pattern
  readonly match: (actual: string, letters: readonly Letter[]) => boolean
}

const textOf = (letters: readonly Letter[]): string => letters.map(({ char }) => char).join('')

const text = (pattern: (letters: readonly Letter[]) => Pattern, negated = false): Operator =>
  ({ negated, pattern, match: (actual, letters) => matches(pattern(letters), actual) })

const plain = (match: (actual: string, wanted: string) => boolean, negated = false): Operator =>
  ({ negated, match: (actual, letters) => match(actual, textOf(letters)) })

const folded = (letters: readonly Letter[]): Pattern => exactly(letters, true)

const compared = (read: (value: string) => number, holds: (actual: number, wanted: number) => boolean, negated = false): Operator =>
  plain((actual, wanted) => holds(read(actual), read(wanted)), negated)

const number = (value: string): number => (/^[+-]?\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN)

/** Dates are W3C ISO 8601 "or in epoch (UNIX) time". In milliseconds. */
export const date = (value: string): number => (/^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value))

const equals = (a: number, b: number): boolean => a === b
const less = (a: number, b: number): boolean => a < b
const atMost = (a: number, b: number): boolean => a <= b
const greater = (a: number, b: number): boolean => a > b
const atLeast = (a: number, b: number): boolean => a >= b

/** Every operator of reference_policies_elements_condition_operators but Null, which asks only whether a key is there. */
const operators: Readonly<Record<string, Operator>> = {
  StringEquals: text(exactly),
  StringNotEquals: text(exactly, true),
  StringEqualsIgnoreCase: text(folded),
  StringNotEqualsIgnoreCase: text(folded, true),
  StringLike: text(like),
  StringNotLike: text(like, true),
  // "ArnEquals and ArnLike behave identically", and so do their negations.
  ArnEquals: text(arnLike),
  ArnLike: text(arnLike),
  ArnNotEquals: text(arnLike, true),
  ArnNotLike: text(arnLike, true),
  NumericEquals: compared(number, equals),
  NumericNotEquals: compared(number, equals, true),
  NumericLessThan: compared(number, less),
  NumericLessThanEquals: compared(number, atMost),
  NumericGreaterThan: compared(number, greater),
  NumericGreaterThanEquals: compared(number, atLeast),
  DateEquals: compared(date, equals),
  DateNotEquals: compared(date, equals, true),
  DateLessThan: compared(date, less),
  DateLessThanEquals: compared(date, atMost),
  DateGreaterThan: compared(date, greater),
  DateGreaterThanEquals: compared(date, atLeast),
  Bool: plain((actual, wanted) => actual.toLowerCase() === wanted.toLowerCase()),
  // "BinaryEquals … compares the value … byte for byte against a base-64 encoded representation".
  BinaryEquals: plain((actual, wanted) => actual === wanted),
  IpAddress: plain(inRange),
  NotIpAddress: plain(inRange, true),
}

export const operatorNames: ReadonlySet<string> = new Set([...Object.keys(operators), 'Null'])

export const operatorNamed = (name: string): Operator => {
  const operator = operators[name]
  if (operator === undefined) throw new RangeError(`No operator ${name}`)
  return operator
}
