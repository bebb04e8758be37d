/**
 * Where CloudFormation keeps resource policies: the property that names the resource it guards (absent: the resource
 * itself), and the property that holds the document.
 */
export const resourcePolicies: Readonly<Record<string, { readonly document: string, readonly guards?: string, readonly guardsTypes?: readonly string[] }>> = {
  'AWS::S3::BucketPolicy': { document: 'PolicyDocument', guards: 'Bucket', guardsTypes: ['AWS::S3::Bucket'] },
  'AWS::S3::AccessPoint': { document: 'Policy' },
  'AWS::S3Vectors::VectorBucketPolicy': { document: 'Policy', guards: 'VectorBucketArn', guardsTypes: ['AWS::S3Vectors::VectorBucket'] },
  'AWS::S3Tables::TableBucketPolicy': { document: 'ResourcePolicy', guards: 'TableBucketARN', guardsTypes: ['AWS::S3Tables::TableBucket'] },
  'AWS::KMS::Key': { document: 'KeyPolicy' },
  'AWS::SQS::QueuePolicy': { document: 'PolicyDocument', guards: 'Queues/*', guardsTypes: ['AWS::SQS::Queue'] },
  'AWS::SNS::TopicPolicy': { document: 'PolicyDocument', guards: 'Topics/*', guardsTypes: ['AWS::SNS::Topic'] },
  'AWS::SecretsManager::ResourcePolicy': { document: 'ResourcePolicy', guards: 'SecretId', guardsTypes: ['AWS::SecretsManager::Secret'] },
  'AWS::ECR::Repository': { document: 'RepositoryPolicyText' },
  'AWS::OpenSearchService::Domain': { document: 'AccessPolicies' },
  'AWS::SageMaker::ModelPackageGroup': { document: 'ModelPackageGroupPolicy' },
  'AWS::EFS::FileSystem': { document: 'FileSystemPolicy' },
  'AWS::DynamoDB::Table': { document: 'ResourcePolicy/PolicyDocument' },
  'AWS::Lambda::LayerVersionPermission': { document: 'Policy', guards: 'LayerVersionArn', guardsTypes: ['AWS::Lambda::LayerVersion'] },
  'AWS::Lambda::Function': { document: 'BartizanPolicy' },
  'AWS::Comprehend::DocumentClassifier': { document: 'ModelPolicy' },
  'AWS::Comprehend::EntityRecognizer': { document: 'ModelPolicy' },
  'AWS::Logs::LogGroup': { document: 'ResourcePolicyDocument' },
  'AWS::Lex::ResourcePolicy': { document: 'Policy', guards: 'ResourceArn', guardsTypes: ['AWS::Lex::Bot', 'AWS::Lex::BotAlias'] },
  'AWS::Bedrock::ResourcePolicy': { document: 'PolicyDocument', guards: 'ResourceArn', guardsTypes: [] },
  'AWS::BedrockAgentCore::ResourcePolicy': { document: 'Policy', guards: 'ResourceArn', guardsTypes: [] },
  'AWS::Rekognition::ProjectPolicy': { document: 'PolicyDocument', guards: 'ProjectArn', guardsTypes: ['AWS::Rekognition::Project'] },
  'AWS::ApiGateway::RestApi': { document: 'Policy' },
  'AWS::Events::EventBus': { document: 'Policy' },
}
