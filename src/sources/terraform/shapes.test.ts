import { describe, expect, test } from 'vitest'
import type { Block } from './block.ts'
import { blocksToResources } from './resources.ts'

const where = { account: '111122223333', region: 'eu-west-1' }
const later = { $unknown: 'it is known only after apply' }

const block = (address: string, values: Record<string, unknown>): Block => ({ address, type: address.split('.')[0]!, values })
const resources = (...blocks: Block[]) => blocksToResources(blocks, where).resources
const properties = (type: string, values: Record<string, unknown>) => resources(block(`${type}.x`, values))[0]!.properties

describe('arguments stand where CloudFormation has them', () => {
  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['aws_bedrock_model_invocation_logging_configuration', { logging_config: [{ text_data_delivery_enabled: true, s3_config: [{ bucket_name: 'logs', key_prefix: 'b' }] }] }, { TextDataDeliveryEnabled: true, S3Config: { BucketName: 'logs', KeyPrefix: 'b' } }],
    ['aws_sagemaker_notebook_instance_lifecycle_configuration', { name: 'setup', on_start: 'ZWNobw==' }, { OnStart: [{ Content: 'ZWNobw==' }] }],
    ['aws_sagemaker_pipeline', { pipeline_name: 'p', role_arn: 'r', pipeline_definition: '{"Version":"2020-12-01"}' }, { PipelineDefinition: { PipelineDefinitionBody: '{"Version":"2020-12-01"}' } }],
    ['aws_cloudtrail', { name: 't', s3_bucket_name: 'b' }, { IsLogging: true }],
    ['aws_sagemaker_image', { image_name: 'i', role_arn: 'r' }, { ImageRoleArn: 'r' }],
    ['aws_sagemaker_workteam', { workteam_name: 'w', description: 'd', member_definition: [{ cognito_member_definition: [{ client_id: 'c', user_group: 'g', user_pool: 'p' }] }] }, { MemberDefinitions: [{ CognitoMemberDefinition: { CognitoClientId: 'c', CognitoUserGroup: 'g', CognitoUserPool: 'p' } }] }],
    ['aws_bedrockagentcore_agent_runtime', { agent_runtime_name: 'a', protocol_configuration: [{ server_protocol: 'MCP' }] }, { ProtocolConfiguration: 'MCP' }],
    ['aws_bedrockagentcore_gateway_target', { name: 't', credential_provider_configuration: [{ gateway_iam_role: [{}] }] }, { CredentialProviderConfigurations: [{ CredentialProviderType: 'GATEWAY_IAM_ROLE' }] }],
    ['aws_kendra_data_source', { name: 'd', type: 'S3', configuration: [{ s3_configuration: [{ bucket_name: 'docs' }] }] }, { DataSourceConfiguration: { S3Configuration: { BucketName: 'docs' } } }],
    ['aws_rekognition_stream_processor', { name: 's', input: [{ kinesis_video_stream: [{ arn: 'v' }] }], settings: [{ face_search: [{ collection_id: 'faces' }] }] }, { KinesisVideoStream: { Arn: 'v' }, FaceSearchSettings: { CollectionId: 'faces' } }],
    ['aws_glue_crawler', { name: 'c', role: 'r', s3_target: [{ path: 's3://data' }] }, { Targets: { S3Targets: [{ Path: 's3://data' }] } }],
    ['aws_opensearch_domain', { domain_name: 'd', log_publishing_options: [{ log_type: 'AUDIT_LOGS', cloudwatch_log_group_arn: 'g' }] }, { LogPublishingOptions: { AUDIT_LOGS: { CloudWatchLogsLogGroupArn: 'g', Enabled: true } } }],
    ['aws_dynamodb_table', { name: 't', hash_key: 'id', point_in_time_recovery: [{ enabled: true }], server_side_encryption: [{ enabled: true, kms_key_arn: 'k' }] }, { KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }, SSESpecification: { SSEEnabled: true, KMSMasterKeyId: 'k' } }],
    ['aws_db_instance', { identifier: 'd', password: 'hunter2', vpc_security_group_ids: ['sg-1'] }, { VPCSecurityGroups: ['sg-1'], MasterUserPassword: { $unknown: 'it is a secret' } }],
    ['aws_sqs_queue', { name: 'q', redrive_policy: '{"maxReceiveCount":4}' }, { RedrivePolicy: { maxReceiveCount: 4 } }],
    ['aws_sns_topic_policy', { arn: 'arn:aws:sns:eu-west-1:111122223333:t', policy: '{"Statement":[]}' }, { Topics: ['arn:aws:sns:eu-west-1:111122223333:t'] }],
    ['aws_eks_cluster', { name: 'k', role_arn: 'r', enabled_cluster_log_types: ['audit'] }, { Logging: { ClusterLogging: { EnabledTypes: [{ Type: 'audit' }] } } }],
    ['aws_lb_listener', { certificate_arn: 'c', default_action: [{ type: 'authenticate-cognito', authenticate_cognito: [{ user_pool_arn: 'p' }] }] }, { Certificates: [{ CertificateArn: 'c' }], DefaultActions: [{ AuthenticateCognitoConfig: { UserPoolArn: 'p' } }] }],
    ['aws_budgets_budget', { name: 'b', budget_type: 'COST', time_unit: 'MONTHLY', limit_amount: '10', limit_unit: 'USD' }, { Budget: { BudgetType: 'COST', BudgetLimit: { Amount: 10, Unit: 'USD' } } }],
    ['aws_flow_log', { vpc_id: 'vpc-1', traffic_type: 'ALL' }, { ResourceType: 'VPC', ResourceId: 'vpc-1' }],
    ['aws_codepipeline', { name: 'p', role_arn: 'r', stage: [{ name: 's', action: [{ name: 'a', category: 'Source', owner: 'AWS', provider: 'CodeCommit', version: '1' }] }] }, { Stages: [{ Name: 's', Actions: [{ ActionTypeId: { Category: 'Source', Provider: 'CodeCommit' } }] }] }],
  ])('%s', (type, values, expected) => {
    expect(properties(type, values)).toMatchObject(expected)
  })
})

describe('what is not known stays so', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['aws_bedrock_model_invocation_logging_configuration', { logging_config: later }, 'S3Config'],
    ['aws_s3_bucket', { bucket: 'b', acl: later }, 'AccessControl'],
    ['aws_s3_bucket', { bucket: 'b', server_side_encryption_configuration: later }, 'BucketEncryption'],
    ['aws_eks_cluster', { name: 'k', vpc_config: later }, 'ResourcesVpcConfig'],
  ])('%s', (type, values, property) => {
    expect(properties(type, values)[property]).toEqual(later)
  })

  test('a part that may be of any bucket', () => {
    const [open, closed] = resources(
      block('aws_s3_bucket.a', { bucket: 'a' }), block('aws_s3_bucket.b', { bucket: 'b' }),
      block('aws_s3_bucket_versioning.a', { bucket: later, versioning_configuration: [{ status: 'Enabled' }] }), block('aws_s3_bucket_versioning.b', { bucket: 'b', versioning_configuration: [{ status: 'Enabled' }] }))
    expect(open!.properties['VersioningConfiguration']).toHaveProperty('$unknown')
    expect(closed!.properties['VersioningConfiguration']).toEqual({ Status: 'Enabled' })
  })
})

test('policies and routes that stand inside are resources of their own, once', () => {
  const document = '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"*"}]}'
  const made = resources(
    block('aws_s3_bucket.old', { bucket: 'old', policy: document }), block('aws_s3_bucket.new', { bucket: 'new', policy: document }), block('aws_s3_bucket_policy.new', { bucket: 'new', policy: document }),
    block('aws_route_table.r', { vpc_id: 'v', route: [{ cidr_block: '0.0.0.0/0', gateway_id: 'igw' }] }))
  expect(made.filter(({ type }) => type === 'AWS::S3::BucketPolicy').map(({ properties: { Bucket } }) => Bucket)).toEqual(['old', 'new'])
  expect(made.find(({ type }) => type === 'AWS::EC2::Route')?.properties).toMatchObject({ DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw' })
})

test('each peer of a rule counts', () => {
  const made = resources(block('aws_security_group_rule.r', { type: 'ingress', security_group_id: 'sg-elsewhere', protocol: 'tcp', from_port: 22, to_port: 22, cidr_blocks: ['10.0.0.0/8', '0.0.0.0/0'] }))
  expect(made.map(({ properties: { CidrIp } }) => CidrIp)).toEqual(['10.0.0.0/8', '0.0.0.0/0'])
})
