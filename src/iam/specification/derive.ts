import { parseArn } from '../../core/arn.ts'
import { isUnknown } from '../../core/unknown.ts'
import { kindOf } from '../condition-keys.ts'
import type { AccountInput, Known, Request } from '../model.ts'
import type { Context } from './context.ts'
import { bucketOf, listedAccount, listedResource } from './estate.ts'

/** The values of a key, undefined when AWS leaves it out; `open` for what the caller or the environment settles. */
export type Derived = readonly string[] | undefined | 'open' | 'gap' | 'unreadable'

type Facts = Omit<Context, 'values' | 'single'>

/** What AWS itself puts into the request context (reference_policies_condition-keys names when each key is present). */
export const derive = (key: string, facts: Facts): Derived => {
  const fixed = fixedKeys[key]
  if (fixed !== undefined) return fixed(facts)
  if (key.startsWith('aws:principaltag/')) return principalTag(key.slice('aws:principaltag/'.length), facts)
  if (key.startsWith('s3:existingobjecttag/')) return 'gap'
  if (key.startsWith('s3:buckettag/')) return bucketTag(key.slice('s3:buckettag/'.length), facts)
  const tag = /^[^/]*:resourcetag\/(.*)$/.exec(key)?.[1]
  if (tag !== undefined) return resourceTag(tag, facts)
  return kindOf(key) === 'caller' || kindOf(key) === 'environment' ? 'open' : undefined
}

const one = (value: string | undefined): readonly string[] | undefined => (value === undefined ? undefined : [value])

const fixedKeys: Readonly<Record<string, (facts: Facts) => Derived>> = {
  // "For IAM roles, the request context returns the ARN of the role, not the ARN of the user that assumed the role."
  'aws:principalarn': ({ caller }) => {
    if (caller.kind === 'session') return one(caller.userOrRole)
    return caller.account === undefined ? undefined : [caller.arn]
  },
  'aws:principalaccount': ({ caller }) => (caller.kind === 'anonymous' ? ['anonymous'] : one(accountOfCaller(caller))),
  'kms:calleraccount': ({ caller }) => one(accountOfCaller(caller)),
  'aws:principalorgid': (facts) => ofAccount(accountOfCaller(facts.caller), facts, ({ organization }) => one(organization)),
  'aws:principalorgpaths': (facts) => ofAccount(accountOfCaller(facts.caller), facts, ({ organizationPath }) => one(organizationPath)),
  'aws:resourceaccount': ({ owner }) => one(owner),
  's3:resourceaccount': ({ owner }) => one(owner),
  'aws:resourceorgid': (facts) => ofAccount(facts.owner, facts, ({ organization }) => one(organization)),
  'aws:resourceorgpaths': (facts) => ofAccount(facts.owner, facts, ({ organizationPath }) => one(organizationPath)),
  'aws:principaltype': ({ caller }) => one({
    root: 'Account', user: 'User', role: 'AssumedRole', session: 'AssumedRole', 'federated-user': 'FederatedUser',
    anonymous: 'Anonymous', provider: undefined, service: undefined, canonical: undefined,
  }[caller.kind]),
  'aws:userid': userId,
  // "This key is included … if the principal is an IAM user" only.
  'aws:username': ({ caller }) => (caller.kind === 'user' ? [caller.arn.slice(caller.arn.lastIndexOf('/') + 1)] : undefined),
  // "present in the request context for all signed API requests that use AWS credentials. Anonymous requests do not include this key".
  'aws:principalisawsservice': ({ caller }) => (caller.kind === 'anonymous' || caller.kind === 'provider' ? undefined : [String(caller.kind === 'service')]),
  // "present in the request context only when the principal uses temporary credentials": neither anonymous nor a service.
  'aws:multifactorauthpresent': ({ caller }) => (caller.kind === 'anonymous' || caller.kind === 'service' ? undefined : 'open'),
  'aws:principalservicename': ({ caller }) => (caller.kind === 'service' ? one(caller.name) : undefined),
  'aws:principalservicenameslist': ({ caller }) => (caller.kind === 'service' ? one(caller.name) : undefined),
  // A resource's ARN tells the Region of the endpoint; where it has none the caller may pick one.
  'aws:requestedregion': ({ resource, action }) => {
    // "Some global services, such as IAM, have a single endpoint": their calls "are always made to the us-east-1 Region".
    if (/^(iam|organizations|cloudfront|route53):/i.test(action) && (parseArn(resource)?.partition ?? 'aws') === 'aws') return ['us-east-1']
    const region = parseArn(resource)?.region ?? ''
    return region === '' ? 'open' : [region]
  },
  // Set when "an AWS service … makes a request on behalf of" the principal; a direct call has false and no chain.
  'aws:viaawsservice': () => ['false'],
  'aws:sourcearn': ofServices,
  'aws:sourceaccount': ofServices,
  'aws:sourceorgid': ofServices,
  'aws:sourceorgpaths': ofServices,
  'aws:sourceidentity': ({ caller, request }) => {
    if (request.session?.sourceIdentity !== undefined) return [request.session.sourceIdentity]
    return (caller.kind === 'role' || caller.kind === 'session') && request.session === undefined ? 'open' : undefined
  },
  // "Included in the request context, except when the requester uses a VPC endpoint", which the keys of endpoints tell.
  'aws:sourceip': ({ request }) => (request.endpoint !== undefined || isGiven(request, 'aws:sourcevpc') || isGiven(request, 'aws:sourcevpce') ? undefined : 'open'),
  'aws:vpcsourceip': ({ request }) => (isGiven(request, 'aws:sourceip') ? undefined : 'open'),
  'aws:sourcevpce': ({ request }) => one(request.endpoint) ?? (isGiven(request, 'aws:sourceip') ? undefined : 'open'),
  'aws:sourcevpc': ({ request, input }) =>
    one(input.endpoints?.find(({ id }) => id === request.endpoint)?.vpc) ?? (isGiven(request, 'aws:sourceip') ? undefined : 'open'),
  // "In the role-trust policy when an OIDC provider is used": its ARN, or the name of a built-in one; of sessions it is not known.
  'aws:federatedprovider': ({ caller }) => {
    if (caller.kind === 'provider') return caller.arn.includes(':saml-provider/') ? undefined : [caller.arn]
    return caller.kind === 'role' || caller.kind === 'session' ? 'open' : undefined
  },
  // "lambda:FunctionUrlAuthType": the auth type of the URL as it is configured (urls-auth).
  'lambda:functionurlauthtype': ({ resource, input }) => {
    const url = listedResource(input, resource)?.also?.find(({ system }) => system === 'lambda-url')
    return url?.system === 'lambda-url' && !isUnknown(url.authType) ? [url.authType] : 'open'
  },
  's3:dataaccesspointarn': ({ request }) => {
    const point = /^(arn:[^:]*:s3:[^:]*:[^:]*:accesspoint\/[^/]+)/.exec(request.resource)?.[1]
    return one(point)
  },
  's3:dataaccesspointaccount': ({ request }) =>
    (/:accesspoint\//.test(request.resource) ? one(parseArn(request.resource)?.account) : undefined),
}

const isGiven = (request: Request, key: string): boolean => Object.keys(request.context ?? {}).some((name) => name.toLowerCase() === key)

/** "only when the call … is made directly by an AWS service principal" (aws:SourceArn, aws:SourceAccount, …). */
function ofServices({ caller }: Facts): Derived {
  return caller.kind === 'service' ? 'open' : undefined
}

/** "Principal key values" of reference_policies_variables: a user's unique id, `role-id:session-name`, `account:federated-name`. */
function userId({ caller, sessionName }: Facts): Derived {
  if (caller.kind === 'anonymous') return ['anonymous']
  if (caller.kind === 'root') return one(caller.account)
  if (caller.kind === 'federated-user') return [`${caller.account}:${caller.arn.slice(caller.arn.lastIndexOf('/') + 1)}`]
  if (caller.userOrRole === undefined) return undefined
  const id = caller.entity?.id
  if (id === undefined) return 'open'
  return [caller.kind === 'user' ? id : `${id}:${sessionName()}`]
}

const accountOfCaller = ({ account }: Facts['caller']): string | undefined => account

/** What belongs to an account's place in its organisation; an account that is not listed is a gap. */
const ofAccount = (id: string | undefined, { input }: Facts, read: (account: AccountInput) => Derived): Derived => {
  if (id === undefined) return undefined
  const account = listedAccount(input, id)
  return account === undefined ? 'gap' : read(account)
}

/** Tags of the session override those of the role (id_session-tags); tag keys in condition keys compare without case. */
const principalTag = (tag: string, { caller, request, input }: Facts): Derived => {
  const ofSession = tagNamed(request.session?.tags ?? {}, tag)
  if (ofSession !== undefined) return ofSession
  if (caller.entity === undefined) return caller.account !== undefined && caller.kind !== 'root' && listedAccount(input, caller.account) === undefined ? 'gap' : undefined
  return knownTag(caller.entity.tags ?? {}, tag)
}

const knownTag = (tags: Known<Readonly<Record<string, string>>>, tag: string): Derived =>
  isUnknown(tags) ? 'unreadable' : tagNamed(tags, tag)

const tagNamed = (tags: Readonly<Record<string, string>>, tag: string): readonly string[] | undefined =>
  one(Object.entries(tags).find(([key]) => key.toLowerCase() === tag)?.[1])

/** A resource's own tags: a bucket's are not its objects' (tagging-and-policies); those of a user or role stand with the principals. */
const resourceTag = (tag: string, facts: Facts): Derived => {
  const { resource, input, action } = facts
  // "Do not try to control who can pass a role by tagging the role …. This approach does not have reliable results" (id_roles_use_passrole).
  if (/^iam:PassRole$/i.test(action)) return 'gap'
  if (/^arn:[^:]*:s3:::[^/]+$/.test(resource) && listedResource(input, resource) !== undefined) return bucketTag(tag, facts)
  const role = input.principals?.find(({ arn }) => arn === resource)
  const tags = role === undefined ? listedResource(input, resource)?.tags : role.tags ?? {}
  return tags === undefined ? 'gap' : knownTag(tags, tag)
}

/** "By default, ABAC is disabled for all Amazon S3 general purpose buckets" (buckets-tagging-enable-abac): then its tags are in no context. */
const bucketTag = (tag: string, { resource, input }: Facts): Derived => {
  const bucket = listedResource(input, bucketOf(resource))
  if (bucket === undefined) return 'gap'
  const abac = bucket.s3?.abac ?? false
  if (isUnknown(abac)) return 'unreadable'
  if (!abac) return undefined
  return bucket.tags === undefined ? 'gap' : knownTag(bucket.tags, tag)
}
