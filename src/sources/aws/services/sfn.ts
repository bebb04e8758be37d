import { call, defineCollector } from '../collector.ts'

export default defineCollector({
  id: 'sfn',
  prefix: 'states',
  scope: 'region',
  client: () => import('@aws-sdk/client-sfn'),
  page: { maxResults: 1000 },
  tags: call('ListTagsForResource', { resourceArn: '$arn' }, { at: 'tags' }),
  resources: [{
    type: 'AWS::StepFunctions::StateMachine', list: call('ListStateMachines'), items: 'stateMachines', describe: call('DescribeStateMachine', 'stateMachineArn'), arn: 'stateMachineArn', name: 'name',
    derive: ({ name }) => ({ Name: name }), rename: { stateMachineArn: 'Arn', name: 'StateMachineName', type: 'StateMachineType', 'loggingConfiguration/destinations/*/cloudWatchLogsLogGroup': 'CloudWatchLogsLogGroup' },
  }],
})
