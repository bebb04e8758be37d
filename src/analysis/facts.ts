import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import type { Facts } from '../graph/estate.ts'
import type { Catalogue } from '../iam/index.ts'
import type { TypeDescription } from '../model/describe.ts'
import { commonRelations } from '../model/common-relations.ts'
import type { ResourceType } from '../model/types.gen.ts'
import { typeSchemas } from '../sources/shape.ts'
import { loadCatalogue } from './load.ts'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** Reads a fact file that ships with the package. */
export const readData = <T>(name: string): T => {
  const bytes = readFileSync(join(root, 'data', name))
  return JSON.parse((name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString()) as T
}

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}

/** IAM's actions, resource types and condition keys. */
export const iamCatalogue = once(() => readData<Catalogue>('iam-catalogue.json.gz'))

const managedPolicies = once(() => readData<Readonly<Record<string, { readonly document: unknown }>>>('managed-policies.json.gz'))

/** What is special about each resource type: what its file declares, and what its property names say. */
export const typeDescriptions = async (): Promise<ReadonlyMap<string, TypeDescription>> => {
  const declared = new Map((await loadCatalogue<TypeDescription>('model/types')).map(({ item }) => [item.type as string, item]))
  return new Map(Object.entries(typeSchemas()).map(([type, schema]) => {
    const [, service = '', kind = type] = type.split('::')
    const { relations, ...described } = declared.get(type) ?? { type: type as ResourceType, service, label: kind, relations: [] }
    const explicit = new Set(relations.map(({ pointer }) => pointer))
    return [type, { ...described, relations: [...relations, ...commonRelations(type, schema, explicit)] }]
  }))
}

/** Everything that an estate needs besides a snapshot. */
export const facts = async (): Promise<Facts> => ({
  descriptions: await typeDescriptions(),
  get catalogue() {
    return iamCatalogue()
  },
  managedPolicy: (arn) => managedPolicies()[arn]?.document,
})
