/** Why a call gave no answer, sorted by what is to be done about it. */
export interface Failure {
  /**
   * `denied`: a permission is missing. `absent`: what was asked for is not set or not there. `elsewhere`: the service is not
   * offered here. `foreign`: something that is not the service answered. `busy`: throttled. `down`: worth another try.
   */
  readonly kind: 'denied' | 'absent' | 'elsewhere' | 'foreign' | 'busy' | 'down' | 'failed' | 'aborted'
  readonly name: string
  readonly reason: string
}

/** What came over the wire, kept while the SDK reads it. */
export interface Raw { status?: number, body?: Uint8Array, type?: string }

interface Thrown { name?: string, Code?: string, code?: string, message?: string, $retryable?: { throttling?: boolean }, $metadata?: { httpStatusCode?: number } }

const denied = /^(AccessDenied|AccessDeniedException|AccessDeniedFault|UnauthorizedOperation|UnauthorizedException|AuthorizationError\w*|NotAuthorized\w*|Forbidden\w*|AuthFailure|Client\.UnauthorizedOperation|OptInRequired|SubscriptionRequiredException|UnrecognizedClientException|InvalidClientTokenId|ExpiredToken\w*|AWSOrganizationsNotInUseException)$/
const busy = /throttl|TooManyRequests|RequestLimitExceeded|BandwidthLimit|LimitExceededException|SlowDown|PriorRequestNotComplete|TransactionInProgress|RequestThrottled|ProvisionedThroughputExceeded/i
const absent = /NotFound|NoSuch|DoesNotExist|NotExist|NotConfigured|NonExistent|Missing$/
const elsewhere = new Set(['ENOTFOUND', 'EAI_NODATA', 'EAI_NONAME', 'UnknownEndpoint'])
const network = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN', 'TimeoutError', 'RequestTimeout', 'RequestTimeoutException', 'ERR_SOCKET_CLOSED', 'ECONNABORTED', 'NetworkingError'])
const unset = /is not enabled|not subscribed|has not been (enabled|activated|set up)|not registered|not opted in|no (longer|organization)|must be enabled/i

/** Sorts what the SDK threw, with what came over the wire. */
export const failureOf = (thrown: unknown, raw: Raw): Failure => {
  const error = (typeof thrown === 'object' && thrown !== null ? thrown : { message: String(thrown) }) as Thrown
  const status = error.$metadata?.httpStatusCode ?? raw.status ?? 0
  const name = error.Code ?? (error.name === 'Error' || error.name === undefined ? error.code ?? 'Error' : error.name)
  const reason = sentence(name, error.message ?? '')
  const of = (kind: Failure['kind']): Failure => ({ kind, name, reason })
  if (name === 'AbortError') return of('aborted')
  if (elsewhere.has(error.code ?? name)) return { kind: 'elsewhere', name, reason: 'the service is not offered in this region' }
  if (network.has(error.code ?? name) || network.has(name)) return of('down')
  if (isForeign(raw)) return foreign({ ...raw, status }, name)
  if (unset.test(error.message ?? '')) return of('absent')
  if (busy.test(name) || error.$retryable?.throttling === true || status === 429 || /rate exceeded/i.test(error.message ?? '')) return of('busy')
  if (denied.test(name)) return of('denied')
  if (absent.test(name)) return of('absent')
  if (status >= 500) return of('down')
  return status === 403 ? of('denied') : of('failed')
}

const sentence = (name: string, message: string): string => {
  const text = message.replace(/\s+/g, ' ').trim().slice(0, 300)
  return text === '' || text === name ? name : `${name}: ${text}`
}

/** Says of an answer that it is a page. */
export const foreign = (raw: Raw, name = 'ForeignAnswer'): Failure => ({ kind: 'foreign', name, reason: `the answer (HTTP ${raw.status}) is not the service's own: ${start(raw)}` })

/** An answer that is a page for people: a proxy's, a captive portal's, a web server's. */
export const isForeign = ({ body, type }: Raw): boolean => {
  if (body === undefined) return false
  const head = Buffer.from(body.subarray(0, 256)).toString('latin1').trimStart().toLowerCase()
  if (head.startsWith('<!doctype html') || head.startsWith('<html')) return true
  return (type ?? '').includes('text/html') && !head.startsWith('{') && !head.startsWith('<?xml')
}

const start = ({ body }: Raw): string => {
  const text = Buffer.from(body!.subarray(0, 2000)).toString('utf8')
  const title = /<title>([^<]{0,100})/i.exec(text)?.[1] ?? text.replace(/<[^>]*>/g, ' ')
  return title.replace(/\s+/g, ' ').trim().slice(0, 100)
}
