import { call, defineCollector } from '../collector.ts'
import type { Item } from '../collector.ts'

/** What only the deployment that is current tells of a service. */
const service = ({ $, deployments, serviceName }: Item): Item => {
  const [current = {}] = (deployments ?? []) as Item[]
  const { serviceConnectConfiguration, volumeConfigurations, vpcLatticeConfigurations } = current
  return { serviceArn: $, Name: serviceName, serviceConnectConfiguration, volumeConfigurations, vpcLatticeConfigurations }
}

export default defineCollector({
  id: 'ecs',
  prefix: 'ecs',
  scope: 'region',
  client: () => import('@aws-sdk/client-ecs'),
  page: { maxResults: 100 },
  tags: call('ListTagsForResource', { resourceArn: '$arn' }, { at: 'tags' }),
  resources: [
    {
      type: 'AWS::ECS::Cluster', list: call('ListClusters'), items: 'clusterArns', describeMany: { operation: 'DescribeClusters', member: 'clusters', from: '$', items: 'clusters', size: 100, with: { include: ['CONFIGURATIONS', 'SETTINGS', 'TAGS'] } },
      arn: 'clusterArn', name: 'clusterName', rename: { clusterArn: 'Arn', settings: 'ClusterSettings' },
      children: [{
        type: 'AWS::ECS::Service', list: call('ListServices', { cluster: '$parent/clusterArn' }), items: 'serviceArns', describe: call('DescribeServices', { cluster: '$parent/clusterArn', services: '$[]' }, { at: 'services/0' }),
        arn: 'serviceArn', name: 'serviceName', rename: { clusterArn: 'Cluster', roleArn: 'Role', networkConfiguration: 'NetworkConfiguration' }, derive: service,
      }],
    },
    { type: 'AWS::ECS::TaskDefinition', list: call('ListTaskDefinitions', {}, { with: { status: 'ACTIVE' } }), items: 'taskDefinitionArns', describe: call('DescribeTaskDefinition', { taskDefinition: '$' }, { at: 'taskDefinition' }), arn: '$', name: 'family', rename: { 'proxyConfiguration/properties': 'ProxyConfigurationProperties' } },
  ],
})
