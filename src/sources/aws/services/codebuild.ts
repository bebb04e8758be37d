import { call, defineCollector } from '../collector.ts'

export default defineCollector({
  id: 'codebuild',
  prefix: 'codebuild',
  scope: 'region',
  client: () => import('@aws-sdk/client-codebuild'),
  resources: [{
    type: 'AWS::CodeBuild::Project', list: call('ListProjects'), items: 'projects', describeMany: { operation: 'BatchGetProjects', member: 'names', from: '$', items: 'projects', size: 100 }, arn: 'arn', name: 'name', createdAt: 'created',
    rename: { 'source/buildspec': 'BuildSpec', webhook: 'Triggers' },
    derive: ({ projectVisibility, badge }) => ({ Visibility: projectVisibility, BadgeEnabled: (badge as { badgeEnabled?: boolean } | undefined)?.badgeEnabled ?? false }),
  }],
})
