import { bucketCheck } from '../families/bucket-check.ts'
import { keepsHistory, notPublic, notReadOutside, notWrittenOutside, nothingSensitive, tlsOnly } from '../families/bucket-traits.ts'
import { ROLE } from '../families/values.ts'

const input = 'InputDataConfig/*/DataSource/S3DataSource/S3Uri'
const training = (bucket: string) => ({
  TrainingJobName: 'churn', RoleArn: ROLE, InputDataConfig: [{ ChannelName: 'train', DataSource: { S3DataSource: { S3DataType: 'S3Prefix' as const, S3Uri: `s3://${bucket}/train/` } } }],
})

export default [
  bucketCheck({
    id: 'sagemaker-training-input-bucket-public', on: 'AWS::SageMaker::TrainingJob', risk: 'privacy-violation', severity: 'critical',
    title: 'Training data is public',
    why: 'Anyone on the internet can download the data that the model learned from.',
    fix: 'Remove the public grant from the bucket and turn on all four settings of Block Public Access.',
    at: [input], traits: [notPublic], example: training,
  }),
  bucketCheck({
    id: 'sagemaker-training-input-bucket-writable', on: 'AWS::SageMaker::TrainingJob', risk: 'data-poisoning', severity: 'critical',
    title: 'Somebody outside can change the training data',
    why: 'Whoever writes the training data decides what the model learns, hidden triggers included.',
    fix: 'Allow s3:PutObject and s3:DeleteObject on the training data only to roles of the pipeline that makes it.',
    at: [input], traits: [notWrittenOutside], example: training,
  }),
  bucketCheck({
    id: 'sagemaker-training-input-no-tls', on: 'AWS::SageMaker::TrainingJob', risk: 'insufficient-encryption', severity: 'medium',
    title: 'Training data can be fetched without TLS',
    why: 'Whoever sits on the network can read the training data, or change it on the way to the job.',
    fix: 'Deny everything in the bucket policy where aws:SecureTransport is false.',
    also: ['prowler:s3_bucket_secure_transport_policy'],
    at: [input], traits: [tlsOnly], example: training,
  }),
  bucketCheck({
    id: 'sagemaker-training-input-unversioned', on: 'AWS::SageMaker::TrainingJob', risk: 'data-poisoning', severity: 'medium',
    title: 'Training data keeps no versions',
    why: 'Poisoned or overwritten training data can neither be proved nor rolled back.',
    fix: 'Turn on versioning for the bucket of the training data.',
    also: ['awsaiml:FS-21'],
    at: [input], traits: [keepsHistory], example: training,
  }),
  bucketCheck({
    id: 'sagemaker-training-input-sensitive-data', on: 'AWS::SageMaker::TrainingJob', risk: 'privacy-violation', severity: 'high',
    title: 'Macie found sensitive data in the training data',
    why: 'A model can repeat what it was trained on: names, numbers and credentials included.',
    fix: 'Redact or remove what Macie reports for the bucket, and train again without it.',
    also: ['awsaiml:FS-44'],
    at: [input], traits: [nothingSensitive], example: training,
  }),
  bucketCheck({
    id: 'bedrock-custom-model-training-bucket-exposed', on: 'AWS::Bedrock::CustomModel', risk: 'data-poisoning', severity: 'critical',
    title: 'Somebody outside can reach the training data of the custom model',
    why: 'Reading it leaks what the model was taught; writing it teaches the model something else.',
    fix: 'Take the foreign or public principals out of the policies of the training, validation and output buckets.',
    at: ['TrainingDataConfig/S3Uri', 'ValidationDataConfig/Validators/*/S3Uri', 'OutputDataConfig/S3Uri'],
    traits: [notReadOutside, notWrittenOutside],
    example: (bucket) => ({ ModelName: 'support', TrainingDataConfig: { S3Uri: `s3://${bucket}/train.jsonl` } }),
  }),
  bucketCheck({
    id: 'comprehend-data-bucket-or-role', on: 'AWS::Comprehend::Flywheel', risk: 'data-poisoning', severity: 'high',
    title: 'Somebody outside can reach the data lake of the flywheel',
    why: 'The flywheel keeps training from its data lake, so whoever writes there steers its models.',
    fix: 'Allow only the roles of the pipeline to read and write the data lake.',
    at: ['DataLakeS3Uri'], traits: [notReadOutside, notWrittenOutside],
    example: (bucket) => ({ FlywheelName: 'tickets', DataAccessRoleArn: ROLE, DataLakeS3Uri: `s3://${bucket}/lake` }),
  }),
  bucketCheck({
    id: 'comprehend-data-bucket-or-role', on: 'AWS::Comprehend::DocumentClassifier', risk: 'data-poisoning', severity: 'high',
    title: 'Somebody outside can reach the training data of the classifier',
    why: 'Whoever writes the training documents decides how the classifier judges.',
    fix: 'Allow only the roles of the pipeline to read and write the training documents.',
    at: ['InputDataConfig/S3Uri', 'InputDataConfig/AugmentedManifests/*/S3Uri'], traits: [notReadOutside, notWrittenOutside],
    example: (bucket) => ({ DocumentClassifierName: 'tickets', DataAccessRoleArn: ROLE, LanguageCode: 'en', InputDataConfig: { S3Uri: `s3://${bucket}/train.csv` } }),
  }),
  bucketCheck({
    id: 'transcribe-custom-model-data', on: 'AWS::Transcribe::LanguageModel', risk: 'data-poisoning', severity: 'medium',
    title: 'Somebody outside can reach the training data of the language model',
    why: 'Whoever writes the training text decides what the transcripts say.',
    fix: 'Allow only the roles of the pipeline to read and write the training text.',
    at: ['InputDataConfig/S3Uri', 'InputDataConfig/TuningDataS3Uri'], traits: [notReadOutside, notWrittenOutside],
    example: (bucket) => ({ ModelName: 'calls', InputDataConfig: { S3Uri: `s3://${bucket}/calls`, DataAccessRoleArn: ROLE } }),
  }),
]
