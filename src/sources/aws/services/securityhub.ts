import { call, defineCollector } from '../collector.ts'

export default defineCollector({
  id: 'securityhub',
  prefix: 'securityhub',
  scope: 'region',
  client: () => import('@aws-sdk/client-securityhub'),
  page: { MaxResults: 100 },
  resources: [
    { type: 'AWS::SecurityHub::Hub', describe: call('DescribeHub', {}, { absent: ['InvalidAccessException'] }), arn: 'HubArn', rename: { HubArn: 'ARN' } },
    { type: 'AWS::SecurityHub::EnabledStandard', list: call('GetEnabledStandards'), items: 'StandardsSubscriptions', id: ['StandardsSubscriptionArn'], name: 'StandardsArn' },
  ],
})
