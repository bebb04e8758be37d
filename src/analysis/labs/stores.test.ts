import { expect, test } from 'vitest'
import { account, allow, arn, bucket, but, policy, resource, role, trust, user, way } from './lab.ts'

const collection = resource('AWS::OpenSearchServerless::Collection', { Name: 'vectors', Type: 'VECTORSEARCH' }, { id: arn('aoss', 'collection/abcdefghij0123456789') })
const access = (...Principal: string[]) => resource('AWS::OpenSearchServerless::AccessPolicy', {
  Name: 'data', Type: 'data', Policy: JSON.stringify([{ Rules: [{ ResourceType: 'index', Resource: ['index/vectors/*'], Permission: ['aoss:ReadDocument', 'aoss:WriteDocument'] }], Principal }]),
})
const open = resource('AWS::OpenSearchServerless::SecurityPolicy', { Name: 'network', Type: 'network', Policy: JSON.stringify([{ Rules: [{ ResourceType: 'collection', Resource: ['collection/vectors'] }], AllowFromPublic: true }]) })
const base = resource('AWS::Bedrock::KnowledgeBase', {
  Name: 'handbook', KnowledgeBaseId: 'KBHANDBOOK', RoleArn: `${account}:role/base`, StorageConfiguration: { Type: 'OPENSEARCH_SERVERLESS', OpensearchServerlessConfiguration: { CollectionArn: arn('aoss', 'collection/abcdefghij0123456789') } },
}, { id: arn('bedrock', 'knowledge-base/KBHANDBOOK') })
const store = [collection, open, base, role('base', trust('bedrock.amazonaws.com'), allow('aoss:APIAccessAll'))]

test('DM-poison-kb-aoss: IAM alone does not open a vector store, its data access policy must name the principal', () => {
  const starter = user('starter', allow('aoss:APIAccessAll'))
  expect(way([...store, starter, access(`${account}:user/starter`)], 'starter', 'handbook', 'write')).toEqual(['DM-poison-kb-aoss', 'poison-vector-store'])
  expect(way([...store, starter, access(`${account}:role/base`)], 'starter', 'handbook', 'write')).toBeUndefined()
})

test('DM-aoss-selfgrant and DM-aoss-public: who may edit the policies of a vector store gets in', () => {
  const editor = user('starter', allow(['aoss:APIAccessAll', 'aoss:UpdateAccessPolicy']))
  expect(way([...store, editor, access(`${account}:role/base`)], 'starter', 'handbook', 'write')).toEqual(['DM-aoss-selfgrant', 'poison-vector-store'])
  const opener = user('starter', allow(['aoss:APIAccessAll', 'aoss:UpdateSecurityPolicy']))
  const inside = but(open, { Policy: JSON.stringify([{ Rules: [{ ResourceType: 'collection', Resource: ['collection/vectors'] }], AllowFromPublic: false, SourceVPCEs: ['vpce-1'] }]) })
  expect(way([collection, inside, base, opener, access(`${account}:user/starter`)], 'starter', 'vectors', 'read')).toEqual(['DM-aoss-public'])
  expect(way([collection, inside, base, user('starter', allow('aoss:APIAccessAll')), access(`${account}:role/base`)], 'starter', 'vectors', 'read')).toBeUndefined()
})

const model = (more: Readonly<Record<string, unknown>> = {}) => resource('AWS::SageMaker::Model', {
  ModelName: 'ranker', ExecutionRoleArn: `${account}:role/serving`, PrimaryContainer: { Image: '111122223333.dkr.ecr.us-east-1.amazonaws.com/serve:1', ModelDataUrl: 's3://ranker-models/live/', ...more },
})
const served = [
  resource('AWS::SageMaker::EndpointConfig', { EndpointConfigName: 'ranker', ProductionVariants: [{ VariantName: 'all', ModelName: 'ranker' }] }), resource('AWS::SageMaker::Endpoint', { EndpointName: 'ranker-live', EndpointConfigName: 'ranker' }),
  bucket('ranker-models'), role('serving', trust('sagemaker.amazonaws.com'), allow('s3:GetObject')),
]
const uploader = user('uploader', allow('s3:PutObject', 'arn:aws:s3:::ranker-models/live/*'))

test('MITRE ATLAS AML.T0018: served-model, an endpoint answers with the artifacts that somebody replaced; DM-replace-mme adds one to those it chooses from', () => {
  expect(way([model(), ...served, uploader], 'uploader', 'ranker-live', 'write')).toEqual(['write-object', 'DM-replace-artifact', 'served-model'])
  expect(way([model({ Mode: 'MultiModel' }), ...served, uploader], 'uploader', 'ranker-live', 'write')).toEqual(['write-object', 'DM-replace-mme'])
  expect(way([model(), ...served, user('uploader', allow('s3:PutObject', 'arn:aws:s3:::ranker-models/archive/*'))], 'uploader', 'ranker-live', 'write')).toBeUndefined()
})

test('EN-s3-replication: S3 copies a bucket as a role that may read it', () => {
  const starter = user('starter', allow('s3:PutReplicationConfiguration'), allow('iam:PassRole'))
  const reads = allow('s3:GetObjectVersionForReplication', 'arn:aws:s3:::ranker-models/*')
  expect(way([bucket('ranker-models'), role('copier', trust('s3.amazonaws.com'), reads), starter], 'starter', 'ranker-models', 'read')).toEqual(['EN-s3-replication'])
  expect(way([bucket('ranker-models'), role('copier', trust('s3.amazonaws.com'), allow('s3:GetObjectVersionForReplication', 'arn:aws:s3:::other/*')), starter], 'starter', 'ranker-models', 'read')).toBeUndefined()
  expect(way([bucket('ranker-models'), role('copier', trust('ec2.amazonaws.com'), reads), starter], 'starter', 'ranker-models', 'read')).toBeUndefined()
})

test('a registry group that another account may change changes the models deployed from it', () => {
  const group = resource('AWS::SageMaker::ModelPackageGroup', { ModelPackageGroupName: 'ranker', ModelPackageGroupPolicy: policy({ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::999988887777:root' }, Action: 'sagemaker:CreateModelPackage', Resource: '*' }) }, { id: arn('sagemaker', 'model-package-group/ranker') })
  expect(way([group], undefined, 'ranker', 'write')).toEqual(['DM-replace-registry'])
  expect(way([but(group, { ModelPackageGroupPolicy: policy({ Effect: 'Allow', Principal: { AWS: `${account}:root` }, Action: 'sagemaker:CreateModelPackage', Resource: '*' }) })], undefined, 'ranker', 'write')).toBeUndefined()
})
