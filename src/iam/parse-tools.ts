import { isUnknown } from '../core/unknown.ts'
import type { Diagnostic } from './model.ts'

/** Takes one complaint about a place of a policy. */
export type Report = (pointer: string, severity: Diagnostic['severity'], message: string) => void

/** The texts of an element that is one text or a list; unknown members go to `onGap`. */
export const texts = (value: unknown, pointer: string, report: Report, onGap: (reason: string) => void): string[] => {
  if (isUnknown(value)) {
    onGap(value.$unknown)
    return []
  }
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  return list.flatMap((entry, i) => {
    if (typeof entry === 'string') return [entry]
    if (isUnknown(entry)) onGap(entry.$unknown)
    else report(Array.isArray(value) ? `${pointer}/${i}` : pointer, 'error', 'Text is expected here')
    return []
  })
}

/** Whether a JSON value is an object. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A name as a step of a JSON pointer. */
export const escape = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1')

/** Which of an element and its negation is there: true for the negation. Both, or neither, is an error. */
export const pick = (item: Record<string, unknown>, plain: string, negated: string, pointer: string, report: Report): boolean => {
  const has = item[plain] !== undefined
  const hasNot = item[negated] !== undefined
  if (has && hasNot) report(pointer, 'error', `A statement has ${plain} or ${negated}, not both`)
  if (!has && !hasNot) report(pointer, 'error', `A statement needs ${plain} or ${negated}`)
  return hasNot && !has
}
