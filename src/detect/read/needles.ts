import { lastName } from '../../core/arn.ts'
import { namesIn, selectionsOf } from '../engine/compile.ts'
import type { Detection, Match } from '../detection.ts'
import type { Estate } from '../estate.ts'
import { matchesOf } from '../match.ts'

/** How records worth parsing are known by their bytes. */
export interface Needles {
  /** An imported rule names neither sources nor names: every record is wanted. */
  readonly everything: boolean
  /** Whether bytes are an event source of which every record is wanted. */
  readonly hasSource: (bytes: Buffer, start: number, end: number) => boolean
  /** What a record must hold beside its name, for a name that is wanted whatever its source; undefined for other names. */
  readonly forName: (bytes: Buffer, start: number, end: number) => RegExp | undefined
  /** Whether the calls of a user or role are all wanted, by its name. */
  readonly hasCaller: (bytes: Buffer, start: number, end: number) => boolean
  /** The request parameter by which a source's records are wanted, and its values: `bucketName` of S3. */
  readonly parameters: ReadonlyMap<string, { readonly key: Buffer, readonly values: ReadonlySet<string> }>
}

/** The needles of some detections and of the estate. */
export const needlesOf = (detections: readonly Detection[], { facts }: Estate): Needles => {
  const sources = new Set<string>()
  const names = new Map<string, Set<string>>()
  for (const detection of detections) {
    for (const match of selectionsOf(detection.when).flatMap(matchesOf)) addMatch(match, detection, sources, names)
  }
  const qualified = new Map([...names].map(([name, patterns]) => [name, patterns.has('') ? anything : new RegExp([...patterns].join('|'), 'i')]))
  const hasSource = lookUp(new Map([...sources].map((source) => [source, true as const])))
  const roles = lookUp(new Map(facts.roles.map(({ arn }) => [lastName(arn), true as const])))
  const callers = new RegExp(detections.flatMap(({ callers }) => (callers === undefined ? [] : [callers.source])).join('|') || '(?!)')
  return {
    everything: detections.some(({ imported, when }) => imported === true && selectionsOf(when).flatMap(matchesOf).some((match) => namesIn(match['eventSource']) === undefined && namesIn(match['eventName']) === undefined)),
    hasSource: (bytes, start, end) => hasSource(bytes, start, end) === true,
    forName: lookUp(qualified),
    hasCaller: (bytes, start, end) =>
      roles(bytes, start, end) === true || (isCapital(bytes[start]!) && callers.test(bytes.toString('latin1', start, end))),
    parameters: new Map([
      ['s3.amazonaws.com', parameter('bucketName', facts.stores.map(({ bucket }) => bucket))],
      ['logs.amazonaws.com', parameter('logGroupName', facts.logGroups)],
      ['kms.amazonaws.com', parameter('keyId', facts.keys.flatMap(({ id }) => [id, lastName(id)]))],
    ]),
  }
}

const anything = /(?:)/

const isCapital = (code: number): boolean => code >= 0x41 && code <= 0x5a

const parameter = (name: string, values: readonly string[]) => ({ key: Buffer.from(`"${name}":"`), values: new Set(values) })

// a source that is all AI says most, else the names; what the estate names, or who calls, takes the place of names that are too common
const addMatch = (match: Match, detection: Detection, sources: Set<string>, names: Map<string, Set<string>>): void => {
  const ofMatch = namesIn(match['eventSource'])
  const told = ofMatch?.every(isAi) === true || (detection.imported === true && namesIn(match['eventName']) === undefined)
  if (told) for (const source of ofMatch ?? []) sources.add(source)
  else if (detection.callers === undefined && detection.byEstate !== true) {
    const qualifier = detection.qualifies?.source ?? (match['keyType'] === 'long-term' ? '"accessKeyId":\\s*"AKIA' : '')
    for (const name of namesIn(match['eventName']) ?? []) names.set(name, (names.get(name) ?? new Set()).add(qualifier))
  }
}

const isAi = (source: string): boolean => /bedrock|sagemaker|agreement-marketplace|external-anthropic/.test(source)

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
