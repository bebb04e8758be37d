import type { Needles } from './needles.ts'

// CloudTrail writes each record with this key first, and these two keys one after the other
export const marker = Buffer.from('{"eventVersion":')
// (it starts with a rare letter, which makes it four times as fast to find as one that starts with a quote)
const anchor = Buffer.from('zonaws.com","eventName":"')
const suffix = 'zonaws.com'.length
const QUOTE = 0x22

/** A place in a buffer. */
export interface Slice { readonly start: number, readonly end: number }

/** The records worth parsing, in order: one without the anchor is not laid out as CloudTrail does, and worth it. */
export const wantedRecords = (bytes: Buffer, needles: Needles): readonly Slice[] => {
  const wanted: Slice[] = []
  let anchorAt = 0
  for (let start = bytes.indexOf(marker), next = start; start >= 0; start = next) {
    next = bytes.indexOf(marker, start + shortest)
    const end = next < 0 ? bytes.length : next
    if (anchorAt >= 0 && anchorAt < start) anchorAt = bytes.indexOf(anchor, start + marker.length)
    if (anchorAt < start || anchorAt >= end || wants(bytes, { start, end }, anchorAt, needles)) wanted.push({ start, end })
  }
  return wanted
}

// no record is shorter than its version, identity, time, source and name
const shortest = 100

/** Whether the record around an anchor is wanted, as far as its bytes tell. */
const wants = (bytes: Buffer, record: Slice, position: number, needles: Needles): boolean => {
  if (needles.wanted.everything) return true
  const source = valueBefore(bytes, position)
  const sourceEnd = position + suffix
  if (needles.hasSource(bytes, source, sourceEnd)) return true
  const name = position + anchor.length
  const qualifier = needles.forName(bytes, name, quoteAfter(bytes, name))
  const holds = (pattern: RegExp): boolean => pattern.test(bytes.toString('latin1', record.start, Math.min(record.end, position + qualified)))
  if (qualifier !== undefined && holds(qualifier)) return true
  const caller = callerBefore(bytes, record.start, position)
  const marks = caller > 0 ? needles.forCaller(bytes, caller, quoteAfter(bytes, caller)) : undefined
  if (marks !== undefined && holds(marks)) return true
  return touchesEstate(bytes, source, sourceEnd, needles)
}

// what qualifies a name stands in the identity before it or in the parameters soon after it
const qualified = 4000

/**
 * Where the caller's name begins, some hundred bytes before: the last `"userName":"`. Looked for by its one capital letter,
 * backwards, as nothing else is as fast over so short a way.
 */
const callerBefore = (bytes: Buffer, start: number, position: number): number => {
  for (let at = position - afterIdentity; at > start; at--) {
    if (bytes[at] === 0x4e && bytes[at - 1] === 0x72 && bytes[at - 5] === QUOTE && bytes[at + 4] === QUOTE) return at + 7
  }
  return -1
}

// `"eventTime":"2026-08-03T10:00:00Z","eventSource":"` stands between the identity and the anchor
const afterIdentity = 48

const touchesEstate = (bytes: Buffer, source: number, sourceEnd: number, needles: Needles): boolean => {
  // s3, logs and kms: short names, so that other records cost one comparison
  if (sourceEnd - source > 'logs.amazonaws.com'.length) return false
  const parameter = needles.parameters.get(bytes.toString('latin1', source, sourceEnd))
  if (parameter === undefined || parameter.values.size === 0) return false
  const at = bytes.subarray(sourceEnd, sourceEnd + qualified).indexOf(parameter.key)
  if (at < 0) return false
  const value = sourceEnd + at + parameter.key.length
  const text = bytes.toString('latin1', value, quoteAfter(bytes, value))
  return parameter.values.has(text) || parameter.values.has(text.slice(text.lastIndexOf('/') + 1))
}

const valueBefore = (bytes: Buffer, end: number): number => {
  let start = end
  while (start > 0 && end - start < 80 && bytes[start - 1] !== QUOTE) start--
  return start
}

const quoteAfter = (bytes: Buffer, start: number): number => {
  let end = start
  while (end - start < 600 && end < bytes.length && bytes[end] !== QUOTE) end++
  return end
}

/** Whether any record in a line is wanted; a line that is not laid out as CloudTrail does it is. */
export const wantsLine = (line: Buffer, needles: Needles): boolean => {
  let at = line.indexOf(anchor)
  if (at < 0) return true
  for (let start = 0; at >= 0; at = line.indexOf(anchor, start)) {
    if (wants(line, { start, end: line.length }, at, needles)) return true
    start = at + anchor.length
  }
  return false
}
