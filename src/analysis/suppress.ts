import { BartizanError } from '../core/errors.ts'
import type { Finding, Suppression } from '../model/finding.ts'
import type { Ignore } from '../model/resource.ts'

/** One rule of a mute file: what it silences, why, who answers for it, and until when. */
export interface Mute {
  readonly check: string
  readonly resource: string
  readonly account: string
  readonly region: string
  readonly tags: readonly string[]
  readonly except: readonly { readonly resource: string, readonly account: string, readonly region: string }[]
  readonly reason: string
  readonly owner?: string
  readonly expires?: string
}

/** What silences findings: mutes, and the fingerprints of a baseline. */
export interface Silence {
  readonly mutes: readonly Mute[]
  readonly baseline: ReadonlySet<string>
}

export const noSilence: Silence = { mutes: [], baseline: new Set() }

/** Parts findings into those that count and those that are silenced; a mute that expired before the snapshot was taken does nothing. */
export const silence = (
  findings: readonly Finding[], by: Silence, takenAt: string, ignoresOf: (finding: Finding) => readonly Ignore[] = () => []): { readonly kept: Finding[], readonly suppressed: Finding[] } => {
  const kept: Finding[] = []
  const suppressed: Finding[] = []
  for (const finding of findings) {
    const suppression = inline(finding, ignoresOf(finding), takenAt) ?? suppressionOf(finding, by, takenAt)
    if (suppression === undefined) kept.push(finding)
    else suppressed.push({ ...finding, suppression })
  }
  return { kept, suppressed }
}

const suppressionOf = (finding: Finding, { mutes, baseline }: Silence, takenAt: string): Suppression | undefined => {
  const mute = mutes.find((candidate) => isLive(candidate, takenAt) && silences(candidate, finding))
  if (mute !== undefined) {
    const { reason, owner, expires } = mute
    return { by: 'mute', reason, ...(owner === undefined ? {} : { owner }), ...(expires === undefined ? {} : { expires }) }
  }
  return baseline.has(finding.fingerprint) ? { by: 'baseline', reason: 'it was there when the baseline was written' } : undefined
}

const inline = (finding: Finding, ignores: readonly Ignore[], takenAt: string): Suppression | undefined => {
  const found = ignores.find(({ check, until }) => (check === finding.check || finding.also.some((alias) => alias.endsWith(`:${check}`))) && (until === undefined || takenAt.slice(0, 10) <= until))
  return found === undefined ? undefined : { by: 'inline', reason: found.reason, ...found.until === undefined ? {} : { expires: found.until } }
}

const isLive = ({ expires }: Mute, takenAt: string): boolean => expires === undefined || takenAt.slice(0, 10) <= expires

const silences = (mute: Mute, finding: Finding): boolean =>
  (matches(mute.check, finding.check) || finding.also.some((alias) => matches(mute.check, alias.slice(alias.indexOf(':') + 1)))) &&
  (matches(mute.resource, finding.resource) || matches(mute.resource, finding.resourceName)) &&
  matches(mute.account, finding.account) && matches(mute.region, finding.region) &&
  (mute.tags.length === 0 || mute.tags.every((wanted) => Object.entries(finding.tags).some(([key, value]) => matches(wanted, `${key}=${value}`)))) &&
  !mute.except.some(({ resource, account, region }) =>
    (matches(resource, finding.resource) || matches(resource, finding.resourceName)) && matches(account, finding.account) && matches(region, finding.region))

/** `*` and `?` as in a shell; the whole text must match. Linear in the text, whatever the pattern. */
const matches = (pattern: string, text: string): boolean => {
  let [p, t, star, mark] = [0, 0, -1, 0]
  while (t < text.length) {
    if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[t])) [p, t] = [p + 1, t + 1]
    else if (pattern[p] === '*') [star, mark, p] = [p, t, p + 1]
    else if (star !== -1) [p, mark, t] = [star + 1, mark + 1, mark + 1]
    else return false
  }
  while (pattern[p] === '*') p++
  return p === pattern.length
}

type Yaml = Readonly<Record<string, unknown>>

/** Reads a mute file of ours (a list under `mute`) or of Prowler's (a tree under `Mutelist`), already parsed from YAML. */
export const readMutes = (document: unknown, file: string): Mute[] => {
  const root = (document ?? {}) as Yaml
  if (Array.isArray(root['mute'])) return root['mute'].map((entry, index) => ownMute(entry, `${file}: mute/${index}`))
  if (typeof root['Mutelist'] === 'object' && root['Mutelist'] !== null) return prowlerMutes(root['Mutelist'] as Yaml)
  throw new BartizanError('BZ008', `${file} is not a mute file: it has neither "mute" nor "Mutelist" at its top`)
}

const ownMute = (entry: unknown, place: string): Mute => {
  const { check, resource = '*', account = '*', region = '*', tags = [], reason, owner, expires } = (entry ?? {}) as Yaml
  if (typeof check !== 'string') throw new BartizanError('BZ008', `${place} names no check`)
  if (typeof reason !== 'string' || reason.trim() === '') throw new BartizanError('BZ008', `${place} gives no reason`)
  if (typeof owner !== 'string' || owner.trim() === '') throw new BartizanError('BZ008', `${place} names no owner`)
  const until = expires instanceof Date ? expires.toISOString().slice(0, 10) : expires
  if (typeof until !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(until)) throw new BartizanError('BZ008', `${place} needs "expires" as a date, YYYY-MM-DD`)
  return { check, resource: String(resource), account: String(account), region: String(region), tags: (tags as unknown[]).map(String), except: [], reason, owner, expires: until }
}

/** Prowler's tree: account → check → regions, resources, tags, exceptions. */
const prowlerMutes = (list: Yaml): Mute[] =>
  Object.entries((list['Accounts'] ?? {}) as Readonly<Record<string, { Checks?: Yaml }>>).flatMap(([account, { Checks: checks = {} }]) =>
    Object.entries(checks as Readonly<Record<string, Yaml>>).flatMap(([check, rule]) => {
      const texts = (key: string, from: Yaml = rule): string[] => (Array.isArray(from[key]) ? from[key].map(String) : [])
      const exceptions = (rule['Exceptions'] ?? {}) as Yaml
      const except = texts('Resources', exceptions).concat(texts('Accounts', exceptions).length > 0 && texts('Resources', exceptions).length === 0 ? ['*'] : [])
        .flatMap((resource) => orAll(texts('Accounts', exceptions)).flatMap((other) => orAll(texts('Regions', exceptions)).map((region) => ({ resource, account: other, region }))))
      return orAll(texts('Regions')).flatMap((region) => orAll(texts('Resources')).map((resource): Mute => ({
        check, account, region, resource: anywhere(resource), tags: texts('Tags').map(anywhere), except,
        reason: typeof rule['Description'] === 'string' ? rule['Description'] : 'muted in a Prowler mute list',
      })))
    }))

const orAll = (values: readonly string[]): readonly string[] => (values.length === 0 ? ['*'] : values)

/** Prowler's patterns are regular expressions; `.*` is the only one that its documentation shows, and the one that is read. */
const anywhere = (pattern: string): string => pattern.replaceAll('.*', '*')
