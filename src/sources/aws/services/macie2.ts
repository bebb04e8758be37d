import { call, defineCollector } from '../collector.ts'

export default defineCollector({
  id: 'macie2',
  prefix: 'macie2',
  scope: 'region',
  client: () => import('@aws-sdk/client-macie2'),
  resources: [
    { type: 'AWS::Macie::Session', describe: call('GetMacieSession'), derive: (_, { account }) => ({ AwsAccountId: account }) },
    { type: 'AWS::Macie::AutomatedDiscoveryConfiguration', describe: call('GetAutomatedDiscoveryConfiguration') },
    { type: 'AWS::Macie::ClassificationJob', list: call('ListClassificationJobs'), items: 'items', describe: call('DescribeClassificationJob', 'jobId'), arn: 'jobArn', name: 'name' },
    {
      type: 'AWS::Macie::Finding', list: call('ListFindings', {}, { with: { findingCriteria: { criterion: { category: { eq: ['CLASSIFICATION'] } } }, maxResults: 50 } }), items: 'findingIds',
      describeMany: { operation: 'GetFindings', member: 'findingIds', from: '$', items: 'findings', size: 50 }, id: ['id'], name: 'title',
    },
  ],
})
