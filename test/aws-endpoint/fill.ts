import type { Reference, Shape } from '../../tools/service-model.ts'
import type { Service } from './model.ts'
import { pageOf, withToken } from './pages.ts'
import type { Asked } from './route.ts'

type Values = Record<string, unknown>

const pages = 2
const pageSize = 2

/**
 * Answers any operation with every member of its output filled, required or not, in two pages of two items where it pages.
 * Every text ends in the number of its thing (`ModelName.3`), so a describe that is given one tells of the same thing that
 * the list did. Enumerations take their values in turn, by that number; a union has all its kinds at once,
 * which the SDK passes on.
 */
export const generated = (asked: Asked): { readonly output: Values } => {
  const { service, operation, input } = asked
  const { output } = service.operation(operation)
  if (output === undefined) return { output: {} }
  const page = pageOf(asked)
  const list = service.paging(operation)?.list.split('.').at(-1)
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
  if (shape.type === 'list') return numbers(filling, spot).map((number) => fill(filling, shape.member!, { ...spot, number, path: [...spot.path, '*'] }))
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
  const path = [...spot.path, name]
  return Object.fromEntries(members.map(([member, its]) => [member, fill(filling, its, { ...spot, name: member, path })]))
}

/** The list that pages holds the page's things; another holds two. */
const numbers = ({ items, list }: Filling, { number, path, name }: Spot): readonly number[] => {
  const isTop = path.filter((step) => step !== '*').length <= (list === name ? 2 : 1)
  if (isTop && (list === undefined || list === name || path.length > 1)) return items
  return path.length > 16 ? [number * 10] : [number * 10, number * 10 + 1]
}

const fillMap = (filling: Filling, shape: Shape, spot: Spot): Values =>
  ({ [filling.service.shape(shape.key!).enum?.[0] ?? `${spot.name}Key`]: fill(filling, shape.value!, { ...spot, path: [...spot.path, '*'] }) })

const text = ({ input, service }: Filling, shape: Shape, { name, number, path }: Spot): string => {
  const told = path.length < 5 ? Object.entries(input).find(([member]) => member.toLowerCase() === name.toLowerCase())?.[1] : undefined
  if (typeof told === 'string' && (shape.enum === undefined || shape.enum.includes(told))) return told
  if (shape.enum !== undefined && shape.enum.length > 0) return shape.enum[number % shape.enum.length]!
  if (/(amount|responsecode)$/i.test(name)) return String(number)
  if (/arn$/i.test(name)) return `arn:aws:${service.model.metadata.endpointPrefix}:us-east-1:123456789012:thing/${name}.${number}`
  if (/(policy|document|definition|policytext|^content)$/i.test(name)) return JSON.stringify({ Version: '2012-10-17', Statement: [{ Sid: `${name}.${number}`, Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] })
  return `${name}.${number}`
}
