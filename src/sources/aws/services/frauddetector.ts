import { call, defineCollector } from '../collector.ts'
import type { Item, Row } from '../collector.ts'

const named = (kind: string, list: string, items: string, name: string, rest: Partial<Row> = {}): Row =>
  ({ type: `AWS::FraudDetector::${kind}`, list: call(list), items, arn: 'arn', name, tags: call('ListTagsForResource', { resourceARN: 'arn' }, { at: 'tags' }), ...rest })

/** The API gives names where CloudFormation has objects. */
const byName = (names: unknown): Item[] => ((names ?? []) as string[]).map((name) => ({ name }))

interface Version extends Item { readonly status?: string, readonly modelVersions?: readonly Item[], readonly externalModelEndpoints?: readonly string[] }

/** CloudFormation's detector has the rules and models of the version that is active, else of the newest. */
const detector = ({ eventTypeName, versions }: Item): Item => {
  if (!Array.isArray(versions)) return { eventType: { name: eventTypeName } }
  const version = (versions as Version[]).find(({ status }) => status === 'ACTIVE') ?? (versions as Version[]).at(-1) ?? {}
  const { detectorVersionId, status, rules = [], ruleExecutionMode, modelVersions = [], externalModelEndpoints = [] } = version
  return {
    eventType: { name: eventTypeName }, detectorVersionId, detectorVersionStatus: status, rules, ruleExecutionMode,
    associatedModels: [...modelVersions.map(({ arn }) => ({ arn })), ...externalModelEndpoints.map((arn) => ({ arn }))],
  }
}

export default defineCollector({
  id: 'frauddetector',
  prefix: 'frauddetector',
  scope: 'region',
  client: () => import('@aws-sdk/client-frauddetector'),
  resources: [
    named('Detector', 'GetDetectors', 'detectors', 'detectorId', {
      more: [call('DescribeDetector', 'detectorId', {
        at: 'detectorVersionSummaries', as: 'versions', gives: ['rules', 'associatedModels'],
        each: call('GetDetectorVersion', { detectorId: '$parent/detectorId', detectorVersionId: 'detectorVersionId' }),
      })],
      derive: detector,
    }),
    named('EventType', 'GetEventTypes', 'eventTypes', 'name', {
      derive: ({ entityTypes, eventVariables, labels }) => ({ entityTypes: byName(entityTypes), eventVariables: byName(eventVariables), labels: byName(labels) }),
    }),
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
