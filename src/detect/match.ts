import { BlockList, isIP } from 'node:net'
import { valuesAt, type LogEvent } from './event.ts'
import type { Fields, Match, Selection, Test } from './detection.ts'
import type { Estate } from './estate.ts'

export type Predicate = (event: LogEvent, estate: Estate) => boolean

/** Turns a selection into a function, once. */
export const compileSelection = (selection: Selection): Predicate => {
  const matches = (isList(selection) ? selection : [selection]).map(compileMatch)
  return matches.length === 1 ? matches[0]! : (event, estate) => matches.some((match) => match(event, estate))
}

const isList = (selection: Selection): selection is readonly Match[] => Array.isArray(selection)

/** The matches of a selection, always as a list. */
export const matchesOf = (selection: Selection): readonly Match[] => (isList(selection) ? selection : [selection])

const compileMatch = (match: Match): Predicate => {
  // names and outcomes first: they are cheap and turn most records away
  const tests = Object.entries(match).sort(([a], [b]) => cost(a) - cost(b)).map(([field, test]) => compileField(field, test))
  return (event, estate) => tests.every((test) => test(event, estate))
}

const cost = (field: string): number => (field === 'eventName' ? 0 : field.includes('.') ? 2 : 1)

const compileField = (field: string, test: Test): Predicate => {
  const holds = compileTest(test)
  if (field === 'automation') return (event, estate) => holds([estate.isAutomation(event.role) || estate.isAutomation(event.principal)])
  if (field === 'aiRole') return (event, estate) => holds([isAiRole(event.role, estate)])
  const read = reader(field)
  return (event) => holds(read(event), event)
}

/** Whether a role belongs to an AI workload: the estate says so, or it bears the name that AWS gives to one. */
export const isAiRole = (role: string, estate: Estate): boolean =>
  estate.role(role) !== undefined || /role\/(?:service-role\/)?(?:AmazonSageMaker|AmazonBedrock|[\w-]*BedrockAgentCore|AgentCore-)/.test(role)

/** Reads a field of an event: a derived one by its name, else a path in the record. */
export const reader = (field: string): ((event: LogEvent) => readonly unknown[]) => {
  const steps = field.split('.')
  if (derived.has(field)) return (event) => [event[field as keyof LogEvent]]
  if (field === 'record') return (event) => [JSON.stringify(event.raw)]
  if (steps[0] === 'extra') return (event) => valuesAt(event.extra, steps, 1)
  return (event) => valuesAt(event.raw, steps)
}

/** The fields that the reader of a log makes; each is a column of the SQL table as well. */
export const derived: ReadonlySet<string> = new Set(['log', 'id', 'time', 'eventSource', 'eventName', 'awsRegion', 'account', 'callerAccount',
  'principal', 'role', 'subject', 'accessKey', 'keyType', 'caller', 'ip', 'network', 'outcome', 'model', 'family', 'price', 'crossRegion', 'target'])

/** The values of some fields joined to one key; undefined where one of them is missing or empty. */
export const keyReader = (fields: Fields): ((event: LogEvent) => string | undefined) => {
  const readers = fields.map(reader)
  return (event) => {
    const parts = readers.map((read) => read(event).map(String).join(','))
    return parts.some((part) => part === '') ? undefined : parts.join('|')
  }
}

type Holds = (values: readonly unknown[], event?: LogEvent) => boolean

/** Turns a test into a function over the values that a field has, and the event that they are from. */
export const compileTest = (test: Test): Holds => {
  if (test === null) return (values) => values.every((value) => value === null || value === undefined || value === '')
  if (typeof test !== 'object') return (values) => values.some((value) => value === test || (typeof test === 'boolean' && value === String(test)))
  if (Array.isArray(test)) {
    const wanted = new Set<unknown>(test)
    return (values) => values.some((value) => wanted.has(value))
  }
  return compileModifier(test as Exclude<Test, string | number | boolean | null | readonly string[]>)
}

const compileModifier = (test: Exclude<Test, string | number | boolean | null | readonly string[]>): Holds => {
  if ('not' in test) {
    const inner = compileTest(test.not)
    return (values, event) => !inner(values, event)
  }
  if ('all' in test) {
    const inner = test.all.map(compileTest)
    return (values, event) => inner.every((holds) => holds(values, event))
  }
  if ('any' in test) {
    const inner = test.any.map(compileTest)
    return (values, event) => inner.some((holds) => holds(values, event))
  }
  if ('over' in test) return (values) => values.some((value) => Number(value) > test.over)
  if ('present' in test) return (values) => values.some((value) => value !== null && value !== undefined && value !== '')
  if ('like' in test) return (values) => values.some((value) => value !== null && value !== undefined && test.like.test(written(value)))
  if ('cidr' in test) return inNetwork(test.cidr)
  if ('sameAs' in test) {
    const other = reader(test.sameAs)
    return (values, event) => {
      const others = event === undefined ? [] : other(event).map(written)
      return values.some((value) => value !== null && value !== undefined && others.includes(written(value)))
    }
  }
  const [how, texts] = 'starts' in test ? [starts, test.starts] as const : 'ends' in test ? [ends, test.ends] as const : [contains, test.contains] as const
  const wanted = typeof texts === 'string' ? [texts] : texts
  return (values) => values.some((value) => typeof value === 'string' && wanted.some((text) => how(value, text)))
}

// a rule may look into the whole of `requestParameters`
const written = (value: unknown): string => (typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value) : String(value))

const inNetwork = (cidr: string): Holds => {
  const [address = '', bits = ''] = cidr.split('/')
  const network = new BlockList()
  network.addSubnet(address, Number(bits), isIP(address) === 6 ? 'ipv6' : 'ipv4')
  return (values) => values.some((value) => typeof value === 'string' && isIP(value) !== 0 && network.check(value, isIP(value) === 6 ? 'ipv6' : 'ipv4'))
}

const starts = (value: string, text: string): boolean => value.startsWith(text)
const ends = (value: string, text: string): boolean => value.endsWith(text)
const contains = (value: string, text: string): boolean => value.includes(text)
