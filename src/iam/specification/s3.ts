import { parseArn } from '../../core/arn.ts'
import { isUnknown, type Unknown } from '../../core/unknown.ts'
import type { AclGrant, Known, PublicAccessBlock } from '../model.ts'
import type { Context } from './context.ts'
import { bucketOf, listedAccount, listedResource } from './estate.ts'
import type { Policy, Statement, Test } from './grammar.ts'
import type { Way } from './principal.ts'
import { perhaps } from './world.ts'

export const isAccessPoint = (resource: string): boolean => /^arn:[^:]*:s3:[^:]*:[^:]*:accesspoint\//.test(resource)

/** The same request as the bucket behind the access point sees it: its own ARN, or that of the object. */
export const behindAccessPoint = (context: Context): Context => {
  const { input, resource } = context
  const point = bucketOf(resource)
  const bucket = listedResource(input, point)?.accessPoint?.bucket ?? ''
  const arn = bucket.startsWith('arn:') ? bucket : `arn:${parseArn(resource)?.partition}:s3:::${bucket}`
  const key = /\/object\/(.*)$/.exec(resource.slice(point.length))?.[1]
  return { ...context, resource: key === undefined ? arn : `${arn}/${key}` }
}

/** "An access point … that only accepts requests from a VPC" (access-points-vpc). */
export const leavesItsVpc = (context: Context): boolean => {
  const vpc = listedResource(context.input, bucketOf(context.resource))?.accessPoint?.vpc
  return vpc !== undefined && context.single('aws:sourcevpc') !== vpc
}

/**
 * RestrictPublicBuckets: a bucket with a public policy is open to "only AWS service principals and authorized users within the
 * bucket owner's account"; public and cross-account access by that policy is blocked. The strictest of bucket and account counts.
 */
export const isBlockedAsPublic = (context: Context): boolean => {
  const { caller, owner, resource } = context
  if (parseArn(resource)?.service !== 's3' || caller.kind === 'service') return false
  if (caller.account !== undefined && caller.account === owner) return false
  return isOn('restrictPublicBuckets', context) && hasPublicPolicy(context)
}

const isOn = (setting: keyof PublicAccessBlock, context: Context): boolean => {
  const { input, owner, resource, world } = context
  const listed = listedResource(input, bucketOf(resource))
  const blocks: readonly (readonly [string, Known<PublicAccessBlock> | undefined])[] = [
    [`of ${listed?.arn}`, listed?.accessPoint === undefined ? listed?.s3?.publicAccessBlock : listed.accessPoint.publicAccessBlock],
    [`of account ${owner}`, listedAccount(input, owner)?.publicAccessBlock],
  ]
  return blocks.some(([name, block]) => isUnknown(block) ? perhaps(world, `${setting} ${name}`) : block?.[setting] === true)
}

const hasPublicPolicy = (context: Context): boolean => {
  const listed = listedResource(context.input, bucketOf(context.resource))
  if (listed?.policy === undefined) return false
  const policy = context.estate.policy(listed.policy, 'resource')
  if (policy === 'malformed') return false
  return isUnknown(policy) ? perhaps(context.world, `policy of ${listed.arn} is public`) : isPublic(policy)
}

/** "The meaning of public": everybody, unless a condition limits it to fixed values of these keys (access-control-block-public-access). */
const isPublic = ({ statements }: Policy): boolean =>
  statements.some((statement) => !isUnknown(statement) && statement.effect === 'Allow' && namesEverybody(statement) && !statement.tests.some(isFixed))

const namesEverybody = ({ principals }: Statement): boolean =>
  principals?.entries.some((entry) => !isUnknown(entry) && entry.type === 'AWS' && entry.text === '*') === true

const fixedKeys = new Set([
  'aws:sourceip', 'aws:sourcearn', 'aws:sourcevpc', 'aws:sourcevpce', 'aws:sourceowner', 'aws:sourceaccount', 'aws:userid',
  'aws:principalarn', 'aws:principalaccount', 'aws:principalorgid', 'aws:principalorgpaths', 's3:dataaccesspointaccount',
  's3:dataaccesspointarn', 's3:x-amz-server-side-encryption-aws-kms-key-id',
])

const isFixed = (test: Test | Unknown): boolean => {
  if (isUnknown(test) || test.ifExists || test.set === 'ForAllValues' || !fixedKeys.has(test.key) || /Not|^Null$/.test(test.operator)) return false
  return test.values.every((value) => {
    if (isUnknown(value)) return false
    // "Values broader than /8 for IPv4 and /32 for IPv6 … are evaluated as public."
    if (test.key === 'aws:sourceip') return !(Number(value.split('/')[1] ?? 128) < (value.includes(':') ? 32 : 8))
    // "This value can contain a wildcard for the access point name … as long as you fix the account id."
    if (test.key === 's3:dataaccesspointarn') return !/[*?$]/.test(value.split(':').slice(0, 5).join(':'))
    return !/[*?$]/.test(value)
  })
}

/** What a bucket's ACL permissions map to (acl-overview, "mapping of ACL permissions and access policy permissions"). */
const aclActions: Readonly<Record<AclGrant['permission'], readonly string[]>> = {
  READ: ['s3:listbucket', 's3:listbucketversions', 's3:listbucketmultipartuploads'],
  WRITE: ['s3:putobject'],
  READ_ACP: ['s3:getbucketacl'],
  WRITE_ACP: ['s3:putbucketacl'],
  FULL_CONTROL: ['s3:listbucket', 's3:listbucketversions', 's3:listbucketmultipartuploads', 's3:putobject', 's3:getbucketacl', 's3:putbucketacl'],
}

/** How a bucket's ACL names the caller; none with BucketOwnerEnforced: "ACLs are disabled" (about-object-ownership). */
export const aclGrants = (context: Context): readonly Way[] => {
  const { resource, input, world } = context
  const bucket = listedResource(input, bucketOf(resource))
  const ownership = bucket?.s3?.ownership ?? 'BucketOwnerEnforced'
  const grants = bucket?.s3?.acl ?? []
  const enabled = isUnknown(ownership) ? perhaps(world, `ACLs of ${bucket?.arn} are on`) : ownership !== 'BucketOwnerEnforced'
  if (!enabled) return []
  if (isUnknown(grants)) return perhaps(world, `ACL of ${bucket?.arn}`) ? ['anyone'] : []
  return grants.flatMap((grant) => aclActions[grant.permission].includes(context.action.toLowerCase()) ? aclWay(grant, context) : [])
}

const aclWay = ({ grantee }: AclGrant, context: Context): readonly Way[] => {
  const { caller } = context
  if ('account' in grantee) return grantee.account === caller.account ? ['account'] : []
  if ('canonicalUser' in grantee) return caller.kind === 'canonical' && caller.name === grantee.canonicalUser ? ['canonical'] : []
  // IgnorePublicAcls: "causes Amazon S3 to ignore all public ACLs", those for AllUsers and AuthenticatedUsers.
  if (grantee.group === 'LogDelivery' || isOn('ignorePublicAcls', context)) return []
  return grantee.group === 'AllUsers' || caller.account !== undefined ? ['anyone'] : []
}
