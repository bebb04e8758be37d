import { call, defineCollector } from '../collector.ts'

export default defineCollector({
  id: 'athena',
  prefix: 'athena',
  scope: 'region',
  client: () => import('@aws-sdk/client-athena'),
  page: { MaxResults: 50 },
  resources: [{
    type: 'AWS::Athena::WorkGroup', list: call('ListWorkGroups'), items: 'WorkGroups', describe: call('GetWorkGroup', { WorkGroup: 'Name' }, { at: 'WorkGroup' }), arn: 'arn:{partition}:athena:{region}:{account}:workgroup/{Name}', name: 'Name',
    rename: { Configuration: 'WorkGroupConfiguration' }, tags: call('ListTagsForResource', { ResourceARN: 'arn:{partition}:athena:{region}:{account}:workgroup/{Name}' }),
  }],
})
