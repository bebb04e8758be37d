import { bucketCheck } from '../families/bucket-check.ts'
import { keepsHistory, kmsEncrypted, notPublic, notReadOutside, notWrittenOutside } from '../families/bucket-traits.ts'
import { IMAGE, ROLE } from '../families/values.ts'

const artifacts = [
  'PrimaryContainer/ModelDataUrl', 'PrimaryContainer/ModelDataSource/S3DataSource/S3Uri', 'Containers/*/ModelDataUrl', 'Containers/*/ModelDataSource/S3DataSource/S3Uri',
] as const
const model = (bucket: string) => ({ ExecutionRoleArn: ROLE, PrimaryContainer: { Image: IMAGE, ModelDataUrl: `s3://${bucket}/churn/model.tar.gz` } })
const ownWriters = 'Allow s3:PutObject and s3:DeleteObject there only to the roles that publish it.'

export default [
  bucketCheck({
    id: 'sagemaker-model-artifact-bucket-public', on: 'AWS::SageMaker::Model', risk: 'model-theft', severity: 'critical',
    title: 'The artifact of the model is public',
    why: 'Anyone on the internet can download the weights.',
    fix: 'Remove the public grant from the bucket and turn on all four settings of Block Public Access.',
    at: artifacts, traits: [notPublic], example: model,
  }),
  bucketCheck({
    id: 'sagemaker-model-artifact-bucket-writable', on: 'AWS::SageMaker::Model', risk: 'model-theft', severity: 'critical',
    title: 'Somebody outside can replace the artifact of the model',
    why: 'Whoever replaces the artifact decides what the endpoint answers, and often runs code with its role.',
    fix: ownWriters, at: artifacts, traits: [notWrittenOutside], example: model,
  }),
  bucketCheck({
    id: 'sagemaker-model-artifact-bucket-unversioned', on: 'AWS::SageMaker::Model', risk: 'model-drift', severity: 'medium',
    title: 'The artifact of the model keeps no versions',
    why: 'A swapped or overwritten artifact can neither be proved nor rolled back.',
    fix: 'Turn on versioning or Object Lock for the bucket of the artifact.',
    at: artifacts, traits: [keepsHistory], example: model,
  }),
  bucketCheck({
    id: 'sagemaker-training-checkpoint-exposed', on: 'AWS::SageMaker::TrainingJob', risk: 'model-theft', severity: 'high',
    title: 'Checkpoints and debugging output of the training are exposed or not encrypted with KMS',
    why: 'A checkpoint is the model; debugging output holds its tensors and samples of the data.',
    fix: 'Encrypt the bucket with KMS and take foreign or public principals out of its policy.',
    at: ['CheckpointConfig/S3Uri', 'TensorBoardOutputConfig/S3OutputPath', 'DebugHookConfig/S3OutputPath', 'ProfilerConfig/S3OutputPath'],
    traits: [kmsEncrypted, notReadOutside],
    example: (bucket) => ({ TrainingJobName: 'churn', RoleArn: ROLE, CheckpointConfig: { S3Uri: `s3://${bucket}/checkpoints` } }),
  }),
  bucketCheck({
    id: 'sagemaker-mlflow-artifact-bucket-exposed', on: 'AWS::SageMaker::MlflowTrackingServer', risk: 'model-theft', severity: 'high',
    title: 'Somebody outside can reach the artifacts of MLflow',
    why: 'The store holds every logged model: it can be copied, or replaced by one that runs code when loaded.',
    fix: 'Take the foreign or public principals out of the policy of the artifact bucket.',
    at: ['ArtifactStoreUri'], traits: [notReadOutside, notWrittenOutside],
    example: (bucket) => ({ TrackingServerName: 'science', RoleArn: ROLE, ArtifactStoreUri: `s3://${bucket}/mlflow` }),
  }),
  bucketCheck({
    id: 'sagemaker-mlflow-artifact-bucket-exposed', on: 'AWS::SageMaker::MlflowApp', risk: 'model-theft', severity: 'high',
    title: 'Somebody outside can reach the artifacts of MLflow',
    why: 'The store holds every logged model: it can be copied, or replaced by one that runs code when loaded.',
    fix: 'Take the foreign or public principals out of the policy of the artifact bucket.',
    at: ['ArtifactStoreUri'], traits: [notReadOutside, notWrittenOutside],
    example: (bucket) => ({ Name: 'science', RoleArn: ROLE, ArtifactStoreUri: `s3://${bucket}/mlflow` }),
  }),
  bucketCheck({
    id: 'sagemaker-hyperpod-lifecycle-script-writable', on: 'AWS::SageMaker::Cluster', risk: 'model-theft', severity: 'critical',
    title: 'Somebody outside can change the lifecycle scripts of the cluster',
    why: 'The scripts run as root on every node, next to the training data and the weights.',
    fix: ownWriters, at: ['InstanceGroups/*/LifeCycleConfig/SourceS3Uri'], traits: [notWrittenOutside],
    example: (bucket) => ({ InstanceGroups: [{
      InstanceGroupName: 'workers', InstanceType: 'ml.p5.48xlarge', InstanceCount: 2, ExecutionRole: ROLE,
      LifeCycleConfig: { OnCreate: 'on_create.sh', SourceS3Uri: `s3://${bucket}/lifecycle` },
    }] }),
  }),
  bucketCheck({
    id: 'bedrock-imported-model-untrusted-source', on: 'AWS::Bedrock::ImportedModel', risk: 'model-theft', severity: 'critical',
    title: 'The weights that were imported lie with somebody else, or somebody outside can replace or read them',
    why: 'Weights that somebody else can write are weights that somebody else chose.',
    fix: `${ownWriters} Import again from there.`,
    at: ['ModelDataSource/S3DataSource/S3Uri'], traits: [notWrittenOutside, notReadOutside], own: true,
    example: (bucket) => ({ ModelName: 'support', ModelDataSource: { S3DataSource: { S3Uri: `s3://${bucket}/weights/` } } }),
  }),
  bucketCheck({
    id: 'agentcore-runtime-code-bucket-writable', on: 'AWS::BedrockAgentCore::Runtime', risk: 'adversarial-input', severity: 'critical',
    title: 'Somebody outside can change the code of the agent, or a change to it leaves no version',
    why: 'The next deployment runs whatever stands there, with the role of the agent.',
    fix: `${ownWriters} Turn on versioning and name the version to deploy.`,
    at: ['AgentRuntimeArtifact/CodeConfiguration/Code/S3'], traits: [notWrittenOutside, keepsHistory],
    example: (bucket) => ({
      AgentRuntimeName: 'support', RoleArn: ROLE, NetworkConfiguration: { NetworkMode: 'PUBLIC' },
      AgentRuntimeArtifact: { CodeConfiguration: { Code: { S3: { Bucket: bucket, Prefix: 'support.zip' } }, EntryPoint: ['main.py'], Runtime: 'PYTHON_3_13' } },
    }),
  }),
]
