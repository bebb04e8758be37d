import { acts, family, hackTricks, place } from '../../family.ts'
import { base, features, memory, training } from '../../nodes.ts'
import { any, fact, has, may } from '../../step.ts'
import type { Variable } from '../../step.ts'

const step = family('poisoning', ['AML.T0020'])
const rag = { techniques: ['AML.T0070'] }
const later = { waits: true }
const write = (on: Variable) => ({ power: 'write', on } as const)

const labeling = any('labeling', 'AWS::SageMaker::LabelingJob')
const files = any('files', 'AWS::EFS::FileSystem')
const table = any('table', 'AWS::Glue::Table')
const lake = any('resource', 'AWS::Glue::Table', 'AWS::Glue::Database', 'AWS::LakeFormation::Resource')
const collection = any('store', 'AWS::OpenSearchServerless::Collection')
const index = any('index', 'AWS::S3Vectors::Index')
const cluster = any('store', 'AWS::RDS::DBCluster')
const domain = any('store', 'AWS::OpenSearchService::Domain')
const graph = any('store', 'AWS::NeptuneGraph::Graph')
const secret = any('secret', 'AWS::SecretsManager::Secret')
const dataset = any('dataset', 'AWS::BedrockAgentCore::Dataset')
const web = any('web', 'web')

/** Data that models learn from. */
const learned = [
  step('DM-poison-training', 'poisons the data that {training} reads from {place}', [has('write', place), fact(training, 'reads', place)], write(training), later),
  step('DM-poison-manifest', 'flips labels in the manifest that {labeling} reads from {place}', [has('write', place), fact(labeling, 'reads', place)], write(labeling), later),
  step('poison-labels', 'passes flipped labels of {labeling} on to {training} through {place}', [has('write', labeling), fact(labeling, 'writes', place), fact(training, 'reads', place)], write(training), later),
  step('DM-poison-fsx', 'writes {files}, which {training} reads', [may('elasticfilesystem:ClientWrite', files), fact(training, 'reads', files)], write(training), later),
  step('DM-poison-glue', 'points {table}, which holds {features}, to data of its own', [may('glue:UpdateTable', table), fact(features, 'stores in', table)], write(features), later),
  step('DM-poison-lakeformation', 'grants itself {resource} in Lake Formation', acts(lake, 'lakeformation:GrantPermissions'), [write(lake), { power: 'read', on: lake }]),
  step('DM-feature-write', 'changes features in {features}', acts(features, 'sagemaker:PutRecord'), write(features), hackTricks),
  step('DM-feature-batch', 'changes features in {features} in bulk', acts(features, 'sagemaker:BatchWriteRecord'), write(features)),
  step('AI-ac-dataset', 'changes examples in {dataset}', acts(dataset, 'bedrock-agentcore:UpdateDatasetExamples'), write(dataset)),
]

/** What a knowledge base retrieves: text planted here is text that a model reads. */
const retrieved = [
  step('DM-poison-kb-s3', 'plants text in {place}, which {base} ingests', [has('write', place), fact(base, 'ingests', place)], write(base), { ...rag, ...later }),
  step('poison-web', 'publishes text on {web}, which {base} crawls', [has('write', web), fact(base, 'ingests', web)], write(base), { ...rag, ...later, source: 'MITRE ATLAS AML.T0070' }),
  step('DM-poison-kb-direct', 'ingests documents into {base}', acts(base, 'bedrock:IngestKnowledgeBaseDocuments'), write(base), rag),
  step('DM-poison-kb-aoss', 'writes vectors in {store}', acts(collection, 'aoss:APIAccessAll'), [write(collection), { power: 'read', on: collection }], rag),
  step('DM-aoss-selfgrant', 'adds itself to the data access policy of {store}', [may('aoss:UpdateAccessPolicy', collection), may('aoss:APIAccessAll')], [write(collection), { power: 'read', on: collection }], rag),
  step('DM-poison-kb-s3vectors', 'overwrites vectors in {index}', acts(index, 's3vectors:PutVectors'), write(index), rag),
  step('DM-poison-kb-rds', 'writes chunks in {store} by SQL', [may('rds-data:ExecuteStatement', cluster), may('secretsmanager:GetSecretValue', secret), fact(cluster, 'uses secret', secret)], [write(cluster), { power: 'read', on: cluster }], rag),
  step('DM-poison-kb-es', 'writes vectors in {store}', acts(domain, 'es:ESHttpPut'), write(domain), rag),
  step('DM-poison-kb-neptune', 'writes facts in {store}', acts(graph, 'neptune-graph:WriteDataViaQuery'), write(graph), rag),
  step('poison-vector-store', 'changes what {base} finds in {store}', [has('write', any('store', ...collection.types, ...index.types, ...cluster.types, ...domain.types, ...graph.types)), fact(base, 'stores in', any('store', ...collection.types, ...index.types, ...cluster.types, ...domain.types, ...graph.types))], write(base), rag),
  step('DM-kb-delete', 'removes documents from {base}', acts(base, 'bedrock:DeleteKnowledgeBaseDocuments'), { power: 'disable', on: base }, { techniques: ['AML.T0059'] }),
  step('DM-delete-kb', 'deletes {base}', acts(base, 'bedrock:DeleteKnowledgeBase'), { power: 'disable', on: base }, { techniques: ['AML.T0029'] }),
]

/** What an agent remembers. */
const remembered = [
  step('AI-ac-memory-write', 'plants memories in {memory}', acts(memory, 'bedrock-agentcore:BatchCreateMemoryRecords'), write(memory), { techniques: ['AML.T0080.000'] }),
  step('AI-ac-memory-event', 'plants a conversation that becomes memory in {memory}', acts(memory, 'bedrock-agentcore:CreateEvent'), write(memory), { techniques: ['AML.T0080.000'], waits: true }),
]

export default [...learned, ...retrieved, ...remembered]
