import type { Emit } from '../../core/events.ts'
import type { Gap } from '../../core/gap.ts'
import type { SnapshotLine } from '../../model/snapshot.ts'
import { ask } from './call.ts'
import type { Line, Outcome } from './call.ts'
import type { Collector, Item } from './collector.ts'
import type { Failure } from './failure.ts'
import type { LastUseLookup } from './last-use.ts'
import { permissionOf } from './permission.ts'
import type { TagLookup } from './tags.ts'

/** One collector at work in one account and region. */
export interface Run {
  readonly collector: Collector
  readonly account: string
  /** Where its resources are: a region, or `global`. */
  readonly region: string
  /** The region that its calls go to. */
  readonly home: string
  readonly partition: string
  readonly readCode: boolean
  readonly tags: TagLookup
  readonly lastUse: LastUseLookup
  readonly signal: AbortSignal | undefined
  put(line: SnapshotLine): Promise<void>
  note(text: string): void
  call(operation: string, input?: object): Promise<Outcome>
  /** The same service in another region. */
  callIn(region: string, operation: string, input?: object): Promise<Outcome>
  /** All pages of a list, one after the other; the last element is a failure when a page failed. */
  pages(operation: string, input?: object, at?: Pages): AsyncIterable<Outcome>
  /** Says, once a type, that code was not read. */
  unread(type: string, permissions: readonly string[]): Promise<void>
  /** Another service, in the same region. */
  line(service: string, load: () => Promise<object>): Promise<Line>
  gap(operation: string, failure: Failure, more?: Partial<Gap>): Promise<void>
  /** Counts things of a type without tags; gives how many there are with these. */
  untagged(type: string, more?: number): number
}

/** How a list is paged when its answer alone does not tell. */
export interface Pages { readonly token?: Readonly<Record<string, string>> }

interface RunOptions extends Omit<Run, 'call' | 'callIn' | 'pages' | 'gap' | 'note' | 'unread' | 'untagged'> {
  readonly lineTo: (region: string) => Promise<Line>
  readonly emit: Emit
}

/** After so many refusals in a row, an operation is not called again: each further resource would meet the same. */
const patience = { denied: 10, foreign: 1, elsewhere: 1 } as const

/** Prepares a collector's run. */
export const makeRun = (options: RunOptions): Run => {
  const { collector, account, region, home, lineTo, emit, put } = options
  const refusals = new Map<string, { count: number, failure: Failure }>()
  const noted = new Set<string>()
  const silent = new Set<string>()
  const gaps = new Set<string>()
  const untagged = new Map<string, number>()

  const noteOnce = (about: string, text: string) => {
    if (noted.has(about)) return
    noted.add(about)
    emit({ kind: 'note', text: `${text} (${account}, ${region})` })
  }
  const note = (text: string) => noteOnce(text, text)

  const callIn = async (where: string, operation: string, input: object = {}): Promise<Outcome> => {
    const key = `${where} ${operation}${collector.apart === undefined ? '' : ` ${String((input as Item)[collector.apart])}`}`
    const refused = refusals.get(key)
    if (refused !== undefined && refused.count >= (patience[refused.failure.kind as keyof typeof patience] ?? Infinity)) return { failure: refused.failure }
    const outcome = await ask(await lineTo(where), operation, input)
    if ('answer' in outcome) {
      refusals.delete(key)
      if (outcome.plain) noteOnce('plain', `${collector.id}:${operation} answered in a form that the SDK cannot read; it and others like it were read as plain JSON`)
    } else if (outcome.failure.kind in patience) {
      refusals.set(key, { count: (refused?.count ?? 0) + 1, failure: outcome.failure })
    }
    return outcome
  }

  return {
    ...options,
    note,
    callIn,
    call: (operation, input) => callIn(home, operation, input),
    async *pages(operation, input = {}, { token } = {}) {
      const seen = new Set<string>()
      let next: object = input
      for (;;) {
        const outcome = await callIn(home, operation, next)
        yield outcome
        if ('failure' in outcome) return
        const following = nextPage(outcome.answer, token ?? collector.token)
        if (following === undefined) return
        const mark = JSON.stringify(following)
        if (seen.has(mark)) {
          yield { failure: { kind: 'failed', name: 'RepeatedPage', reason: 'the service gave the same page token twice' } }
          return
        }
        seen.add(mark)
        next = { ...input, ...following }
      }
    },
    async unread(type, permissions) {
      if (silent.has(type)) return
      silent.add(type)
      await put({ kind: 'gap', gap: { account, region, operation: permissions[0]!, reason: `code of ${type} was not read; --read-code reads it`, permission: permissions[0]! } })
    },
    untagged(type, more = 0) {
      const count = (untagged.get(type) ?? 0) + more
      untagged.set(type, count)
      return count
    },
    async gap(operation, failure, more) {
      if (failure.kind === 'elsewhere') return note(`${collector.id} is not offered here`)
      if (failure.kind === 'aborted') return
      const permission = failure.kind === 'denied' ? permissionOf(collector.prefix, operation) : undefined
      const gap: Gap = { account, region, operation: `${collector.prefix}:${operation}`, reason: failure.reason, ...(permission === undefined ? {} : { permission }), ...more }
      // a list that fails for one parent fails for all of them, and says so once
      const told = gap.resource === undefined ? JSON.stringify(gap) : ''
      if (gaps.has(told)) return
      if (told !== '') gaps.add(told)
      await put({ kind: 'gap', gap })
    },
  }
}

/** What answers call the token of the next page, and the input that takes it. */
const tokens: Readonly<Record<string, string>> = {
  NextToken: 'NextToken', nextToken: 'nextToken', NextMarker: 'Marker', nextMarker: 'marker', Marker: 'Marker', position: 'position',
  PaginationToken: 'PaginationToken', ContinuationToken: 'ContinuationToken', NextContinuationToken: 'ContinuationToken',
  LastEvaluatedTableName: 'ExclusiveStartTableName', nextPageToken: 'nextPageToken', NextPageToken: 'NextPageToken',
}

const nextPage = (answer: Item, names: Readonly<Record<string, string>> = tokens): object | undefined => {
  if (answer['IsTruncated'] === false || answer['Truncated'] === false) return undefined
  for (const [from, to] of Object.entries(names)) {
    const token = answer[from]
    if (typeof token === 'string' && token !== '') return { [to]: token }
  }
  for (const inner of Object.values(answer)) {
    if (isList(inner)) return nextPage(inner, names)
  }
  return undefined
}

/** CloudFront and a few others wrap the page: `{DistributionList: {Items, NextMarker}}`. */
const isList = (value: unknown): value is Item =>
  typeof value === 'object' && value !== null && 'Items' in value && 'IsTruncated' in value
