import { valueAt } from '../../../core/pointer.ts'
import { call, defineCollector } from '../collector.ts'
import type { Item } from '../collector.ts'

const bucket = { Bucket: 'Name' }

/** A setting of the bucket: unset where S3 says that there is none. */
const setting = (operation: string, at: string | undefined, as: string, absent: readonly string[] = []) =>
  call(operation, bucket, { ...(at === undefined ? {} : { at }), as, absent })

interface Grant { readonly Permission?: string, readonly Grantee?: { readonly URI?: string, readonly ID?: string } }

/** Grants of an ACL but those to the owner, who holds all rights and by whom nobody comes in. */
const toOthers = ({ Owner, Grants }: Item): Item[] => {
  const owner = (Owner as { readonly ID?: string } | undefined)?.ID
  return ((Grants ?? []) as Grant[]).filter(({ Grantee }) => owner === undefined || Grantee?.ID !== owner)
    .map(({ Permission, Grantee }) => ({ Permission, ...(Grantee?.URI === undefined ? {} : { Uri: Grantee.URI }), ...(Grantee?.ID === undefined ? {} : { CanonicalUser: Grantee.ID }) }))
}

/** The API's spelling of a few settings, in CloudFormation's. */
const settings = ({ Name, encryption, versioning, logging, lock, notification, lifecycle, acl, replication }: Item): Item => ({
  BucketName: Name,
  BucketEncryption: encryption === undefined ? undefined : keep(encryption, ({ Rules }) => ({
    ServerSideEncryptionConfiguration: ((Rules ?? []) as Item[]).map(({ ApplyServerSideEncryptionByDefault, BucketKeyEnabled, BlockedEncryptionTypes }) => ({ ServerSideEncryptionByDefault: ApplyServerSideEncryptionByDefault, BucketKeyEnabled, BlockedEncryptionTypes })),
  })),
  VersioningConfiguration: keep(versioning, ({ Status, MFADelete, $unknown }) => (Status === undefined && $unknown === undefined ? undefined : { Status, ...(MFADelete === undefined ? {} : { MFADelete }) })),
  LoggingConfiguration: keep(logging, ({ TargetBucket, TargetPrefix }) => ({ DestinationBucketName: TargetBucket, LogFilePrefix: TargetPrefix })),
  ObjectLockConfiguration: lock,
  ObjectLockEnabled: keep(lock, ({ ObjectLockEnabled }) => ObjectLockEnabled === 'Enabled'),
  NotificationConfiguration: keep(notification, ({ EventBridgeConfiguration, LambdaFunctionConfigurations, QueueConfigurations, TopicConfigurations }) => ({
    EventBridgeConfiguration: EventBridgeConfiguration === undefined ? undefined : { EventBridgeEnabled: true },
    LambdaConfigurations: targets(LambdaFunctionConfigurations, 'LambdaFunctionArn', 'Function'),
    QueueConfigurations: targets(QueueConfigurations, 'QueueArn', 'Queue'),
    TopicConfigurations: targets(TopicConfigurations, 'TopicArn', 'Topic'),
  })),
  LifecycleConfiguration: keep(lifecycle, ({ Rules }) => ({ Rules: ((Rules ?? []) as Item[]).map(rule) })),
  ReplicationConfiguration: replication,
  BartizanAclGrants: keep(acl, toOthers),
})

/** Applies to what is known; passes on what is unset or unknown. */
const keep = (value: unknown, apply: (value: Item) => unknown): unknown =>
  value === undefined || (typeof value === 'object' && value !== null && '$unknown' in value) ? value : apply(value as Item)

const targets = (configurations: unknown, from: string, to: string): unknown =>
  configurations === undefined ? undefined : (configurations as Item[]).flatMap(({ [from]: target, Events, Filter }) => ((Events ?? []) as string[]).map((Event) => ({ Event, [to]: target, Filter: filter(Filter) })))

const filter = (given: unknown): Item | undefined =>
  given === undefined ? undefined : { S3Key: { Rules: valueAt(given, 'Key/FilterRules') } }

/** A rule of the lifecycle; CloudFormation has beside each other what the API nests. */
const rule = ({ ID, Expiration, Transitions, NoncurrentVersionTransitions, Filter, ...rest }: Item): Item => {
  const { Date: ExpirationDate, Days: ExpirationInDays, ExpiredObjectDeleteMarker } = (Expiration ?? {}) as Item
  const { Prefix, Tag, And, ObjectSizeGreaterThan, ObjectSizeLessThan } = (Filter ?? {}) as Item
  const both = (And ?? {}) as Item
  return {
    ...rest, Id: ID, ExpirationDate, ExpirationInDays, ExpiredObjectDeleteMarker,
    Prefix: rest['Prefix'] ?? Prefix ?? both['Prefix'], TagFilters: Tag === undefined ? both['Tags'] : [Tag],
    ObjectSizeGreaterThan: ObjectSizeGreaterThan ?? both['ObjectSizeGreaterThan'], ObjectSizeLessThan: ObjectSizeLessThan ?? both['ObjectSizeLessThan'],
    Transitions: ((Transitions ?? []) as Item[]).map(({ Date: TransitionDate, Days: TransitionInDays, StorageClass }) => ({ TransitionDate, TransitionInDays, StorageClass })),
    NoncurrentVersionTransitions: ((NoncurrentVersionTransitions ?? []) as Item[]).map(({ NoncurrentDays, ...transition }) => ({ ...transition, TransitionInDays: NoncurrentDays })),
  }
}

export default defineCollector({
  id: 's3',
  prefix: 's3',
  scope: 'region',
  client: () => import('@aws-sdk/client-s3'),
  resources: [{
    type: 'AWS::S3::Bucket',
    list: call('ListBuckets', { BucketRegion: '$region' }, { with: { MaxBuckets: 1000 } }),
    items: 'Buckets',
    keep: ({ BucketRegion }, { home }) => BucketRegion === undefined || BucketRegion === home,
    name: 'Name',
    arn: 'arn:{partition}:s3:::{Name}',
    tags: call('GetBucketTagging', bucket, { at: 'TagSet' }),
    more: [
      setting('GetBucketPolicy', 'Policy', 'policy'),
      setting('GetPublicAccessBlock', 'PublicAccessBlockConfiguration', 'PublicAccessBlockConfiguration'),
      setting('GetBucketEncryption', 'ServerSideEncryptionConfiguration', 'encryption', ['ServerSideEncryptionConfigurationNotFoundError']),
      setting('GetBucketVersioning', undefined, 'versioning'),
      setting('GetBucketLogging', 'LoggingEnabled', 'logging'),
      setting('GetBucketAcl', undefined, 'acl'),
      setting('GetBucketOwnershipControls', 'OwnershipControls', 'OwnershipControls'),
      setting('GetObjectLockConfiguration', 'ObjectLockConfiguration', 'lock'),
      setting('GetBucketNotificationConfiguration', undefined, 'notification'),
      setting('GetBucketLifecycleConfiguration', undefined, 'lifecycle'),
      setting('GetBucketReplication', 'ReplicationConfiguration', 'replication'),
    ].map((one) => ({ ...one, gives: [one.as!] })),
    derive: settings,
    with: [{
      type: 'AWS::S3::BucketPolicy',
      when: ({ policy }) => policy !== undefined,
      name: 'Name',
      id: ['Name'],
      derive: ({ Name, policy }) => ({ Bucket: Name, PolicyDocument: policy }),
    }],
  }],
})
