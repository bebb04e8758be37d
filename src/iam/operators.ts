import { parseRange, within } from './addresses.ts'
import { arnParts } from './arns.ts'
import { look, note, type Cell, type Frame, type Key, type KeyTable, keyOf } from './frame.ts'
import { STAR, compileGlob, decode, encode, matchGlob } from './glob.ts'
import type { Comparison, ParsedCondition } from './parse-condition.ts'
import { MAYBE, NO, YES, not3, or3, type Tri } from './tri.ts'
import { compileTemplate, fill, type Template } from './variables.ts'

/** A condition made ready: one operator on one key. */
export interface Atom {
  readonly key: Key
  readonly source: ParsedCondition
  readonly tests: readonly Test[]
  /** The values, for who looks for an answer: with wildcards in the engine's form. */
  readonly templates: readonly (string | Template)[]
}

type Test = (value: string, frame: Frame) => Tri

export const compileAtom = (source: ParsedCondition, variables: boolean, keys: KeyTable): Atom => {
  const { comparison } = source
  const texty = comparison.startsWith('String') || comparison === 'ArnLike'
  const wildcards = comparison === 'StringLike' || comparison === 'ArnLike'
  const templates = source.values.map((value) =>
    texty && variables ? compileTemplate(value, wildcards, keys) : wildcards ? encode(value) : value)
  return { key: keyOf(keys, source.key), source, templates, tests: templates.map((template) => compileTest(comparison, template)) }
}

const compileTest = (comparison: Comparison, template: string | Template): Test => {
  if (typeof template === 'string') return constant(comparison, template)
  const memo = new Map<string, Test>()
  return (value, frame) => {
    const text = fill(template, frame)
    if (text === undefined) return MAYBE
    if (text === null) return NO
    let test = memo.get(text)
    if (test === undefined) {
      if (memo.size > 256) memo.clear()
      memo.set(text, test = constant(comparison, text))
    }
    return test(value, frame)
  }
}

const tri = (truth: boolean): Tri => (truth ? YES : NO)
const never: Test = () => NO

const constant = (comparison: Comparison, text: string): Test => {
  switch (comparison) {
    case 'StringEquals': case 'BinaryEquals': return (value) => tri(value === text)
    case 'StringEqualsIgnoreCase': {
      const lower = text.toLowerCase()
      return (value) => tri(value.toLowerCase() === lower)
    }
    case 'StringLike': {
      const glob = compileGlob(text)
      return (value) => tri(matchGlob(glob, value))
    }
    case 'ArnLike': return arnTest(text)
    case 'Bool': {
      const lower = text.toLowerCase()
      return lower === 'true' || lower === 'false' ? (value) => tri(value.toLowerCase() === lower) : never
    }
    case 'IpAddress': {
      const range = parseRange(text)
      if (range === undefined) return never
      return (value) => {
        const address = parseRange(value)
        return tri(address !== undefined && within(address, range))
      }
    }
    case 'Null': return never
    default: return comparison.startsWith('Numeric') ? ordered(comparison.slice(7), number, text) : ordered(comparison.slice(4), date, text)
  }
}

const ordered = (relation: string, read: (text: string) => number | undefined, text: string): Test => {
  const right = read(text)
  if (right === undefined) return never
  const holds: (left: number) => boolean =
    relation === 'Equals' ? (left) => left === right
    : relation === 'LessThan' ? (left) => left < right
    : relation === 'LessThanEquals' ? (left) => left <= right
    : relation === 'GreaterThan' ? (left) => left > right : (left) => left >= right
  return (value) => {
    const left = read(value)
    return tri(left !== undefined && holds(left))
  }
}

/** A decimal number. */
export const number = (text: string): number | undefined => (/^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i.test(text) ? Number(text) : undefined)

/** A W3C date, or seconds since 1970, as milliseconds. */
export const date = (text: string): number | undefined => {
  if (/^-?\d{5,}(\.\d+)?$/.test(text)) return Number(text) * 1000
  if (!/^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[-+]\d\d:?\d\d)?)?)?)?$/.test(text)) return undefined
  const time = Date.parse(text.includes('T') && !/(Z|[-+]\d\d:?\d\d)$/.test(text) ? `${text}Z` : text)
  return Number.isNaN(time) ? undefined : time
}

const arnTest = (text: string): Test => {
  if (text === STAR) return (value) => tri(arnParts(value).length === 6)
  const parts = arnParts(text)
  if (parts.length < 6 && !parts.at(-1)!.endsWith(STAR)) return never
  const globs = [...parts, ...Array<string>(6 - parts.length).fill(STAR)].map(compileGlob)
  return (value) => {
    const values = arnParts(value)
    return tri(values.length === 6 && globs.every((glob, i) => matchGlob(glob, values[i]!)))
  }
}

/** Whether a condition holds for a request. */
export const holds = (atom: Atom, frame: Frame): Tri => {
  const { key, source } = atom
  const cell = look(frame, key)
  if (cell === undefined) return MAYBE
  if (source.comparison === 'Null') return nullTest(source, isNull(cell))
  if (cell === null || (cell.length === 0 && (typeof cell !== 'string' || source.set !== 'one'))) return missing(source)
  if (typeof cell === 'string') return decide(atom, cell, frame)
  if (source.set === 'one') return cell.length === 1 ? decide(atom, cell[0]!, frame) : NO
  return isNull(cell) ? missing(source) : overValues(atom, cell, frame)
}

/** Absent, or nothing but empty text, which set operators and Null take for no value. */
const isNull = (cell: Exclude<Cell, undefined>): boolean => cell === null || cell.length === 0 || (typeof cell !== 'string' && cell.every((value) => value === ''))

/** ForAllValues: each value must match; ForAnyValue: one. */
const overValues = (atom: Atom, values: readonly string[], frame: Frame): Tri => {
  const wanted = atom.source.set === 'any' ? YES : NO
  let result: Tri = wanted === YES ? NO : YES
  for (const value of values) {
    if (value === '') continue
    const one = decide(atom, value, frame)
    if (one === wanted) return wanted
    if (one === MAYBE) result = MAYBE
  }
  return result
}

const nullTest = (source: ParsedCondition, absent: boolean): Tri =>
  source.gap === undefined ? tri(source.values.some((value) => value.toLowerCase() === String(absent))) : MAYBE

/** What a missing key means: ForAllValues and IfExists hold, ForAnyValue does not, else only a negated operator holds. */
const missing = (source: ParsedCondition): Tri => {
  if (source.set === 'all' || source.ifExists) return YES
  return source.set === 'any' ? NO : tri(source.negated)
}

/** One value against all values of the condition: any may match, or, negated, none may. */
const decide = (atom: Atom, value: string, frame: Frame): Tri => {
  let any: Tri = NO
  for (const test of atom.tests) {
    any = or3(any, test(value, frame))
    if (any === YES) break
  }
  if (any !== YES && atom.source.gap !== undefined) {
    note(frame, `a value of ${atom.source.key}: ${atom.source.gap}`)
    any = MAYBE
  }
  return atom.source.negated ? not3(any) : any
}

/** The values of a condition as people read them. */
export const shownValues = (atom: Atom): readonly string[] => atom.source.values.map(decode)
