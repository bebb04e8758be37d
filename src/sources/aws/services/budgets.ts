import { call, defineCollector } from '../collector.ts'

export default defineCollector({
  id: 'budgets',
  prefix: 'budgets',
  scope: 'global',
  client: () => import('@aws-sdk/client-budgets'),
  page: { MaxResults: 100 },
  tags: call('ListTagsForResource', { ResourceARN: '$arn' }, { at: 'ResourceTags' }),
  resources: [{
    type: 'AWS::Budgets::Budget', list: call('DescribeBudgets', { AccountId: '$account' }, { permission: 'budgets:ViewBudget' }), items: 'Budgets', arn: 'arn:{partition}:budgets::{account}:budget/{BudgetName}', name: 'BudgetName',
    derive: (budget) => ({ Budget: { ...budget } }),
  }],
})
