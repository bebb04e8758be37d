import { partitionOf } from '../../core/arn.ts'
import { isUnknown, unknown } from '../../core/unknown.ts'
import { attributeOf, isNaming } from './references.ts'
import { policyDocument } from './policy-document.ts'
import type { Where } from './where.ts'

type Body = Readonly<Record<string, unknown>>

/** What `data.TYPE.NAME.ATTRIBUTE` gives; what is read from the account is unknown, unless the arguments already say it. */
export const dataAttribute = (type: string, name: string, attribute: string, body: Body, where: Where, render: (template: string, names: Body) => unknown): unknown => {
  const { account, region } = where
  const partition = partitionOf(region)
  const read = unknown(`data.${type}.${name}.${attribute} is read from the account`)
  const known = (values: Body): unknown => (Object.hasOwn(values, attribute) ? values[attribute] : Object.hasOwn(body, attribute) ? body[attribute] : read)
  const text = (argument: string): string | undefined => (typeof body[argument] === 'string' ? body[argument] : undefined)
  switch (type) {
    case 'aws_caller_identity': return known({ account_id: account, arn: `arn:${partition}:iam::${account}:root`, id: account })
    case 'aws_region': return known({ name: region, id: region, region })
    case 'aws_partition': return known({ partition, id: partition, dns_suffix: partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com', reverse_dns_prefix: 'com.amazonaws' })
    case 'aws_availability_zones': return known({ names: ['a', 'b', 'c'].map((zone) => `${region}${zone}`) })
    case 'aws_default_tags': return known({ tags: {} })
    case 'aws_iam_policy_document': return attribute === 'json' || attribute === 'minified_json' ? policyDocument(body) : known({})
    case 'aws_iam_policy': return known(managedPolicy(text('name'), text('arn'), text('path_prefix'), partition))
    case 'aws_service_principal': return known({ name: `${text('service_name') ?? ''}.amazonaws.com`, id: `${text('service_name') ?? ''}.amazonaws.com` })
    case 'aws_bedrock_foundation_model': return known({ model_arn: `arn:${partition}:bedrock:${region}::foundation-model/${text('model_id') ?? ''}` })
    case 'template_file': return attribute === 'rendered' ? rendered(body, render) : known({})
    default: return Object.hasOwn(body, attribute) ? body[attribute] : inAccount(type, name, attribute, body, where, read)
  }
}

const managedPolicy = (name: string | undefined, arn: string | undefined, path: string | undefined, partition: string): Body => {
  if (arn !== undefined) return { name: arn.split('/').at(-1), id: arn }
  return name === undefined ? {} : { arn: `arn:${partition}:iam::aws:policy/${path?.replace(/^\//, '') ?? ''}${name}` }
}

const rendered = (body: Body, render: (template: string, names: Body) => unknown): unknown => {
  const { template, vars = {} } = body
  return typeof template === 'string' ? render(template, vars as Body) : unknown('the template is not known')
}

/** A thing that exists already is called what the arguments say. */
const inAccount = (type: string, name: string, attribute: string, body: Body, where: Where, read: unknown): unknown => {
  const naming = Object.fromEntries(Object.entries(body).filter(([key, value]) => isNaming(key) && typeof value === 'string'))
  if (Object.keys(naming).length === 0) return read
  const value = attributeOf(type, attribute, naming, where, name)
  return isUnknown(value) ? read : value
}
