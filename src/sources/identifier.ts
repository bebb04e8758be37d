import { partitionOf } from '../core/arn.ts'
import type { Identity } from '../model/identify.ts'
import { schemaOf } from './shape.ts'

interface Where { readonly account: string, readonly region: string }

/** What others call a resource of a template by: its ARN for some types, a URL for queues, a name for most. */
export const identifierOf = (type: string, { name, arn }: Pick<Identity, 'name' | 'arn'>, { account, region }: Where): string => {
  const [id = ''] = schemaOf(type)?.id ?? []
  if (type === 'AWS::SQS::Queue') return `https://sqs.${region}.amazonaws.com${partitionOf(region) === 'aws-cn' ? '.cn' : ''}/${account}/${name}`
  return /arn$/i.test(id) || type === 'AWS::SecretsManager::Secret' ? arn ?? name : name
}

/** Of an identifier in parts, AWS makes the last: what stands in a parent is not called as the parent is. */
export const withLastPart = (type: string, naming: Readonly<Record<string, unknown>>, fallback: string): Readonly<Record<string, unknown>> => {
  const { id = [], readOnly = [] } = schemaOf(type) ?? {}
  const last = id.at(-1)
  return last === undefined || id.length === 1 || !readOnly.includes(last) || typeof naming[last] === 'string' ? naming : { ...naming, [last]: fallback }
}

/** Properties with the identifier that AWS will set, so that what names the resource by it finds it. */
export const withIdentifier = (type: string, properties: Record<string, unknown>, identity: Pick<Identity, 'name' | 'arn'>, where: Where): Record<string, unknown> => {
  const { id: [primary, ...others] = [], readOnly = [], properties: known = {} } = schemaOf(type) ?? {}
  if (primary === undefined || others.length > 0 || !readOnly.includes(primary) || known[primary] === undefined || typeof properties[primary] === 'string') return properties
  return { ...properties, [primary]: identifierOf(type, identity, where) }
}
