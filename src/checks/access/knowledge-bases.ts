import { every, none, some } from '../../core/unknown.ts'
import { storagePlace } from '../../graph/storage.ts'
import type { EstateView } from '../../graph/view.ts'
import { defineCheck } from '../check.ts'
import type { Given } from '../check.ts'
import { allow, role, roleArn } from '../families/examples.ts'
import { roleNamed } from '../families/role-power.ts'
import { isCustomerKey } from '../families/customer-key.ts'
import { identityArn } from '../families/roles.ts'
import { KEY } from '../families/values.ts'

const SECRET = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:wiki-AbCdEf'
const secret = (KmsKeyId?: string): Given => ({ type: 'AWS::SecretsManager::Secret', id: SECRET, properties: { Name: 'wiki', ...(KmsKeyId === undefined ? {} : { KmsKeyId }) } })
const wiki = (AuthType: 'BASIC' | 'OAUTH2_CLIENT_CREDENTIALS') => ({
  Name: 'wiki', KnowledgeBaseId: 'KB12345678',
  DataSourceConfiguration: { Type: 'CONFLUENCE' as const, ConfluenceConfiguration: { SourceConfiguration: { AuthType, CredentialsSecretArn: SECRET, HostType: 'SAAS' as const, HostUrl: 'https://wiki.example.com' } } },
})
const pinecone = {
  Name: 'docs', RoleArn: roleArn('kb'), KnowledgeBaseConfiguration: { Type: 'VECTOR' as const },
  StorageConfiguration: { Type: 'PINECONE' as const, PineconeConfiguration: { ConnectionString: 'https://docs.example.com', CredentialsSecretArn: SECRET, FieldMapping: { MetadataField: 'm', TextField: 't' } } },
}
const base = { Name: 'docs', KnowledgeBaseId: 'KB12345678', RoleArn: roleArn('kb'), KnowledgeBaseConfiguration: { Type: 'VECTOR' as const } }
const documents: Given = {
  type: 'AWS::Bedrock::DataSource', properties: { Name: 'docs', KnowledgeBaseId: 'KB12345678', DataSourceConfiguration: { Type: 'S3', S3Configuration: { BucketArn: 'arn:aws:s3:::docs' } } },
}
const baseRole = (action: string | readonly string[]) => role('kb', 'bedrock.amazonaws.com', allow(action, ['arn:aws:s3:::docs', 'arn:aws:s3:::docs/*']))

/** Whether the secret that a value names is encrypted with a key of the customer's; one that is not in the estate is for others to judge. */
const isKeyed = (estate: EstateView, reference: string | undefined): boolean => {
  const found = estate.find('AWS::SecretsManager::Secret', reference)
  return found === undefined || isCustomerKey(found.properties.KmsKeyId)
}

const connector = {
  id: 'bedrock-kb-connector-secret', risk: 'weak-iam', severity: 'medium',
  why: 'Whoever gets hold of it reads the whole source as the connector does, past everything that the knowledge base holds back.',
} as const

export default [
  defineCheck({
    ...connector, on: 'AWS::Bedrock::DataSource',
    title: 'The connector signs on with a password, or its secret has no customer managed key',
    fix: { text: 'Use an OAuth client instead of BASIC, and encrypt the secret with a customer managed KMS key.' },
    when: ({ DataSourceConfiguration: { ConfluenceConfiguration: confluence, SalesforceConfiguration: salesforce, SharePointConfiguration: sharePoint } }) =>
      [confluence, salesforce, sharePoint].some((one) => one !== undefined),
    requires: ({ DataSourceConfiguration: { ConfluenceConfiguration: confluence, SalesforceConfiguration: salesforce, SharePointConfiguration: sharePoint } }, estate) =>
      every([confluence, salesforce, sharePoint], (one) => one === undefined ||
        (one.SourceConfiguration.AuthType !== 'BASIC' && isKeyed(estate, one.SourceConfiguration.CredentialsSecretArn))),
    fails: [{ ...wiki('BASIC'), given: [secret(KEY)] }, { ...wiki('OAUTH2_CLIENT_CREDENTIALS'), given: [secret()] }],
    passes: [{ ...wiki('OAUTH2_CLIENT_CREDENTIALS'), given: [secret(KEY)] }],
  }),
  defineCheck({
    ...connector, on: 'AWS::Bedrock::KnowledgeBase',
    title: 'The secret of the vector store has no customer managed key',
    fix: { text: 'Encrypt the secret with a customer managed KMS key that only the role of the knowledge base may use.' },
    when: ({ StorageConfiguration: store }) => [store?.PineconeConfiguration, store?.MongoDbAtlasConfiguration, store?.RdsConfiguration].some((one) => one !== undefined),
    requires: ({ StorageConfiguration: store }, estate) => every([store?.PineconeConfiguration, store?.MongoDbAtlasConfiguration, store?.RdsConfiguration], (one) =>
      one === undefined || isKeyed(estate, one.CredentialsSecretArn)),
    fails: [{ ...pinecone, given: [secret()] }],
    passes: [{ ...pinecone, given: [secret(KEY)] }],
  }),
  defineCheck({
    id: 'bedrock-kb-retrieval-scope', on: 'AWS::Bedrock::KnowledgeBase',
    title: 'Role of the knowledge base can change the documents that it answers from',
    risk: 'weak-iam', severity: 'medium',
    why: 'Retrieval has to read; what can write plants documents that every later answer trusts.',
    fix: { text: 'Leave the role s3:GetObject and s3:ListBucket on its sources, with a condition on aws:ResourceAccount.' },
    when: ({ RoleArn }, estate) => roleNamed(estate, RoleArn) !== undefined,
    requires: ({ KnowledgeBaseId, RoleArn }, estate) => {
      const found = roleNamed(estate, RoleArn)
      return found === undefined || none(estate.all('AWS::Bedrock::DataSource'), ({ properties: { KnowledgeBaseId: of, DataSourceConfiguration: source } }) => {
        const place = of === KnowledgeBaseId || of === estate.self.id ? storagePlace(source.S3Configuration?.BucketArn) : undefined
        return place !== undefined && some(['s3:PutObject', 's3:DeleteObject'], (action) => estate.can(identityArn(found), action, `arn:${estate.partition}:s3:::${place.bucket}/*`))
      })
    },
    fails: [{ ...base, given: [documents, baseRole('s3:*')] }],
    passes: [{ ...base, given: [documents, baseRole(['s3:GetObject', 's3:ListBucket'])] }],
  }),
]
