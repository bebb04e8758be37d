import type { Entry, Window } from './window.ts'

/** What a spike condition knows of one key: its first hour, the hour it is in, its weight so far, and the heaviest hour before. */
export interface Hours { first: number, hour: number, sum: number, heaviest: number, hours: number }

/** Everything that an engine remembers, bounded, as it is saved. */
export interface Memory {
  /** Windows by detection and key, the least recently used first. */
  readonly windows: Map<string, Window>
  /** When a scope was first watched, by detection and scope. */
  readonly scopes: Map<string, number>
  /** Values seen, by detection, scope and value. */
  readonly seen: Map<string, number>
  readonly hours: Map<string, Hours>
  /** Identities of records read, in two generations. */
  ids: [Set<string>, Set<string>]
  entries: number
  evicted: number
}

/** Most of each kind that are kept. */
export interface Caps { readonly entries: number, readonly seen: number, readonly ids: number }

export const usualCaps: Caps = { entries: 120_000, seen: 300_000, ids: 150_000 }

export const newMemory = (): Memory =>
  ({ windows: new Map(), scopes: new Map(), seen: new Map(), hours: new Map(), ids: [new Set(), new Set()], entries: 0, evicted: 0 })

/** The window of a key, made the most recently used. */
export const windowOf = (memory: Memory, key: string): Window => {
  const window = memory.windows.get(key) ?? []
  memory.windows.delete(key)
  memory.windows.set(key, window)
  return window
}

/** Lets the least recently used windows go until the rest fits. */
export const fit = (memory: Memory, caps: Caps): void => {
  for (const [key, window] of memory.windows) {
    if (memory.entries <= caps.entries) break
    memory.windows.delete(key)
    memory.entries -= window.length
    memory.evicted++
  }
  for (const map of [memory.seen, memory.scopes, memory.hours] as Map<string, unknown>[]) {
    for (const key of map.keys()) {
      if (map.size <= caps.seen) break
      map.delete(key)
      memory.evicted++
    }
  }
}

/** Whether a record was read before; remembers it. */
export const isRepeated = (memory: Memory, id: string, caps: Caps): boolean => {
  if (memory.ids[0].has(id) || memory.ids[1].has(id)) return true
  memory.ids[0].add(id)
  if (memory.ids[0].size > caps.ids) memory.ids = [new Set(), memory.ids[0]]
  return false
}

/** A memory as JSON. */
export interface SavedMemory {
  readonly windows: readonly (readonly [string, readonly Entry[]])[]
  readonly scopes: readonly (readonly [string, number])[]
  readonly seen: readonly (readonly [string, number])[]
  readonly hours: readonly (readonly [string, Hours])[]
  readonly ids: readonly (readonly string[])[]
  readonly evicted: number
}

export const saveMemory = (memory: Memory): SavedMemory => ({
  windows: [...memory.windows], scopes: [...memory.scopes], seen: [...memory.seen], hours: [...memory.hours],
  ids: memory.ids.map((set) => [...set]), evicted: memory.evicted,
})

export const loadMemory = (saved: SavedMemory): Memory => ({
  windows: new Map(saved.windows.map(([key, entries]) => [key, [...entries]])),
  scopes: new Map(saved.scopes), seen: new Map(saved.seen), hours: new Map(saved.hours),
  ids: [new Set(saved.ids[0]), new Set(saved.ids[1])],
  entries: saved.windows.reduce((sum, [, entries]) => sum + entries.length, 0),
  evicted: saved.evicted,
})

/** What first-seen and spike conditions learn: a baseline makes a first day quiet. */
export type Baseline = Pick<SavedMemory, 'scopes' | 'seen' | 'hours'>

/** The baseline in a memory; its scopes count as watched for ever. */
export const baselineOf = (memory: Memory): Baseline =>
  ({ scopes: [...memory.scopes.keys()].map((key) => [key, 0] as const), seen: [...memory.seen], hours: [...memory.hours] })
