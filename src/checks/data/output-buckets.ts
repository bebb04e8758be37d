import { bucketCheck } from '../families/bucket-check.ts'
import { kmsEncrypted, notPublic, notReadOutside } from '../families/bucket-traits.ts'
import { ROLE } from '../families/values.ts'

const variant = { VariantName: 'main', ModelName: 'churn', InstanceType: 'ml.m5.large', InitialInstanceCount: 1 }
const shut = 'Take the foreign or public principals out of the bucket policy.'
const medical = (bucket: string) => ({ JobName: 'notes', OutputDataConfig: { S3Bucket: bucket, S3Key: 'notes/' } })
const health = {
  risk: 'privacy-violation', severity: 'high', title: 'What was found in health records is exposed or has no customer managed key',
  why: 'The output names patients, diagnoses and medicines.', fix: 'Name a KMS key in KMSKey for the next job, and take foreign or public principals out of the bucket policy.',
  key: 'KMSKey', at: ['OutputDataConfig/S3Bucket'] as const, traits: [notReadOutside], example: medical,
} as const
const transcript = {
  risk: 'privacy-violation', severity: 'medium', title: 'Transcripts are exposed or not encrypted with KMS',
  why: 'Transcripts hold what people said in confidence, in a form that can be searched.',
  fix: 'Encrypt the bucket of the transcripts with KMS and take foreign or public principals out of its policy.', traits: [kmsEncrypted, notReadOutside],
} as const

export default [
  bucketCheck({
    id: 'sagemaker-endpointconfig-data-capture-bucket-exposed', on: 'AWS::SageMaker::EndpointConfig', risk: 'privacy-violation', severity: 'critical',
    title: 'Somebody outside can read the captured requests and answers',
    why: 'Captured requests hold what people sent to the model, and with the answers they are enough to copy it.',
    fix: shut, at: ['DataCaptureConfig/DestinationS3Uri'], traits: [notReadOutside],
    example: (bucket) => ({
      ProductionVariants: [variant],
      DataCaptureConfig: { DestinationS3Uri: `s3://${bucket}/churn`, InitialSamplingPercentage: 100, CaptureOptions: [{ CaptureMode: 'Input' }] },
    }),
  }),
  bucketCheck({
    id: 'agentcore-browser-recording-bucket-insecure', on: 'AWS::BedrockAgentCore::BrowserCustom', risk: 'privacy-violation', severity: 'high',
    title: 'Recordings of the browser are exposed or not encrypted with KMS',
    why: 'Recordings show every page that the agent opened, with what it typed and the sessions it was signed in to.',
    fix: 'Encrypt the bucket of the recordings with KMS and take foreign or public principals out of its policy.',
    also: ['awsaiml:AC-06'],
    at: ['RecordingConfig/S3Location/Bucket'], traits: [kmsEncrypted, notReadOutside],
    example: (bucket) => ({ Name: 'shopper', NetworkConfiguration: { NetworkMode: 'PUBLIC' }, RecordingConfig: { Enabled: true, S3Location: { Bucket: bucket, Prefix: 'sessions' } } }),
    when: ({ RecordingConfig: config }) => config?.Enabled === true,
  }),
  bucketCheck({ id: 'comprehendmedical-job-output-insecure', on: 'AWS::ComprehendMedical::EntitiesDetectionV2Job', ...health }),
  bucketCheck({ id: 'comprehendmedical-job-output-insecure', on: 'AWS::ComprehendMedical::PHIDetectionJob', ...health }),
  bucketCheck({ id: 'comprehendmedical-job-output-insecure', on: 'AWS::ComprehendMedical::ICD10CMInferenceJob', ...health }),
  bucketCheck({ id: 'comprehendmedical-job-output-insecure', on: 'AWS::ComprehendMedical::RxNormInferenceJob', ...health }),
  bucketCheck({ id: 'comprehendmedical-job-output-insecure', on: 'AWS::ComprehendMedical::SNOMEDCTInferenceJob', ...health }),
  bucketCheck({
    id: 'personalize-import-export-bucket', on: 'AWS::Personalize::DatasetExportJob', risk: 'privacy-violation', severity: 'high',
    title: 'The exported dataset about people is exposed or has no customer managed key',
    why: 'The export is what people looked at, bought and rated, one line for each.',
    fix: `Export with a customer managed key. ${shut}`, at: ['JobOutput/S3DataDestination/Path'], traits: [notReadOutside], key: 'JobOutput/S3DataDestination/KmsKeyArn',
    example: (bucket) => ({ JobName: 'shop', JobOutput: { S3DataDestination: { Path: `s3://${bucket}/shop` } } }),
  }),
  bucketCheck({
    id: 'personalize-import-export-bucket', on: 'AWS::Personalize::DatasetImportJob', risk: 'privacy-violation', severity: 'high',
    title: 'Somebody outside can read the imported dataset about people',
    why: 'The dataset is what people looked at, bought and rated, one line for each.',
    fix: shut, at: ['DataSource/DataLocation'], traits: [notReadOutside],
    example: (bucket) => ({ JobName: 'shop', DataSource: { DataLocation: `s3://${bucket}/shop.csv` } }),
  }),
  bucketCheck({
    id: 'transcribe-output-insecure', on: 'AWS::Transcribe::TranscriptionJob', ...transcript,
    at: ['Transcript/TranscriptFileUri', 'Transcript/RedactedTranscriptFileUri'],
    example: (bucket) => ({ TranscriptionJobName: 'calls', Transcript: { TranscriptFileUri: `https://s3.us-east-1.amazonaws.com/${bucket}/calls.json` } }),
  }),
  bucketCheck({
    id: 'transcribe-output-insecure', on: 'AWS::Transcribe::CallAnalyticsJob', ...transcript,
    at: ['Transcript/TranscriptFileUri', 'Transcript/RedactedTranscriptFileUri'],
    example: (bucket) => ({ CallAnalyticsJobName: 'calls', Transcript: { TranscriptFileUri: `https://s3.us-east-1.amazonaws.com/${bucket}/calls.json` } }),
  }),
  bucketCheck({
    id: 'transcribe-output-insecure', on: 'AWS::Transcribe::MedicalTranscriptionJob', ...transcript, at: ['Transcript/TranscriptFileUri'],
    example: (bucket) => ({ MedicalTranscriptionJobName: 'visits', Transcript: { TranscriptFileUri: `https://s3.us-east-1.amazonaws.com/${bucket}/medical/visits.json` } }),
  }),
  bucketCheck({
    id: 'polly-output-bucket', on: 'AWS::Polly::SpeechSynthesisTask', risk: 'privacy-violation', severity: 'low',
    title: 'Synthesised speech is public',
    why: 'Anyone on the internet can listen to what was read out.',
    fix: shut, at: ['OutputUri'], traits: [notPublic],
    example: (bucket) => ({ TaskId: '12345678-1234-1234-1234-123456789012', OutputUri: `https://s3.us-east-1.amazonaws.com/${bucket}/notice.mp3` }),
  }),
  bucketCheck({
    id: 'rekognition-model-no-cmk', on: 'AWS::Rekognition::ProjectVersion', risk: 'insufficient-encryption', severity: 'medium',
    title: 'The trained model or its images are exposed or have no customer managed key',
    why: 'The images that the model learned from are copied next to the results of its training.',
    fix: `Train the next version with a customer managed key. ${shut}`, at: ['OutputConfig/S3Bucket'], traits: [notReadOutside], key: 'KmsKeyId',
    example: (bucket) => ({ ProjectVersionArn: 'arn:aws:rekognition:us-east-1:111122223333:project/parts/version/1/1700000000000', OutputConfig: { S3Bucket: bucket } }),
  }),
  bucketCheck({
    id: 'rekognition-stream-processor-insecure', on: 'AWS::Rekognition::StreamProcessor', risk: 'privacy-violation', severity: 'medium',
    title: 'Images from the stream are exposed or have no customer managed key',
    why: 'The images show people at home or at the door, with the time.',
    fix: `Name a customer managed key in KmsKeyId. ${shut}`, at: ['S3Destination/BucketName'], traits: [notReadOutside], key: 'KmsKeyId',
    when: (processor) => processor.S3Destination !== undefined,
    example: (bucket) => ({ RoleArn: ROLE, KinesisVideoStream: { Arn: 'arn:aws:kinesisvideo:us-east-1:111122223333:stream/door/1' }, S3Destination: { BucketName: bucket } }),
  }),
  bucketCheck({
    id: 'textract-adapter-insecure', on: 'AWS::Textract::AdapterVersion', risk: 'privacy-violation', severity: 'medium',
    title: 'The sample documents of the adapter are exposed or have no customer managed key',
    why: 'The samples are real documents: invoices, forms, identity papers.',
    fix: `Train the next version with a customer managed key. ${shut}`, at: ['OutputConfig/S3Bucket', 'DatasetConfig/ManifestS3Object'], traits: [notReadOutside], key: 'KMSKeyId',
    example: (bucket) => ({ AdapterId: '0123456789ab', AdapterVersion: '1', OutputConfig: { S3Bucket: bucket } }),
  }),
]
