import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { lazyJson } from '../core/lazy-json.ts'
import type { Facts } from '../graph/estate.ts'
import type { Catalogue } from '../iam/index.ts'
import type { Descriptions, TypeDescription } from '../model/describe.ts'
import { commonRelations } from '../model/common-relations.ts'
import type { ResourceType } from '../model/types.gen.ts'
import { schemaOf } from '../sources/shape.ts'
import { loadCatalogue } from './load.ts'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

const dataText = (name: string): string => {
  const bytes = readFileSync(join(root, 'data', name))
  return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString()
}

/** Reads a fact file that ships with the package. */
export const readData = <T>(name: string): T => JSON.parse(dataText(name)) as T

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}

/** IAM's actions, resource types and condition keys. */
export const iamCatalogue = once(() => readData<Catalogue>('iam-catalogue.json.gz'))

const managedPolicies = once(() => lazyJson<{ readonly document: unknown }>(dataText('managed-policies.json.gz')))

/** A type's name as people write it: `JobDefinition` is a job definition. */
const inWords = (kind: string): string => (/^(?:[A-Z][a-z0-9]+)+$/.test(kind) ? kind.replace(/(?!^)[A-Z]/g, ' $&').toLowerCase() : kind)

/** What is special about each resource type: what its file declares, and what its property names say. */
export const typeDescriptions = async (): Promise<Descriptions> => {
  const declared = new Map((await loadCatalogue<TypeDescription>('model/types')).map(({ item }) => [item.type as string, item]))
  const made = new Map<string, TypeDescription | undefined>()
  const describe = (type: string): TypeDescription | undefined => {
    const schema = schemaOf(type)
    if (schema === undefined) return undefined
    const [, service = '', kind = type] = type.split('::')
    const { relations, ...described } = declared.get(type) ?? { type: type as ResourceType, service, label: inWords(kind), relations: [] }
    const explicit = new Set(relations.map(({ pointer }) => pointer))
    return { ...described, relations: [...relations, ...commonRelations(type, schema, explicit)] }
  }
  return {
    get(type) {
      if (!made.has(type)) made.set(type, describe(type))
      return made.get(type)
    },
    has: (type) => schemaOf(type) !== undefined,
  }
}

/** Everything that an estate needs besides a snapshot. */
export const facts = async (): Promise<Facts> => ({
  descriptions: await typeDescriptions(),
  get catalogue() {
    return iamCatalogue()
  },
  managedPolicy: (arn) => managedPolicies()[arn]?.document,
})
