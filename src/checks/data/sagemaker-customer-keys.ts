import { customerKey } from '../families/customer-key.ts'
import { KEY, ROLE } from '../families/values.ts'
import { some } from '../../core/unknown.ts'
import type { ResourceTypes } from '../../model/types.gen.ts'

const variant = { VariantName: 'main', ModelName: 'churn', InstanceType: 'ml.m5.large', InitialInstanceCount: 1 }
const capture = { DestinationS3Uri: 's3://capture/churn', InitialSamplingPercentage: 100, CaptureOptions: [{ CaptureMode: 'Input' as const }] }
const experiment = {
  Name: 'shadow', Type: 'ShadowMode' as const, RoleArn: ROLE, EndpointName: 'churn',
  ModelVariants: [{ ModelName: 'churn', VariantName: 'main', InfrastructureConfig: {
    InfrastructureType: 'RealTimeInference' as const, RealTimeInferenceConfig: { InstanceType: 'ml.m5.large', InstanceCount: 1 } } }],
}
const features = {
  FeatureGroupName: 'customers', RecordIdentifierFeatureName: 'id', EventTimeFeatureName: 'time', RoleArn: ROLE,
  FeatureDefinitions: [{ FeatureName: 'id', FeatureType: 'String' as const }, { FeatureName: 'time', FeatureType: 'String' as const }],
}

/** Instances with local NVMe storage encrypt it with keys of their own hardware and take none. */
const localStorage = /^ml\.(?:[a-z]+\d+[a-z]*d[a-z]*|g[4-9]\w*|p[4-9]\w*|trn\d\w*)\./

const hasVolume = (config: ResourceTypes['AWS::SageMaker::EndpointConfig']): boolean =>
  some(config.ProductionVariants, ({ InstanceType }) => InstanceType !== undefined && !localStorage.test(InstanceType))

export default [
  customerKey('sagemaker-notebook-no-cmk', 'AWS::SageMaker::NotebookInstance', 'notebook volume', 'KmsKeyId',
    { InstanceType: 'ml.t3.medium', RoleArn: ROLE }, { also: [
      'prowler:sagemaker_notebook_instance_encryption_enabled', 'checkov:CKV_AWS_22', 'checkov:CKV_AWS_187',
      'cloudsploit:notebookDataEncrypted', 'securityhub:SageMaker.21',
      'config:sagemaker-notebook-instance-kms-key-configured',
      'config:sagemaker-notebook-instance-storage-vol-kms-encrypted',
      'steampipe:sagemaker_notebook_instance_encryption_at_rest_enabled', 'cdknag:AwsSolutions-SM2',
      'cdknag:SageMakerNotebookInstanceKMSKeyConfigured', 'guard:sagemaker_notebook_instance_kms_key_configured',
      'kics:sagemaker_data_encryption_disabled', 'kics:sagemaker_notebook_instance_without_kms', 'awsaiml:SM-03'
    ] }),
  customerKey('sagemaker-domain-no-cmk', 'AWS::SageMaker::Domain', 'home directories of the domain', 'KmsKeyId',
    { DomainName: 'science', AuthMode: 'IAM', DefaultUserSettings: { ExecutionRole: ROLE } }, { also: [
      'checkov:CKV_AWS_187', 'awsaiml:SM-26'
    ] }),
  customerKey('sagemaker-endpointconfig-no-cmk', 'AWS::SageMaker::EndpointConfig', 'volumes behind the endpoint', 'KmsKeyId',
    { ProductionVariants: [variant] }, { when: hasVolume, also: [
      'prowler:sagemaker_endpoint_config_kms_encryption_enabled', 'checkov:CKV_AWS_98',
      'config:sagemaker-endpoint-configuration-kms-key-configured',
      'steampipe:sagemaker_endpoint_configuration_encryption_at_rest_enabled',
      'cdknag:SageMakerEndpointConfigurationKMSKeyConfigured',
      'guard:sagemaker_endpoint_configuration_kms_key_configured',
      'kics:sagemaker_endpoint_configuration_encryption_disabled',
      'kics:sagemaker_endpoint_config_should_specify_kms_key_id_attribute'
    ] }),
  customerKey('sagemaker-endpointconfig-data-capture-no-cmk', 'AWS::SageMaker::EndpointConfig', 'captured requests and answers', 'DataCaptureConfig/KmsKeyId',
    { ProductionVariants: [variant], KmsKeyId: KEY, DataCaptureConfig: capture },
    { within: 'DataCaptureConfig', when: (config) => config.DataCaptureConfig !== undefined && config.DataCaptureConfig.EnableCapture !== false }),
  customerKey('sagemaker-endpointconfig-async-output-no-cmk', 'AWS::SageMaker::EndpointConfig', 'answers of asynchronous requests', 'AsyncInferenceConfig/OutputConfig/KmsKeyId',
    { ProductionVariants: [variant], KmsKeyId: KEY, AsyncInferenceConfig: { OutputConfig: { S3OutputPath: 's3://answers/churn' } } },
    { within: 'AsyncInferenceConfig/OutputConfig' }),
  customerKey('sagemaker-endpointconfig-coredump-no-cmk', 'AWS::SageMaker::EndpointConfig', 'core dumps, which may hold weights and requests',
    'ProductionVariants/*/CoreDumpConfig/KmsKeyId',
    { KmsKeyId: KEY, ProductionVariants: [{ ...variant, CoreDumpConfig: { DestinationS3Uri: 's3://dumps/churn' } }] },
    { within: 'ProductionVariants/*/CoreDumpConfig' }),
  customerKey('sagemaker-inference-experiment-volume-no-cmk', 'AWS::SageMaker::InferenceExperiment', 'volumes of the inference experiment', 'KmsKey',
    experiment, { also: [
      'securityhub:SageMaker.23', 'config:sagemaker-inf-experiment-instance-storage-kms-encrypted', 'awsaiml:SM-37'
    ] }),
  customerKey('sagemaker-inference-experiment-data-no-cmk', 'AWS::SageMaker::InferenceExperiment', 'data that the inference experiment stores', 'DataStorageConfig/KmsKey',
    { ...experiment, KmsKey: KEY, DataStorageConfig: { Destination: 's3://capture/shadow' } }, { within: 'DataStorageConfig', also: [
      'securityhub:SageMaker.24', 'config:sagemaker-inf-experiment-data-storage-kms-encrypted', 'awsaiml:SM-38'
    ] }),
  customerKey('sagemaker-featuregroup-offline-no-kms', 'AWS::SageMaker::FeatureGroup', 'offline feature store', 'OfflineStoreConfig/S3StorageConfig/KmsKeyId',
    { ...features, OfflineStoreConfig: { S3StorageConfig: { S3Uri: 's3://features/customers' } } },
    { within: 'OfflineStoreConfig/S3StorageConfig', also: [
      'securityhub:SageMaker.17', 'config:sagemaker-featuregroup-encryption-at-rest', 'awsaiml:SM-15'
    ] }),
  customerKey('sagemaker-featuregroup-online-no-kms', 'AWS::SageMaker::FeatureGroup', 'online feature store', 'OnlineStoreConfig/SecurityConfig/KmsKeyId',
    { ...features, OnlineStoreConfig: { EnableOnlineStore: true, StorageType: 'Standard' } },
    {
      within: 'OnlineStoreConfig', also: [
        'securityhub:SageMaker.18', 'config:sagemaker-featuregroup-online-store-encryption', 'awsaiml:SM-34'
      ],
      when: ({ OnlineStoreConfig: store }) => store !== undefined && store.EnableOnlineStore !== false && store.StorageType !== 'InMemory',
    }),
  customerKey('sagemaker-model-package-no-cmk', 'AWS::SageMaker::ModelPackage', 'model package', 'SecurityConfig/KmsKeyId',
    { ModelPackageGroupName: 'churn' }, { severity: 'low' }),
  customerKey('sagemaker-model-package-no-cmk', 'AWS::SageMaker::ModelCard', 'model card', 'SecurityConfig/KmsKeyId',
    { ModelCardName: 'churn', ModelCardStatus: 'Approved', Content: {} }, { severity: 'low' }),
  customerKey('sagemaker-partner-app-no-cmk', 'AWS::SageMaker::PartnerApp', 'partner application', 'KmsKeyId',
    { Name: 'tracker', Type: 'comet', AuthType: 'IAM', Tier: 'small', ExecutionRoleArn: ROLE }, { severity: 'low' }),
  customerKey('sagemaker-device-fleet-output-no-cmk', 'AWS::SageMaker::DeviceFleet', 'data that devices of the fleet send', 'OutputConfig/KmsKeyId',
    { DeviceFleetName: 'cameras', RoleArn: ROLE, OutputConfig: { S3OutputLocation: 's3://fleet/cameras' } }, { severity: 'low' }),
  customerKey('datazone-unified-studio-no-cmk', 'AWS::DataZone::Domain', 'domain of the unified studio', 'KmsKeyIdentifier',
    { Name: 'science', DomainExecutionRole: ROLE }, { severity: 'low' }),
]
