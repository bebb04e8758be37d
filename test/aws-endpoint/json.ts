import type { Reference } from '../../tools/service-model.ts'
import type { Service } from './model.ts'

type Values = Readonly<Record<string, unknown>>

/** An answer's value as the JSON protocols write it: their member names, times as seconds, bytes as base64. */
export const toJson = (service: Service, reference: Reference, value: unknown): unknown => {
  const shape = service.shape(reference)
  if (shape.document === true || value === undefined || value === null) return value
  if (shape.type === 'structure') {
    return Object.fromEntries(Object.entries(value as Values).map(([member, inner]) => {
      const its = shape.members![member]!
      return [its.locationName ?? member, toJson(service, its, inner)]
    }))
  }
  if (shape.type === 'list') return (value as unknown[]).map((inner) => toJson(service, shape.member!, inner))
  if (shape.type === 'map') return Object.fromEntries(Object.entries(value as Values).map(([name, inner]) => [name, toJson(service, shape.value!, inner)]))
  if (shape.type === 'blob') return Buffer.from(value as Uint8Array).toString('base64')
  return value instanceof Date ? time(value, reference.timestampFormat ?? shape.timestampFormat ?? 'unixTimestamp') : value
}

/** A time in one of the formats that models name. */
export const time = (value: Date, format: string): string | number => {
  if (format === 'unixTimestamp') return value.getTime() / 1000
  return format === 'rfc822' ? value.toUTCString() : value.toISOString()
}
