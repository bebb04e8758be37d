import { describeType } from '../describe.ts'

const service = 'Bedrock'

export default [
  describeType('AWS::Bedrock::Agent', { label: 'agent', service, asset: 'applications', stage: 'use' }, (add) => {
    add('invokes', 'FoundationModel', 'model')
    add('answers from', 'KnowledgeBases/*/KnowledgeBaseId', 'AWS::Bedrock::KnowledgeBase')
    add('calls', 'ActionGroups/*/ActionGroupExecutor/Lambda', 'AWS::Lambda::Function')
    add('calls', 'AgentCollaborators/*/AgentDescriptor/AliasArn', 'AWS::Bedrock::AgentAlias')
    add('runs code', 'ActionGroups/*/ApiSchema/S3', 'storage')
    add('calls', 'CustomOrchestration/Executor/Lambda', 'AWS::Lambda::Function')
  }),
  describeType('AWS::Bedrock::AgentAlias', { label: 'agent alias', service, asset: 'applications', stage: 'use' }, (add) => add('part of', 'AgentId', 'AWS::Bedrock::Agent')),
  describeType('AWS::Bedrock::KnowledgeBase', { label: 'knowledge base', service, asset: 'data', stage: 'data' }, (add) => {
    add('invokes', 'KnowledgeBaseConfiguration/VectorKnowledgeBaseConfiguration/EmbeddingModelArn', 'model')
    add('stores in', 'StorageConfiguration/OpensearchServerlessConfiguration/CollectionArn', 'AWS::OpenSearchServerless::Collection')
    add('stores in', 'StorageConfiguration/OpensearchManagedClusterConfiguration/DomainArn', 'AWS::OpenSearchService::Domain')
    add('stores in', 'StorageConfiguration/S3VectorsConfiguration/IndexArn', 'AWS::S3Vectors::Index')
    add('stores in', 'StorageConfiguration/S3VectorsConfiguration/VectorBucketArn', 'AWS::S3Vectors::VectorBucket')
    add('stores in', 'StorageConfiguration/RdsConfiguration/ResourceArn', ['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance'])
    add('stores in', 'StorageConfiguration/NeptuneAnalyticsConfiguration/GraphArn', 'AWS::NeptuneGraph::Graph')
    add('answers from', 'KnowledgeBaseConfiguration/KendraKnowledgeBaseConfiguration/KendraIndexArn', 'AWS::Kendra::Index')
  }),
  describeType('AWS::Bedrock::DataSource', { label: 'knowledge base data source', service, asset: 'data', stage: 'data' }, (add) => {
    add('part of', 'KnowledgeBaseId', 'AWS::Bedrock::KnowledgeBase')
    add('ingests', 'DataSourceConfiguration/S3Configuration', 'storage')
    add('calls', 'VectorIngestionConfiguration/CustomTransformationConfiguration/Transformations/*/TransformationFunction/TransformationLambdaConfiguration/LambdaArn', 'AWS::Lambda::Function')
  }),
  describeType('AWS::Bedrock::Guardrail', { label: 'guardrail', service, asset: 'applications' }, (add) => add('guarded by', 'AutomatedReasoningPolicyConfig/Policies/*', 'AWS::Bedrock::AutomatedReasoningPolicy')),
  describeType('AWS::Bedrock::Flow', { label: 'flow', service, asset: 'applications', stage: 'use' }, (add) => {
    add('answers from', 'Definition/Nodes/*/Configuration/KnowledgeBase/KnowledgeBaseId', 'AWS::Bedrock::KnowledgeBase')
    add('invokes', 'Definition/Nodes/*/Configuration/Prompt/SourceConfiguration/Inline/ModelId', 'model')
    add('invokes', 'Definition/Nodes/*/Configuration/Agent/AgentAliasArn', 'AWS::Bedrock::AgentAlias')
    add('derives from', 'Definition/Nodes/*/Configuration/Prompt/SourceConfiguration/Resource/PromptArn', 'AWS::Bedrock::Prompt')
    add('calls', 'Definition/Nodes/*/Configuration/LambdaFunction/LambdaArn', 'AWS::Lambda::Function')
  }),
  describeType('AWS::Bedrock::FlowAlias', { label: 'flow alias', service, asset: 'applications' }, (add) => add('part of', 'FlowArn', 'AWS::Bedrock::Flow')),
  describeType('AWS::Bedrock::Prompt', { label: 'prompt', service, asset: 'applications' }, (add) => add('invokes', 'Variants/*/ModelId', 'model')),
  describeType('AWS::Bedrock::FoundationModel', { label: 'foundation model', service, asset: 'models', stage: 'model' }),
  describeType('AWS::Bedrock::CustomModel', { label: 'custom model', service, asset: 'models', stage: 'model' }, (add) => {
    add('derives from', 'BaseModelArn', 'model')
    add('derives from', 'JobArn', 'AWS::Bedrock::ModelCustomizationJob')
    add('reads', 'TrainingDataConfig/S3Uri', 'storage')
    add('writes', 'OutputDataConfig/S3Uri', 'storage')
  }),
  describeType('AWS::Bedrock::ImportedModel', { label: 'imported model', service, asset: 'models', stage: 'model' }, (add) => {
    add('loads', 'ModelDataSource/S3DataSource/S3Uri', 'storage')
    add('derives from', 'JobArn', 'AWS::Bedrock::ModelImportJob')
  }),
  describeType('AWS::Bedrock::ModelCustomizationJob', { label: 'model customisation job', service, asset: 'models', stage: 'train' }, (add) => {
    add('derives from', 'BaseModelArn', 'model')
    add('reads', 'TrainingDataConfig/S3Uri', 'storage')
    add('writes', 'OutputDataConfig/S3Uri', 'storage')
  }),
  describeType('AWS::Bedrock::ModelImportJob', { label: 'model import job', service, asset: 'models', stage: 'train' }, (add) => add('loads', 'ModelDataSource/S3DataSource/S3Uri', 'storage')),
  describeType('AWS::Bedrock::ModelInvocationJob', { label: 'batch inference job', service, asset: 'models', stage: 'serve' }, (add) => {
    add('invokes', 'ModelId', 'model')
    add('reads', 'InputDataConfig/S3InputDataConfig/S3Uri', 'storage')
    add('writes', 'OutputDataConfig/S3OutputDataConfig/S3Uri', 'storage')
  }),
  describeType('AWS::Bedrock::EvaluationJob', { label: 'evaluation job', service, asset: 'models' }),
  describeType('AWS::Bedrock::ProvisionedModelThroughput', { label: 'provisioned throughput', service, asset: 'models', stage: 'serve' }, (add) => add('serves', 'ModelArn', 'model')),
  describeType('AWS::Bedrock::CustomModelDeployment', { label: 'custom model deployment', service, asset: 'models', stage: 'serve' }, (add) => add('serves', 'ModelArn', 'model')),
  describeType('AWS::Bedrock::MarketplaceModelEndpoint', { label: 'marketplace model endpoint', service, asset: 'models', stage: 'serve' }),
  describeType('AWS::Bedrock::ApplicationInferenceProfile', { label: 'inference profile', service, asset: 'models', stage: 'serve' }, (add) => add('serves', 'ModelSource/CopyFrom', 'model')),
  describeType('AWS::Bedrock::ModelInvocationLoggingConfiguration', { label: 'model invocation logging', service, asset: 'data', setting: true }, (add) => {
    add('logs to', 'S3Config/BucketName', 'storage')
    add('logs to', 'CloudWatchConfig/LogGroupName', 'AWS::Logs::LogGroup')
  }),
  describeType('AWS::Bedrock::EnforcedGuardrailConfiguration', { label: 'enforced guardrail', service, asset: 'applications' }),
  describeType('AWS::Bedrock::DataAutomationProject', { label: 'data automation project', service, asset: 'data', stage: 'prepare' }),
  describeType('AWS::Bedrock::Blueprint', { label: 'data automation blueprint', service, asset: 'data' }),
  describeType('AWS::Bedrock::AutomatedReasoningPolicy', { label: 'automated reasoning policy', service, asset: 'applications' }),
  describeType('AWS::Bedrock::DataAutomationLibrary', { label: 'data automation library', service, asset: 'data' }),
  describeType('AWS::Bedrock::IntelligentPromptRouter', { label: 'prompt router', service, asset: 'models', stage: 'serve' }),
  describeType('AWS::Bedrock::ModelCopyJob', { label: 'model copy job', service, asset: 'models' }),
  describeType('AWS::BedrockMantle::Project', { label: 'project', service, asset: 'applications' }),
]
