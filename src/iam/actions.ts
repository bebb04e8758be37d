import { compileGlob, encode, matchGlob, type Glob } from './glob.ts'
import type { Catalogue, CatalogueAction } from './catalogue.ts'

/** An action of the catalogue, or one that it does not know. */
export interface ActionEntry {
  /** Dense from 0. */
  readonly id: number
  /** `s3:getobject`. */
  readonly name: string
  /** `s3:GetObject`. */
  readonly shown: string
  readonly service: string
  readonly facts: CatalogueAction | undefined
  /** Whether it is a pattern of actions. */
  readonly wild: boolean
}

/** Actions by lower-case name; grows by what requests name. */
export interface ActionTable {
  readonly byName: Map<string, ActionEntry>
  readonly list: ActionEntry[]
  /** Entries from here on are not in the catalogue. */
  readonly known: number
}

export const buildActions = (catalogue: Catalogue | undefined): ActionTable => {
  const list: ActionEntry[] = []
  const byName = new Map<string, ActionEntry>()
  for (const [service, facts] of Object.entries(catalogue?.services ?? {})) {
    for (const [name, action] of Object.entries(facts.actions)) addAction(byName, list, `${service}:${name}`, action)
  }
  return { byName, list, known: list.length }
}

const addAction = (byName: Map<string, ActionEntry>, list: ActionEntry[], shown: string, facts: CatalogueAction | undefined): ActionEntry => {
  const name = shown.toLowerCase()
  const entry: ActionEntry = { id: list.length, name, shown, service: name.slice(0, Math.max(0, name.indexOf(':'))), facts, wild: name.includes('*') || name.includes('?') }
  list.push(entry)
  byName.set(name, entry)
  return entry
}

/** Spellings that are remembered, so that a hostile list of them cannot fill the memory. */
const spellings = 200_000

/** The entry of an action in any case. */
export const actionOf = (table: ActionTable, text: string): ActionEntry => {
  const known = table.byName.get(text)
  if (known !== undefined) return known
  const entry = table.byName.get(text.toLowerCase()) ?? addAction(table.byName, table.list, text, undefined)
  if (table.byName.size < spellings) table.byName.set(text, entry)
  return entry
}

/** The actions that a statement's Action or NotAction names; one object for all statements with the same list. */
export interface ActionSet {
  readonly all: boolean
  readonly not: boolean
  readonly exact: ReadonlySet<string>
  /** By service; those whose service is itself `*` do not exist. */
  readonly patterns: ReadonlyMap<string, readonly Glob[]>
}

export const compileActions = (names: readonly string[], not: boolean): ActionSet => {
  const exact = new Set<string>()
  const patterns = new Map<string, Glob[]>()
  let all = false
  for (const name of names) {
    if (name === '*' || name === '*:*') all = true
    else if (/[*?]/.test(name)) {
      const service = name.slice(0, name.indexOf(':'))
      const list = patterns.get(service) ?? []
      list.push(compileGlob(encode(name)))
      patterns.set(service, list)
    } else exact.add(name)
  }
  return { all, not, exact, patterns }
}

export const hasAction = (set: ActionSet, action: ActionEntry): boolean =>
  set.not !== (set.all || set.exact.has(action.name) || (set.patterns.get(action.service)?.some((glob) => matchGlob(glob, action.name)) ?? false))
