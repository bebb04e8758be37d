import { call, defineCollector } from '../collector.ts'
import type { Item } from '../collector.ts'

const groups = ({ VpcSecurityGroups }: Item) => ((VpcSecurityGroups ?? []) as { VpcSecurityGroupId?: string }[]).map(({ VpcSecurityGroupId }) => VpcSecurityGroupId)

/** Aurora and PostgreSQL hold vectors for knowledge bases. */
export default defineCollector({
  id: 'rds',
  prefix: 'rds',
  scope: 'region',
  client: () => import('@aws-sdk/client-rds'),
  page: { MaxRecords: 100 },
  resources: [
    {
      type: 'AWS::RDS::DBCluster', list: call('DescribeDBClusters'), items: 'DBClusters', arn: 'DBClusterArn', name: 'DBClusterIdentifier', createdAt: 'ClusterCreateTime',
      rename: { IAMDatabaseAuthenticationEnabled: 'EnableIAMDatabaseAuthentication', HttpEndpointEnabled: 'EnableHttpEndpoint', EnabledCloudwatchLogsExports: 'EnableCloudwatchLogsExports' }, derive: (item) => ({ VpcSecurityGroupIds: groups(item) }),
    },
    {
      type: 'AWS::RDS::DBInstance', list: call('DescribeDBInstances'), items: 'DBInstances', arn: 'DBInstanceArn', name: 'DBInstanceIdentifier', createdAt: 'InstanceCreateTime',
      rename: { IAMDatabaseAuthenticationEnabled: 'EnableIAMDatabaseAuthentication', EnabledCloudwatchLogsExports: 'EnableCloudwatchLogsExports' }, derive: (item) => ({ VPCSecurityGroups: groups(item), DBSubnetGroupName: (item['DBSubnetGroup'] as { DBSubnetGroupName?: string } | undefined)?.DBSubnetGroupName }),
    },
  ],
})
