import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isSelected } from './selected-types.ts'
import { schemaReader, type Json } from './value-schema.ts'
import type { SchemaSet, TypeSchema } from '../src/model/type-schema.ts'

const readJson = (path: string): Json => JSON.parse(readFileSync(path, 'utf8')) as Json

/** Reads the provider schemas of the selected types from an unpacked cfn-lint wheel. */
export const cloudFormationTypes = (cfnLint: string): SchemaSet => {
  const schemas = join(cfnLint, 'cfnlint', 'data', 'schemas')
  const named = new Map<string, string>()
  for (const file of readdirSync(join(schemas, 'providers')).filter((name) => name.endsWith('.json')).sort(homeFirst)) {
    for (const [type, hash] of Object.entries(readJson(join(schemas, 'providers', file)))) {
      if (isSelected(type) && !named.has(type)) named.set(type, String(hash))
    }
  }
  const types: Record<string, TypeSchema> = {}
  for (const [type, hash] of [...named].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const path = join(schemas, 'resources', `${hash}.json`)
    if (existsSync(path)) types[type] = typeSchema(readJson(path))
  }
  return types
}

/** The region with most types says first how a type looks. */
const homeFirst = (a: string, b: string): number => Number(b === 'us-east-1.json') - Number(a === 'us-east-1.json') || (a < b ? -1 : 1)

const names = (pointers: unknown): string[] =>
  (Array.isArray(pointers) ? pointers : []).map((pointer) => String(pointer).replace('/properties/', '').replaceAll('/properties/', '/'))

interface Handler { readonly permissions?: string[], readonly handlerSchema?: { readonly required?: string[] } }

interface Handlers { readonly list?: Handler, readonly read?: Handler }

const typeSchema = (raw: Json): TypeSchema => {
  const { list, read: reads } = (raw['handlers'] ?? {}) as Handlers
  const tagging = raw['tagging'] as { tagProperty?: string } | undefined
  const read = schemaReader(raw['definitions'] as Readonly<Record<string, Json>> | undefined)
  return {
    id: names(raw['primaryIdentifier']),
    readOnly: names(raw['readOnlyProperties']),
    required: ((raw['required'] ?? []) as string[]).toSorted(),
    ...(tagging?.tagProperty === undefined ? {} : { tags: tagging.tagProperty.replace('/properties/', '') }),
    ...(list === undefined ? {} : { list: { permissions: list.permissions ?? [], parents: list.handlerSchema?.required ?? [] } }),
    ...(reads === undefined ? {} : { read: reads.permissions ?? [] }),
    properties: read(raw['properties']),
    definitions: read(raw['definitions']),
  }
}
