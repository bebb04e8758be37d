import { BartizanError } from '../core/errors.ts'
import type { Alert } from './alerts/alert.ts'
import { readBacklog, type DetectOptions } from './detect.ts'
import type { Engine, EngineCounts, EngineState } from './engine/engine.ts'
import { openBucket, type Bucket } from './read/bucket.ts'
import type { ReadCounts, Reader } from './read/reader.ts'

/** One message of a queue. */
export interface QueueMessage { readonly body: string, readonly receipt: string }

/** A queue that S3 notifications or EventBridge events arrive in. */
export interface Queue {
  /** Waits for messages, at most some seconds; empty when none came. */
  readonly receive: (signal: AbortSignal) => Promise<readonly QueueMessage[]>
  readonly remove: (messages: readonly QueueMessage[]) => Promise<void>
}

export interface FollowOptions {
  readonly queue: Queue
  readonly bucket: Bucket
  readonly reader: Reader
  readonly engine: Engine
  /** Saves the engine's state and what was told of it; messages are removed only after it. */
  readonly save: () => Promise<void>
  /** Called after each batch to tell what is new; whether anything was. */
  readonly report: () => Promise<boolean>
  readonly signal: AbortSignal
  readonly trouble: (text: string) => void
}

/**
 * Reads records as they arrive until the signal stops it. A message is removed only after the state that holds its records is
 * saved: after a kill it comes again, and its records are known to have been read. What was told is saved after it was told: a
 * kill in between tells the alerts of one batch again, under the same uid, and never none of them.
 */
export const follow = async (options: FollowOptions): Promise<void> => {
  const { queue, signal } = options
  while (!signal.aborted) {
    const messages = await queue.receive(signal)
    if (messages.length === 0) continue
    const done: QueueMessage[] = []
    for (const message of messages) if (await take(message, options)) done.push(message)
    await options.save()
    await queue.remove(done)
    if (await options.report()) await options.save()
  }
}

/** Whether a message was taken in: one whose object cannot be read now stays for a later try. */
const take = async ({ body }: QueueMessage, { bucket, reader, trouble }: FollowOptions): Promise<boolean> => {
  const objects = objectsIn(body)
  if (objects.length === 0) await reader.bytes(Buffer.from(body), 'queue')
  for (const uri of objects) {
    try {
      await reader.bytes(await bucket.get(uri), uri)
    } catch (error) {
      if (!(error instanceof BartizanError)) throw error
      trouble(error.message)
      return false
    }
  }
  return true
}

/** The objects that a message tells of: an S3 notification, one inside SNS, an EventBridge "Object Created"; none where it is a record itself. */
export const objectsIn = (body: string): readonly string[] => {
  const value = parsed(body)
  if (value === undefined) return []
  if (typeof value['Message'] === 'string') return objectsIn(value['Message'])
  const detail = value['detail']
  if (isObject(detail) && isObject(detail['bucket']) && isObject(detail['object'])) return uriOf(detail['bucket']['name'], detail['object']['key'])
  if (typeof value['s3Bucket'] === 'string' && Array.isArray(value['s3ObjectKey'])) return value['s3ObjectKey'].flatMap((key) => uriOf(value['s3Bucket'], key))
  const records: unknown[] = Array.isArray(value['Records']) ? value['Records'] : []
  return records.flatMap((record) => {
    const s3 = isObject(record) ? record['s3'] : undefined
    if (!isObject(s3) || !isObject(s3['bucket']) || !isObject(s3['object'])) return []
    // keys in S3's own notifications are URL-encoded, spaces as plus signs
    return uriOf(s3['bucket']['name'], typeof s3['object']['key'] === 'string' ? decoded(s3['object']['key']) : undefined)
  })
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null

const uriOf = (bucket: unknown, key: unknown): string[] => (typeof bucket === 'string' && typeof key === 'string' ? [`s3://${bucket}/${key}`] : [])

const decoded = (key: string): string => {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '))
  } catch {
    return key
  }
}

const parsed = (text: string): Readonly<Record<string, unknown>> | undefined => {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** Opens an SQS queue by its URL. */
export const openQueue = async (url: string): Promise<Queue> => {
  const { DeleteMessageBatchCommand, ReceiveMessageCommand, SQSClient } = await import('@aws-sdk/client-sqs')
  const client = new SQSClient({ maxAttempts: 6 })
  return {
    receive: async (signal) => {
      try {
        const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10, WaitTimeSeconds: 10 }), { abortSignal: signal })
        return Messages.flatMap(({ Body, ReceiptHandle }) => (Body === undefined || ReceiptHandle === undefined ? [] : [{ body: Body, receipt: ReceiptHandle }]))
      } catch (error) {
        if (signal.aborted) return []
        throw new BartizanError('BZ002', `Cannot receive from ${url}: ${(error as Error).message}`, { cause: error })
      }
    },
    remove: async (messages) => {
      if (messages.length === 0) return
      await client.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries: messages.map(({ receipt }, index) => ({ Id: String(index), ReceiptHandle: receipt })) }))
    },
  }
}

export interface FollowHooks {
  readonly signal: AbortSignal
  readonly trouble: (text: string) => void
  readonly save: (state: EngineState) => Promise<void>
  /** Told of alerts that are new or have grown since the last batch. */
  readonly report: (alerts: readonly Alert[], counted: ReadCounts & EngineCounts) => Promise<void>
}

/** Reads the backlog in some paths, then whatever a queue tells of. */
export const followQueue = async (url: string, paths: readonly string[], options: DetectOptions, hooks: FollowHooks): Promise<void> => {
  const { engine, reader } = await readBacklog(paths, options)
  // a state without what was told was saved by a run that told all of it
  const told = new Map(options.state === undefined ? [] : options.state.told ?? options.state.alerts.map(({ uid, count }) => [uid, count] as const))
  const report = async (): Promise<boolean> => {
    const grown = engine.alerts(options.today).filter(({ uid, count }) => (told.get(uid) ?? 0) < count)
    if (grown.length > 0) await hooks.report(grown, { ...reader.counts, ...engine.counts() })
    for (const { uid, count } of grown) told.set(uid, count)
    return grown.length > 0
  }
  const save = (): Promise<void> => hooks.save({ ...engine.state(), told: [...told] })
  if (await report()) await save()
  await follow({ queue: await openQueue(url), bucket: await openBucket(), engine, reader, signal: hooks.signal, trouble: hooks.trouble, save, report })
}
