import { gunzipSync } from 'node:zlib'
import { objectOf, type LogRecord } from '../event.ts'

export const isObject = (value: unknown): value is LogRecord => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Deepest nesting of a value that is looked into, and the length of a text below which none can be a danger to the stack. */
const deepest = 200
const harmless = 2000

/** A text as JSON; undefined where it is none, or is nested deeper than any record. */
export const parsed = (text: string): unknown => {
  try {
    const value: unknown = JSON.parse(text)
    return text.length > harmless && isDeeper(value, deepest) ? undefined : value
  } catch {
    return undefined
  }
}

const isDeeper = (value: unknown, levels: number): boolean => {
  if (typeof value !== 'object' || value === null) return false
  if (levels === 0) return true
  for (const inner of Object.values(value)) if (isDeeper(inner, levels - 1)) return true
  return false
}

/** The record as it was before a collector took it apart: Splunk's `_raw`, Elastic's `event.original`. */
export const original = (value: LogRecord): unknown => {
  const text = value['_raw'] ?? value['event.original'] ?? objectOf(value['event'])['original']
  return asJson(Array.isArray(text) ? text[0] : text)
}

/** What holds records, the most telling first: the first of them that is there is looked into. */
const holders = ['Records', 'records', 'logEvents', 'events', 'Events', 'findings', 'Findings', 'detail', 'eventData', 'eventJson', 'CloudTrailEvent', 'hits', 'results',
  'QueryResultRows', '_source', 'result', 'message', '@message', 'Message', 'body', 'Body'] as const

/** What stands inside a value that is no record itself. */
export const wrapped = (value: LogRecord): readonly unknown[] => {
  const packed = unpacked(value)
  if (packed !== undefined) return [packed]
  const table = rowsOf(value)
  if (table !== undefined) return table
  for (const name of holders) {
    const inner = inside(value[name])
    if (inner !== undefined) return Array.isArray(inner) ? inner.map(rowOfCells) : [inner]
  }
  return Object.values(value).map(inside).filter((inner) => inner !== undefined)
}

const inside = (value: unknown): unknown => (typeof value === 'object' && value !== null ? value : asJson(value))

const asJson = (value: unknown): unknown => (typeof value === 'string' && /^\s*[[{]/.test(value) ? parsed(value) : undefined)

/** Most bytes that a packed message may inflate to. */
const packedCap = 32 * 1024 * 1024

/** Base64 in a Lambda function's event: a gzip of CloudWatch Logs, or a record of Kinesis. */
const unpacked = (value: LogRecord): unknown => {
  const { data } = objectOf(value['awslogs'] ?? value['kinesis'])
  if (typeof data !== 'string') return undefined
  const bytes = Buffer.from(data, 'base64')
  try {
    return asJson((bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes, { maxOutputLength: packedCap }) : bytes).toString())
  } catch {
    return undefined
  }
}

/** A row as a list of cells: `{field, value}` of CloudWatch Logs Insights, one object a column of CloudTrail Lake. */
const rowOfCells = (row: unknown): unknown => {
  if (!Array.isArray(row) || row.length === 0 || !row.every(isObject)) return row
  if (row.every((cell) => typeof cell['field'] === 'string' && 'value' in cell)) return Object.fromEntries(row.map(({ field, value }) => [field as string, value]))
  return row.every((cell) => Object.keys(cell).length === 1) ? Object.assign({}, ...row) as LogRecord : row
}

/** The rows of an Athena result: the first names the columns. */
const rowsOf = (value: LogRecord): readonly LogRecord[] | undefined => {
  const { Rows } = objectOf(value['ResultSet'])
  if (!Array.isArray(Rows)) return undefined
  const [names = [], ...rows] = Rows.map((row) => {
    const { Data } = objectOf(row)
    return (Array.isArray(Data) ? Data : []).map((cell) => objectOf(cell)['VarCharValue'])
  })
  return rows.map((row) => Object.fromEntries(names.map((name, at) => [String(name), row[at]])))
}
