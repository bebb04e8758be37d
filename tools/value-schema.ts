import type { ValueSchema } from '../src/model/type-schema.ts'

/** A JSON object of a provider schema. */
export type Json = Readonly<Record<string, unknown>>

type Definitions = Readonly<Record<string, Json>>

/** Keeps of a JSON schema's properties what is needed to coerce and to type values; drops words, patterns and lengths. */
export const schemaReader = (definitions: Definitions = {}) => (raw: unknown): Record<string, ValueSchema> => properties(definitions, raw)

const properties = (definitions: Definitions, raw: unknown): Record<string, ValueSchema> =>
  Object.fromEntries(Object.entries((raw ?? {}) as Json)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => [name, valueSchema(definitions, value as Json, name)]))

/** Members that hold names of the customer's own choice where a schema only says object. */
const map = /^(Environment|Variables|Tags|(Default|NonOverridable)?Arguments|(DefaultRun|Connection|Athena|Python|Spark)Properties)$/

const valueSchema = (definitions: Definitions, raw: Json, name: string): ValueSchema => {
  if (typeof raw['$ref'] === 'string') return { ref: raw['$ref'].replace('#/definitions/', '') }
  const type = kind(raw['type'])
  if (type === 'array' || raw['items'] !== undefined) return { list: valueSchema(definitions, (raw['items'] ?? {}) as Json, '') }
  const alternatives = ['oneOf', 'anyOf', 'allOf'].flatMap((word) => (raw[word] ?? []) as Json[]).filter(saysMore)
  const own = Object.keys(raw['properties'] ?? {}).length > 0 ? fields(definitions, raw) : undefined
  if (alternatives.length > 0) {
    const others = alternatives.map((each) => valueSchema(definitions, each, name))
    return merged(definitions, own === undefined ? others : [own, ...others])
  }
  if (own !== undefined) return own
  const patterns = Object.values((raw['patternProperties'] ?? {}) as Readonly<Record<string, Json>>)
  const others = typeof raw['additionalProperties'] === 'object' ? [raw['additionalProperties'] as Json] : []
  if (patterns.length + others.length > 0) {
    const inner = merged(definitions, [...patterns, ...others].map((each) => valueSchema(definitions, each, '')))
    return { map: 'json' in inner && map.test(name) ? { text: [] } : inner }
  }
  switch (type) {
    case 'string': return Array.isArray(raw['enum']) ? { text: raw['enum'].map(String) } : { text: [] }
    case 'boolean': return { flag: true }
    case 'integer':
    case 'number': return { number: true }
    case undefined: return typeof raw['format'] === 'string' && raw['format'] !== 'json' ? { text: [] } : { json: true }
    default: return map.test(name) ? { map: { text: [] } } : raw['additionalProperties'] === false ? { fields: {} } : { json: true }
  }
}

/** One word for a schema's type; a mixture of plain types is text, a mixture with objects is open. */
const kind = (type: unknown): string | undefined => {
  if (!Array.isArray(type)) return type as string | undefined
  return type.length === 1 ? String(type[0]) : type.includes('object') || type.includes('array') ? 'object' : 'string'
}

/** An alternative that only says which members belong together adds no shape. */
const saysMore = (raw: Json): boolean =>
  shaping.some((word) => raw[word] !== undefined) && !(raw['type'] === 'object' && Object.keys(raw).length === 1)

const shaping = ['$ref', 'type', 'properties', 'items', 'oneOf', 'anyOf', 'allOf', 'enum', 'patternProperties']

const fields = (definitions: Definitions, raw: Json): ValueSchema =>
  ({ fields: properties(definitions, raw['properties']), ...(Array.isArray(raw['required']) ? { required: raw['required'].map(String).sort() } : {}) })

/** Objects become one object that needs what each of them needs; words become one list of words; any other mixture stays open. */
const merged = (definitions: Definitions, schemas: readonly ValueSchema[]): ValueSchema => {
  if (schemas.length === 1) return schemas[0]!
  const plain = schemas.map((schema) => resolve(definitions, schema, 0))
  if (plain.every((schema) => 'fields' in schema)) {
    const required = plain.map((schema) => new Set(schema.required)).reduce((all, each) => all.intersection(each))
    const all = Object.assign({}, ...plain.map((schema) => schema.fields)) as Record<string, ValueSchema>
    return { fields: all, ...(required.size === 0 ? {} : { required: [...required].sort() }) }
  }
  if (plain.every((schema) => 'text' in schema)) {
    return { text: plain.some(({ text }) => text.length === 0) ? [] : [...new Set(plain.flatMap(({ text }) => text))].sort() }
  }
  const [first] = plain
  return plain.every((schema) => JSON.stringify(schema) === JSON.stringify(first)) ? first! : { json: true }
}

const resolve = (definitions: Definitions, schema: ValueSchema, depth: number): ValueSchema => {
  if (!('ref' in schema)) return schema
  const target = definitions[schema.ref]
  return target === undefined || depth > 8 ? { json: true } : resolve(definitions, valueSchema(definitions, target, schema.ref), depth + 1)
}
