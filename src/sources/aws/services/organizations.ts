import { call, defineCollector } from '../collector.ts'
import type { Item, Row } from '../collector.ts'

const outside = ['AWSOrganizationsNotInUseException']
const tags = call('ListTagsForResource', { ResourceId: 'Id' })

/** A kind that is not turned on, or that the partition does not know, has no policies. */
const policy = (kind: string): Row => ({
  type: 'AWS::Organizations::Policy', list: call('ListPolicies', {}, { with: { Filter: kind }, absent: [...outside, 'PolicyTypeNotEnabledException', 'InvalidInputException'] }),
  items: 'Policies', tags, describe: call('DescribePolicy', { PolicyId: 'Id' }, { at: 'Policy' }), arn: 'PolicySummary/Arn', name: 'PolicySummary/Name',
  more: [call('ListTargetsForPolicy', { PolicyId: 'Id' }, { at: 'Targets', as: 'targets', gives: ['TargetIds'] })],
  derive: ({ PolicySummary, targets }) => ({ ...(PolicySummary as object | undefined), ...(Array.isArray(targets) ? { TargetIds: (targets as { TargetId?: string }[]).map(({ TargetId }) => TargetId) } : {}) }),
})

const account = ({ Name, Id }: Item): Item => ({ AccountName: Name, AccountId: Id })

/** Organizational units nest, this deep at most. */
const deepest = 5

const unit = (depth: number): Row => ({
  type: 'AWS::Organizations::OrganizationalUnit', list: call('ListOrganizationalUnitsForParent', { ParentId: '$parent/Id' }), items: 'OrganizationalUnits', arn: 'Arn', name: 'Name', tags,
  derive: ({ $parent }) => ({ ParentId: ($parent as Item)['Id'] }), ...(depth > 1 ? { children: [unit(depth - 1)] } : {}),
})

const client = () => import('@aws-sdk/client-organizations')

export default [
  defineCollector({
    id: 'organizations',
    prefix: 'organizations',
    scope: 'organization',
    client,
    resources: [
      {
        type: 'AWS::Organizations::Organization', describe: call('DescribeOrganization', {}, { at: 'Organization', absent: outside }), keep: ({ Id }) => Id !== undefined,
        arn: 'Arn', name: 'Id', rename: { MasterAccountId: 'ManagementAccountId', MasterAccountArn: 'ManagementAccountArn', MasterAccountEmail: 'ManagementAccountEmail' },
      },
      { type: 'AWS::Organizations::Root', list: call('ListRoots', {}, { absent: outside }), items: 'Roots', arn: 'Arn', name: 'Name', children: [unit(deepest)] },
      { type: 'AWS::Organizations::Account', list: call('ListAccounts', {}, { absent: outside }), items: 'Accounts', arn: 'Arn', name: 'Name', tags, derive: account },
      ...['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY', 'AISERVICES_OPT_OUT_POLICY', 'BEDROCK_POLICY'].map(policy),
    ],
  }),
  defineCollector({
    id: 'organizations-account',
    prefix: 'organizations',
    scope: 'global',
    client,
    resources: [{
      type: 'AWS::Organizations::EffectiveAiOptOutPolicy',
      describe: call('DescribeEffectivePolicy', {}, { with: { PolicyType: 'AISERVICES_OPT_OUT_POLICY' }, at: 'EffectivePolicy', absent: [...outside, 'EffectivePolicyNotFoundException'] }),
    }],
  }),
]
