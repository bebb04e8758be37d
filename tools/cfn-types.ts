import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SchemaSet, TypeSchema, ValueSchema } from '../src/model/type-schema.ts'

/** Types that Bartizan names: everything that is AI, and what surrounds it. A name that ends in `::` takes the whole service. */
const selected = [
  'AWS::SageMaker::', 'AWS::Bedrock::', 'AWS::BedrockAgentCore::', 'AWS::BedrockMantle::', 'AWS::QBusiness::', 'AWS::Kendra::', 'AWS::KendraRanking::', 'AWS::Comprehend::',
  'AWS::Rekognition::', 'AWS::Lex::', 'AWS::Personalize::', 'AWS::Forecast::', 'AWS::FraudDetector::', 'AWS::HealthLake::', 'AWS::Wisdom::',
  'AWS::S3Vectors::', 'AWS::OpenSearchServerless::', 'AWS::CodeGuruReviewer::', 'AWS::CodeGuruProfiler::', 'AWS::DevOpsGuru::', 'AWS::NeptuneGraph::',
  'AWS::AIOps::', 'AWS::DataZone::', 'AWS::Omics::', 'AWS::HealthImaging::', 'AWS::Transcribe::', 'AWS::Polly::', 'AWS::Translate::', 'AWS::Textract::', 'AWS::EntityResolution::',
  'AWS::S3::', 'AWS::S3Tables::', 'AWS::IAM::', 'AWS::KMS::', 'AWS::Glue::', 'AWS::LakeFormation::', 'AWS::ECS::', 'AWS::EKS::', 'AWS::ECR::', 'AWS::Lambda::', 'AWS::Macie::',
  'AWS::Organizations::', 'AWS::RAM::', 'AWS::StepFunctions::', 'AWS::SecretsManager::', 'AWS::AccessAnalyzer::', 'AWS::InspectorV2::', 'AWS::Serverless::',
  ...['Instance', 'LaunchTemplate', 'SecurityGroup', 'SecurityGroupIngress', 'SecurityGroupEgress', 'Subnet', 'RouteTable', 'Route', 'SubnetRouteTableAssociation', 'InternetGateway',
    'VPCGatewayAttachment', 'NatGateway', 'VPC', 'VPCEndpoint', 'Volume', 'VolumeAttachment', 'EIP', 'EIPAssociation', 'NetworkInterface', 'NetworkAcl', 'NetworkAclEntry', 'FlowLog', 'CapacityReservation'].map((name) => `AWS::EC2::${name}`),
  ...['RestApi', 'Resource', 'Method', 'Stage', 'Deployment', 'Authorizer', 'ApiKey', 'UsagePlan', 'Account', 'VpcLink', 'DomainName'].map((name) => `AWS::ApiGateway::${name}`),
  ...['Api', 'Route', 'Stage', 'Integration', 'Authorizer', 'VpcLink'].map((name) => `AWS::ApiGatewayV2::${name}`),
  ...['GraphQLApi', 'DataSource', 'ApiKey', 'Resolver'].map((name) => `AWS::AppSync::${name}`),
  ...['Rule', 'EventBus', 'EventBusPolicy', 'Connection', 'ApiDestination'].map((name) => `AWS::Events::${name}`), 'AWS::Scheduler::Schedule', 'AWS::Pipes::Pipe',
  'AWS::OpenSearchService::Domain', 'AWS::RDS::DBCluster', 'AWS::RDS::DBInstance', 'AWS::DynamoDB::Table', 'AWS::DocDB::DBCluster', 'AWS::Redshift::Cluster', 'AWS::RedshiftServerless::Workgroup', 'AWS::RedshiftServerless::Namespace',
  'AWS::CloudTrail::Trail', 'AWS::CloudTrail::EventDataStore', 'AWS::Logs::LogGroup', 'AWS::Logs::ResourcePolicy', 'AWS::Logs::MetricFilter', 'AWS::Logs::DeliverySource', 'AWS::Logs::DeliveryDestination', 'AWS::Logs::Delivery', 'AWS::CloudWatch::Alarm',
  'AWS::Config::ConfigurationRecorder', 'AWS::Config::DeliveryChannel', 'AWS::Config::ConfigRule', 'AWS::GuardDuty::Detector', 'AWS::SecurityHub::Hub', 'AWS::SecurityHub::Standard',
  'AWS::Budgets::Budget', 'AWS::CE::AnomalyMonitor', 'AWS::CE::AnomalySubscription', 'AWS::Cognito::UserPool', 'AWS::Cognito::UserPoolClient', 'AWS::Cognito::IdentityPool', 'AWS::Cognito::IdentityPoolRoleAttachment',
  'AWS::CloudFront::Distribution', 'AWS::WAFv2::WebACL', 'AWS::WAFv2::WebACLAssociation', 'AWS::WAFv2::LoggingConfiguration', 'AWS::CodeBuild::Project', 'AWS::CodeBuild::SourceCredential', 'AWS::CodeCommit::Repository', 'AWS::CodePipeline::Pipeline',
  'AWS::Batch::JobDefinition', 'AWS::Batch::ComputeEnvironment', 'AWS::Batch::JobQueue', 'AWS::ElasticLoadBalancingV2::LoadBalancer', 'AWS::ElasticLoadBalancingV2::Listener', 'AWS::ElasticLoadBalancingV2::TargetGroup', 'AWS::AutoScaling::AutoScalingGroup', 'AWS::AutoScaling::LaunchConfiguration',
  'AWS::SNS::Topic', 'AWS::SNS::TopicPolicy', 'AWS::SQS::Queue', 'AWS::SQS::QueuePolicy', 'AWS::EFS::FileSystem', 'AWS::EFS::AccessPoint', 'AWS::FSx::FileSystem', 'AWS::CloudFormation::Stack', 'AWS::SSM::Parameter', 'AWS::SSM::Document', 'AWS::Athena::WorkGroup', 'AWS::MWAA::Environment',
  'AWS::EMR::Cluster', 'AWS::EMRServerless::Application', 'AWS::SSO::PermissionSet', 'AWS::SSO::Assignment', 'AWS::AppRunner::Service', 'AWS::Amplify::App', 'AWS::AppFlow::Flow', 'AWS::ImageBuilder::ContainerRecipe', 'AWS::ElastiCache::ReplicationGroup', 'AWS::MemoryDB::Cluster', 'AWS::Kinesis::Stream', 'AWS::KinesisFirehose::DeliveryStream',
  'AWS::Connect::Instance', 'AWS::QuickSight::DataSource', 'AWS::Timestream::Database', 'AWS::Grafana::Workspace', 'AWS::Transfer::Server', 'AWS::Backup::BackupPlan', 'AWS::ServiceCatalog::CloudFormationProduct',
]

const isSelected = (type: string): boolean => selected.some((name) => (name.endsWith('::') ? type.startsWith(name) : type === name))

type Json = Readonly<Record<string, unknown>>

const readJson = (path: string): Json => JSON.parse(readFileSync(path, 'utf8')) as Json

/** Reads the provider schemas of the selected types from an unpacked cfn-lint wheel. */
export const cloudFormationTypes = (cfnLint: string): SchemaSet => {
  const schemas = join(cfnLint, 'cfnlint', 'data', 'schemas')
  const named = new Map<string, string>()
  for (const file of readdirSync(join(schemas, 'providers')).filter((name) => name.endsWith('.json')).sort(homeFirst)) {
    for (const [type, hash] of Object.entries(readJson(join(schemas, 'providers', file)))) {
      if (isSelected(type) && !named.has(type)) named.set(type, String(hash))
    }
  }
  const types: Record<string, TypeSchema> = {}
  for (const [type, hash] of [...named].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const path = join(schemas, 'resources', `${hash}.json`)
    if (existsSync(path)) types[type] = typeSchema(readJson(path))
  }
  return types
}

/** The region with most types says first how a type looks. */
const homeFirst = (a: string, b: string): number => Number(b === 'us-east-1.json') - Number(a === 'us-east-1.json') || (a < b ? -1 : 1)

const names = (pointers: unknown): string[] =>
  (Array.isArray(pointers) ? pointers : []).map((pointer) => String(pointer).replace('/properties/', '').replaceAll('/properties/', '/'))

const typeSchema = (raw: Json): TypeSchema => {
  const handlers = (raw['handlers'] ?? {}) as Readonly<Record<string, { permissions?: string[], handlerSchema?: { required?: string[] } }>>
  const tagging = raw['tagging'] as { tagProperty?: string } | undefined
  return {
    id: names(raw['primaryIdentifier']),
    readOnly: names(raw['readOnlyProperties']),
    required: ((raw['required'] ?? []) as string[]).toSorted(),
    ...(tagging?.tagProperty === undefined ? {} : { tags: tagging.tagProperty.replace('/properties/', '') }),
    ...(handlers['list'] === undefined ? {} : { list: { permissions: handlers['list'].permissions ?? [], parents: handlers['list'].handlerSchema?.required ?? [] } }),
    ...(handlers['read'] === undefined ? {} : { read: handlers['read'].permissions ?? [] }),
    properties: properties(raw['properties']),
    definitions: properties(raw['definitions']),
  }
}

const properties = (raw: unknown): Record<string, ValueSchema> =>
  Object.fromEntries(Object.entries((raw ?? {}) as Json).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => [name, valueSchema(value as Json)]))

/** Keeps what is needed to coerce and to type a value; drops words, patterns and lengths. */
const valueSchema = (raw: Json): ValueSchema => {
  if (typeof raw['$ref'] === 'string') return { ref: raw['$ref'].replace('#/definitions/', '') }
  const type = Array.isArray(raw['type']) ? (raw['type'].includes('object') ? 'json' : String(raw['type'][0])) : raw['type']
  if (type === 'array' || raw['items'] !== undefined) return { list: valueSchema((raw['items'] ?? {}) as Json) }
  if (raw['properties'] !== undefined && Object.keys(raw['properties'] as Json).length > 0) {
    return { fields: properties(raw['properties']), ...(Array.isArray(raw['required']) ? { required: raw['required'].map(String).sort() } : {}) }
  }
  if (raw['patternProperties'] !== undefined) return { map: valueSchema(Object.values(raw['patternProperties'] as Json)[0] as Json) }
  const alternatives = (raw['oneOf'] ?? raw['anyOf'] ?? raw['allOf']) as Json[] | undefined
  if (type === undefined && alternatives !== undefined) return alternatives.length === 1 ? valueSchema(alternatives[0]!) : merged(alternatives)
  switch (type) {
    case 'string': return Array.isArray(raw['enum']) ? { text: raw['enum'].map(String) } : { text: [] }
    case 'boolean': return { flag: true }
    case 'integer':
    case 'number': return { number: true }
    default: return { json: true }
  }
}

/** Alternatives that are all objects become one object with every field optional; any other mixture stays JSON. */
const merged = (alternatives: readonly Json[]): ValueSchema => {
  const schemas = alternatives.map(valueSchema)
  if (!schemas.every((schema) => 'fields' in schema)) return { json: true }
  return { fields: Object.assign({}, ...schemas.map((schema) => ('fields' in schema ? schema.fields : {}))) as Record<string, ValueSchema> }
}
