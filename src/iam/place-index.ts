import type { ActionEntry } from './actions.ts'
import type { ProgramsFor } from './program-index.ts'
import { candidates, type Program } from './program.ts'
import type { ResourcePattern } from './resources.ts'

/** The programs, in their order, of which some statement that allows an action may speak of a resource or a pattern of one. */
export type ProgramsNear = (action: ActionEntry, resource: string) => readonly Program[]

interface Places { readonly broad: readonly number[], readonly byPlace: ReadonlyMap<string, readonly number[]>, readonly programs: readonly Program[] }

/**
 * Finds programs by the place that their patterns begin with, so that who-can on one bucket does not look at the policies of
 * all others. A place is an ARN up to the first slash behind its fifth colon; a pattern that begins less exactly is everywhere.
 */
export const placeIndex = (programsFor: ProgramsFor): ProgramsNear => {
  const known = new Map<number, Places>()
  return (action, resource) => {
    let places = known.get(action.id)
    if (places === undefined) known.set(action.id, places = placesOf(programsFor(action), action))
    const { broad, byPlace, programs } = places
    const place = placeIn(resource.split(/[*?]/, 1)[0]!, !/[*?]/.test(resource))
    if (place === undefined) return programs
    return merged(broad, byPlace.get(place) ?? []).map((index) => programs[index]!)
  }
}

const placesOf = (programs: readonly Program[], action: ActionEntry): Places => {
  const broad: number[] = []
  const byPlace = new Map<string, number[]>()
  for (const [index, program] of programs.entries()) {
    const places = new Set<string>()
    let everywhere = false
    for (const { resources, parsed } of candidates(program, action).allow) {
      if (resources === undefined || parsed.notResource || parsed.gaps.resource !== undefined) everywhere = true
      else for (const pattern of resources) {
        const place = placeOf(pattern)
        if (place === undefined) everywhere = true
        else places.add(place)
      }
    }
    if (everywhere) broad.push(index)
    else for (const place of places) byPlace.set(place, [...byPlace.get(place) ?? [], index])
  }
  return { broad, byPlace, programs }
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

/** Two ascending lists as one. */
const merged = (a: readonly number[], b: readonly number[]): number[] => {
  const all: number[] = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) all.push(j >= b.length || (i < a.length && a[i]! < b[j]!) ? a[i++]! : b[j++]!)
  return all
}
