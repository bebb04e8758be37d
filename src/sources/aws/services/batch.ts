import { call, defineCollector } from '../collector.ts'

export default defineCollector({
  id: 'batch',
  prefix: 'batch',
  scope: 'region',
  client: () => import('@aws-sdk/client-batch'),
  page: { maxResults: 100 },
  resources: [
    { type: 'AWS::Batch::JobDefinition', list: call('DescribeJobDefinitions', {}, { with: { status: 'ACTIVE' } }), items: 'jobDefinitions', arn: 'jobDefinitionArn', name: 'jobDefinitionName' },
    { type: 'AWS::Batch::ComputeEnvironment', list: call('DescribeComputeEnvironments'), items: 'computeEnvironments', arn: 'computeEnvironmentArn', name: 'computeEnvironmentName' },
    { type: 'AWS::Batch::JobQueue', list: call('DescribeJobQueues'), items: 'jobQueues', arn: 'jobQueueArn', name: 'jobQueueName' },
  ],
})
