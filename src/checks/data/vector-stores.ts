import { every, none, some } from '../../core/unknown.ts'
import type { EstateView } from '../../graph/view.ts'
import type { ResourceTypes } from '../../model/types.gen.ts'
import { defineCheck } from '../check.ts'
import type { Given } from '../check.ts'
import { isCustomerKey } from '../families/customer-key.ts'
import { ACCOUNT, REGION, STRANGER, policy } from '../families/examples.ts'
import { isOpen } from '../families/outside.ts'
import { jsonOf, listOf } from '../families/policy-text.ts'
import { KEY, ROLE } from '../families/values.ts'

type Base = ResourceTypes['AWS::Bedrock::KnowledgeBase']

/** A rule of a network or encryption policy of OpenSearch Serverless. */
interface Block {
  readonly Rules?: readonly { readonly ResourceType?: string, readonly Resource?: readonly string[] }[]
  readonly AllowFromPublic?: boolean
  readonly AWSOwnedKey?: boolean
  readonly KmsARN?: string
}

const blocksOf = (policyText: unknown): readonly Block[] => listOf(jsonOf(policyText) as Block | readonly Block[] | undefined)

const speaksOf = (block: Block, collection: string): boolean => some(block.Rules, (rule) => rule.ResourceType === 'collection' && some(rule.Resource, (pattern) => {
  const name = pattern.slice(pattern.indexOf('/') + 1)
  return name.endsWith('*') ? collection.startsWith(name.slice(0, -1)) : name === collection
}))

/** Whether a policy speaks of a collection of vectors. */
const holdsVectors = (block: Block, estate: EstateView): boolean =>
  some(estate.all('AWS::OpenSearchServerless::Collection'), ({ name, properties }) => properties.Type === 'VECTORSEARCH' && speaksOf(block, name))

const rules = [{ ResourceType: 'collection', Resource: ['collection/handbook'] }]
const securityPolicy = (Type: 'network' | 'encryption', block: object) => ({ Name: 'handbook', Type, Policy: JSON.stringify(Type === 'network' ? [{ Rules: rules, ...block }] : { Rules: rules, ...block }) })
const collection: Given = {
  type: 'AWS::OpenSearchServerless::Collection', id: `arn:aws:aoss:${REGION}:${ACCOUNT}:collection/abcdef0123456789`, properties: { Name: 'handbook', Type: 'VECTORSEARCH' },
}
const asGiven = (type: Given['type'], properties: object): Given => ({ type, properties: { ...properties } })
const base = (StorageConfiguration: NonNullable<Base['StorageConfiguration']>) => ({
  Name: 'handbook', RoleArn: ROLE, StorageConfiguration,
  KnowledgeBaseConfiguration: { Type: 'VECTOR' as const, VectorKnowledgeBaseConfiguration: { EmbeddingModelArn: `arn:aws:bedrock:${REGION}::foundation-model/amazon.titan-embed-text-v2:0` } },
})
const fields = { TextField: 'text', MetadataField: 'meta', VectorField: 'vector' }
const onServerless = base({ Type: 'OPENSEARCH_SERVERLESS', OpensearchServerlessConfiguration: { CollectionArn: collection.id!, VectorIndexName: 'v', FieldMapping: fields } })
const clusterArn = `arn:aws:rds:${REGION}:${ACCOUNT}:cluster:vectors`
const onAurora = base({ Type: 'RDS', RdsConfiguration: {
  ResourceArn: clusterArn, CredentialsSecretArn: `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:vectors-AbCdEf`, DatabaseName: 'kb', TableName: 'chunks',
  FieldMapping: { PrimaryKeyField: 'id', ...fields },
} })
const graphArn = `arn:aws:neptune-graph:${REGION}:${ACCOUNT}:graph/g-0123456789`
const onNeptune = base({ Type: 'NEPTUNE_ANALYTICS', NeptuneAnalyticsConfiguration: { GraphArn: graphArn, FieldMapping: { TextField: 'text', MetadataField: 'meta' } } })
const cluster = (properties: object): Given => ({ type: 'AWS::RDS::DBCluster', id: clusterArn, properties: { DBClusterIdentifier: 'vectors', ...properties } })
const instance = (PubliclyAccessible: boolean): Given =>
  ({ type: 'AWS::RDS::DBInstance', id: `arn:aws:rds:${REGION}:${ACCOUNT}:db:vectors-1`, properties: { DBInstanceIdentifier: 'vectors-1', DBClusterIdentifier: 'vectors', PubliclyAccessible } })
const graph = (PublicConnectivity: boolean): Given => ({ type: 'AWS::NeptuneGraph::Graph', id: graphArn, properties: { ProvisionedMemory: 128, PublicConnectivity } })
const vectorBucket: Given = { type: 'AWS::S3Vectors::VectorBucket', id: `arn:aws:s3vectors:${REGION}:${ACCOUNT}:bucket/handbook`, properties: { VectorBucketName: 'handbook' } }
const sharedWith = (account: string, action: string) => policy({ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: action, Resource: `${vectorBucket.id}/*` })
const safeDomain = {
  DomainName: 'vectors', UseCase: 'VECTOR' as const, VPCOptions: { SubnetIds: ['subnet-0a1b2c3d4e5f60718'] }, EncryptionAtRestOptions: { Enabled: true },
  NodeToNodeEncryptionOptions: { Enabled: true }, DomainEndpointOptions: { EnforceHTTPS: true },
}

const bucketOf = (attached: ResourceTypes['AWS::S3Vectors::VectorBucketPolicy'], estate: EstateView): string | undefined =>
  attached.VectorBucketArn ?? estate.find('AWS::S3Vectors::VectorBucket', attached.VectorBucketName)?.arn

const clusterOf = ({ StorageConfiguration: storage }: Base, estate: EstateView) => estate.find('AWS::RDS::DBCluster', storage?.RdsConfiguration?.ResourceArn)

const graphOf = ({ StorageConfiguration: storage }: Base, estate: EstateView) => estate.find('AWS::NeptuneGraph::Graph', storage?.NeptuneAnalyticsConfiguration?.GraphArn)

export default [
  defineCheck({
    id: 'aoss-collection-public', on: 'AWS::OpenSearchServerless::SecurityPolicy', risk: 'privacy-violation', severity: 'high',
    title: 'A network policy opens a collection of vectors to the internet',
    why: 'A stolen key or one data access policy that is too wide is then enough to read or poison the vectors from anywhere.',
    fix: { text: 'Set AllowFromPublic to false and name VPC endpoints in SourceVPCEs, and bedrock.amazonaws.com in SourceServices.' },
    also: ['cloudsploit:opensearchCollectionPublicAccess', 'awsaiml:FS-26'],
    when: (security, estate) => security.Type === 'network' && some(blocksOf(security.Policy), (block) => holdsVectors(block, estate)),
    requires: (security, estate) => none(blocksOf(security.Policy), (block) => block.AllowFromPublic === true && holdsVectors(block, estate)),
    fails: [{ ...securityPolicy('network', { AllowFromPublic: true }), given: [collection] }],
    passes: [{ ...securityPolicy('network', { AllowFromPublic: false, SourceServices: ['bedrock.amazonaws.com'] }), given: [collection] }],
  }),
  defineCheck({
    id: 'aoss-collection-public', on: 'AWS::Bedrock::KnowledgeBase', risk: 'privacy-violation', severity: 'high',
    title: 'The vectors of the knowledge base can be reached from the internet',
    why: 'A stolen key or one data access policy that is too wide is then enough to read or poison the vectors from anywhere.',
    fix: { text: 'Give the collection a network policy without AllowFromPublic that names bedrock.amazonaws.com in SourceServices.' },
    also: ['cloudsploit:opensearchCollectionPublicAccess', 'awsaiml:FS-26'],
    when: ({ StorageConfiguration: storage }, estate) => estate.find('AWS::OpenSearchServerless::Collection', storage?.OpensearchServerlessConfiguration?.CollectionArn) !== undefined,
    requires: ({ StorageConfiguration: storage }, estate) => {
      const found = estate.find('AWS::OpenSearchServerless::Collection', storage?.OpensearchServerlessConfiguration?.CollectionArn)
      return found === undefined || estate.exposure(found) === undefined
    },
    fails: [{ ...onServerless, given: [collection, asGiven('AWS::OpenSearchServerless::SecurityPolicy', securityPolicy('network', { AllowFromPublic: true }))] }],
    passes: [{ ...onServerless, given: [collection, asGiven('AWS::OpenSearchServerless::SecurityPolicy', securityPolicy('network', { AllowFromPublic: false }))] }],
  }),
  defineCheck({
    id: 'aoss-collection-no-cmk', on: 'AWS::OpenSearchServerless::SecurityPolicy', risk: 'insufficient-encryption', severity: 'medium',
    title: 'A collection of vectors is encrypted with a key that AWS owns',
    why: 'Without a key of your own nobody here can limit, audit or withdraw who decrypts the vectors and the text beside them.',
    fix: { text: 'Name a customer managed KMS key in KmsARN of the encryption policy before the collection is made.' },
    also: [
      'cloudsploit:opensearchCollectionCmkEncrypted', 'awsaiml:FS-25',
      'conformancepack:opensearch-serverless-customer-kms'
    ],
    when: (security, estate) => security.Type === 'encryption' && some(blocksOf(security.Policy), (block) => holdsVectors(block, estate)),
    requires: (security) => every(blocksOf(security.Policy), (block) => block.AWSOwnedKey !== true && isCustomerKey(block.KmsARN)),
    fails: [{ ...securityPolicy('encryption', { AWSOwnedKey: true }), given: [collection] }],
    passes: [{ ...securityPolicy('encryption', { AWSOwnedKey: false, KmsARN: KEY }), given: [collection] }],
  }),
  defineCheck({
    id: 'aoss-collection-no-cmk', on: 'AWS::OpenSearchServerless::Collection', risk: 'insufficient-encryption', severity: 'medium',
    title: 'The collection of vectors is encrypted with a key that AWS owns',
    why: 'Without a key of your own nobody here can limit, audit or withdraw who decrypts the vectors and the text beside them.',
    fix: { text: 'Make the collection again under an encryption policy, or with an EncryptionConfig, that names a customer managed key.' },
    also: [
      'cloudsploit:opensearchCollectionCmkEncrypted', 'awsaiml:FS-25',
      'conformancepack:opensearch-serverless-customer-kms'
    ],
    when: (found) => found.Type === 'VECTORSEARCH',
    requires: (found, estate) => isCustomerKey(found.EncryptionConfig?.KmsKeyArn) || some(estate.all('AWS::OpenSearchServerless::SecurityPolicy'), ({ properties }) =>
      properties.Type === 'encryption' && some(blocksOf(properties.Policy), (block) => isCustomerKey(block.KmsARN) && speaksOf(block, found.Name))),
    fails: [{ Name: 'handbook', Type: 'VECTORSEARCH' }, { Name: 'handbook', Type: 'VECTORSEARCH', given: [asGiven('AWS::OpenSearchServerless::SecurityPolicy', securityPolicy('encryption', { AWSOwnedKey: true }))] }],
    passes: [
      { Name: 'handbook', Type: 'VECTORSEARCH', EncryptionConfig: { KmsKeyArn: KEY } },
      { Name: 'handbook', Type: 'VECTORSEARCH', given: [asGiven('AWS::OpenSearchServerless::SecurityPolicy', securityPolicy('encryption', { KmsARN: KEY }))] },
    ],
  }),
  defineCheck({
    id: 'opensearch-domain-vector-insecure', on: 'AWS::OpenSearchService::Domain', risk: 'insufficient-encryption', severity: 'high',
    title: 'A domain that holds vectors is public or not encrypted everywhere',
    why: 'Vectors and the text beside them can be read on the internet, on the network or from the disks.',
    fix: {
      text: 'Put the domain in a VPC, turn on encryption at rest and between nodes, and enforce HTTPS.',
      set: { EncryptionAtRestOptions: { Enabled: true }, NodeToNodeEncryptionOptions: { Enabled: true }, DomainEndpointOptions: { EnforceHTTPS: true } },
    },
    also: ['checkov:CKV_AWS_137', 'checkov:CKV_AWS_247', 'checkov:CKV2_AWS_52', 'config:opensearch-in-vpc-only'],
    when: (domain, estate) => domain.UseCase === 'VECTOR' || some(estate.all('AWS::Bedrock::KnowledgeBase'), ({ properties: { StorageConfiguration: storage } }) =>
      storage?.OpensearchManagedClusterConfiguration !== undefined && estate.find('AWS::OpenSearchService::Domain', storage.OpensearchManagedClusterConfiguration.DomainArn)?.id === estate.self.id),
    requires: (domain) => domain.VPCOptions !== undefined && domain.EncryptionAtRestOptions?.Enabled === true &&
      domain.NodeToNodeEncryptionOptions?.Enabled === true && domain.DomainEndpointOptions?.EnforceHTTPS === true,
    fails: [
      { ...safeDomain, VPCOptions: undefined }, { ...safeDomain, EncryptionAtRestOptions: undefined }, { ...safeDomain, NodeToNodeEncryptionOptions: { Enabled: false } },
      { ...safeDomain, DomainEndpointOptions: { EnforceHTTPS: false } },
    ],
    passes: [safeDomain],
  }),
  defineCheck({
    id: 's3vectors-bucket-policy-external', on: 'AWS::S3Vectors::VectorBucketPolicy', risk: 'data-poisoning', severity: 'critical',
    title: 'Somebody outside can read or write the vectors',
    why: 'Text can be recovered from vectors that are read; vectors that are written are retrieved as truth.',
    fix: { text: 'Take the foreign or public principals out of the policy of the vector bucket.' },
    when: (attached, estate) => bucketOf(attached, estate) !== undefined,
    requires: (attached, estate) => !isOpen(estate, ['s3vectors:GetVectors', 's3vectors:QueryVectors', 's3vectors:PutVectors'], `${bucketOf(attached, estate)}/index/*`),
    fails: [
      { VectorBucketName: 'handbook', VectorBucketArn: vectorBucket.id!, Policy: sharedWith(STRANGER, 's3vectors:*'), given: [vectorBucket] },
      { VectorBucketName: 'handbook', VectorBucketArn: vectorBucket.id!, Policy: sharedWith(STRANGER, 's3vectors:PutVectors'), given: [vectorBucket] },
    ],
    passes: [{ VectorBucketName: 'handbook', VectorBucketArn: vectorBucket.id!, Policy: sharedWith(ACCOUNT, 's3vectors:QueryVectors'), given: [vectorBucket] }],
  }),
  defineCheck({
    id: 'rds-neptune-vector-store-insecure', on: 'AWS::Bedrock::KnowledgeBase', risk: 'insufficient-encryption', severity: 'high',
    title: 'The database of the vectors is public or not encrypted',
    why: 'Vectors and the text beside them can be attacked from the internet, or read from a snapshot.',
    fix: { text: 'Set StorageEncrypted on the cluster and PubliclyAccessible or PublicConnectivity to false.' },
    when: (kb, estate) => clusterOf(kb, estate) !== undefined || graphOf(kb, estate) !== undefined,
    requires: (kb, estate) => {
      const aurora = clusterOf(kb, estate)
      if (aurora === undefined) return graphOf(kb, estate)?.properties.PublicConnectivity !== true
      return aurora.properties.StorageEncrypted === true && aurora.properties.PubliclyAccessible !== true &&
        none(estate.all('AWS::RDS::DBInstance'), ({ properties }) => properties.DBClusterIdentifier === aurora.name && properties.PubliclyAccessible === true)
    },
    fails: [
      { ...onAurora, given: [cluster({ StorageEncrypted: false })] },
      { ...onAurora, given: [cluster({ StorageEncrypted: true }), instance(true)] },
      { ...onNeptune, given: [graph(true)] },
    ],
    passes: [{ ...onAurora, given: [cluster({ StorageEncrypted: true }), instance(false)] }, { ...onNeptune, given: [graph(false)] }],
  }),
]
