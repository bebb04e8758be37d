import { namesIn, selectionsOf } from '../engine/compile.ts'
import type { Detection, Match } from '../detection.ts'
import type { Estate } from '../estate.ts'
import { matchesOf } from '../match.ts'

/** How records worth parsing are known by their bytes. */
export interface Needles {
  /** Event sources of which every record is wanted. */
  readonly sources: ReadonlySet<string>
  /** Event names wanted whatever their source. */
  readonly names: ReadonlySet<string>
  /** Texts that make any record wanted. */
  readonly texts: readonly Buffer[]
  /** Whether the bytes of one record, or of many, may hold something wanted. */
  readonly finds: (bytes: Buffer) => boolean
}

/** The needles of some detections and of the estate. */
export const needlesOf = (detections: readonly Detection[], estate: Estate): Needles => {
  const sources = new Set<string>()
  const names = new Set<string>()
  const texts = new Set<string>(estate.needles)
  for (const detection of detections) {
    for (const text of detection.needles) texts.add(text)
    for (const match of selectionsOf(detection.when).flatMap(matchesOf)) addMatch(match, sources, names)
  }
  const buffers = [...texts].sort().map((text) => Buffer.from(text))
  const envelope = [...[...sources].map((source) => Buffer.from(`"${source}"`)), ...[...names].map((name) => Buffer.from(`"${name}"`)), ...buffers, ...otherLogs]
  return { sources, names, texts: buffers, finds: (bytes) => envelope.some((needle) => bytes.includes(needle)) }
}

// records of logs that are AI by themselves: there is no other kind of record among them to pass over
const otherLogs = ['"modelId"', '"captureData"', ':bedrock-agentcore:', '"ProductArn"', '"schemaVersion"'].map((text) => Buffer.from(text))

// a source that is all AI says most; else the names; a match with neither needs needles of its own
const addMatch = (match: Match, sources: Set<string>, names: Set<string>): void => {
  const ofMatch = namesIn(match['eventSource'])
  const named = namesIn(match['eventName'])
  if (ofMatch !== undefined && (named === undefined || ofMatch.every(isAi))) for (const source of ofMatch) sources.add(source)
  else if (named !== undefined) for (const name of named) names.add(name)
}

const isAi = (source: string): boolean => /bedrock|sagemaker|agreement-marketplace|external-anthropic/.test(source)
