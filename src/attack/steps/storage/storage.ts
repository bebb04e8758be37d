import { acts, family, hackTricks, place, role } from '../../family.ts'
import { bucket, decrypts, encrypts, key } from '../../nodes.ts'
import { any, fact, has, may, service } from '../../step.ts'

const step = family('storage', ['T1530'])
const reads = { power: 'read', on: place } as const
const writes = { power: 'write', on: place } as const
const inner = any('inner', 'storage')
const docs = { source: 'Amazon S3 User Guide' }
const docsOfTables = { source: 'Amazon DynamoDB Developer Guide' }
/** A change to a policy is more to do than to use what it says already. */
const rewrites = { techniques: ['T1098'], effort: 12 }
const shares = { techniques: ['T1537'] }
const secret = any('secret', 'AWS::SecretsManager::Secret')
const shareable = any('resource', 'AWS::SageMaker::FeatureGroup', 'AWS::Glue::Database', 'AWS::Glue::Table')
const vectors = any('bucket', 'AWS::S3Vectors::VectorBucket')
const index = any('index', 'AWS::S3Vectors::Index')

/** How data in S3 is read and written, by permission or by what a service does in somebody's name. */
const plain = [
  step('read-object', 'reads objects in {place}', [may('s3:GetObject', place), decrypts(place)], reads, docs),
  step('write-object', 'writes objects in {place}', [may('s3:PutObject', place), encrypts(place)], writes, docs),
  step('read-object-by-service', 'has the service read {place} as the role', [may('s3:GetObject', place), decrypts(place)], reads, { ...docs, by: 'instruct' }),
  step('write-object-by-service', 'has the service write {place} as the role', [may('s3:PutObject', place), encrypts(place)], writes, { ...docs, by: 'instruct' }),
  step('read-inner', 'finds part of {place} in {inner}', [has('read', inner), fact(place, 'contains', inner)], reads, docs),
  step('write-inner', 'puts part of {place} in {inner}', [has('write', inner), fact(place, 'contains', inner)], writes, docs),
  step('DM-poison-training-version', 'deletes versions in {place} until one of its choice is the newest', acts(place, 's3:DeleteObjectVersion'), writes),
]

/** Changes to who may use data. */
const opened = [
  step('EN-s3-bucketpolicy', 'rewrites the policy of {place} to let itself in', [...acts(place, 's3:PutBucketPolicy'), decrypts(place)], reads, { ...hackTricks, ...rewrites }),
  step('bucketpolicy-write', 'rewrites the policy of {place} to let itself write', [...acts(place, 's3:PutBucketPolicy'), encrypts(place)], writes, { ...hackTricks, ...rewrites }),
  step('DM-poison-training-bp', 'lets an outsider write {place}', [may('s3:PutBucketPolicy', place), fact(any('training', 'AWS::SageMaker::TrainingJob', 'AWS::Bedrock::ModelCustomizationJob'), 'reads', place), encrypts(place)], writes),
  step('EN-s3-bpa', 'lifts the block on public access of {bucket}, whose policy is public', [may('s3:PutBucketPublicAccessBlock', bucket), fact(bucket, 'shared with', any('anyone', 'anyone'))], { power: 'read', on: bucket }, shares),
  step('EN-s3-accesspoint', 'reads {place} through an access point of its own', [...acts(place, 's3:CreateAccessPoint', 's3:PutAccessPointPolicy', 's3:GetObject'), decrypts(place)], reads),
  step('EN-s3-replication', 'copies new objects of {place} to a bucket of the attacker', [may('s3:PutReplicationConfiguration', place), may('iam:PassRole', role, { 'iam:PassedToService': 's3.amazonaws.com' }), fact(role, 'trusts', service('s3.amazonaws.com')), fact(role, 'reads', place)], reads, shares),
  step('EN-s3-notification', 'sends events of {bucket} to a function of the attacker', acts(bucket, 's3:PutBucketNotification'), { power: 'invoke', on: bucket }, { ...hackTricks, techniques: ['T1546'] }),
  step('EN-kms-grant', 'gives itself a grant on {key}', acts(key, 'kms:CreateGrant'), { power: 'read', on: key }, { ...hackTricks, techniques: ['T1098'] }),
  step('EN-kms-keypolicy', 'rewrites the policy of {key}', acts(key, 'kms:PutKeyPolicy'), [{ power: 'read', on: key }, { power: 'disable', on: key }], { ...hackTricks, techniques: ['T1098'] }),
  step('decrypt-and-read', 'reads {place} with a key that it gave itself', [has('read', key), may('s3:GetObject', place), fact(place, 'encrypted with', key)], reads, docs),
  step('EN-secret-policy', 'rewrites the policy of {secret} to let itself in', [...acts(secret, 'secretsmanager:PutResourcePolicy'), decrypts(secret)], { power: 'read', on: secret }, { ...hackTricks, ...rewrites }),
  step('EN-ram', 'shares {resource} with an account of the attacker', acts(shareable, 'ram:CreateResourceShare'), { power: 'read', on: shareable }, shares),
  step('DM-s3vectors-policy', 'shares {bucket} with an outsider', acts(vectors, 's3vectors:PutVectorBucketPolicy'), [{ power: 'read', on: vectors }, { power: 'write', on: vectors }], shares),
  step('vectors-of-bucket', 'reads and writes {index} in {bucket}', [has('read', vectors), fact(index, 'part of', vectors)], [{ power: 'read', on: index }, { power: 'write', on: index }], docs),
]

const table = any('table', 'AWS::DynamoDB::Table')

/** Tables, item by item or whole. */
const tables = [
  ...['GetItem', 'Query', 'Scan', 'ExportTableToPointInTime'].map((action) => step(`read-table-${action.toLowerCase()}`, 'reads {table}', [may(`dynamodb:${action}`, table), decrypts(table)], { power: 'read', on: table }, docsOfTables)),
  ...['PutItem', 'UpdateItem'].map((action) => step(`write-table-${action.toLowerCase()}`, 'writes {table}', [may(`dynamodb:${action}`, table), encrypts(table)], { power: 'write', on: table }, { ...docsOfTables, techniques: ['T1565.001'] })),
]

/** Data made unusable. */
const lost = [
  step('DM-ransom-kms', 'schedules the deletion of {key}', acts(key, 'kms:ScheduleKeyDeletion'), { power: 'disable', on: key }, { techniques: ['T1485'] }),
  step('DM-ransom-sse-c', 'encrypts {place} again with a key of its own', [...acts(place, 's3:GetObject', 's3:PutObject'), decrypts(place)], { power: 'disable', on: place }, { techniques: ['T1486'] }),
]

export default [...plain, ...opened, ...tables, ...lost]
