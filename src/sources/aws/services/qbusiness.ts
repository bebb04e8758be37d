import { call, defineCollector } from '../collector.ts'
import type { Row } from '../collector.ts'

const application = { applicationId: '$parent/applicationId' }

const part = (kind: string, plural: string, items: string, id: string, rest: Partial<Row> = {}): Row => ({
  type: `AWS::QBusiness::${kind}`, list: call(plural, application), items, describe: call(`Get${kind}`, { ...application, [id]: id }), name: 'displayName',
  derive: ({ $parent }) => ({ applicationId: ($parent as { applicationId?: string }).applicationId }), ...rest,
})

export default defineCollector({
  id: 'qbusiness',
  prefix: 'qbusiness',
  scope: 'region',
  client: () => import('@aws-sdk/client-qbusiness'),
  tags: call('ListTagsForResource', { resourceARN: '$arn' }, { at: 'tags' }),
  resources: [{
    type: 'AWS::QBusiness::Application', list: call('ListApplications'), items: 'applications', describe: call('GetApplication', 'applicationId'), arn: 'applicationArn', name: 'displayName',
    tags: call('ListTagsForResource', { resourceARN: 'applicationArn' }, { at: 'tags' }),
    more: [call('GetChatControlsConfiguration', 'applicationId', { as: 'BartizanChatControls' })],
    children: [
      part('Index', 'ListIndices', 'indices', 'indexId', {
        arn: 'indexArn',
        children: [{
          type: 'AWS::QBusiness::DataSource', list: call('ListDataSources', { applicationId: '$parent/$parent/applicationId', indexId: '$parent/indexId' }), items: 'dataSources',
          describe: call('GetDataSource', { applicationId: '$parent/$parent/applicationId', indexId: '$parent/indexId', dataSourceId: 'dataSourceId' }), arn: 'dataSourceArn', name: 'displayName',
        }],
      }),
      part('Retriever', 'ListRetrievers', 'retrievers', 'retrieverId', { arn: 'retrieverArn' }),
      part('Plugin', 'ListPlugins', 'plugins', 'pluginId', { arn: 'pluginArn' }),
      part('WebExperience', 'ListWebExperiences', 'webExperiences', 'webExperienceId', { arn: 'webExperienceArn', name: 'webExperienceId' }),
      part('DataAccessor', 'ListDataAccessors', 'dataAccessors', 'dataAccessorId', { arn: 'dataAccessorArn' }),
    ],
  }],
})
