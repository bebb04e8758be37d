import { call, defineCollector } from '../collector.ts'

export default defineCollector({
  id: 'sqs',
  prefix: 'sqs',
  scope: 'region',
  client: () => import('@aws-sdk/client-sqs'),
  page: { MaxResults: 1000 },
  resources: [{
    type: 'AWS::SQS::Queue', list: call('ListQueues'), items: 'QueueUrls', describe: call('GetQueueAttributes', { QueueUrl: '$' }, { with: { AttributeNames: ['All'] }, at: 'Attributes' }),
    arn: 'QueueArn', name: 'QueueName', rename: { QueueArn: 'Arn' }, createdAt: 'CreatedTimestamp', tags: call('ListQueueTags', { QueueUrl: '$' }), derive: ({ $, QueueArn }) => ({ QueueUrl: $, QueueName: String(QueueArn ?? $).split(/[:/]/).at(-1) }),
    with: [{ type: 'AWS::SQS::QueuePolicy', when: ({ Policy }) => Policy !== undefined, id: ['QueueArn'], name: 'QueueArn', derive: ({ $, QueueArn, Policy }) => ({ Id: `${String(QueueArn)}#policy`, Queues: [$], PolicyDocument: Policy }) }],
  }],
})
