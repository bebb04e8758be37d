import type { Unknown } from '../core/unknown.ts'
import type { AccountEntry, Estate, PrincipalEntry } from './estate.ts'
import type { Plan } from './plan.ts'

/** Who asks, as resolved from the text of a request. */
export interface Subject {
  /** `role` is a role whose session is not known, `session` one that is; `outsider` stands for anybody of a foreign account. */
  readonly kind: 'user' | 'role' | 'session' | 'root' | 'federated-user' | 'provider' | 'service' | 'anonymous' | 'canonical' | 'outsider'
  readonly text: string
  /** Empty for services, providers and anonymous. */
  readonly account: string
  /** As `aws:PrincipalArn` has it: of the role, for a session. */
  readonly arn: string
  readonly name: string
  readonly userArn?: string
  readonly roleArn?: string
  readonly sessionArn?: string
  /** The session's name, or the federated user's. */
  readonly session?: string
  /** Begins the ARN of each session of a role. */
  readonly sessionPrefix?: string
  readonly entry?: PrincipalEntry
  /** The account's entry; undefined for a foreign one. */
  readonly home?: AccountEntry
  readonly tags?: Readonly<Record<string, string>> | Unknown
  readonly serviceLinked: boolean
  /** Its own account is not part of the input: what it allows is taken as given by `who-can`, as a gap otherwise. */
  readonly trusted?: boolean
  /** Of an outsider whose organisation is what is asked about. */
  readonly organization?: string
  /** By id of the action: what of its own side can concern it. */
  readonly plans: Map<number, Plan>
}

const assumed = /^arn:([a-z-]+):sts::(\d{12}):assumed-role\/([^/]+)\/(.+)$/
const federated = /^arn:([a-z-]+):sts::(\d{12}):federated-user\/(.+)$/
const iam = /^arn:([a-z-]+):iam::(\d{12}):(user|role|oidc-provider|saml-provider|root)(?:\/(.+))?$/

/** Finds who a text names. Whatever the text, somebody is found; an unknown name has no policies. */
export const resolveSubject = (estate: Estate, text: string): Subject => {
  const known = estate.subjects.get(text)
  if (known !== undefined) return known
  const subject: Subject = { ...readSubject(estate, text), plans: new Map() }
  if (estate.subjects.size < 200_000) estate.subjects.set(text, subject)
  return subject
}

type Read = Omit<Subject, 'plans'>

const readSubject = (estate: Estate, text: string): Read => {
  if (text === '*') return { kind: 'anonymous', text, account: '', arn: '', name: '*', serviceLinked: false }
  if (text.startsWith('canonical:')) return { kind: 'canonical', text, account: '', arn: '', name: text.slice(10), serviceLinked: false }
  if (/^\d{12}$/.test(text)) return rootOf(estate, text, text, 'aws')
  const session = assumed.exec(text)
  if (session !== null) return sessionOf(estate, text, session)
  const user = federated.exec(text)
  if (user !== null) {
    const [, partition = 'aws', account = '', name = ''] = user
    const userArn = `arn:${partition}:iam::${account}:user/${name}`
    const entry = estate.principals.get(userArn) ?? estate.byName.get(`${account}:user/${name}`)
    return {
      kind: 'federated-user', text, account, arn: text, name, userArn: entry?.input.arn ?? userArn, sessionArn: text, session: name,
      entry, home: estate.accounts.get(account), tags: entry?.input.tags, serviceLinked: false,
    }
  }
  const named = iam.exec(text)
  if (named === null) return readOther(text)
  const [, partition = 'aws', account = '', type, path = ''] = named
  if (type === 'root') return rootOf(estate, text, account, partition)
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (type !== 'user' && type !== 'role') return { kind: 'provider', text, account: '', arn: text, name: type === 'oidc-provider' ? path : text, serviceLinked: false }
  const entry = estate.principals.get(text)
  const shared = { text, account, arn: text, name, entry, home: estate.accounts.get(account), tags: entry?.input.tags }
  return type === 'user'
    ? { ...shared, kind: 'user', userArn: text, serviceLinked: false }
    : { ...shared, kind: 'role', roleArn: text, sessionPrefix: `arn:${partition}:sts::${account}:assumed-role/${name}/`, serviceLinked: isServiceLinked(text) }
}

const readOther = (text: string): Read =>
  /^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com(\.cn)?$/i.test(text) && !text.startsWith('cognito-identity.')
    ? { kind: 'service', text, account: '', arn: '', name: text.toLowerCase(), serviceLinked: false }
    : { kind: 'provider', text, account: '', arn: text, name: text, serviceLinked: false }

const rootOf = (estate: Estate, text: string, account: string, partition: string): Read => ({
  kind: 'root', text, account, arn: `arn:${partition}:iam::${account}:root`, name: 'root', home: estate.accounts.get(account), serviceLinked: false,
})

const sessionOf = (estate: Estate, text: string, [, partition = 'aws', account = '', name = '', session = '']: readonly string[]): Read => {
  const entry = estate.byName.get(`${account}:role/${name}`)
  const roleArn = entry?.input.arn ?? `arn:${partition}:iam::${account}:role/${name}`
  return {
    kind: 'session', text, account, arn: roleArn, name, roleArn, sessionArn: text, session, entry,
    home: estate.accounts.get(account), tags: entry?.input.tags, serviceLinked: isServiceLinked(roleArn),
  }
}

export const isServiceLinked = (roleArn: string): boolean => /:role\/aws-service-role\//.test(roleArn)

/** The account of somebody of whom nothing is known: as long as an id, and no account's. */
export const strangersAccount = 'xxxxxxxxxxxx'

/** Anybody of an account that is not listed, to whom that account gives all that it can; its ARN and tags are theirs to choose. */
export const outsider = (account: string, organization?: string): Subject => ({
  kind: 'outsider', text: account, account, arn: '', name: account, serviceLinked: false, trusted: true, plans: new Map(), ...(organization !== undefined && { organization }),
})

/** The same principal as one whose own account gives it all that it can. */
export const trusting = (subject: Subject): Subject => ({ ...subject, trusted: true, plans: new Map() })
