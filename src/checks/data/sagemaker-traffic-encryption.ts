import { some } from '../../core/unknown.ts'
import type { ResourceTypes } from '../../model/types.gen.ts'
import { betweenInstances, switchedOn } from '../families/flag.ts'
import { bias, dataQuality, explainability, quality } from '../families/monitoring-jobs.ts'
import { IMAGE, ROLE } from '../families/values.ts'

const cluster = { InstanceCount: 2, InstanceType: 'ml.m5.xlarge' as const, VolumeSizeInGB: 30 }
const network = 'NetworkConfig/EnableInterContainerTrafficEncryption'

const severalTrain = ({ ResourceConfig: config }: ResourceTypes['AWS::SageMaker::TrainingJob']): boolean =>
  (config?.InstanceCount ?? 1) > 1 || some(config?.InstanceGroups, (group) => (group.InstanceCount ?? 1) > 1) || (config?.InstanceGroups ?? []).length > 1

export default [
  switchedOn(betweenInstances, 'sagemaker-training-intercontainer-encryption', 'AWS::SageMaker::TrainingJob', 'training job',
    'EnableInterContainerTrafficEncryption', { TrainingJobName: 'churn', RoleArn: ROLE, ResourceConfig: cluster }, { when: severalTrain, also: [
      'prowler:sagemaker_training_jobs_intercontainer_encryption_enabled',
      'steampipe:sagemaker_training_job_inter_container_traffic_encryption_enabled'
    ] }),
  switchedOn(betweenInstances, 'sagemaker-processing-intercontainer-encryption', 'AWS::SageMaker::ProcessingJob', 'processing job', network,
    { AppSpecification: { ImageUri: IMAGE }, RoleArn: ROLE, ProcessingResources: { ClusterConfig: cluster } },
    { when: (job) => job.ProcessingResources.ClusterConfig.InstanceCount > 1 }),
  switchedOn(betweenInstances, 'sagemaker-data-quality-job-intercontainer-encryption', 'AWS::SageMaker::DataQualityJobDefinition', 'data quality job', network,
    dataQuality, { also: [
      'checkov:CKV_AWS_369', 'securityhub:SageMaker.9', 'config:sagemaker-data-quality-job-encrypt-in-transit',
      'awsaiml:SM-16'
    ] }),
  switchedOn(betweenInstances, 'sagemaker-model-bias-job-intercontainer-encryption', 'AWS::SageMaker::ModelBiasJobDefinition', 'model bias job', network,
    bias, { when: (job) => job.JobResources.ClusterConfig.InstanceCount > 1, also: [
      'securityhub:SageMaker.15', 'config:sagemaker-model-bias-job-encrypt-in-transit', 'awsaiml:SM-33'
    ] }),
  switchedOn(betweenInstances, 'sagemaker-model-explainability-job-intercontainer-encryption', 'AWS::SageMaker::ModelExplainabilityJobDefinition',
    'model explainability job', network, explainability, { also: [
      'securityhub:SageMaker.10', 'config:sagemaker-model-explainability-job-encrypt-in-transit', 'awsaiml:SM-29'
    ] }),
  switchedOn(betweenInstances, 'sagemaker-model-quality-job-intercontainer-encryption', 'AWS::SageMaker::ModelQualityJobDefinition', 'model quality job', network,
    quality, { also: ['securityhub:SageMaker.13', 'config:sagemaker-model-quality-job-encrypt-in-transit', 'awsaiml:SM-32'] }),
]
