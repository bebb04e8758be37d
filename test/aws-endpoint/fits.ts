import type { Reference } from '../../tools/service-model.ts'
import type { Service } from './model.ts'

/** The places where a value is not what a service's model says, each in words; none where it fits. */
export const misfits = (service: Service, reference: Reference | undefined, value: unknown, place: string): string[] => {
  if (reference === undefined) return Object.keys(value as object).map((name) => `${place} has no output, so no ${name}`)
  const shape = service.shape(reference)
  if (shape.document === true) return []
  const is = kindOf(value)
  const wanted = kinds[shape.type] ?? shape.type
  if (is !== wanted) return [`${place}: ${wanted} expected, not ${is}`]
  if (shape.type === 'list') return (value as unknown[]).flatMap((item, at) => misfits(service, shape.member!, item, `${place}/${at}`))
  if (shape.type === 'map') return Object.entries(value as object).flatMap(([name, item]) => misfits(service, shape.value!, item, `${place}/${name}`))
  if (shape.type !== 'structure') return shape.enum === undefined || shape.enum.includes(String(value)) ? [] : [`${place}: ${String(value)} is none of ${shape.enum.join(', ')}`]
  const missing = (shape.required ?? []).filter((name) => (value as Readonly<Record<string, unknown>>)[name] === undefined)
  return [
    ...missing.map((name) => `${place}/${name} is required`),
    ...Object.entries(value as object).flatMap(([name, item]) => {
      const member = shape.members?.[name]
      return member === undefined ? [`${place}/${name} is not in ${reference.shape}`] : item === undefined ? [] : misfits(service, member, item, `${place}/${name}`)
    }),
  ]
}

const kinds: Readonly<Record<string, string>> = { map: 'structure', integer: 'number', long: 'number', float: 'number', double: 'number', character: 'string' }

const kindOf = (value: unknown): string => {
  if (Array.isArray(value)) return 'list'
  if (value instanceof Date) return 'timestamp'
  if (value instanceof Uint8Array) return 'blob'
  return value !== null && typeof value === 'object' ? 'structure' : typeof value
}
