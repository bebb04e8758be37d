import type { Gap } from '../core/gap.ts'
import { identify } from '../model/identify.ts'
import type { Resource } from '../model/resource.ts'
import { tagsIn } from '../model/tags.ts'
import { fit, schemaOf } from './shape.ts'

interface Item {
  readonly resourceType?: string
  readonly resourceId?: string
  readonly resourceName?: string
  readonly ARN?: string
  readonly arn?: string
  readonly awsAccountId?: string
  readonly accountId?: string
  readonly awsRegion?: string
  readonly configuration?: unknown
  readonly supplementaryConfiguration?: Readonly<Record<string, unknown>>
  readonly tags?: unknown
  readonly resourceCreationTime?: string
  readonly configurationItemStatus?: string
}

/** Whether a document is an AWS Config snapshot, or what an aggregator's query gives. */
export const isConfig = (document: unknown): document is { readonly configurationItems?: readonly Item[], readonly Results?: readonly (string | Item)[] } =>
  typeof document === 'object' && document !== null && (Array.isArray((document as { configurationItems?: unknown }).configurationItems) ||
    (Array.isArray((document as { Results?: unknown }).Results) && JSON.stringify((document as { Results: unknown[] }).Results[0] ?? '').includes('resourceType')))

/** AWS Config's items as resources. What Config does not record of a type is unknown, not unset. */
export const configItems = (document: { readonly configurationItems?: readonly Item[], readonly Results?: readonly (string | Item)[] }): { readonly resources: Resource[], readonly gaps: Gap[] } => {
  const items = document.configurationItems ?? (document.Results ?? []).map((result) => (typeof result === 'string' ? JSON.parse(result) as Item : result))
  const resources = items.flatMap((item): Resource[] => {
    const { resourceType: type, configurationItemStatus: status = '' } = item
    if (type === undefined || status.startsWith('ResourceDeleted')) return []
    const account = item.awsAccountId ?? item.accountId ?? ''
    const region = item.awsRegion ?? 'global'
    const properties = fit(type, { ...configurationOf(item.configuration), ...supplementary(item.supplementaryConfiguration) })
    const identity = identify(type, schemaOf(type), properties, { account, region }, item.resourceName ?? item.resourceId ?? type)
    const arn = item.ARN ?? item.arn ?? identity.arn
    return [{
      type, account, region, properties,
      id: arn ?? identity.id,
      name: item.resourceName ?? identity.name,
      ...arn === undefined ? {} : { arn },
      tags: tagsIn({ Tags: tagsOf(item.tags) }),
      partial: 'AWS Config does not record it',
      ...item.resourceCreationTime === undefined ? {} : { createdAt: item.resourceCreationTime },
    }]
  })
  return { resources, gaps: [] }
}

const configurationOf = (configuration: unknown): Readonly<Record<string, unknown>> => {
  const value = typeof configuration === 'string' ? parsed(configuration) : configuration
  return typeof value === 'object' && value !== null ? value as Record<string, unknown> : {}
}

const supplementary = (extra: Readonly<Record<string, unknown>> = {}): Record<string, unknown> =>
  Object.fromEntries(Object.entries(extra).map(([name, value]) => [name, typeof value === 'string' ? parsed(value) ?? value : value]))

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Tags come as a map, or as a list of `key` and `value`. */
const tagsOf = (tags: unknown): unknown =>
  (Array.isArray(tags) ? tags.map((tag: { key?: unknown, value?: unknown, Key?: unknown, Value?: unknown } | null) => ({ Key: tag?.key ?? tag?.Key, Value: tag?.value ?? tag?.Value })) : tags)
