import { loadCollectors } from '../aws/catalogue.ts'
import type { Item, Row } from '../aws/collector.ts'
import type { Naming } from '../aws/draft.ts'
import { authorizationKinds } from '../aws/services/iam.ts'
import type { ConfigItem } from './document.ts'

/**
 * Of types that AWS Config has recorded for long it keeps what the service's API answers, in names that start small; of newer
 * types it keeps CloudFormation's properties. The former are shaped by the rows that shape a scan's answers.
 * Source: the resource schemas of the repository awslabs/aws-config-resource-schema.
 */
export const rowFor = async (type: string, configuration: Item): Promise<(Naming & Pick<Row, 'with'>) | undefined> => {
  if (!Object.keys(configuration).every((name) => /^[a-z]/.test(name))) return undefined
  return (await (rows ??= loadRows())).get(type)
}

let rows: Promise<ReadonlyMap<string, Naming & Pick<Row, 'with'>>> | undefined

const loadRows = async () => {
  const flat = (row: Row): readonly Row[] => [row, ...(row.children ?? []).flatMap(flat)]
  const collected = (await loadCollectors()).flatMap(({ resources }) => resources.flatMap(flat))
  return new Map([...collected, ...authorizationKinds].map((row) => [recordedAs.get(row.type) ?? row.type, row]))
}

/** Types that Config calls otherwise than CloudFormation does. */
const recordedAs = new Map([['AWS::IAM::ManagedPolicy', 'AWS::IAM::Policy']])

/** Services whose API itself writes member names with a small first letter. */
const small = new Set(['ApiGateway', 'CodeBuild', 'CodePipeline', 'ECS', 'EKS', 'Batch', 'StepFunctions', 'AppSync'])

/** An item as the service would have answered, with its supplementary parts where the scan's further calls put theirs. */
export const asAnswered = (item: ConfigItem, type: string, configuration: Item, supplementary: Item): Item => {
  const answer = small.has(type.split('::')[1]!) ? configuration : capitals(configuration) as Item
  return { ...answer, ...parts[type]?.(answer, supplementary, item) }
}

/** Properties that rows give a default where Config keeps nothing that could tell. */
export const silentOf = (type: string, answered: Item): string[] =>
  Object.entries(silent[type] ?? {}).filter(([, member]) => answered[member] === undefined).map(([property]) => property)

/** Types of which Config keeps all settings but those that `silent` names: what is missing there is not set. */
export const isWhole = (type: string): boolean => whole.has(type)

const whole = new Set(['AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group', 'AWS::IAM::ManagedPolicy', 'AWS::S3::Bucket', 'AWS::EC2::SecurityGroup'])

const silent: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'AWS::Lambda::Function': { Environment: 'Environment', Code: 'Code', SnapStart: 'SnapStart', Layers: 'Layers' },
  'AWS::S3::Bucket': { BartizanAclGrants: 'acl', NotificationConfiguration: 'notification', OwnershipControls: 'OwnershipControls' },
  'AWS::IAM::User': { LoginProfile: 'LoginProfile', BartizanMfaActive: 'report', BartizanPasswordEnabled: 'report' },
}

/** Maps whose names customers choose keep them. */
const maps = /^(tags|variables|labels|options|parameters|requestParameters|responseParameters)$/i

/** `kmskeyArn`, as Java spells `KMSKeyArn`, needs no capitals inside: members are matched by their letters. */
const capitals = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(capitals)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== null).map(([name, inner]) => [`${name.charAt(0).toUpperCase()}${name.slice(1)}`, maps.test(name) ? inner : capitals(inner)]))
}

type Parts = (answer: Item, supplementary: Item, item: ConfigItem) => Item

const parts: Readonly<Record<string, Parts>> = {
  'AWS::S3::Bucket': (_, { BucketPolicy, PublicAccessBlockConfiguration, ServerSideEncryptionConfiguration, BucketVersioningConfiguration, BucketLoggingConfiguration, ObjectLockConfiguration, AccessControlList, OwnershipControls }) => ({
    ...given('policy', policyText(BucketPolicy)),
    ...given('PublicAccessBlockConfiguration', capitals(PublicAccessBlockConfiguration)),
    ...given('encryption', capitals(ServerSideEncryptionConfiguration)),
    ...given('versioning', versioning(BucketVersioningConfiguration as Item | undefined)),
    ...given('logging', logging(BucketLoggingConfiguration as Item | undefined)),
    ...given('lock', capitals(ObjectLockConfiguration)),
    ...given('OwnershipControls', capitals(OwnershipControls)),
    ...given('acl', grants(AccessControlList)),
  }),
  'AWS::Lambda::Function': (_, { Policy }) => given('policyText', policyText(Policy)),
  'AWS::KMS::Key': ({ KeyManager }, { Policy, KeyRotationStatus }, { ARN, arn }) => ({
    ...given('KeyArn', ARN ?? arn), ...given('KeyPolicy', policyText(Policy)), ...KeyManager === 'CUSTOMER' ? given('KeyRotationEnabled', KeyRotationStatus) : {},
  }),
  'AWS::EC2::SecurityGroup': ({ IpPermissions, IpPermissionsEgress }) => ({ IpPermissions: ranges(IpPermissions), IpPermissionsEgress: ranges(IpPermissionsEgress) }),
}

const given = (name: string, value: unknown): Item => (value === undefined || value === null ? {} : { [name]: value })

/** `{"policyText": "…"}`, `{"policy": "…"}` or the text itself; null where there is none. */
const policyText = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value ?? undefined
  const { policyText: text, policy } = value as { readonly policyText?: unknown, readonly policy?: unknown }
  if ('policyText' in value || 'policy' in value) return text ?? policy ?? undefined
  return value
}

const versioning = (value: Item | undefined): Item | undefined => {
  if (value === undefined) return undefined
  // Java's name for a bucket that never had versions
  return value['status'] === 'Off' ? {} : { Status: value['status'], ...value['isMfaDeleteEnabled'] === true ? { MFADelete: 'Enabled' } : {} }
}

const logging = (value: Item | undefined): Item | undefined =>
  typeof value?.['destinationBucketName'] === 'string' ? { TargetBucket: value['destinationBucketName'], TargetPrefix: value['logFilePrefix'] } : undefined

interface Acl { readonly owner?: { readonly id?: unknown }, readonly grantList?: readonly { readonly grantee?: unknown, readonly permission?: string }[] }

const permissions: Readonly<Record<string, string>> = { FullControl: 'FULL_CONTROL', Read: 'READ', Write: 'WRITE', ReadAcp: 'READ_ACP', WriteAcp: 'WRITE_ACP' }
const groups: Readonly<Record<string, string>> = {
  AllUsers: 'http://acs.amazonaws.com/groups/global/AllUsers', AuthenticatedUsers: 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers', LogDelivery: 'http://acs.amazonaws.com/groups/s3/LogDelivery',
}

/** An ACL as the API answers it. */
const grants = (acl: unknown): Item | undefined => {
  const { owner, grantList: list } = (acl ?? {}) as Acl
  if (!Array.isArray(list)) return undefined
  return { Owner: { ID: owner?.id }, Grants: (list as NonNullable<Acl['grantList']>).map(({ grantee, permission = '' }) => ({ Permission: permissions[permission] ?? permission, Grantee: granteeOf(grantee) })) }
}

const granteeOf = (grantee: unknown): Item => {
  if (typeof grantee === 'string') return { URI: groups[grantee] ?? grantee }
  return { ID: (grantee as { readonly id?: unknown } | null)?.id }
}

/** Config writes ranges of IPv4 twice: as texts, and with their descriptions. */
const ranges = (rules: unknown): unknown =>
  (Array.isArray(rules) ? (rules as Item[]).map(({ Ipv4Ranges, IpRanges, ...rule }) => ({ ...rule, IpRanges: Ipv4Ranges ?? (IpRanges as unknown[] | undefined ?? []).map((range) => (typeof range === 'string' ? { CidrIp: range } : range)) })) : rules)
