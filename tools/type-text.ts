import type { SchemaSet, TypeSchema, ValueSchema } from '../src/model/type-schema.ts'

const heading = `// Made by "npm run generate" from data/types.json.gz. Do not edit.
/** Any JSON value: a policy document, a definition, whatever a schema leaves open. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined }
/** A type's properties by its CloudFormation name. */
`

/** TypeScript for the properties of every resource type. */
export const typeText = (types: SchemaSet): string => {
  const names = Object.keys(types).sort()
  const table = names.map((type) => `  '${type}': ${interfaceName(type)}`).join('\n')
  const interfaces = names.map((type) => declarations(type, types[type]!)).join('\n')
  return `${heading}export interface ResourceTypes {\n${table}\n}\nexport type ResourceType = keyof ResourceTypes\n\n${interfaces}`
}

const interfaceName = (type: string): string => type.replace(/^AWS::/, '').replaceAll('::', '')

const declarations = (type: string, schema: TypeSchema): string => {
  const base = interfaceName(type)
  const own = [...reachable(schema)].sort().map((name) => [definitionName(base, name), schema.definitions[name]!] as const)
  const main = `export interface ${base} ${body(base, schema.properties, new Set(schema.required), 0)}`
  const parts = own.map(([name, value]) => (
    'fields' in value ? `interface ${name} ${body(base, value.fields, new Set(value.required), 0)}` : `type ${name} = ${text(base, value, 0)}`))
  return `${[main, ...parts].join('\n')}\n`
}

const definitionName = (base: string, name: string): string => `${base}_${name.replaceAll(/[^A-Za-z0-9_]/g, '')}`

const reachable = (schema: TypeSchema): Set<string> => {
  const found = new Set<string>()
  const visit = (value: ValueSchema): void => {
    if ('ref' in value) {
      if (found.has(value.ref) || schema.definitions[value.ref] === undefined) return
      found.add(value.ref)
      visit(schema.definitions[value.ref]!)
    } else if ('list' in value) visit(value.list)
    else if ('map' in value) visit(value.map)
    else if ('fields' in value) Object.values(value.fields).forEach(visit)
  }
  Object.values(schema.properties).forEach(visit)
  return found
}

type Fields = Readonly<Record<string, ValueSchema>>

const body = (base: string, fields: Fields, required: ReadonlySet<string>, depth: number): string => {
  const pad = '  '.repeat(depth + 1)
  const lines = Object.entries(fields).map(([name, value]) => {
    const key = /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name)
    return `${pad}readonly ${key}${required.has(name) ? '' : '?'}: ${text(base, value, depth + 1)}`
  })
  return lines.length === 0 ? '{}' : `{\n${lines.join('\n')}\n${'  '.repeat(depth)}}`
}

const text = (base: string, value: ValueSchema, depth: number): string => {
  if ('text' in value) return words(value.text)
  if ('flag' in value) return 'boolean'
  if ('number' in value) return 'number'
  if ('json' in value) return 'Json'
  if ('list' in value) return `readonly ${grouped(text(base, value.list, depth))}[]`
  if ('map' in value) return `{ readonly [key: string]: ${text(base, value.map, depth)} }`
  if ('ref' in value) return value.ref.startsWith('#') ? 'Json' : definitionName(base, value.ref)
  return body(base, value.fields, new Set(value.required), depth)
}

/** A long list of words is out of date before it is read: any string, then. */
const words = (text: readonly string[]): string =>
  (text.length === 0 || text.length > 30 ? 'string' : text.map((word) => JSON.stringify(word)).join(' | '))

const grouped = (inner: string): string =>
  (inner.includes('|') && !inner.startsWith('{') || inner.startsWith('readonly ') ? `(${inner})` : inner)
