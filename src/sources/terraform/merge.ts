import { isUnknown, unknown } from '../../core/unknown.ts'
import type { Ignore } from '../../model/resource.ts'
import type { Block } from './block.ts'
import { labelOf } from './block.ts'
import { methodName, pairOf, parts } from './parts.ts'
import type { Part } from './parts.ts'
import { namedBy } from './references.ts'
import type { Where } from './where.ts'

/** Resources put together, and parts whose owner is not here. */
export interface Merged { readonly whole: readonly Block[], readonly alone: readonly Block[] }

/** Puts back together what Terraform writes as resources of their own and CloudFormation as properties: encryption of a bucket, policies attached to a role. */
export const mergeParts = (blocks: readonly Block[], where: Where): Merged => {
  const whole = blocks.filter(({ type }) => parts[type] === undefined).map((block) => ({ ...block, values: { ...block.values } }))
  const byName = new Map<string, Block>()
  for (const block of whole) for (const name of namesOf(block, where)) if (!byName.has(`${block.type} ${name}`)) byName.set(`${block.type} ${name}`, block)
  const alone: Block[] = []
  const standing: Block[] = []
  const silenced = new Map<Block, readonly Ignore[]>()
  for (const block of blocks) {
    const part = parts[block.type]
    if (part === undefined) continue
    const owners = ownersOf(block, part, byName)
    for (const [owner, link] of owners) link.put(owner.values, block.values)
    for (const [owner] of block.ignores === undefined ? [] : owners) silenced.set(owner, [...silenced.get(owner) ?? owner.ignores ?? [], ...block.ignores!])
    if (owners.length > 0 || part.optional === true) continue
    leaveOpen(block, part, whole)
    if (part.stands === true) standing.push(block)
    else alone.push(block)
  }
  const told = whole.map((block) => (silenced.has(block) ? { ...block, ignores: silenced.get(block)! } : block))
  return { whole: [...told, ...standing], alone }
}

/** Where it is not known whose part it is, it may be anybody's: what it would set is not known of any that does not say it. */
const leaveOpen = (block: Block, { links }: Part, whole: readonly Block[]): void => {
  for (const link of links) {
    const name = typeof link.by === 'string' ? block.values[link.by] : undefined
    if (!isUnknown(name)) continue
    const sets: Record<string, unknown> = {}
    link.put(sets, block.values)
    for (const { type, values } of whole) {
      if (link.of.includes(type)) for (const property of Object.keys(sets)) values[property] ??= unknown(`${block.address} may set it: ${name.$unknown}`)
    }
  }
}

const ownersOf = (block: Block, part: Part, byName: ReadonlyMap<string, Block>): (readonly [Block, Part['links'][number]])[] =>
  part.links.flatMap((link) => {
    const named = typeof link.by === 'string' ? block.values[link.by] : link.by(block.values)
    return (Array.isArray(named) ? named : [named]).flatMap((name) => {
      const owner = typeof name === 'string' ? link.of.map((type) => byName.get(`${type} ${name}`)).find((found) => found !== undefined) : undefined
      return owner === undefined ? [] : [[owner, link] as const]
    })
  })

/** What other resources may call this one by. */
const namesOf = (block: Block, where: Where): string[] => {
  const { values, address, type } = block
  const identity = namedBy(type, Object.fromEntries(Object.entries(values).filter(([, value]) => !isUnknown(value))), block.where ?? where, labelOf(address))
  return [values['bucket'], values['name'], values['id'], values['arn'], values['function_name'], identity?.name, identity?.arn, methodName(values), pairOf(values), address].filter((name) => typeof name === 'string')
}
