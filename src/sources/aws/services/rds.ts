import { valueAt } from '../../../core/pointer.ts'
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
      rename: {
        IAMDatabaseAuthenticationEnabled: 'EnableIAMDatabaseAuthentication', HttpEndpointEnabled: 'EnableHttpEndpoint', EnabledCloudwatchLogsExports: 'EnableCloudwatchLogsExports',
        DBClusterParameterGroup: 'DBClusterParameterGroupName', DBSubnetGroup: 'DBSubnetGroupName', ScalingConfigurationInfo: 'ScalingConfiguration',
      },
      derive: (item) => ({
        VpcSecurityGroupIds: groups(item), ManageMasterUserPassword: item['MasterUserSecret'] !== undefined,
        Endpoint: item['Endpoint'] === undefined ? undefined : { Address: item['Endpoint'], Port: item['Port'] }, ReadEndpoint: item['ReaderEndpoint'] === undefined ? undefined : { Address: item['ReaderEndpoint'] },
      }),
    },
    {
      type: 'AWS::RDS::DBInstance', list: call('DescribeDBInstances'), items: 'DBInstances', arn: 'DBInstanceArn', name: 'DBInstanceIdentifier', createdAt: 'InstanceCreateTime',
      rename: { IAMDatabaseAuthenticationEnabled: 'EnableIAMDatabaseAuthentication', EnabledCloudwatchLogsExports: 'EnableCloudwatchLogsExports', PerformanceInsightsEnabled: 'EnablePerformanceInsights' },
      derive: (item) => ({
        VPCSecurityGroups: groups(item), ManageMasterUserPassword: item['MasterUserSecret'] !== undefined, Port: valueAt(item, 'Endpoint/Port'), DBSubnetGroupName: valueAt(item, 'DBSubnetGroup/DBSubnetGroupName'),
        DBParameterGroupName: valueAt(item, 'DBParameterGroups/0/DBParameterGroupName'), OptionGroupName: valueAt(item, 'OptionGroupMemberships/0/OptionGroupName'),
      }),
    },
  ],
})
