import { isUnknown } from '../../../core/unknown.ts'
import { failure } from './scope.ts'

/** Binary operators, those that bind least first. */
export const levels: readonly (readonly string[])[] = [['||'], ['&&'], ['==', '!='], ['<', '>', '<=', '>='], ['+', '-'], ['*', '/', '%']]

/** Whether a value counts as true where a condition stands; undefined when it is neither. */
export const truth = (value: unknown): boolean | undefined => (value === true || value === 'true' ? true : value === false || value === 'false' ? false : undefined)

/** Applies an operator; an unknown side makes the result unknown, unless the other side alone decides. */
export const operate = (mark: string, a: unknown, b: unknown): unknown => {
  if (mark === '&&' && (truth(a) === false || truth(b) === false)) return false
  if (mark === '||' && (truth(a) === true || truth(b) === true)) return true
  if (isUnknown(a)) return a
  if (isUnknown(b)) return b
  switch (mark) {
    case '&&': return truth(a) === true && truth(b) === true
    case '||': return truth(a) === true || truth(b) === true
    case '==': return same(a, b)
    case '!=': return !same(a, b)
    default: return arithmetic(mark, Number(a), Number(b))
  }
}

/** Terraform tells `"1"` from `1`; order of keys means nothing. */
export const same = (a: unknown, b: unknown): boolean => {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  const [left, right] = [Object.entries(a), b as Record<string, unknown>]
  return Array.isArray(a) === Array.isArray(b) && left.length === Object.keys(b).length && left.every(([key, value]) => Object.hasOwn(b, key) && same(value, right[key]))
}

const arithmetic = (mark: string, x: number, y: number): unknown => {
  if (Number.isNaN(x) || Number.isNaN(y)) return failure('a number is wanted')
  switch (mark) {
    case '<': return x < y
    case '>': return x > y
    case '<=': return x <= y
    case '>=': return x >= y
    case '+': return x + y
    case '-': return x - y
    case '*': return x * y
    case '/': return y === 0 ? failure('division by zero') : x / y
    default: return y === 0 ? failure('division by zero') : x % y
  }
}
