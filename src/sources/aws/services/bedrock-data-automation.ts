import { call, defineCollector } from '../collector.ts'

const tags = (arn: string) => call('ListTagsForResource', { resourceARN: arn }, { at: 'tags' })

export default defineCollector({
  id: 'bedrock-data-automation',
  prefix: 'bedrock',
  scope: 'region',
  client: () => import('@aws-sdk/client-bedrock-data-automation'),
  page: { maxResults: 100 },
  resources: [
    {
      type: 'AWS::Bedrock::DataAutomationProject', list: call('ListDataAutomationProjects', {}, { with: { resourceOwner: 'ACCOUNT' } }), items: 'projects', describe: call('GetDataAutomationProject', 'projectArn', { at: 'project' }),
      tags: tags('projectArn'), arn: 'projectArn', name: 'projectName',
    },
    {
      type: 'AWS::Bedrock::Blueprint', list: call('ListBlueprints', {}, { with: { resourceOwner: 'ACCOUNT' } }), items: 'blueprints', describe: call('GetBlueprint', 'blueprintArn', { at: 'blueprint' }),
      tags: tags('blueprintArn'), arn: 'blueprintArn', name: 'blueprintName',
    },
  ],
})
