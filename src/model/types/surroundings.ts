import { describeType } from '../describe.ts'

export default [
  describeType('AWS::S3::Bucket', { label: 'bucket', service: 'S3', stage: 'data' }, (add) => {
    add('logs to', 'LoggingConfiguration/DestinationBucketName', 'storage')
    add('triggers', 'NotificationConfiguration/LambdaConfigurations/*/Function', 'AWS::Lambda::Function')
    add('triggers', 'NotificationConfiguration/QueueConfigurations/*/Queue', 'AWS::SQS::Queue')
    add('triggers', 'NotificationConfiguration/TopicConfigurations/*/Topic', 'AWS::SNS::Topic')
  }),
  describeType('AWS::S3::BucketPolicy', { label: 'bucket policy', service: 'S3' }, (add) => add('attached to', 'Bucket', 'storage')),
  describeType('AWS::S3::AccessPoint', { label: 'access point', service: 'S3' }, (add) => add('routes to', 'Bucket', 'storage')),
  describeType('AWS::S3::AccountPublicAccessBlock', { label: 'account block public access', service: 'S3', setting: true }),
  describeType('AWS::IAM::Role', { label: 'role', service: 'IAM' }, (add) => {
    add('attached to', 'ManagedPolicyArns/*', 'AWS::IAM::ManagedPolicy')
    add('attached to', 'PermissionsBoundary', 'AWS::IAM::ManagedPolicy')
  }),
  describeType('AWS::IAM::User', { label: 'user', service: 'IAM' }, (add) => {
    add('part of', 'Groups/*', 'AWS::IAM::Group')
    add('attached to', 'ManagedPolicyArns/*', 'AWS::IAM::ManagedPolicy')
  }),
  describeType('AWS::IAM::Group', { label: 'group', service: 'IAM' }, (add) => add('attached to', 'ManagedPolicyArns/*', 'AWS::IAM::ManagedPolicy')),
  describeType('AWS::IAM::ManagedPolicy', { label: 'managed policy', service: 'IAM' }),
  describeType('AWS::IAM::AccessKey', { label: 'access key', service: 'IAM' }, (add) => add('part of', 'UserName', 'AWS::IAM::User')),
  describeType('AWS::IAM::ServiceSpecificCredential', { label: 'service-specific credential', service: 'IAM' }, (add) => add('part of', 'UserName', 'AWS::IAM::User')),
  describeType('AWS::IAM::InstanceProfile', { label: 'instance profile', service: 'IAM' }, (add) => add('runs as', 'Roles/*', 'AWS::IAM::Role')),
  describeType('AWS::KMS::Key', { label: 'key', service: 'KMS' }),
  describeType('AWS::KMS::Alias', { label: 'key alias', service: 'KMS' }, (add) => add('routes to', 'TargetKeyId', 'AWS::KMS::Key')),
  describeType('AWS::KMS::Grant', { label: 'key grant', service: 'KMS' }, (add) => add('attached to', 'KeyId', 'AWS::KMS::Key')),
  describeType('AWS::ECR::Repository', { label: 'image repository', service: 'ECR' }),
  describeType('AWS::Lambda::Function', { label: 'function', service: 'Lambda' }, (add) => {
    add('runs code', 'Layers/*', 'AWS::Lambda::LayerVersion')
    add('runs code', 'Code', 'storage')
    add('runs image', 'Code/ImageUri', 'image')
  }),
  describeType('AWS::Lambda::Url', { label: 'function URL', service: 'Lambda' }, (add) => add('routes to', 'TargetFunctionArn', 'AWS::Lambda::Function')),
  describeType('AWS::Lambda::Permission', { label: 'function permission', service: 'Lambda' }, (add) => add('attached to', 'FunctionName', 'AWS::Lambda::Function')),
  describeType('AWS::Lambda::EventSourceMapping', { label: 'event source', service: 'Lambda' }, (add) => {
    add('triggers', 'FunctionName', 'AWS::Lambda::Function')
    add('reads', 'EventSourceArn', 'arn')
  }),
  describeType('AWS::EC2::Instance', { label: 'instance', service: 'EC2' }, (add) => {
    add('runs as', 'IamInstanceProfile', 'AWS::IAM::InstanceProfile')
    add('in security group', 'NetworkInterfaces/*/GroupSet/*', 'AWS::EC2::SecurityGroup')
    add('hosted on', 'LaunchTemplate/LaunchTemplateId', 'AWS::EC2::LaunchTemplate')
  }),
  describeType('AWS::EC2::LaunchTemplate', { label: 'launch template', service: 'EC2' }, (add) => {
    add('runs as', 'LaunchTemplateData/IamInstanceProfile/Arn', 'AWS::IAM::InstanceProfile')
    add('runs as', 'LaunchTemplateData/IamInstanceProfile/Name', 'AWS::IAM::InstanceProfile')
  }),
  describeType('Bartizan::Repository::File', { label: 'file', service: 'Repository' }),
  describeType('AWS::EC2::SecurityGroup', { label: 'security group', service: 'EC2' }),
  describeType('AWS::EC2::Subnet', { label: 'subnet', service: 'EC2' }),
  describeType('AWS::EC2::VPC', { label: 'VPC', service: 'EC2' }),
  describeType('AWS::EC2::VPCEndpoint', { label: 'VPC endpoint', service: 'EC2' }),
  describeType('AWS::ECS::TaskDefinition', { label: 'task definition', service: 'ECS' }, (add) => {
    add('runs as', 'TaskRoleArn', 'AWS::IAM::Role')
    add('uses secret', 'ContainerDefinitions/*/Secrets/*/ValueFrom', ['AWS::SecretsManager::Secret', 'AWS::SSM::Parameter'])
  }),
  describeType('AWS::ECS::Service', { label: 'service', service: 'ECS' }, (add) => {
    add('derives from', 'TaskDefinition', 'AWS::ECS::TaskDefinition')
    add('hosted on', 'Cluster', 'AWS::ECS::Cluster')
    add('part of', 'LoadBalancers/*/TargetGroupArn', 'AWS::ElasticLoadBalancingV2::TargetGroup')
  }),
  describeType('AWS::EKS::Cluster', { label: 'Kubernetes cluster', service: 'EKS' }),
  describeType('AWS::EKS::Nodegroup', { label: 'node group', service: 'EKS' }, (add) => {
    add('part of', 'ClusterName', 'AWS::EKS::Cluster')
    add('runs as', 'NodeRole', 'AWS::IAM::Role')
  }),
  describeType('AWS::EKS::PodIdentityAssociation', { label: 'pod identity', service: 'EKS' }, (add) => add('part of', 'ClusterName', 'AWS::EKS::Cluster')),
  describeType('AWS::ApiGateway::RestApi', { label: 'REST API', service: 'API Gateway' }),
  describeType('AWS::ApiGateway::Method', { label: 'API method', service: 'API Gateway' }, (add) => {
    add('part of', 'RestApiId', 'AWS::ApiGateway::RestApi')
    add('routes to', 'Integration/Uri', 'AWS::Lambda::Function')
  }),
  describeType('AWS::ApiGatewayV2::Api', { label: 'HTTP API', service: 'API Gateway' }),
  describeType('AWS::ApiGatewayV2::Route', { label: 'API route', service: 'API Gateway' }, (add) => {
    add('part of', 'ApiId', 'AWS::ApiGatewayV2::Api')
    add('routes to', 'Target', 'AWS::ApiGatewayV2::Integration')
  }),
  describeType('AWS::ApiGatewayV2::Integration', { label: 'API integration', service: 'API Gateway' }, (add) => {
    add('part of', 'ApiId', 'AWS::ApiGatewayV2::Api')
    add('routes to', 'IntegrationUri', 'AWS::Lambda::Function')
  }),
  describeType('AWS::StepFunctions::StateMachine', { label: 'state machine', service: 'Step Functions' }),
  describeType('AWS::Events::Rule', { label: 'event rule', service: 'EventBridge' }, (add) => add('triggers', 'Targets/*/Arn', 'arn')),
  describeType('AWS::SecretsManager::Secret', { label: 'secret', service: 'Secrets Manager' }),
  describeType('AWS::OpenSearchService::Domain', { label: 'domain', service: 'OpenSearch' }),
  describeType('AWS::RDS::DBCluster', { label: 'database cluster', service: 'RDS' }),
  describeType('AWS::RDS::DBInstance', { label: 'database', service: 'RDS' }),
  describeType('AWS::Logs::LogGroup', { label: 'log group', service: 'CloudWatch Logs' }),
  describeType('AWS::CloudTrail::Trail', { label: 'trail', service: 'CloudTrail' }, (add) => add('logs to', 'S3BucketName', 'storage')),
  describeType('AWS::Cognito::IdentityPool', { label: 'identity pool', service: 'Cognito' }),
  describeType('AWS::Cognito::IdentityPoolRoleAttachment', { label: 'identity pool roles', service: 'Cognito' }, (add) => {
    add('part of', 'IdentityPoolId', 'AWS::Cognito::IdentityPool')
  }),
  describeType('AWS::ElasticLoadBalancingV2::LoadBalancer', { label: 'load balancer', service: 'Elastic Load Balancing' }),
  describeType('AWS::ElasticLoadBalancingV2::Listener', { label: 'listener', service: 'Elastic Load Balancing' }, (add) => {
    add('part of', 'LoadBalancerArn', 'AWS::ElasticLoadBalancingV2::LoadBalancer')
    add('routes to', 'DefaultActions/*/TargetGroupArn', 'AWS::ElasticLoadBalancingV2::TargetGroup')
    add('routes to', 'DefaultActions/*/ForwardConfig/TargetGroups/*/TargetGroupArn', 'AWS::ElasticLoadBalancingV2::TargetGroup')
  }),
  describeType('AWS::ElasticLoadBalancingV2::TargetGroup', { label: 'target group', service: 'Elastic Load Balancing' }, (add) => add('routes to', 'Targets/*/Id', 'AWS::EC2::Instance')),
  describeType('AWS::CodeBuild::Project', { label: 'build project', service: 'CodeBuild' }, (add) => {
    add('runs as', 'ServiceRole', 'AWS::IAM::Role')
    add('runs code', 'Source/Location', 'AWS::CodeCommit::Repository')
  }),
  describeType('AWS::MWAA::Environment', { label: 'Airflow environment', service: 'MWAA' }, (add) => add('runs code', 'SourceBucketArn', 'storage')),
  describeType('AWS::Redshift::Cluster', { label: 'data warehouse', service: 'Redshift' }, (add) => add('runs as', 'IamRoles/*', 'AWS::IAM::Role')),
  describeType('AWS::SSM::Parameter', { label: 'parameter', service: 'Systems Manager' }),
  describeType('AWS::DynamoDB::Table', { label: 'table', service: 'DynamoDB' }),
  describeType('AWS::RAM::ResourceShare', { label: 'resource share', service: 'RAM' }, (add) => add('shared with', 'ResourceArns/*', 'arn')),
  describeType('AWS::IAM::PolicyVersion', { label: 'policy version', service: 'IAM' }),
  describeType('AWS::SSO::PermissionSet', { label: 'permission set', service: 'IAM Identity Center' }),
]
