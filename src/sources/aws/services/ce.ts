import { call, defineCollector } from '../collector.ts'

export default defineCollector({
  id: 'ce',
  prefix: 'ce',
  scope: 'global',
  client: () => import('@aws-sdk/client-cost-explorer'),
  tags: call('ListTagsForResource', { ResourceArn: '$arn' }, { at: 'ResourceTags' }),
  resources: [{ type: 'AWS::CE::AnomalyMonitor', list: call('GetAnomalyMonitors'), items: 'AnomalyMonitors', arn: 'MonitorArn', name: 'MonitorName' }],
})
