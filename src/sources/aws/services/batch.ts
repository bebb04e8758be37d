import { aiInImage, aiInInstanceType, aiInVariables, aiProperties } from '../../ai-use.ts'
import { call, defineCollector } from '../collector.ts'

interface Container { readonly image?: string, readonly environment?: readonly { readonly name: string, readonly value: string }[] }

export default defineCollector({
  id: 'batch',
  prefix: 'batch',
  scope: 'region',
  client: () => import('@aws-sdk/client-batch'),
  page: { maxResults: 100 },
  resources: [
    {
      type: 'AWS::Batch::JobDefinition', list: call('DescribeJobDefinitions', {}, { with: { status: 'ACTIVE' } }), items: 'jobDefinitions', arn: 'jobDefinitionArn', name: 'jobDefinitionName',
      derive: ({ containerProperties }) => {
        const { image = '', environment = [] } = (containerProperties ?? {}) as Container
        return aiProperties([...aiInImage(image), ...aiInVariables(Object.fromEntries(environment.map(({ name, value }) => [name, value])))])
      },
    },
    {
      type: 'AWS::Batch::ComputeEnvironment', list: call('DescribeComputeEnvironments'), items: 'computeEnvironments', arn: 'computeEnvironmentArn', name: 'computeEnvironmentName',
      derive: ({ computeResources }) => aiProperties(((computeResources as { instanceTypes?: string[] } | undefined)?.instanceTypes ?? []).flatMap(aiInInstanceType)),
    },
    { type: 'AWS::Batch::JobQueue', list: call('DescribeJobQueues'), items: 'jobQueues', arn: 'jobQueueArn', name: 'jobQueueName' },
  ],
})
