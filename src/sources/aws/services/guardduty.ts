import { valueAt } from '../../../core/pointer.ts'
import { call, defineCollector } from '../collector.ts'
import type { Item } from '../collector.ts'

const severe = { FindingCriteria: { Criterion: { severity: { Gte: 4 }, 'service.archived': { Eq: ['false'] } } }, MaxResults: 50 }

/** What the API says by a status, and CloudFormation by a switch. */
const sources = (given: unknown): Item | undefined => {
  if (given === undefined) return undefined
  const isOn = (pointer: string) => valueAt(given, `${pointer}/Status`) === 'ENABLED'
  return {
    S3Logs: { Enable: isOn('S3Logs') },
    Kubernetes: { AuditLogs: { Enable: isOn('Kubernetes/AuditLogs') } },
    MalwareProtection: { ScanEc2InstanceWithFindings: { EbsVolumes: isOn('MalwareProtection/ScanEc2InstanceWithFindings/EbsVolumes') } },
  }
}

export default defineCollector({
  id: 'guardduty',
  prefix: 'guardduty',
  scope: 'region',
  client: () => import('@aws-sdk/client-guardduty'),
  resources: [{
    type: 'AWS::GuardDuty::Detector', list: call('ListDetectors'), items: 'DetectorIds', describe: call('GetDetector', { DetectorId: '$' }), arn: 'arn:{partition}:guardduty:{region}:{account}:detector/{$}', name: '$',
    derive: ({ $, Status, DataSources }) => ({ Id: $, Enable: Status === 'ENABLED', DataSources: sources(DataSources) }),
    children: [{
      type: 'AWS::GuardDuty::Finding', list: call('ListFindings', { DetectorId: '$parent/$' }, { with: severe }), items: 'FindingIds',
      describe: call('GetFindings', { DetectorId: '$parent/$', FindingIds: '$[]' }, { at: 'Findings/0' }), arn: 'Arn', name: 'Type', createdAt: 'CreatedAt',
    }],
  }],
})
