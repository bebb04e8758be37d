import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import type { Facts } from '../graph/estate.ts'
import type { Catalogue } from '../iam/index.ts'
import type { TypeDescription } from '../model/describe.ts'
import type { TypeSchema } from '../model/type-schema.ts'
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

/** Schemas of the resource types that Bartizan knows, by name. */
export const typeSchemas = once(() => readData<Readonly<Record<string, TypeSchema>>>('types.json.gz'))

/** IAM's actions, resource types and condition keys. */
export const iamCatalogue = once(() => readData<Catalogue>('iam-catalogue.json.gz'))

const managedPolicies = once(() => readData<Readonly<Record<string, { readonly document: unknown }>>>('managed-policies.json.gz'))

/** What is special about each resource type. */
export const typeDescriptions = async (): Promise<ReadonlyMap<string, TypeDescription>> => {
  const described = await loadCatalogue<TypeDescription>('model/types')
  return new Map(described.map(({ item }) => [item.type, item]))
}

/** Everything that an estate needs besides a snapshot. */
export const facts = async (): Promise<Facts> => ({
  descriptions: await typeDescriptions(),
  get catalogue() {
    return iamCatalogue()
  },
  managedPolicy: (arn) => managedPolicies()[arn]?.document,
})
