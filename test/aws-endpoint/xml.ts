import type { Reference, Shape } from '../../tools/service-model.ts'
import { time } from './json.ts'
import type { Service } from './model.ts'

type Values = Readonly<Record<string, unknown>>

/** An element of an answer in the XML protocols: lists wrapped or flat, maps as entries, times in ISO 8601. */
export const toXml = (service: Service, reference: Reference, value: unknown, name: string): string => {
  const shape = service.shape(reference)
  if (value === undefined || value === null) return ''
  if (shape.type === 'list') return listElements(service, reference, shape, value as unknown[], name)
  if (shape.type === 'map') return mapElements(service, reference, shape, value as Values, name)
  if (shape.type === 'structure') return `<${name}${attributes(shape, value as Values)}>${toMembers(service, shape, value as Values)}</${name}>`
  return `<${name}>${escape(text(reference, shape, value))}</${name}>`
}

/** The members of a structure as elements; those that stand in headers are left out. */
export const toMembers = (service: Service, shape: Shape, values: Values): string =>
  Object.entries(values).map(([member, value]) => {
    const its = shape.members![member]!
    return its.location !== undefined || its.xmlAttribute === true ? '' : toXml(service, its, value, its.locationName ?? member)
  }).join('')

const attributes = (shape: Shape, values: Values): string => {
  const own = Object.entries(shape.members ?? {}).filter(([member, { xmlAttribute }]) => xmlAttribute === true && values[member] !== undefined)
  const spaces = own.length > 0 ? ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"' : ''
  return spaces + own.map(([member, { locationName }]) => ` ${locationName}="${escape(String(values[member]))}"`).join('')
}

const isFlat = (reference: Reference, shape: Shape): boolean => reference.flattened === true || shape.flattened === true

const listElements = (service: Service, reference: Reference, shape: Shape, items: readonly unknown[], name: string): string => {
  const member = shape.member!
  if (isFlat(reference, shape)) return items.map((item) => toXml(service, member, item, reference.locationName ?? member.locationName ?? name)).join('')
  return `<${name}>${items.map((item) => toXml(service, member, item, member.locationName ?? 'member')).join('')}</${name}>`
}

const mapElements = (service: Service, reference: Reference, shape: Shape, pairs: Values, name: string): string => {
  const flat = isFlat(reference, shape)
  const entry = flat ? name : 'entry'
  const entries = Object.entries(pairs).map(([key, value]) =>
    `<${entry}>${toXml(service, shape.key!, key, shape.key!.locationName ?? 'key')}${toXml(service, shape.value!, value, shape.value!.locationName ?? 'value')}</${entry}>`).join('')
  return flat ? entries : `<${name}>${entries}</${name}>`
}

const text = (reference: Reference, shape: Shape, value: unknown): string => {
  if (value instanceof Date) return String(time(value, reference.timestampFormat ?? shape.timestampFormat ?? 'iso8601'))
  return shape.type === 'blob' ? Buffer.from(value as Uint8Array).toString('base64') : String(value)
}

/** Text that is safe in an element or an attribute. */
export const escape = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
