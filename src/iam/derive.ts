import { isUnknown } from '../core/unknown.ts'
import type { Cell, Frame, Key } from './frame.ts'
import { arnParts } from './arns.ts'
import { literal } from './glob.ts'

/** Finds the value of a key from the principal, the resource or the action; `undefined` leaves it free. */
export type Derive = (frame: Frame, key: Key) => Cell

const one = (value: string | undefined): Cell => (value === undefined || value === '' ? null : value)

/** A free key stays free unless the request says that its context is whole. */
const open = (frame: Frame): Cell => (frame.complete ? null : undefined)

const personal = (derive: Derive): Derive => (frame, key) => {
  frame.personal = true
  return derive(frame, key)
}

/** Of signed requests only: the bearer of a provider's token signs none. */
const principalArn: Derive = personal(({ subject }) => (subject.kind === 'outsider' ? undefined : subject.kind === 'provider' ? null : one(subject.arn)))

const userId: Derive = personal((frame) => {
  const { subject } = frame
  if (subject.kind === 'outsider') return undefined
  if (subject.kind === 'root') return subject.account
  if (subject.kind === 'anonymous') return 'anonymous'
  if (subject.kind === 'service' || subject.kind === 'provider') return null
  if (subject.kind === 'federated-user') return `${subject.account}:${subject.session ?? ''}`
  const id = subject.entry?.input.id
  if (subject.kind === 'user') return id ?? open(frame)
  return id === undefined || subject.session === undefined ? open(frame) : `${id}:${subject.session}`
})

const types: Readonly<Record<string, string>> = {
  user: 'User', role: 'AssumedRole', session: 'AssumedRole', root: 'Account', 'federated-user': 'FederatedUser', anonymous: 'Anonymous',
}

const organization = (frame: Frame, of: 'subject' | 'target', member: 'organization' | 'organizationPath'): Cell => {
  if (of === 'subject' && frame.subject.kind === 'outsider') {
    const theirs = frame.subject.organization ?? 'o-0000000000'
    return member === 'organization' ? theirs : [`${theirs}/r-0000/`]
  }
  const { account, accountId } = of === 'subject'
    ? { account: frame.subject.home, accountId: frame.subject.account } : { account: frame.target.home, accountId: frame.target.account }
  if (account === undefined) return accountId === '' ? null : open(frame)
  const value = account[member]
  return value === undefined ? null : member === 'organizationPath' ? [value] : value
}

const principalTag: Derive = personal((frame, key) => {
  const name = key.name.slice('aws:principaltag/'.length)
  const passed = frame.request.session?.tags
  const ofSession = passed && find(passed, name)
  if (ofSession !== undefined) return ofSession
  const tags = frame.subject.tags
  if (frame.subject.kind === 'outsider') return undefined
  if (tags === undefined) return frame.subject.home === undefined && frame.subject.account !== '' ? open(frame) : null
  return isUnknown(tags) ? undefined : find(tags, name) ?? null
})

const resourceTag: Derive = (frame, key) => {
  const { tags, bucket, entry, text } = frame.target
  // Tags of a role that is passed have no reliable effect.
  if (frame.action.name === 'iam:passrole') return open(frame)
  if (bucket && entry?.input.arn === text) return bucketTag(frame, key)
  if (tags === undefined) return open(frame)
  return isUnknown(tags) ? undefined : find(tags, key.name.slice(key.name.indexOf('/') + 1)) ?? null
}

/** Tags of a bucket count where attribute-based access control is on for it. */
const bucketTag: Derive = (frame, key) => {
  const input = frame.target.entry?.input
  if (input === undefined) return open(frame)
  const { abac = false } = input.s3 ?? {}
  if (isUnknown(abac)) return undefined
  if (!abac) return null
  return input.tags === undefined ? open(frame) : isUnknown(input.tags) ? undefined : find(input.tags, key.name.slice(key.name.indexOf('/') + 1)) ?? null
}

const find = (tags: Readonly<Record<string, string>>, lower: string): string | undefined => {
  for (const name in tags) if (name.toLowerCase() === lower) return literal(tags[name]!)
  return undefined
}

const region: Derive = (frame) => {
  if (global.has(frame.action.service) && (arnParts(frame.resource)[1] ?? 'aws') === 'aws') return 'us-east-1'
  const [, , , ofArn] = arnParts(frame.resource)
  return ofArn !== undefined && ofArn !== '' && !/[*?]/.test(ofArn) ? ofArn : open(frame)
}

/** Facts about the resource on whose behalf a service calls: others never send them. */
const source: Derive = (frame) => (frame.subject.kind === 'service' ? open(frame) : null)

const sourceIdentity: Derive = (frame) => {
  const passed = frame.request.session?.sourceIdentity
  if (passed !== undefined) return passed
  return frame.subject.kind === 'role' ? open(frame) : null
}

/** A function URL has its auth type from its configuration. */
const authType: Derive = (frame) => {
  const url = frame.target.entry?.input.also?.find(({ system }) => system === 'lambda-url')
  return url?.system === 'lambda-url' && !isUnknown(url.authType) ? url.authType : open(frame)
}

/** Of signed requests only. */
const isService: Derive = ({ subject }) => (subject.kind === 'anonymous' || subject.kind === 'provider' ? null : String(subject.kind === 'service'))

/** The provider of an OpenID Connect token: an ARN, or the name of one that AWS has built in; SAML sets no such key. */
const provider: Derive = (frame) => {
  const { subject } = frame
  if (subject.kind === 'provider') return subject.arn.includes(':saml-provider/') ? null : subject.arn
  return subject.kind === 'role' || subject.kind === 'session' ? open(frame) : null
}

const throughEndpoint = ({ request, context }: Frame): boolean =>
  request.endpoint !== undefined || typeof context.get('aws:sourcevpce') === 'string' || typeof context.get('aws:sourcevpc') === 'string'

/** A request through a VPC endpoint has no public address; one with a public address came through none. */
const address: Derive = (frame) => (throughEndpoint(frame) ? null : open(frame))
const endpointOnly = (value: (frame: Frame) => string | undefined): Derive => (frame) =>
  value(frame) ?? (frame.context.has('aws:sourceip') ? null : open(frame))

/** Services whose only endpoint stands in one Region, whatever the Region of what they are called for. */
const global = new Set(['iam', 'organizations', 'cloudfront', 'route53'])

const table: Readonly<Record<string, Derive>> = {
  'aws:principalarn': principalArn,
  'aws:principalaccount': ({ subject }) => (subject.kind === 'anonymous' ? 'anonymous' : one(subject.account)),
  'kms:calleraccount': ({ subject }) => one(subject.account),
  'aws:principalorgid': (frame) => organization(frame, 'subject', 'organization'),
  'aws:principalorgpaths': (frame) => organization(frame, 'subject', 'organizationPath'),
  'aws:principaltype': ({ subject }) => (subject.kind === 'outsider' ? undefined : types[subject.kind] ?? null),
  'aws:userid': userId,
  'aws:username': personal(({ subject }) => (subject.kind === 'user' ? one(subject.name) : subject.kind === 'outsider' ? undefined : null)),
  'aws:principalisawsservice': isService,
  'aws:principalservicename': ({ subject }) => (subject.kind === 'service' ? subject.name : null),
  'aws:principalservicenameslist': ({ subject }) => (subject.kind === 'service' ? [subject.name] : null),
  'aws:federatedprovider': provider,
  'aws:assumedroot': () => null,
  'aws:sourceidentity': sourceIdentity,
  'aws:resourceaccount': ({ target }) => one(target.account),
  's3:resourceaccount': ({ target }) => one(target.account),
  'aws:resourceorgid': (frame) => organization(frame, 'target', 'organization'),
  'aws:resourceorgpaths': (frame) => organization(frame, 'target', 'organizationPath'),
  'aws:requestedregion': region,
  'aws:viaawsservice': () => 'false',
  'aws:calledvia': () => null,
  'aws:calledviafirst': () => null,
  'aws:calledvialast': () => null,
  'aws:sourcearn': source,
  'aws:sourceaccount': source,
  'aws:sourceorgid': source,
  'aws:sourceorgpaths': source,
  'aws:sourceip': address,
  'aws:vpcsourceip': endpointOnly(() => undefined),
  'aws:sourcevpce': endpointOnly(({ request }) => request.endpoint),
  'aws:sourcevpc': endpointOnly(({ endpoint }) => endpoint?.input.vpc),
  's3:dataaccesspointarn': (frame) => frame.accessPoint ?? null,
  's3:dataaccesspointaccount': (frame) => (frame.accessPoint === undefined ? null : one(arnParts(frame.accessPoint)[4])),
  's3:accesspointnetworkorigin': (frame) => (frame.accessPoint === undefined ? null : open(frame)),
  'lambda:functionurlauthtype': authType,
  'aws:multifactorauthpresent': (frame) => (frame.subject.kind === 'anonymous' || frame.subject.kind === 'service' ? null : open(frame)),
}

/** The derivation of a key by its lower-case name, for keys that have one. */
export const derivations = (name: string): Derive | undefined => {
  if (Object.hasOwn(table, name)) return table[name]
  if (name.startsWith('aws:principaltag/')) return principalTag
  if (name.startsWith('s3:existingobjecttag/')) return undefined
  if (name.startsWith('s3:buckettag/')) return bucketTag
  return name.includes(':resourcetag/') ? resourceTag : undefined
}
