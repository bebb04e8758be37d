import { lastName, parseArn } from '../core/arn.ts'
import type { ResourceTable } from '../model/snapshot.ts'

/** Where a reference is made from: names are looked up in the same account and region first. */
export interface Near { readonly account: string, readonly region: string }

/** Finds the resource that a value names. */
export interface References {
  /** The number of the resource with this id or ARN. */
  byId(id: string): number | undefined
  /** The resource of one of these types with this id, ARN or name, nearest to where the reference is made. */
  find(types: readonly string[], reference: string, near: Near): number | undefined
}

type Slot = number | number[]

/** Indexes the resources of a table by identity and, a type at a time when first asked for, by name. */
export const indexReferences = (table: ResourceTable, byType: ReadonlyMap<string, readonly number[]>): References => {
  const ids = new Map<string, number>()
  for (let index = 0; index < table.length; index++) ids.set(table.idOf(index), index)
  const arns = new Map<string, number>()
  const names = new Map<string, Map<string, Slot>>()

  const namesOf = (type: string): Map<string, Slot> => {
    const known = names.get(type)
    if (known !== undefined) return known
    const made = new Map<string, Slot>()
    for (const index of byType.get(type) ?? []) {
      const { id, name, arn } = table.get(index)
      for (const key of new Set([name, id, lastName(id), ...(arn === undefined ? [] : [arn, lastName(arn)])])) put(made, key, index)
      if (arn !== undefined) arns.set(arn, index)
    }
    names.set(type, made)
    return made
  }

  const nearest = (slot: Slot | undefined, near: Near): number | undefined => {
    if (slot === undefined || typeof slot === 'number') return slot
    const rank = (index: number) => (table.accountOf(index) === near.account ? 2 : 0) + (table.regionOf(index) === near.region ? 1 : 0)
    return slot.reduce((best, index) => (rank(index) > rank(best) ? index : best))
  }

  const fits = (index: number, types: readonly string[]) => types.length === 0 || types.includes(table.typeOf(index))

  return {
    byId: (id) => ids.get(id) ?? arns.get(id),
    find(types, reference, near) {
      const exact = ids.get(reference) ?? arns.get(reference)
      if (exact !== undefined && fits(exact, types)) return exact
      const arn = parseArn(reference)
      for (const type of types) {
        const index = nearest(namesOf(type).get(reference) ?? namesOf(type).get(arn === undefined ? reference : lastName(arn.resource)), near)
        if (index === undefined) continue
        if (arn === undefined || isWhere(arn, { account: table.accountOf(index), region: table.regionOf(index) })) return index
      }
      return undefined
    },
  }
}

const put = (slots: Map<string, Slot>, key: string, index: number) => {
  const slot = slots.get(key)
  if (slot === undefined) slots.set(key, index)
  else if (typeof slot === 'number') slots.set(key, [slot, index])
  else slot.push(index)
}

const isWhere = (arn: { account: string, region: string }, resource: { account: string, region: string }): boolean =>
  (arn.account === '' || arn.account === resource.account) &&
  (arn.region === '' || resource.region === 'global' || arn.region === resource.region)
