import { readFileSync } from 'node:fs'
import type { Call, Collector, Row } from '../../src/sources/aws/collector.ts'
import { schemaOf } from '../../src/sources/shape.ts'
import type { Reference } from '../../tools/service-model.ts'
import { serviceNamed } from './model.ts'
import type { Service } from './model.ts'
import { placesOf } from './schema-places.ts'

/** The npm package of a collector's client, as its source says. */
export const packageOf = ({ client }: Collector): string => /client-[a-z0-9-]+/.exec(client.toString())![0]

/** A row and all that it holds. */
export const rowsOf = (row: Row): Row[] => [row, ...(row.children ?? []).flatMap(rowsOf)]

/**
 * Properties of a type that stayed empty though an answer has a member of that name in that place, each with where:
 * `BillingMode <- DescribeTable/Table/BillingModeSummary/BillingMode`. Members that the SDK does not know yet are passed over.
 */
export const lostIn = (collector: Collector, filled: (type: string) => ReadonlySet<string>): string[] => {
  const service = serviceNamed(packageOf(collector).replace('client-', ''))
  const knows = readFileSync(`node_modules/@aws-sdk/${packageOf(collector)}/dist-es/schemas/schemas_0.js`, 'utf8')
  return collector.resources.flatMap(rowsOf).flatMap((row) => {
    const given = operationsOf(row).flatMap((operation) => membersOf(service, operation)).filter((place) => knows.includes(`"${last(place)}"`))
    return [row.type, ...(row.with ?? []).map(({ type }) => type)].flatMap((type) => emptyIn(type, filled(type)).flatMap((place) => {
      const from = given.find((member) => isAlike(place, member))
      return from === undefined ? [] : [`${type} ${place} <- ${from}`]
    }))
  })
}

const operationsOf = (row: Row): string[] => {
  const named = (call: Call | undefined): string[] => (call === undefined ? [] : [call.operation, ...named(call.each)])
  return [...new Set([...named(row.list), ...named(row.describe), ...(row.more ?? []).flatMap(named), ...(row.describeMany === undefined ? [] : [row.describeMany.operation])])]
}

/** Every member of an operation's answer, by its names alone. */
const membersOf = (service: Service, operation: string): string[] => {
  const walk = (reference: Reference, place: string, inside: readonly string[]): string[] => {
    const shape = service.shape(reference)
    if (inside.includes(reference.shape) || inside.length > 16) return []
    const within = [...inside, reference.shape]
    const inner = shape.member ?? shape.value
    if (inner !== undefined) return walk(inner, place, within)
    return Object.entries(shape.members ?? {}).flatMap(([name, its]) => [`${place}/${name}`, ...walk(its, `${place}/${name}`, within)])
  }
  const { output } = service.operation(operation)
  return output === undefined ? [] : walk(output, operation, [])
}

/** Properties of which nothing was given, the outermost of each. */
const emptyIn = (type: string, filled: ReadonlySet<string>): string[] => {
  const schema = schemaOf(type)
  const empty = schema === undefined ? [] : placesOf(schema).filter((place) => !filled.has(place))
  const known = new Set(empty)
  return empty.filter((place) => !parents(place).some((parent) => known.has(parent)))
}

const parents = (place: string): string[] =>
  place.split('/').slice(0, -1).map((_, at, steps) => steps.slice(0, at + 1).join('/'))

const last = (place: string): string => place.slice(place.lastIndexOf('/') + 1)

const plain = (name: string | undefined): string => (name ?? '').replace(/[_-]/g, '').toLowerCase()

/** Of one name, and, where the property is inside another, in one of the same name. */
const isAlike = (property: string, member: string): boolean => {
  const steps = property.split('/').filter((step) => step !== '*').map(plain)
  const names = member.split('/').map(plain)
  return steps.at(-1) === names.at(-1) && (steps.length === 1 ? names.length <= 4 : steps.at(-2) === names.at(-2))
}
