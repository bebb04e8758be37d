import { some } from '../../core/unknown.ts'
import type { EstateView } from '../../graph/view.ts'
import type { Relation } from '../../model/relations.ts'
import type { ResourceType } from '../../model/types.gen.ts'
import type { Given } from '../check.ts'
import { ACCOUNT, REGION } from './examples.ts'
import { IMAGE, KEY, ROLE } from './values.ts'

/** How AI uses something: the relation, and the type that names it. */
type Use = readonly (readonly [relation: Relation, type: ResourceType])[]

/** Buckets that models learn from, answer from, or are loaded from. */
export const dataOfAi: Use = [
  ['ingests', 'AWS::Bedrock::DataSource'], ['reads', 'AWS::SageMaker::TrainingJob'], ['reads', 'AWS::SageMaker::ProcessingJob'], ['reads', 'AWS::Bedrock::CustomModel'],
  ['reads', 'AWS::Bedrock::ModelCustomizationJob'], ['reads', 'AWS::Comprehend::DocumentClassifier'], ['reads', 'AWS::Comprehend::EntityRecognizer'],
  ['reads', 'AWS::Personalize::DatasetImportJob'], ['stores in', 'AWS::SageMaker::FeatureGroup'],
]

const modelsInBuckets: Use = [
  ['loads', 'AWS::SageMaker::Model'], ['loads', 'AWS::SageMaker::ModelPackage'], ['loads', 'AWS::Bedrock::ImportedModel'], ['writes', 'AWS::SageMaker::TrainingJob'],
  ['writes', 'AWS::SageMaker::EndpointConfig'], ['stores in', 'AWS::SageMaker::MlflowTrackingServer'], ['runs code', 'AWS::Bedrock::Agent'],
  ['runs code', 'AWS::BedrockAgentCore::Runtime'],
]

/** Buckets that AI depends on. */
export const bucketsOfAi: Use = [...dataOfAi, ...modelsInBuckets]

/** Keys that AI's data and models are encrypted with. */
export const keysOfAi: Use = ([
  'AWS::SageMaker::NotebookInstance', 'AWS::SageMaker::Domain', 'AWS::SageMaker::EndpointConfig', 'AWS::SageMaker::TrainingJob', 'AWS::SageMaker::FeatureGroup',
  'AWS::SageMaker::ModelPackage', 'AWS::Bedrock::Agent', 'AWS::Bedrock::CustomModel', 'AWS::Bedrock::ImportedModel', 'AWS::Bedrock::DataSource', 'AWS::Bedrock::Guardrail',
  'AWS::BedrockAgentCore::Memory', 'AWS::BedrockAgentCore::Gateway', 'AWS::BedrockAgentCore::TokenVault', 'AWS::Kendra::Index', 'AWS::QBusiness::Application',
  'AWS::S3Vectors::VectorBucket',
] as const).map((type) => ['encrypted with', type] as const)

/** Image repositories that models and agents run from. */
export const imagesOfAi: Use = ([
  'AWS::SageMaker::Model', 'AWS::SageMaker::ModelPackage', 'AWS::SageMaker::TrainingJob', 'AWS::SageMaker::ProcessingJob', 'AWS::BedrockAgentCore::Runtime',
] as const).map((type) => ['runs image', type] as const)

/** File systems that training reads. */
export const filesOfAi: Use = [['reads', 'AWS::SageMaker::TrainingJob']]

/** Whether AI uses the resource under check in one of these ways. */
export const isUsed = (estate: EstateView, use: Use): boolean => some(use, ([relation, type]) => estate.referrers(relation, type).length > 0)

/** A model around an example, with its artifact in this bucket, that runs from the repository `models`. */
export const modelIn = (bucket: string): Given => ({
  type: 'AWS::SageMaker::Model', id: `arn:aws:sagemaker:${REGION}:${ACCOUNT}:model/churn`,
  properties: { ModelName: 'churn', ExecutionRoleArn: ROLE, PrimaryContainer: { Image: IMAGE, ModelDataUrl: `s3://${bucket}/churn/model.tar.gz` } },
})

/** A job around an example that trains on this bucket. */
export const trainsOn = (bucket: string): Given => ({
  type: 'AWS::SageMaker::TrainingJob', id: `arn:aws:sagemaker:${REGION}:${ACCOUNT}:training-job/churn`,
  properties: { TrainingJobName: 'churn', RoleArn: ROLE, InputDataConfig: [{ ChannelName: 'train', DataSource: { S3DataSource: { S3Uri: `s3://${bucket}/train/` } } }] },
})

/** A notebook around an example whose volume is encrypted with `KEY`. */
export const notebookWithKey: Given = {
  type: 'AWS::SageMaker::NotebookInstance', id: `arn:aws:sagemaker:${REGION}:${ACCOUNT}:notebook-instance/lab`,
  properties: { NotebookInstanceName: 'lab', InstanceType: 'ml.t3.medium', RoleArn: ROLE, KmsKeyId: KEY },
}
