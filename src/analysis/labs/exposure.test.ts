import { expect, test } from 'vitest'
import type { Given } from '../../checks/check.ts'
import { account, allow, arn, bucket, but, deny, policy, resource, role, solve, trust, user, way } from './lab.ts'

const caller = role('chat', trust('lambda.amazonaws.com'), allow('bedrock:InvokeAgent', arn('bedrock', 'agent-alias/AGDESK/*')), allow('bedrock:InvokeModel'))
const chat = resource('AWS::Lambda::Function', { FunctionName: 'chat', Role: `${account}:role/chat`, Code: {} }, { id: arn('lambda', 'function:chat') })
const desk = resource('AWS::Bedrock::Agent', { AgentName: 'desk', AgentId: 'AGDESK', AgentResourceRoleArn: `${account}:role/desk` }, { id: arn('bedrock', 'agent/AGDESK') })
const app = [caller, chat, desk, role('desk', trust('bedrock.amazonaws.com'), allow('bedrock:InvokeModel'))]
const url = (AuthType: string) => resource('AWS::Lambda::Url', { AuthType, TargetFunctionArn: arn('lambda', 'function:chat') })
const anyone = resource('AWS::Lambda::Permission', { FunctionName: 'chat', Action: 'lambda:InvokeFunctionUrl', Principal: '*', FunctionUrlAuthType: 'NONE' })
const instructed = (given: Given[]) => solve(given).paths.find(({ target }) => target.power === 'instruct')

test('MITRE ATLAS AML.T0051.000: whoever calls a function without authorisation talks to the agent behind it, and to no more', () => {
  const { paths } = solve([...app, url('NONE'), anyone])
  expect(paths.map(({ entry, target, steps }) => [entry.kind, target.power, target.name, steps.map(({ step }) => step).join(' ')])).toEqual([
    ['internet', 'instruct', 'desk', 'reach-exposed inject-directly'],
    ['internet', 'invoke', 'Bedrock models', 'reach-exposed ask-model'],
  ])
})

test('a function that signs its callers in, that lacks the permission, or whose role does not call the agent is no way to it', () => {
  expect(instructed([...app, url('AWS_IAM')])).toBeUndefined()
  expect(instructed([...app, url('NONE')])).toBeUndefined()
  expect(instructed([role('chat', trust('lambda.amazonaws.com'), allow('logs:PutLogEvents')), ...app.slice(1), url('NONE'), anyone])).toBeUndefined()
})

test('a role that may call every agent makes the path depend on whether it does', () => {
  const broad = role('chat', trust('lambda.amazonaws.com'), allow('bedrock:InvokeAgent'))
  expect(instructed([broad, ...app.slice(1), url('NONE'), anyone])?.conditions).toEqual(['that chat uses desk, which its role may'])
  const named = but(chat, { Environment: { Variables: { AGENT_ID: 'AGDESK' } } })
  expect(instructed([broad, named, ...app.slice(2), url('NONE'), anyone])?.conditions).toEqual([])
})

const method = (AuthorizationType: string) => resource('AWS::ApiGateway::Method', {
  RestApiId: 'api1', ResourceId: 'root', HttpMethod: 'POST', AuthorizationType,
  Integration: { Type: 'AWS_PROXY', Uri: `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${arn('lambda', 'function:chat')}/invocations` },
})
const api = (more: Readonly<Record<string, unknown>> = {}) => resource('AWS::ApiGateway::RestApi', { Name: 'chat', RestApiId: 'api1', ...more }, { id: 'api1' })

test('an API without authorisation leads to the function behind it; a private one, and one that lets in some addresses, do not', () => {
  expect(instructed([...app, api(), method('NONE')])?.steps.map(({ step }) => step)).toEqual(['reach-exposed', 'reach-behind', 'inject-directly'])
  expect(instructed([...app, api(), method('AWS_IAM')])).toBeUndefined()
  expect(instructed([...app, api({ EndpointConfiguration: { Types: ['PRIVATE'] } }), method('NONE')])).toBeUndefined()
  const office = policy({ Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*', Condition: { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } } })
  expect(instructed([...app, api({ Policy: office }), method('NONE')])).toBeUndefined()
})

const network = (port: number, CidrIp = '0.0.0.0/0'): Given[] => [
  resource('AWS::EC2::SecurityGroup', { GroupDescription: 'lab', GroupId: 'sg-1', SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: port, ToPort: port, CidrIp }] }, { id: 'sg-1' }),
  resource('AWS::EC2::SubnetRouteTableAssociation', { SubnetId: 'subnet-1', RouteTableId: 'rtb-1' }), resource('AWS::EC2::Route', { RouteTableId: 'rtb-1', DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1' }),
]
const host = (UserData: string, more: Readonly<Record<string, unknown>> = {}) => resource('AWS::EC2::Instance', {
  InstanceType: 'g5.xlarge', PublicIp: '203.0.113.10', SubnetId: 'subnet-1', SecurityGroupIds: ['sg-1'], IamInstanceProfile: 'gpu', UserData, ...more,
}, { id: arn('ec2', 'instance/i-0123456789abcdef0') })
const profile = [resource('AWS::IAM::InstanceProfile', { InstanceProfileName: 'gpu', Roles: ['gpu'] }), role('gpu', trust('ec2.amazonaws.com'), allow('*'))]
const taken = (given: Given[]) => solve(given, { to: ['gpu'] }).paths.find(({ entry }) => entry.kind === 'internet')

test('Oligo Security on ShadowRay: open-server and run-on-server, a Ray dashboard that the internet reaches runs anybody’s jobs', () => {
  const found = taken([host('ray start --head --dashboard-host 0.0.0.0'), ...network(8265), ...profile])
  expect(found?.steps.map(({ step }) => step)).toEqual(['open-server', 'run-on-server'])
  expect(found?.conditions).toEqual([])
  expect(taken([host('ray start --head'), ...network(8265, '198.51.100.0/24'), ...profile])).toBeUndefined()
  expect(taken([host('ray start --head', { PublicIp: undefined }), ...network(8265), ...profile])).toBeUndefined()
  expect(taken([host('ray start --head'), network(8265)[0]!, ...profile])).toBeUndefined()
})

test('a port tells only of what nearly always stands behind it, and then the path says that it was not seen', () => {
  expect(taken([host(''), ...network(8888), ...profile])?.conditions[0]).toMatch(/^that Jupyter answers on port 8888, and that Jupyter on .+ asks for no password or token$/)
  expect(taken([host(''), ...network(8000), ...profile])).toBeUndefined()
  expect(taken([host('jupyter lab'), ...network(22), ...profile])).toBeUndefined()
})

test('an elastic address is a public one, for the instance that it names', () => {
  const address = (InstanceId: string) => resource('AWS::EC2::EIP', { InstanceId })
  const without = [host('ray start --head', { PublicIp: undefined }), ...network(8265), ...profile]
  expect(taken([...without, address('i-0123456789abcdef0')])?.steps.map(({ step }) => step)).toEqual(['open-server', 'run-on-server'])
  expect(taken([...without, address('i-0fedcba9876543210')])).toBeUndefined()
})

test('a model server gives its models, not its host', () => {
  const given = [host('docker run vllm/vllm-openai --model mistral'), ...network(8000), ...profile]
  expect(solve(given).paths.map(({ target, steps }) => [target.type, target.power, ...steps.map(({ step }) => step)])).toContainEqual(['model server', 'invoke', 'open-server'])
  expect(taken(given)).toBeUndefined()
})

test('server-of-host: a load balancer leads to the server of its tasks, unless it asks people to sign in', () => {
  const listener = (...actions: object[]) => resource('AWS::ElasticLoadBalancingV2::Listener', { LoadBalancerArn: arn('elasticloadbalancing', 'loadbalancer/app/front/1'), Port: 80, Protocol: 'HTTP', DefaultActions: actions })
  const forward = { Type: 'forward', TargetGroupArn: arn('elasticloadbalancing', 'targetgroup/tasks/1') }
  const given = (...actions: object[]) => [
    ...network(80), resource('AWS::ElasticLoadBalancingV2::LoadBalancer', { Name: 'front', Scheme: 'internet-facing', Subnets: ['subnet-1'], SecurityGroups: ['sg-1'] }, { id: arn('elasticloadbalancing', 'loadbalancer/app/front/1') }), listener(...actions),
    resource('AWS::ElasticLoadBalancingV2::TargetGroup', { Name: 'tasks', Port: 11434 }, { id: arn('elasticloadbalancing', 'targetgroup/tasks/1') }),
    resource('AWS::ECS::TaskDefinition', { Family: 'llm', TaskRoleArn: `${account}:role/gpu`, ContainerDefinitions: [{ Name: 'llm', Image: 'ollama/ollama:latest' }] }, { id: arn('ecs', 'task-definition/llm:1') }),
    resource('AWS::ECS::Service', { ServiceName: 'llm', TaskDefinition: arn('ecs', 'task-definition/llm:1'), LoadBalancers: [{ TargetGroupArn: arn('elasticloadbalancing', 'targetgroup/tasks/1'), ContainerName: 'llm', ContainerPort: 11434 }] }, { id: arn('ecs', 'service/llm') }),
  ]
  const served = (...actions: object[]) => solve(given(...actions)).paths.find(({ target }) => target.type === 'model server')?.steps.map(({ step }) => step)
  expect(served(forward)?.at(-1)).toBe('server-of-host')
  expect(served({ Type: 'authenticate-cognito', AuthenticateCognitoConfig: { UserPoolArn: arn('cognito-idp', 'userpool/p') } }, forward)).toBeUndefined()
})

test('EN-s3-bpa: a public policy waits behind the block on public access', () => {
  const open = resource('AWS::S3::BucketPolicy', { Bucket: 'reports', PolicyDocument: policy({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::reports/*' }) })
  const blocked = bucket('reports', { PublicAccessBlockConfiguration: { BlockPublicPolicy: true, RestrictPublicBuckets: true, BlockPublicAcls: true, IgnorePublicAcls: true } })
  const starter = user('starter', allow('s3:PutBucketPublicAccessBlock'), deny('s3:GetObject'))
  expect(way([blocked, open, starter], 'starter', 'reports', 'read')).toEqual(['EN-s3-bpa'])
  expect(way([blocked, starter], 'starter', 'reports', 'read')).toBeUndefined()
  expect(solve([blocked, open], { to: ['reports'] }).paths).toEqual([])
})
