import { buildEstate } from '../../graph/estate.ts'
import type { Estate, Facts } from '../../graph/estate.ts'
import type { Resource } from '../../model/resource.ts'
import { tableOf } from '../../model/snapshot.ts'

/** One change to one property of one resource. */
export interface Edit {
  /** In words: `Take iam:PassRole out of statement 0 of data-scientists`. */
  readonly title: string
  readonly resource: string
  /** Where in the resource's properties; the whole policy document for a policy. */
  readonly pointer: string
  readonly before: unknown
  /** Undefined removes the property. */
  readonly after: unknown
  /** How much else it takes away: 1 is one action on one resource. */
  readonly accessLost: number
}

/** An estate as it would be with some edits made. */
export type Rebuild = (edits: readonly Edit[]) => Estate

/** Rebuilds an estate from its own resources. */
export const rebuilder = (estate: Estate, facts: Facts): Rebuild => (edits) => {
  const byResource = Map.groupBy(edits, ({ resource }) => resource)
  const resources = Array.from({ length: estate.table.length }, (_, index): Resource => {
    const resource = estate.table.get(index)
    const own = byResource.get(resource.id) ?? []
    return own.length === 0 ? resource : { ...resource, properties: own.reduce((properties, edit) => edited(properties, edit.pointer.split('/'), edit.after), resource.properties) }
  })
  return buildEstate({ header: estate.header, resources: tableOf(resources), gaps: estate.gaps, done: [] }, facts)
}

type Json = Readonly<Record<string, unknown>>

/** A copy with one place changed. */
const edited = (value: Json, [step = '', ...rest]: readonly string[], after: unknown): Json => {
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [...value as unknown[]] : { ...value }
  const slot = copy as Record<string, unknown>
  if (rest.length > 0) slot[step] = edited((slot[step] ?? {}) as Json, rest, after)
  else if (after === undefined) delete slot[step]
  else slot[step] = after
  return copy as Json
}
