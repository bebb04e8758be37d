import { every, some } from '../../core/unknown.ts'
import type { ResourceTypes } from '../../model/types.gen.ts'
import { defineCheck } from '../check.ts'
import { ACCOUNT, STRANGER } from '../families/examples.ts'
import { isOwnBucket } from '../families/own-buckets.ts'
import { ROLE } from '../families/values.ts'

type Configuration = ResourceTypes['AWS::Bedrock::DataSource']['DataSourceConfiguration']
type Storage = NonNullable<ResourceTypes['AWS::Bedrock::KnowledgeBase']['StorageConfiguration']>

const source = (DataSourceConfiguration: Configuration) => ({ Name: 'handbook', KnowledgeBaseId: 'KB12345678', DataSourceConfiguration })
const bucket = (owner?: string) => source({ Type: 'S3', S3Configuration: { BucketArn: 'arn:aws:s3:::handbook', ...(owner === undefined ? {} : { BucketOwnerAccountId: owner }) } })
const web = (url: string, CrawlerConfiguration: object) => source({
  Type: 'WEB', WebConfiguration: { SourceConfiguration: { UrlConfiguration: { SeedUrls: [{ Url: url }] } }, CrawlerConfiguration },
})
const base = (StorageConfiguration: Storage) => ({
  Name: 'handbook', RoleArn: ROLE, StorageConfiguration,
  KnowledgeBaseConfiguration: { Type: 'VECTOR' as const, VectorKnowledgeBaseConfiguration: { EmbeddingModelArn: 'arn:aws:bedrock:us-east-1::foundation-model/amazon.titan-embed-text-v2:0' } },
})
const secret = `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:vectors-AbCdEf`
const fields = { TextField: 'text', MetadataField: 'meta' }
const atlas = {
  Endpoint: 'cluster.abcde.mongodb.net', CredentialsSecretArn: secret, DatabaseName: 'kb', CollectionName: 'chunks', VectorIndexName: 'v',
  FieldMapping: { ...fields, VectorField: 'vector' },
}
const ingestion = (status: 'COMPLETE' | 'FAILED', StartedAt: string) => ({
  type: 'AWS::Bedrock::IngestionJob' as const, id: `job-${StartedAt}`, properties: { KnowledgeBaseId: 'KB12345678', DataSourceId: 'DS12345678', Status: status, StartedAt },
})

export default [
  defineCheck({
    id: 'bedrock-kb-source-external-account', on: 'AWS::Bedrock::DataSource', risk: 'data-poisoning', severity: 'high',
    title: 'The documents of the knowledge base lie in a bucket of somebody else',
    why: 'The owner of the bucket decides what the knowledge base answers; a bucket that was deleted can be claimed by anyone.',
    fix: { text: 'Use a bucket of your own, and pin its owner in S3Configuration.BucketOwnerAccountId.' },
    when: (data) => data.DataSourceConfiguration.S3Configuration !== undefined,
    requires: ({ DataSourceConfiguration: { S3Configuration: place } }, estate) => (place?.BucketOwnerAccountId === undefined
      ? isOwnBucket(place?.BucketArn, estate)
      : estate.isOurs(place.BucketOwnerAccountId)),
    fails: [bucket(STRANGER), bucket()],
    passes: [bucket(ACCOUNT), { ...bucket(), given: [{ type: 'AWS::S3::Bucket', properties: { BucketName: 'handbook' } }] }],
  }),
  defineCheck({
    id: 'bedrock-kb-web-crawler-broad', on: 'AWS::Bedrock::DataSource', risk: 'data-poisoning', severity: 'medium',
    title: 'The web crawler of the knowledge base strays, or fetches pages without TLS',
    why: 'Any page it indexes can carry instructions to the agents that read it.',
    fix: { text: 'Set Scope to HOST_ONLY or name InclusionFilters, and seed with https URLs only.' },
    when: (data) => data.DataSourceConfiguration.WebConfiguration !== undefined,
    requires: ({ DataSourceConfiguration: { WebConfiguration: config } }) => {
      const crawler = config?.CrawlerConfiguration
      return every(config?.SourceConfiguration.UrlConfiguration.SeedUrls, ({ Url }) => !Url.startsWith('http://')) &&
        (crawler?.Scope === 'HOST_ONLY' || some(crawler?.InclusionFilters, () => true))
    },
    fails: [web('https://docs.example.com', { Scope: 'SUBDOMAINS' }), web('https://docs.example.com', {}), web('http://docs.example.com', { Scope: 'HOST_ONLY' })],
    passes: [web('https://docs.example.com', { Scope: 'HOST_ONLY' }), web('https://docs.example.com', { Scope: 'SUBDOMAINS', InclusionFilters: ['https://docs\\.example\\.com/.*'] })],
  }),
  defineCheck({
    id: 'bedrock-kb-third-party-vector-store', on: 'AWS::Bedrock::KnowledgeBase', risk: 'privacy-violation', severity: 'medium',
    title: 'The vectors of the knowledge base leave AWS over the internet',
    why: 'Vectors and the text beside them are kept by another company, past the network controls of the account.',
    fix: { text: 'Keep the vectors in AWS, or reach MongoDB Atlas through PrivateLink with EndpointServiceName.' },
    when: (kb) => kb.StorageConfiguration !== undefined,
    requires: ({ StorageConfiguration: storage }) =>
      storage?.PineconeConfiguration === undefined && (storage?.MongoDbAtlasConfiguration === undefined || storage.MongoDbAtlasConfiguration.EndpointServiceName !== undefined),
    fails: [
      base({ Type: 'PINECONE', PineconeConfiguration: { ConnectionString: 'https://kb.svc.pinecone.io', CredentialsSecretArn: secret, FieldMapping: fields } }),
      base({ Type: 'MONGO_DB_ATLAS', MongoDbAtlasConfiguration: atlas }),
    ],
    passes: [base({ Type: 'MONGO_DB_ATLAS', MongoDbAtlasConfiguration: { ...atlas, EndpointServiceName: 'com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d4e5f60718' } })],
  }),
  defineCheck({
    id: 'bedrock-kb-sync-stale', on: 'AWS::Bedrock::DataSource', risk: 'data-poisoning', severity: 'low',
    title: 'The last sync of the data source failed',
    why: 'Documents that were withdrawn or corrected since still answer questions.',
    fix: { text: 'Read the failure reasons of the ingestion job, mend them and sync again.' },
    also: ['awsaiml:FS-31', 'awsaiml:FS-61', 'conformancepack:aiml-bedrock-datasource-no-failures'],
    when: (data, estate) => some(estate.all('AWS::Bedrock::IngestionJob'), (job) => job.properties.DataSourceId === data.DataSourceId),
    requires: (data, estate) => {
      const jobs = estate.all('AWS::Bedrock::IngestionJob').map(({ properties }) => properties).filter((job) => job.DataSourceId === data.DataSourceId)
      const last = jobs.reduce((a, b) => ((b.StartedAt ?? '') > (a.StartedAt ?? '') ? b : a))
      return last.Status !== 'FAILED'
    },
    fails: [{ ...bucket(ACCOUNT), DataSourceId: 'DS12345678', given: [ingestion('COMPLETE', '2026-01-01T00:00:00Z'), ingestion('FAILED', '2026-01-02T00:00:00Z')] }],
    passes: [{ ...bucket(ACCOUNT), DataSourceId: 'DS12345678', given: [ingestion('FAILED', '2026-01-01T00:00:00Z'), ingestion('COMPLETE', '2026-01-02T00:00:00Z')] }],
  }),
]
