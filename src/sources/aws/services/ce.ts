import { call, defineCollector } from '../collector.ts'
import { plainService } from '../plain/service.ts'

export default defineCollector({
  id: 'ce',
  prefix: 'ce',
  scope: 'global',
  client: plainService({ host: 'ce', json: ['AWSInsightsIndexService', '1.1'] }),
  token: { NextPageToken: 'NextPageToken' },
  resources: [{ type: 'AWS::CE::AnomalyMonitor', list: call('GetAnomalyMonitors'), items: 'AnomalyMonitors', arn: 'MonitorArn', name: 'MonitorName' }],
})
