import { call, defineCollector } from '../collector.ts'
import type { Row } from '../collector.ts'

/** Personalize names alike: `listCampaigns`, `describeCampaign` by `campaignArn`, `{campaign: …}`. */
const named = (kind: string, rest: Partial<Row> = {}): Row => {
  const one = kind.charAt(0).toLowerCase() + kind.slice(1)
  return {
    type: `AWS::Personalize::${kind}`, list: call(`List${kind}s`), items: `${one}s`, describe: call(`Describe${kind}`, `${one}Arn`, { at: one }), arn: `${one}Arn`, name: 'name',
    tags: call('ListTagsForResource', { resourceArn: `${one}Arn` }, { at: 'tags' }), ...rest,
  }
}

export default defineCollector({
  id: 'personalize',
  prefix: 'personalize',
  scope: 'region',
  client: () => import('@aws-sdk/client-personalize'),
  page: { maxResults: 100 },
  resources: [
    named('DatasetGroup'),
    named('Dataset'),
    named('Schema', { describe: call('DescribeSchema', 'schemaArn', { at: 'schema' }) }),
    named('Solution'),
    named('SolutionVersion', { name: 'solutionVersionArn' }),
    named('Campaign'),
    named('Recommender'),
    named('EventTracker'),
    named('Filter', { items: 'Filters' }),
    named('BatchInferenceJob', { name: 'jobName' }),
    named('BatchSegmentJob', { name: 'jobName' }),
    named('DatasetImportJob', { name: 'jobName' }),
    named('DatasetExportJob', { name: 'jobName' }),
  ],
})
