import { call, defineCollector } from '../collector.ts'

const account = { AccountId: '$account' }

export default [
  defineCollector({
    id: 's3-account',
    prefix: 's3',
    scope: 'global',
    client: () => import('@aws-sdk/client-s3-control'),
    resources: [{
      type: 'AWS::S3::AccountPublicAccessBlock',
      describe: call('GetPublicAccessBlock', account, { at: 'PublicAccessBlockConfiguration', permission: 's3:GetAccountPublicAccessBlock' }),
    }],
  }),
  defineCollector({
    id: 's3-access-points',
    prefix: 's3',
    scope: 'region',
    client: () => import('@aws-sdk/client-s3-control'),
    page: { MaxResults: 1000 },
    tags: call('ListTagsForResource', { ...account, ResourceArn: '$arn' }),
    resources: [{
      type: 'AWS::S3::AccessPoint',
      list: call('ListAccessPoints', account),
      items: 'AccessPointList',
      describe: call('GetAccessPoint', { ...account, Name: 'Name' }),
      more: [call('GetAccessPointPolicy', { ...account, Name: 'Name' }, { at: 'Policy', as: 'Policy' })],
      arn: 'AccessPointArn',
      name: 'Name',
    }],
  }),
]
