import { createServer, type IncomingMessage, type Server } from 'node:http'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { loadDetections } from '../src/detect/catalogue.ts'
import { eventsIn } from '../src/detect/read/decode.ts'
import { queryLogs } from '../src/detect/sql/query.ts'
import { columns, rowOf } from '../src/detect/sql/rows.ts'
import { hijacking } from '../src/detect/stories/hijacking.ts'

interface Reply { readonly status?: number, readonly columns?: readonly { readonly name: string }[], readonly data?: readonly (readonly unknown[])[], readonly error?: object, readonly nextUri?: string }

/** Speaks Trino's client protocol: a statement is posted, and its answer is read page after page. */
const asked: { readonly sql: string, readonly headers: IncomingMessage['headers'] }[] = []
let answers: ((sql: string) => readonly Reply[])
let pages: Reply[] = []
const server: Server = createServer((request, response) => {
  const parts: Buffer[] = []
  request.on('data', (part: Buffer) => parts.push(part)).on('end', () => {
    if (request.method === 'POST') {
      const sql = Buffer.concat(parts).toString()
      asked.push({ sql, headers: request.headers })
      pages = [...answers(sql)]
    }
    const { status = 200, ...page } = pages.shift() ?? {}
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ id: 'q', ...pages.length > 0 && { nextUri: `${origin()}/v1/statement/q/${pages.length}` }, ...page }))
  })
}).listen(0, '127.0.0.1')
const origin = (): string => `http://127.0.0.1:${(server.address() as { port: number }).port}`
afterAll(() => { server.close() })
beforeEach(() => { asked.length = 0 })

const [detection] = (await loadDetections()).filter(({ id }) => id === 'bedrock-validation-probing')
const events = eventsIn(hijacking.find(({ id }) => id === 'key-checker')!.records.filter(({ eventName }) => eventName === 'InvokeModel'))
const names = columns.map(([name]) => ({ name }))
const rows = events.map(rowOf).map((row) => names.map(({ name }) => row[name]))
const ask = () => queryLogs([], { detections: [detection!], engine: 'trino', table: 'logs.trail.calls', url: `${origin()}/hive/security` })

test('pages are read to the end, the empty ones of a queued query too', async () => {
  answers = (sql) => sql.includes('order by k, f, l')
    ? [{}, { columns: [{ name: 'k' }, { name: 'f' }, { name: 'l' }] }, { columns: [{ name: 'k' }, { name: 'f' }, { name: 'l' }], data: [[events[0]!.principal, events[0]!.time, events.at(-1)!.time]] }]
    : [{}, { columns: names, data: rows.slice(0, 3) }, { columns: names, data: rows.slice(3) }]
  const { alerts } = await ask()
  expect(alerts).toMatchObject([{ detection: 'bedrock-validation-probing', severity: 'high', count: events.length }])
  expect(asked[0]!.sql).toContain('from logs.trail.calls')
  expect(asked[0]!.headers).toMatchObject({ 'x-trino-catalog': 'hive', 'x-trino-schema': 'security' })
})

test('a server that is busy is asked again', async () => {
  const replies: Reply[][] = [[{ status: 503 }], [{}, { columns: [{ name: 'k' }], data: [] }]]
  answers = () => replies.shift()!
  expect((await ask()).alerts).toEqual([])
})

test('what Trino says is wrong is passed on, and other hosts are not followed', async () => {
  answers = () => [{}, { error: { message: "Table 'logs.trail.calls' does not exist" } }]
  await expect(ask()).rejects.toThrow("Table 'logs.trail.calls' does not exist")
  answers = () => [{ nextUri: 'http://198.51.100.1/v1/statement/x' }]
  await expect(ask()).rejects.toThrow('another host')
  answers = () => [{ status: 401 }]
  await expect(ask()).rejects.toThrow('answered 401')
})
