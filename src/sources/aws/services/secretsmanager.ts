import { aiInVariables, aiProperties } from '../../ai-use.ts'
import { call, defineCollector } from '../collector.ts'

/** A secret's name in the spelling of a variable: `prod/openai-api-key` has `OPENAI_API_KEY` in it. */
const asVariables = (name: string) => Object.fromEntries(name.split(/[/.]/).map((part) => [part.toUpperCase().replaceAll('-', '_'), '']))

export default defineCollector({
  id: 'secretsmanager',
  prefix: 'secretsmanager',
  scope: 'region',
  client: () => import('@aws-sdk/client-secrets-manager'),
  page: { MaxResults: 100 },
  resources: [{
    type: 'AWS::SecretsManager::Secret', list: call('ListSecrets'), items: 'SecretList', arn: 'ARN', name: 'Name', rename: { ARN: 'Id' }, createdAt: 'CreatedDate', lastUsedAt: 'LastAccessedDate',
    more: [call('GetResourcePolicy', { SecretId: 'ARN' }, { at: 'ResourcePolicy', as: 'ResourcePolicy' })],
    derive: ({ Name, RotationEnabled }) => ({ BartizanRotationEnabled: RotationEnabled === true, ...aiProperties(aiInVariables(asVariables(String(Name)))) }),
    with: [{ type: 'AWS::SecretsManager::ResourcePolicy', when: ({ ResourcePolicy }) => ResourcePolicy !== undefined, id: ['ARN'], name: 'Name', derive: ({ ARN }) => ({ Id: `${String(ARN)}#policy`, SecretId: ARN }) }],
  }],
})
