/** Services whose types are all named: they are AI, or AI rests on them. */
const whole = `
  AIOps AWSExternalAnthropic AccessAnalyzer AgentRegistry Bedrock BedrockAgentCore BedrockMantle CleanRoomsML CodeGuruProfiler
  CodeGuruReviewer Comprehend DataZone DevOpsAgent DevOpsGuru ECR ECS EKS ElementalInference EntityResolution Forecast
  FraudDetector Glue HealthAgent HealthImaging HealthLake IAM InspectorV2 KMS Kendra KendraRanking LakeFormation Lambda Lex
  LookoutEquipment LookoutMetrics LookoutVision MWAAServerless Macie NeptuneGraph NovaAct OSIS Omics OpenSearchServerless
  Organizations Panorama Personalize Polly QBusiness RAM Rekognition RolesAnywhere S3 S3Express S3Files S3ObjectLambda S3Tables
  S3Vectors SageMaker SecretsManager SecurityAgent Serverless StepFunctions Textract Transcribe Translate VerifiedPermissions
  Wisdom
`

/** Services of which some types are named. */
const parts: Readonly<Record<string, string>> = {
  Amplify: 'App',
  ApiGateway: 'RestApi Resource Method Stage Deployment Authorizer ApiKey UsagePlan Account VpcLink DomainName',
  ApiGatewayV2: 'Api Route Stage Integration Authorizer VpcLink',
  AppFlow: 'Flow',
  AppRunner: 'Service',
  AppSync: 'GraphQLApi DataSource ApiKey Resolver',
  ApplicationAutoScaling: 'ScalableTarget',
  Athena: 'WorkGroup',
  AutoScaling: 'AutoScalingGroup LaunchConfiguration',
  Backup: 'BackupPlan',
  Batch: 'JobDefinition ComputeEnvironment JobQueue',
  Budgets: 'Budget',
  CE: 'AnomalyMonitor AnomalySubscription',
  Chatbot: 'SlackChannelConfiguration',
  CloudFormation: 'StackSet Stack',
  CloudFront: 'Distribution',
  CloudTrail: 'Trail EventDataStore',
  CloudWatch: 'Alarm',
  CodeArtifact: 'Domain Repository',
  CodeBuild: 'Project SourceCredential',
  CodeCommit: 'Repository',
  CodeConnections: 'Connection',
  CodeDeploy: 'DeploymentGroup',
  CodePipeline: 'Pipeline',
  CodeStarConnections: 'Connection',
  Cognito: 'UserPool UserPoolClient IdentityPool IdentityPoolRoleAttachment',
  Config: 'ConfigurationRecorder DeliveryChannel ConfigRule',
  Connect: 'Instance ContactFlow InstanceStorageConfig',
  DMS: 'ReplicationInstance',
  DataSync: 'Task',
  DocDB: 'DBCluster',
  DynamoDB: 'Table',
  EC2: `
    Instance LaunchTemplate SecurityGroup SecurityGroupIngress SecurityGroupEgress Subnet RouteTable Route
    SubnetRouteTableAssociation InternetGateway VPCGatewayAttachment NatGateway VPC VPCEndpoint Volume VolumeAttachment EIP
    EIPAssociation NetworkInterface NetworkAcl NetworkAclEntry FlowLog CapacityReservation VPCPeeringConnection
    EgressOnlyInternetGateway TransitGateway TransitGatewayAttachment TransitGatewayRoute VPCEndpointService
    VPCEndpointServicePermissions SubnetNetworkAclAssociation PrefixList SpotFleet EC2Fleet KeyPair InstanceConnectEndpoint
    SnapshotBlockPublicAccess VPCBlockPublicAccessOptions VPCBlockPublicAccessExclusion`,
  EFS: 'FileSystem AccessPoint',
  EMR: 'Studio Cluster',
  EMRContainers: 'VirtualCluster',
  EMRServerless: 'Application',
  ElastiCache: 'ReplicationGroup',
  ElasticLoadBalancing: 'LoadBalancer',
  ElasticLoadBalancingV2: 'LoadBalancer Listener TargetGroup',
  Elasticsearch: 'Domain',
  Events: 'Rule EventBus EventBusPolicy Connection ApiDestination',
  FSx: 'FileSystem',
  Grafana: 'Workspace',
  GuardDuty: 'Detector',
  IdentityStore: 'GroupMembership',
  ImageBuilder: 'ContainerRecipe',
  Kinesis: 'Stream',
  KinesisFirehose: 'DeliveryStream',
  KinesisVideo: 'Stream',
  Logs: `
    LogGroup ResourcePolicy MetricFilter DeliverySource DeliveryDestination Delivery SubscriptionFilter Destination
    AccountPolicy`,
  MSK: 'Cluster',
  MWAA: 'Environment',
  MemoryDB: 'Cluster',
  Neptune: 'DBCluster',
  OpenSearchService: 'Domain',
  Pipes: 'Pipe',
  QuickSight: 'DataSource ActionConnector Agent DataSet Flow KnowledgeBase Space Topic TopicV2',
  RDS: 'DBCluster DBInstance',
  Redshift: 'Cluster',
  RedshiftServerless: 'Workgroup Namespace',
  SNS: 'Topic TopicPolicy',
  SQS: 'Queue QueuePolicy',
  SSM: 'Parameter Document',
  SSO: 'PermissionSet Assignment',
  Scheduler: 'Schedule',
  SecurityHub: 'Hub Standard',
  ServiceCatalog: 'CloudFormationProduct',
  Timestream: 'Database',
  Transfer: 'Server',
  VpcLattice: 'Service AuthPolicy',
  WAFv2: 'WebACL WebACLAssociation LoggingConfiguration',
}

const words = (text: string): Set<string> => new Set(text.split(/\s+/))

const services = words(whole)
const types = new Map(Object.entries(parts).map(([service, names]) => [service, words(names)]))

/** Whether Bartizan names a CloudFormation type. */
export const isSelected = (type: string): boolean => {
  const [, service = '', name = ''] = type.split('::')
  return services.has(service) || types.get(service)?.has(name) === true
}
