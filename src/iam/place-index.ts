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
    const place = placeIn(resource.split(/[*?]/, 1)[0]!, !/[*?]/.test(resource))
    const found = new Set(vague)
    for (const [actions, { everywhere, byPlace }] of bySet) {
      if (!hasAction(actions, action)) continue
      for (const index of everywhere) found.add(index)
      for (const list of place === undefined ? byPlace.values() : [byPlace.get(place) ?? []]) for (const index of list) found.add(index)
    }
    return [...found].sort((a, b) => a - b).map((index) => programs[index]!)
  }
}

const enter = (bySet: Map<ActionSet, Places>, { actions, resources, parsed }: Statement, index: number): void => {
  let places = bySet.get(actions)
  if (places === undefined) bySet.set(actions, places = { everywhere: new Set(), byPlace: new Map() })
  const { everywhere, byPlace } = places
  const vague = resources === undefined || parsed.notResource || parsed.gaps.resource !== undefined
  for (const place of vague ? [undefined] : resources.map(placeOf)) {
    if (place === undefined) everywhere.add(index)
    else if (byPlace.has(place)) byPlace.get(place)!.push(index)
    else byPlace.set(place, [index])
  }
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
