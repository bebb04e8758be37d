import type { ActionEntry } from './actions.ts'
import { kindOf, multivalued, alwaysPresent, type KeyKind } from './condition-keys.ts'
import { derivations, type Derive } from './derive.ts'
import type { EndpointEntry } from './estate.ts'
import type { ContextValue, Request } from './model.ts'
import type { Subject } from './subject.ts'
import type { Target } from './target.ts'
import { literal } from './glob.ts'

/** What a key holds in a request: a value, many, `null` when absent, `undefined` when it is free (not decided yet). */
export type Cell = string | readonly string[] | null | undefined

/** A condition key, one object for all its mentions. */
export interface Key {
  /** Lower case. */
  readonly name: string
  /** As first written in a policy. */
  readonly shown: string
  readonly kind: KeyKind
  readonly multi: boolean
  readonly always: boolean
  readonly derive: Derive | undefined
}

/** Condition keys of one compilation, by lower-case name, and those of which the catalogue says that they have many values. */
export interface KeyTable { readonly byName: Map<string, Key>, readonly many: ReadonlySet<string> }

export const keyOf = (table: KeyTable, shown: string): Key => {
  const name = shown.toLowerCase()
  const known = table.byName.get(name)
  if (known !== undefined) return known
  const key: Key = { name, shown, kind: kindOf(name), multi: multivalued.has(name) || table.many.has(name), always: alwaysPresent.has(name), derive: derivations(name) }
  table.byName.set(name, key)
  return key
}

/** One evaluation: the request with everything it names found, and what is being tried for its free keys. */
export interface Frame {
  readonly request: Request
  readonly context: ReadonlyMap<string, ContextValue>
  readonly absent: ReadonlySet<string>
  readonly complete: boolean
  readonly subject: Subject
  readonly target: Target
  readonly action: ActionEntry
  /** The resource as policies see it. */
  resource: string
  /** Values tried for free keys. */
  overlay: Map<Key, ContextValue | null> | undefined
  /** Free keys that were read, when somebody asks. */
  free: Set<Key> | undefined
  /** Things read that are not known, when somebody asks: text in words. */
  gaps: Set<string> | undefined
  /** Whether something of this very principal was read, so that its class says nothing of its other members. */
  personal: boolean
  /** Stands in for the bucket behind an access point. */
  accessPoint: string | undefined
  /** The VPC endpoint that the request goes through, where it is listed. */
  readonly endpoint: EndpointEntry | undefined
}

const nothing: ReadonlyMap<string, ContextValue> = new Map()
const none: ReadonlySet<string> = new Set()
const normalized = new WeakMap<object, ReadonlyMap<string, ContextValue>>()

/** The keys of a context in lower case; remembered for as long as the context object lives. */
export const normalize = (context: Request['context']): ReadonlyMap<string, ContextValue> => {
  if (context === undefined) return nothing
  const known = normalized.get(context)
  if (known !== undefined) return known
  const map = new Map<string, ContextValue>()
  for (const name of Object.keys(context)) {
    const value = context[name]!
    map.set(name.toLowerCase(), typeof value === 'string' ? literal(value) : value.map(literal))
  }
  normalized.set(context, map)
  return map
}

export const absentSet = (absent: readonly string[] | undefined): ReadonlySet<string> =>
  absent === undefined || absent.length === 0 ? none : new Set(absent.map((name) => name.toLowerCase()))

/** What a key holds; given first, then derived, then free or absent. */
export const look = (frame: Frame, key: Key): Cell => {
  if (frame.overlay !== undefined) {
    const tried = frame.overlay.get(key)
    if (tried !== undefined) return tried
  }
  const given = frame.context.get(key.name)
  if (given !== undefined) return given
  if (frame.absent.has(key.name)) return null
  if (key.derive !== undefined) {
    const derived = key.derive(frame, key)
    if (derived !== undefined) return derived
  } else if (frame.complete) {
    return null
  }
  if (frame.free !== undefined) frame.free.add(key)
  return undefined
}

/** Notes why something is not known, for the residual conditions. */
export const note = (frame: Frame, gap: string): void => {
  if (frame.gaps !== undefined) frame.gaps.add(gap)
}
