import { call, defineCollector } from '../collector.ts'
import { metrics } from '../last-use.ts'

export default defineCollector({
  id: 'cloudwatch',
  prefix: 'cloudwatch',
  scope: 'region',
  client: metrics,
  page: { MaxRecords: 100 },
  tags: call('ListTagsForResource', { ResourceARN: '$arn' }),
  resources: [{ type: 'AWS::CloudWatch::Alarm', list: call('DescribeAlarms', {}, { with: { AlarmTypes: ['MetricAlarm'] } }), items: 'MetricAlarms', arn: 'AlarmArn', name: 'AlarmName', rename: { AlarmArn: 'Arn' } }],
})
