import { placesAt } from '../core/pointer.ts'
import { byText } from '../core/text.ts'
import { isUnknown } from '../core/unknown.ts'
import type { Descriptions, RelationRule } from '../model/describe.ts'
import { relationNames } from '../model/relations.ts'
import type { Resource } from '../model/resource.ts'
import type { ResourceTable } from '../model/snapshot.ts'
import { buildGraph } from './graph.ts'
import type { Graph, GraphBuilder } from './graph.ts'
import { imageRepository, modelName, namedIn } from './names.ts'
import type { References } from './references.ts'
import { holds, storageId, storagePlace } from './storage.ts'
import type { StoragePlace } from './storage.ts'

const modelTypes = [
  'AWS::Bedrock::ApplicationInferenceProfile', 'AWS::Bedrock::CustomModel', 'AWS::Bedrock::ImportedModel', 'AWS::Bedrock::CustomModelDeployment',
  'AWS::Bedrock::ProvisionedModelThroughput', 'AWS::Bedrock::Prompt', 'AWS::Bedrock::PromptRouter', 'AWS::SageMaker::Endpoint',
]

/** Turns the relations that types declare into a graph over a snapshot's resources. Node numbers of resources are their table numbers. */
export const connect = (
  table: ResourceTable, descriptions: Descriptions, references: References): Graph => {
  const builder = buildGraph(relationNames)
  for (let index = 0; index < table.length; index++) {
    builder.add({ kind: 'resource', id: table.idOf(index), type: table.typeOf(index), resource: index })
  }
  const storage = storageNodes(builder, references)
  for (let index = 0; index < table.length; index++) {
    const rules = descriptions.get(table.typeOf(index))?.relations ?? []
    if (rules.length === 0) continue
    const resource = table.get(index)
    for (const rule of rules) relate(builder, storage, references, resource, index, rule)
  }
  storage.nest()
  return builder.finish()
}

const relate = (
  builder: GraphBuilder, storage: StorageNodes, references: References, resource: Resource, from: number, rule: RelationRule) => {
  for (const { pointer, value } of placesAt(resource.properties, rule.pointer)) {
    if (isUnknown(value)) continue
    const to = resolve(builder, storage, references, resource, rule, value)
    if (to !== undefined && to !== from) builder.connect(from, rule.relation, to, pointer)
  }
}

const resolve = (
  builder: GraphBuilder, storage: StorageNodes, references: References, resource: Resource, { target }: RelationRule, value: unknown): number | undefined => {
  if (target === 'storage') {
    const place = storagePlace(value)
    return place === undefined ? undefined : storage.at(place, resource)
  }
  if (typeof value !== 'string' || value === '') return undefined
  switch (target) {
    case 'image': {
      const repository = imageRepository(value)
      const known = repository === undefined ? undefined : references.find(['AWS::ECR::Repository'], repository.name, repository)
      return known ?? builder.add({ kind: 'external', id: value, type: 'image' })
    }
    case 'model':
      return references.find(modelTypes, value, resource) ??
        builder.add({ kind: 'external', id: `model/${modelName(value)}`, type: 'AWS::Bedrock::FoundationModel' })
    case 'arn':
      return references.find([], value, resource) ?? builder.add({ kind: 'external', id: value, type: 'arn' })
    default: {
      const types = typeof target === 'string' ? [target] : target
      return references.find(types, namedIn(value), resource) ?? builder.add({ kind: 'external', id: value, type: types[0]! })
    }
  }
}

interface StorageNodes {
  at(place: StoragePlace, near: Resource): number
  /** Connects each location to the narrowest one that holds it, and the widest to their bucket. */
  nest(): void
}

const storageNodes = (builder: GraphBuilder, references: References): StorageNodes => {
  const buckets = new Map<string, { node: number, places: Map<string, number> }>()
  return {
    at(place, near) {
      let bucket = buckets.get(place.bucket)
      if (bucket === undefined) {
        const node = references.find(['AWS::S3::Bucket', 'AWS::S3::AccessPoint'], place.bucket, near) ??
          builder.add({ kind: 'external', id: `s3://${place.bucket}`, type: 'AWS::S3::Bucket' })
        bucket = { node, places: new Map([['', node]]) }
        buckets.set(place.bucket, bucket)
      }
      const known = bucket.places.get(place.prefix)
      if (known !== undefined) return known
      const node = builder.add({ kind: 'storage', id: storageId(place), type: 'storage' })
      bucket.places.set(place.prefix, node)
      return node
    },
    nest() {
      for (const { places } of buckets.values()) {
        const open: string[] = []
        for (const prefix of [...places.keys()].sort(byFolder)) {
          while (open.length > 0 && !holds(open.at(-1)!, prefix)) open.pop()
          if (open.length > 0) builder.connect(places.get(open.at(-1)!)!, 'contains', places.get(prefix)!, '')
          open.push(prefix)
        }
      }
    },
  }
}

/** A folder stands right before what it holds: `a`, `a/b`, `a-b` would part `a` from `a/b` if compared as plain text. */
const byFolder = (a: string, b: string): number => byText(a === '' ? '' : `${a}/`, b === '' ? '' : `${b}/`)
