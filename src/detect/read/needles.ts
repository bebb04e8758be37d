import { lastName } from '../../core/arn.ts'
import { namesIn, selectionsOf } from '../engine/compile.ts'
import type { Detection, Match } from '../detection.ts'
import type { Estate } from '../estate.ts'
import { matchesOf } from '../match.ts'

/** What records worth parsing are known by, as plain data: a thread can be sent it. */
export interface Wanted {
  /** An imported rule names neither sources nor names: every record is wanted. */
  readonly everything: boolean
  /** Event sources of which every record is wanted. */
  readonly sources: ReadonlySet<string>
  /** Event names that are wanted whatever their source, and what their records must hold beside them. */
  readonly names: ReadonlyMap<string, RegExp>
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
  const names = new Map<string, Set<string>>()
  for (const detection of detections) {
    for (const match of selectionsOf(detection.when).flatMap(matchesOf)) addMatch(match, detection, sources, names)
  }
  return {
    everything: detections.some(({ imported, when }) => imported === true && selectionsOf(when).flatMap(matchesOf).some((match) => namesIn(match['eventSource']) === undefined && namesIn(match['eventName']) === undefined)),
    sources,
    names: new Map([...names].map(([name, patterns]) => [name, patterns.has('') ? anything : new RegExp([...patterns].join('|'), 'i')])),
    roles: new Set(facts.roles.map(({ arn }) => lastName(arn))),
    callers: detections.flatMap(({ callers, qualifies = anything }) => (callers === undefined ? [] : [{ name: callers, holds: qualifies }])),
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
const addMatch = (match: Match, detection: Detection, sources: Set<string>, names: Map<string, Set<string>>): void => {
  const ofMatch = namesIn(match['eventSource'])
  const told = ofMatch?.every(isAi) === true || (detection.imported === true && namesIn(match['eventName']) === undefined)
  if (told) for (const source of ofMatch ?? []) sources.add(source)
  else if (detection.callers === undefined && detection.byEstate !== true) {
    const qualifier = detection.qualifies?.source ?? (match['keyType'] === 'long-term' ? 'accessKeyId":\\s*"AKIA' : '')
    for (const name of namesIn(match['eventName']) ?? []) names.set(name, (names.get(name) ?? new Set()).add(qualifier))
  }
}

const isAi = (source: string): boolean => /bedrock|sagemaker|agreement-marketplace|external-anthropic/.test(source)

/** How records worth parsing are known by their bytes: places in a buffer are asked about, without making strings of them. */
export interface Needles {
  readonly wanted: Wanted
  readonly hasSource: (bytes: Buffer, start: number, end: number) => boolean
  /** What a record must hold beside its name; undefined for names that are not wanted. */
  readonly forName: (bytes: Buffer, start: number, end: number) => RegExp | undefined
  /** What a record must hold beside its caller; undefined for callers that are not wanted. */
  readonly forCaller: (bytes: Buffer, start: number, end: number) => RegExp | undefined
  readonly parameters: ReadonlyMap<string, { readonly key: Buffer, readonly values: ReadonlySet<string> }>
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
    forName: lookUp(names),
    forCaller: (bytes, start, end) => forCaller(bytes.toString('latin1', start, end)),
    parameters: new Map([...parameters].map(([source, { name, values }]) => [source, { key: Buffer.from(`"${name}":"`), values }])),
  }
}

/** A question that remembers its answers: logs hold few names, again and again. */
const remembered = <T>(test: (text: string) => T | undefined): ((text: string) => T | undefined) => {
  const known = new Map<string, T | undefined>()
  return (text) => {
    let answer = known.get(text)
    if (answer === undefined && !known.has(text)) {
      answer = test(text)
      if (known.size < 10_000) known.set(text, answer)
    }
    return answer
  }
}

/** A map by short texts that is asked in bytes, without making strings of the many that are not in it. */
const lookUp = <T>(texts: ReadonlyMap<string, T>): ((bytes: Buffer, start: number, end: number) => T | undefined) => {
  const hashes = new Set([...texts.keys()].map((text) => hash(Buffer.from(text), 0, text.length)))
  return (bytes, start, end) => (hashes.has(hash(bytes, start, end)) ? texts.get(bytes.toString('latin1', start, end)) : undefined)
}

const hash = (bytes: Buffer, start: number, end: number): number => {
  let value = end - start
  for (let i = start; i < end; i++) value = (Math.imul(value, 31) + bytes[i]!) | 0
  return value
}

/** Needles by which every record is wanted. */
export const allOf: Needles = needlesFor({ everything: true, sources: new Set(), names: new Map(), roles: new Set(), callers: [], parameters: new Map() })
