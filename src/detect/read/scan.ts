import type { LogEvent } from '../event.ts'
import { csvRows, looksLikeCsv } from './csv.ts'
import { eventsIn } from './decode.ts'
import { parsed } from './envelopes.ts'
import type { Needles } from './needles.ts'
import { objectsIn } from './objects.ts'
import { marker, wantedRecords, wantsLine } from './slices.ts'

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

/** Largest text that is parsed at once, and largest single record. */
export const wholeCap = 128 * 1024 * 1024
export const recordCap = 16 * 1024 * 1024

const opening = Buffer.from('{"Records":[{"eventVersion":')
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
    const value = recordIn(bytes.toString('utf8', start, end))
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

/** A record and what follows it: a comma, or the end of its list, of the file, and the next file's beginning. */
const recordIn = (text: string): unknown =>
  parsed(text.replace(/,\s*$/, '')) ?? parsed(text.replace(/\]\s*\}\s*(?:\{\s*"Records"\s*:\s*\[\s*)?$/, ''))

const scanLines = (bytes: Buffer, options: ScanOptions): void => {
  let [bad, strange] = [0, 0]
  for (let start = 0; start < bytes.length;) {
    const newline = bytes.indexOf(NEWLINE, start)
    const end = newline < 0 ? bytes.length : newline
    if (end - start > recordCap) options.trouble('too large', `a line of ${end - start} bytes`)
    else if (end - start > 2) {
      const line = bytes.subarray(start, end)
      if (wantsLine(line, options.needles)) {
        const value = parsed(line.toString('utf8'))
        const events = value === undefined ? [] : eventsIn(value, options.file)
        if (value === undefined) bad++
        else if (events.length === 0 && !isEmpty(value)) strange++
        for (const event of events) options.emit(event)
      }
    }
    start = end + 1
  }
  if (bad > 0) options.trouble('not JSON', `${bad} lines`)
  if (strange > 0) options.trouble('no known records', `${strange} lines of JSON of another kind`)
}

const scanWhole = (bytes: Buffer, options: ScanOptions): void => {
  if (bytes.length > wholeCap) {
    options.trouble('too large', `${bytes.length} bytes without a record boundary`)
    return
  }
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '')
  if (text.trim() === '') return
  let bad = 0
  const values = valuesIn(text, () => bad++)
  if (bad > 0) options.trouble('not JSON', `${bad} objects`)
  else if (values.length === 0) options.trouble('not JSON', 'no JSON value')
  const events = values.flatMap((value) => eventsIn(value, options.file))
  if (events.length === 0 && values.length > 0 && !values.every(isEmpty)) options.trouble('no known records', 'JSON or CSV of another kind')
  for (const event of events) options.emit(event)
}

const valuesIn = (text: string, bad: () => void): readonly unknown[] => {
  const value = parsed(text)
  if (value !== undefined) return [value]
  return looksLikeCsv(text.slice(0, 20_000)) ? [...csvRows(text)] : objectsIn(text, bad)
}

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && ('Records' in value && Array.isArray(value.Records) && value.Records.length === 0 || Array.isArray(value) && value.length === 0)
