import { call, defineCollector } from '../collector.ts'

/** Open findings of weight that are about AI: each names its resource. */
const severe = {
  Filters: {
    RecordState: [{ Value: 'ACTIVE', Comparison: 'EQUALS' }],
    WorkflowStatus: [{ Value: 'NEW', Comparison: 'EQUALS' }, { Value: 'NOTIFIED', Comparison: 'EQUALS' }],
    SeverityLabel: [{ Value: 'CRITICAL', Comparison: 'EQUALS' }, { Value: 'HIGH', Comparison: 'EQUALS' }],
    ResourceType: [{ Value: 'AwsSageMaker', Comparison: 'PREFIX' }, { Value: 'AwsBedrock', Comparison: 'PREFIX' }],
  },
}

export default defineCollector({
  id: 'securityhub',
  prefix: 'securityhub',
  scope: 'region',
  client: () => import('@aws-sdk/client-securityhub'),
  page: { MaxResults: 100 },
  tags: call('ListTagsForResource', { ResourceArn: '$arn' }),
  resources: [
    { type: 'AWS::SecurityHub::Hub', describe: call('DescribeHub', {}, { absent: ['InvalidAccessException'] }), arn: 'HubArn', rename: { HubArn: 'ARN' } },
    { type: 'AWS::SecurityHub::EnabledStandard', list: call('GetEnabledStandards', {}, { absent: ['InvalidAccessException'] }), items: 'StandardsSubscriptions', id: ['StandardsSubscriptionArn'], name: 'StandardsArn' },
    { type: 'AWS::SecurityHub::Finding', list: call('GetFindings', {}, { with: severe, absent: ['InvalidAccessException'] }), items: 'Findings', arn: 'Id', name: 'Title' },
  ],
})
