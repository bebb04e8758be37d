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
const anchor = Buffer.from('","eventName":"')
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
  const starts = wantedStarts(bytes, options.needles)
  if (starts === undefined) {
    scanWhole(bytes, options)
    return
  }
  const events: LogEvent[] = []
  let damaged = 0
  for (const start of starts) {
    const value = parsed(recordAt(bytes, start))
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
    options.trouble('not JSON', `${damaged} of ${starts.length} records`)
  }
  for (const event of events) options.emit(event)
}

/** Starts of the records worth parsing, in order; undefined when the file is not laid out as CloudTrail does. */
const wantedStarts = (bytes: Buffer, needles: Needles): number[] | undefined => {
  const starts = new Set<number>()
  const add = (at: number): void => void starts.add(Math.max(0, bytes.lastIndexOf(marker, at)))
  let position = bytes.indexOf(anchor)
  if (position < 0) return undefined
  while (position >= 0) {
    if (isWanted(bytes, position, needles)) add(position)
    position = bytes.indexOf(anchor, position + stride)
  }
  for (const text of needles.texts) {
    for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + text.length)) add(at)
  }
  return [...starts].sort((a, b) => a - b)
}

// the name and the six fields that always follow it and precede the next record's are longer than this
const stride = 64

const isWanted = (bytes: Buffer, position: number, needles: Needles): boolean => {
  let start = position
  while (start > 0 && position - start < 80 && bytes[start - 1] !== QUOTE) start--
  if (needles.hasSource(bytes, start, position)) return true
  const begin = position + anchor.length
  let end = begin
  while (end - begin < 80 && bytes[end] !== QUOTE && end < bytes.length) end++
  return needles.hasName(bytes, begin, end)
}

const recordAt = (bytes: Buffer, start: number): string => {
  const next = bytes.indexOf(marker, start + marker.length)
  const text = bytes.toString('utf8', start, next < 0 ? bytes.length : next)
  // the last record is followed by the end of the list and of the file
  return text.replace(next < 0 ? /\]\s*\}\s*$/ : /,\s*$/, '').replace(/,\s*$/, '')
}

const scanLines = (bytes: Buffer, options: ScanOptions): void => {
  let bad = 0
  for (let start = 0; start < bytes.length;) {
    const newline = bytes.indexOf(NEWLINE, start)
    const end = newline < 0 ? bytes.length : newline
    if (end - start > recordCap) options.trouble('too large', `a line of ${end - start} bytes`)
    else if (end - start > 2) {
      const line = bytes.subarray(start, end)
      const at = line.indexOf(anchor)
      if (at < 0 || isWanted(line, at, options.needles) || options.needles.texts.some((text) => line.includes(text))) {
        const value = parsed(line.toString('utf8'))
        if (value === undefined) bad++
        else for (const event of eventsIn(value, options.file)) options.emit(event)
      }
    }
    start = end + 1
  }
  if (bad > 0) options.trouble('not JSON', `${bad} lines`)
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
