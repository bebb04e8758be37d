import { describeType } from '../describe.ts'
import type { TypeDescription, Stage } from '../describe.ts'
import type { Pillar } from '../risk.ts'
import type { ResourceType } from '../types.gen.ts'

/** Types of the ready-to-use AI services; what connects them is said by their property names alone. */
const table: readonly (readonly [type: ResourceType, service: string, label: string, asset: Pillar, stage?: Stage])[] = [
  ['AWS::Comprehend::DocumentClassifier', 'Comprehend', 'document classifier', 'models', 'model'],
  ['AWS::Comprehend::EntityRecognizer', 'Comprehend', 'entity recogniser', 'models', 'model'],
  ['AWS::Comprehend::Flywheel', 'Comprehend', 'flywheel', 'models', 'train'],
  ['AWS::Comprehend::EntitiesDetectionJob', 'Comprehend', 'entities job', 'data', 'prepare'],
  ['AWS::Comprehend::PiiEntitiesDetectionJob', 'Comprehend', 'PII job', 'data', 'prepare'],
  ['AWS::Comprehend::TopicsDetectionJob', 'Comprehend', 'topics job', 'data', 'prepare'],
  ['AWS::Comprehend::SentimentDetectionJob', 'Comprehend', 'sentiment job', 'data', 'prepare'],
  ['AWS::Comprehend::KeyPhrasesDetectionJob', 'Comprehend', 'key phrases job', 'data', 'prepare'],
  ['AWS::Comprehend::DominantLanguageDetectionJob', 'Comprehend', 'language job', 'data', 'prepare'],
  ['AWS::Comprehend::TargetedSentimentDetectionJob', 'Comprehend', 'targeted sentiment job', 'data', 'prepare'],
  ['AWS::Comprehend::EventsDetectionJob', 'Comprehend', 'events job', 'data', 'prepare'],
  ['AWS::ComprehendMedical::EntitiesDetectionV2Job', 'Comprehend Medical', 'medical entities job', 'data', 'prepare'],
  ['AWS::ComprehendMedical::PHIDetectionJob', 'Comprehend Medical', 'PHI job', 'data', 'prepare'],
  ['AWS::ComprehendMedical::ICD10CMInferenceJob', 'Comprehend Medical', 'ICD-10-CM job', 'data', 'prepare'],
  ['AWS::ComprehendMedical::RxNormInferenceJob', 'Comprehend Medical', 'RxNorm job', 'data', 'prepare'],
  ['AWS::ComprehendMedical::SNOMEDCTInferenceJob', 'Comprehend Medical', 'SNOMED CT job', 'data', 'prepare'],
  ['AWS::Rekognition::Project', 'Rekognition', 'custom labels project', 'models', 'train'],
  ['AWS::Rekognition::Dataset', 'Rekognition', 'dataset', 'data', 'data'],
  ['AWS::Rekognition::Collection', 'Rekognition', 'face collection', 'data', 'data'],
  ['AWS::Rekognition::StreamProcessor', 'Rekognition', 'stream processor', 'applications', 'use'],
  ['AWS::Textract::Adapter', 'Textract', 'adapter', 'models', 'model'],
  ['AWS::Transcribe::TranscriptionJob', 'Transcribe', 'transcription job', 'data', 'prepare'],
  ['AWS::Transcribe::MedicalTranscriptionJob', 'Transcribe', 'medical transcription job', 'data', 'prepare'],
  ['AWS::Transcribe::MedicalScribeJob', 'Transcribe', 'medical scribe job', 'data', 'prepare'],
  ['AWS::Transcribe::CallAnalyticsJob', 'Transcribe', 'call analytics job', 'data', 'prepare'],
  ['AWS::Transcribe::CallAnalyticsCategory', 'Transcribe', 'call analytics category', 'applications'],
  ['AWS::Transcribe::Vocabulary', 'Transcribe', 'vocabulary', 'data', 'data'],
  ['AWS::Transcribe::VocabularyFilter', 'Transcribe', 'vocabulary filter', 'data', 'data'],
  ['AWS::Transcribe::MedicalVocabulary', 'Transcribe', 'medical vocabulary', 'data', 'data'],
  ['AWS::Transcribe::LanguageModel', 'Transcribe', 'language model', 'models', 'model'],
  ['AWS::Translate::TextTranslationJob', 'Translate', 'translation job', 'data', 'prepare'],
  ['AWS::Translate::Terminology', 'Translate', 'terminology', 'data', 'data'],
  ['AWS::Translate::ParallelData', 'Translate', 'parallel data', 'data', 'data'],
  ['AWS::Polly::Lexicon', 'Polly', 'lexicon', 'data', 'data'],
  ['AWS::Polly::SpeechSynthesisTask', 'Polly', 'speech synthesis task', 'data', 'use'],
  ['AWS::Lex::Bot', 'Lex', 'bot', 'applications', 'use'],
  ['AWS::Lex::BotAlias', 'Lex', 'bot alias', 'applications', 'use'],
  ['AWS::Kendra::Index', 'Kendra', 'search index', 'data', 'data'],
  ['AWS::Kendra::DataSource', 'Kendra', 'index data source', 'data', 'data'],
  ['AWS::Kendra::Faq', 'Kendra', 'FAQ', 'data', 'data'],
  ['AWS::Personalize::DatasetGroup', 'Personalize', 'dataset group', 'data', 'data'],
  ['AWS::Personalize::Dataset', 'Personalize', 'dataset', 'data', 'data'],
  ['AWS::Personalize::Solution', 'Personalize', 'solution', 'models', 'train'],
  ['AWS::Personalize::SolutionVersion', 'Personalize', 'solution version', 'models', 'model'],
  ['AWS::Personalize::Campaign', 'Personalize', 'campaign', 'models', 'serve'],
  ['AWS::Personalize::Recommender', 'Personalize', 'recommender', 'models', 'serve'],
  ['AWS::Personalize::DatasetImportJob', 'Personalize', 'dataset import job', 'data', 'prepare'],
  ['AWS::Personalize::BatchInferenceJob', 'Personalize', 'batch inference job', 'models', 'serve'],
  ['AWS::Forecast::DatasetGroup', 'Forecast', 'dataset group', 'data', 'data'],
  ['AWS::Forecast::Dataset', 'Forecast', 'dataset', 'data', 'data'],
  ['AWS::Forecast::DatasetImportJob', 'Forecast', 'dataset import job', 'data', 'prepare'],
  ['AWS::Forecast::Predictor', 'Forecast', 'predictor', 'models', 'model'],
  ['AWS::Forecast::AutoPredictor', 'Forecast', 'auto predictor', 'models', 'model'],
  ['AWS::Forecast::Forecast', 'Forecast', 'forecast', 'models', 'serve'],
  ['AWS::FraudDetector::Detector', 'Fraud Detector', 'detector', 'models', 'serve'],
  ['AWS::FraudDetector::Model', 'Fraud Detector', 'model', 'models', 'model'],
  ['AWS::FraudDetector::ModelVersion', 'Fraud Detector', 'model version', 'models', 'model'],
  ['AWS::FraudDetector::EventType', 'Fraud Detector', 'event type', 'data', 'data'],
  ['AWS::FraudDetector::List', 'Fraud Detector', 'list', 'data', 'data'],
  ['AWS::HealthLake::FHIRDatastore', 'HealthLake', 'FHIR data store', 'data', 'data'],
  ['AWS::QBusiness::Application', 'Q Business', 'application', 'applications', 'use'],
  ['AWS::QBusiness::Index', 'Q Business', 'index', 'data', 'data'],
  ['AWS::QBusiness::Retriever', 'Q Business', 'retriever', 'data', 'data'],
  ['AWS::QBusiness::DataSource', 'Q Business', 'data source', 'data', 'data'],
  ['AWS::QBusiness::Plugin', 'Q Business', 'plugin', 'applications', 'use'],
  ['AWS::QBusiness::WebExperience', 'Q Business', 'web experience', 'applications', 'use'],
  ['AWS::Wisdom::Assistant', 'Q in Connect', 'assistant', 'applications', 'use'],
  ['AWS::Wisdom::KnowledgeBase', 'Q in Connect', 'knowledge base', 'data', 'data'],
  ['AWS::Wisdom::AIAgent', 'Q in Connect', 'AI agent', 'applications', 'use'],
  ['AWS::Wisdom::AIGuardrail', 'Q in Connect', 'AI guardrail', 'applications'],
  ['AWS::CodeGuruReviewer::RepositoryAssociation', 'CodeGuru', 'repository association', 'applications'],
  ['AWS::CodeGuruProfiler::ProfilingGroup', 'CodeGuru', 'profiling group', 'applications'],
  ['AWS::DevOpsGuru::ResourceCollection', 'DevOps Guru', 'resource collection', 'applications'],
  ['AWS::NeptuneGraph::Graph', 'Neptune Analytics', 'graph', 'data', 'data'],
  ['AWS::S3Vectors::VectorBucket', 'S3 Vectors', 'vector bucket', 'data', 'data'],
  ['AWS::OpenSearchServerless::Collection', 'OpenSearch Serverless', 'collection', 'data', 'data'],
  ['AWS::Glue::Database', 'Glue', 'database', 'data', 'data'],
  ['AWS::Glue::MLTransform', 'Glue', 'ML transform', 'models', 'model'],
  ['AWS::Glue::Connection', 'Glue', 'connection', 'data'],
]

const plain: TypeDescription[] = table.map(([type, service, label, asset, stage]) =>
  describeType(type, { label, service, asset, ...(stage === undefined ? {} : { stage }) }))

export default [
  ...plain,
  describeType('AWS::Comprehend::Endpoint', { label: 'endpoint', service: 'Comprehend', asset: 'models', stage: 'serve' }, (add) => add('serves', 'ModelArn', ['AWS::Comprehend::DocumentClassifier', 'AWS::Comprehend::EntityRecognizer'])),
  describeType('AWS::Comprehend::DocumentClassificationJob', { label: 'classification job', service: 'Comprehend', asset: 'data', stage: 'prepare' }, (add) => add('invokes', 'DocumentClassifierArn', 'AWS::Comprehend::DocumentClassifier')),
  describeType('AWS::S3Vectors::Index', { label: 'vector index', service: 'S3 Vectors', asset: 'data', stage: 'data' }, (add) => {
    add('part of', 'VectorBucketName', 'AWS::S3Vectors::VectorBucket')
    add('part of', 'VectorBucketArn', 'AWS::S3Vectors::VectorBucket')
  }),
  describeType('AWS::Glue::Table', { label: 'table', service: 'Glue', asset: 'data', stage: 'data' }, (add) => {
    add('part of', 'DatabaseName', 'AWS::Glue::Database')
    add('stores in', 'TableInput/StorageDescriptor/Location', 'storage')
  }),
  describeType('AWS::Glue::Crawler', { label: 'crawler', service: 'Glue', asset: 'data', stage: 'prepare' }, (add) => {
    add('reads', 'Targets/S3Targets/*/Path', 'storage')
    add('writes', 'DatabaseName', 'AWS::Glue::Database')
  }),
  describeType('AWS::Glue::Job', { label: 'ETL job', service: 'Glue', asset: 'data', stage: 'prepare' }, (add) => {
    add('runs code', 'Command/ScriptLocation', 'storage')
    add('reads', 'Connections/Connections/*', 'AWS::Glue::Connection')
  }),
]
