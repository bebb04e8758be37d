import { isUnknown } from '../../src/core/unknown.ts'
import type { TypeSchema, ValueSchema } from '../../src/model/type-schema.ts'

/** Every property of a type as a place, `*` for items and map values; a definition is not entered again inside itself. */
export const placesOf = ({ properties, definitions }: TypeSchema): string[] => {
  const walk = (schema: ValueSchema, place: string, inside: readonly string[]): string[] => {
    if ('ref' in schema) return inside.includes(schema.ref) ? [] : walk(definitions[schema.ref] ?? { json: true }, place, [...inside, schema.ref])
    if ('list' in schema) return walk(schema.list, `${place}/*`, inside)
    if ('map' in schema) return walk(schema.map, `${place}/*`, inside)
    return 'fields' in schema ? fieldsOf(schema.fields, `${place}/`, inside) : []
  }
  const fieldsOf = (fields: Readonly<Record<string, ValueSchema>>, prefix: string, inside: readonly string[]): string[] =>
    Object.entries(fields).flatMap(([name, schema]) => [`${prefix}${name}`, ...walk(schema, `${prefix}${name}`, inside)])
  return fieldsOf(properties, '', [])
}

/** Every place that holds something in a resource's properties, spelt as `placesOf` does; an empty list holds nothing. */
export const filledPlaces = (value: unknown, place = ''): string[] => {
  if (isEmpty(value)) return []
  if (typeof value !== 'object' || value === null || isUnknown(value)) return [place]
  const inner = Array.isArray(value) ? value.flatMap((item) => filledPlaces(item, `${place}/*`)) : Object.entries(value).flatMap(([name, item]) => [...filledPlaces(item, place === '' ? name : `${place}/${name}`), ...filledPlaces(item, `${place}/*`)])
  return [...new Set([place, ...inner])]
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0)

/** Where a value has not the type's shape, in words; properties of our own and unknowns are passed over. */
export const misshapen = ({ properties, definitions }: TypeSchema, values: Readonly<Record<string, unknown>>): string[] => {
  const check = (schema: ValueSchema, value: unknown, place: string): string[] => {
    if (isUnknown(value) || 'json' in schema) return []
    if ('ref' in schema) return check(definitions[schema.ref] ?? { json: true }, value, place)
    if ('text' in schema) return typeof value === 'string' ? [] : [`${place} is no text`]
    if ('flag' in schema) return typeof value === 'boolean' ? [] : [`${place} is no boolean`]
    if ('number' in schema) return typeof value === 'number' ? [] : [`${place} is no number`]
    if ('list' in schema) return Array.isArray(value) ? value.flatMap((item, at) => check(schema.list, item, `${place}/${at}`)) : [`${place} is no list`]
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${place} is no object`]
    if ('map' in schema) return Object.entries(value).flatMap(([name, item]) => check(schema.map, item, `${place}/${name}`))
    return fields(schema.fields, value as Readonly<Record<string, unknown>>, `${place}/`)
  }
  const fields = (known: Readonly<Record<string, ValueSchema>>, given: Readonly<Record<string, unknown>>, prefix: string): string[] =>
    Object.entries(given).flatMap(([name, value]) => {
      if (name.startsWith('Bartizan')) return []
      return known[name] === undefined ? [`${prefix}${name} is no property`] : check(known[name], value, `${prefix}${name}`)
    })
  return fields(properties, values, '')
}
