import { lastName } from '../../core/arn.ts'
import { namesIn, selectionsOf } from '../engine/compile.ts'
import type { Detection, Match } from '../detection.ts'
import type { Estate } from '../estate.ts'
import { matchesOf } from '../match.ts'
import { lookUp, remembered } from './look-up.ts'

/** What a record needs beside its name: a long-term key, a parameter that is like something, or nothing. */
export interface Qualifier { readonly longTerm?: true, readonly parameter?: { readonly parameter: string, readonly like: RegExp } }

/** What records worth parsing are known by, as plain data. */
export interface Wanted {
  /** An imported rule names neither sources nor names: every record is wanted. */
  readonly everything: boolean
  /** Event sources of which every record is wanted. */
  readonly sources: ReadonlySet<string>
  /** Event names that are wanted whatever their source, with what qualifies a record: one of a list is enough. */
  readonly names: ReadonlyMap<string, readonly Qualifier[]>
  /** Roles of the estate whose calls are wanted, by name. */
  readonly roles: ReadonlySet<string>
  /** Patterns of names of users and roles whose calls are wanted, and what their records must hold beside them. */
  readonly callers: readonly { readonly name: RegExp, readonly holds: RegExp }[]
  /** The request parameter by which a source's records are wanted, and its values: `bucketName` of S3. */
  readonly parameters: ReadonlyMap<string, { readonly name: string, readonly values: ReadonlySet<string> }>
}

/** What some detections and the estate want to see. */
const wantedBy = (detections: readonly Detection[], { facts }: Estate): Wanted => {
  const sources = new Set<string>()
  const names = new Map<string, Qualifier[]>()
  for (const detection of detections) {
    for (const match of selectionsOf(detection.when).flatMap(matchesOf)) addMatch(match, detection, sources, names)
  }
  return {
    everything: detections.some(({ imported, when }) => imported === true && selectionsOf(when).flatMap(matchesOf).some((match) => namesIn(match['eventSource']) === undefined && namesIn(match['eventName']) === undefined)),
    sources,
    names,
    roles: new Set(facts.roles.map(({ arn }) => lastName(arn))),
    callers: detections.flatMap(({ callers }) => (callers === undefined ? [] : [{ name: callers.name, holds: callers.holds ?? anything }])),
    parameters: new Map([
      ['s3.amazonaws.com', { name: 'bucketName', values: new Set(facts.stores.map(({ bucket }) => bucket)) }],
      ['sts.amazonaws.com', { name: 'roleArn', values: new Set(facts.roles.map(({ arn }) => arn)) }],
      ['logs.amazonaws.com', { name: 'logGroupName', values: new Set(facts.logGroups) }],
      ['kms.amazonaws.com', { name: 'keyId', values: new Set(facts.keys.flatMap(({ id }) => [id, lastName(id)])) }],
    ]),
  }
}

const anything = /(?:)/

// a source that is all AI says most, else the names; what the estate names, or who calls, takes the place of names that are too common
const addMatch = (match: Match, detection: Detection, sources: Set<string>, names: Map<string, Qualifier[]>): void => {
  const ofMatch = namesIn(match['eventSource'])
  const told = ofMatch?.every(isAi) === true || (detection.imported === true && namesIn(match['eventName']) === undefined)
  if (told) for (const source of ofMatch ?? []) sources.add(source)
  else if (detection.callers === undefined && detection.byEstate !== true) {
    const qualifier: Qualifier = detection.qualifies !== undefined ? { parameter: detection.qualifies } : match['keyType'] === 'long-term' ? { longTerm: true } : {}
    for (const name of namesIn(match['eventName']) ?? []) names.set(name, [...names.get(name) ?? [], qualifier])
  }
}

const isAi = (source: string): boolean => /bedrock|sagemaker|agreement-marketplace|external-anthropic/.test(source)

/** How records worth parsing are known by their bytes: places in a buffer are asked about, without making strings of them. */
export interface Needles {
  readonly wanted: Wanted
  readonly hasSource: (bytes: Buffer, start: number, end: number) => boolean
  /** What qualifies a record beside its name; undefined for names that are not wanted. */
  readonly forName: (bytes: Buffer, start: number, end: number) => NameNeed | undefined
  /** What a record must hold beside its caller; undefined for callers that are not wanted. */
  readonly forCaller: (bytes: Buffer, start: number, end: number) => RegExp | undefined
  readonly parameters: ReadonlyMap<string, { readonly key: Buffer, readonly values: ReadonlySet<string> }>
  /** Whether the estate names anything to look for in parameters. */
  readonly touches: boolean
}

/** One of these is enough; `always` needs no more than the name. */
export interface NameNeed { readonly always: boolean, readonly longTerm: boolean, readonly parameters: readonly { readonly key: Buffer, readonly like: RegExp }[] }

const needOf = (qualifiers: readonly Qualifier[]): NameNeed => {
  const byParameter = Map.groupBy(qualifiers.flatMap(({ parameter }) => parameter ?? []), ({ parameter }) => parameter)
  return {
    always: qualifiers.some(({ longTerm, parameter }) => longTerm === undefined && parameter === undefined),
    longTerm: qualifiers.some(({ longTerm }) => longTerm === true),
    parameters: [...byParameter].map(([name, likes]) => ({ key: Buffer.from(`"${name}":`), like: new RegExp([...new Set(likes.map(({ like }) => like.source))].join('|'), 'i') })),
  }
}

/** The needles of some detections and of the estate. */
export const needlesOf = (detections: readonly Detection[], estate: Estate): Needles => needlesFor(wantedBy(detections, estate))

/** Makes ready to look for what is wanted. */
export const needlesFor = (wanted: Wanted): Needles => {
  const { sources, names, roles, callers, parameters } = wanted
  const hasSource = lookUp(new Map([...sources].map((source) => [source, true as const])))
  const forCaller = remembered((name) => {
    const holds = callers.filter((caller) => roles.has(name) || caller.name.test(name)).map((caller) => caller.holds)
    return holds.length === 0 ? undefined : holds.includes(anything) ? anything : new RegExp([...new Set(holds.map(({ source }) => source))].join('|'), 'i')
  })
  return {
    wanted,
    hasSource: (bytes, start, end) => hasSource(bytes, start, end) === true,
    forName: lookUp(new Map([...names].map(([name, qualifiers]) => [name, needOf(qualifiers)]))),
    forCaller,
    parameters: new Map([...parameters].map(([source, { name, values }]) => [source, { key: Buffer.from(`"${name}":`), values }])),
    touches: [...parameters.values()].some(({ values }) => values.size > 0),
  }
}

/** Needles by which every record is wanted. */
export const allOf: Needles = needlesFor({ everything: true, sources: new Set(), names: new Map(), roles: new Set(), callers: [], parameters: new Map() })
