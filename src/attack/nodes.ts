import { any, each, fact, may } from './step.ts'
import type { Each, Variable } from './step.ts'

/** Kinds of node that steps of several families speak of. */
export const key = any('key', 'AWS::KMS::Key')
export const base = any('base', 'AWS::Bedrock::KnowledgeBase')
export const agent = any('agent', 'AWS::Bedrock::Agent', 'AWS::BedrockAgentCore::Runtime', 'AWS::BedrockAgentCore::Harness')
export const bedrockAgent = any('agent', 'AWS::Bedrock::Agent')
export const runtime = any('runtime', 'AWS::BedrockAgentCore::Runtime')
export const gateway = any('gateway', 'AWS::BedrockAgentCore::Gateway')
export const memory = any('memory', 'AWS::BedrockAgentCore::Memory')
export const lambda = any('function', 'AWS::Lambda::Function')
export const endpoint = any('endpoint', 'AWS::SageMaker::Endpoint')
export const guardrail = any('guardrail', 'AWS::Bedrock::Guardrail')
export const repository = any('repository', 'AWS::ECR::Repository')
export const bucket = any('bucket', 'AWS::S3::Bucket')
export const logging = any('logging', 'AWS::Bedrock::ModelInvocationLoggingConfiguration')
export const logGroup = any('logs', 'AWS::Logs::LogGroup')
export const features = any('features', 'AWS::SageMaker::FeatureGroup')
export const foundation = any('model', 'AWS::Bedrock::FoundationModel')
/** What is made from data: the next model trained by it carries what is in the data. */
export const training = any('training', 'AWS::SageMaker::TrainingJob', 'AWS::SageMaker::HyperParameterTuningJob', 'AWS::SageMaker::AutoMLJob', 'AWS::SageMaker::Pipeline',
  'AWS::SageMaker::ProcessingJob', 'AWS::Bedrock::ModelCustomizationJob', 'AWS::Comprehend::DocumentClassifier', 'AWS::Comprehend::EntityRecognizer', 'AWS::Personalize::Dataset')
/** What holds weights. */
export const model = any('model', 'AWS::SageMaker::Model', 'AWS::SageMaker::ModelPackage', 'AWS::SageMaker::InferenceComponent', 'AWS::Bedrock::CustomModel', 'AWS::Bedrock::ImportedModel')
export const group = any('group', 'AWS::SageMaker::ModelPackageGroup')
/** What runs code or images from elsewhere as a role. */
export const workload = any('workload', 'AWS::SageMaker::Model', 'AWS::SageMaker::TrainingJob', 'AWS::SageMaker::ProcessingJob', 'AWS::SageMaker::NotebookInstance', 'AWS::SageMaker::Cluster',
  'AWS::SageMaker::Pipeline', 'AWS::BedrockAgentCore::Runtime', 'AWS::Lambda::Function', 'AWS::ECS::TaskDefinition', 'AWS::Glue::Job', 'AWS::MWAA::Environment', 'AWS::CodeBuild::Project',
  'AWS::EC2::Instance', 'AWS::AppRunner::Service', 'AWS::Batch::JobDefinition', 'AWS::EMR::Cluster', 'AWS::StepFunctions::StateMachine')

/** Data under a customer's key needs the key as well. */
export const decrypts = (on: Variable): Each => each(fact(on, 'encrypted with', key), may('kms:Decrypt', key))

export const encrypts = (on: Variable): Each => each(fact(on, 'encrypted with', key), may('kms:GenerateDataKey', key))
