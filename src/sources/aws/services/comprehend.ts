import { call, defineCollector } from '../collector.ts'
import type { Row } from '../collector.ts'

const tags = (arn: string) => call('ListTagsForResource', { ResourceArn: arn }, { at: 'Tags' })

/** Lists give all that a describe would. */
const job = (kind: string): Row => ({ type: `AWS::Comprehend::${kind}`, list: call(`List${kind}s`), items: `${kind}PropertiesList`, tags: tags('JobArn'), arn: 'JobArn', name: 'JobName', createdAt: 'SubmitTime' })

const model = (kind: string, rest: Partial<Row> = {}): Row => ({
  type: `AWS::Comprehend::${kind}`, list: call(`List${kind}s`), items: `${kind}PropertiesList`, tags: tags(`${kind}Arn`), arn: `${kind}Arn`, createdAt: 'SubmitTime',
  more: [call('DescribeResourcePolicy', { ResourceArn: `${kind}Arn` }, { at: 'ResourcePolicy', as: 'ModelPolicy' })], ...rest,
})

/** The name is the part of the ARN that stands before a version. */
const nameIn = (arn: unknown): string | undefined => (typeof arn === 'string' ? arn.split('/')[1] : undefined)

export default defineCollector({
  id: 'comprehend',
  prefix: 'comprehend',
  scope: 'region',
  client: () => import('@aws-sdk/client-comprehend'),
  page: { MaxResults: 500 },
  resources: [
    model('DocumentClassifier', { derive: ({ DocumentClassifierArn }) => ({ DocumentClassifierName: nameIn(DocumentClassifierArn) }), rename: { DocumentClassifierArn: 'Arn' } }),
    model('EntityRecognizer', { derive: ({ EntityRecognizerArn }) => ({ RecognizerName: nameIn(EntityRecognizerArn) }) }),
    { type: 'AWS::Comprehend::Endpoint', list: call('ListEndpoints'), items: 'EndpointPropertiesList', tags: tags('EndpointArn'), arn: 'EndpointArn', derive: ({ EndpointArn }) => ({ EndpointName: String(EndpointArn).split('/').at(-1) }), name: 'EndpointName' },
    {
      type: 'AWS::Comprehend::Flywheel', list: call('ListFlywheels'), items: 'FlywheelSummaryList', describe: call('DescribeFlywheel', 'FlywheelArn', { at: 'FlywheelProperties' }), tags: tags('FlywheelArn'), arn: 'FlywheelArn',
      derive: ({ FlywheelArn }) => ({ FlywheelName: nameIn(FlywheelArn) }), rename: { FlywheelArn: 'Arn' },
    },
    job('DocumentClassificationJob'),
    job('DominantLanguageDetectionJob'),
    job('EntitiesDetectionJob'),
    job('EventsDetectionJob'),
    job('KeyPhrasesDetectionJob'),
    job('PiiEntitiesDetectionJob'),
    job('SentimentDetectionJob'),
    job('TargetedSentimentDetectionJob'),
    job('TopicsDetectionJob'),
  ],
})
