import { expect, test } from 'vitest'
import type { Given } from '../../checks/check.ts'
import { account, administrator, allow, arn, bucket, but, deny, policy, resource, role, solve, trust, user, way } from './lab.ts'

const base = resource('AWS::Bedrock::KnowledgeBase', { Name: 'handbook', KnowledgeBaseId: 'KBHANDBOOK', RoleArn: `${account}:role/base` }, { id: arn('bedrock', 'knowledge-base/KBHANDBOOK') })
const source = (prefix?: string) => resource('AWS::Bedrock::DataSource', {
  Name: 'documents', KnowledgeBaseId: 'KBHANDBOOK',
  DataSourceConfiguration: { Type: 'S3', S3Configuration: { BucketArn: 'arn:aws:s3:::handbook-documents', ...prefix === undefined ? {} : { InclusionPrefixes: [prefix] } } },
})
const crawler = resource('AWS::Bedrock::DataSource', {
  Name: 'site', KnowledgeBaseId: 'KBHANDBOOK',
  DataSourceConfiguration: { Type: 'WEB', WebConfiguration: { SourceConfiguration: { UrlConfiguration: { SeedUrls: [{ Url: 'https://forum.example' }] } } } },
})
const agent = (more: Readonly<Record<string, unknown>> = {}) => resource('AWS::Bedrock::Agent', {
  AgentName: 'helper', AgentId: 'AGHELPER', AgentResourceRoleArn: `${account}:role/agent`, FoundationModel: 'amazon.nova-lite-v1:0',
  KnowledgeBases: [{ KnowledgeBaseId: 'KBHANDBOOK', Description: 'the handbook' }], ...more,
}, { id: arn('bedrock', 'agent/AGHELPER') })
const tools = { ActionGroups: [{ ActionGroupName: 'tools', ActionGroupExecutor: { Lambda: arn('lambda', 'function:refund') } }] }
const tool = resource('AWS::Lambda::Function', { FunctionName: 'refund', Role: `${account}:role/refund`, Code: {} }, { id: arn('lambda', 'function:refund') })
const roles = [role('base', trust('bedrock.amazonaws.com'), allow('s3:GetObject', 'arn:aws:s3:::handbook-documents/*')), role('agent', trust('bedrock.amazonaws.com'), allow(['bedrock:InvokeModel', 'bedrock:Retrieve'])), role('refund', trust('lambda.amazonaws.com'), allow('dynamodb:UpdateItem'))]
const rag = [base, source(), agent(tools), tool, bucket('handbook-documents'), ...roles]
const writer = (...statements: object[]) => user('writer', ...statements)

test('MITRE ATLAS AML.T0070 and AML.T0051.001: text in a bucket becomes instructions to an agent, and those a call of its tool', () => {
  const writes = writer(allow('s3:PutObject', 'arn:aws:s3:::handbook-documents/*'))
  expect(way([...rag, writes], 'writer', 'refund', 'invoke')).toEqual(['write-object', 'DM-poison-kb-s3', 'inject-knowledge', 'use-tool'])
  expect(way([...rag, writer(allow('s3:PutObject', 'arn:aws:s3:::other-documents/*'))], 'writer', 'refund', 'invoke')).toBeUndefined()
  expect(way([...rag, writer(allow('s3:PutObject'), deny('s3:PutObject', 'arn:aws:s3:::handbook-documents/*'))], 'writer', 'refund', 'invoke')).toBeUndefined()
  expect(way([base, source(), agent({ KnowledgeBases: [] }), bucket('handbook-documents'), ...roles, writes], 'writer', 'helper', 'instruct')).toBeUndefined()
})

test('a customer key that the writer may not use keeps text out, and out of sight', () => {
  const key = resource('AWS::KMS::Key', { KeyPolicy: policy({ Effect: 'Allow', Principal: { AWS: `${account}:role/base` }, Action: 'kms:*', Resource: '*' }) }, { id: arn('kms', 'key/0a1b2c3d-1111-2222-3333-444455556666') })
  const encrypted = bucket('handbook-documents', { BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: arn('kms', 'key/0a1b2c3d-1111-2222-3333-444455556666') } }] } })
  const given = [base, source(), agent(), encrypted, ...roles, key]
  const both = allow(['s3:PutObject', 's3:GetObject'], 'arn:aws:s3:::handbook-documents/*')
  expect(way([...given, writer(both)], 'writer', 'handbook', 'write')).toBeUndefined()
  expect(way([...given, writer(both)], 'writer', 'handbook', 'read')).toBeUndefined()
  const open = but(key, { KeyPolicy: policy({ Effect: 'Allow', Principal: { AWS: `${account}:root` }, Action: 'kms:*', Resource: '*' }) })
  expect(way([...given.slice(0, -1), open, writer(both, allow(['kms:Decrypt', 'kms:GenerateDataKey']))], 'writer', 'handbook', 'read')).toEqual(['read-object', 'kb-of-source'])
})

test('a prefix that a source does not read poisons nothing: read-inner and write-inner follow folders', () => {
  const notebook = (uri: string) => resource('AWS::SageMaker::TrainingJob', { TrainingJobName: 'train', RoleArn: `${account}:role/base`, InputDataConfig: [{ ChannelName: 'train', DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: uri } } }] })
  const writes = writer(allow('s3:PutObject', 'arn:aws:s3:::features/raw/*'))
  expect(way([bucket('features'), notebook('s3://features/raw'), writes], 'writer', 'train', 'write')).toEqual(['write-object', 'DM-poison-training'])
  expect(way([bucket('features'), notebook('s3://features/clean'), writes], 'writer', 'train', 'write')).toBeUndefined()
})

test('MITRE ATLAS AML.T0070: poison-web, a page that a knowledge base crawls is anybody’s to write', () => {
  const found = solve([base, crawler, agent(tools), tool, ...roles]).paths.find(({ target }) => target.power === 'instruct')
  expect(found).toMatchObject({ entry: { kind: 'untrusted-content' } })
  expect(found?.steps.map(({ step }) => step)).toEqual(['poison-web', 'inject-knowledge'])
  expect(solve([base, source(), agent(tools), tool, bucket('handbook-documents'), ...roles]).paths).toEqual([])
})

test('MITRE ATLAS AML.T0118.001: pass-on, a supervisor hands instructions to the agent behind an alias', () => {
  const alias = resource('AWS::Bedrock::AgentAlias', { AgentAliasName: 'live', AgentId: 'AGHELPER', AgentAliasId: 'ALHELPER' }, { id: arn('bedrock', 'agent-alias/AGHELPER/ALHELPER') })
  const supervisor = resource('AWS::Bedrock::Agent', {
    AgentName: 'supervisor', AgentId: 'AGSUPER', AgentResourceRoleArn: `${account}:role/agent`, AgentCollaborators: [{ AgentDescriptor: { AliasArn: arn('bedrock', 'agent-alias/AGHELPER/ALHELPER') }, CollaboratorName: 'helper', CollaborationInstruction: 'ask it' }],
  }, { id: arn('bedrock', 'agent/AGSUPER') })
  const talker = user('talker', allow('bedrock:InvokeAgent', arn('bedrock', 'agent-alias/AGSUPER/*')))
  expect(way([agent(tools), alias, supervisor, tool, ...roles, talker], 'talker', 'refund', 'invoke')).toEqual(['talk-to-agent', 'pass-on', 'use-tool'])
  expect(way([agent(tools), alias, but(supervisor, { AgentCollaborators: [] }), tool, ...roles, talker], 'talker', 'refund', 'invoke')).toBeUndefined()
})

const runtime = (more: Readonly<Record<string, unknown>> = {}) => resource('AWS::BedrockAgentCore::Runtime', { AgentRuntimeName: 'assistant', RoleArn: `${account}:role/runtime`, ...more }, { id: arn('bedrock-agentcore', 'runtime/assistant') })
const interpreter = resource('AWS::BedrockAgentCore::CodeInterpreterCustom', { Name: 'sandbox', ExecutionRoleArn: `${account}:role/sandbox` }, { id: arn('bedrock-agentcore', 'code-interpreter-custom/sandbox') })
const core = 'bedrock-agentcore.amazonaws.com'

test('pathfinding.cloud bedrock-002 and bedrock-004: code in what has a role already', () => {
  const sandbox = [interpreter, administrator('sandbox', core)]
  expect(way([...sandbox, user('starter', allow(['bedrock-agentcore:StartCodeInterpreterSession', 'bedrock-agentcore:InvokeCodeInterpreter']))], 'starter', '111122223333')).toEqual(['PF-bedrock-002', 'administrator'])
  expect(way([...sandbox, user('starter', allow('bedrock-agentcore:StartCodeInterpreterSession'))], 'starter', '111122223333')).toBeUndefined()
  const shell = user('starter', allow('bedrock-agentcore:InvokeAgentRuntimeCommand'))
  expect(way([runtime(), administrator('runtime', core), shell], 'starter', '111122223333')).toEqual(['PW-agentcore-runtimecmd-existing', 'administrator'])
  expect(way([runtime(), administrator('runtime', core), user('starter', allow('bedrock-agentcore:InvokeAgentRuntimeCommand', arn('bedrock-agentcore', 'runtime/other-*')))], 'starter', '111122223333')).toBeUndefined()
})

test('pathfinding.cloud bedrock-004: a runtime whose callers sign in with a token takes commands only of who holds one', () => {
  const jwt = runtime({ AuthorizerConfiguration: { CustomJWTAuthorizer: { DiscoveryUrl: 'https://idp.example/.well-known/openid-configuration', AllowedAudience: ['app'] } } })
  const [path] = solve([jwt, administrator('runtime', core), user('starter', allow('bedrock-agentcore:InvokeAgentRuntimeCommand'))], { from: ['starter'], to: ['111122223333'] }).paths
  expect(path?.conditions).toEqual(['the caller holds a token that the inbound JWT authorizer accepts'])
})

test('Sonrai Security on AgentCore code interpreters: who talks to the agent has its interpreter act as its own role', () => {
  const runs = role('runtime', trust(core), allow(['bedrock-agentcore:StartCodeInterpreterSession', 'bedrock-agentcore:InvokeCodeInterpreter'], arn('bedrock-agentcore', 'code-interpreter-custom/sandbox')))
  const talker = user('talker', allow('bedrock-agentcore:InvokeAgentRuntime'))
  const given: Given[] = [runtime(), interpreter, role('sandbox', trust(core), allow('s3:GetObject')), talker]
  expect(way([...given, runs], 'talker', 'sandbox', 'be')).toEqual(['talk-to-runtime', 'agent-role-data'])
  expect(way([...given, role('runtime', trust(core), allow('bedrock:InvokeModel'))], 'talker', 'sandbox', 'be')).toBeUndefined()
})

test('an agent that reads a changed prompt, writes to a poisoned memory', () => {
  const memory = resource('AWS::BedrockAgentCore::Memory', { Name: 'recall', EventExpiryDuration: 30 }, { id: arn('bedrock-agentcore', 'memory/recall') })
  const reads = role('runtime', trust(core), allow(['bedrock-agentcore:CreateEvent', 'bedrock-agentcore:RetrieveMemoryRecords'], arn('bedrock-agentcore', 'memory/recall')))
  const planter = user('planter', allow('bedrock-agentcore:BatchCreateMemoryRecords'))
  expect(way([runtime(), memory, reads, planter], 'planter', 'assistant', 'instruct')).toEqual(['AI-ac-memory-write', 'inject-memory'])
  expect(way([runtime(), memory, role('runtime', trust(core), allow('bedrock:InvokeModel')), planter], 'planter', 'assistant', 'instruct')).toBeUndefined()
})
