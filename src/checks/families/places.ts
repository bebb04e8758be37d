import { every } from '../../core/unknown.ts'

type Test = (value: unknown) => boolean

/** Whether each value that a pointer reaches passes; true where it reaches none. One sure failure wins over unknowns. */
export const everyAt = (root: unknown, pointer: string, test: Test): boolean => follow(root, steps(pointer), test)

/** Whether any value that a pointer reaches passes. One sure pass wins over unknowns. */
export const someAt = (root: unknown, pointer: string, test: Test = () => true): boolean => !everyAt(root, pointer, (value) => !test(value))

const steps = (pointer: string): string[] => (pointer === '' ? [] : pointer.split('/'))

const follow = (value: unknown, [step, ...rest]: readonly string[], test: Test): boolean => {
  if (step === undefined) return test(value)
  if (typeof value !== 'object' || value === null) return true
  const holder = value as Readonly<Record<string, unknown>>
  if (step === '*') return every(Object.keys(holder), (key) => follow(holder[key], rest, test))
  const next = holder[step]
  return next === undefined || follow(next, rest, test)
}

/** A copy of an example with a value at a pointer; objects on the way are made, `*` means each item that is there. */
export const withAt = <T>(root: T, pointer: string, value: unknown): T => set(root, steps(pointer), value) as T

const set = (at: unknown, [step, ...rest]: readonly string[], value: unknown): unknown => {
  if (step === undefined) return value
  if (Array.isArray(at)) return at.map((item, index) => (step === '*' || step === String(index) ? set(item, rest, value) : item))
  const holder = (at ?? {}) as Readonly<Record<string, unknown>>
  const keys = step === '*' ? Object.keys(holder) : [step]
  return { ...holder, ...Object.fromEntries(keys.map((key) => [key, set(holder[key], rest, value)])) }
}

/** What is left of a pointer inside a place that it passes through. */
export const below = (pointer: string, place: string): string => (place === '' ? pointer : pointer.slice(place.length + 1))
