import { hasAction, type ActionEntry, type ActionSet } from './actions.ts'
import type { Program } from './program.ts'
import type { ResourcePattern } from './resources.ts'
import type { Statement } from './statement.ts'

/** The programs, in their order, of which some statement that allows an action may speak of a resource or a pattern of one. */
export type ProgramsNear = (action: ActionEntry, resource: string) => readonly Program[]

/** Where the allowing statements with one list of actions speak: programs by their number. */
interface Places {
  readonly everywhere: Set<number>
  readonly byPlace: Map<string, number[]>
  /** Those that name one resource whole; the places hold them as well. */
  readonly byName: Map<string, number[]>
  /** The places without them. */
  readonly byPattern: Map<string, number[]>
}

/**
 * Finds programs by the place that their patterns begin with, so that who-can on one bucket does not look at the policies of
 * all others. A place is an ARN up to the first slash behind its fifth colon; a pattern that begins less exactly is everywhere.
 */
export const placeIndex = (programs: readonly Program[]): ProgramsNear => {
  const bySet = new Map<ActionSet, Places>()
  const vague: number[] = []
  for (const [index, { statements }] of programs.entries()) {
    for (const statement of statements) {
      if (statement.actionGap !== undefined) vague.push(index)
      if (statement.allow) enter(bySet, statement, index)
    }
  }
  return (action, resource) => {
    const whole = !/[*?]/.test(resource)
    const place = placeIn(resource.split(/[*?]/, 1)[0]!, whole)
    const found = new Set(vague)
    for (const [actions, { everywhere, byPlace, byName, byPattern }] of bySet) {
      if (!hasAction(actions, action)) continue
      for (const index of everywhere) found.add(index)
      const lists = place === undefined ? byPlace.values() : whole ? [byPattern.get(place) ?? [], byName.get(resource) ?? []] : [byPlace.get(place) ?? []]
      for (const list of lists) for (const index of list) found.add(index)
    }
    return [...found].sort((a, b) => a - b).map((index) => programs[index]!)
  }
}

const enter = (bySet: Map<ActionSet, Places>, { actions, resources, parsed }: Statement, index: number): void => {
  let places = bySet.get(actions)
  if (places === undefined) bySet.set(actions, places = { everywhere: new Set(), byPlace: new Map(), byName: new Map(), byPattern: new Map() })
  const { everywhere, byPlace, byName, byPattern } = places
  if (resources === undefined || parsed.notResource || parsed.gaps.resource !== undefined) {
    everywhere.add(index)
    return
  }
  for (const pattern of resources) {
    const place = placeOf(pattern)
    if (place === undefined) everywhere.add(index)
    else {
      put(byPlace, place, index)
      if (pattern.kind === 'exact') put(byName, pattern.literal, index)
      else put(byPattern, place, index)
    }
  }
}

const put = (lists: Map<string, number[]>, key: string, index: number): void => {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [index])
  else list.push(index)
}

const placeOf = (pattern: ResourcePattern): string | undefined => {
  switch (pattern.kind) {
    case 'exact': return placeIn(pattern.literal, true)
    case 'prefix': return placeIn(pattern.literal, false)
    case 'headed':
    case 'variable': return placeIn(pattern.head, false)
    default: return undefined
  }
}

/** The place that a text begins with; undefined where it ends before one is certain. */
const placeIn = (text: string, whole: boolean): string | undefined => {
  let at = -1
  for (let colons = 0; colons < 5; colons++) {
    at = text.indexOf(':', at + 1)
    if (at < 0) return undefined
  }
  const slash = text.indexOf('/', at)
  if (slash >= 0) return text.slice(0, slash)
  return whole ? text : undefined
}
