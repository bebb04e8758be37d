import { expect, test } from 'vitest'
import { makeFixer } from '../attack/fix/fix.ts'
import { attackPaths } from '../attack/paths.ts'
import type { Given } from '../checks/check.ts'
import { account, administrator, allow, key, role, solve as solveLab, trust, user } from './labs/lab.ts'

const solve = (given: readonly Given[], from?: string) => solveLab(given, from === undefined ? {} : { from: [from] })

const takesOver = (given: readonly Given[], from: string) => solve(given, from).paths.find(({ target }) => target.type === 'account')

test('pathfinding.cloud sagemaker-004: a presigned URL opens a notebook with a better role', () => {
  const notebook: Given = { type: 'AWS::SageMaker::NotebookInstance', properties: { NotebookInstanceName: 'lab', InstanceType: 'ml.t3.medium', RoleArn: `${account}:role/target` } }
  const target = administrator('target', 'sagemaker.amazonaws.com')
  expect(takesOver([user('starter', allow('sagemaker:CreatePresignedNotebookInstanceUrl')), target, notebook], 'starter')?.steps.map(({ step }) => step)).toEqual(['PF-sagemaker-004', 'administrator'])
  expect(takesOver([user('starter', allow('sagemaker:DescribeNotebookInstance')), target, notebook], 'starter')).toBeUndefined()
})

test('CloudGoat agentcore_identity_confusion: a role made for an agent is handed to a code interpreter', () => {
  const starter = user('starter', allow(['iam:PassRole', 'bedrock-agentcore:CreateCodeInterpreter', 'bedrock-agentcore:StartCodeInterpreterSession', 'bedrock-agentcore:InvokeCodeInterpreter']))
  expect(takesOver([starter, administrator('runtime', 'bedrock-agentcore.amazonaws.com')], 'starter')).toBeDefined()
  const narrow = administrator('runtime', 'bedrock-agentcore.amazonaws.com', { ArnLike: { 'aws:SourceArn': 'arn:aws:bedrock-agentcore:us-east-1:111122223333:runtime/*' } })
  expect(takesOver([starter, narrow], 'starter')).toBeUndefined()
})

test('CloudGoat bedrock_agent_hijacking: the function behind an agent is replaced', () => {
  const given: Given[] = [
    user('starter', allow(['lambda:UpdateFunctionCode', 'bedrock:InvokeAgent'])), administrator('tool', 'lambda.amazonaws.com'), role('agent', trust('bedrock.amazonaws.com'), allow('bedrock:InvokeModel')),
    { type: 'AWS::Lambda::Function', properties: { FunctionName: 'tool', Role: `${account}:role/tool`, Code: {} } },
    { type: 'AWS::Bedrock::Agent', properties: { AgentName: 'helper', AgentId: 'AGENT1', AgentArn: 'arn:aws:bedrock:us-east-1:111122223333:agent/AGENT1', AgentResourceRoleArn: `${account}:role/agent`, ActionGroups: [{ ActionGroupName: 'tools', ActionGroupExecutor: { Lambda: 'arn:aws:lambda:us-east-1:111122223333:function:tool' } }] } },
  ]
  expect(takesOver(given, 'starter')?.steps.map(({ step }) => step)).toEqual(['AI-br-agent-lambda', 'administrator'])
})

test('LLM hijacking: a leaked key runs models, and the fix stops it', () => {
  const { estate, options, paths } = solve([user('build', allow(['bedrock:InvokeModel', 's3:ListAllMyBuckets'])), key('build')])
  const path = paths.find(({ target }) => target.type === 'AWS::Bedrock::FoundationModel')!
  expect(path.entry).toMatchObject({ kind: 'leaked-key', id: `${account}:user/build` })
  const fixes = makeFixer(estate, options).of(path)
  expect(fixes.length).toBeGreaterThan(0)
  expect(fixes.every(({ removes }) => removes.includes(path.id))).toBe(true)
  expect(fixes[0]!.commands[0]).toMatch(/^aws iam put-user-policy --user-name build /)
  expect(solve([user('build', allow('bedrock:InvokeModel')), { ...key('build'), properties: { UserName: 'build', Status: 'Inactive' } }]).paths).toEqual([])
})

test('a model service shared across accounts: another tenant replaces the model that an endpoint serves', () => {
  const policy = (Principal: object): Given => ({ type: 'AWS::S3::BucketPolicy', properties: { Bucket: 'shared-models', PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action: 's3:PutObject', Resource: 'arn:aws:s3:::shared-models/*' }] } } })
  const given: Given[] = [
    role('serving', trust('sagemaker.amazonaws.com'), allow('s3:GetObject', 'arn:aws:s3:::shared-models/*')),
    { type: 'AWS::S3::Bucket', properties: { BucketName: 'shared-models' } },
    { type: 'AWS::SageMaker::Model', properties: { ModelName: 'ranker', ExecutionRoleArn: `${account}:role/serving`, PrimaryContainer: { Image: '111122223333.dkr.ecr.us-east-1.amazonaws.com/serve:1', ModelDataUrl: 's3://shared-models/ranker/model.tar.gz' } } },
  ]
  const { estate, options, paths } = solve([...given, policy({ AWS: 'arn:aws:iam::999988887777:root' })])
  const path = paths.find(({ target }) => target.power === 'write' && target.type === 'AWS::SageMaker::Model')!
  expect(path.entry.kind).toBe('outside-account')
  expect(makeFixer(estate, options).of(path).length).toBeGreaterThan(0)
  expect(solve([...given, policy({ AWS: `${account}:role/serving` })]).paths).toEqual([])
})

test('editing one’s own policy ends at the boundary', () => {
  const boundary: Given = { type: 'AWS::IAM::ManagedPolicy', properties: { ManagedPolicyName: 'fence', PolicyDocument: { Version: '2012-10-17', Statement: [allow(['iam:PutUserPolicy', 's3:*'])] } } }
  const editor = user('starter', allow('iam:PutUserPolicy', `${account}:user/starter`))
  expect(takesOver([editor], 'starter')?.steps.map(({ step }) => step)).toEqual(['PF-iam-007', 'administrator'])
  expect(takesOver([boundary, { ...editor, properties: { ...editor.properties, PermissionsBoundary: `${account}:policy/fence` } }], 'starter')).toBeUndefined()
})

test('a condition that the environment decides makes a path conditional, and an assumption settles it', () => {
  const given = [user('starter', allow('sts:AssumeRole', '*', { Bool: { 'aws:MultiFactorAuthPresent': 'true' } })),
    role('target', { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: `${account}:root` }, Action: 'sts:AssumeRole' }] }, allow('*'))]
  expect(takesOver(given, 'starter')?.conditions.length).toBeGreaterThan(0)
  const { estate, options } = solve(given, 'starter')
  const settled = (value: string) => attackPaths(estate, { ...options, assume: { 'aws:MultiFactorAuthPresent': value } }).find(({ target }) => target.type === 'account')
  expect(settled('true')?.conditions).toEqual([])
  expect(settled('false')).toBeUndefined()
})
