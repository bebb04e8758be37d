import { isUnknown } from '../../core/unknown.ts'

export type Values = Readonly<Record<string, unknown>>

/** Puts the arguments of a type into CloudFormation's arrangement, where it differs by more than names. */
export type Reshape = (values: Values) => Values

/** The first of a block that may stand once; Terraform's JSON has it in a list. */
export const first = (value: unknown): Values =>
  (Array.isArray(value) ? first(value[0]) : typeof value === 'object' && value !== null && !isUnknown(value) ? value as Values : {})

/** Every block of a name. */
export const blocks = (value: unknown): Values[] => (Array.isArray(value) ? value as Values[] : typeof value === 'object' && value !== null && !isUnknown(value) ? [value as Values] : [])

/** What is said: arguments that are not set are null in a plan. */
export const present = (values: Values): Values => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== ''))

export const without = (values: Values, names: readonly string[]): Values => Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)))

/** A property made of blocks: not set where there are none, unknown where they are. */
export const set = (property: string, value: unknown, make: (first: Values, all: readonly Values[]) => unknown): Values => {
  if (isUnknown(value)) return { [property]: value }
  const all = blocks(value)
  return all.length === 0 ? {} : { [property]: all.some(isUnknown) ? all.find(isUnknown) : make(first(all), all) }
}

/** A block under another name. */
export const under = (property: string, value: unknown): Values => set(property, value, (block) => block)

/** A single value that CloudFormation has as a list of objects. */
export const listed = (property: string, member: string, value: unknown): Values => (value === undefined || value === null || value === '' ? {} : { [property]: isUnknown(value) ? value : [{ [member]: value }] })
