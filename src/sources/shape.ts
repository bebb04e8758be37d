import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { lazyJson } from '../core/lazy-json.ts'
import { isUnknown, unknown } from '../core/unknown.ts'
import type { SchemaSet, TypeSchema, ValueSchema } from '../model/type-schema.ts'

type Values = Readonly<Record<string, unknown>>

/** New names by pointer in the source's own spelling: `{'OnStart/*\/Script': 'Content'}`. */
export type Renames = Readonly<Record<string, string>>

let loaded: SchemaSet | undefined

/** Schemas of the resource types that Bartizan knows, by name; the file is read once, and a schema when it is asked for. */
export const typeSchemas = (): SchemaSet => (loaded ??= lazyJson<TypeSchema>(gunzipSync(readFileSync(new URL('../../data/types.json.gz', import.meta.url))).toString()))

/** The schema of a resource type; undefined for a type that Bartizan does not know. */
export const schemaOf = (type: string): TypeSchema | undefined => (Object.hasOwn(typeSchemas(), type) ? typeSchemas()[type] : undefined)

/**
 * Puts what a service says of a thing into CloudFormation's shape: its member names, its value types. Members that the type
 * lacks are dropped; a value that does not fit, and a required property that is missing, is unknown.
 */
export const fit = (type: string, values: Values, renames: Renames = {}): Record<string, unknown> => {
  const schema = schemaOf(type)
  if (schema === undefined) return spell(values) as Record<string, unknown>
  const fitted = fitFields({ definitions: schema.definitions, renames }, schema.properties, values, '')
  return complete(fitted, schema.required)
}

/** Checks trust that a required property is there: one that is missing is unknown. */
const complete = (fitted: Record<string, unknown>, required: readonly string[] = []): Record<string, unknown> => {
  for (const name of required) fitted[name] ??= unknown(`${missing} ${name} is`)
  return fitted
}

/** How the reason of a required property that is missing starts. */
export const missing = 'it is not said what'

interface Fitting { readonly definitions: TypeSchema['definitions'], readonly renames: Renames }

type Fields = Readonly<Record<string, ValueSchema>>

const spellings = new WeakMap<Fields, ReadonlyMap<string, string>>()

/** Property names by their letters alone: `kmsKeyARN` is `KmsKeyArn`, `isDefault_` is `IsDefault`. */
const spellingOf = (fields: Fields): ReadonlyMap<string, string> => {
  const known = spellings.get(fields)
  if (known !== undefined) return known
  const made = new Map(Object.keys(fields).map((name) => [plain(name), name]))
  spellings.set(fields, made)
  return made
}

const plain = (name: string): string => name.replace(/[_-]/g, '').toLowerCase()

const fitFields = (fitting: Fitting, fields: Fields, values: Values, path: string): Record<string, unknown> => {
  const spelling = spellingOf(fields)
  const fitted: Record<string, unknown> = {}
  for (const [given, value] of Object.entries(values)) {
    if (value === undefined || value === null) continue
    if (given.startsWith('Bartizan')) {
      fitted[given] = value
      continue
    }
    const inner = path === '' ? given : `${path}/${given}`
    const renamed = fitting.renames[inner]
    // a block that may stand often has its name in the singular in Terraform
    const name = renamed ?? spelling.get(plain(given)) ?? (Array.isArray(value) ? spelling.get(`${plain(given)}s`) ?? spelling.get(plain(given).replace(/y$/, 'ies')) : undefined)
    if (name === undefined || fields[name] === undefined || (fitted[name] !== undefined && name !== given && renamed === undefined)) continue
    const fittedValue = fitValue(fitting, fields[name], isTime(name, value) ? new Date(Number(value) * 1000) : value, inner)
    if (fittedValue !== undefined) fitted[name] = fittedValue
  }
  return fitted
}

/** Seconds since 1970, where an answer was read as plain JSON. */
const isTime = (name: string, value: unknown): boolean =>
  /(At|Time|Date|Timestamp)$/.test(name) && (typeof value === 'number' || typeof value === 'string' && /^\d{9,10}(\.\d+)?$/.test(value))

const fitValue = (fitting: Fitting, schema: ValueSchema, value: unknown, path: string): unknown => {
  if (isUnknown(value)) return value
  if ('ref' in schema) return fitValue(fitting, fitting.definitions[schema.ref] ?? { json: true }, value, path)
  if ('text' in schema) return fitText(value)
  if ('flag' in schema) return typeof value === 'boolean' ? value : fitFlag(value)
  if ('number' in schema) return fitNumber(value)
  if ('json' in schema) return fitJson(value)
  if ('list' in schema) return fitList(fitting, schema.list, value, path)
  if ('map' in schema) return fitMap(fitting, schema.map, value, path)
  if (typeof value === 'string' && /^\s*\{/.test(value)) {
    const document = fitJson(value)
    return typeof document === 'string' ? misfit(value) : fitValue(fitting, schema, document, path)
  }
  // Terraform writes a block that may stand once as a list of at most one
  if (Array.isArray(value) && value.length <= 1) return value.length === 0 ? undefined : fitValue(fitting, schema, value[0], path)
  if (!isRecord(value)) return misfit(value)
  // an empty object where one with required properties belongs means that it is not set
  if (schema.required !== undefined && Object.values(value).every((inner) => inner === undefined || inner === null)) return undefined
  return complete(fitFields(fitting, schema.fields, value, path), schema.required)
}

const isRecord = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date) && !(value instanceof Uint8Array)

const misfit = (value: unknown) => unknown(`${Array.isArray(value) ? 'a list' : `a ${typeof value}`} does not belong here`)

const fitText = (value: unknown): unknown => {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value)
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? misfit(value) : value.toISOString()
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  return typeof value === 'object' ? JSON.stringify(value) : misfit(value)
}

/** A few services say that something is so by an empty object. */
const fitFlag = (value: unknown): unknown => {
  if (isRecord(value) && Object.keys(value).length === 0) return true
  const text = String(value).toLowerCase()
  return text === 'true' ? true : text === 'false' ? false : misfit(value)
}

const fitNumber = (value: unknown): unknown => {
  if (value instanceof Date) return value.getTime() / 1000
  const number = typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' || typeof value === 'bigint' ? Number(value) : Number.NaN
  return Number.isFinite(number) ? number : misfit(value)
}

/** JSON written as text, URL-encoded as IAM does or plain, becomes the value it says. */
const fitJson = (value: unknown): unknown => {
  if (typeof value === 'string' && /^\s*(?:[[{]|%7B)/i.test(value)) {
    try {
      return JSON.parse(/^\s*%7B/i.test(value) ? decodeURIComponent(value) : value) as unknown
    } catch {
      return value
    }
  }
  return plainJson(value)
}

const plainJson = (value: unknown): unknown => {
  if (value instanceof Date || value instanceof Uint8Array || typeof value === 'bigint') return fitText(value)
  if (Array.isArray(value)) return value.map(plainJson)
  return isRecord(value) ? Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined && inner !== null).map(([name, inner]) => [name, plainJson(inner)])) : value
}

const resolved = ({ definitions }: Fitting, schema: ValueSchema): ValueSchema => ('ref' in schema ? definitions[schema.ref] ?? schema : schema)

/** A map where CloudFormation has a list of pairs becomes that list. */
const fitList = (fitting: Fitting, item: ValueSchema, value: unknown, path: string): unknown => {
  if (Array.isArray(value)) return value.map((inner) => fitValue(fitting, item, inner, `${path}/*`))
  if (isRecord(value)) {
    if (Array.isArray(value['Items'])) return fitList(fitting, item, value['Items'], path)
    return Object.entries(value).map(([Key, Value]) => fitValue(fitting, item, { Key, Name: Key, Value }, `${path}/*`))
  }
  // one text where a list of texts belongs is a list of one
  return typeof value === 'string' && 'text' in resolved(fitting, item) ? [value] : misfit(value)
}

/** A list of pairs where CloudFormation has a map becomes that map. */
const fitMap = (fitting: Fitting, inner: ValueSchema, value: unknown, path: string): unknown => {
  if (Array.isArray(value)) {
    const pairs = (value as Values[]).map((pair) => [pair['Key'] ?? pair['key'] ?? pair['Name'] ?? pair['name'], pair['Value'] ?? pair['value']] as const)
    return Object.fromEntries(pairs.map(([name, each]) => [String(name), fitValue(fitting, inner, each, `${path}/*`)]))
  }
  return isRecord(value) ? Object.fromEntries(Object.entries(value).map(([name, each]) => [name, fitValue(fitting, inner, each, `${path}/*`)])) : misfit(value)
}

/** Members whose names are the customer's own: they keep their spelling. */
const named = /^(tags|environment|variables|environmentvariables|hyperparameters|parameters|defaultarguments|labels|attributes|metadata)$/i

const spell = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(spell)
  if (!isRecord(value) || isUnknown(value)) return plainJson(value)
  return Object.fromEntries(Object.entries(value)
    .filter(([name, inner]) => inner !== undefined && inner !== null && !name.startsWith('$'))
    .map(([name, inner]) => [name.charAt(0).toUpperCase() + name.slice(1), named.test(name) ? plainJson(inner) : spell(inner)]))
}
