import { call, defineCollector } from '../collector.ts'
import type { Item } from '../collector.ts'

export default defineCollector({
  id: 'dynamodb',
  prefix: 'dynamodb',
  scope: 'region',
  client: () => import('@aws-sdk/client-dynamodb'),
  page: { Limit: 100 },
  tags: call('ListTagsOfResource', { ResourceArn: '$arn' }),
  resources: [{
    type: 'AWS::DynamoDB::Table', list: call('ListTables'), items: 'TableNames', describe: call('DescribeTable', { TableName: '$' }, { at: 'Table' }), arn: 'arn:{partition}:dynamodb:{region}:{account}:table/{$}', name: '$',
    rename: { TableArn: 'Arn', SSEDescription: 'SSESpecification', 'SSEDescription/KMSMasterKeyArn': 'KMSMasterKeyId' },
    derive: ({ $, SSEDescription, BillingModeSummary, TableClassSummary, LatestStreamArn }) => ({
      TableName: $, BillingMode: (BillingModeSummary as Item | undefined)?.['BillingMode'] ?? 'PROVISIONED', TableClass: (TableClassSummary as Item | undefined)?.['TableClass'], StreamArn: LatestStreamArn,
      ...(SSEDescription === undefined ? {} : { SSEDescription: { ...(SSEDescription as object), SSEEnabled: (SSEDescription as { Status?: string }).Status === 'ENABLED' } }) }),
  }],
})
