import { call, defineCollector } from '../collector.ts'
import type { Row } from '../collector.ts'

const named = (kind: string, list: string, items: string, name: string, rest: Partial<Row> = {}): Row =>
  ({ type: `AWS::FraudDetector::${kind}`, list: call(list), items, arn: 'arn', name, tags: call('ListTagsForResource', { resourceARN: 'arn' }, { at: 'tags' }), ...rest })

export default defineCollector({
  id: 'frauddetector',
  prefix: 'frauddetector',
  scope: 'region',
  client: () => import('@aws-sdk/client-frauddetector'),
  resources: [
    named('Detector', 'GetDetectors', 'detectors', 'detectorId'),
    named('EventType', 'GetEventTypes', 'eventTypes', 'name'),
    named('EntityType', 'GetEntityTypes', 'entityTypes', 'name'),
    named('Model', 'GetModels', 'models', 'modelId'),
    named('ModelVersion', 'DescribeModelVersions', 'modelVersionDetails', 'modelId'),
    named('ExternalModel', 'GetExternalModels', 'externalModels', 'modelEndpoint'),
    named('BatchPredictionJob', 'GetBatchPredictionJobs', 'batchPredictions', 'jobId'),
    named('BatchImportJob', 'GetBatchImportJobs', 'batchImports', 'jobId'),
    named('Outcome', 'GetOutcomes', 'outcomes', 'name'),
    named('List', 'GetListsMetadata', 'lists', 'name'),
    { type: 'AWS::FraudDetector::EncryptionKey', describe: call('GetKMSEncryptionKey', {}, { at: 'kmsKey' }) },
  ],
})
