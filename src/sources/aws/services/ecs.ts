import { aiInImage, aiInVariables, aiProperties } from '../../ai-use.ts'
import { call, defineCollector } from '../collector.ts'
import type { Item } from '../collector.ts'

/** Signs of AI in the containers of a task. */
const containers = ({ containerDefinitions }: Item): Item => aiProperties(((containerDefinitions ?? []) as { image?: string, environment?: { name: string, value: string }[], secrets?: { name: string }[] }[]).flatMap(({ image = '', environment = [], secrets = [] }) => [
  ...aiInImage(image), ...aiInVariables(Object.fromEntries([...environment.map(({ name, value }) => [name, value]), ...secrets.map(({ name }) => [name, ''])])),
]))

export default defineCollector({
  id: 'ecs',
  prefix: 'ecs',
  scope: 'region',
  client: () => import('@aws-sdk/client-ecs'),
  page: { maxResults: 100 },
  resources: [
    {
      type: 'AWS::ECS::Cluster', list: call('ListClusters'), items: 'clusterArns', describeMany: { operation: 'DescribeClusters', member: 'clusters', from: '$', items: 'clusters', size: 100, with: { include: ['CONFIGURATIONS', 'SETTINGS', 'TAGS'] } },
      arn: 'clusterArn', name: 'clusterName', rename: { clusterArn: 'Arn', settings: 'ClusterSettings' },
      children: [{
        type: 'AWS::ECS::Service', list: call('ListServices', { cluster: '$parent/clusterArn' }), items: 'serviceArns', describe: call('DescribeServices', { cluster: '$parent/clusterArn', services: '$[]' }, { at: 'services/0' }),
        arn: 'serviceArn', name: 'serviceName', rename: { clusterArn: 'Cluster', roleArn: 'Role', networkConfiguration: 'NetworkConfiguration' }, derive: ({ $ }) => ({ serviceArn: $ }),
      }],
    },
    { type: 'AWS::ECS::TaskDefinition', list: call('ListTaskDefinitions', {}, { with: { status: 'ACTIVE' } }), items: 'taskDefinitionArns', describe: call('DescribeTaskDefinition', { taskDefinition: '$' }, { at: 'taskDefinition' }), arn: '$', name: 'family', derive: containers },
  ],
})
