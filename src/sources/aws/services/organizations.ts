import { call, defineCollector } from '../collector.ts'
import type { Item, Row } from '../collector.ts'

const outside = ['AWSOrganizationsNotInUseException']

const policy = (kind: string): Row => ({
  type: 'AWS::Organizations::Policy', list: call('ListPolicies', {}, { with: { Filter: kind } }), items: 'Policies', describe: call('DescribePolicy', { PolicyId: 'Id' }, { at: 'Policy' }), arn: 'PolicySummary/Arn', name: 'PolicySummary/Name',
  more: [call('ListTargetsForPolicy', { PolicyId: 'Id' }, { at: 'Targets', as: 'targets', gives: ['TargetIds'] })],
  derive: ({ PolicySummary, targets }) => ({ ...(PolicySummary as object | undefined), ...(Array.isArray(targets) ? { TargetIds: (targets as { TargetId?: string }[]).map(({ TargetId }) => TargetId) } : {}) }),
})

/** The ids of an account's parents stand in its paths: `o-1/r-1/ou-1/123456789012/`. */
const account = ({ Name, Id }: Item): Item => ({ AccountName: Name, AccountId: Id })

export default defineCollector({
  id: 'organizations',
  prefix: 'organizations',
  scope: 'global',
  client: () => import('@aws-sdk/client-organizations'),
  resources: [
    { type: 'AWS::Organizations::Organization', describe: call('DescribeOrganization', {}, { at: 'Organization', absent: outside }), arn: 'Arn', name: 'Id', rename: { MasterAccountId: 'ManagementAccountId', MasterAccountArn: 'ManagementAccountArn', MasterAccountEmail: 'ManagementAccountEmail' } },
    { type: 'AWS::Organizations::Account', list: call('ListAccounts'), items: 'Accounts', arn: 'Arn', name: 'Name', derive: account },
    ...['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY', 'AISERVICES_OPT_OUT_POLICY'].map(policy),
    { type: 'AWS::Organizations::EffectiveAiOptOutPolicy', describe: call('DescribeEffectivePolicy', {}, { with: { PolicyType: 'AISERVICES_OPT_OUT_POLICY' }, at: 'EffectivePolicy', absent: [...outside, 'EffectivePolicyNotFoundException'] }) },
  ],
})
