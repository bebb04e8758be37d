import { isUnknown, throwUnknown, uncounted } from '../core/unknown.ts'

/** A value that was read while a check decided: the pointer, and what stood there. */
export interface Read { readonly pointer: string, readonly value: unknown }

/**
 * Wraps properties so that reading an unknown stops the decision, and every value read is told to `onRead`.
 * `partial` is the reason why an absent property is unknown rather than unset.
 */
export const guarded = <T extends object>(properties: T, partial: string | undefined, onRead?: (read: Read) => void): T =>
  wrap(properties, '', { partial, onRead }) as T

interface Guard {
  readonly partial: string | undefined
  readonly onRead: ((read: Read) => void) | undefined
  /** A method goes through the list, and stops by itself at what is unknown: only a check that asks for the length needs it. */
  readonly walking?: true
}

const wrap = (target: object, path: string, guard: Guard): object => {
  const at = (key: string) => (path === '' ? key : `${path}/${key}`)
  const checkKeys = () => {
    if (guard.partial !== undefined) throwUnknown(guard.partial)
  }
  const inside: Guard = { partial: guard.partial, onRead: guard.onRead }
  return new Proxy(target, {
    get(object, key, receiver) {
      const value: unknown = Reflect.get(object, key, Array.isArray(object) ? object : receiver)
      if (typeof key === 'symbol' || (typeof value === 'function' && !Object.hasOwn(object, key))) return method(value, Array.isArray(object) ? wrap(object, path, { ...guard, walking: true }) : receiver)
      if (Array.isArray(object) && key === 'length') return guard.walking === true ? value : counted(object)
      if (key === 'toJSON' && value === undefined) return undefined // what JSON.stringify looks for, no property
      return pass(value, at(key), inside)
    },
    has(object, key) {
      const there = Reflect.has(object, key)
      if (!there) checkKeys()
      return there
    },
    ownKeys(object) {
      checkKeys()
      return Reflect.ownKeys(object)
    },
  })
}

const counted = (list: readonly unknown[]): number => {
  const reason = uncounted(list)
  return reason === undefined ? list.length : throwUnknown(reason)
}

const pass = (value: unknown, pointer: string, guard: Guard): unknown => {
  if (isUnknown(value)) return throwUnknown(value.$unknown)
  if (value === undefined && guard.partial !== undefined) return throwUnknown(guard.partial)
  guard.onRead?.({ pointer, value })
  return typeof value === 'object' && value !== null ? wrap(value, pointer, guard) : value
}

/** Array methods run on a proxy, so what they read is seen. */
const method = (value: unknown, receiver: unknown): unknown =>
  typeof value === 'function' ? (value as (...args: unknown[]) => unknown).bind(receiver) : value

/** Of what was read, the leaves: a value inside another makes the outer one redundant. */
export const leaves = (reads: readonly Read[]): Read[] => {
  const last = new Map(reads.map((read) => [read.pointer, read]))
  const pointers = [...last.keys()]
  return [...last.values()].filter(({ pointer }) => !pointers.some((other) => other.startsWith(`${pointer}/`)))
}
