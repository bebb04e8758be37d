import { parseArn } from '../../core/arn.ts'
import type { Item } from './collector.ts'
import type { Line } from './call.ts'
import { ask } from './call.ts'
import type { Failure } from './failure.ts'

/** A resource's tags. */
export type Tags = Readonly<Record<string, string>>

/** What the tagging API tells of a region: tags by ARN, and the services that it tells of. */
export interface RegionTags { readonly of: ReadonlyMap<string, Tags>, readonly services: ReadonlySet<string> }

/** Tags of a region's resources, read a hundred at a time; undefined where the tagging API did not answer. */
export type TagLookup = () => Promise<RegionTags | undefined>

/** Reads all tags of a region once, when they are first asked for. */
export const makeTagLookup = (line: () => Promise<Line>, failed: (failure: Failure) => Promise<void>): TagLookup => {
  let reading: ReturnType<TagLookup> | undefined
  return () => (reading ??= readTags(line, failed))
}

const readTags = async (lineTo: () => Promise<Line>, failed: (failure: Failure) => Promise<void>): ReturnType<TagLookup> => {
  const line = await lineTo()
  const tags = new Map<string, Tags>()
  let token: string | undefined
  do {
    const outcome = await ask(line, 'GetResources', { ResourcesPerPage: 100, ...(token === undefined ? {} : { PaginationToken: token }) })
    if ('failure' in outcome) {
      await failed(outcome.failure)
      return undefined
    }
    for (const { ResourceARN, Tags } of (outcome.answer['ResourceTagMappingList'] ?? []) as Item[]) tags.set(String(ResourceARN), tagRecord(Tags))
    const next = outcome.answer['PaginationToken']
    token = typeof next === 'string' && next !== '' && next !== token ? next : undefined
  } while (token !== undefined)
  return { of: tags, services: new Set(tags.keys().map(serviceOf)) }
}

/** The service in an ARN. */
export const serviceOf = (arn: string): string => parseArn(arn)?.service ?? ''

/** Tags as a record, from any of AWS's spellings: lists of `{Key, Value}`, `{key, value}`, `{TagKey, TagValue}`, or a map. */
export const tagRecord = (tags: unknown): Tags => {
  if (typeof tags !== 'object' || tags === null) return {}
  if (!Array.isArray(tags)) return Object.fromEntries(Object.entries(tags).filter(([, value]) => typeof value === 'string')) as Record<string, string>
  return Object.fromEntries((tags as Readonly<Record<string, string | undefined>>[]).map((tag) => [String(tag['Key'] ?? tag['key'] ?? tag['TagKey']), tag['Value'] ?? tag['value'] ?? tag['TagValue'] ?? '']))
}
