import { call, defineCollector } from '../collector.ts'
import type { Row } from '../collector.ts'

const arn = (kind: string, name: string) => `arn:{partition}:transcribe:{region}:{account}:${kind}/{${name}}`
const tags = (kind: string, name: string) => ({ arn: arn(kind, name), name })

const job = (kind: string, plural: string, summaries: string, path: string): Row => ({
  type: `AWS::Transcribe::${kind}`, list: call(plural), items: summaries, describe: call(`Get${kind}`, `${kind}Name`, { at: kind }), ...tags(path, `${kind}Name`),
})

export default defineCollector({
  id: 'transcribe',
  prefix: 'transcribe',
  scope: 'region',
  client: () => import('@aws-sdk/client-transcribe'),
  page: { MaxResults: 100 },
  tags: call('ListTagsForResource', { ResourceArn: '$arn' }),
  resources: [
    job('TranscriptionJob', 'ListTranscriptionJobs', 'TranscriptionJobSummaries', 'transcription-job'),
    job('MedicalTranscriptionJob', 'ListMedicalTranscriptionJobs', 'MedicalTranscriptionJobSummaries', 'medical-transcription-job'),
    job('MedicalScribeJob', 'ListMedicalScribeJobs', 'MedicalScribeJobSummaries', 'medical-scribe-job'),
    job('CallAnalyticsJob', 'ListCallAnalyticsJobs', 'CallAnalyticsJobSummaries', 'analytics'),
    { type: 'AWS::Transcribe::CallAnalyticsCategory', list: call('ListCallAnalyticsCategories'), items: 'Categories', ...tags('analytics-category', 'CategoryName') },
    { type: 'AWS::Transcribe::Vocabulary', list: call('ListVocabularies'), items: 'Vocabularies', ...tags('vocabulary', 'VocabularyName') },
    { type: 'AWS::Transcribe::VocabularyFilter', list: call('ListVocabularyFilters'), items: 'VocabularyFilters', ...tags('vocabulary-filter', 'VocabularyFilterName') },
    { type: 'AWS::Transcribe::MedicalVocabulary', list: call('ListMedicalVocabularies'), items: 'Vocabularies', ...tags('medical-vocabulary', 'VocabularyName') },
    { type: 'AWS::Transcribe::LanguageModel', list: call('ListLanguageModels'), items: 'Models', ...tags('language-model', 'ModelName') },
  ],
})
