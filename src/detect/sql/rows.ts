import type { LogEvent } from '../event.ts'
import { derived } from '../match.ts'

/** Columns of the table `events`, in order, with their types. */
export const columns: readonly (readonly [string, string])[] = [...[...derived].map((name) => [name === 'time' ? 't' : name.toLowerCase(), typeOf(name)] as const), ['extra', 'VARCHAR'], ['record', 'VARCHAR']]

function typeOf(name: string): string {
  if (name === 'time') return 'BIGINT'
  if (name === 'price') return 'DOUBLE'
  return name === 'crossRegion' ? 'BOOLEAN' : 'VARCHAR'
}

/** An event as a row of the table; the bodies of an invocation are left behind. */
export const rowOf = (event: LogEvent): Readonly<Record<string, unknown>> => {
  const { input: _, output: __, captureData: ___, ...record } = event.raw
  return {
    ...Object.fromEntries([...derived].map((name) => [name === 'time' ? 't' : name.toLowerCase(), event[name as keyof LogEvent]])),
    extra: JSON.stringify(event.extra), record: JSON.stringify(record),
  }
}

/** A row as an event again. */
export const eventOf = (row: Readonly<Record<string, unknown>>): LogEvent => {
  const values = Object.fromEntries([...derived].map((name) => [name, row[name === 'time' ? 't' : name.toLowerCase()]]))
  return {
    ...values, time: Number(values['time']), price: Number(values['price']), crossRegion: values['crossRegion'] === true || values['crossRegion'] === 'true',
    extra: JSON.parse(String(row['extra'])) as LogEvent['extra'], raw: JSON.parse(String(row['record'])) as LogEvent['raw'],
  } as LogEvent
}
