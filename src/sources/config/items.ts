import type { Gap } from '../../core/gap.ts'
import { unknown } from '../../core/unknown.ts'
import { identify } from '../../model/identify.ts'
import type { Resource } from '../../model/resource.ts'
import { tagsIn } from '../../model/tags.ts'
import { toResource } from '../aws/draft.ts'
import { besidesOf } from '../aws/rows.ts'
import { withoutSecrets } from '../secrets.ts'
import { fit, schemaOf } from '../shape.ts'
import type { ConfigDocument, ConfigItem } from './document.ts'
import { asAnswered, isWhole, rowFor, silentOf } from './recorded.ts'

const notRecorded = 'AWS Config does not record it'

/** AWS Config's items as resources. What Config does not record of a type is unknown, not unset. */
export const configItems = async (name: string, { configurationItems = [], Results: results = [] }: ConfigDocument): Promise<{ readonly resources: Resource[], readonly gaps: Gap[] }> => {
  const resources: Resource[] = []
  const gaps: Gap[] = []
  for (const [at, given] of [...configurationItems, ...results].entries()) {
    const item = itemOf(given)
    if (item?.resourceType === undefined) gaps.push({ account: '', region: '', operation: `read ${name}`, reason: `item ${at + 1} is no configuration item: it names no resourceType` })
    else if (item.configurationItemStatus?.startsWith('ResourceDeleted') !== true && item.configurationItemStatus !== 'ResourceNotRecorded') resources.push(...await resourcesOf(item, item.resourceType))
  }
  return { resources, gaps }
}

/** A query gives its rows as texts of JSON. */
const itemOf = (given: unknown): ConfigItem | undefined => {
  const value = typeof given === 'string' ? parsed(given) : given
  return typeof value === 'object' && value !== null ? value : undefined
}

const resourcesOf = async (item: ConfigItem, type: string): Promise<Resource[]> => {
  const account = item.awsAccountId ?? item.accountId ?? ''
  const region = item.awsRegion ?? 'global'
  const arn = item.ARN ?? item.arn
  const place = { account, region, home: region, partition: arn?.split(':')[1] ?? 'aws' }
  const configuration = membersOf(item.configuration)
  const more = { tags: tagsIn({ Tags: tagsOf(item.tags) }), ...item.resourceCreationTime === undefined ? {} : { createdAt: item.resourceCreationTime } }
  const row = await rowFor(type, configuration)
  if (row !== undefined) {
    const answered = asAnswered(item, type, configuration, membersOf(item.supplementaryConfiguration))
    const made = toResource(place, row, answered, {}, isWhole(row.type) ? [] : [notRecorded])
    const silent = Object.fromEntries(silentOf(row.type, answered).map((property) => [property, unknown(notRecorded)]))
    return [{ ...made, ...arn === undefined ? {} : { arn, id: arn }, ...more, properties: { ...made.properties, ...silent } }, ...besidesOf(place, row, answered)]
  }
  const properties = withoutSecrets(fit(type, { ...configuration, ...membersOf(item.supplementaryConfiguration) }))
  const identity = identify(type, schemaOf(type), properties, { account, region }, item.resourceName ?? item.resourceId ?? type)
  return [{ type, account, region, properties, ...identity, ...arn === undefined ? {} : { arn, id: arn }, name: item.resourceName ?? identity.name, partial: notRecorded, ...more }]
}

/** The members of an object; each may be a text of JSON. */
const membersOf = (given: unknown): Readonly<Record<string, unknown>> => {
  const value = typeof given === 'string' ? parsed(given) : given
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {}
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null).map(([member, inner]) => [member, typeof inner === 'string' ? parsed(inner) ?? inner : inner]))
}

const parsed = (text: string): unknown => {
  if (!/^\s*["[{]/.test(text)) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Tags come as a map, or as a list of `key` and `value`. */
const tagsOf = (tags: unknown): unknown =>
  (Array.isArray(tags) ? tags.map((tag: Readonly<Record<string, unknown>> | null) => ({ Key: tag?.['key'] ?? tag?.['Key'], Value: tag?.['value'] ?? tag?.['Value'] })) : tags)
