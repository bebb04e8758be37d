import { call, defineCollector } from '../collector.ts'

const severe = { FindingCriteria: { Criterion: { severity: { Gte: 4 }, 'service.archived': { Eq: ['false'] } } }, MaxResults: 50 }

export default defineCollector({
  id: 'guardduty',
  prefix: 'guardduty',
  scope: 'region',
  client: () => import('@aws-sdk/client-guardduty'),
  resources: [{
    type: 'AWS::GuardDuty::Detector', list: call('ListDetectors'), items: 'DetectorIds', describe: call('GetDetector', { DetectorId: '$' }), arn: 'arn:{partition}:guardduty:{region}:{account}:detector/{$}', name: '$',
    derive: ({ $, Status }) => ({ Id: $, Enable: Status === 'ENABLED' }),
    children: [{
      type: 'AWS::GuardDuty::Finding', list: call('ListFindings', { DetectorId: '$parent/$' }, { with: severe }), items: 'FindingIds',
      describe: call('GetFindings', { DetectorId: '$parent/$', FindingIds: '$[]' }, { at: 'Findings/0' }), arn: 'Arn', name: 'Type', createdAt: 'CreatedAt',
    }],
  }],
})
