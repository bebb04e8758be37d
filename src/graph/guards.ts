import { placesAt } from '../core/pointer.ts'
import { isUnknown, unknown } from '../core/unknown.ts'
import type { AclGrant, KmsGrant, PublicAccessBlock, ResourceInput } from '../iam/model.ts'
import type { Resource } from '../model/resource.ts'
import type { Estate } from './estate.ts'
import { secondSystemsOf } from './second-systems.ts'

type Properties = Readonly<Record<string, unknown>>

/** What guards a resource besides policies, by type: ACLs, grants, and systems that decide after IAM. */
export const guardsOf = (estate: Estate): ReadonlyMap<string, (resource: Resource) => Partial<ResourceInput>> => new Map([
  ['AWS::S3::Bucket', bucketInput(estate.header.source === 'aws')],
  ['AWS::S3::AccessPoint', accessPointInput],
  ['AWS::KMS::Key', keyInput(estate)],
  ...secondSystemsOf(estate),
])

/** CloudFormation's block public access in the IAM engine's words. */
export const publicAccessBlock = (value: unknown): { publicAccessBlock?: ResourceInput['s3'] extends infer B ? NonNullable<B> extends { publicAccessBlock?: infer P } ? P : never : never } => {
  if (isUnknown(value)) return { publicAccessBlock: value }
  if (typeof value !== 'object' || value === null) return {}
  const { BlockPublicAcls, IgnorePublicAcls, BlockPublicPolicy, RestrictPublicBuckets } = value as Properties
  const block: PublicAccessBlock = {
    blockPublicAcls: BlockPublicAcls === true,
    ignorePublicAcls: IgnorePublicAcls === true,
    blockPublicPolicy: BlockPublicPolicy === true,
    restrictPublicBuckets: RestrictPublicBuckets === true,
  }
  return { publicAccessBlock: block }
}

const cannedAcls: Readonly<Record<string, readonly AclGrant[]>> = {
  PublicRead: [{ grantee: { group: 'AllUsers' }, permission: 'READ' }],
  PublicReadWrite: [{ grantee: { group: 'AllUsers' }, permission: 'READ' }, { grantee: { group: 'AllUsers' }, permission: 'WRITE' }],
  AuthenticatedRead: [{ grantee: { group: 'AuthenticatedUsers' }, permission: 'READ' }],
  LogDeliveryWrite: [{ grantee: { group: 'LogDelivery' }, permission: 'WRITE' }],
}

const aclGroups: Readonly<Record<string, 'AllUsers' | 'AuthenticatedUsers' | 'LogDelivery'>> = {
  AllUsers: 'AllUsers', AuthenticatedUsers: 'AuthenticatedUsers', LogDelivery: 'LogDelivery',
}

/** Block public access, ownership and ACL of a bucket. New buckets have ACLs off; one that is there and says nothing has them on. */
const bucketInput = (isLive: boolean) => ({ properties }: Resource): Partial<ResourceInput> => {
  const acl = aclGrants(properties)
  const { OwnershipControls: controls, AbacStatus: status } = properties
  const abac = isUnknown(status) ? status : status === undefined && isLive ? unknown('whether its tags control access was not read') : status === 'Enabled'
  const ownership = isUnknown(controls) ? controls : placesAt(properties, 'OwnershipControls/Rules/*/ObjectOwnership')[0]?.value ?? (isLive ? 'ObjectWriter' : undefined)
  return {
    s3: {
      ...publicAccessBlock(properties['PublicAccessBlockConfiguration']),
      ...(ownership === undefined ? {} : { ownership: ownership as 'ObjectWriter' }),
      // An empty list would make every principal worth asking about.
      ...acl.length === 0 ? {} : { acl },
      ...abac === false ? {} : { abac },
    },
  }
}

/** Grants of an ACL: canned (`AccessControl`), or listed grant by grant as the API gives them. */
const aclGrants = (properties: Properties): AclGrant[] => {
  const canned = typeof properties['AccessControl'] === 'string' ? cannedAcls[properties['AccessControl']] ?? [] : []
  const listed = placesAt(properties, 'BartizanAclGrants/*').flatMap(({ value }): AclGrant[] => {
    const { Uri, CanonicalUser, Permission } = value as { Uri?: string, CanonicalUser?: string, Permission: AclGrant['permission'] }
    const group = aclGroups[Uri?.slice(Uri.lastIndexOf('/') + 1) ?? '']
    if (group !== undefined) return [{ grantee: { group }, permission: Permission }]
    return CanonicalUser === undefined ? [] : [{ grantee: { canonicalUser: CanonicalUser }, permission: Permission }]
  })
  return [...canned, ...listed]
}

/** The bucket, VPC and block public access of an access point. */
const accessPointInput = ({ properties }: Resource): Partial<ResourceInput> => {
  if (typeof properties['Bucket'] !== 'string') return {}
  const vpc = (properties['VpcConfiguration'] as Properties | undefined)?.['VpcId']
  return {
    accessPoint: {
      bucket: properties['Bucket'],
      ...(typeof vpc === 'string' ? { vpc } : {}),
      ...publicAccessBlock(properties['PublicAccessBlockConfiguration']),
    },
  }
}

/** Grants of a KMS key and who manages it. */
const keyInput = (estate: Estate): ((key: Resource) => Partial<ResourceInput>) => {
  const grants = Map.groupBy(estate.ofType('AWS::KMS::Grant').map((index) => estate.resource(index).properties), (grant) => grant['KeyId'])
  return ({ id, arn, properties, account, region }) => {
    const gap = estate.incomplete('AWS::KMS::Grant', account, region)
    const own = [...new Set([id, arn])].flatMap((key) => grants.get(key) ?? [])
    return {
      kms: {
        grants: gap === undefined ? own.map(kmsGrant) : { $unknown: gap },
        ...(properties['KeyManager'] === 'AWS' ? { manager: 'AWS' as const } : {}),
      },
    }
  }
}

const kmsGrant = (grant: Properties): KmsGrant => {
  const constraints = grant['Constraints'] as { EncryptionContextEquals?: Record<string, string>, EncryptionContextSubset?: Record<string, string> } | undefined
  return {
    id: String(grant['GrantId']),
    grantee: String(grant['GranteePrincipal']),
    operations: (grant['Operations'] as readonly string[] | undefined) ?? [],
    ...(typeof grant['RetiringPrincipal'] === 'string' ? { retiring: grant['RetiringPrincipal'] } : {}),
    ...(constraints?.EncryptionContextEquals === undefined ? {} : { encryptionContextEquals: constraints.EncryptionContextEquals }),
    ...(constraints?.EncryptionContextSubset === undefined ? {} : { encryptionContextSubset: constraints.EncryptionContextSubset }),
  }
}
