import { BartizanError } from '../core/errors.ts'
import { nearest } from '../core/text.ts'
import { fitsWildcard as matches } from '../core/wildcard.ts'
import type { Finding } from '../model/finding.ts'
import { prowlerMutes } from './prowler-mutes.ts'

/** One rule of a mute file: what it silences, why, who answers for it, and until when. */
export interface Mute {
  /** Where it stands, as in `mutes.yaml: mute/0`. */
  readonly place: string
  readonly silences: (finding: Finding) => boolean
  readonly reason: string
  readonly owner?: string
  /** ISO date, the last on which it holds. */
  readonly expires?: string
}

type Yaml = Readonly<Record<string, unknown>>

/** Reads a mute file of ours (a list under `mute`) or of Prowler's (a tree under `Mutelist`), already parsed from YAML. */
export const readMutes = (document: unknown, file: string): Mute[] => {
  const root = (document ?? {}) as Yaml
  if (Array.isArray(root['mute'])) return root['mute'].map((entry, index) => ownMute(entry, `${file}: mute/${index}`))
  const list = root['Mutelist'] ?? root['Mute List'] ?? root['Allowlist']
  if (typeof list === 'object' && list !== null) return prowlerMutes(list, file)
  throw new BartizanError('BZ008', `${file} is not a mute file: it has neither "mute" nor "Mutelist" at its top`)
}

const fields = ['check', 'resource', 'account', 'region', 'tags', 'reason', 'owner', 'expires']

const ownMute = (entry: unknown, place: string): Mute => {
  if (typeof entry !== 'object' || entry === null) throw new BartizanError('BZ008', `${place} is not a mute: give it "check", "reason", "owner" and "expires"`)
  const odd = Object.keys(entry).find((field) => !fields.includes(field))
  if (odd !== undefined) throw new BartizanError('BZ008', `${place} has the unknown field "${odd}"${offer(nearest(odd, fields))}`)
  const { check, resource = '*', account = '*', region = '*', tags = [], reason, owner, expires } = entry as Yaml
  if (typeof check !== 'string') throw new BartizanError('BZ008', `${place} names no check`)
  if (typeof reason !== 'string' || reason.trim() === '') throw new BartizanError('BZ008', `${place} gives no reason`)
  if (typeof owner !== 'string' || owner.trim() === '') throw new BartizanError('BZ008', `${place} names no owner`)
  if (!Array.isArray(tags)) throw new BartizanError('BZ008', `${place} needs "tags" as a list of NAME=VALUE`)
  const until = expires instanceof Date ? expires.toISOString().slice(0, 10) : expires
  if (typeof until !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(until)) throw new BartizanError('BZ008', `${place} needs "expires" as a date, YYYY-MM-DD`)
  const wanted = { check, resource: String(resource), account: String(account), region: String(region), tags: tags.map(String) }
  return { place, reason, owner, expires: until, silences: (finding) => covers(wanted, finding) }
}

const offer = (close: string | undefined): string => (close === undefined ? `; it may have ${fields.join(', ')}` : `; did you mean "${close}"?`)

interface Wanted { readonly check: string, readonly resource: string, readonly account: string, readonly region: string, readonly tags: readonly string[] }

const covers = (wanted: Wanted, finding: Finding): boolean =>
  [finding.check, ...finding.also.map((alias) => alias.slice(alias.indexOf(':') + 1))].some((name) => matches(wanted.check, name)) &&
  [finding.resource, finding.resourceName].some((name) => matches(wanted.resource, name)) &&
  matches(wanted.account, finding.account) && matches(wanted.region, finding.region) &&
  wanted.tags.every((tag) => Object.entries(finding.tags).some(([key, value]) => matches(tag, `${key}=${value}`)))
