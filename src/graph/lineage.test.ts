import { describe, expect, test } from 'vitest'
import { assetsOf } from '../analysis/assets.ts'
import { usesOfAi } from '../analysis/applications.ts'
import { facts } from '../analysis/facts.ts'
import { identify } from '../model/identify.ts'
import { tableOf } from '../model/snapshot.ts'
import { typeSchemas } from '../sources/shape.ts'
import { buildEstate } from './estate.ts'
import { pipelinesOf } from './lineage.ts'
import type { Pipeline } from './lineage.ts'

const account = '111122223333'
const region = 'us-east-1'
const arn = (service: string, rest: string): string => `arn:aws:${service}:${region}:${account}:${rest}`
const known = await facts()

const estateOf = (...resources: readonly (readonly [type: string, properties: Readonly<Record<string, unknown>>])[]) => buildEstate({
  header: { schema: 'bartizan.snapshot/1', takenAt: '2026-11-26T00:00:00Z', tool: 'test', source: 'aws', origin: account, accounts: [{ id: account }], regions: [region] },
  resources: tableOf(resources.map(([type, properties]) => ({ type, ...identify(type, typeSchemas()[type], properties, { account, region }, 'x'), account, region, tags: {}, properties }))),
  gaps: [], done: [],
}, known)

type Estate = ReturnType<typeof estateOf>

const pipelines = (estate: Estate): Pipeline[] => pipelinesOf(estate, usesOfAi(estate, known))

/** `a > b` for each movement of a pipeline. */
const moves = ({ nodes, edges }: Pipeline): string[] => {
  const names = new Map(nodes.map(({ node, name }) => [node, name]))
  return edges.map(({ from, to }) => `${names.get(from)} > ${names.get(to)}`)
}

const role = (name: string, service: string, ...statements: readonly object[]) => ['AWS::IAM::Role', {
  RoleName: name, Arn: `arn:aws:iam::${account}:role/${name}`, AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }] },
  Policies: [{ PolicyName: 'p', PolicyDocument: { Version: '2012-10-17', Statement: statements } }],
}] as const

const image = `${account}.dkr.ecr.${region}.amazonaws.com/trainer:1`
const keyArn = arn('kms', 'key/1f0c2f0e-0000-4000-8000-00000000feed')

test('from a data set over training, artifact, version and endpoint to the application and its API', () => {
  const [pipeline, ...others] = pipelines(estateOf(
    role('train', 'sagemaker.amazonaws.com'),
    role('web', 'lambda.amazonaws.com', { Effect: 'Allow', Action: 'sagemaker:InvokeEndpoint', Resource: arn('sagemaker', 'endpoint/churn') }),
    ['AWS::KMS::Key', { KeyId: keyArn.split('/')[1], Arn: keyArn }],
    ['AWS::KMS::Alias', { AliasName: 'alias/ml', TargetKeyId: keyArn.split('/')[1] }],
    ['AWS::ECR::Repository', { RepositoryName: 'trainer' }],
    ['AWS::S3::Bucket', { BucketName: 'raw' }],
    ['AWS::SageMaker::TrainingJob', {
      TrainingJobName: 'train-1', RoleArn: `arn:aws:iam::${account}:role/train`, AlgorithmSpecification: { TrainingImage: image },
      InputDataConfig: [{ ChannelName: 'train', DataSource: { S3DataSource: { S3Uri: 's3://raw/churn' } } }], OutputDataConfig: { S3OutputPath: 's3://models/churn', KmsKeyId: keyArn },
      ModelArtifacts: { S3ModelArtifacts: 's3://models/churn/train-1/model.tar.gz' },
    }],
    ['AWS::SageMaker::ModelPackage', { ModelPackageArn: arn('sagemaker', 'model-package/churn/1'), ModelPackageGroupName: 'churn', InferenceSpecification: { Containers: [{ Image: image, ModelDataUrl: 's3://models/churn/train-1/model.tar.gz' }] } }],
    ['AWS::SageMaker::Model', { ModelName: 'churn-1', ExecutionRoleArn: `arn:aws:iam::${account}:role/train`, PrimaryContainer: { ModelPackageName: arn('sagemaker', 'model-package/churn/1') } }],
    ['AWS::SageMaker::EndpointConfig', { EndpointConfigName: 'churn-1', ProductionVariants: [{ ModelName: 'churn-1', VariantName: 'a' }] }],
    ['AWS::SageMaker::Endpoint', { EndpointName: 'churn', EndpointConfigName: 'churn-1' }],
    ['AWS::Lambda::Function', { FunctionName: 'web', Role: `arn:aws:iam::${account}:role/web`, Code: {} }],
    ['AWS::ApiGatewayV2::Api', { ApiId: 'abc', Name: 'shop' }],
    ['AWS::ApiGatewayV2::Integration', { ApiId: 'abc', IntegrationId: 'i', IntegrationType: 'AWS_PROXY', IntegrationUri: arn('lambda', 'function:web') }],
  ))
  expect(others).toEqual([])
  expect(pipeline!.name).toBe('churn')
  expect(moves(pipeline!)).toEqual(expect.arrayContaining([
    's3://raw/churn > train-1', 'trainer > train-1', 'train-1 > s3://models/churn/train-1/model.tar.gz', 's3://models/churn/train-1/model.tar.gz > churn/1',
    'churn/1 > churn-1', 'churn-1 > churn-1', 'churn-1 > churn', 'churn > web', 'web > shop',
  ]))
  expect(pipeline!.nodes.find(({ name }) => name === 'train-1')).toMatchObject({ stage: 'train', identity: ['train'], keys: ['alias/ml'] })
  expect(pipeline!.nodes.find(({ name }) => name === 'trainer')!.stage).toBe('prepare')
  expect(pipeline!.nodes.filter(({ stage }) => stage === 'use').map(({ name }) => name)).toEqual(['shop', 'web'])
})

test('from documents over a knowledge base to the agent, its alias, its tool and its caller', () => {
  const [pipeline, ...others] = pipelines(estateOf(
    role('app', 'ecs-tasks.amazonaws.com', { Effect: 'Allow', Action: 'bedrock:InvokeAgent', Resource: '*' }),
    ['AWS::S3::Bucket', { BucketName: 'docs' }],
    ['AWS::Bedrock::KnowledgeBase', { KnowledgeBaseId: 'KBKBKBKBKB', Name: 'handbook', KnowledgeBaseArn: arn('bedrock', 'knowledge-base/KBKBKBKBKB'), RoleArn: `arn:aws:iam::${account}:role/app` }],
    ['AWS::Bedrock::DataSource', { DataSourceId: 'DSDSDSDSDS', Name: 'files', KnowledgeBaseId: 'KBKBKBKBKB', DataSourceConfiguration: { Type: 'S3', S3Configuration: { BucketArn: 'arn:aws:s3:::docs', InclusionPrefixes: ['kb/'] } } }],
    ['AWS::Bedrock::Agent', {
      AgentId: 'AGAGAGAGAG', AgentName: 'helper', AgentArn: arn('bedrock', 'agent/AGAGAGAGAG'), FoundationModel: 'anthropic.claude-3-5-sonnet-20240620-v1:0',
      KnowledgeBases: [{ KnowledgeBaseId: 'KBKBKBKBKB', Description: 'd' }], ActionGroups: [{ ActionGroupName: 'a', ActionGroupExecutor: { Lambda: arn('lambda', 'function:refund') } }],
    }],
    ['AWS::Bedrock::AgentAlias', { AgentId: 'AGAGAGAGAG', AgentAliasId: 'ALALALALAL', AgentAliasName: 'live', AgentAliasArn: arn('bedrock', 'agent-alias/AGAGAGAGAG/ALALALALAL') }],
    ['AWS::Lambda::Function', { FunctionName: 'refund', Role: `arn:aws:iam::${account}:role/tool`, Code: {} }],
    ['AWS::ECS::TaskDefinition', { Family: 'desk', TaskDefinitionArn: arn('ecs', 'task-definition/desk:1'), TaskRoleArn: `arn:aws:iam::${account}:role/app`, ContainerDefinitions: [{ Name: 'c', Image: 'desk', Environment: [{ Name: 'AGENT_ID', Value: 'AGAGAGAGAG' }] }] }],
  ))
  expect(others).toEqual([])
  expect(pipeline!.name).toBe('live')
  expect(moves(pipeline!)).toEqual(expect.arrayContaining(['files > handbook', 'handbook > helper', 'helper > live', 'helper > refund']))
  expect(moves(pipeline!).some((move) => /^helper > .*desk/.test(move))).toBe(true)
})

test('a custom model comes from its job, and an agent runtime from its image', () => {
  const found = pipelines(estateOf(
    ['AWS::ECR::Repository', { RepositoryName: 'trainer' }],
    ['AWS::BedrockAgentCore::Runtime', { AgentRuntimeName: 'desk', AgentRuntimeArn: arn('bedrock-agentcore', 'runtime/desk-1'), RoleArn: `arn:aws:iam::${account}:role/r`, AgentRuntimeArtifact: { ContainerConfiguration: { ContainerUri: image } } }],
    ['AWS::Bedrock::ModelCustomizationJob', { JobArn: arn('bedrock', 'model-customization-job/j'), JobName: 'tune', TrainingDataConfig: { S3Uri: 's3://ft/train.jsonl' }, OutputDataConfig: { S3Uri: 's3://ft/out' } }],
    ['AWS::Bedrock::CustomModel', { ModelArn: arn('bedrock', 'custom-model/m'), ModelName: 'legal', JobArn: arn('bedrock', 'model-customization-job/j') }],
  ))
  expect(found.map(({ name }) => name).toSorted()).toEqual(['desk', 'legal'])
  expect(found.flatMap(moves)).toEqual(expect.arrayContaining(['trainer > desk', 's3://ft/train.jsonl > tune', 'tune > legal', 'tune > s3://ft/out']))
})

describe('an application', () => {
  const calling = (...statements: readonly object[]) => estateOf(
    role('web', 'lambda.amazonaws.com', ...statements), ['AWS::Lambda::Function', { FunctionName: 'web', Role: `arn:aws:iam::${account}:role/web`, Code: {} }])
  const because = (estate: Estate) => assetsOf(estate, usesOfAi(estate, known)).map(({ name, because: reason }) => `${name} ${reason}`)

  test('is an asset when its role is for calling models', () => {
    expect(because(calling({ Effect: 'Allow', Action: 'bedrock:InvokeModel', Resource: '*' }))).toEqual(['web invokes Bedrock models'])
  })
  test('is none when its role may do everything, or nothing of AI', () => {
    expect(because(calling({ Effect: 'Allow', Action: '*', Resource: '*' }))).toEqual([])
    expect(because(calling({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }))).toEqual([])
  })
})
