import { call, defineCollector } from '../collector.ts'

export default defineCollector({
  id: 'secretsmanager',
  prefix: 'secretsmanager',
  scope: 'region',
  client: () => import('@aws-sdk/client-secrets-manager'),
  page: { MaxResults: 100 },
  resources: [{
    type: 'AWS::SecretsManager::Secret', list: call('ListSecrets'), items: 'SecretList', arn: 'ARN', name: 'Name', rename: { ARN: 'Id' }, createdAt: 'CreatedDate', lastUsedAt: 'LastAccessedDate',
    more: [call('GetResourcePolicy', { SecretId: 'ARN' }, { at: 'ResourcePolicy', as: 'ResourcePolicy' })],
    derive: ({ RotationEnabled }) => ({ BartizanRotationEnabled: RotationEnabled === true }),
    with: [{ type: 'AWS::SecretsManager::ResourcePolicy', when: ({ ResourcePolicy }) => ResourcePolicy !== undefined, id: ['ARN'], name: 'Name', derive: ({ ARN }) => ({ Id: `${String(ARN)}#policy`, SecretId: ARN }) }],
  }],
})
