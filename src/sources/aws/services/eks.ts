import { valueAt } from '../../../core/pointer.ts'
import { call, defineCollector } from '../collector.ts'
import type { Item } from '../collector.ts'

const cluster = { clusterName: '$parent/name' }

export default defineCollector({
  id: 'eks',
  prefix: 'eks',
  scope: 'region',
  client: () => import('@aws-sdk/client-eks'),
  page: { maxResults: 100 },
  resources: [{
    type: 'AWS::EKS::Cluster', list: call('ListClusters'), items: 'clusters', describe: call('DescribeCluster', { name: '$' }, { at: 'cluster' }), arn: 'arn', name: 'name',
    derive: ({ $, logging, resourcesVpcConfig, identity, encryptionConfig }) => ({
      ClusterSecurityGroupId: (resourcesVpcConfig as Item | undefined)?.['clusterSecurityGroupId'], OpenIdConnectIssuerUrl: valueAt(identity, 'oidc/issuer'), EncryptionConfigKeyArn: valueAt(encryptionConfig, '0/provider/keyArn'),
      name: $, Logging: logging === undefined ? undefined : { ClusterLogging: { EnabledTypes: ((logging as { clusterLogging?: { types?: string[], enabled?: boolean }[] }).clusterLogging ?? []).filter(({ enabled }) => enabled).flatMap(({ types = [] }) => types.map((Type) => ({ Type }))) } } }),
    children: [
      {
        type: 'AWS::EKS::Nodegroup', list: call('ListNodegroups', cluster), items: 'nodegroups', describe: call('DescribeNodegroup', { ...cluster, nodegroupName: '$' }, { at: 'nodegroup' }), arn: 'nodegroupArn', name: 'nodegroupName', rename: { nodegroupArn: 'Arn' },
      },
      { type: 'AWS::EKS::AccessEntry', list: call('ListAccessEntries', cluster), items: 'accessEntries', describe: call('DescribeAccessEntry', { ...cluster, principalArn: '$' }, { at: 'accessEntry' }), more: [call('ListAssociatedAccessPolicies', { ...cluster, principalArn: '$' }, { at: 'associatedAccessPolicies', as: 'accessPolicies' })], arn: 'accessEntryArn', name: 'principalArn' },
      { type: 'AWS::EKS::PodIdentityAssociation', list: call('ListPodIdentityAssociations', cluster), items: 'associations', describe: call('DescribePodIdentityAssociation', { ...cluster, associationId: 'associationId' }, { at: 'association' }), arn: 'associationArn', name: 'associationId' },
    ],
  }],
})
