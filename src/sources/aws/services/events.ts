import { call, defineCollector } from '../collector.ts'

export default defineCollector({
  id: 'events',
  prefix: 'events',
  scope: 'region',
  client: () => import('@aws-sdk/client-eventbridge'),
  page: { Limit: 100 },
  tags: call('ListTagsForResource', { ResourceARN: '$arn' }),
  resources: [{
    type: 'AWS::Events::ApiDestination', list: call('ListApiDestinations'), items: 'ApiDestinations', arn: 'ApiDestinationArn', name: 'Name', rename: { ApiDestinationArn: 'Arn' },
  }, {
    type: 'AWS::Events::EventBus', list: call('ListEventBuses'), items: 'EventBuses', arn: 'Arn', name: 'Name',
    children: [{
      type: 'AWS::Events::Rule', list: call('ListRules', { EventBusName: '$parent/Name' }), items: 'Rules', arn: 'Arn', name: 'Name',
      more: [call('ListTargetsByRule', { Rule: 'Name', EventBusName: 'EventBusName' }, { at: 'Targets', as: 'Targets' })],
    }],
  }],
})
