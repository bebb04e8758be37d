import { isUnknown } from '../../core/unknown.ts'
import { configAddress, labelOf } from './block.ts'
import type { Block } from './block.ts'
import { policyDocument } from './policy-document.ts'
import { attributeOf } from './references.ts'
import type { Where } from './where.ts'

type Json = Readonly<Record<string, unknown>>

/** A module as a plan's configuration has it: expressions are given by what they name. */
export interface ConfigModule {
  readonly resources?: readonly { readonly address: string, readonly expressions?: Json }[]
  readonly outputs?: Readonly<Record<string, { readonly expression?: unknown }>>
  readonly module_calls?: Readonly<Record<string, { readonly expressions?: Json, readonly module?: ConfigModule }>>
}

export interface PlanFacts {
  readonly root: ConfigModule
  readonly blocks: readonly Block[]
  /** Policy documents whose rendering waits for other resources. */
  readonly documents: readonly Block[]
  readonly variables: Readonly<Record<string, { readonly value?: unknown }>>
  readonly where: Where
}

/**
 * Replaces values that are unknown only because what they name does not exist yet: `aws_iam_role.x.arn` is the ARN that the
 * role will have, through variables and outputs of modules too. What no argument sets is left to AWS: it is not set.
 */
export const settleReferences = (facts: PlanFacts): Block[] => {
  const index = indexOf(facts)
  return facts.blocks.map((block) => settledBlock(block, index))
}

interface Index extends PlanFacts {
  readonly byAddress: ReadonlyMap<string, Block>
  readonly documentOf: ReadonlyMap<string, Block>
  readonly expressions: ReadonlyMap<string, Json>
}

const indexOf = (facts: PlanFacts): Index => {
  const expressions = new Map<string, Json>()
  const walk = ({ resources = [], module_calls: calls = {} }: ConfigModule, prefix: string): void => {
    for (const { address, expressions: own = {} } of resources) expressions.set(`${prefix}${address}`, own)
    for (const [name, { module }] of Object.entries(calls)) if (module !== undefined) walk(module, `${prefix}module.${name}.`)
  }
  walk(facts.root, '')
  return { ...facts, expressions, byAddress: addressed(facts.blocks), documentOf: addressed(facts.documents) }
}

/** Blocks by their address, and the first of many also by the address without its key. */
const addressed = (blocks: readonly Block[]): Map<string, Block> => {
  const found = new Map(blocks.map((block) => [block.address, block]))
  for (const block of blocks) if (!found.has(configAddress(block.address))) found.set(configAddress(block.address), block)
  return found
}

const moduleOf = (address: string): string => /^(?:module\.[^.[]+(?:\[[^\]]*\])?\.)*/.exec(address)![0]

const settledBlock = (block: Block, index: Index): Block => {
  const expressions = index.expressions.get(configAddress(block.address))
  return expressions === undefined ? block : { ...block, values: settledObject(block.values, expressions, { ...index, module: moduleOf(block.address), depth: 0 }) }
}

interface Place extends Index { readonly module: string, readonly depth: number }

const settledObject = (values: Json, expressions: Json, place: Place): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).flatMap(([name, value]) => {
    const expression = expressions[name]
    if (expression === undefined) return isComputed(value) ? [] : [[name, value]]
    return [[name, settled(value, expression, place)]]
  }))

/** A value of which nothing but unknowns is there: no argument makes it. */
const isComputed = (value: unknown): boolean => {
  if (isUnknown(value)) return true
  if (typeof value !== 'object' || value === null) return false
  const inner = Object.values(value).filter((item) => item !== null)
  return inner.length > 0 && inner.every(isComputed)
}

const settled = (value: unknown, expression: unknown, place: Place): unknown => {
  if (typeof expression !== 'object' || expression === null) return value
  if (Array.isArray(expression)) return Array.isArray(value) ? value.map((item, at) => settledNested(item, expression[at] ?? expression[0], place)) : value
  if (!isReferring(expression)) return settledNested(value, expression, place)
  if (!isUnknown(value) && !(Array.isArray(value) && value.some(isUnknown))) return value
  const meant = named(expression).map((reference) => meaning(reference, place))
  if (isUnknown(value)) return meant.length === 1 && meant[0] !== undefined ? meant[0] : meant.length > 1 && meant.every((one) => one === meant[0]) ? meant[0] ?? value : value
  const waiting = (value as unknown[]).filter(isUnknown).length
  if (waiting !== meant.length) return value
  let at = 0
  return (value as unknown[]).map((item) => (isUnknown(item) ? meant[at++] ?? item : item))
}

const settledNested = (value: unknown, expression: unknown, place: Place): unknown =>
  (typeof value === 'object' && value !== null && !Array.isArray(value) && !isUnknown(value) && typeof expression === 'object' && expression !== null
    ? settledObject(value as Json, expression as Json, place) : value)

const isReferring = (expression: object): expression is { readonly references: readonly string[] } => Array.isArray((expression as { references?: unknown }).references)

/** A plan names `a.b.c` and then `a.b`: only the first is what the expression says. */
const named = ({ references }: { readonly references: readonly string[] }): string[] =>
  references.filter((reference, at) => !references.slice(0, at).some((longer) => longer.startsWith(`${reference}.`) || longer.startsWith(`${reference}[`)))

const deepest = 20

/** What a reference will be; undefined when it is an attribute that AWS chooses, or nothing that the plan tells. */
const meaning = (reference: string, place: Place): unknown => {
  if (place.depth > deepest) return undefined
  const [, variable] = /^var\.([\w-]+)$/.exec(reference) ?? []
  if (variable !== undefined) return variableMeaning(variable, place)
  const [, call, output] = /^module\.([\w-]+)(?:\[[^\]]*\])?\.([\w-]+)$/.exec(reference) ?? []
  if (call !== undefined) {
    const expression = configOf(place.root, `${place.module}module.${call}.`)?.outputs?.[output!]?.expression
    return expressionMeaning(expression, { ...place, module: `${place.module}module.${call}.`, depth: place.depth + 1 })
  }
  const [, document] = /^data\.(aws_iam_policy_document\.[\w-]+)(?:\[[^\]]*\])?\.(?:minified_)?json$/.exec(reference) ?? []
  if (document !== undefined) {
    const block = place.documentOf.get(`${place.module}data.${document}`)
    return block === undefined ? undefined : policyDocument(settledDocument(block, place))
  }
  const [, address, attribute] = /^([a-z0-9_]+\.[\w-]+(?:\[[^\]]*\])?)\.([a-z0-9_]+)$/.exec(reference) ?? []
  const block = address === undefined ? undefined : place.byAddress.get(`${place.module}${address}`) ?? place.byAddress.get(`${place.module}${configAddress(address)}`)
  if (block === undefined || attribute === undefined) return undefined
  const given = block.values[attribute]
  if (given !== undefined && given !== null && !isUnknown(given) && attribute !== 'id') return given
  const meant = attributeOf(block.type, attribute, block.values, block.where ?? place.where, labelOf(block.address))
  return isUnknown(meant) ? undefined : meant
}

const variableMeaning = (name: string, place: Place): unknown => {
  if (place.module === '') return place.variables[name]?.value
  const outer = moduleOf(place.module.replace(/module\.[^.[]+(?:\[[^\]]*\])?\.$/, ''))
  const call = /module\.([^.[]+)(?:\[[^\]]*\])?\.$/.exec(place.module)![1]!
  return expressionMeaning(configOf(place.root, outer)?.module_calls?.[call]?.expressions?.[name], { ...place, module: outer, depth: place.depth + 1 })
}

const expressionMeaning = (expression: unknown, place: Place): unknown => {
  if (typeof expression !== 'object' || expression === null) return undefined
  if ('constant_value' in expression) return expression.constant_value
  if (!isReferring(expression)) return undefined
  const [only, ...others] = named(expression)
  return only === undefined || others.length > 0 ? undefined : meaning(only, place)
}

const configOf = (root: ConfigModule, address: string): ConfigModule | undefined =>
  [...address.matchAll(/module\.([^.[]+)/g)].reduce<ConfigModule | undefined>((module, [, name]) => module?.module_calls?.[name!]?.module, root)

/** A bucket's ARN among a statement's resources may stand for its objects (`${arn}/*`): the plan does not tell, so it stays unknown. */
const settledDocument = (block: Block, place: Place): Json => {
  const values = settledObject(block.values, place.expressions.get(configAddress(block.address)) ?? {}, { ...place, depth: place.depth + 1 })
  const statements = (Array.isArray(values['statement']) ? values['statement'] : []) as Json[]
  const before = (Array.isArray(block.values['statement']) ? block.values['statement'] : []) as Json[]
  return { ...values, statement: statements.map((statement, at) => ({ ...statement, ...hasBucket(statement) ? { resources: before[at]?.['resources'] } : {} })) }
}

const hasBucket = ({ resources }: Json): boolean => Array.isArray(resources) && resources.some((arn) => typeof arn === 'string' && arn.startsWith('arn:aws:s3:::'))
