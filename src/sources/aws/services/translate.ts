import { call, defineCollector } from '../collector.ts'

export default defineCollector({
  id: 'translate',
  prefix: 'translate',
  scope: 'region',
  client: () => import('@aws-sdk/client-translate'),
  page: { MaxResults: 500 },
  tags: call('ListTagsForResource', { ResourceArn: '$arn' }),
  resources: [
    { type: 'AWS::Translate::TextTranslationJob', list: call('ListTextTranslationJobs'), items: 'TextTranslationJobPropertiesList', id: ['JobId'], name: 'JobName', createdAt: 'SubmittedTime' },
    { type: 'AWS::Translate::Terminology', list: call('ListTerminologies'), items: 'TerminologyPropertiesList', arn: 'Arn', name: 'Name' },
    { type: 'AWS::Translate::ParallelData', list: call('ListParallelData'), items: 'ParallelDataPropertiesList', arn: 'Arn', name: 'Name' },
  ],
})
