import { ownTypes } from './own-type-table.ts'
import type { OwnType } from './own-type-table.ts'
import { serviceModel } from './service-model.ts'
import type { ServiceModel, Shape } from './service-model.ts'
import type { SchemaSet, TypeSchema, ValueSchema } from '../src/model/type-schema.ts'

/** Types that CloudFormation lacks, shaped as it would: the service's own Describe output in PascalCase. */
export const ownTypeSchemas = (botocore: string): SchemaSet => {
  const models = new Map<string, ServiceModel>()
  const modelOf = (service: string): ServiceModel => {
    const known = models.get(service)
    if (known !== undefined) return known
    const made = serviceModel(botocore, service)
    if (made === undefined) throw new Error(`botocore has no model of ${service}`)
    models.set(service, made)
    return made
  }
  return { ...fromFiles, ...Object.fromEntries(ownTypes.map((own) => [own.type, schemaOf(own, modelOf(own.service))])) }
}

const text = { text: [] }
const dependency = { list: { fields: { Name: text, Pinned: { flag: true } } } } as const
const call = { list: { fields: { Call: text } } } as const

/** Types that no operation describes: the root user, as a row of IAM's credential report; a file of a repository that tells of AI. */
const fromFiles: SchemaSet = {
  'Bartizan::Repository::File': {
    id: ['Path'], readOnly: [], required: ['Path', 'Kind'], own: true, definitions: {},
    properties: { Images: dependency, Kind: text, Models: { list: { fields: { Id: text, Pinned: { flag: true } } } }, Packages: dependency, Path: text, RemoteCode: call, UnsafeLoads: call },
  },
  'AWS::IAM::RootUser': {
    id: [], readOnly: [], required: [], own: true, properties: { AccessKeyActive: { flag: true }, MfaActive: { flag: true } }, definitions: {},
  },
}

const pascal = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1)

const schemaOf = (own: OwnType, model: ServiceModel): TypeSchema => {
  const output = model.operations[own.operation]?.output
  if (output === undefined) throw new Error(`${own.type}: ${own.service} has no operation ${own.operation} with an output`)
  let shape = model.shapes[output.shape]!
  for (const step of own.at ?? []) {
    const next = step === '*' ? shape.member : shape.members?.[step]
    if (next === undefined) throw new Error(`${own.type}: ${own.operation} has no ${step}`)
    shape = model.shapes[next.shape]!
  }
  const definitions: Record<string, ValueSchema> = {}
  const properties = fields(model, shape, definitions)
  for (const [name, kind] of Object.entries(own.add ?? {})) properties[name] = kind
  return {
    id: own.id,
    readOnly: [],
    required: [],
    own: true,
    ...(properties['Tags'] === undefined ? {} : { tags: 'Tags' }),
    properties,
    definitions: Object.fromEntries(Object.entries(definitions).sort(([a], [b]) => (a < b ? -1 : 1))),
  }
}

/** Members that say nothing of a thing: paging, idempotency tokens; and the one that AWS models document as a secret. */
const dropped = /^(ResponseMetadata|[nN]extToken|[cC]lientToken|[cC]lientRequestToken|MasterUserPassword)$/

const fields = (model: ServiceModel, shape: Shape, definitions: Record<string, ValueSchema>): Record<string, ValueSchema> =>
  Object.fromEntries(Object.entries(shape.members ?? {})
    .filter(([name]) => !dropped.test(name))
    .map(([name, { shape: inner }]) => [pascal(name), value(model, inner, definitions)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1)))

const value = (model: ServiceModel, name: string, definitions: Record<string, ValueSchema>): ValueSchema => {
  const shape = model.shapes[name]!
  switch (shape.type) {
    case 'structure':
      if (definitions[name] === undefined) {
        definitions[name] = { json: true }
        definitions[name] = { fields: fields(model, shape, definitions) }
      }
      return { ref: name }
    case 'list': return { list: value(model, shape.member!.shape, definitions) }
    case 'map': return { map: value(model, shape.value!.shape, definitions) }
    case 'boolean': return { flag: true }
    case 'integer':
    case 'long':
    case 'float':
    case 'double': return { number: true }
    case 'string': return { text: shape.enum ?? [] }
    case 'timestamp': return { text: [] }
    default: return { json: true }
  }
}
