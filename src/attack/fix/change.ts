import { byText } from '../../core/text.ts'
import { valueAt } from '../../core/pointer.ts'
import type { Estate, Facts } from '../../graph/estate.ts'
import type { Resource } from '../../model/resource.ts'
import type { Edit } from './edit.ts'
import { compact, statementsOf } from './statement.ts'

/** The estate that a path was found in, and where its statements stood before any change. */
export interface Ground {
  readonly estate: Estate
  readonly facts: Facts
  /** The number that a statement of a policy had in the estate as it is. */
  original(resource: string, pointer: string, index: number): number
}

/** A small change that may cut a path. It is a function, so that several to one policy add up to one edit. */
export interface Change {
  /** The same for the same change, whichever path it was found on. */
  readonly key: string
  readonly title: string
  readonly resource: string
  readonly type: string
  readonly pointer: string
  /** As in an edit: 1 is one action on one resource by one principal. */
  readonly accessLost: number
  /** The value afterwards. A statement that goes becomes null, so that the others keep their numbers. */
  apply(value: unknown): unknown
  /** Who cannot act at all any more: the ARN of a principal. */
  readonly stops?: string
  readonly adds?: Resource
}

/** An edit, and of a policy the numbers that its statements had before. */
export interface Draft { readonly edit: Edit, readonly kept: readonly number[] }

/** Changes as edits, one for each place, in order of places. */
export const draftsOf = (estate: Estate, changes: readonly Change[]): Draft[] => {
  const sorted = [...changes].sort((a, b) => byText(a.key, b.key))
  return [...Map.groupBy(sorted, ({ type, resource, pointer }) => `${type} ${resource} ${pointer}`)].sort(([a], [b]) => byText(a, b)).map(([, group]): Draft => {
    const { type, resource, pointer, adds } = group[0]!
    const before = adds === undefined ? valueAt(resourceOf(estate, type, resource)?.properties, pointer) : undefined
    const draft = group.reduce((value, change) => change.apply(value), before)
    const edit = {
      title: group.map(({ title }) => title).join('; '), resource, type, pointer, before, after: compact(draft),
      accessLost: group.reduce((sum, { accessLost }) => sum + accessLost, 0),
      ...(adds === undefined ? {} : { adds }),
    }
    return { edit, kept: statementsOf(draft).flatMap((statement, index) => (statement === null ? [] : [index])) }
  })
}

/** The resource of a type with an id. */
export const resourceOf = (estate: Estate, type: string, id: string): Resource | undefined => {
  const direct = estate.graph.find(id)
  const node = direct === undefined ? undefined : estate.graph.node(direct)
  if (node?.type === type && node.resource !== undefined) return estate.resource(node.resource)
  const index = estate.ofType(type).find((candidate) => estate.table.idOf(candidate) === id)
  return index === undefined ? undefined : estate.resource(index)
}
