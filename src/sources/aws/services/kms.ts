import { call, defineCollector } from '../collector.ts'

const isOwn = ({ KeyManager }: Readonly<Record<string, unknown>>) => KeyManager === 'CUSTOMER'

export default defineCollector({
  id: 'kms',
  prefix: 'kms',
  scope: 'region',
  client: () => import('@aws-sdk/client-kms'),
  page: { Limit: 100 },
  resources: [
    {
      type: 'AWS::KMS::Key', list: call('ListKeys', {}, { with: { Limit: 1000 } }), items: 'Keys', describe: call('DescribeKey', 'KeyId', { at: 'KeyMetadata' }), arn: 'KeyArn', name: 'KeyId', rename: { KeyRotationEnabled: 'EnableKeyRotation' },
      more: [
        call('GetKeyPolicy', 'KeyId', { with: { PolicyName: 'default' }, at: 'Policy', as: 'KeyPolicy' }),
        call('GetKeyRotationStatus', 'KeyId', { gives: ['EnableKeyRotation'], when: isOwn, absent: ['UnsupportedOperationException'] }),
        call('ListGrants', 'KeyId', { at: 'Grants', as: 'grants', when: isOwn }),
      ],
      tags: call('ListResourceTags', 'KeyId'),
      with: [{ type: 'AWS::KMS::Grant', items: 'grants', id: ['GrantId'], name: 'GrantId' }],
    },
    { type: 'AWS::KMS::Alias', list: call('ListAliases'), items: 'Aliases', keep: ({ TargetKeyId }) => TargetKeyId !== undefined, arn: 'AliasArn', name: 'AliasName' },
  ],
})
