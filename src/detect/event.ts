/** A JSON object as a log holds it. */
export type LogRecord = Readonly<Record<string, unknown>>

/** Which log a record comes from: CloudTrail, Bedrock model invocations, SageMaker data capture, an AgentCore runtime, a finding service. */
export const logKinds = ['cloudtrail', 'invocation', 'capture', 'agent', 'finding'] as const

export type LogKind = (typeof logKinds)[number]

/** How a call ended. */
export type Outcome = 'success' | 'denied' | 'throttled' | 'invalid' | 'missing' | 'error'

/**
 * One record of a log, with what detections ask of it in flat fields. CloudTrail's own fields are read from `raw` by their
 * path; the fields here are derived from them, and a condition may name either.
 */
export interface LogEvent {
  readonly log: LogKind
  /** The record's own identity (`eventID`, `requestId`): equal ones are the same record. */
  readonly id: string
  /** Milliseconds since 1970. */
  readonly time: number
  readonly eventSource: string
  readonly eventName: string
  readonly awsRegion: string
  /** The account that the call was made to. */
  readonly account: string
  /** The account that the caller belongs to. */
  readonly callerAccount: string
  /** Who called: an ARN where there is one; a session keeps its name. */
  readonly principal: string
  /** The role behind a session, else the principal. */
  readonly role: string
  /** The user that an IAM call is about, else the principal: joins what was done to a user with what it does. */
  readonly subject: string
  readonly accessKey: string
  readonly keyType: 'long-term' | 'temporary' | 'bearer' | 'none'
  /** Agents and flags are hints: they lower a severity, they never silence. */
  readonly caller: 'console' | 'service' | 'automation' | 'program'
  readonly ip: string
  /** The /24 (IPv4) or /48 (IPv6) of the address; a service's name where a service called. */
  readonly network: string
  readonly outcome: Outcome
  /** Model id without account, profile or region; empty where no model is named. */
  readonly model: string
  /** `anthropic.claude`, `meta.llama3`. */
  readonly family: string
  /** Relative price of one call to the model: 1 for small models, 30 for the largest. */
  readonly price: number
  /** Whether a cross-region inference profile chose the region. */
  readonly crossRegion: boolean
  /** What the call was made on: an ARN, a name, an id. */
  readonly target: string
  /** What the kinds of log other than CloudTrail have of their own: tokens, blocked policies, signs in a prompt. */
  readonly extra: Readonly<Record<string, unknown>>
  readonly raw: LogRecord
}

/** A value as an object, or an empty one. */
export const objectOf = (value: unknown): LogRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as LogRecord) : {}

/** A value as text: numbers and booleans are written, anything else is empty. */
export const textOf = (value: unknown): string => {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}

/** The values that a path of names joined by dots reaches in a record; lists are walked through. */
export const valuesAt = (root: unknown, steps: readonly string[], from = 0): unknown[] => {
  if (Array.isArray(root)) return root.flatMap((item) => valuesAt(item, steps, from))
  if (from === steps.length) return root === undefined ? [] : [root]
  if (typeof root !== 'object' || root === null) return []
  const name = steps[from]!
  return Object.hasOwn(root, name) ? valuesAt((root as LogRecord)[name], steps, from + 1) : []
}
