import type { Condition, Detection, Selection } from '../detection.ts'
import { compileSelection, keyReader, matchesOf, reader, type Predicate } from '../match.ts'
import type { LogEvent } from '../event.ts'
import type { Estate } from '../estate.ts'

/** A detection made ready to look at records. */
export interface Compiled {
  readonly detection: Detection
  readonly key: (event: LogEvent, look: Look) => string | undefined
  /** What a record means to the condition; undefined when it means nothing. */
  readonly look: (event: LogEvent, estate: Estate) => Look | undefined
  readonly eases: readonly Predicate[]
}

export interface Look { readonly values: readonly (string | number)[], readonly clears?: true }

/** Makes a detection ready. */
export const compile = (detection: Detection): Compiled => ({
  detection,
  key: keyOf(detection.when),
  look: lookOf(detection.when),
  eases: detection.eases.map(({ match }) => compileSelection(match)),
})

const keyOf = (condition: Condition): Compiled['key'] => {
  if (condition.kind !== 'set' || condition.keys === undefined) return keyReader(('by' in condition && condition.by) || ['principal'])
  const readers = condition.keys.map(keyReader)
  return (event, { values }) => readers[Number(values[0])]?.(event)
}

const lookOf = (condition: Condition): Compiled['look'] => {
  switch (condition.kind) {
    case 'event': return plain(condition.match, condition.where, () => [])
    case 'first': {
      const value = keyReader(condition.of)
      return plain(condition.match, condition.where, (event) => [value(event) ?? ''])
    }
    case 'spike': {
      const weight = condition.weight === undefined ? undefined : reader(condition.weight)
      return plain(condition.match, undefined, (event) => [weight === undefined ? 1 : Number(weight(event)[0] ?? 0) || 0])
    }
    case 'count': {
      const readers = Object.keys(condition.distinct ?? {}).map((field) => keyReader([field]))
      const counts = plain(condition.match, condition.where, (event) => readers.map((read) => read(event) ?? ''))
      const clears = condition.unless === undefined ? undefined : compileSelection(condition.unless)
      return (event, estate) => counts(event, estate) ?? (clears?.(event, estate) === true ? { values: readers.map(() => ''), clears: true } : undefined)
    }
    case 'ratio': {
      const [part, whole] = [compileSelection(condition.match), compileSelection(condition.of)]
      return (event, estate) => (part(event, estate) ? { values: [1] } : whole(event, estate) ? { values: [0] } : undefined)
    }
    case 'set': {
      const steps = condition.steps.map(({ match }) => compileSelection(match))
      return (event, estate) => {
        const hits = steps.flatMap((step, index) => (step(event, estate) ? [index] : []))
        return hits.length === 0 || condition.where?.(event, estate) === false ? undefined : { values: hits }
      }
    }
    case 'periodic': return plain(condition.match, undefined, () => [])
  }
}

const plain = (selection: Selection, where: undefined | ((event: LogEvent, estate: Estate) => boolean), values: (event: LogEvent) => (string | number)[]): Compiled['look'] => {
  const matches = compileSelection(selection)
  return (event, estate) => (matches(event, estate) && (where === undefined || where(event, estate)) ? { values: values(event) } : undefined)
}

/** Every selection that a condition reads. */
export const selectionsOf = (condition: Condition): readonly Selection[] => {
  if (condition.kind === 'set') return condition.steps.map(({ match }) => match)
  if (condition.kind === 'ratio') return [condition.match, condition.of]
  return condition.kind === 'count' && condition.unless !== undefined ? [condition.match, condition.unless] : [condition.match]
}

/** Detections by the records that they may care for: by log and event name, or any of the log. */
export const dispatcher = (compiled: readonly Compiled[]): ((event: LogEvent) => readonly Compiled[]) => {
  const named = new Map<string, Set<Compiled>>()
  const sourced = new Map<string, Set<Compiled>>()
  const open = new Map<string, Set<Compiled>>()
  const add = (to: Map<string, Set<Compiled>>, key: string, one: Compiled): void => void (to.get(key) ?? to.set(key, new Set()).get(key)!).add(one)
  for (const one of compiled) {
    for (const match of selectionsOf(one.detection.when).flatMap(matchesOf)) {
      const { log } = one.detection
      const names = namesIn(match['eventName'])
      const sources = namesIn(match['eventSource'])
      if (names !== undefined) for (const name of names) add(named, `${logOf(match, log)}|${name}`, one)
      else if (sources !== undefined) for (const source of sources) add(sourced, `${logOf(match, log)}|${source}`, one)
      else add(open, logOf(match, log), one)
    }
  }
  const cache = new Map<string, readonly Compiled[]>()
  return (event) => {
    const key = `${event.log}|${event.eventSource}|${event.eventName}`
    let found = cache.get(key)
    if (found === undefined) {
      found = [...new Set([...named.get(`${event.log}|${event.eventName}`) ?? [], ...sourced.get(`${event.log}|${event.eventSource}`) ?? [], ...open.get(event.log) ?? []])]
      if (cache.size < 10_000) cache.set(key, found)
    }
    return found
  }
}

const logOf = (match: Readonly<Record<string, unknown>>, usual: string): string => (typeof match['log'] === 'string' ? match['log'] : usual)

/** The exact texts that a test accepts; undefined when it accepts others too. */
export const namesIn = (test: unknown): readonly string[] | undefined => {
  if (typeof test === 'string') return [test]
  return Array.isArray(test) && test.every((name) => typeof name === 'string') ? test : undefined
}
