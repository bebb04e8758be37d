import { call, defineCollector } from '../collector.ts'

export default defineCollector({
  id: 'cloudtrail',
  prefix: 'cloudtrail',
  scope: 'region',
  client: () => import('@aws-sdk/client-cloudtrail'),
  resources: [
    {
      type: 'AWS::CloudTrail::Trail', list: call('DescribeTrails', {}, { with: { includeShadowTrails: false } }), items: 'trailList', arn: 'TrailARN', name: 'Name',
      rename: { Name: 'TrailName', TrailARN: 'Arn', LogFileValidationEnabled: 'EnableLogFileValidation', KmsKeyId: 'KMSKeyId' },
      more: [call('GetTrailStatus', { Name: 'TrailARN' }, { at: 'IsLogging', as: 'IsLogging' }), call('GetEventSelectors', { TrailName: 'TrailARN' }, { gives: ['EventSelectors', 'AdvancedEventSelectors'] })],
      tags: call('ListTags', { ResourceIdList: 'TrailARN[]' }, { at: 'ResourceTagList/0/TagsList' }),
    },
    { type: 'AWS::CloudTrail::EventDataStore', list: call('ListEventDataStores'), items: 'EventDataStores', describe: call('GetEventDataStore', { EventDataStore: 'EventDataStoreArn' }), arn: 'EventDataStoreArn', name: 'Name' },
  ],
})
