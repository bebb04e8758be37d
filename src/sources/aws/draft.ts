import { lastName } from '../../core/arn.ts'
import { valueAt } from '../../core/pointer.ts'
import type { Resource } from '../../model/resource.ts'
import { withAiUse } from '../ai-signs.ts'
import { withoutSecrets } from '../secrets.ts'
import { identify } from '../../model/identify.ts'
import { fit, schemaOf } from '../shape.ts'
import type { Item, Row } from './collector.ts'
import type { Run } from './run.ts'

/** What of a row says how an item becomes a resource. */
export type Naming = Pick<Row, 'type' | 'arn' | 'id' | 'name' | 'rename' | 'createdAt' | 'lastUsedAt' | 'derive'>

/** Where the scan is. */
export type Place = Pick<Run, 'account' | 'region' | 'partition'> & { readonly home: string }

/** Turns what a service said of one thing into a resource in CloudFormation's shape. */
export const toResource = (place: Place, row: Naming, item: Item, tags: Readonly<Record<string, string>>, reasons: readonly string[]): Resource => {
  const { account, region } = place
  const { $code, ...own } = item
  const whole = joined(row.derive === undefined ? own : { ...own, ...row.derive(own, place) }, $code as Item | undefined)
  const arn = arnOf(place, row, whole)
  const properties = withoutSecrets(withAiUse(row.type, fit(row.type, whole, row.rename)))
  const given = row.name === undefined ? undefined : text(whole, row.name)
  const known = identify(row.type, schemaOf(row.type), properties, { account, region: place.home }, given ?? `${account}/${region}`)
  const id = arn ?? idOf(row, whole) ?? known.id
  const ofArn = arn ?? (row.id === undefined ? known.arn : undefined)
  const createdAt = time(whole, row.createdAt, ['CreationTime', 'creationTime', 'CreatedAt', 'createdAt', 'CreateDate', 'CreationDate', 'creationDate', 'CreationDateTime', 'creationDateTime', 'CreatedTime', 'createdTime', 'LaunchTime'])
  const lastUsedAt = time(whole, row.lastUsedAt, ['$lastUsed'])
  return {
    type: row.type,
    id,
    ...(ofArn === undefined ? {} : { arn: ofArn }),
    account,
    region,
    name: given ?? (known.name === `${account}/${region}` ? inWords(row.type) : known.name),
    tags,
    properties,
    ...(reasons.length === 0 ? {} : { partial: reasons.join('; ') }),
    ...(createdAt === undefined ? {} : { createdAt }),
    ...(lastUsedAt === undefined ? {} : { lastUsedAt }),
  }
}

/** Signs and secrets in code join those that the settings gave. */
const joined = (item: Item, code: Item = {}): Item => ({
  ...item,
  ...Object.fromEntries(Object.entries(code).map(([name, value]) => [name, Array.isArray(item[name]) && Array.isArray(value) ? [...item[name] as unknown[], ...value as unknown[]] : value])),
})

/** What a setting without a name of its own is called: `Ebs encryption by default`. */
const inWords = (type: string): string => {
  const words = lastName(type).replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const text = (item: Item, pointer: string): string | undefined => {
  const value = valueAt(item, pointer)
  return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined
}

const arnOf = (place: Place, row: Naming, item: Item): string | undefined => {
  if (row.arn?.includes('{') === true) return fill(place, row.arn, item)
  const last = row.type.slice(row.type.lastIndexOf(':') + 1).toLowerCase()
  const value = row.arn === undefined ? ownArn(item, last) : text(item, row.arn)
  return value?.startsWith('arn:') === true ? value : undefined
}

/** The member that holds the thing's own ARN: `NotebookInstanceArn` of a NotebookInstance, else `arn`. */
const ownArn = (item: Item, last: string): string | undefined => {
  const names = Object.keys(item)
  const own = names.find((name) => name.toLowerCase() === `${last}arn`) ?? names.find((name) => /^(arn|resourcearn)$/i.test(name))
  return own === undefined ? undefined : text(item, own)
}

/** Fills a template such as `arn:{partition}:sns:{region}:{account}:{Name}`; undefined where a member is missing. */
export const fill = (place: Place, template: string, item: Item): string | undefined => {
  let whole = true
  const filled = template.replace(/\{([^}]+)\}/g, (_, name: string) => {
    const value = name === 'partition' || name === 'account' ? place[name] : name === 'region' ? place.home : text(item, name)
    if (value === undefined) whole = false
    return value ?? ''
  })
  return whole ? filled : undefined
}

const idOf = (row: Naming, item: Item): string | undefined => {
  const parts = row.id?.map((pointer) => text(item, pointer)) ?? []
  return parts.length > 0 && parts.every((part) => part !== undefined) ? parts.join('|') : undefined
}

const time = (item: Item, pointer: string | undefined, usual: readonly string[]): string | undefined => {
  const value = pointer === undefined ? usual.map((name) => item[name]).find((found) => found !== undefined) : valueAt(item, pointer)
  const date = value instanceof Date ? value : typeof value === 'number' ? new Date(value > 1e11 ? value : value * 1000) : typeof value === 'string' ? new Date(value) : undefined
  return date === undefined || Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}
