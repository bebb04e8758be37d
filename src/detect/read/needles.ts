import { namesIn, selectionsOf } from '../engine/compile.ts'
import type { Detection, Match } from '../detection.ts'
import type { Estate } from '../estate.ts'
import { matchesOf } from '../match.ts'

/** How records worth parsing are known by their bytes. */
export interface Needles {
  /** Whether bytes are an event source of which every record is wanted. */
  readonly hasSource: (bytes: Buffer, start: number, end: number) => boolean
  /** Whether bytes are an event name that is wanted whatever its source. */
  readonly hasName: (bytes: Buffer, start: number, end: number) => boolean
  /** Texts that make any record wanted. */
  readonly texts: readonly Buffer[]
  /** Whether one record, or one of many, may be wanted. */
  readonly finds: (bytes: Buffer) => boolean
}

/** The needles of some detections and of the estate. */
export const needlesOf = (detections: readonly Detection[], estate: Estate): Needles => {
  const sources = new Set<string>()
  const names = new Set<string>()
  const texts = new Set<string>(estate.needles)
  for (const detection of detections) {
    for (const text of detection.needles ?? []) texts.add(text)
    for (const match of selectionsOf(detection.when).flatMap(matchesOf)) addMatch(match, sources, detection.needles === undefined ? names : undefined)
  }
  const buffers = [...texts].sort().map((text) => Buffer.from(text))
  const quoted = [...sources, ...names].map((text) => Buffer.from(`"${text}"`))
  return {
    hasSource: lookUp(sources), hasName: lookUp(names), texts: buffers,
    finds: (bytes) => [...quoted, ...buffers, ...otherLogs].some((needle) => bytes.includes(needle)),
  }
}

// records of logs that are AI by themselves: there is no other kind of record among them to pass over
const otherLogs = ['"modelId"', '"captureData"', ':bedrock-agentcore:', '"ProductArn"', '"schemaVersion"'].map((text) => Buffer.from(text))

// a source that is all AI says most, else the names; needles of the detection's own take the place of names that are too common
const addMatch = (match: Match, sources: Set<string>, names: Set<string> | undefined): void => {
  const ofMatch = namesIn(match['eventSource'])
  if (ofMatch?.every(isAi) === true) for (const source of ofMatch) sources.add(source)
  else for (const name of namesIn(match['eventName']) ?? []) names?.add(name)
}

const isAi = (source: string): boolean => /bedrock|sagemaker|agreement-marketplace|external-anthropic/.test(source)

/** A set of short texts that is asked in bytes, without making strings of the many that are not in it. */
const lookUp = (texts: ReadonlySet<string>): Needles['hasSource'] => {
  const hashes = new Set([...texts].map((text) => hash(Buffer.from(text), 0, text.length)))
  return (bytes, start, end) => hashes.has(hash(bytes, start, end)) && texts.has(bytes.toString('latin1', start, end))
}

const hash = (bytes: Buffer, start: number, end: number): number => {
  let value = end - start
  for (let i = start; i < end; i++) value = (Math.imul(value, 31) + bytes[i]!) | 0
  return value
}
