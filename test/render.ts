import { mappingOf } from '../src/sources/terraform/mapping.ts'
import { reshapes } from '../src/sources/terraform/shapes.ts'
import { terraformTypes } from '../src/sources/terraform/types.ts'
import type { ValueSchema } from '../src/model/type-schema.ts'
import { schemaOf } from '../src/sources/shape.ts'

/** What is written as a template: a type and its properties, as CloudFormation has them. */
export interface Written { readonly type: string, readonly properties: Readonly<Record<string, unknown>> }

type Values = Readonly<Record<string, unknown>>

/** A CloudFormation template of resources, each with its number for a name. */
export const asTemplate = (resources: readonly Written[]) =>
  ({ Resources: Object.fromEntries(resources.map(({ type, properties }, index) => [`R${index}`, { Type: type, Properties: escaped(properties) }])) })

/** Text that looks like an intrinsic function is no text in a template; none of the examples has one, and an object that has is left. */
const escaped = (properties: Values): Values => JSON.parse(JSON.stringify(properties)) as Values

/** The plan of Terraform that makes resources, with the provider `aws` where its types are mapped name by name, else `awscc`. */
export const asPlan = (resources: readonly Written[], provider: 'aws' | 'awscc') => ({
  format_version: '1.2',
  resource_changes: resources.flatMap(({ type, properties }, index) => {
    const terraform = provider === 'aws' ? awsType(type) ?? awsccType(type) : awsccType(type)
    return terraform === undefined ? [] : [{ address: `${terraform}.r${index}`, type: terraform, mode: 'managed', change: { actions: ['create'], after: argumentsOf(type, terraform, properties), after_unknown: {} } }]
  }),
})

/** The same as a file of HCL: JSON is a literal there, but for what starts an expression in a text. */
export const asHcl = (resources: readonly Written[]): string => asPlan(resources, 'aws').resource_changes.map(({ type, address, change }) => {
  const values = Object.entries(change.after).filter(([, value]) => value !== undefined).map(([name, value]) => `  ${name} = ${JSON.stringify(value).replaceAll(/([$%])\{/g, '$1$1{')}\n`)
  return `resource "${type}" "${address.split('.')[1]}" {\n${values.join('')}}\n`
}).join('\n')

const snake = (name: string): string => name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1_$2').toLowerCase()

/** `AWS::SageMaker::ModelCard` is `awscc_sagemaker_model_card`. */
export const awsccType = (type: string): string | undefined => {
  const [, service = '', kind = ''] = type.split('::')
  const name = `awscc_${service.toLowerCase()}_${snake(kind)}`
  return mappingOf(name)?.type === type ? name : undefined
}

/** The type of the provider `aws` whose mapping leads here, where no argument is arranged otherwise. */
export const awsType = (type: string): string | undefined => {
  const [, service = '', kind = ''] = type.split('::')
  const listed = Object.entries(terraformTypes).filter(([, mapping]) => mapping.type === type).map(([name]) => name)
  return [...listed, `aws_${service.toLowerCase()}_${snake(kind)}`].find((name) => mappingOf(name)?.type === type && reshapes[name] === undefined)
}

const argumentsOf = (type: string, terraform: string, properties: Values): Values => {
  const renames = Object.entries(mappingOf(terraform)?.renames ?? {}).filter(([from]) => !from.includes('/'))
  const { properties: fields = {}, definitions = {} } = schemaOf(type) ?? {}
  const isBlocks = terraform.startsWith('aws_')
  const written = (value: unknown, schema: ValueSchema | undefined): unknown => {
    if (schema !== undefined && 'ref' in schema) return written(value, definitions[schema.ref])
    if (schema !== undefined && 'json' in schema) return typeof value === 'object' && value !== null ? JSON.stringify(value) : value
    if (Array.isArray(value)) return value.map((item) => written(item, schema !== undefined && 'list' in schema ? schema.list : undefined))
    if (typeof value !== 'object' || value === null) return value
    if (schema !== undefined && 'map' in schema) return value
    const inner = schema !== undefined && 'fields' in schema ? schema.fields : {}
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [snake(name), blockOf(written(each, inner[name]), inner[name])]))
  }
  /** A block that may stand once is a list of one in a plan. */
  const blockOf = (value: unknown, schema: ValueSchema | undefined): unknown => {
    const whole = schema !== undefined && 'ref' in schema ? definitions[schema.ref] : schema
    return isBlocks && whole !== undefined && 'fields' in whole && typeof value === 'object' && value !== null && !Array.isArray(value) ? [value] : value
  }
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => {
    const argument = renames.find(([, property]) => property === name)?.[0] ?? snake(name)
    if (name.startsWith('Bartizan')) return [name, value]
    return [argument, isBlocks && name === 'Tags' ? tagMap(value) : blockOf(written(value, fields[name]), fields[name])]
  }))
}

const tagMap = (tags: unknown): unknown =>
  (Array.isArray(tags) ? Object.fromEntries((tags as { Key: string, Value: string }[]).map(({ Key, Value }) => [Key, Value])) : tags)
