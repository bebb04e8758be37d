import type { LogEvent } from '../event.ts'
import { eventsIn } from './decode.ts'
import type { Needles } from './needles.ts'

/** What was met while reading that was not as it should be; each kind is counted and the first ones are named. */
export type Trouble = 'truncated' | 'damaged' | 'encoding' | 'too large' | 'not JSON' | 'no known records' | 'unreadable' | 'unsupported'

export interface ScanOptions {
  readonly file: string
  readonly needles: Needles
  readonly emit: (event: LogEvent) => void
  readonly trouble: (kind: Trouble, detail: string) => void
}

/** How the text of a log is laid out. */
export type Layout = 'records' | 'lines' | 'whole'

// CloudTrail writes each record with this key first, and these two keys one after the other
const marker = Buffer.from('{"eventVersion":')
const opening = Buffer.from('{"Records":[{"eventVersion":')
// (it starts with a rare letter, which makes it four times as fast to find as one that starts with a quote)
const anchor = Buffer.from('zonaws.com","eventName":"')
const suffix = 'zonaws.com'.length
const QUOTE = 0x22
const NEWLINE = 0x0a

/** Tells the layout from the beginning of a text. */
export const layoutOf = (bytes: Buffer): Layout => {
  const start = bytes.subarray(0, 200).toString('latin1').search(/\S/)
  if (start < 0) return 'whole'
  if (bytes.subarray(start, start + opening.length).equals(opening)) return 'records'
  const end = bytes.indexOf(NEWLINE, start)
  if (end < 0 || bytes[start] !== 0x7b) return 'whole'
  return parsed(bytes.toString('utf8', start, end)) === undefined ? 'whole' : 'lines'
}

/** Finds and decodes the wanted records of a complete text, or of complete records of one. */
export const scan = (bytes: Buffer, layout: Layout, options: ScanOptions): void => {
  if (layout === 'records') scanRecords(bytes, options)
  else if (layout === 'lines') scanLines(bytes, options)
  else scanWhole(bytes, options)
}

/** Where the last complete record ends: the rest belongs to the next chunk. */
export const lastBoundary = (bytes: Buffer, layout: Layout): number => {
  if (layout === 'whole') return -1
  return layout === 'lines' ? bytes.lastIndexOf(NEWLINE) + 1 : bytes.lastIndexOf(marker)
}

const scanRecords = (bytes: Buffer, options: ScanOptions): void => {
  const wanted = wantedRecords(bytes, options.needles)
  const events: LogEvent[] = []
  let damaged = 0
  for (const { start, end } of wanted) {
    const value = parsed(recordAt(bytes, start, end))
    if (value === undefined) damaged++
    else events.push(...eventsIn(value, options.file))
  }
  // a slice that does not hold means that the marker stood inside a record: the whole file tells
  if (damaged > 0) {
    const whole = bytes.length < wholeCap ? parsed(bytes.toString('utf8')) : undefined
    if (whole !== undefined) {
      for (const event of eventsIn(whole, options.file)) options.emit(event)
      return
    }
    options.trouble('not JSON', `${damaged} of ${wanted.length} records`)
  }
  for (const event of events) options.emit(event)
}

interface Slice { readonly start: number, readonly end: number }

/** The records worth parsing, in order: one without the anchor is not laid out as CloudTrail does, and worth it. */
const wantedRecords = (bytes: Buffer, needles: Needles): readonly Slice[] => {
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
  if (qualifier !== undefined) return qualifier.test(bytes.toString('latin1', record.start, Math.min(record.end, position + qualified)))
  const caller = callerBefore(bytes, record.start, position)
  if (caller > 0 && needles.hasCaller(bytes, caller, quoteAfter(bytes, caller))) return true
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
  const at = bytes.indexOf(parameter.key, sourceEnd)
  if (at < 0 || at - sourceEnd > 4000) return false
  const value = at + parameter.key.length
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

const recordAt = (bytes: Buffer, start: number, end: number): string => {
  const text = bytes.toString('utf8', start, end)
  // the last record is followed by the end of the list and of the file
  return text.replace(end === bytes.length ? /\]\s*\}\s*$/ : /,\s*$/, '').replace(/,\s*$/, '')
}

const scanLines = (bytes: Buffer, options: ScanOptions): void => {
  let bad = 0
  for (let start = 0; start < bytes.length;) {
    const newline = bytes.indexOf(NEWLINE, start)
    const end = newline < 0 ? bytes.length : newline
    if (end - start > recordCap) options.trouble('too large', `a line of ${end - start} bytes`)
    else if (end - start > 2) {
      const line = bytes.subarray(start, end)
      if (wantsLine(line, options.needles)) {
        const value = parsed(line.toString('utf8'))
        if (value === undefined) bad++
        else for (const event of eventsIn(value, options.file)) options.emit(event)
      }
    }
    start = end + 1
  }
  if (bad > 0) options.trouble('not JSON', `${bad} lines`)
}

const wantsLine = (line: Buffer, needles: Needles): boolean => {
  const at = line.indexOf(anchor)
  return at < 0 || wants(line, { start: 0, end: line.length }, at, needles)
}

/** Largest text that is parsed at once, and largest single record. */
export const wholeCap = 128 * 1024 * 1024
export const recordCap = 16 * 1024 * 1024

const scanWhole = (bytes: Buffer, options: ScanOptions): void => {
  if (bytes.length > wholeCap) {
    options.trouble('too large', `${bytes.length} bytes without a record boundary`)
    return
  }
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '')
  if (text.trim() === '') return
  const value = parsed(text)
  const values = value === undefined ? objectsIn(text) : [value]
  if (values.length === 0) options.trouble('not JSON', 'no JSON value')
  const events = values.flatMap((value) => eventsIn(value, options.file))
  if (values.length > 0 && events.length === 0 && !isEmpty(value)) options.trouble('no known records', 'JSON of another kind')
  for (const event of events) options.emit(event)
}

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && ('Records' in value && Array.isArray(value.Records) && value.Records.length === 0 || Array.isArray(value) && value.length === 0)

/** Objects written one after the other, as Firehose does, or cut off at the end: each whole one is parsed. */
const objectsIn = (text: string): unknown[] => {
  const found: unknown[] = []
  const list = /^\s*(?:\{\s*"Records"\s*:\s*)?\[/.exec(text)
  let [depth, start, quoted] = [0, -1, false]
  for (let i = list === null ? 0 : list[0].length; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (quoted) {
      if (code === 0x5c) i++
      else if (code === QUOTE) quoted = false
    } else if (code === QUOTE) quoted = depth > 0
    else if (code === 0x7b && depth++ === 0) start = i
    else if (code === 0x7d && depth > 0 && --depth === 0) {
      const value = parsed(text.slice(start, i + 1))
      if (value !== undefined) found.push(value)
    }
  }
  return found
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
