import { call, defineCollector } from '../collector.ts'

export default defineCollector({
  id: 'textract',
  prefix: 'textract',
  scope: 'region',
  client: () => import('@aws-sdk/client-textract'),
  tags: call('ListTagsForResource', { ResourceARN: '$arn' }),
  resources: [
    {
      type: 'AWS::Textract::Adapter', list: call('ListAdapters'), items: 'Adapters', describe: call('GetAdapter', 'AdapterId'), name: 'AdapterName', arn: 'arn:{partition}:textract:{region}:{account}:/adapters/{AdapterId}',
      children: [{
        type: 'AWS::Textract::AdapterVersion', list: call('ListAdapterVersions', { AdapterId: '$parent/AdapterId' }), items: 'AdapterVersions',
        describe: call('GetAdapterVersion', ['AdapterId', 'AdapterVersion']), arn: 'arn:{partition}:textract:{region}:{account}:/adapters/{AdapterId}/versions/{AdapterVersion}', name: 'AdapterVersion',
      }],
    },
  ],
})
