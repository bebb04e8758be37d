import { buildEstate } from '../../graph/estate.ts'
import type { Estate, Facts } from '../../graph/estate.ts'
import type { Resource } from '../../model/resource.ts'
import { tableOf } from '../../model/snapshot.ts'

/** One change to one property of one resource, to a whole resource (an empty pointer), or a resource that is new. */
export interface Edit {
  /** In words: `Take iam:PassRole out of statement 0 of data-scientists`. */
  readonly title: string
  readonly resource: string
  /** Its type: what hangs on a resource may go by the same id. */
  readonly type: string
  /** Where in the resource's properties; the whole policy document for a policy. Empty: the whole resource goes. */
  readonly pointer: string
  readonly before: unknown
  /** Undefined removes the property, or the resource. */
  readonly after: unknown
  /** How much else it takes away: 1 is one action on one resource by one principal. */
  readonly accessLost: number
  /** The resource, where the edit makes a new one. */
  readonly adds?: Resource
}

/** An estate as it would be with some edits made. */
export type Rebuild = (edits: readonly Edit[]) => Estate

/** Rebuilds an estate from its own resources, which are read once. */
export const rebuilder = (estate: Estate, facts: Facts): Rebuild => {
  let known: readonly Resource[] | undefined
  return (edits) => {
    known ??= Array.from({ length: estate.table.length }, (_, index) => estate.table.get(index))
    const byResource = Map.groupBy(edits.filter(({ adds }) => adds === undefined), ({ type, resource }) => `${type} ${resource}`)
    const resources = known.flatMap((resource): Resource[] => {
      const own = byResource.get(`${resource.type} ${resource.id}`) ?? []
      if (own.some(({ pointer }) => pointer === '')) return []
      return [own.length === 0 ? resource : { ...resource, properties: own.reduce((properties, edit) => edited(properties, edit.pointer.split('/'), edit.after), resource.properties) }]
    })
    const added = edits.flatMap(({ adds }) => adds ?? [])
    return buildEstate({ header: estate.header, resources: tableOf([...resources, ...added]), gaps: estate.gaps, done: [] }, facts, edits.every((edit) => keepsRelations(edit, facts)) ? estate.graph : undefined)
  }
}

/** Whether an edit leaves all resources there, and all properties that state a relation as they are: most change what a policy says. */
const keepsRelations = ({ adds, pointer, type }: Edit, { descriptions }: Facts): boolean => {
  const [property] = pointer.split('/')
  return adds === undefined && property !== '' && (descriptions.get(type)?.relations ?? []).every((rule) => rule.pointer.split('/')[0] !== property)
}

export type Json = Readonly<Record<string, unknown>>

/** A copy with one place changed; what is missing on the way is made. */
export const edited = (value: Json, [step = '', ...rest]: readonly string[], after: unknown): Json => {
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [...value as unknown[]] : { ...value }
  const slot = copy as Record<string, unknown>
  if (rest.length > 0) slot[step] = edited((slot[step] ?? (/^\d+$/.test(rest[0]!) ? [] : {})) as Json, rest, after)
  else if (after === undefined) delete slot[step]
  else slot[step] = after
  return copy as Json
}
