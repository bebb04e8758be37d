import { BartizanError } from '../../core/errors.ts'
import type { QueryOptions, SqlEngine } from './query.ts'
import { eventsView } from './view.ts'

/** Opens the engine where the logs already are. */
export const openRemote = async (options: QueryOptions): Promise<SqlEngine> => {
  const ask = options.engine === 'athena' ? await athena(options) : trino(options)
  const view = eventsView(options.table ?? 'cloudtrail_logs')
  // the view goes along with each question, so that nothing has to be made there
  return { rows: (sql) => ask(sql.startsWith('with ') ? `with events as (${view}), ${sql.slice('with '.length)}` : `with events as (${view}) ${sql}`) }
}

type Ask = (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, milliseconds) })

const athena = async ({ output }: QueryOptions): Promise<Ask> => {
  const { AthenaClient, GetQueryExecutionCommand, paginateGetQueryResults, StartQueryExecutionCommand } = await import('@aws-sdk/client-athena')
  const client = new AthenaClient({ maxAttempts: 6 })
  return async (sql) => {
    const { QueryExecutionId } = await client.send(new StartQueryExecutionCommand({ QueryString: sql, ...(output !== undefined && { ResultConfiguration: { OutputLocation: output } }) }))
      .catch((error: unknown) => { throw new BartizanError('BZ002', `Athena refused the query: ${(error as Error).message}`, { cause: error }) })
    for (let wait = 200; ; wait = Math.min(wait * 1.5, 5000)) {
      const { QueryExecution } = await client.send(new GetQueryExecutionCommand({ QueryExecutionId }))
      const state = QueryExecution?.Status?.State
      if (state === 'SUCCEEDED') break
      if (state === 'FAILED' || state === 'CANCELLED') throw new BartizanError('BZ002', `Athena could not answer: ${QueryExecution?.Status?.StateChangeReason ?? state}`)
      await pause(wait)
    }
    const rows: (readonly string[])[] = []
    for await (const page of paginateGetQueryResults({ client }, { QueryExecutionId })) rows.push(...(page.ResultSet?.Rows ?? []).map(({ Data = [] }) => Data.map(({ VarCharValue = '' }) => VarCharValue)))
    // the first row is the names of the columns
    const [names = [], ...values] = rows
    return values.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i]])))
  }
}

interface Answer { readonly nextUri?: string, readonly columns?: readonly { readonly name: string }[], readonly data?: readonly (readonly unknown[])[], readonly error?: { readonly message: string } }

/** Trino's client protocol: the answer comes in pages, each naming the next. */
const trino = ({ url }: QueryOptions): Ask => {
  if (url === undefined) throw new BartizanError('BZ002', 'Name where Trino answers with --url http://host:8080/catalog/schema')
  const { origin, pathname } = new URL(url)
  const [catalog = '', schema = ''] = pathname.split('/').filter((part) => part !== '')
  const headers = { 'X-Trino-User': process.env['USER'] ?? 'bartizan', 'X-Trino-Source': 'bartizan', ...(catalog !== '' && { 'X-Trino-Catalog': catalog }), ...(schema !== '' && { 'X-Trino-Schema': schema }) }
  const get = async (address: string, init: RequestInit, tries = 5): Promise<Answer> => {
    const response = await fetch(address, { ...init, headers }).catch((error: unknown) => { throw new BartizanError('BZ002', `Trino at ${origin} does not answer: ${(error as Error).message}`, { cause: error }) })
    // the protocol has clients wait and ask again
    if ([429, 502, 503, 504].includes(response.status) && tries > 0) {
      await pause(100 * 2 ** (5 - tries))
      return get(address, init, tries - 1)
    }
    if (!response.ok) throw new BartizanError('BZ002', `Trino at ${origin} answered ${response.status}`)
    return await response.json() as Answer
  }
  return async (sql) => {
    const rows: Readonly<Record<string, unknown>>[] = []
    let answer = await get(`${origin}/v1/statement`, { method: 'POST', body: sql })
    for (;;) {
      if (answer.error !== undefined) throw new BartizanError('BZ002', `Trino could not answer: ${answer.error.message}`)
      const { columns = [], data = [] } = answer
      rows.push(...data.map((row) => Object.fromEntries(columns.map(({ name }, i) => [name, row[i]]))))
      if (answer.nextUri === undefined) return rows
      if (new URL(answer.nextUri).origin !== origin) throw new BartizanError('BZ002', `Trino sent us to another host: ${answer.nextUri}`)
      answer = await get(answer.nextUri, {})
    }
  }
}
