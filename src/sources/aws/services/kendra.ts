import { call, defineCollector } from '../collector.ts'
import type { Row } from '../collector.ts'

const part = (kind: string, plural: string, items: string, rest: Partial<Row> = {}): Row => ({
  type: `AWS::Kendra::${kind}`, list: call(plural, { IndexId: '$parent/Id' }), items, describe: call(`Describe${kind}`, { IndexId: '$parent/Id', Id: 'Id' }), name: 'Name',
  id: ['$parent/Id', 'Id'], derive: ({ $parent }) => ({ IndexId: ($parent as { Id?: string }).Id }), ...rest,
})

const under = (folder: string) => `arn:{partition}:kendra:{region}:{account}:index/{IndexId}/${folder}/{Id}`

export default defineCollector({
  id: 'kendra',
  prefix: 'kendra',
  scope: 'region',
  client: () => import('@aws-sdk/client-kendra'),
  page: { MaxResults: 100 },
  tags: call('ListTagsForResource', { ResourceARN: '$arn' }),
  resources: [{
    type: 'AWS::Kendra::Index', list: call('ListIndices'), items: 'IndexConfigurationSummaryItems', describe: call('DescribeIndex', 'Id'), name: 'Name', arn: 'arn:{partition}:kendra:{region}:{account}:index/{Id}',
    rename: { DocumentMetadataConfigurations: 'DocumentMetadataConfigurations' },
    children: [
      part('DataSource', 'ListDataSources', 'SummaryItems', { arn: under('data-source'), rename: { Configuration: 'DataSourceConfiguration' } }),
      part('Faq', 'ListFaqs', 'FaqSummaryItems', { arn: under('faq') }),
      part('Experience', 'ListExperiences', 'SummaryItems', { arn: under('experience') }),
      part('Thesaurus', 'ListThesauri', 'ThesaurusSummaryItems', { arn: under('thesaurus') }),
      part('AccessControlConfiguration', 'ListAccessControlConfigurations', 'AccessControlConfigurations'),
    ],
  }],
})
