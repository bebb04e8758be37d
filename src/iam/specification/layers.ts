import { isUnknown } from '../../core/unknown.ts'
import type { Known, PolicyId, PolicyKind } from '../model.ts'
import { isServiceLinked } from './caller.ts'
import type { Context } from './context.ts'
import { bucketOf, listedAccount, listedResource } from './estate.ts'
import { isOneKey } from '../target.ts'
import { evaluate, unreadable, type Saying } from './statement.ts'

/** What a layer that does not limit says. */
export type Limit = Saying | 'absent'

export const silent: Saying = { deny: false, ways: new Set() }

export const all: Saying = { deny: false, ways: new Set(['attached']) }

/** What one policy says in its place; a malformed one says nothing, an unreadable one may say anything. */
export const policySays = (id: Known<PolicyId>, kind: PolicyKind, context: Context, name: string): Saying => {
  const policy = context.estate.policy(id, kind)
  if (policy === 'malformed') return silent
  return isUnknown(policy) ? unreadable(isUnknown(id) ? name : `policy ${id}`, context) : evaluate(policy, context)
}

/** Several policies of one layer: all their statements together. */
export const together = (sayings: readonly Saying[]): Saying =>
  ({ deny: sayings.some(({ deny }) => deny), ways: new Set(sayings.flatMap(({ ways }) => [...ways])) })

const listSays = (ids: Known<readonly PolicyId[]>, kind: PolicyKind, context: Context, name: string): Saying =>
  isUnknown(ids) ? unreadable(name, context) : together(ids.map((id) => policySays(id, kind, context, name)))

/**
 * Identity-based policies: a user's own and those of its groups, a role's (reference_policies_evaluation-logic). "All requests
 * are implicitly denied with the exception of the AWS account root user, which has full access."
 */
export const identity = (context: Context): Saying => {
  const { caller, input } = context
  if (caller.kind === 'root') return isForeign(context) && context.owner !== caller.account ? unreadable(`what account ${caller.account} allows`, context) : all
  if (caller.userOrRole === undefined) return silent
  const { entity } = caller
  // What an account outside the estate allows its own principals is not known.
  if (entity === undefined) return isForeign(context) ? unreadable(`what account ${caller.account} allows`, context) : silent
  const ofGroup = (arn: string): Saying => {
    const group = input.groups?.find((each) => each.arn === arn)
    return group === undefined ? unreadable(`group ${arn}`, context) : listSays(group.policies, 'identity', context, `policies of ${arn}`)
  }
  const groups = entity.groups ?? []
  return together([
    listSays(entity.policies, 'identity', context, `policies of ${entity.arn}`),
    ...(isUnknown(groups) ? [unreadable(`groups of ${entity.arn}`, context)] : groups.map(ofGroup)),
  ])
}

const isForeign = ({ caller, input }: Context): boolean =>
  caller.account !== undefined && listedAccount(input, caller.account) === undefined

/** The permissions boundary of a user or role (access_policies_boundaries). */
export const boundary = (context: Context): Limit => {
  const { entity } = context.caller
  return entity?.boundary === undefined ? 'absent' : policySays(entity.boundary, 'boundary', context, `boundary of ${entity.arn}`)
}

/**
 * Session policies (access_policies#policies_session). A federated user session without one has no permissions of its own:
 * "if you do not pass a policy, the resulting … session has no permissions" (GetFederationToken).
 */
export const session = (context: Context): Limit => {
  const policies = context.request.session?.policies
  if (policies === undefined) return context.caller.kind === 'federated-user' ? silent : 'absent'
  return listSays(policies, 'session', context, 'session policies')
}

/**
 * Service control policies, level by level (orgs_manage_policies_scps_evaluation): "for a permission to be allowed … there must
 * be an explicit Allow statement at every level from the root through each OU in the direct path to the account".
 * They do not bind the management account, nor service-linked roles, nor anybody outside the organisation.
 */
export const scp = (context: Context): Limit => {
  const { caller, input } = context
  const account = listedAccount(input, caller.account)
  const isMember = caller.kind !== 'service' && caller.kind !== 'provider' && caller.kind !== 'canonical'
  if (account?.scps === undefined || account.management === true || !isMember || isServiceLinked(caller)) return 'absent'
  if (isUnknown(account.scps)) return unreadable(`SCPs of ${account.id}`, context)
  const levels = account.scps.map((ids) => listSays(ids, 'scp', context, `SCPs of ${account.id}`))
  return { deny: levels.some(({ deny }) => deny), ways: levels.every(({ ways }) => ways.size > 0) ? new Set(['attached']) : new Set() }
}

/**
 * Resource control policies of the resource's account (orgs_manage_policies_rcps): they only deny, since RCPFullAWSAccess is
 * always attached. Not on the management account's resources, services that do not support them, AWS managed keys,
 * kms:RetireGrant (kms resource-control-policies), or calls of service-linked roles.
 */
export const rcp = (context: Context): boolean => {
  const { action, owner, input, caller, estate, resource } = context
  const account = listedAccount(input, owner)
  const prefix = action.slice(0, action.indexOf(':')).toLowerCase()
  const supported = estate.catalogue?.rcpServices ?? ['s3', 'sts', 'kms', 'sqs', 'secretsmanager']
  if (account?.rcps === undefined || account.management === true || isServiceLinked(caller)) return false
  if (!supported.includes(prefix) || action.toLowerCase() === 'kms:retiregrant') return false
  if (listedResource(input, resource)?.kms?.manager === 'AWS') return false
  if (isUnknown(account.rcps)) return unreadable(`RCPs of ${account.id}`, context).deny
  return account.rcps.some((ids) => listSays(ids, 'rcp', context, `RCPs of ${account.id}`).deny)
}

/** A VPC endpoint's policy; "if you do not attach a policy, the default policy allows full access" (vpc-endpoints-access). */
export const endpoint = (context: Context): Limit => {
  const { request, input } = context
  const found = input.endpoints?.find(({ id }) => id === request.endpoint)
  if (found === undefined && request.endpoint !== undefined) return unreadable(`policy of ${request.endpoint}`, context)
  return found?.policy === undefined ? 'absent' : policySays(found.policy, 'endpoint', context, `policy of ${found.id}`)
}

/**
 * The policy of the resource itself. Of a listed account's resource that is not listed nothing is attached; what an account
 * outside the estate attaches is not known.
 */
export const resourcePolicy = (context: Context): Saying => {
  const { resource, input, owner } = context
  const listed = listedResource(input, bucketOf(resource))
  if (listed !== undefined) return listed.policy === undefined ? silent : policySays(listed.policy, 'resource', context, `policy of ${listed.arn}`)
  // "Every KMS key must have exactly one key policy" (kms key-policies): that of a key that is not listed was not read.
  if (isOneKey(resource)) return unreadable(`policy of ${resource}`, context)
  const known = owner === undefined || owner === 'aws' || resource === '*' || listedAccount(input, owner) !== undefined || owner === context.caller.account
  return known ? silent : unreadable(`policy of ${resource}`, context)
}

/** A role's trust policy: the resource-based policy of sts:AssumeRole and its kin (id_roles_terms-and-concepts). */
export const trust = (context: Context): Saying => {
  const { resource, input, owner } = context
  const role = input.principals?.find(({ arn }) => arn === resource)
  if (role !== undefined) return role.trust === undefined ? silent : policySays(role.trust, 'trust', context, `trust of ${role.arn}`)
  return listedAccount(input, owner) === undefined ? unreadable(`trust of ${resource}`, context) : silent
}
