/** Types that Bartizan names: everything that is AI, and what surrounds it. A name that ends in `::` takes the whole service. */
const selected = [
  'AWS::SageMaker::', 'AWS::Bedrock::', 'AWS::BedrockAgentCore::', 'AWS::BedrockMantle::', 'AWS::QBusiness::', 'AWS::Kendra::', 'AWS::KendraRanking::', 'AWS::Comprehend::',
  'AWS::Rekognition::', 'AWS::Lex::', 'AWS::Personalize::', 'AWS::Forecast::', 'AWS::FraudDetector::', 'AWS::HealthLake::', 'AWS::Wisdom::',
  'AWS::S3Vectors::', 'AWS::OpenSearchServerless::', 'AWS::CodeGuruReviewer::', 'AWS::CodeGuruProfiler::', 'AWS::DevOpsGuru::', 'AWS::NeptuneGraph::',
  'AWS::AgentRegistry::', 'AWS::AWSExternalAnthropic::', 'AWS::DevOpsAgent::', 'AWS::HealthAgent::', 'AWS::NovaAct::', 'AWS::SecurityAgent::', 'AWS::ElementalInference::', 'AWS::CleanRoomsML::',
  'AWS::LookoutEquipment::', 'AWS::LookoutMetrics::', 'AWS::LookoutVision::', 'AWS::Panorama::', 'AWS::OSIS::', 'AWS::MWAAServerless::', 'AWS::S3Express::', 'AWS::S3ObjectLambda::', 'AWS::S3Files::', 'AWS::VerifiedPermissions::', 'AWS::RolesAnywhere::',
  ...['ActionConnector', 'Agent', 'DataSet', 'Flow', 'KnowledgeBase', 'Space', 'Topic', 'TopicV2'].map((name) => `AWS::QuickSight::${name}`),
  'AWS::AIOps::', 'AWS::DataZone::', 'AWS::Omics::', 'AWS::HealthImaging::', 'AWS::Transcribe::', 'AWS::Polly::', 'AWS::Translate::', 'AWS::Textract::', 'AWS::EntityResolution::',
  'AWS::S3::', 'AWS::S3Tables::', 'AWS::IAM::', 'AWS::KMS::', 'AWS::Glue::', 'AWS::LakeFormation::', 'AWS::ECS::', 'AWS::EKS::', 'AWS::ECR::', 'AWS::Lambda::', 'AWS::Macie::',
  'AWS::Organizations::', 'AWS::RAM::', 'AWS::StepFunctions::', 'AWS::SecretsManager::', 'AWS::AccessAnalyzer::', 'AWS::InspectorV2::', 'AWS::Serverless::',
  ...['Instance', 'LaunchTemplate', 'SecurityGroup', 'SecurityGroupIngress', 'SecurityGroupEgress', 'Subnet', 'RouteTable', 'Route', 'SubnetRouteTableAssociation', 'InternetGateway',
    'VPCGatewayAttachment', 'NatGateway', 'VPC', 'VPCEndpoint', 'Volume', 'VolumeAttachment', 'EIP', 'EIPAssociation', 'NetworkInterface', 'NetworkAcl', 'NetworkAclEntry', 'FlowLog', 'CapacityReservation',
    'VPCPeeringConnection', 'EgressOnlyInternetGateway', 'TransitGateway', 'TransitGatewayAttachment', 'TransitGatewayRoute', 'VPCEndpointService', 'VPCEndpointServicePermissions', 'SubnetNetworkAclAssociation', 'PrefixList', 'SpotFleet', 'EC2Fleet',
    'KeyPair', 'InstanceConnectEndpoint', 'SnapshotBlockPublicAccess', 'VPCBlockPublicAccessOptions', 'VPCBlockPublicAccessExclusion'].map((name) => `AWS::EC2::${name}`),
  ...['RestApi', 'Resource', 'Method', 'Stage', 'Deployment', 'Authorizer', 'ApiKey', 'UsagePlan', 'Account', 'VpcLink', 'DomainName'].map((name) => `AWS::ApiGateway::${name}`),
  ...['Api', 'Route', 'Stage', 'Integration', 'Authorizer', 'VpcLink'].map((name) => `AWS::ApiGatewayV2::${name}`),
  ...['GraphQLApi', 'DataSource', 'ApiKey', 'Resolver'].map((name) => `AWS::AppSync::${name}`),
  ...['Rule', 'EventBus', 'EventBusPolicy', 'Connection', 'ApiDestination'].map((name) => `AWS::Events::${name}`), 'AWS::Scheduler::Schedule', 'AWS::Pipes::Pipe',
  'AWS::OpenSearchService::Domain', 'AWS::RDS::DBCluster', 'AWS::RDS::DBInstance', 'AWS::DynamoDB::Table', 'AWS::DocDB::DBCluster', 'AWS::Redshift::Cluster', 'AWS::RedshiftServerless::Workgroup', 'AWS::RedshiftServerless::Namespace',
  'AWS::CloudTrail::Trail', 'AWS::CloudTrail::EventDataStore', 'AWS::Logs::LogGroup', 'AWS::Logs::ResourcePolicy', 'AWS::Logs::MetricFilter', 'AWS::Logs::DeliverySource', 'AWS::Logs::DeliveryDestination', 'AWS::Logs::Delivery', 'AWS::Logs::SubscriptionFilter', 'AWS::Logs::Destination', 'AWS::Logs::AccountPolicy', 'AWS::CloudWatch::Alarm',
  'AWS::Config::ConfigurationRecorder', 'AWS::Config::DeliveryChannel', 'AWS::Config::ConfigRule', 'AWS::GuardDuty::Detector', 'AWS::SecurityHub::Hub', 'AWS::SecurityHub::Standard',
  'AWS::Budgets::Budget', 'AWS::CE::AnomalyMonitor', 'AWS::CE::AnomalySubscription', 'AWS::Cognito::UserPool', 'AWS::Cognito::UserPoolClient', 'AWS::Cognito::IdentityPool', 'AWS::Cognito::IdentityPoolRoleAttachment',
  'AWS::CloudFront::Distribution', 'AWS::WAFv2::WebACL', 'AWS::WAFv2::WebACLAssociation', 'AWS::WAFv2::LoggingConfiguration', 'AWS::CodeBuild::Project', 'AWS::CodeBuild::SourceCredential', 'AWS::CodeCommit::Repository', 'AWS::CodeArtifact::Domain', 'AWS::CodeArtifact::Repository', 'AWS::CodeConnections::Connection', 'AWS::CodeStarConnections::Connection', 'AWS::CodeDeploy::DeploymentGroup', 'AWS::CloudFormation::StackSet', 'AWS::EMR::Studio',
  'AWS::CodePipeline::Pipeline',
  'AWS::Batch::JobDefinition', 'AWS::Batch::ComputeEnvironment', 'AWS::Batch::JobQueue', 'AWS::ElasticLoadBalancingV2::LoadBalancer', 'AWS::ElasticLoadBalancingV2::Listener', 'AWS::ElasticLoadBalancingV2::TargetGroup', 'AWS::AutoScaling::AutoScalingGroup', 'AWS::AutoScaling::LaunchConfiguration',
  'AWS::SNS::Topic', 'AWS::SNS::TopicPolicy', 'AWS::SQS::Queue', 'AWS::SQS::QueuePolicy', 'AWS::EFS::FileSystem', 'AWS::EFS::AccessPoint', 'AWS::FSx::FileSystem', 'AWS::CloudFormation::Stack', 'AWS::SSM::Parameter', 'AWS::SSM::Document', 'AWS::Athena::WorkGroup', 'AWS::MWAA::Environment',
  'AWS::EMR::Cluster', 'AWS::EMRServerless::Application', 'AWS::SSO::PermissionSet', 'AWS::SSO::Assignment', 'AWS::AppRunner::Service', 'AWS::Amplify::App', 'AWS::AppFlow::Flow', 'AWS::ImageBuilder::ContainerRecipe', 'AWS::ElastiCache::ReplicationGroup', 'AWS::MemoryDB::Cluster', 'AWS::Kinesis::Stream', 'AWS::KinesisFirehose::DeliveryStream',
  'AWS::Connect::Instance', 'AWS::Connect::ContactFlow', 'AWS::Connect::InstanceStorageConfig', 'AWS::Neptune::DBCluster', 'AWS::Elasticsearch::Domain', 'AWS::MSK::Cluster', 'AWS::EMRContainers::VirtualCluster', 'AWS::KinesisVideo::Stream', 'AWS::Chatbot::SlackChannelConfiguration', 'AWS::ElasticLoadBalancing::LoadBalancer', 'AWS::VpcLattice::Service', 'AWS::VpcLattice::AuthPolicy', 'AWS::ApplicationAutoScaling::ScalableTarget', 'AWS::DMS::ReplicationInstance', 'AWS::DataSync::Task', 'AWS::IdentityStore::GroupMembership',
  'AWS::QuickSight::DataSource', 'AWS::Timestream::Database', 'AWS::Grafana::Workspace', 'AWS::Transfer::Server', 'AWS::Backup::BackupPlan', 'AWS::ServiceCatalog::CloudFormationProduct',
]

/** Whether Bartizan names a CloudFormation type. */
export const isSelected = (type: string): boolean => selected.some((name) => (name.endsWith('::') ? type.startsWith(name) : type === name))
