import type { Finding, Suppression } from '../model/finding.ts'
import type { Ignore } from '../model/resource.ts'
import type { Mute } from './mutes.ts'

/** What silences findings: mutes, and the fingerprints of a baseline. */
export interface Silence {
  readonly mutes: readonly Mute[]
  readonly baseline: ReadonlySet<string>
}

export const noSilence: Silence = { mutes: [], baseline: new Set() }

/** A mute that no longer holds, and how many findings count again for it. */
export interface Expired {
  readonly place: string
  readonly owner?: string
  readonly expires: string
  readonly findings: number
}

/** Findings that count, those that are silenced, and mutes that would silence more had they not expired. */
interface Silenced { readonly kept: Finding[], readonly suppressed: Finding[], readonly expired: readonly Expired[] }

/** Parts findings into those that count and those that are silenced; a mute that expired before the snapshot was taken does nothing but to be told of. */
export const silence = (
  findings: readonly Finding[], by: Silence, takenAt: string, ignoresOf: (finding: Finding) => readonly Ignore[] = () => []): Silenced => {
  const kept: Finding[] = []
  const suppressed: Finding[] = []
  for (const finding of findings) {
    const suppression = inline(finding, ignoresOf(finding), takenAt) ?? suppressionOf(finding, by, takenAt)
    if (suppression === undefined) kept.push(finding)
    else suppressed.push({ ...finding, suppression })
  }
  return { kept, suppressed, expired: [...expiredOf(kept, by.mutes, takenAt), ...expiredComments(kept, ignoresOf, takenAt)] }
}

const suppressionOf = (finding: Finding, { mutes, baseline }: Silence, takenAt: string): Suppression | undefined => {
  const mute = mutes.find((candidate) => isLive(candidate.expires, takenAt) && candidate.silences(finding))
  if (mute !== undefined) {
    const { reason, owner, expires } = mute
    return { by: 'mute', reason, ...(owner === undefined ? {} : { owner }), ...(expires === undefined ? {} : { expires }) }
  }
  return baseline.has(finding.fingerprint) ? { by: 'baseline', reason: 'it was there when the baseline was written' } : undefined
}

const inline = (finding: Finding, ignores: readonly Ignore[], takenAt: string): Suppression | undefined => {
  const found = ignores.find((ignore) => isAbout(ignore, finding) && isLive(ignore.until, takenAt))
  return found === undefined ? undefined : { by: 'inline', reason: found.reason, ...found.until === undefined ? {} : { expires: found.until } }
}

const isAbout = ({ check }: Ignore, finding: Finding): boolean => check === finding.check || finding.also.some((alias) => alias.endsWith(`:${check}`))

const isLive = (expires: string | undefined, takenAt: string): boolean => expires === undefined || takenAt.slice(0, 10) <= expires

const expiredOf = (kept: readonly Finding[], mutes: readonly Mute[], takenAt: string): Expired[] =>
  mutes.flatMap(({ place, owner, expires, silences }): Expired[] => {
    if (expires === undefined || isLive(expires, takenAt)) return []
    const findings = kept.filter(silences).length
    return findings === 0 ? [] : [{ place, ...(owner === undefined ? {} : { owner }), expires, findings }]
  })

const expiredComments = (kept: readonly Finding[], ignoresOf: (finding: Finding) => readonly Ignore[], takenAt: string): Expired[] =>
  kept.flatMap((finding) => ignoresOf(finding).filter((ignore) => isAbout(ignore, finding)).slice(0, 1).flatMap(({ check, until }): Expired[] =>
    (until === undefined || isLive(until, takenAt) ? [] : [{ place: `bartizan:ignore ${check} on ${finding.resource}`, expires: until, findings: 1 }])))
