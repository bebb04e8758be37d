import type { Reference } from '../../tools/service-model.ts'
import type { Service } from './model.ts'
import type { Asked } from './route.ts'

/** Answers any operation with the least that its output must have: nothing is there. */
export const empty = ({ service, operation }: Asked): { readonly output: Readonly<Record<string, unknown>> } => {
  const { output } = service.operation(operation)
  return { output: output === undefined ? {} : least(service, output) as Readonly<Record<string, unknown>> }
}

const least = (service: Service, reference: Reference): unknown => {
  const { type, required = [], members = {}, enum: values } = service.shape(reference)
  if (type === 'structure') return Object.fromEntries(required.map((name) => [name, least(service, members[name]!)]))
  if (type === 'list') return []
  if (type === 'map') return {}
  if (type === 'boolean') return false
  if (type === 'timestamp') return new Date(0)
  if (type === 'blob') return new Uint8Array()
  return type === 'string' ? values?.[0] ?? 'none' : 0
}
