import { days, defineDetection, hours, minutes, personEase, roleEase, usualEases } from '../../detection.ts'
import { objectOf, textOf, type LogEvent } from '../../event.ts'
import type { Estate } from '../../estate.ts'
import { BEDROCK, SAGEMAKER } from '../../names.ts'
import { ACCOUNT, call, dataCall, FOREIGN, repeat, role, user } from '../../records.ts'
import { crossAccount } from '../agents/agents.ts'

const app = role('ChatApp', 'i-0abc')
const eve = user('eve')
const KB = `arn:aws:bedrock:us-east-1:${ACCOUNT}:knowledge-base/KB1`
const KB_CHANGES = ['CreateDataSource', 'DeleteDataSource', 'UpdateDataSource', 'UpdateKnowledgeBase', 'DeleteKnowledgeBase', 'IngestKnowledgeBaseDocuments', 'DeleteKnowledgeBaseDocuments', 'StartIngestionJob'] as const
const retrieve = (at: number, as = app) => dataCall('bedrock', 'Retrieve', 'AWS::Bedrock::KnowledgeBase', KB, { as, at, request: { knowledgeBaseId: 'KB1' } })
const source = { data: 'AWS::Bedrock::KnowledgeBase' } as const
const docs = { bucket: 'kb-docs', prefix: '', use: 'knowledge base', of: { type: 'AWS::Bedrock::DataSource', id: 'DS1' }, writers: [`arn:aws:iam::${ACCOUNT}:role/Publisher`] } as const
const putDoc = (as: typeof app, at = 0) => dataCall('s3', 'PutObject', 'AWS::S3::Object', 'arn:aws:s3:::kb-docs/manual.md', { as, at, request: { bucketName: 'kb-docs', key: 'manual.md' } })

const feedsAi = (event: LogEvent, estate: Estate): boolean => {
  const parameters = objectOf(event.raw['requestParameters'])
  const stores = estate.stores(textOf(parameters['bucketName']), textOf(parameters['key']))
    .filter(({ use }) => use === 'knowledge base' || use === 'training')
  return stores.some(({ writers }) => writers === undefined || !(writers.includes(event.role) || writers.includes(event.principal)))
}

const inStore = (event: LogEvent, estate: Estate): boolean =>
  event.eventSource !== 's3.amazonaws.com' || feedsAi(event, estate)

const otherOwner = (event: LogEvent, estate: Estate): boolean => {
  const config = objectOf(objectOf(objectOf(event.raw['requestParameters'])['dataSourceConfiguration'])['s3Configuration'])
  const owner = textOf(config['bucketOwnerAccountId'])
  return owner !== '' && owner !== event.account && (estate.facts.accounts.length === 0 || estate.foreign(owner))
}

const toStranger = (event: LogEvent): boolean =>
  [...JSON.stringify(event.raw['requestParameters'] ?? '').matchAll(/arn:aws[\w-]*:(?:iam|sts)::(\d{12}):/g)].some(([, account]) => account === event.callerAccount)

/** What models read: knowledge bases, their sources, the vectors, training data. */
export default [
  defineDetection({
    id: 'knowledge-base-changed-by-new-principal',
    title: 'Knowledge base or its source changed by a principal for the first time',
    risk: 'data-poisoning', severity: 'medium', techniques: ['T1565.001', 'AML.T0070'],
    why: 'What is put there is what the model will say.',
    when: { kind: 'first', match: { eventSource: BEDROCK, eventName: KB_CHANGES, outcome: 'success' }, by: ['account'], of: ['role'], history: days(7) },
    eases: [...usualEases, personEase],
    fires: [[call('bedrock', 'StartIngestionJob', { as: app }), call('bedrock', 'IngestKnowledgeBaseDocuments', { as: eve, at: 8 * 86_400 })]],
    quiet: [[call('bedrock', 'StartIngestionJob', { as: app }), call('bedrock', 'StartIngestionJob', { as: app, at: 8 * 86_400 })]],
  }),
  defineDetection({
    id: 'knowledge-base-documents-written-directly',
    title: 'Documents put into a knowledge base past its sources',
    risk: 'data-poisoning', severity: 'medium', techniques: ['T1565.001', 'AML.T0070', 'AML.T0099'],
    why: 'Direct ingestion goes round the bucket and its reviews.',
    eases: [...usualEases, roleEase],
    when: { kind: 'event', match: { eventSource: BEDROCK, eventName: ['IngestKnowledgeBaseDocuments', 'DeleteKnowledgeBaseDocuments'], outcome: 'success', keyType: ['long-term', 'bearer'] } },
    fires: [[call('bedrock', 'IngestKnowledgeBaseDocuments', { as: eve, request: { knowledgeBaseId: 'KB1' } })]],
    quiet: [[call('bedrock', 'IngestKnowledgeBaseDocuments', { as: app, request: { knowledgeBaseId: 'KB1' } })]],
  }),
  defineDetection({
    id: 'knowledge-base-deleted',
    title: 'Knowledge base deleted',
    risk: 'data-poisoning', severity: 'medium', techniques: ['T1485'],
    why: 'Answers lose their ground; a deletion may hide what was put in.',
    eases: [...usualEases, personEase, { match: { outcome: { not: 'success' } }, to: 'low', reason: 'refused' }],
    when: { kind: 'event', match: { eventSource: BEDROCK, eventName: 'DeleteKnowledgeBase' } },
    fires: [[call('bedrock', 'DeleteKnowledgeBase', { as: eve, request: { knowledgeBaseId: 'KB1' } })]],
    quiet: [[call('bedrock', 'GetKnowledgeBase', { as: eve, request: { knowledgeBaseId: 'KB1' } })]],
  }),
  defineDetection({
    id: 'knowledge-base-bulk-retrieval',
    title: 'Knowledge base read out in bulk',
    risk: 'privacy-violation', severity: 'high', techniques: ['T1213', 'AML.T0085.000', 'AML.T0024'], source,
    why: 'Hundreds of retrievals in minutes empty a knowledge base.',
    eases: [...usualEases, roleEase],
    when: { kind: 'count', match: { eventSource: BEDROCK, eventName: ['Retrieve', 'RetrieveAndGenerate'] }, by: ['principal', 'account'], atLeast: 500, within: minutes(5) },
    fires: [() => repeat(500, 0.5, (at, index) => ({ ...retrieve(at), eventID: `r-${index}` }))],
    quiet: [() => repeat(499, 0.5, (at, index) => ({ ...retrieve(at), eventID: `r-${index}` }))],
  }),
  defineDetection({
    id: 'knowledge-base-retrieval-spike',
    title: 'Knowledge base read far more often than ever by one caller',
    risk: 'privacy-violation', severity: 'high', techniques: ['T1213', 'AML.T0085.000', 'AML.T0024'], source,
    why: 'An hour of five times the retrievals of any hour before: somebody holds the role of the application.',
    when: { kind: 'spike', match: { eventSource: BEDROCK, eventName: ['Retrieve', 'RetrieveAndGenerate'], outcome: 'success' }, by: ['role', 'account'], times: 5, floor: 500, history: 3 },
    fires: [() => [...repeat(4, 3600, (at) => retrieve(at)), ...repeat(500, 4, (at, index) => ({ ...retrieve(30 * 3600 + at), eventID: `s-${index}` }))]],
    quiet: [() => [...repeat(4, 3600, (at) => retrieve(at)), ...repeat(499, 4, (at, index) => ({ ...retrieve(30 * 3600 + at), eventID: `s-${index}` }))]],
  }),
  defineDetection({
    id: 'knowledge-base-reader-first-seen',
    title: 'Knowledge base read by a principal for the first time',
    risk: 'privacy-violation', severity: 'medium', techniques: ['T1213', 'AML.T0085.000'], source,
    why: 'Knowledge bases have few readers, and give away what they hold to any.',
    eases: [...usualEases, roleEase],
    when: { kind: 'first', match: { eventSource: BEDROCK, eventName: ['Retrieve', 'RetrieveAndGenerate'] }, by: ['account', 'requestParameters.knowledgeBaseId'], of: ['role'], history: days(7) },
    fires: [[retrieve(0), retrieve(8 * 86_400, eve)]],
    quiet: [[retrieve(0), retrieve(8 * 86_400)]],
  }),
  defineDetection({
    id: 'knowledge-base-read-cross-account',
    title: 'Knowledge base read from another account',
    risk: 'privacy-violation', severity: 'high', techniques: ['T1213', 'T1199', 'AML.T0085.000'], source,
    why: 'Documents leave the account answer by answer.',
    when: { kind: 'event', match: { eventSource: BEDROCK, eventName: ['Retrieve', 'RetrieveAndGenerate', 'RetrieveAndGenerateStream'] }, where: crossAccount },
    fires: [[retrieve(0, role('Stranger', 'x', { account: FOREIGN }))]],
    quiet: [[retrieve(0)]],
  }),
  defineDetection({
    id: 'knowledge-base-source-in-other-account',
    title: 'Knowledge base reads from a bucket of another account',
    risk: 'data-poisoning', severity: 'high', techniques: ['T1565.001', 'AML.T0070', 'AML.T0010.002'],
    why: 'Its owner decides from now on what the model will say.',
    when: { kind: 'event', match: { eventSource: BEDROCK, eventName: ['CreateDataSource', 'UpdateDataSource'] }, where: otherOwner },
    fires: [[call('bedrock', 'CreateDataSource', { as: eve, request: { knowledgeBaseId: 'KB1', dataSourceConfiguration: { type: 'S3', s3Configuration: { bucketArn: 'arn:aws:s3:::other', bucketOwnerAccountId: FOREIGN } } } })]],
    quiet: [[call('bedrock', 'CreateDataSource', { as: eve, request: { knowledgeBaseId: 'KB1', dataSourceConfiguration: { type: 'S3', s3Configuration: { bucketArn: 'arn:aws:s3:::ours', bucketOwnerAccountId: ACCOUNT } } } })]],
  }),
  defineDetection({
    id: 'ai-data-written-by-other',
    title: 'Training or retrieval data written by a principal not meant to',
    risk: 'data-poisoning', severity: 'medium', techniques: ['T1565.001', 'AML.T0020', 'AML.T0070'], source: { data: 'AWS::S3::Object' },
    why: 'The bucket feeds a model or a knowledge base, and the writer is none of those that the estate names.',
    when: { kind: 'event', match: { eventSource: 's3.amazonaws.com', eventName: ['PutObject', 'CopyObject', 'DeleteObject', 'DeleteObjects', 'CompleteMultipartUpload'], outcome: 'success' }, where: feedsAi },
    byEstate: true,
    fires: [{ records: [putDoc(eve)], facts: { stores: [docs] } }],
    quiet: [{ records: [putDoc(role('Publisher'))], facts: { stores: [docs] } }, [putDoc(eve)]],
  }),
  defineDetection({
    id: 'ai-data-written-then-ingested',
    title: 'Data of a model written and then taken in by the same principal',
    risk: 'data-poisoning', severity: 'high', techniques: ['T1565.001', 'AML.T0020', 'AML.T0070'], source: { data: 'AWS::S3::Object' },
    why: 'A write to a source followed by an ingestion or a training that nobody else asked for.',
    eases: [...usualEases, personEase],
    when: {
      kind: 'set', ordered: true, atLeast: 2, within: days(1), where: inStore,
      steps: [{ name: 'write', match: { eventSource: 's3.amazonaws.com', eventName: ['PutObject', 'CopyObject', 'CompleteMultipartUpload'], keyType: 'long-term' } }, { name: 'take in', match: { eventSource: [BEDROCK, SAGEMAKER], eventName: ['StartIngestionJob', 'CreateTrainingJob', 'CreateModelCustomizationJob', 'StartPipelineExecution'] } }],
    },
    byEstate: true,
    fires: [{ records: [putDoc(eve), call('bedrock', 'StartIngestionJob', { as: eve, at: 300, request: { knowledgeBaseId: 'KB1', dataSourceId: 'DS1' } })], facts: { stores: [docs] } }],
    quiet: [{ records: [putDoc(app), call('bedrock', 'StartIngestionJob', { as: app, at: 300 })], facts: { stores: [docs] } }, [putDoc(eve), call('bedrock', 'StartIngestionJob', { as: eve, at: 300 })]],
  }),
  defineDetection({
    id: 'vector-store-self-grant',
    title: 'Principal gives itself access to a vector store',
    risk: 'privilege-escalation', severity: 'high', techniques: ['T1098', 'T1213', 'AML.T0085.000'],
    why: 'The access policy of the store names the caller’s own account or user: it opens what it could not read.',
    eases: [...usualEases, personEase],
    when: { kind: 'event', match: [{ eventSource: 'aoss.amazonaws.com', eventName: ['CreateAccessPolicy', 'UpdateAccessPolicy'], outcome: 'success' }, { eventSource: 's3vectors.amazonaws.com', eventName: 'PutVectorBucketPolicy', outcome: 'success' }, { eventSource: 'es.amazonaws.com', eventName: 'UpdateDomainConfig', outcome: 'success' }], where: (event) => toStranger(event) && event.caller !== 'service' },
    fires: [[call('aoss', 'UpdateAccessPolicy', { as: eve, request: { name: 'kb', policy: [{ Rules: [{ Resource: ['index/kb/*'], Permission: ['aoss:ReadDocument'] }], Principal: [`arn:aws:iam::${ACCOUNT}:user/eve`] }] } })]],
    quiet: [[call('aoss', 'ListAccessPolicies', { as: eve })], [call('aoss', 'UpdateAccessPolicy', { as: eve, request: { name: 'kb', description: 'new text' } })]],
  }),
  defineDetection({
    id: 'feature-store-written-by-new-principal',
    title: 'Feature group written by a principal for the first time',
    risk: 'data-poisoning', severity: 'medium', techniques: ['T1565.001', 'AML.T0020'], source: { data: 'AWS::SageMaker::FeatureGroup' },
    why: 'Features are what a model decides by.',
    when: { kind: 'first', match: { eventSource: SAGEMAKER, eventName: ['PutRecord', 'DeleteRecord'] }, by: ['account', 'requestParameters.featureGroupName'], of: ['role'], history: days(7) },
    fires: [[0, 8].map((day) => dataCall('sagemaker', 'PutRecord', 'AWS::SageMaker::FeatureGroup', 'arn:aws:sagemaker:us-east-1:111122223333:feature-group/fraud', { as: day === 0 ? app : eve, at: day * 86_400, request: { featureGroupName: 'fraud' } }))],
    quiet: [[0, 8].map((day) => dataCall('sagemaker', 'PutRecord', 'AWS::SageMaker::FeatureGroup', 'arn:aws:sagemaker:us-east-1:111122223333:feature-group/fraud', { as: app, at: day * 86_400, request: { featureGroupName: 'fraud' } }))],
  }),
  defineDetection({
    id: 'ai-dataset-deleted',
    title: 'Feature group or dataset of a model deleted',
    risk: 'data-poisoning', severity: 'low', techniques: ['T1485', 'T1565.001', 'AML.T0059'],
    why: 'Data of a model is gone.',
    when: { kind: 'event', match: { eventSource: SAGEMAKER, eventName: ['DeleteFeatureGroup', 'DeleteHubContent', 'DeleteDataset'], outcome: 'success' } },
    fires: [[call('sagemaker', 'DeleteFeatureGroup', { as: eve, request: { featureGroupName: 'fraud' } })]],
    quiet: [[call('sagemaker', 'DescribeFeatureGroup', { as: eve })]],
  }),
  defineDetection({
    id: 'knowledge-base-ingestion-burst',
    title: 'Knowledge base ingested again and again',
    risk: 'data-poisoning', severity: 'low', techniques: ['T1565.001', 'AML.T0070'],
    why: 'Many ingestions in an hour try out what gets through.',
    when: { kind: 'count', match: { eventSource: BEDROCK, eventName: ['StartIngestionJob', 'IngestKnowledgeBaseDocuments'] }, by: ['principal'], atLeast: 20, within: hours(1) },
    fires: [() => repeat(20, 60, (at) => call('bedrock', 'StartIngestionJob', { as: eve, at }))],
    quiet: [() => repeat(19, 60, (at) => call('bedrock', 'StartIngestionJob', { as: eve, at }))],
  }),
]
