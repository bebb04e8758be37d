import { call, defineCollector } from '../collector.ts'

export default defineCollector({
  id: 'logs',
  prefix: 'logs',
  scope: 'region',
  client: () => import('@aws-sdk/client-cloudwatch-logs'),
  page: { limit: 50 },
  tags: call('ListTagsForResource', { resourceArn: '$arn' }, { at: 'tags' }),
  resources: [
    {
      type: 'AWS::Logs::LogGroup', list: call('DescribeLogGroups'), items: 'logGroups', arn: 'logGroupArn', name: 'logGroupName', 
      derive: ({ logGroupArn, arn, inheritedProperties }) => ({ logGroupArn: logGroupArn ?? (typeof arn === 'string' ? arn.replace(/:\*$/, '') : undefined), BartizanMasksByAccount: (inheritedProperties as readonly string[] | undefined)?.includes('ACCOUNT_DATA_PROTECTION') === true }),
      more: [call('GetDataProtectionPolicy', { logGroupIdentifier: 'logGroupName' }, { at: 'policyDocument', as: 'DataProtectionPolicy', when: ({ dataProtectionStatus }) => dataProtectionStatus === 'ACTIVATED' })],
    },
    { type: 'AWS::Logs::DeliverySource', list: call('DescribeDeliverySources'), items: 'deliverySources', arn: 'arn', name: 'name' },
    { type: 'AWS::Logs::ResourcePolicy', list: call('DescribeResourcePolicies'), items: 'resourcePolicies', id: ['policyName'], name: 'policyName' },
    { type: 'AWS::Logs::MetricFilter', list: call('DescribeMetricFilters'), items: 'metricFilters', id: ['logGroupName', 'filterName'], name: 'filterName' },
  ],
})
