import type { CredentialProvider, Send } from '../clients.ts'
import { escaped, sign } from './sign.ts'
import type { Unsigned } from './sign.ts'

/** A service that speaks JSON and has no SDK client here: few calls of it are needed. */
export interface PlainService {
  /** What stands first in its host name, and its name in signatures where that is another. */
  readonly host: string
  readonly signs?: string
  /** The prefix of its targets and its version of JSON: all operations are posted to one address. */
  readonly json?: readonly [target: string, version: '1.0' | '1.1']
  /** Else the path of each operation, with input members in braces; the other members are the query. */
  readonly paths?: Readonly<Record<string, string>>
}

/** Stands for a client in a collector: `client: plainService({ host: 'ssm', json: ['AmazonSSM', '1.1'] })`. */
export const plainService = (plain: PlainService) => (): Promise<{ readonly plain: PlainService }> => Promise.resolve({ plain })

const timeout = 60_000
const mostBytes = 64 << 20

/** Sends requests of such a service, signed; answers are as the service writes them. */
export const plainSend = (service: PlainService, region: string, credentials: CredentialProvider | undefined): Send => {
  const provider = credentials ?? fromEnvironment()
  return async (operation, input, raw, signal) => {
    const request = requestOf(service, region, operation, input as Readonly<Record<string, unknown>>)
    const headers = sign(request, service.signs ?? service.host, region, await provider())
    const response = await fetch(request.url, {
      method: request.method, headers, redirect: 'error', ...(request.method === 'POST' ? { body: request.body } : {}),
      signal: AbortSignal.any([AbortSignal.timeout(timeout), ...(signal === undefined ? [] : [signal])]),
    }).catch((error: unknown) => {
      throw (error as { cause?: unknown }).cause ?? error
    })
    raw.status = response.status
    raw.type = response.headers.get('content-type') ?? ''
    if (Number(response.headers.get('content-length') ?? 0) > mostBytes) throw new Error(`the answer is longer than ${mostBytes >> 20} MiB`)
    raw.body = new Uint8Array(await response.arrayBuffer())
    const answer = JSON.parse(Buffer.from(raw.body).toString('utf8')) as Record<string, unknown>
    if (!response.ok) throw refusal(answer, response)
    return answer
  }
}

const fromEnvironment = (): CredentialProvider => {
  let chain: Promise<CredentialProvider> | undefined
  return async () => (await (chain ??= import('@aws-sdk/credential-providers').then(({ fromNodeProviderChain }) => fromNodeProviderChain())))()
}

const requestOf = ({ host, json, paths }: PlainService, region: string, operation: string, input: Readonly<Record<string, unknown>>): Unsigned => {
  const base = process.env['AWS_ENDPOINT_URL'] ?? `https://${host}.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`
  if (json !== undefined) {
    const headers = { 'content-type': `application/x-amz-json-${json[1]}`, 'x-amz-target': `${json[0]}.${operation}` }
    return { method: 'POST', url: new URL('/', base), headers, body: JSON.stringify(input) }
  }
  const left = new Map(Object.entries(input))
  const path = (paths?.[operation] ?? '/').replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(left.get(name))
    left.delete(name)
    return encodeURIComponent(value)
  })
  const url = new URL(path, base)
  url.search = [...left].map(([name, value]) => `${escaped(name)}=${escaped(String(value))}`).join('&')
  return { method: 'GET', url, headers: {}, body: '' }
}

/** An error as the SDK would throw it: `__type` may have a namespace before the name, and a URL after it. */
const refusal = (answer: Readonly<Record<string, unknown>>, response: Response): Error => {
  const type = answer['__type'] ?? answer['ErrorCode'] ?? response.headers.get('x-amzn-errortype') ?? 'Error'
  const name = String(type).split(':')[0]!.split('#').at(-1)!
  return Object.assign(new Error(String(answer['message'] ?? answer['Message'] ?? '')), { name, $fault: 'client', $metadata: { httpStatusCode: response.status } })
}
