import { bias, dataQuality, explainability, quality } from '../families/monitoring-jobs.ts'
import { customerKey } from '../families/customer-key.ts'
import { IMAGE, ROLE } from '../families/values.ts'

const cluster = { InstanceCount: 1, InstanceType: 'ml.m5.xlarge' as const, VolumeSizeInGB: 30 }
const training = { TrainingJobName: 'churn', RoleArn: ROLE, ResourceConfig: cluster, OutputDataConfig: { S3OutputPath: 's3://models/churn' } }
const volume = 'JobResources/ClusterConfig/VolumeKmsKeyId'

const processing = {
  AppSpecification: { ImageUri: IMAGE }, RoleArn: ROLE, ProcessingResources: { ClusterConfig: cluster },
  ProcessingOutputConfig: { Outputs: [{ OutputName: 'clean', S3Output: { S3Uri: 's3://clean/churn', LocalPath: '/opt/ml/processing/output', S3UploadMode: 'EndOfJob' as const } }] },
}
export default [
  customerKey('sagemaker-training-volume-no-cmk', 'AWS::SageMaker::TrainingJob', 'training volume', 'ResourceConfig/VolumeKmsKeyId',
    training, { job: true, also: ['prowler:sagemaker_training_jobs_volume_and_output_encryption_enabled', 'awsaiml:SM-26'] }),
  customerKey('sagemaker-training-output-no-cmk', 'AWS::SageMaker::TrainingJob', 'trained model', 'OutputDataConfig/KmsKeyId',
    training, { job: true, also: ['steampipe:sagemaker_training_job_volume_and_data_encryption_enabled'] }),
  customerKey('sagemaker-processing-volume-no-cmk', 'AWS::SageMaker::ProcessingJob', 'volume and output of the processing job',
    'ProcessingResources/ClusterConfig/VolumeKmsKeyId', processing,
    { and: [{ pointer: 'ProcessingOutputConfig/KmsKeyId', within: 'ProcessingOutputConfig' }], job: true, also: ['awsaiml:SM-17'] }),
  customerKey('sagemaker-transform-volume-no-cmk', 'AWS::SageMaker::TransformJob', 'volume and output of the transform job', 'TransformResources/VolumeKmsKeyId',
    {
      TransformJobName: 'churn', ModelName: 'churn', TransformOutput: { S3OutputPath: 's3://scores/churn' },
      TransformResources: { InstanceType: 'ml.m5.xlarge', InstanceCount: 1 },
    },
    { and: [{ pointer: 'TransformOutput/KmsKeyId', within: 'TransformOutput' }], job: true, also: ['awsaiml:SM-18'] }),
  customerKey('sagemaker-tuning-volume-no-cmk', 'AWS::SageMaker::HyperParameterTuningJob', 'training volumes of the tuning job',
    'TrainingJobDefinition/ResourceConfig/VolumeKmsKeyId',
    {
      HyperParameterTuningJobName: 'churn', TrainingJobDefinition: { RoleArn: ROLE, ResourceConfig: cluster },
      TrainingJobDefinitions: [{ DefinitionName: 'trees', RoleArn: ROLE, ResourceConfig: cluster }],
    },
    {
      within: 'TrainingJobDefinition/ResourceConfig', job: true, also: ['awsaiml:SM-19'],
      and: [{ pointer: 'TrainingJobDefinitions/*/ResourceConfig/VolumeKmsKeyId', within: 'TrainingJobDefinitions/*/ResourceConfig' }],
    }),
  customerKey('sagemaker-compilation-output-no-cmk', 'AWS::SageMaker::CompilationJob', 'compiled model', 'OutputConfig/KmsKeyId',
    { CompilationJobName: 'churn', OutputConfig: { S3OutputLocation: 's3://models/compiled' } }, { job: true, also: ['awsaiml:SM-20'] }),
  customerKey('sagemaker-labeling-output-no-cmk', 'AWS::SageMaker::LabelingJob', 'labels and the volume of automated labeling', 'OutputConfig/KmsKeyId',
    {
      LabelingJobName: 'photos', OutputConfig: { S3OutputPath: 's3://labels/photos' },
      LabelingJobAlgorithmsConfig: { LabelingJobAlgorithmSpecificationArn: 'arn:aws:sagemaker:us-east-1:027400017018:labeling-job-algorithm-specification/image-classification' },
    },
    { and: [{ pointer: 'LabelingJobAlgorithmsConfig/LabelingJobResourceConfig/VolumeKmsKeyId', within: 'LabelingJobAlgorithmsConfig' }], job: true }),
  customerKey('a2i-flow-output-no-cmk', 'AWS::SageMaker::FlowDefinition', 'reviews by people', 'OutputConfig/KmsKeyId',
    { FlowDefinitionName: 'invoices', OutputConfig: { S3OutputPath: 's3://reviews/invoices' } }, { also: ['checkov:CKV_AWS_372'] }),
  customerKey('sagemaker-device-fleet-output-no-cmk', 'AWS::SageMaker::EdgePackagingJob', 'model packaged for devices', 'OutputConfig/KmsKeyId',
    { EdgePackagingJobName: 'cameras', OutputConfig: { S3OutputLocation: 's3://models/packaged' } }, { severity: 'low', job: true }),
  customerKey('sagemaker-data-quality-job-output-no-cmk', 'AWS::SageMaker::DataQualityJobDefinition', 'reports of the data quality job',
    'DataQualityJobOutputConfig/KmsKeyId', dataQuality, { also: ['checkov:CKV_AWS_367'] }),
  customerKey('sagemaker-data-quality-job-volume-no-cmk', 'AWS::SageMaker::DataQualityJobDefinition', 'volume of the data quality job', volume,
    dataQuality, { also: ['checkov:CKV_AWS_368'] }),
  customerKey('sagemaker-monitor-jobdef-no-cmk', 'AWS::SageMaker::ModelBiasJobDefinition', 'volume and reports of the model bias job', volume,
    bias, { and: [{ pointer: 'ModelBiasJobOutputConfig/KmsKeyId' }] }),
  customerKey('sagemaker-monitor-jobdef-no-cmk', 'AWS::SageMaker::ModelExplainabilityJobDefinition', 'volume and reports of the model explainability job', volume,
    explainability, { and: [{ pointer: 'ModelExplainabilityJobOutputConfig/KmsKeyId' }] }),
  customerKey('sagemaker-monitor-jobdef-no-cmk', 'AWS::SageMaker::ModelQualityJobDefinition', 'volume and reports of the model quality job', volume,
    quality, { and: [{ pointer: 'ModelQualityJobOutputConfig/KmsKeyId' }] }),
]
