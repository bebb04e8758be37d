import { isUnknown } from '../core/unknown.ts'
import { escape, isObject, type Report } from './parse-tools.ts'

/** What an operator compares. */
export type Comparison =
  | 'StringEquals' | 'StringEqualsIgnoreCase' | 'StringLike' | 'NumericEquals' | 'NumericLessThan' | 'NumericLessThanEquals'
  | 'NumericGreaterThan' | 'NumericGreaterThanEquals' | 'DateEquals' | 'DateLessThan' | 'DateLessThanEquals' | 'DateGreaterThan'
  | 'DateGreaterThanEquals' | 'Bool' | 'BinaryEquals' | 'IpAddress' | 'ArnLike' | 'Null'

/** One operator, key and values of a Condition element. */
export interface ParsedCondition {
  /** As written. */
  readonly operator: string
  readonly comparison: Comparison
  readonly negated: boolean
  readonly ifExists: boolean
  readonly set: 'one' | 'all' | 'any'
  /** As written. */
  readonly key: string
  readonly values: readonly string[]
  /** Values, or the whole, that could not be read. */
  readonly gap?: string
}

const operators: Readonly<Record<string, readonly [Comparison, boolean]>> = {
  stringequals: ['StringEquals', false], stringnotequals: ['StringEquals', true],
  stringequalsignorecase: ['StringEqualsIgnoreCase', false], stringnotequalsignorecase: ['StringEqualsIgnoreCase', true],
  stringlike: ['StringLike', false], stringnotlike: ['StringLike', true],
  numericequals: ['NumericEquals', false], numericnotequals: ['NumericEquals', true],
  numericlessthan: ['NumericLessThan', false], numericlessthanequals: ['NumericLessThanEquals', false],
  numericgreaterthan: ['NumericGreaterThan', false], numericgreaterthanequals: ['NumericGreaterThanEquals', false],
  dateequals: ['DateEquals', false], datenotequals: ['DateEquals', true],
  datelessthan: ['DateLessThan', false], datelessthanequals: ['DateLessThanEquals', false],
  dategreaterthan: ['DateGreaterThan', false], dategreaterthanequals: ['DateGreaterThanEquals', false],
  bool: ['Bool', false], binaryequals: ['BinaryEquals', false],
  ipaddress: ['IpAddress', false], notipaddress: ['IpAddress', true],
  arnequals: ['ArnLike', false], arnlike: ['ArnLike', false], arnnotequals: ['ArnLike', true], arnnotlike: ['ArnLike', true],
  null: ['Null', false],
}

/** Reads a Condition element. */
export const parseCondition = (value: unknown, pointer: string, report: Report, gaps: { condition?: string }): ParsedCondition[] => {
  if (value === undefined) return []
  if (isUnknown(value)) {
    gaps.condition = value.$unknown
    return []
  }
  if (!isObject(value)) {
    report(pointer, 'error', 'Condition is an object of operators')
    return []
  }
  return Object.entries(value).flatMap(([operator, block]) => parseBlock(operator, block, `${pointer}/${escape(operator)}`, report, gaps))
}

const parseBlock = (operator: string, block: unknown, pointer: string, report: Report, gaps: { condition?: string }): ParsedCondition[] => {
  const read = readOperator(operator)
  if (read === undefined) {
    report(pointer, 'error', `There is no condition operator ${operator.slice(0, 100)}`)
    return []
  }
  if (isUnknown(block)) {
    gaps.condition = block.$unknown
    return []
  }
  if (!isObject(block)) {
    report(pointer, 'error', 'A condition operator holds an object of keys')
    return []
  }
  return Object.entries(block).map(([key, raw]) => {
    const at = `${pointer}/${escape(key)}`
    const { values, gap } = readValues(raw, at, report)
    if (values.length === 0 && gap === undefined) report(at, 'warning', `${key} is compared with no value`)
    return { ...read, operator, key, values, ...(gap !== undefined && { gap }) }
  })
}

const readOperator = (operator: string): Pick<ParsedCondition, 'comparison' | 'negated' | 'ifExists' | 'set'> | undefined => {
  const lower = operator.toLowerCase()
  const set = lower.startsWith('forallvalues:') ? 'all' : lower.startsWith('foranyvalue:') ? 'any' : 'one'
  const name = set === 'one' ? lower : lower.slice(lower.indexOf(':') + 1)
  const ifExists = name.endsWith('ifexists')
  const known = Object.hasOwn(operators, ifExists ? name.slice(0, -8) : name) ? operators[ifExists ? name.slice(0, -8) : name] : undefined
  if (known === undefined || (known[0] === 'Null' && (ifExists || set !== 'one'))) return undefined
  return { comparison: known[0], negated: known[1], ifExists, set }
}

const readValues = (raw: unknown, pointer: string, report: Report): { values: string[], gap?: string } => {
  let gap: string | undefined
  const list: readonly unknown[] = Array.isArray(raw) ? raw : [raw]
  const values = list.flatMap((item) => {
    if (typeof item === 'string') return [item]
    if (typeof item === 'number' || typeof item === 'boolean') return [String(item)]
    if (isUnknown(item)) gap = item.$unknown
    else report(pointer, 'error', 'A condition value is text, a number or a boolean')
    return []
  })
  return gap === undefined ? { values } : { values, gap }
}
