import { call, defineCollector } from '../collector.ts'

const severe = { filterCriteria: { severity: [{ comparison: 'EQUALS', value: 'CRITICAL' }, { comparison: 'EQUALS', value: 'HIGH' }], findingStatus: [{ comparison: 'EQUALS', value: 'ACTIVE' }] } }

export default defineCollector({
  id: 'inspector2',
  prefix: 'inspector2',
  scope: 'region',
  client: () => import('@aws-sdk/client-inspector2'),
  page: { maxResults: 100 },
  resources: [
    { type: 'AWS::InspectorV2::AccountStatus', describe: call('BatchGetAccountStatus', {}, { at: 'accounts/0' }) },
    { type: 'AWS::InspectorV2::Finding', list: call('ListFindings', {}, { with: severe }), items: 'findings', arn: 'findingArn', name: 'title' },
  ],
})
