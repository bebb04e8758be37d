import { isUnknown } from '../../core/unknown.ts'
import { identify } from '../../model/identify.ts'
import { schemaOf } from '../shape.ts'
import { configAddress } from './block.ts'
import type { Block } from './block.ts'
import { terraformTypes } from './types.ts'
import type { Where } from './resources.ts'

type Expressions = Readonly<Record<string, unknown>>

/**
 * Replaces values that are unknown only because what they name does not exist yet: `aws_iam_role.x.arn` is the ARN that the
 * role will have. What comes from anything else stays unknown.
 */
export const settleReferences = (blocks: readonly Block[], expressionsOf: (block: Block) => Expressions | undefined, where: Where): Block[] => {
  const byAddress = new Map(blocks.map((block) => [block.address, block]))
  for (const block of blocks) if (!byAddress.has(configAddress(block.address))) byAddress.set(configAddress(block.address), block)
  return blocks.map((block) => {
    const expressions = expressionsOf(block)
    return expressions === undefined ? block : { ...block, values: settleObject(block.values, expressions, moduleOf(block.address), byAddress, where) }
  })
}

const moduleOf = (address: string): string => /^(?:module\.[^.[]+(?:\[[^\]]*\])?\.)*/.exec(address)![0]

const settleObject = (values: Readonly<Record<string, unknown>>, expressions: Expressions, module: string, byAddress: ReadonlyMap<string, Block>, where: Where): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, settle(value, expressions[name], module, byAddress, where)]))

const settle = (value: unknown, expression: unknown, module: string, byAddress: ReadonlyMap<string, Block>, where: Where): unknown => {
  if (typeof expression !== 'object' || expression === null) return value
  if (Array.isArray(expression)) {
    return Array.isArray(value) ? value.map((item, index) => settleNested(item, expression[index] ?? expression[0], module, byAddress, where)) : value
  }
  const { references } = expression as { references?: readonly string[] }
  if (references === undefined) return settleNested(value, expression, module, byAddress, where)
  const named = references.map((reference) => meant(reference, module, byAddress, where)).filter((text) => text !== undefined)
  if (isUnknown(value)) return named.length === 1 || new Set(named).size === 1 ? named[0] : value
  if (Array.isArray(value) && value.some(isUnknown) && named.length >= value.length) return value.map((item, index) => (isUnknown(item) ? named[index] : item))
  return value
}

const settleNested = (value: unknown, expression: unknown, module: string, byAddress: ReadonlyMap<string, Block>, where: Where): unknown =>
  (typeof value === 'object' && value !== null && !Array.isArray(value) && !isUnknown(value) && typeof expression === 'object' && expression !== null
    ? settleObject(value as Record<string, unknown>, expression as Expressions, module, byAddress, where) : value)

/** What `aws_iam_role.x.arn` will be; undefined for a reference to anything else, or to an attribute that AWS chooses. */
const meant = (reference: string, module: string, byAddress: ReadonlyMap<string, Block>, where: Where): string | undefined => {
  const [, address, attribute] = /^([a-z0-9_]+\.[A-Za-z0-9_-]+)(?:\[[^\]]*\])?\.([a-z0-9_]+)$/.exec(reference) ?? []
  const block = address === undefined ? undefined : byAddress.get(`${module}${address}`)
  const mapping = block === undefined ? undefined : terraformTypes[block.type]
  if (block === undefined || mapping === undefined || attribute === undefined) return undefined
  const given = block.values[attribute]
  if (typeof given === 'string' && attribute !== 'id') return given
  const naming = Object.fromEntries(Object.entries(block.values).flatMap(([name, value]) => (typeof value === 'string' ? [[mapping.renames?.[name] ?? pascal(name), value] as const] : [])))
  const { name, arn } = identify(mapping.type, schemaOf(mapping.type), naming, where, block.address.split('.').at(-1)!)
  if (attribute === 'arn' || attribute.endsWith('_arn')) return arn
  return /^(id|name|bucket|function_name|url|key_id|.*_id|.*_name)$/.test(attribute) ? name : undefined
}

const pascal = (name: string): string => name.replaceAll(/(?:^|_)([a-z])/g, (_all, letter: string) => letter.toUpperCase())
