import type { Resource } from '../src/model/resource.ts'
import { schemaOf } from '../src/sources/shape.ts'

type Values = Readonly<Record<string, unknown>>

/** What AWS, not a template, calls a resource: the properties that it sets and that identify it. */
const madeBy = ({ type, properties }: Resource): string[] => {
  const { id = [], readOnly = [] } = schemaOf(type) ?? {}
  return [...id, ...readOnly].filter((name) => readOnly.includes(name) && (id.includes(name) || /(?:Id|Arn|ARN)$/.test(name)) && typeof properties[name] === 'string')
}

/** Properties in which what AWS calls other resources is written as references to them. */
export const withReferences = (resources: readonly Resource[]): Values[] => {
  const names = resources.flatMap((resource, index): (readonly [string, string])[] => {
    const ids = madeBy(resource).map((name) => String(resource.properties[name])).filter((value) => value.length > 5 && /^[A-Za-z]/.test(value) && !value.startsWith('arn:'))
    if (ids.length === 0) return []
    return [...resource.arn === undefined ? [] : [[resource.arn, `\${R${index}.Arn}`] as const], ...ids.map((id) => [id, `\${R${index}}`] as const)]
  }).sort(([a], [b]) => b.length - a.length)
  const referred = (value: unknown): unknown => {
    if (typeof value === 'string') {
      const text = names.reduce((now, [name, reference]) => now.replaceAll(name, () => reference), value)
      return text === value ? value : { 'Fn::Sub': text }
    }
    if (Array.isArray(value)) return value.map(referred)
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, referred(inner)])) : value
  }
  return resources.map((resource) => {
    const made = new Set(madeBy(resource))
    return referred(Object.fromEntries(Object.entries(resource.properties).filter(([name]) => !made.has(name)))) as Values
  })
}
