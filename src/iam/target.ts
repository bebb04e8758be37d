import type { Unknown } from '../core/unknown.ts'
import { arnParts } from './arns.ts'
import type { AccountEntry, Estate, PrincipalEntry, ResourceEntry } from './estate.ts'
import type { Program } from './program.ts'

/** What is asked for, as resolved from the text of a request. */
export interface Target {
  readonly text: string
  /** The owner; empty when it can only be the caller's. */
  readonly account: string
  readonly home: AccountEntry | undefined
  readonly service: string
  /** The listed resource, or the listed one that holds it (the bucket of an object). */
  readonly entry: ResourceEntry | undefined
  readonly role: PrincipalEntry | undefined
  readonly policy: Program | undefined
  readonly tags: Readonly<Record<string, string>> | Unknown | undefined
  /** A KMS key, which always has a policy that decides. */
  readonly key: boolean
  readonly bucket: boolean
  /** Whether a wildcard stands in the text. */
  readonly wild: boolean
}

/** Resolved texts that are remembered. */
const mostTargets = 200_000

/** Finds what a text names; `otherwise` is the owner where neither the inventory nor the ARN tells. */
export const resolveTarget = (estate: Estate, text: string, otherwise: string): Target => {
  const known = estate.targets.get(text) ?? estate.targets.get(`${otherwise} ${text}`)
  if (known !== undefined) return known
  const target = readTarget(estate, text, otherwise)
  if (estate.targets.size >= mostTargets) estate.targets.clear()
  const owned = target.entry !== undefined || (arnParts(text)[4] ?? '') !== ''
  estate.targets.set(owned ? text : `${otherwise} ${text}`, target)
  return target
}

const readTarget = (estate: Estate, text: string, otherwise: string): Target => {
  const parts = arnParts(text)
  const service = parts.length === 6 ? parts[2]! : ''
  const entry = text === '*' ? undefined : findEntry(estate, text, service)
  const role = service === 'iam' ? estate.principals.get(text) : undefined
  const owner = entry?.input.account ?? (parts.length === 6 && parts[4] !== '' ? parts[4]! : otherwise)
  const home = estate.accounts.get(owner)
  const foreign = home === undefined && entry === undefined && estate.accounts.size > 0 && /^\d{12}$/.test(owner)
  const exact = entry?.input.arn === text
  const key = service === 'kms' && parts[5]?.startsWith('key/') === true
  const wild = text.includes('*') || text.includes('?')
  // A key always has a policy; that of one that is not listed was not read.
  const gap = foreign ? `what account ${owner} allows on ${text} is not known` : entry === undefined && isOneKey(text) ? `the policy of ${text} was not read` : undefined
  return {
    text, account: owner, home, service, entry, role,
    policy: entry?.policy ?? (gap === undefined ? undefined : estate.programOf({ $unknown: gap }, 'resource')),
    tags: exact || service !== 's3' ? entry?.input.tags ?? (role === undefined ? undefined : role.input.tags ?? {}) : undefined,
    key, wild, bucket: service === 's3' && parts[4] === '',
  }
}

/** Whether a text is the ARN of one key, and not of some key that is only tried. */
export const isOneKey = (arn: string): boolean => /^arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:key\/(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.test(arn)

const findEntry = (estate: Estate, text: string, service: string): ResourceEntry | undefined => {
  const exact = estate.resources.get(text)
  if (exact !== undefined || service === '' || service === 'iam' || estate.resources.size === 0) return exact
  if (service === 's3' && !text.includes('accesspoint')) {
    const slash = text.indexOf('/')
    return slash < 0 ? undefined : estate.resources.get(text.slice(0, slash))
  }
  const start = text.length - (arnParts(text)[5] ?? '').length
  for (let end = text.length - 1; end > start; end--) {
    const at = text[end]
    if (at !== '/' && at !== ':') continue
    const parent = estate.resources.get(text.slice(0, end))
    if (parent !== undefined) return parent
  }
  return undefined
}

/** The bucket behind an access point, and the ARN by which the bucket's policy knows the object. */
export const behindAccessPoint = (estate: Estate, target: Target, callers: string): { target: Target, resource: string } | undefined => {
  const point = target.entry?.input.accessPoint
  if (point === undefined) return undefined
  const bucket = point.bucket.startsWith('arn:') ? point.bucket : `arn:${arnParts(target.text)[1] ?? 'aws'}:s3:::${point.bucket}`
  const object = target.text.slice(target.entry!.input.arn.length).replace(/^\/object/, '')
  const resource = object === '' ? bucket : `${bucket}${object}`
  return { target: resolveTarget(estate, resource, callers), resource }
}
