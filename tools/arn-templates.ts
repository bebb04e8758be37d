import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

interface Database { readonly schema: { readonly resource: { readonly entities: readonly { readonly cloudFormationType: string, readonly arnTemplate?: string }[] } } }

/** ARN templates of types that the service specification lacks, from the service authorization reference. */
const more: Readonly<Record<string, string>> = {
  'AWS::SageMaker::TrainingJob': 'arn:${Partition}:sagemaker:${Region}:${Account}:training-job/${TrainingJobName}',
  'AWS::SageMaker::HyperParameterTuningJob': 'arn:${Partition}:sagemaker:${Region}:${Account}:hyper-parameter-tuning-job/${HyperParameterTuningJobName}',
  'AWS::SageMaker::TransformJob': 'arn:${Partition}:sagemaker:${Region}:${Account}:transform-job/${TransformJobName}',
  'AWS::SageMaker::AutoMLJob': 'arn:${Partition}:sagemaker:${Region}:${Account}:automl-job/${AutoMLJobName}',
  'AWS::Bedrock::KnowledgeBase': 'arn:${Partition}:bedrock:${Region}:${Account}:knowledge-base/${KnowledgeBaseId}',
  'AWS::Bedrock::Guardrail': 'arn:${Partition}:bedrock:${Region}:${Account}:guardrail/${GuardrailId}',
  'AWS::Transcribe::TranscriptionJob': 'arn:${Partition}:transcribe:${Region}:${Account}:transcription-job/${TranscriptionJobName}',
  'AWS::SecretsManager::Secret': 'arn:${Partition}:secretsmanager:${Region}:${Account}:secret:${SecretId}',
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
