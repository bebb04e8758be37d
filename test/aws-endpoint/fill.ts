import type { Reference, Shape } from '../../tools/service-model.ts'
import type { Answering } from './endpoint.ts'
import type { Service } from './model.ts'
import { pageOf, withToken } from './pages.ts'
import type { Asked } from './route.ts'

type Values = Record<string, unknown>

const pages = 2
const pageSize = 2

/**
 * Answers any operation with every member of its output filled, required or not, in two pages of two items where it pages.
 * Every text ends in the number of its thing (`ModelName.3`), so a describe that is given one tells of the same thing that
 * the list did. Enumerations and unions take their values in turn, by that number.
 */
export const generated: Answering = (asked) => {
  const { service, operation, input } = asked
  const { output } = service.operation(operation)
  if (output === undefined) return { output: {} }
  const page = pageOf(asked)
  const list = service.paging(operation)?.list.split('.')[0]
  const filling: Filling = { service, input, list, items: itemsOf(asked, page) }
  const filled = fill(filling, output, { name: '', number: numberIn(input), path: [] }) as Values
  return { output: withToken(asked, filled, page, pages) }
}

interface Filling {
  readonly service: Service
  readonly input: Asked['input']
  /** The member that pages. */
  readonly list: string | undefined
  /** Numbers of the things that a list at the top of the answer holds. */
  readonly items: readonly number[]
}

interface Spot { readonly name: string, readonly number: number, readonly path: readonly string[] }

/** A thing's children are numbered from ten times its own number. */
const itemsOf = (asked: Asked, page: number): number[] => {
  const named = Object.values(asked.input).find((value): value is string[] => Array.isArray(value) && value.some((each) => numberOf(each) !== undefined))
  if (named !== undefined) return named.map((each) => numberOf(each)!)
  const parent = numberIn(asked.input)
  return Array.from({ length: pageSize }, (_, at) => parent * 10 + page * pageSize + at)
}

const numberOf = (value: unknown): number | undefined => {
  const digits = typeof value === 'string' && !value.startsWith('page.') ? /\.(\d+)$/.exec(value)?.[1] : undefined
  return digits === undefined ? undefined : Number(digits)
}

const numberIn = (input: Asked['input']): number =>
  Math.max(0, ...Object.values(input).flat().map((value) => numberOf(value) ?? 0))

const fill = (filling: Filling, reference: Reference, spot: Spot): unknown => {
  const { service } = filling
  const shape = service.shape(reference)
  if (shape.document === true) return { document: `${spot.name}.${spot.number}` }
  if (shape.type === 'structure') return fillStructure(filling, shape, reference.shape, spot)
  if (shape.type === 'list') return numbers(filling, shape, spot).map((number) => fill(filling, shape.member!, { ...spot, number, path: [...spot.path, '*'] }))
  if (shape.type === 'map') return fillMap(filling, shape, spot)
  if (shape.type === 'string') return text(filling, shape, spot)
  if (shape.type === 'boolean') return spot.number % 2 === 0
  if (shape.type === 'timestamp') return new Date(1_760_000_000_000)
  return shape.type === 'blob' ? Buffer.from(`${spot.name}.${spot.number}`) : spot.number + 1
}

/** A structure inside one of its own kind has only what it must have. */
const fillStructure = (filling: Filling, shape: Shape, name: string, spot: Spot): Values => {
  const isInner = spot.path.includes(name)
  const members = Object.entries(shape.members ?? {}).filter(([member, { location }]) => location !== 'statusCode' && (!isInner || shape.required?.includes(member) === true))
  const told = shape.union === true ? members.slice(spot.number % members.length).slice(0, 1) : members
  const path = [...spot.path, name]
  return Object.fromEntries(told.map(([member, its]) => [member, fill(filling, its, { ...spot, name: member, path })]))
}

/** The list that pages holds the page's things; another holds two, or one of each kind of a union. */
const numbers = ({ service, items, list }: Filling, shape: Shape, { number, path, name }: Spot): readonly number[] => {
  const isTop = path.filter((step) => step !== '*').length <= (list === name ? 2 : 1)
  if (isTop && (list === undefined || list === name || path.length > 1)) return items
  const count = path.length > 16 ? 1 : Math.max(2, ...variants(service, shape.member!))
  return Array.from({ length: count }, (_, at) => number + at)
}

/** How many kinds of a thing there are, where it is a union or has one. */
const variants = (service: Service, reference: Reference): number[] => {
  const shape = service.shape(reference)
  if (shape.union === true) return [Object.keys(shape.members ?? {}).length]
  return Object.values(shape.members ?? {}).map((its) => service.shape(its)).filter(({ union }) => union === true).map(({ members = {} }) => Object.keys(members).length)
}

const fillMap = (filling: Filling, shape: Shape, spot: Spot): Values =>
  ({ [filling.service.shape(shape.key!).enum?.[0] ?? `${spot.name}Key`]: fill(filling, shape.value!, { ...spot, path: [...spot.path, '*'] }) })

const text = ({ input, service }: Filling, shape: Shape, { name, number, path }: Spot): string => {
  const told = path.length < 5 ? Object.entries(input).find(([member]) => member.toLowerCase() === name.toLowerCase())?.[1] : undefined
  if (typeof told === 'string' && (shape.enum === undefined || shape.enum.includes(told))) return told
  if (shape.enum !== undefined && shape.enum.length > 0) return shape.enum[number % shape.enum.length]!
  if (/arn$/i.test(name)) return `arn:aws:${service.model.metadata.endpointPrefix}:us-east-1:123456789012:thing/${name}.${number}`
  if (/(policy|document|definition|policytext)$/i.test(name)) return JSON.stringify({ Version: '2012-10-17', Statement: [{ Sid: `${name}.${number}` }] })
  return `${name}.${number}`
}
