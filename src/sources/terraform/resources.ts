import { isUnknown } from '../../core/unknown.ts'
import type { Gap } from '../../core/gap.ts'
import { count } from '../../core/text.ts'
import { identify } from '../../model/identify.ts'
import type { Resource } from '../../model/resource.ts'
import { tagsIn } from '../../model/tags.ts'
import { withIdentifier, withLastPart } from '../identifier.ts'
import { fit, schemaOf } from '../shape.ts'
import { labelOf } from './block.ts'
import type { Block } from './block.ts'
import type { Values } from './blocks.ts'
import { withDefaults } from './defaults.ts'
import { letters, mappingOf } from './mapping.ts'
import { mergeParts } from './merge.ts'
import { parts } from './parts.ts'
import { reshapes } from './shapes.ts'
import { sprouted } from './sprouts.ts'
import type { Mapping } from './types.ts'
import type { Where } from './where.ts'

/** Types of other providers and helpers, which make nothing in AWS. */
const elsewhere = /^(random|null|time|tls|local|archive|template|external|terraform|http|docker|kubernetes|helm|github)_/

/** Makes CloudFormation resources of Terraform's; a type that is not mapped is counted and named. */
export const blocksToResources = (blocks: readonly Block[], { account, region }: Where): { readonly resources: Resource[], readonly gaps: Gap[] } => {
  const unmapped = new Map<string, number>()
  const { whole, alone } = mergeParts(sprouted(blocks, { account, region }), { account, region })
  for (const { type } of alone) unmapped.set(type, (unmapped.get(type) ?? 0) + 1)
  const resources = whole.flatMap((block): Resource[] => {
    const mapping = mappingOf(block.type)
    if (mapping === undefined) {
      if (!elsewhere.test(block.type)) unmapped.set(block.type, (unmapped.get(block.type) ?? 0) + 1)
      return []
    }
    return [resourceOf(block, mapping, block.where ?? { account, region })]
  })
  const gaps = [...unmapped].sort(([a], [b]) => (a < b ? -1 : 1)).map(([type, n]): Gap => ({
    account, region, operation: `map ${type}`,
    reason: `${count(n, 'resource')} of this Terraform type ${n === 1 ? 'is' : 'are'} not read: ${parts[type] === undefined ? 'no CloudFormation type is named for it' : 'what it belongs to is not here'}`,
  }))
  return { resources, gaps }
}

const resourceOf = (block: Block, { type, renames = {} }: Mapping, where: Where): Resource => {
  const values = Object.fromEntries(Object.entries(withAllTags(withDefaults(block.type, block.values))).filter(([name]) => name !== 'tags_all' && name !== 'id' && name !== 'timeouts' && name !== 'region'))
  const properties = identified(type, block.values['id'], policies(fit(type, reshapes[block.type]?.(values) ?? values, renames)))
  const known = Object.fromEntries(Object.entries(properties).filter(([, value]) => !isUnknown(value)))
  const { name, arn: written } = identify(type, schemaOf(type), withLastPart(type, known, labelOf(block.address)), where, labelOf(block.address))
  const arn = typeof block.values['arn'] === 'string' && block.values['arn'].startsWith('arn:') ? block.values['arn'] : written
  return {
    type, id: block.address, account: where.account, region: where.region, name,
    ...arn === undefined ? {} : { arn },
    tags: tagsIn(properties),
    properties: withIdentifier(type, properties, { name, ...arn === undefined ? {} : { arn } }, where),
    ...block.file === undefined ? {} : { location: { file: block.file, ...block.line === undefined ? {} : { line: block.line }, path: block.address } },
    ...block.lines === undefined ? {} : { lines: linesByProperty(block.lines, properties) },
    ...block.ignores === undefined ? {} : { ignores: block.ignores },
  }
}

/** The tags with those that the provider gives to all. */
const withAllTags = (values: Values): Values => {
  const { tags, tags_all: all } = values
  return typeof all !== 'object' || all === null || isUnknown(all) || Array.isArray(all) || Array.isArray(tags) || isUnknown(tags) ? values : { ...values, tags: { ...all, ...tags as object } }
}

/** A state tells in `id` what AWS has called the resource. */
const identified = (type: string, id: unknown, properties: Record<string, unknown>): Record<string, unknown> => {
  const [primary, ...others] = schemaOf(type)?.id ?? []
  return typeof id !== 'string' || primary === undefined || others.length > 0 || typeof properties[primary] === 'string' ? properties : { ...properties, [primary]: id }
}

/** Policies are JSON text in Terraform; CloudFormation holds the document. */
const policies = (properties: Record<string, unknown>): Record<string, unknown> => {
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value !== 'string' || !/Policy(Document|Text)?$|^ContainerDefinitions$/.test(name) || !/^\s*[[{]/.test(value)) continue
    try {
      properties[name] = JSON.parse(value) as unknown
    } catch {
      properties[name] = { $unknown: `${name} is not JSON` }
    }
  }
  return properties
}

const linesByProperty = (lines: Readonly<Record<string, number>>, properties: Readonly<Record<string, unknown>>): Record<string, number> => {
  const plain = new Map(Object.entries(lines).map(([name, line]) => [letters(name), line]))
  return Object.fromEntries(Object.keys(properties).flatMap((name) => {
    const line = plain.get(letters(name))
    return line === undefined ? [] : [[name, line] as const]
  }))
}
