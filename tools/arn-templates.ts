import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

interface Entity { readonly cloudFormationType: string, readonly arnTemplate?: string }

interface Database { readonly schema: { readonly resource: { readonly entities: readonly Entity[] } } }

const at = (service: string, paths: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(paths).map(([type, path]) => [`AWS::${type}`, `arn:\${Partition}:${service}:\${Region}:\${Account}:${path}`]))

/** Templates that the service specification lacks, from the service authorization reference, with the names of the types' properties. */
const more: Readonly<Record<string, string>> = {
  ...at('sagemaker', {
    'SageMaker::TrainingJob': 'training-job/${TrainingJobName}',
    'SageMaker::HyperParameterTuningJob': 'hyper-parameter-tuning-job/${HyperParameterTuningJobName}',
    'SageMaker::TransformJob': 'transform-job/${TransformJobName}',
    'SageMaker::AutoMLJob': 'automl-job/${AutoMLJobName}',
    'SageMaker::LabelingJob': 'labeling-job/${LabelingJobName}',
    'SageMaker::CompilationJob': 'compilation-job/${CompilationJobName}',
    'SageMaker::App': 'app/${DomainId}/${UserProfileName}/${AppType}/${AppName}',
    'SageMaker::Space': 'space/${DomainId}/${SpaceName}',
    'SageMaker::UserProfile': 'user-profile/${DomainId}/${UserProfileName}',
  }),
  ...at('bedrock', {
    'Bedrock::AgentAlias': 'agent-alias/${AgentId}/${AgentAliasId}',
    'Bedrock::Guardrail': 'guardrail/${GuardrailId}',
    'Bedrock::KnowledgeBase': 'knowledge-base/${KnowledgeBaseId}',
  }),
  ...at('bedrock-agentcore', {
    'BedrockAgentCore::TokenVault': 'token-vault/${TokenVaultId}',
    'BedrockAgentCore::WorkloadIdentity': 'workload-identity-directory/default/workload-identity/${Name}',
    'BedrockAgentCore::ApiKeyCredentialProvider': 'token-vault/default/apikeycredentialprovider/${Name}',
    'BedrockAgentCore::OAuth2CredentialProvider': 'token-vault/default/oauth2credentialprovider/${Name}',
  }),
  ...at('qbusiness', {
    'QBusiness::DataAccessor': 'application/${ApplicationId}/data-accessor/${DataAccessorId}',
    'QBusiness::DataSource': 'application/${ApplicationId}/index/${IndexId}/data-source/${DataSourceId}',
    'QBusiness::Index': 'application/${ApplicationId}/index/${IndexId}',
    'QBusiness::Plugin': 'application/${ApplicationId}/plugin/${PluginId}',
    'QBusiness::Retriever': 'application/${ApplicationId}/retriever/${RetrieverId}',
    'QBusiness::WebExperience': 'application/${ApplicationId}/web-experience/${WebExperienceId}',
  }),
  ...at('kendra', {
    'Kendra::AccessControlConfiguration': 'index/${IndexId}/access-control-configuration/${Id}',
    'Kendra::DataSource': 'index/${IndexId}/data-source/${Id}',
    'Kendra::Experience': 'index/${IndexId}/experience/${Id}',
    'Kendra::Faq': 'index/${IndexId}/faq/${Id}',
  }),
  ...at('wisdom', {
    'Wisdom::AIAgent': 'ai-agent/${AssistantId}/${AIAgentId}',
    'Wisdom::AIGuardrail': 'ai-guardrail/${AssistantId}/${AIGuardrailId}',
    'Wisdom::AIPrompt': 'ai-prompt/${AssistantId}/${AIPromptId}',
    'Wisdom::AssistantAssociation': 'association/${AssistantId}/${AssistantAssociationId}',
  }),
  ...at('transcribe', {
    'Transcribe::TranscriptionJob': 'transcription-job/${TranscriptionJobName}',
    'Transcribe::MedicalTranscriptionJob': 'medical-transcription-job/${MedicalTranscriptionJobName}',
    'Transcribe::MedicalScribeJob': 'medical-scribe-job/${MedicalScribeJobName}',
    'Transcribe::CallAnalyticsJob': 'analytics/${CallAnalyticsJobName}',
    'Transcribe::LanguageModel': 'language-model/${ModelName}',
  }),
  ...at('textract', {
    'Textract::Adapter': '/adapters/${AdapterId}',
    'Textract::AdapterVersion': '/adapters/${AdapterId}/versions/${AdapterVersion}',
  }),
  ...at('s3vectors', { 'S3Vectors::Index': 'bucket/${VectorBucketName}/index/${IndexName}' }),
  ...at('lex', { 'Lex::BotAlias': 'bot-alias/${BotId}/${BotAliasId}' }),
  ...at('glue', { 'Glue::Table': 'table/${DatabaseName}/${TableName}' }),
  // What AWS counts or draws by lot stands as 1: a revision, the end of a load balancer's name.
  ...at('ecs', { 'ECS::Service': 'service/${Cluster}/${ServiceName}', 'ECS::TaskDefinition': 'task-definition/${Family}:1' }),
  ...at('elasticloadbalancing', { 'ElasticLoadBalancingV2::LoadBalancer': 'loadbalancer/app/${Name}/1', 'ElasticLoadBalancingV2::TargetGroup': 'targetgroup/${Name}/1' }),
  ...at('apprunner', { 'AppRunner::Service': 'service/${ServiceName}/1' }),
  ...at('cloudformation', { 'CloudFormation::Stack': 'stack/${StackId}/1' }),
  ...at('lambda', { 'Lambda::Alias': 'function:${FunctionName}:${Name}', 'Lambda::LayerVersion': 'layer:${LayerName}:1' }),
  ...at('secretsmanager', { 'SecretsManager::Secret': 'secret:${SecretId}' }),
  'AWS::IAM::User': 'arn:${Partition}:iam::${Account}:user/${UserNameWithPath}',
  'AWS::IAM::Group': 'arn:${Partition}:iam::${Account}:group/${GroupNameWithPath}',
  'AWS::IAM::ManagedPolicy': 'arn:${Partition}:iam::${Account}:policy/${PolicyNameWithPath}',
}

/** How the ARN of each type is written. */
export const arnTemplates = (serviceSpec: string): Readonly<Record<string, string>> => {
  const database = JSON.parse(gunzipSync(readFileSync(join(serviceSpec, 'db.json.gz'))).toString()) as Database
  const published = database.schema.resource.entities.flatMap(({ cloudFormationType, arnTemplate }) =>
    (arnTemplate === undefined ? [] : [[cloudFormationType, arnTemplate] as const]))
  return { ...Object.fromEntries(published), ...more }
}
