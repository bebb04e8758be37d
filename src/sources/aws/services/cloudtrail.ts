import { call, defineCollector } from '../collector.ts'

export default defineCollector({
  id: 'cloudtrail',
  prefix: 'cloudtrail',
  scope: 'region',
  client: () => import('@aws-sdk/client-cloudtrail'),
  tags: call('ListTags', { ResourceIdList: '$arn[]' }, { at: 'ResourceTagList/0/TagsList' }),
  resources: [
    {
      type: 'AWS::CloudTrail::Trail', list: call('DescribeTrails', {}, { with: { includeShadowTrails: false } }), items: 'trailList', arn: 'TrailARN', name: 'Name',
      rename: { Name: 'TrailName', TrailARN: 'Arn', LogFileValidationEnabled: 'EnableLogFileValidation', KmsKeyId: 'KMSKeyId' },
      more: [call('GetTrailStatus', { Name: 'TrailARN' }, { at: 'IsLogging', as: 'IsLogging' }), call('GetEventSelectors', { TrailName: 'TrailARN' }, { gives: ['EventSelectors', 'AdvancedEventSelectors'] })],
    },
    { type: 'AWS::CloudTrail::EventDataStore', list: call('ListEventDataStores'), items: 'EventDataStores', describe: call('GetEventDataStore', { EventDataStore: 'EventDataStoreArn' }), arn: 'EventDataStoreArn', name: 'Name' },
  ],
})
