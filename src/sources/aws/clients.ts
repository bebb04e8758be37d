import type { Raw } from './failure.ts'

/** What signs a call; refreshed by the SDK when it expires. */
export interface Credentials { readonly accessKeyId: string, readonly secretAccessKey: string, readonly sessionToken?: string, readonly expiration?: Date }

export type CredentialProvider = () => Promise<Credentials>

/** Sends one request of an operation to a service; `raw` is filled with what comes over the wire. */
export type Send = (operation: string, input: object, raw: Raw, signal?: AbortSignal) => Promise<Record<string, unknown>>

interface Response { statusCode: number, body: unknown, headers: Record<string, string> }
interface Stack { add(middleware: (next: (args: unknown) => Promise<{ response: unknown }>) => (args: unknown) => Promise<unknown>, options: object): void }
interface Command { middlewareStack: Stack }
interface Client { send(command: Command, options: object): Promise<Record<string, unknown>>, readonly config: { readonly requestHandler: object } }
type ClientClass = new (config: object) => Client
type CommandClass = new (input: object) => Command

const mebibyte = 1 << 20
const mostBytes = 256 * mebibyte

/** Makes the clients of one account: one a service and region, all on the same connections. */
export const makeClients = (credentials: CredentialProvider | undefined) => {
  const made = new Map<string, Promise<Send>>()
  return (id: string, load: () => Promise<object>, region: string): Promise<Send> => {
    const key = `${id} ${region}`
    const known = made.get(key)
    if (known !== undefined) return known
    const send = makeSend(load, region, credentials)
    made.set(key, send)
    return send
  }
}

const makeSend = async (load: () => Promise<object>, region: string, credentials: CredentialProvider | undefined): Promise<Send> => {
  const module = await load() as Record<string, unknown>
  const className = Object.keys(module).find((name) => /^[A-Z]\w+Client$/.test(name))!
  const endpoint = process.env['AWS_ENDPOINT_URL']
  const client = new (module[className] as ClientClass)({
    region,
    maxAttempts: 1,
    userAgentAppId: 'bartizan',
    requestHandler: await connections(),
    // a signed request goes to AWS or to the endpoint that was asked for, never to a host that an answer names
    useQueueUrlAsEndpoint: false,
    ...(credentials === undefined ? {} : { credentials }),
    // an emulator stands at one address: no bucket and no account id goes before it
    ...(endpoint === undefined ? {} : { forcePathStyle: true, disableHostPrefix: true }),
    ...(endpoint === undefined || className !== 'S3ControlClient' ? {} : { endpointProvider: () => ({ url: new URL(endpoint) }) }),
  })
  return async (operation, input, raw, signal) => {
    const command = new (module[`${operation}Command`] as CommandClass)(input)
    command.middlewareStack.add((next) => async (args) => {
      const result = await next(args)
      await keep(result.response as Response, raw)
      return result
    }, { step: 'deserialize', priority: 'low', name: 'keepRaw' })
    return client.send(command, signal === undefined ? {} : { abortSignal: signal })
  }
}

/** Reads the body once into memory, where both the SDK and we can look at it. */
const keep = async (response: Response, raw: Raw): Promise<void> => {
  raw.status = response.statusCode
  raw.type = response.headers['content-type'] ?? ''
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of response.body as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > mostBytes) throw new Error(`the answer is longer than ${mostBytes / mebibyte} MiB`)
    chunks.push(chunk)
  }
  raw.body = new Uint8Array(Buffer.concat(chunks))
  response.body = raw.body
}

let shared: Promise<object> | undefined

const ignore = (): void => undefined

/** The handler would write of busy sockets into the reports' terminal; the limiter lets calls wait on purpose. */
const silent = { trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore }

/** The connections of all clients. It is the HTTP/1.1 handler of the STS client: some clients would choose HTTP/2, which proxies and emulators lack. */
const connections = (): Promise<object> => {
  shared ??= import('@aws-sdk/client-sts').then(({ STSClient }) =>
    new STSClient({
      region: 'us-east-1',
      // without the throw the handler only warns, and a connection that hangs would hang the scan
      requestHandler: { connectionTimeout: 5_000, requestTimeout: 60_000, socketTimeout: 60_000, throwOnRequestTimeout: true, httpAgent: { keepAlive: true, maxSockets: 128 }, httpsAgent: { keepAlive: true, maxSockets: 64 }, logger: silent },
    }).config.requestHandler)
  return shared
}
