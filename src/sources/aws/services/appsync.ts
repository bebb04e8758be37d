import { call, defineCollector } from '../collector.ts'

export default defineCollector({
  id: 'appsync',
  prefix: 'appsync',
  scope: 'region',
  client: () => import('@aws-sdk/client-appsync'),
  page: { maxResults: 25 },
  resources: [{
    type: 'AWS::AppSync::GraphQLApi', list: call('ListGraphqlApis'), items: 'graphqlApis', arn: 'arn', name: 'name',
    children: [{ type: 'AWS::AppSync::DataSource', list: call('ListDataSources', { apiId: '$parent/apiId' }), items: 'dataSources', arn: 'dataSourceArn', name: 'name', derive: ({ $parent }) => ({ apiId: ($parent as { apiId?: string }).apiId }) }],
  }],
})
