import { every } from '../../core/unknown.ts'
import { defineCheck } from '../check.ts'
import { isolated, switchedOn } from '../families/flag.ts'
import { bias, dataQuality, explainability, quality } from '../families/monitoring-jobs.ts'
import { IMAGE, NETWORK, ROLE } from '../families/values.ts'

const network = 'NetworkConfig/EnableNetworkIsolation'
const cluster = { InstanceCount: 1, InstanceType: 'ml.m5.xlarge' as const, VolumeSizeInGB: 30 }
const variant = { VariantName: 'main', InstanceType: 'ml.g5.xlarge', InitialInstanceCount: 1 }
const sealed = { EnableNetworkIsolation: true, EnableInterContainerTrafficEncryption: true, VpcConfig: NETWORK }

export default [
  switchedOn(isolated, 'sagemaker-model-network-isolation', 'AWS::SageMaker::Model', 'model', 'EnableNetworkIsolation',
    { ExecutionRoleArn: ROLE, PrimaryContainer: { Image: IMAGE } }, { also: [
      'prowler:sagemaker_models_network_isolation_enabled', 'checkov:CKV_AWS_370', 'securityhub:SageMaker.5',
      'config:sagemaker-model-isolation-enabled', 'steampipe:sagemaker_model_network_isolation_enabled',
      'awsaiml:SM-11'
    ] }),
  switchedOn(isolated, 'sagemaker-endpointconfig-network-isolation', 'AWS::SageMaker::EndpointConfig', 'endpoint', 'EnableNetworkIsolation',
    { ExecutionRoleArn: ROLE, ProductionVariants: [variant] },
    // A variant that names a model is isolated, or not, by that model; one that hosts inference components by this.
    { when: (config) => !every(config.ProductionVariants, ({ ModelName }) => ModelName !== undefined) }),
  switchedOn(isolated, 'sagemaker-training-network-isolation', 'AWS::SageMaker::TrainingJob', 'training job', 'EnableNetworkIsolation',
    { TrainingJobName: 'churn', RoleArn: ROLE }, { severity: 'high', also: [
      'prowler:sagemaker_training_jobs_network_isolation_enabled',
      'steampipe:sagemaker_training_job_network_isolation_enabled'
    ] }),
  switchedOn(isolated, 'sagemaker-processing-network-isolation', 'AWS::SageMaker::ProcessingJob', 'processing job', network,
    { AppSpecification: { ImageUri: IMAGE }, RoleArn: ROLE, ProcessingResources: { ClusterConfig: cluster } }),
  switchedOn(isolated, 'sagemaker-data-quality-job-network-isolation', 'AWS::SageMaker::DataQualityJobDefinition', 'data quality job', network,
    dataQuality, { also: ['securityhub:SageMaker.11', 'config:sagemaker-data-quality-job-isolation', 'awsaiml:SM-30'] }),
  switchedOn(isolated, 'sagemaker-model-bias-job-network-isolation', 'AWS::SageMaker::ModelBiasJobDefinition', 'model bias job', network, bias, { also: [
    'securityhub:SageMaker.12', 'config:sagemaker-model-bias-job-isolation', 'awsaiml:SM-31'
  ] }),
  switchedOn(isolated, 'sagemaker-model-explainability-job-network-isolation', 'AWS::SageMaker::ModelExplainabilityJobDefinition', 'model explainability job', network,
    explainability, { also: [
      'securityhub:SageMaker.20', 'config:sagemaker-model-explainability-job-network-isolation', 'awsaiml:SM-35'
    ] }),
  switchedOn(isolated, 'sagemaker-model-quality-job-network-isolation', 'AWS::SageMaker::ModelQualityJobDefinition', 'model quality job', network,
    quality, { also: ['securityhub:SageMaker.25', 'config:sagemaker-model-quality-job-definition-isolation', 'awsaiml:SM-39'] }),
  defineCheck({
    id: 'sagemaker-tuning-network-isolation',
    title: 'Training of the tuning job is not sealed off from the network',
    risk: isolated.risk,
    severity: 'medium',
    on: 'AWS::SageMaker::HyperParameterTuningJob',
    why: isolated.why,
    fix: { text: 'Give each training job definition EnableNetworkIsolation, EnableInterContainerTrafficEncryption and a VpcConfig.' },
    requires: (job) => every([...(job.TrainingJobDefinition === undefined ? [] : [job.TrainingJobDefinition]), ...(job.TrainingJobDefinitions ?? [])], (definition) =>
      definition.EnableNetworkIsolation === true && definition.EnableInterContainerTrafficEncryption === true && definition.VpcConfig !== undefined),
    fails: [
      { HyperParameterTuningJobName: 'churn', TrainingJobDefinition: { RoleArn: ROLE, ...sealed, EnableNetworkIsolation: false } },
      { HyperParameterTuningJobName: 'churn', TrainingJobDefinitions: [{ RoleArn: ROLE, ...sealed }, { RoleArn: ROLE, ...sealed, VpcConfig: undefined }] },
    ],
    passes: [{ HyperParameterTuningJobName: 'churn', TrainingJobDefinition: { RoleArn: ROLE, ...sealed } }],
  }),
]
