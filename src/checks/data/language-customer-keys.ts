import { customerKey } from '../families/customer-key.ts'
import { ROLE } from '../families/values.ts'

const input = { S3Uri: 's3://texts/input' }
const classifier = { DocumentClassifierName: 'tickets', DataAccessRoleArn: ROLE, InputDataConfig: input, LanguageCode: 'en' as const }
const recognizer = {
  RecognizerName: 'products', DataAccessRoleArn: ROLE, LanguageCode: 'en' as const,
  InputDataConfig: { EntityTypes: [{ Type: 'PRODUCT' }], Documents: { S3Uri: 's3://texts/input' } },
}
const flywheel = { FlywheelName: 'tickets', DataAccessRoleArn: ROLE, DataLakeS3Uri: 's3://texts/lake' }
const job = { JobName: 'tickets', InputDataConfig: input, OutputDataConfig: { S3Uri: 's3://texts/output' } }

export default [
  customerKey('comprehend-entity-recognizer-model-no-cmk', 'AWS::Comprehend::EntityRecognizer', 'entity recognizer', 'ModelKmsKeyId', recognizer, { also: ['checkov:CKV_AWS_267'] }),
  customerKey('comprehend-entity-recognizer-model-no-cmk', 'AWS::Comprehend::DocumentClassifier', 'document classifier', 'ModelKmsKeyId', classifier),
  customerKey('comprehend-entity-recognizer-model-no-cmk', 'AWS::Comprehend::Flywheel', 'models of the flywheel', 'DataSecurityConfig/ModelKmsKeyId', flywheel),
  customerKey('comprehend-volume-no-cmk', 'AWS::Comprehend::EntityRecognizer', 'training volume of the recognizer', 'VolumeKmsKeyId', recognizer, { also: [
    'checkov:CKV_AWS_268', 'cloudsploit:volumeEncryption'
  ] }),
  customerKey('comprehend-volume-no-cmk', 'AWS::Comprehend::DocumentClassifier', 'training volume of the classifier', 'VolumeKmsKeyId', classifier, { also: [
    'checkov:CKV_AWS_268', 'cloudsploit:volumeEncryption'
  ] }),
  customerKey('comprehend-volume-no-cmk', 'AWS::Comprehend::Flywheel', 'training volumes of the flywheel', 'DataSecurityConfig/VolumeKmsKeyId', flywheel),
  customerKey('comprehend-volume-no-cmk', 'AWS::Comprehend::EntitiesDetectionJob', 'volume of the job', 'VolumeKmsKeyId', job, { job: true, also: [
    'checkov:CKV_AWS_268', 'cloudsploit:volumeEncryption'
  ] }),
  customerKey('comprehend-volume-no-cmk', 'AWS::Comprehend::SentimentDetectionJob', 'volume of the job', 'VolumeKmsKeyId', job, { job: true, also: [
    'checkov:CKV_AWS_268', 'cloudsploit:volumeEncryption'
  ] }),
  customerKey('comprehend-volume-no-cmk', 'AWS::Comprehend::KeyPhrasesDetectionJob', 'volume of the job', 'VolumeKmsKeyId', job, { job: true, also: [
    'checkov:CKV_AWS_268', 'cloudsploit:volumeEncryption'
  ] }),
  customerKey('comprehend-volume-no-cmk', 'AWS::Comprehend::TopicsDetectionJob', 'volume of the job', 'VolumeKmsKeyId', job, { job: true, also: [
    'checkov:CKV_AWS_268', 'cloudsploit:volumeEncryption'
  ] }),
  customerKey('comprehend-volume-no-cmk', 'AWS::Comprehend::DocumentClassificationJob', 'volume of the job', 'VolumeKmsKeyId', job, { job: true, also: [
    'checkov:CKV_AWS_268', 'cloudsploit:volumeEncryption'
  ] }),
  customerKey('comprehend-volume-no-cmk', 'AWS::Comprehend::DominantLanguageDetectionJob', 'volume of the job', 'VolumeKmsKeyId', job, { job: true, also: [
    'checkov:CKV_AWS_268', 'cloudsploit:volumeEncryption'
  ] }),
  customerKey('comprehend-volume-no-cmk', 'AWS::Comprehend::TargetedSentimentDetectionJob', 'volume of the job', 'VolumeKmsKeyId', job, { job: true }),
  customerKey('comprehend-job-output-no-cmk', 'AWS::Comprehend::DocumentClassifier', 'confusion matrix of the classifier', 'OutputDataConfig/KmsKeyId',
    { ...classifier, OutputDataConfig: { S3Uri: 's3://texts/output' } }, { within: 'OutputDataConfig' }),
  customerKey('comprehend-job-output-no-cmk', 'AWS::Comprehend::EntitiesDetectionJob', 'output of the job', 'OutputDataConfig/KmsKeyId', job, { job: true, also: ['cloudsploit:outputResultEncryption'] }),
  customerKey('comprehend-job-output-no-cmk', 'AWS::Comprehend::PiiEntitiesDetectionJob', 'output of the job', 'OutputDataConfig/KmsKeyId', job, { job: true }),
  customerKey('comprehend-job-output-no-cmk', 'AWS::Comprehend::SentimentDetectionJob', 'output of the job', 'OutputDataConfig/KmsKeyId', job, { job: true, also: ['cloudsploit:outputResultEncryption'] }),
  customerKey('comprehend-job-output-no-cmk', 'AWS::Comprehend::KeyPhrasesDetectionJob', 'output of the job', 'OutputDataConfig/KmsKeyId', job, { job: true, also: ['cloudsploit:outputResultEncryption'] }),
  customerKey('comprehend-job-output-no-cmk', 'AWS::Comprehend::TopicsDetectionJob', 'output of the job', 'OutputDataConfig/KmsKeyId', job, { job: true, also: ['cloudsploit:outputResultEncryption'] }),
  customerKey('comprehend-job-output-no-cmk', 'AWS::Comprehend::DocumentClassificationJob', 'output of the job', 'OutputDataConfig/KmsKeyId', job, { job: true, also: ['cloudsploit:outputResultEncryption'] }),
  customerKey('comprehend-job-output-no-cmk', 'AWS::Comprehend::DominantLanguageDetectionJob', 'output of the job', 'OutputDataConfig/KmsKeyId', job, { job: true, also: ['cloudsploit:outputResultEncryption'] }),
  customerKey('comprehend-job-output-no-cmk', 'AWS::Comprehend::TargetedSentimentDetectionJob', 'output of the job', 'OutputDataConfig/KmsKeyId', job, { job: true }),
  customerKey('comprehend-job-output-no-cmk', 'AWS::Comprehend::EventsDetectionJob', 'output of the job', 'OutputDataConfig/KmsKeyId', job, { job: true }),
  customerKey('kendra-index-no-cmk', 'AWS::Kendra::Index', 'index', 'ServerSideEncryptionConfiguration/KmsKeyId',
    { Name: 'handbook', Edition: 'ENTERPRISE_EDITION', RoleArn: ROLE }, { also: [
      'checkov:CKV_AWS_262', 'cloudsploit:kendraIndexEncrypted', 'guard:kendra_index_encryption_kms_key_id_rule'
    ] }),
  customerKey('qbusiness-no-cmk', 'AWS::QBusiness::Application', 'application and what people ask it', 'EncryptionConfiguration/KmsKeyId', { DisplayName: 'handbook' }),
  customerKey('translate-job-output-no-cmk', 'AWS::Translate::TextTranslationJob', 'translations', 'OutputDataConfig/EncryptionKey/Id',
    { JobName: 'manuals', InputDataConfig: { S3Uri: 's3://manuals/en', ContentType: 'text/plain' }, OutputDataConfig: { S3Uri: 's3://manuals/de' } }, { job: true, also: ['cloudsploit:translateJobOutputEncrypted'] }),
  customerKey('translate-resource-no-cmk', 'AWS::Translate::Terminology', 'terminology', 'EncryptionKey/Id', { Name: 'products' }, { severity: 'low' }),
  customerKey('translate-resource-no-cmk', 'AWS::Translate::ParallelData', 'parallel data', 'EncryptionKey/Id', { Name: 'manuals', ParallelDataConfig: { S3Uri: 's3://manuals/pairs', Format: 'TMX' } }, { severity: 'low' }),
  customerKey('connect-ai-no-cmk', 'AWS::Wisdom::Assistant', 'assistant', 'ServerSideEncryptionConfiguration/KmsKeyId', { Name: 'support', Type: 'AGENT' }, { also: [
    'cloudsploit:wisdomDomainEncrypted', 'cloudsploit:voiceIdDomainEncrypted'
  ] }),
  customerKey('connect-ai-no-cmk', 'AWS::Wisdom::KnowledgeBase', 'knowledge base', 'ServerSideEncryptionConfiguration/KmsKeyId',
    { Name: 'handbook', KnowledgeBaseType: 'CUSTOM' }, { also: [
      'cloudsploit:wisdomDomainEncrypted', 'cloudsploit:voiceIdDomainEncrypted'
    ] }),
]
