import { setTimeout as sleep } from 'node:timers/promises'
import type { Send } from './clients.ts'
import type { Item } from './collector.ts'
import { failureOf, foreign, isForeign } from './failure.ts'
import type { Failure, Raw } from './failure.ts'
import type { Limiter } from './limiter.ts'

/** An answer, or why there is none. */
export type Outcome = { readonly answer: Item, readonly plain?: true } | { readonly failure: Failure }

/** What a caller needs to know of where it calls. */
export interface Line {
  readonly send: Send
  readonly limiter: Limiter
  readonly signal?: AbortSignal
}

const triesWhenBusy = 12
const triesWhenDown = 4
const firstWait = 100
const longestWait = 20_000

/** Calls until there is an answer or a reason to stop; waits are random up to a bound that doubles. */
export const ask = async (line: Line, operation: string, input: object): Promise<Outcome> => {
  for (let attempt = 1; ; attempt++) {
    const outcome = await line.limiter.run(() => once(line, operation, input))
    if ('answer' in outcome) {
      line.limiter.answered()
      return outcome
    }
    const { kind } = outcome.failure
    // a service that says that something is not there, or not allowed, was not too busy to say so
    if (kind === 'busy') line.limiter.throttled()
    else if (kind !== 'down' && kind !== 'aborted') line.limiter.answered()
    const tries = kind === 'busy' ? triesWhenBusy : kind === 'down' ? triesWhenDown : 1
    if (attempt >= tries) return outcome
    try {
      await sleep(Math.random() * Math.min(longestWait, firstWait * 2 ** attempt), undefined, line.signal === undefined ? {} : { signal: line.signal })
    } catch {
      return aborted
    }
  }
}

/** The bytes that an operation answers with, such as an object; asked for once. */
export const askBytes = async ({ send, limiter, signal }: Line, operation: string, input: object): Promise<Buffer | { readonly failure: Failure }> => {
  const raw: Raw = {}
  try {
    await limiter.run(() => send(operation, input, raw, signal))
  } catch (thrown) {
    // the SDK expects a stream where the body is in memory already
    if (raw.status === undefined || raw.status >= 300) return { failure: failureOf(thrown, raw) }
  }
  return Buffer.from(raw.body ?? [])
}

const aborted: Outcome = { failure: { kind: 'aborted', name: 'AbortError', reason: 'the scan was interrupted' } }

const once = async ({ send, signal }: Line, operation: string, input: object): Promise<Outcome> => {
  if (signal?.aborted === true) return aborted
  const raw: Raw = {}
  try {
    const { $metadata: _, ...answer } = await send(operation, input, raw, signal)
    // the SDK takes a page for an answer of XML in which nothing is set
    return isForeign(raw) ? { failure: foreign(raw) } : { answer }
  } catch (thrown) {
    const plain = plainAnswer(thrown, raw)
    return plain === undefined ? { failure: failureOf(thrown, raw) } : { answer: plain, plain: true }
  }
}

/** A good answer that the SDK could not read (a date in another form than the model says) is taken as the JSON it is. */
const plainAnswer = (thrown: unknown, { status, body }: Raw): Item | undefined => {
  const wasRead = status !== undefined && status >= 200 && status < 300 && body !== undefined
  const isService = typeof thrown === 'object' && thrown !== null && '$fault' in thrown
  if (!wasRead || isService) return undefined
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Item : undefined
  } catch {
    return undefined
  }
}
