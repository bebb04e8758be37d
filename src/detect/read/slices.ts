import type { NameNeed, Needles } from './needles.ts'

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
  const first = bytes.indexOf(marker)
  if (first < 0) return []
  if (needles.wanted.everything) return recordsFrom(bytes, first, bytes.length, bytes.length)
  const wanted: Slice[] = []
  let last = first - 1
  for (let at = bytes.indexOf(anchor, first); at >= 0; at = bytes.indexOf(anchor, at + shortest)) {
    // one record lies between two anchors; what is longer than usual may be more
    if (at - last > usual) wanted.push(...recordsFrom(bytes, last + 1, at, bytes.length).slice(0, -1))
    if (wants(bytes, last, at, needles)) wanted.push({ start: startOf(bytes, last, at), end: markerAfter(bytes, at) })
    last = at
  }
  wanted.push(...recordsFrom(bytes, last + 1, bytes.length, bytes.length))
  return wanted
}

// no record is shorter than its version, identity, time, source and name
const shortest = 100
// anchors of two records with little in them are not so far apart
const usual = 1500

/** The records that begin in a part of the bytes. */
const recordsFrom = (bytes: Buffer, from: number, to: number, end: number): readonly Slice[] => {
  const found: Slice[] = []
  for (let start = bytes.indexOf(marker, from), next = start; start >= 0 && start < to; start = next) {
    next = bytes.indexOf(marker, start + shortest)
    found.push({ start, end: next < 0 ? end : next })
  }
  return found
}

const markerAfter = (bytes: Buffer, position: number): number => {
  const next = bytes.indexOf(marker, position)
  return next < 0 ? bytes.length : next
}

/** Where the record around an anchor begins, which is after `after`; looking forwards is many times as fast as backwards. */
const startOf = (bytes: Buffer, after: number, position: number): number => {
  let start = after + 1
  for (let next = bytes.indexOf(marker, start); next >= 0 && next < position; next = bytes.indexOf(marker, next + shortest)) start = next
  return start
}

/** Whether the record around an anchor is wanted, as far as its bytes tell; it begins after `after`. */
const wants = (bytes: Buffer, after: number, position: number, needles: Needles): boolean => {
  const source = valueBefore(bytes, position)
  const sourceEnd = position + suffix
  if (needles.hasSource(bytes, source, sourceEnd)) return true
  const name = position + anchor.length
  const need = needles.forName(bytes, name, quoteAfter(bytes, name))
  if (need !== undefined && qualifies(bytes, after, position, need)) return true
  const caller = callerBefore(bytes, after, position)
  const marks = caller > 0 ? needles.forCaller(bytes, caller, quoteAfter(bytes, caller)) : undefined
  if (marks?.test(bytes.toString('latin1', source - beforeSource, markerAfter(bytes, position))) === true) return true
  return needles.touches && touchesEstate(bytes, source, sourceEnd, needles)
}

// `"eventSource":"`
const beforeSource = 15
const longTermKey = Buffer.from('accessKeyId":"AKIA')

const qualifies = (bytes: Buffer, after: number, position: number, { always, longTerm, parameters }: NameNeed): boolean =>
  always || (longTerm && bytes.subarray(after + 1, position).includes(longTermKey)) || parameters.some(({ key, like }) => like.test(parameterAt(bytes, position, key)))

/** The text of a request parameter, which stands soon after the name; of a list, its first items. */
const parameterAt = (bytes: Buffer, position: number, key: Buffer): string => {
  const at = bytes.subarray(position, position + soon).indexOf(key)
  if (at < 0) return ''
  const start = position + at + key.length
  return bytes[start] === QUOTE ? bytes.toString('latin1', start + 1, quoteAfter(bytes, start + 1)) : bytes.toString('latin1', start, start + longest)
}

const soon = 4000
// keys of S3 have 1,024 bytes at most
const longest = 1100

/**
 * Where the caller's name begins, some hundred bytes before: the last `"userName":"`. Looked for by its one capital letter,
 * backwards, as nothing else is as fast over so short a way; the letter of `{"eventVersion"` ends the record.
 */
const callerBefore = (bytes: Buffer, after: number, position: number): number => {
  for (let at = position - afterIdentity; at > after; at--) {
    const letter = bytes[at]
    if (letter === 0x4e && bytes[at - 1] === 0x72 && bytes[at - 5] === QUOTE && bytes[at + 4] === QUOTE) return at + 7
    if (letter === 0x56 && bytes[at - 1] === 0x74 && bytes[at - 6] === QUOTE && bytes[at - 7] === 0x7b) return -1
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
  const text = parameterAt(bytes, sourceEnd, parameter.key)
  return parameter.values.has(text) || parameter.values.has(text.slice(text.lastIndexOf('/') + 1))
}

const valueBefore = (bytes: Buffer, end: number): number => {
  let start = end
  while (start > 0 && end - start < 80 && bytes[start - 1] !== QUOTE) start--
  return start
}

const quoteAfter = (bytes: Buffer, start: number): number => {
  let end = start
  while (end - start < longest && end < bytes.length && bytes[end] !== QUOTE) end++
  return end
}

/** Whether any record in a line is wanted; a line that is not laid out as CloudTrail does it is. */
export const wantsLine = (line: Buffer, needles: Needles): boolean => {
  let at = line.indexOf(anchor)
  if (at < 0 || needles.wanted.everything) return true
  for (let after = -1; at >= 0; at = line.indexOf(anchor, after)) {
    if (wants(line, after, at, needles)) return true
    after = at + anchor.length
  }
  return false
}
