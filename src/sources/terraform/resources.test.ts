import { expect, test } from 'vitest'
import { labelOf } from './block.ts'
import { mappingOf } from './mapping.ts'
import { blocksToResources } from './resources.ts'

const where = { account: '111122223333', region: 'eu-west-1' }

const made = (...blocks: readonly (readonly [address: string, values: Record<string, unknown>])[]) => {
  const { resources, gaps } = blocksToResources(blocks.map(([address, values]) => ({ address, type: /(aws\w*)\.[^.]+$/.exec(address)![1]!, values })), where)
  return { of: Object.fromEntries(resources.map((resource) => [resource.id, resource.properties])), resources, gaps }
}

test('types are found in the table, by their letters, or as awscc', () => {
  expect(['aws_sagemaker_training_job', 'aws_bedrockagent_flow', 'awscc_sagemaker_endpoint', 'aws_iam_policy', 'aws_lb', 'aws_nat_gateway', 'aws_lex_bot', 'aws_unheard_of', 'random_id'].map((type) => mappingOf(type)?.type)).toEqual([
    'AWS::SageMaker::TrainingJob', 'AWS::Bedrock::Flow', 'AWS::SageMaker::Endpoint', 'AWS::IAM::ManagedPolicy', 'AWS::ElasticLoadBalancingV2::LoadBalancer', 'AWS::EC2::NatGateway', undefined, undefined, undefined])
  expect(mappingOf('aws_glue_job')?.renames).toEqual({ role_arn: 'Role' })
  expect(mappingOf('aws_sagemaker_endpoint')?.renames).toEqual({ name: 'EndpointName' })
})

test('what has no name is called by where it stands', () => {
  expect(['aws_iam_role.r', 'module.a.aws_iam_role.r', 'module.a.module.b["x"].aws_iam_role.r[0]'].map(labelOf)).toEqual(['r', 'a-r', 'a-b-x-r-0'])
})

test('rules of a security group name one peer each, wherever they are written', () => {
  const { of, gaps } = made(
    ['aws_security_group.web', { name: 'web', description: 'd', ingress: [{ protocol: 'tcp', from_port: 80, to_port: 80, cidr_blocks: ['0.0.0.0/0', '10.0.0.0/8'], ipv6_cidr_blocks: ['::/0'] }] }],
    ['aws_security_group_rule.more', { type: 'ingress', security_group_id: 'web', protocol: 'tcp', from_port: 22, to_port: 22, cidr_blocks: ['0.0.0.0/0'] }],
    ['aws_vpc_security_group_ingress_rule.other', { security_group_id: 'sg-1', ip_protocol: '-1', cidr_ipv4: '0.0.0.0/0' }],
  )
  expect(of['aws_security_group.web']!['SecurityGroupIngress']).toMatchObject([
    { CidrIp: '0.0.0.0/0', FromPort: 80 }, { CidrIp: '10.0.0.0/8', FromPort: 80 }, { CidrIpv6: '::/0' }, { CidrIp: '0.0.0.0/0', FromPort: 22 }])
  expect(of['aws_vpc_security_group_ingress_rule.other']).toMatchObject({ GroupId: 'sg-1', CidrIp: '0.0.0.0/0', IpProtocol: '-1' })
  expect(gaps).toEqual([])
})

test('policies are attached one by one or all at once; an owner that is not here is named', () => {
  const { of, gaps } = made(
    ['aws_iam_role.r', { name: 'r', assume_role_policy: '{}' }],
    ['aws_iam_user.u', { name: 'u' }],
    ['aws_iam_role_policy_attachment.a', { role: 'r', policy_arn: 'arn:aws:iam::aws:policy/One' }],
    ['aws_iam_policy_attachment.b', { roles: ['r'], users: ['u'], policy_arn: 'arn:aws:iam::aws:policy/Two' }],
    ['aws_iam_role_policy_attachment.c', { role: 'elsewhere', policy_arn: 'arn:aws:iam::aws:policy/One' }],
  )
  expect(of['aws_iam_role.r']!['ManagedPolicyArns']).toEqual(['arn:aws:iam::aws:policy/One', 'arn:aws:iam::aws:policy/Two'])
  expect(of['aws_iam_user.u']!['ManagedPolicyArns']).toEqual(['arn:aws:iam::aws:policy/Two'])
  expect(gaps).toMatchObject([{ operation: 'map aws_iam_role_policy_attachment', reason: '1 resource of this Terraform type is not read: what it belongs to is not here' }])
})

test('arguments that are arranged otherwise', () => {
  const { of } = made(
    ['aws_lambda_function.f', { function_name: 'f', role: 'arn:aws:iam::111122223333:role/r', s3_bucket: 'b', s3_key: 'k', environment: [{ variables: { A: '1' } }], reserved_concurrent_executions: -1 }],
    ['aws_ecs_task_definition.t', { family: 't', container_definitions: '[{"name":"c","image":"ollama/ollama","environment":[{"name":"A","value":"1"}]}]' }],
    ['aws_instance.i', { ami: 'ami-1', instance_type: 'g5.xlarge', subnet_id: 'subnet-1', vpc_security_group_ids: ['sg-1'], associate_public_ip_address: true, root_block_device: [{ encrypted: true }], metadata_options: [{ http_tokens: 'required' }] }],
    ['aws_s3_bucket.b', { bucket: 'b', acl: 'public-read', versioning: [{ enabled: true }], server_side_encryption_configuration: [{ rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: 'aws:kms' }] }] }] }],
    ['aws_cloudtrail.t', { name: 't', s3_bucket_name: 'b', event_selector: [{ read_write_type: 'All' }] }],
    ['aws_api_gateway_method.m', { rest_api_id: 'a', resource_id: 'r', http_method: 'POST', authorization: 'NONE' }],
    ['aws_api_gateway_integration.i', { rest_api_id: 'a', resource_id: 'r', http_method: 'POST', type: 'AWS_PROXY', uri: 'arn:x', integration_http_method: 'POST' }],
    ['aws_lb.l', { name: 'l', internal: false, load_balancer_type: 'application', subnets: ['s'] }],
  )
  expect(of['aws_lambda_function.f']).toMatchObject({ Code: { S3Bucket: 'b', S3Key: 'k' }, Environment: { Variables: { A: '1' } } })
  expect(of['aws_lambda_function.f']).not.toHaveProperty('ReservedConcurrentExecutions')
  expect(of['aws_ecs_task_definition.t']!['ContainerDefinitions']).toMatchObject([{ Name: 'c', Image: 'ollama/ollama', Environment: [{ Name: 'A', Value: '1' }] }])
  expect(of['aws_instance.i']).toMatchObject({
    ImageId: 'ami-1', NetworkInterfaces: [{ AssociatePublicIpAddress: true, SubnetId: 'subnet-1', GroupSet: ['sg-1'] }], BlockDeviceMappings: [{ Ebs: { Encrypted: true } }], MetadataOptions: { HttpTokens: 'required' },
  })
  expect(of['aws_s3_bucket.b']).toMatchObject({
    AccessControl: 'PublicRead', VersioningConfiguration: { Status: 'Enabled' }, BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }] },
  })
  expect(of['aws_cloudtrail.t']).toMatchObject({ EventSelectors: [{ ReadWriteType: 'All' }] })
  expect(of['aws_api_gateway_method.m']).toMatchObject({ AuthorizationType: 'NONE', Integration: { Type: 'AWS_PROXY', Uri: 'arn:x' } })
  expect(of['aws_lb.l']).toMatchObject({ Scheme: 'internet-facing', Type: 'application' })
})
