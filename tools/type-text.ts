import type { SchemaSet, TypeSchema, ValueSchema } from '../src/model/type-schema.ts'

const heading = `// Made by "npm run generate" from data/types.json.gz. Do not edit.
/** Any JSON value: a policy document, a definition, whatever a schema leaves open. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined }
/** A type's properties by its CloudFormation name. */
`

/** TypeScript for the properties of every resource type. */
export const typeText = (types: SchemaSet): string => {
  const names = Object.keys(types).sort()
  const table = names.map((type) => `  '${type}': ${interfaceName(type)}`)
  return `${heading}export interface ResourceTypes {\n${table.join('\n')}\n}\nexport type ResourceType = keyof ResourceTypes\n\n${names.map((type) => declarations(type, types[type]!)).join('\n')}`
}

const interfaceName = (type: string): string => type.replace(/^AWS::/, '').replaceAll('::', '')

const declarations = (type: string, schema: TypeSchema): string => {
  const base = interfaceName(type)
  const used = reachable(schema)
  const own = new Map<string, ValueSchema>([...used].sort().map((name) => [`${base}_${name.replaceAll(/[^A-Za-z0-9_]/g, '')}`, schema.definitions[name]!]))
  const main = `export interface ${base} ${body(base, schema.properties, new Set(schema.required), 0)}`
  const parts = [...own].map(([name, value]) =>
    'fields' in value ? `interface ${name} ${body(base, value.fields, new Set(value.required), 0)}` : `type ${name} = ${text(base, value, 0)}`)
  return `${[main, ...parts].join('\n')}\n`
}

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

const body = (base: string, fields: Readonly<Record<string, ValueSchema>>, required: ReadonlySet<string>, depth: number): string => {
  const pad = '  '.repeat(depth + 1)
  const lines = Object.entries(fields).map(([name, value]) =>
    `${pad}readonly ${/^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name)}${required.has(name) ? '' : '?'}: ${text(base, value, depth + 1)}`)
  return lines.length === 0 ? '{}' : `{\n${lines.join('\n')}\n${'  '.repeat(depth)}}`
}

const text = (base: string, value: ValueSchema, depth: number): string => {
  if ('text' in value) return value.text.length === 0 || value.text.length > 30 ? 'string' : value.text.map((word) => JSON.stringify(word)).join(' | ')
  if ('flag' in value) return 'boolean'
  if ('number' in value) return 'number'
  if ('json' in value) return 'Json'
  if ('list' in value) return `readonly ${grouped(text(base, value.list, depth))}[]`
  if ('map' in value) return `{ readonly [key: string]: ${text(base, value.map, depth)} }`
  if ('ref' in value) return value.ref.startsWith('#') ? 'Json' : `${base}_${value.ref.replaceAll(/[^A-Za-z0-9_]/g, '')}`
  return body(base, value.fields, new Set(value.required), depth)
}

const grouped = (inner: string): string => (inner.includes('|') && !inner.startsWith('{') || inner.startsWith('readonly ') ? `(${inner})` : inner)
