import { parseArn } from '../../core/arn.ts'
import type { Context } from './context.ts'
import { listedResource } from './estate.ts'
import { hasGrant, isKey } from './kms.ts'
import { boundary, endpoint, identity, rcp, resourcePolicy, scp, session, trust, type Limit } from './layers.ts'
import type { Way } from './principal.ts'
import { aclGrants, behindAccessPoint, isAccessPoint, isBlockedAsPublic, leavesItsVpc } from './s3.ts'
import { agreeBehindIam } from './second.ts'
import type { Saying } from './statement.ts'

/** Whether AWS allows the request in one world (reference_policies_evaluation-logic). */
export const isAllowed = (context: Context): boolean => {
  const settled = settledByRule(context)
  if (settled !== undefined) return settled
  return isTrust(context) ? decide(context, [trust(context)], true) : decideOnResource(context) && agreeBehindIam(context)
}

const actionIs = (context: Context, ...names: readonly string[]): boolean =>
  names.some((name) => name.toLowerCase() === context.action.toLowerCase())

/** Actions that AWS documents as outside the evaluation of policies. */
const settledByRule = (context: Context): boolean | undefined => {
  const { caller, owner, resource } = context
  // "No permissions are required to perform this operation", even where a policy denies it (API_GetCallerIdentity).
  if (actionIs(context, 'sts:GetCallerIdentity')) return caller.kind !== 'anonymous'
  // "You cannot use policies to control authentication operations" (id_credentials_temp_control-access_getsessiontoken).
  if (actionIs(context, 'sts:GetSessionToken') && (caller.kind === 'user' || caller.kind === 'root')) return true
  // Restrictions on temporary credentials (id_credentials_sts-comparison): "Cannot call AWS STS operations except GetCallerIdentity"
  // of federated users; "Cannot call GetFederationToken or GetSessionToken" of roles.
  if (caller.kind === 'federated-user' && /^sts:/i.test(context.action)) return false
  if ((caller.kind === 'role' || caller.kind === 'session') && actionIs(context, 'sts:GetFederationToken', 'sts:GetSessionToken')) return false
  // "You cannot use AWS account root user credentials to call AssumeRole" (API_AssumeRole); it must be signed.
  if (actionIs(context, 'sts:AssumeRole') && (caller.kind === 'root' || caller.kind === 'anonymous')) return false
  // The bearer of a provider's token has no AWS credentials: it can only exchange it (id_roles_providers).
  if (caller.kind === 'provider' && !actionIs(context, ...tokenActions)) return false
  // "Calling AssumeRoleWithWebIdentity does not require the use of AWS security credentials", nor does WithSAML: the token is the caller.
  if (caller.kind !== 'provider' && actionIs(context, 'sts:AssumeRoleWithWebIdentity', 'sts:AssumeRoleWithSAML')) return false
  // "You cannot use the PassRole permission to pass a cross-account role" (id_roles_use_passrole).
  if (actionIs(context, 'iam:PassRole') && parseArn(resource) !== undefined && owner !== caller.account) return false
  // A service-linked role is changed by its service alone, one under aws-reserved by IAM Identity Center (id_roles_create-service-linked-role);
  // it cannot be passed. "You can't change the permissions defined in AWS managed policies" (access_policies_managed-vs-inline).
  if (actionIs(context, 'iam:PassRole', ...roleChanges) && /:role\/aws-service-role\//.test(resource)) return false
  if (actionIs(context, ...roleChanges) && /:role\/aws-reserved\//.test(resource)) return false
  if (actionIs(context, ...policyChanges) && /^arn:[a-z-]+:iam::aws:policy\//.test(resource)) return false
  return undefined
}

const roleChanges = [
  'AttachRolePolicy', 'DetachRolePolicy', 'PutRolePolicy', 'DeleteRolePolicy', 'UpdateAssumeRolePolicy', 'PutRolePermissionsBoundary',
  'DeleteRolePermissionsBoundary', 'DeleteRole', 'UpdateRole',
].map((name) => `iam:${name}`)

const policyChanges = ['CreatePolicyVersion', 'DeletePolicyVersion', 'SetDefaultPolicyVersion', 'DeletePolicy', 'TagPolicy', 'UntagPolicy'].map((name) => `iam:${name}`)

const tokenActions = ['sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity', 'sts:TagSession', 'sts:SetSourceIdentity']

const trustActions = ['sts:AssumeRole', 'sts:SetContext', ...tokenActions]

const isTrust = (context: Context): boolean =>
  actionIs(context, ...trustActions) && parseArn(context.resource)?.resource.startsWith('role/') === true

const decideOnResource = (context: Context): boolean => {
  if (isAccessPoint(context.resource)) {
    if (leavesItsVpc(context)) return false
    // "Both the access point policy and the bucket policy must permit the request" (access-points-policies).
    const bucket = behindAccessPoint(context)
    return decide(context, [limitPublic(context, resourcePolicy(context)), limitPublic(bucket, resourcePolicy(bucket))], false)
  }
  const own = resourcePolicy(context)
  // "Edit or delete" a policy of a bucket or a queue "that denies all principals" is a task of the owner's root user (id_root-user).
  const repairs = context.caller.kind === 'root' && context.caller.account === context.owner &&
    actionIs(context, 's3:GetBucketPolicy', 's3:PutBucketPolicy', 's3:DeleteBucketPolicy', 'sqs:GetQueueAttributes', 'sqs:SetQueueAttributes')
  return decide(context, [repairs ? { ...own, deny: false } : limitPublic(context, own)], isKey(context.resource))
}

/** Adds ACLs to a bucket's policy and takes away what S3 Block Public Access blocks. */
const limitPublic = (context: Context, policy: Saying): Saying => {
  const ways = isBlockedAsPublic(context) ? [] : [...policy.ways]
  return { deny: policy.deny, ways: new Set([...ways, ...aclGrants(context)]) }
}

/**
 * Puts the layers together. `mustName`: key policies and trust policies "must explicitly allow access for principals"; every
 * other resource is open to what its account's own policies allow.
 */
const decide = (context: Context, resource: readonly Saying[], mustName: boolean): boolean => {
  const { caller, owner } = context
  const limits = { identity: identity(context), boundary: boundary(context), session: session(context) }
  const [organization, network] = [scp(context), endpoint(context)]
  // "An explicit deny in any policy overrides any allows."
  const sayings: readonly Limit[] = [...Object.values(limits), organization, network, ...resource]
  if (sayings.some((saying) => saying !== 'absent' && saying.deny) || rcp(context)) return false
  if (!allows(organization) || !allows(network)) return false
  // A grant permits its operations by itself (kms grants): it is "considered along with key policies and IAM policies".
  if (isKey(context.resource) && hasGrant(context)) return true
  const own = allows(limits.identity) && allows(limits.boundary) && allows(limits.session)
  const withinLimits = allows(limits.boundary) && allows(limits.session)
  if (caller.account === undefined) return resource.every(({ ways }) => ways.size > 0)
  // "Both the resource-based policy in the trusting account and the identity-based policy must allow" (…-cross-account).
  if (owner !== undefined && owner !== caller.account && owner !== 'aws') return own && resource.every(({ ways }) => ways.size > 0)
  if (!mustName && own) return true
  return resource.every(({ ways }) => [...ways].some((way) => suffices(way, context, own, withinLimits)))
}

const allows = (limit: Limit): boolean => limit === 'absent' || limit.ways.size > 0

/** What a resource's policy gives within the account, by how it names the caller (table in reference_policies_evaluation-logic). */
const suffices = (way: Way, { caller }: Context, own: boolean, withinLimits: boolean): boolean => {
  // Naming the account delegates to its own policies; the root user is the account.
  if (way === 'account') return own
  // "Resource-based policies that grant permissions to an IAM role ARN are limited by … a permissions boundary or session policy."
  if (way === 'role') return withinLimits
  // "To an IAM user ARN (that is not a federated user session)": not limited; of a federated session: limited.
  if (way === 'user') return caller.kind === 'user' || withinLimits
  return true
}

/** The account that owns a resource: as listed, as its ARN says, as the request says, else the caller's. */
export const ownerOf = (resource: string, { input, request, caller }: Pick<Context, 'input' | 'request' | 'caller'>, bucket: string): string | undefined => {
  const account = parseArn(resource)?.account
  return listedResource(input, bucket)?.account ?? (account === '' ? undefined : account) ?? request.resourceAccount ?? caller.account
}
