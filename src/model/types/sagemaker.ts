import { describeType } from '../describe.ts'

const service = 'SageMaker'

export default [
  describeType('AWS::SageMaker::Domain', { label: 'Studio domain', service, asset: 'applications', stage: 'prepare' }, (add) => {
    add('stores in', 'HomeEfsFileSystemId', 'AWS::EFS::FileSystem')
    add('runs as', 'DefaultUserSettings/ExecutionRole', 'AWS::IAM::Role')
    add('writes', 'DefaultUserSettings/SharingSettings/S3OutputPath', 'storage')
    add('runs image', 'DefaultUserSettings/JupyterLabAppSettings/CustomImages/*/ImageName', 'AWS::SageMaker::Image')
    add('runs image', 'DefaultUserSettings/KernelGatewayAppSettings/CustomImages/*/ImageName', 'AWS::SageMaker::Image')
    add('runs image', 'DefaultUserSettings/CodeEditorAppSettings/CustomImages/*/ImageName', 'AWS::SageMaker::Image')
  }),
  describeType('AWS::SageMaker::UserProfile', { label: 'Studio user profile', service, asset: 'access' }, (add) => {
    add('part of', 'DomainId', 'AWS::SageMaker::Domain')
    add('runs image', 'UserSettings/JupyterLabAppSettings/CustomImages/*/ImageName', 'AWS::SageMaker::Image')
    add('runs image', 'UserSettings/KernelGatewayAppSettings/CustomImages/*/ImageName', 'AWS::SageMaker::Image')
  }),
  describeType('AWS::SageMaker::Space', { label: 'Studio space', service, asset: 'applications' }, (add) => add('part of', 'DomainId', 'AWS::SageMaker::Domain')),
  describeType('AWS::SageMaker::App', { label: 'Studio app', service, asset: 'applications' }, (add) => {
    add('part of', 'DomainId', 'AWS::SageMaker::Domain')
    add('runs code', 'ResourceSpec/LifecycleConfigArn', 'AWS::SageMaker::StudioLifecycleConfig')
  }),
  describeType('AWS::SageMaker::StudioLifecycleConfig', { label: 'Studio lifecycle configuration', service, asset: 'applications' }),
  describeType('AWS::SageMaker::NotebookInstance', { label: 'notebook instance', service, asset: 'applications', stage: 'prepare' }, (add) => {
    add('runs code', 'LifecycleConfigName', 'AWS::SageMaker::NotebookInstanceLifecycleConfig')
    add('runs code', 'DefaultCodeRepository', 'AWS::SageMaker::CodeRepository')
    add('runs code', 'AdditionalCodeRepositories/*', 'AWS::SageMaker::CodeRepository')
  }),
  describeType('AWS::SageMaker::NotebookInstanceLifecycleConfig', { label: 'notebook lifecycle configuration', service, asset: 'applications' }),
  describeType('AWS::SageMaker::CodeRepository', { label: 'code repository', service, asset: 'applications' }, (add) => add('runs code', 'GitConfig/RepositoryUrl', 'AWS::CodeCommit::Repository')),
  describeType('AWS::SageMaker::TrainingJob', { label: 'training job', service, asset: 'models', stage: 'train' }, (add) => {
    add('reads', 'InputDataConfig/*/DataSource/S3DataSource/S3Uri', 'storage')
    add('reads', 'InputDataConfig/*/DataSource/FileSystemDataSource/FileSystemId', ['AWS::EFS::FileSystem', 'AWS::FSx::FileSystem'])
    add('writes', 'OutputDataConfig/S3OutputPath', 'storage')
    add('writes', 'ModelArtifacts/S3ModelArtifacts', 'storage')
    add('stores in', 'CheckpointConfig/S3Uri', 'storage')
  }),
  describeType('AWS::SageMaker::HyperParameterTuningJob', { label: 'tuning job', service, asset: 'models', stage: 'train' }),
  describeType('AWS::SageMaker::AutoMLJob', { label: 'AutoML job', service, asset: 'models', stage: 'train' }),
  describeType('AWS::SageMaker::ProcessingJob', { label: 'processing job', service, asset: 'data', stage: 'prepare' }, (add) => {
    add('reads', 'ProcessingInputs/*/S3Input/S3Uri', 'storage')
    add('writes', 'ProcessingOutputConfig/Outputs/*/S3Output/S3Uri', 'storage')
  }),
  describeType('AWS::SageMaker::TransformJob', { label: 'batch transform job', service, asset: 'models', stage: 'serve' }, (add) => {
    add('serves', 'ModelName', 'AWS::SageMaker::Model')
    add('reads', 'TransformInput/DataSource/S3DataSource/S3Uri', 'storage')
    add('writes', 'TransformOutput/S3OutputPath', 'storage')
  }),
  describeType('AWS::SageMaker::LabelingJob', { label: 'labelling job', service, asset: 'data', stage: 'prepare' }, (add) => {
    add('reads', 'InputConfig/DataSource/S3DataSource/ManifestS3Uri', 'storage')
    add('writes', 'OutputConfig/S3OutputPath', 'storage')
    add('calls', 'HumanTaskConfig/WorkteamArn', 'AWS::SageMaker::Workteam')
  }),
  describeType('AWS::SageMaker::FlowDefinition', { label: 'human review workflow', service, asset: 'applications' }, (add) => add('calls', 'HumanLoopConfig/WorkteamArn', 'AWS::SageMaker::Workteam')),
  describeType('AWS::SageMaker::Workteam', { label: 'work team', service, asset: 'access' }, (add) => add('part of', 'WorkforceName', 'AWS::SageMaker::Workforce')),
  describeType('AWS::SageMaker::Workforce', { label: 'workforce', service, asset: 'access' }),
  describeType('AWS::SageMaker::Model', { label: 'model', service, asset: 'models', stage: 'model' }, (add) => {
    add('derives from', 'PrimaryContainer/ModelPackageName', 'AWS::SageMaker::ModelPackage')
    add('derives from', 'Containers/*/ModelPackageName', 'AWS::SageMaker::ModelPackage')
  }),
  describeType('AWS::SageMaker::ModelPackage', { label: 'model package', service, asset: 'models', stage: 'model' }, (add) => {
    add('part of', 'ModelPackageGroupName', 'AWS::SageMaker::ModelPackageGroup')
  }),
  describeType('AWS::SageMaker::ModelPackageGroup', { label: 'model package group', service, asset: 'models', stage: 'model' }),
  describeType('AWS::SageMaker::ModelCard', { label: 'model card', service, asset: 'models' }),
  describeType('AWS::SageMaker::EndpointConfig', { label: 'endpoint configuration', service, asset: 'models', stage: 'serve' }, (add) => {
    add('serves', 'ProductionVariants/*/ModelName', 'AWS::SageMaker::Model')
    add('serves', 'ShadowProductionVariants/*/ModelName', 'AWS::SageMaker::Model')
    add('writes', 'DataCaptureConfig/DestinationS3Uri', 'storage')
  }),
  describeType('AWS::SageMaker::Endpoint', { label: 'endpoint', service, asset: 'models', stage: 'serve' }, (add) => add('serves', 'EndpointConfigName', 'AWS::SageMaker::EndpointConfig')),
  describeType('AWS::SageMaker::InferenceComponent', { label: 'inference component', service, asset: 'models', stage: 'serve' }, (add) => {
    add('part of', 'EndpointName', 'AWS::SageMaker::Endpoint')
    add('serves', 'Specification/ModelName', 'AWS::SageMaker::Model')
    add('loads', 'Specification/Container/ArtifactUrl', 'storage')
  }),
  describeType('AWS::SageMaker::InferenceExperiment', { label: 'inference experiment', service, asset: 'models' }),
  describeType('AWS::SageMaker::MonitoringSchedule', { label: 'monitoring schedule', service, asset: 'models' }, (add) => {
    add('monitors', 'EndpointName', 'AWS::SageMaker::Endpoint')
    add('monitors', 'MonitoringScheduleConfig/MonitoringJobDefinition/MonitoringInputs/*/EndpointInput/EndpointName', 'AWS::SageMaker::Endpoint')
    add('derives from', 'MonitoringScheduleConfig/MonitoringJobDefinitionName', [
      'AWS::SageMaker::DataQualityJobDefinition', 'AWS::SageMaker::ModelQualityJobDefinition', 'AWS::SageMaker::ModelBiasJobDefinition', 'AWS::SageMaker::ModelExplainabilityJobDefinition'])
  }),
  describeType('AWS::SageMaker::DataQualityJobDefinition', { label: 'data quality definition', service, asset: 'models' }, (add) => add('monitors', 'DataQualityJobInput/EndpointInput/EndpointName', 'AWS::SageMaker::Endpoint')),
  describeType('AWS::SageMaker::ModelQualityJobDefinition', { label: 'model quality definition', service, asset: 'models' }, (add) => add('monitors', 'ModelQualityJobInput/EndpointInput/EndpointName', 'AWS::SageMaker::Endpoint')),
  describeType('AWS::SageMaker::ModelBiasJobDefinition', { label: 'bias definition', service, asset: 'models' }, (add) => add('monitors', 'ModelBiasJobInput/EndpointInput/EndpointName', 'AWS::SageMaker::Endpoint')),
  describeType('AWS::SageMaker::ModelExplainabilityJobDefinition', { label: 'explainability definition', service, asset: 'models' }, (add) => add('monitors', 'ModelExplainabilityJobInput/EndpointInput/EndpointName', 'AWS::SageMaker::Endpoint')),
  describeType('AWS::SageMaker::Pipeline', { label: 'pipeline', service, asset: 'applications', stage: 'train' }),
  describeType('AWS::SageMaker::FeatureGroup', { label: 'feature group', service, asset: 'data', stage: 'data' }, (add) => {
    add('stores in', 'OfflineStoreConfig/S3StorageConfig/S3Uri', 'storage')
    add('stores in', 'OfflineStoreConfig/DataCatalogConfig/TableName', 'AWS::Glue::Table')
  }),
  describeType('AWS::SageMaker::Cluster', { label: 'HyperPod cluster', service, asset: 'applications', stage: 'train' }, (add) => add('runs code', 'InstanceGroups/*/LifeCycleConfig/SourceS3Uri', 'storage')),
  describeType('AWS::SageMaker::MlflowTrackingServer', { label: 'MLflow tracking server', service, asset: 'models' }, (add) => add('stores in', 'ArtifactStoreUri', 'storage')),
  describeType('AWS::SageMaker::Hub', { label: 'private hub', service, asset: 'models' }),
  describeType('AWS::SageMaker::Image', { label: 'Studio image', service, asset: 'applications' }),
  describeType('AWS::SageMaker::ImageVersion', { label: 'Studio image version', service, asset: 'applications' }, (add) => add('part of', 'ImageName', 'AWS::SageMaker::Image')),
  describeType('AWS::SageMaker::CompilationJob', { label: 'compilation job', service, asset: 'models' }),
  describeType('AWS::SageMaker::PartnerApp', { label: 'partner AI app', service, asset: 'applications' }),
  describeType('AWS::SageMaker::Algorithm', { label: 'algorithm', service, asset: 'models' }),
  describeType('AWS::SageMaker::AppImageConfig', { label: 'app image configuration', service, asset: 'applications' }),
  describeType('AWS::SageMaker::HubContent', { label: 'hub content', service, asset: 'models', stage: 'model' }),
  describeType('AWS::SageMaker::MlflowApp', { label: 'MLflow app', service, asset: 'models' }),
  describeType('AWS::SageMaker::Project', { label: 'project', service, asset: 'applications' }),
  describeType('AWS::SageMaker::Experiment', { label: 'experiment', service, asset: 'models', stage: 'train' }),
  describeType('AWS::SageMaker::Trial', { label: 'trial', service, asset: 'models', stage: 'train' }),
  describeType('AWS::SageMaker::TrialComponent', { label: 'trial component', service, asset: 'models', stage: 'train' }),
  describeType('AWS::SageMaker::OptimizationJob', { label: 'optimisation job', service, asset: 'models' }),
  describeType('AWS::SageMaker::InferenceRecommendationsJob', { label: 'inference recommendations job', service, asset: 'models' }),
  describeType('AWS::SageMaker::EdgePackagingJob', { label: 'edge packaging job', service, asset: 'models' }),
  describeType('AWS::SageMaker::DeviceFleet', { label: 'device fleet', service, asset: 'applications', stage: 'use' }),
  describeType('AWS::SageMaker::HumanTaskUi', { label: 'worker task template', service, asset: 'applications' }),
  describeType('AWS::SageMaker::TrainingPlan', { label: 'training plan', service, asset: 'models' }),
  describeType('AWS::SageMaker::ClusterSchedulerConfig', { label: 'cluster scheduler configuration', service, asset: 'applications' }),
  describeType('AWS::SageMaker::ComputeQuota', { label: 'compute quota', service, asset: 'applications' }),
  describeType('AWS::SageMaker::AIWorkloadConfig', { label: 'AI workload configuration', service, asset: 'models' }),
]
