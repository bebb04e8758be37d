import { BartizanError } from '../../core/errors.ts'

/** An open DuckDB. */
export interface DuckDb {
  readonly rows: (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>
  readonly close: () => void
}

interface Result { readonly getRowObjectsJson: () => readonly Readonly<Record<string, unknown>>[] }
interface Connection { readonly runAndReadAll: (sql: string) => Promise<Result>, readonly closeSync: () => void }
interface Api { readonly DuckDBInstance: { readonly create: (path: string) => Promise<{ readonly connect: () => Promise<Connection>, readonly closeSync: () => void }> } }

/** Opens a DuckDB in memory; it is an optional package, so its absence is an error with the remedy. */
export const openDuckDb = async (): Promise<DuckDb> => {
  const api = await load()
  const instance = await api.DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  return {
    rows: async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJson(),
    close: () => {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

const load = async (): Promise<Api> => {
  // the name is not written out, so that neither types nor bundles need the package
  const name = ['@duckdb', 'node-api'].join('/')
  try {
    return await import(name) as Api
  } catch (error) {
    throw new BartizanError('BZ010', 'Queries need DuckDB, which is not installed: npm install @duckdb/node-api@1.5', { cause: error })
  }
}
