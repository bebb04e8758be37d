import type { Estate } from './estate.ts'
import { evaluate } from './evaluate.ts'
import type { Frame, Key } from './frame.ts'
import type { ContextValue } from './model.ts'
import { relevant, samples } from './samples.ts'
import type { Statement } from './statement.ts'
import { MAYBE, NO, YES, type Tri } from './tri.ts'

/** Who decides a free key. */
export const decider = (key: Key, { subject }: Frame): 'caller' | 'environment' | 'gap' => {
  if (subject.kind === 'outsider' && key.kind === 'principal') return 'caller'
  if (key.kind === 'caller' || key.name === 'aws:requestedregion') return 'caller'
  if (key.kind === 'resource') return 'gap'
  if (key.kind === 'principal' && !/^aws:(userid|sourceidentity|federatedprovider)$/.test(key.name)) return 'gap'
  return 'environment'
}

/** The answer to a request, and the values of free keys that were found for it. */
export interface Solution {
  readonly result: Tri
  /** What the caller chooses; for a conditional answer also an environment in which it is allowed. */
  readonly chosen: ReadonlyMap<Key, ContextValue | null>
  /** Whether the search was cut short: the answer is then conditional. */
  readonly cut: boolean
}

/** Evaluations that one request may cost before its answer is left conditional. */
const budget = 20_000
const nothing: ReadonlyMap<Key, ContextValue | null> = new Map()

/**
 * Decides a request. Where free keys matter, the caller's are tried first: one choice that allows whatever else holds is
 * enough. The others are tried under each choice: all must allow for an allow, one for a conditional answer.
 */
export const solve = (estate: Estate, frame: Frame): Solution => {
  if (!frame.complete) frame.free = new Set()
  let first = evaluate(estate, frame)
  if (first === MAYBE && frame.complete) {
    frame.free = new Set()
    first = evaluate(estate, frame)
  }
  const keys = [...frame.free ?? []]
  frame.free = undefined
  if (first !== MAYBE || keys.length === 0) return { result: first, chosen: nothing, cut: false }
  const search: Search = { estate, frame, overlay: frame.overlay = new Map(), statements: relevant(estate, frame), left: budget, possible: undefined }
  const result = choose(search, { result: first, keys })
  const cut = search.left <= 0
  const chosen = result === YES ? new Map(search.overlay) : search.possible ?? nothing
  frame.overlay = undefined
  frame.free = undefined
  return { result: result === NO && cut ? MAYBE : result, chosen, cut }
}

interface Search {
  readonly estate: Estate
  readonly frame: Frame
  readonly overlay: Map<Key, ContextValue | null>
  readonly statements: readonly Statement[]
  left: number
  /** The first choice and environment under which the request may be allowed. */
  possible: Map<Key, ContextValue | null> | undefined
}

const free = ({ estate, frame }: Search): { result: Tri, keys: Key[] } => {
  const read = frame.free = new Set<Key>()
  const result = evaluate(estate, frame)
  return { result, keys: result === MAYBE ? [...read] : [] }
}

/** Tries the caller's values. Leaves those of a sure answer in the overlay. */
const choose = (search: Search, { result, keys } = free(search)): Tri => {
  if (search.left-- <= 0) return MAYBE
  if (result !== MAYBE) return result
  const key = keys.find((one) => decider(one, search.frame) === 'caller')
  if (key === undefined) return withstand(search, keys)
  let best: Tri = NO
  for (const value of samples(search.estate, search.frame, key, search.statements)) {
    search.overlay.set(key, value)
    const one = choose(search)
    if (one === YES) return YES
    if (one === MAYBE) best = MAYBE
    search.overlay.delete(key)
  }
  return best
}

/** Tries everything that the caller does not choose. */
const withstand = (search: Search, keys: readonly Key[]): Tri => {
  const key = keys[0]
  if (key === undefined) {
    search.possible ??= new Map(search.overlay)
    return MAYBE
  }
  let all = true
  let some = false
  for (const value of samples(search.estate, search.frame, key, search.statements)) {
    if (search.left-- <= 0) return MAYBE
    search.overlay.set(key, value)
    const next = free(search)
    const one = next.result === MAYBE ? withstand(search, next.keys) : next.result
    if (one === YES) search.possible ??= new Map(search.overlay)
    search.overlay.delete(key)
    if (one !== YES) all = false
    if (one !== NO) some = true
    if (some && !all) return MAYBE
  }
  return all && some ? YES : some ? MAYBE : NO
}
