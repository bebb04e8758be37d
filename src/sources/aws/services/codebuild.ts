import { aiInImage, aiInVariables, aiProperties } from '../../ai-use.ts'
import { call, defineCollector } from '../collector.ts'

interface Environment { readonly image?: string, readonly environmentVariables?: readonly { readonly name: string, readonly value: string }[] }

export default defineCollector({
  id: 'codebuild',
  prefix: 'codebuild',
  scope: 'region',
  client: () => import('@aws-sdk/client-codebuild'),
  resources: [{
    type: 'AWS::CodeBuild::Project', list: call('ListProjects'), items: 'projects', describeMany: { operation: 'BatchGetProjects', member: 'names', from: '$', items: 'projects', size: 100 }, arn: 'arn', name: 'name', createdAt: 'created',
    rename: { 'source/buildspec': 'BuildSpec', webhook: 'Triggers' },
    derive: ({ environment, projectVisibility }) => {
      const { image = '', environmentVariables = [] } = (environment ?? {}) as Environment
      return { Visibility: projectVisibility, ...aiProperties([...aiInImage(image), ...aiInVariables(Object.fromEntries(environmentVariables.map(({ name, value }) => [name, value])))]) }
    },
  }],
})
