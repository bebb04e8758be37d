import type { Muted } from '../alerts/alert.ts'

/** Silences alerts for a reason; every field given must agree. `*` stands for any text. */
export interface Mute {
  readonly detection?: string
  readonly principal?: string
  readonly account?: string
  readonly region?: string
  readonly reason: string
  readonly owner?: string
  /** ISO date on which it ends. */
  readonly expires?: string
}

interface Subject { readonly detection: string, readonly principal: string, readonly role: string, readonly evidence: readonly { readonly account: string, readonly awsRegion: string }[] }

/** The first mute that covers an alert whole and has not ended. */
export const muteFor = (alert: Subject, mutes: readonly Mute[], today: string): Muted | undefined => {
  const mute = mutes.find((mute) => covers(mute, alert) && (mute.expires === undefined || today === '' || today <= mute.expires))
  return mute === undefined ? undefined : { reason: mute.reason, ...(mute.owner !== undefined && { owner: mute.owner }), ...(mute.expires !== undefined && { expires: mute.expires }) }
}

const covers = (mute: Mute, alert: Subject): boolean =>
  like(mute.detection, [alert.detection])
  && (like(mute.principal, [alert.principal]) || like(mute.principal, [alert.role]))
  && like(mute.account, alert.evidence.map(({ account }) => account))
  && like(mute.region, alert.evidence.map(({ awsRegion }) => awsRegion))

const like = (pattern: string | undefined, values: readonly string[]): boolean =>
  pattern === undefined || values.every((value) => matchesGlob(pattern, value))

/** Whether a text fits a pattern in which `*` is any text; linear, since patterns and texts may be hostile. */
export const matchesGlob = (pattern: string, text: string): boolean => {
  const [head = '', ...parts] = pattern.split('*')
  const tail = parts.pop()
  if (tail === undefined) return head === text
  if (!text.startsWith(head) || text.length < head.length + tail.length || !text.endsWith(tail)) return false
  let at = head.length
  for (const part of parts) {
    const next = text.indexOf(part, at)
    if (next < 0) return false
    at = next + part.length
  }
  return at <= text.length - tail.length
}

/** Reads mutes from a parsed file: a list, or one under `mute`; tells what is wrong instead. */
export const readMutes = (value: unknown): readonly Mute[] | { readonly wrong: string } => {
  const list: unknown = Array.isArray(value) ? value : (value as { mute?: unknown } | null)?.mute
  if (!Array.isArray(list)) return { wrong: 'expected a list, or a list under "mute"' }
  const fields = ['detection', 'principal', 'account', 'region', 'reason', 'owner', 'expires']
  for (const [index, item] of (list as unknown[]).entries()) {
    if (typeof item !== 'object' || item === null) return { wrong: `mute ${index + 1} is not an object` }
    const { reason, ...rest } = item as Record<string, unknown>
    if (typeof reason !== 'string' || reason.trim() === '') return { wrong: `mute ${index + 1} has no reason` }
    const odd = Object.entries(rest).find(([name, text]) => !fields.includes(name) || typeof text !== 'string')
    if (odd !== undefined) return { wrong: `mute ${index + 1} has a wrong field: ${odd[0]}` }
    if (!['detection', 'principal', 'account', 'region'].some((name) => name in rest)) return { wrong: `mute ${index + 1} would silence everything: name a detection, principal, account or region` }
  }
  return list as Mute[]
}
