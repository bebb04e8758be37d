import { lastName, partitionOf } from '../core/arn.ts'
import type { TypeSchema } from './type-schema.ts'

/** What a resource is called, and where it is. */
export interface Identity { readonly id: string, readonly name: string, readonly arn?: string }

interface Where { readonly account: string, readonly region: string }

type Properties = Readonly<Record<string, unknown>>

/**
 * Names a resource by its properties: its ARN where one is known or can be written, else its primary identifier.
 * `fallback` stands in for a name that AWS would choose (a template's logical id).
 */
export const identify = (type: string, schema: TypeSchema | undefined, properties: Properties, where: Where, fallback: string): Identity => {
  const kind = lastName(type)
  const name = naming(kind, schema, properties) ?? fallback
  // Of an identifier in parts, an ARN may be that of what the resource stands in.
  const given = [...(schema?.id.length === 1 ? schema.id : []), `${kind}Arn`, 'Arn', 'ARN'].map((key) => properties[key]).find((value) => typeof value === 'string' && value.startsWith('arn:'))
  const arn = typeof given === 'string' ? given : written(schema?.arn, schema?.id.length === 1 ? schema.id[0] : undefined, properties, where, name)
  const primary = (schema?.id ?? []).map((key) => properties[key])
  const plain = primary.length > 0 && primary.every((value) => typeof value === 'string') ? primary.join('|') : `${type}/${name}`
  return { id: arn ?? plain, name, ...(arn === undefined ? {} : { arn }) }
}

const naming = (kind: string, schema: TypeSchema | undefined, properties: Properties): string | undefined => {
  const related = Object.keys(properties).filter((key) => key.endsWith('Name') && (kind.endsWith(key.slice(0, -4)) || key.slice(0, -4).endsWith(kind)))
  const keys = [`${kind}Name`, 'Name', 'FriendlyName', 'DisplayName', ...related]
  const inner = properties[`${kind}Input`]
  const values = [
    ...keys.map((key) => properties[key]),
    typeof inner === 'object' && inner !== null ? (inner as Properties)['Name'] : undefined,
    ...[...schema?.id.toReversed() ?? [], `${kind}Id`, 'Id'].map((key) => properties[key]),
  ]
  const found = values.find((value): value is string => typeof value === 'string' && value !== '')
  return found === undefined ? undefined : found.startsWith('arn:') || found.startsWith('https://') ? named(found) : found
}

/** What an ARN or a URL ends in; a number alone is a version of what stands before it: `churn/3`. */
const named = (reference: string): string => {
  const last = lastName(reference)
  return /^\d+$/.test(last) && reference.startsWith('arn:') ? reference.split(':').slice(5).join(':').replace(/^[^/:]+[/:]/, '') : last
}

const written = (template: string | undefined, primary: string | undefined, properties: Properties, { account, region }: Where, name: string): string | undefined => {
  if (template === undefined) return undefined
  const path = typeof properties['Path'] === 'string' ? properties['Path'].slice(1) : ''
  let guessed = 0
  const arn = template.replace(/\$\{(\w+)\}/g, (_all, key: string) => {
    if (key === 'Partition') return partitionOf(region)
    if (key === 'Region') return region
    if (key === 'Account') return account
    if (key.endsWith('NameWithPath')) return `${path}${name}`
    const value = properties[key] ?? properties[key.replace(/Id$/, 'Identifier')] ?? (key.endsWith('Id') ? properties[primary ?? ''] : undefined)
    if (typeof value === 'string') return value.startsWith('arn:') ? lastName(value) : value
    guessed++
    return name
  })
  return guessed <= 1 ? arn : undefined
}
