import type { Risk } from '../model/risk.ts'
import type { Severity } from '../model/severity.ts'
import type { Estate, EstateFacts } from './estate.ts'
import type { LogEvent, LogKind, LogRecord } from './event.ts'

/** A test of one value. A list is any of; `null` is absent. Text compares exactly, as AWS writes it. */
export type Test =
  | string | number | boolean | null | readonly string[]
  | { readonly starts: string | readonly string[] }
  | { readonly ends: string | readonly string[] }
  | { readonly contains: string | readonly string[] }
  | { readonly not: Test }
  | { readonly over: number }
  | { readonly present: true }
  | { readonly like: RegExp }
  | { readonly all: readonly Test[] }
  | { readonly any: readonly Test[] }
  /** An address in a network: `10.0.0.0/8`. */
  | { readonly cidr: string }
  /** The value of another field. */
  | { readonly sameAs: string }

/** Tests by field, all of which must hold: a path in the record (`requestParameters.modelId`) or a derived field (`outcome`). */
export type Match = Readonly<Record<string, Test>>

/** A match, or several of which one must hold. */
export type Selection = Match | readonly Match[]

/** What data cannot say: asks the estate. Absent from SQL and Sigma, which do not know it. */
export type Where = (event: LogEvent, estate: Estate) => boolean

/** Fields whose values together make a key. */
export type Fields = readonly string[]

/** One thing that a set waits for. */
export interface Step { readonly name: string, readonly match: Selection }

interface Windowed {
  /** What one window belongs to; the principal when absent. */
  readonly by?: Fields
  /** Length of the sliding window in milliseconds. */
  readonly within: number
}

/** Fires at each record that matches. */
export interface EventCondition { readonly kind: 'event', readonly match: Selection, readonly where?: Where, readonly by?: Fields, readonly within?: number }

/** Fires when enough records, or enough distinct values of any named field, stand in a window. */
export interface CountCondition extends Windowed {
  readonly kind: 'count'
  readonly match: Selection
  readonly where?: Where
  readonly atLeast?: number
  readonly distinct?: Readonly<Record<string, number>>
  /** Records that clear the window: a success among failures. */
  readonly unless?: Selection
}

/** Fires when matching records are more than a share of all, and enough of them; with `below`, not all of them. */
export interface RatioCondition extends Windowed {
  readonly kind: 'ratio'
  readonly match: Selection
  readonly of: Selection
  readonly atLeast: number
  readonly above: number
  readonly below?: number
}

/** Fires when enough of the steps stand in a window, in their order where it matters. */
export interface SetCondition extends Windowed {
  readonly kind: 'set'
  readonly steps: readonly Step[]
  readonly atLeast: number
  readonly ordered: boolean
  readonly where?: Where
  /** Steps, by name, that must be among them. */
  readonly needs?: readonly string[]
  /** The key's fields for each step, where records of different steps name the same thing by different fields. */
  readonly keys?: readonly Fields[]
}

/** Fires when calls come at a steady beat: the intervals vary by less than a share of their mean. */
export interface PeriodicCondition extends Windowed {
  readonly kind: 'periodic'
  readonly match: Selection
  readonly atLeast: number
  /** Shortest and longest mean interval in milliseconds. */
  readonly period: readonly [number, number]
  readonly variation: number
}

/** Fires when a scope that has been watched long enough shows a value for the first time. */
export interface FirstCondition {
  readonly kind: 'first'
  readonly match: Selection
  readonly where?: Where
  /** The scope: what the value is new to. */
  readonly by: Fields
  readonly of: Fields
  /** How long a scope is watched before it may fire; a learned baseline ends it. */
  readonly history: number
}

/** Fires when an hour weighs many times what any earlier hour of the key did, and enough; a key is watched for a day first, since nights are quiet. */
export interface SpikeCondition {
  readonly kind: 'spike'
  readonly match: Selection
  readonly by?: Fields
  /** The field that weighs a record; each counts one when absent. */
  readonly weight?: string
  readonly times: number
  readonly floor: number
  /** Hours with records before it may fire. */
  readonly history: number
}

export type Condition =
  | EventCondition | CountCondition | RatioCondition | SetCondition | PeriodicCondition | FirstCondition | SpikeCondition

/** Where the records of a detection come from, finer than the log: what must be switched on for it to fire. */
export type LogSource =
  | 'management' | 'management reads' | 'network activity' | 'invocation log' | 'data capture' | 'agent log' | 'findings'
  /** A resource type whose data events are needed: `AWS::Bedrock::AgentAlias`. */
  | { readonly data: string }

/** Records of an example, and what the estate knows around them; long ones are made when they are asked for. */
export type Example = readonly LogRecord[] | (() => readonly LogRecord[]) | { readonly records: readonly LogRecord[], readonly facts: Partial<EstateFacts> }

/** When an alert counts for less. */
export interface Ease { readonly match: Selection, readonly to: Severity, readonly reason: string }

/** A rule over logs. */
export interface Detection {
  /** Never renamed; equals the file name, unless a table makes it. */
  readonly id: string
  readonly title: string
  readonly risk: Risk
  readonly severity: Severity
  readonly log: LogKind
  readonly source: LogSource
  /** ATT&CK (`T1496.004`) and ATLAS (`AML.T0034`) technique ids. */
  readonly techniques: readonly string[]
  readonly why: string
  /** Commands that contain it, as templates over `{principal}`, `{user}`, `{role}`, `{accessKey}`, `{account}`, `{region}`, `{target}`, `{model}`. */
  readonly respond: readonly string[]
  readonly when: Condition
  /** Calls that a service makes on someone's behalf count too. */
  readonly services: boolean
  readonly eases: readonly Ease[]
  /** Names of users and roles whose calls are wanted, where sources and names do not tell, and what the text of such a record must hold. */
  readonly callers?: { readonly name: RegExp, readonly holds?: RegExp }
  /** Made from a rule of someone's own: it may ask for records of any source. */
  readonly imported?: true
  /** Its records are known by the estate's buckets, log groups and keys: their names are too common. */
  readonly byEstate?: true
  /** The request parameter that a record must have, and what it is like, where its name is too common by itself. */
  readonly qualifies?: { readonly parameter: string, readonly like: RegExp }
  readonly fires: readonly Example[]
  readonly quiet: readonly Example[]
}

type Optional = 'log' | 'source' | 'techniques' | 'respond' | 'services' | 'eases'

/** A detection as it is written: what is usual may be left out. */
export type DetectionDraft = Omit<Detection, Optional> & Partial<Pick<Detection, Optional>>

/** Defines a detection; its examples are its tests. */
export const defineDetection = (draft: DetectionDraft): Detection => Object.freeze({
  log: 'cloudtrail', source: 'management', techniques: [], respond: [], services: false, eases: usualEases, ...draft,
})

/** Calls by known automation are worth a line, not a page: an agent can be forged, so they are lowered and never silenced. */
export const usualEases: readonly Ease[] = [
  { match: { automation: true }, to: 'low', reason: 'made by automation that the estate knows' },
  { match: { caller: 'automation', keyType: { not: 'long-term' } }, to: 'low', reason: 'made by infrastructure as code with a role' },
]

/** Sessions of people who signed in, and of roles: stolen long-term keys are what these calls are sold with. */
export const roleEase: Ease = { match: { keyType: 'temporary' }, to: 'low', reason: "made by a role's session, as people and evaluations do" }
export const personEase: Ease = { match: { role: { contains: 'AWSReservedSSO_' }, userAgent: { starts: ['aws-cli/', 'Mozilla/', 'Boto3/', 'aws-sdk-'] } }, to: 'low', reason: 'made by a person who signed in' }
/** Changes that infrastructure as code makes every day are worth a line even with a long-term key; what follows on them is seen by chains. */
export const codeEase: Ease = { match: { caller: 'automation' }, to: 'low', reason: 'made by infrastructure as code' }
/** Tools that audit accounts, by the agents that they send. */
export const auditEase: Ease = { match: { userAgent: { like: /bartizan|prowler|APN_1826889|scoutsuite|steampipe|cloudquery|cartography|cloud-custodian|\bc7n\b/i } }, to: 'low', reason: 'made by an auditing tool' }

export const seconds = (n: number): number => n * 1000
export const minutes = (n: number): number => n * 60_000
export const hours = (n: number): number => n * 3_600_000
export const days = (n: number): number => n * 86_400_000
