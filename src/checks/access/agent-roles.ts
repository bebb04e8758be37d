import { none, some } from '../../core/unknown.ts'
import { defineCheck } from '../check.ts'
import { STRANGER, allow, everything, oneBucket, role, roleArn } from '../families/examples.ts'
import { functionsNamed, namesFunction, targetFunction, toolFunctions } from '../families/ai-callers.ts'
import { rolePower } from '../families/role-power.ts'
import { administers, identityArn, invokesAnyFunction, invokesAnyModel, passesAnyRole, readsAnyBucket, usesAnyBucket } from '../families/roles.ts'
import type { EstateView, Found } from '../../graph/view.ts'
import { IMAGE, ROLE } from '../families/values.ts'

const TOOL = 'arn:aws:lambda:us-east-1:111122223333:function:tool'
const bedrock = 'bedrock.amazonaws.com'
const agentcore = 'bedrock-agentcore.amazonaws.com'
const anyBucket = allow(['s3:GetObject', 's3:PutObject'], '*')
const agent = { AgentName: 'helper', ActionGroups: [{ ActionGroupName: 'orders', ActionGroupExecutor: { Lambda: TOOL } }] }
const target = { TargetConfiguration: { Mcp: { Lambda: { LambdaArn: TOOL, ToolSchema: { InlinePayload: [] } } } } }
const tool = { type: 'AWS::Lambda::Function', properties: { FunctionName: 'tool', Role: roleArn('tool'), Code: { ZipFile: 'x' } } } as const
const toolRole = (...statements: Parameters<typeof allow>[]) => role('tool', 'lambda.amazonaws.com', ...statements.map((statement) => allow(...statement)))
const fixTools = 'Give the function a role that names the tables, buckets and keys that the tool works on.'
const whyTools = 'Whoever talks the agent into calling the tool gets at all that the function\'s role can do.'

const ofAgent = {
  on: 'AWS::Bedrock::Agent', pointer: 'AgentResourceRoleArn', service: bedrock,
  example: (AgentResourceRoleArn: string) => ({ AgentName: 'helper', AgentResourceRoleArn }),
} as const

const ofAgentCore = {
  id: 'agentcore-role-overprivileged', title: 'Role of the agent reaches every bucket, passes any role or administers the account',
  severity: 'high', service: agentcore, powers: [administers, passesAnyRole, usesAnyBucket], bad: [anyBucket],
  why: 'A prompt that turns the agent, or code that it runs, gets at all that its role can do.',
  fix: 'Name in the role the buckets, models and functions that the agent uses.',
} as const

/** Whether the role of a tool is too strong. */
const isTooStrong = (estate: EstateView, lambda: Found<'AWS::Lambda::Function'>): boolean => {
  const found = estate.find('AWS::IAM::Role', lambda.properties.Role)
  return found !== undefined && some([administers, passesAnyRole, usesAnyBucket], (power) => power(estate, identityArn(found)))
}

const isForeign = (estate: EstateView, reference: string): boolean => /^\d{12}$/.test(reference.split(':')[4] ?? '') && !estate.isOurs(reference.split(':')[4]!)

export default [
  rolePower({
    ...ofAgent, id: 'bedrock-agent-role-overprivileged', title: 'Role of the agent administers the account or passes any role', severity: 'high',
    why: 'A prompt that turns the agent gets at all that its role can do.', fix: 'Name in the role the model, the knowledge bases and the functions that the agent uses.',
    also: ['prowler:bedrock_agent_role_least_privilege', 'awsaiml:BR-08', 'awsaiml:FS-07'],
    powers: [administers, passesAnyRole], bad: [everything],
  }),
  rolePower({
    ...ofAgent, id: 'bedrock-agent-role-model-wildcard', title: 'Role of the agent calls any model', severity: 'medium',
    why: 'The agent can be moved to a dearer model, or one that nobody reviewed, without a change of permissions.',
    fix: 'Name the agent\'s model or inference profile in the Resource of bedrock:InvokeModel.',
    powers: [invokesAnyModel], bad: [allow('bedrock:InvokeModel', '*')],
    good: [allow('bedrock:InvokeModel', 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0')],
  }),
  rolePower({
    ...ofAgent, id: 'bedrock-agent-role-lambda-wildcard', title: 'Role of the agent invokes any function', severity: 'high',
    why: 'Whoever may change the agent can make it run every function of the account.',
    fix: 'Name the functions of the action groups in the Resource of lambda:InvokeFunction, or grant it on the functions.',
    powers: [invokesAnyFunction], bad: [allow('lambda:InvokeFunction', '*')], good: [allow('lambda:InvokeFunction', TOOL)],
  }),
  rolePower({
    ...ofAgent, id: 'bedrock-agent-role-s3-wildcard', title: 'Role of the agent reads or writes every bucket', severity: 'high',
    why: 'A prompt that turns the agent can take or change any data of the account.',
    fix: 'Name the buckets of the agent\'s schemas in the Resource of its S3 statements.',
    powers: [usesAnyBucket], bad: [anyBucket],
  }),
  rolePower({
    id: 'bedrock-kb-role-s3-broad', on: 'AWS::Bedrock::KnowledgeBase', pointer: 'RoleArn', service: bedrock,
    title: 'Role of the knowledge base reads every bucket', severity: 'high',
    why: 'A new data source on any bucket puts its documents into answers without a change of permissions.',
    fix: 'Name the buckets of the data sources in the Resource of its S3 statements.',
    also: ['awsaiml:FS-22'],
    powers: [readsAnyBucket], bad: [anyBucket],
    example: (RoleArn) => ({ Name: 'docs', RoleArn, KnowledgeBaseConfiguration: { Type: 'VECTOR' } }),
  }),
  rolePower({
    id: 'bedrock-customization-role-overprivileged', on: 'AWS::Bedrock::ModelCustomizationJob', pointer: 'RoleArn', service: bedrock,
    title: 'Role of the model customization job reads every bucket or administers the account', severity: 'high',
    why: 'Whoever starts a job can train on, and so read, any data of the account.',
    fix: 'Name the buckets of the job\'s training, validation and output data in the Resource of its S3 statements.',
    powers: [readsAnyBucket, administers], bad: [anyBucket],
    example: (RoleArn) => ({ JobName: 'tune', RoleArn }),
  }),
  rolePower({
    ...ofAgentCore, on: 'AWS::BedrockAgentCore::Runtime', pointer: 'RoleArn',
    example: (RoleArn) => ({ AgentRuntimeName: 'helper', RoleArn, AgentRuntimeArtifact: { ContainerConfiguration: { ContainerUri: IMAGE } } }),
  }),
  rolePower({
    ...ofAgentCore, on: 'AWS::BedrockAgentCore::Gateway', pointer: 'RoleArn',
    example: (RoleArn) => ({ Name: 'tools', RoleArn, AuthorizerType: 'AWS_IAM' }),
  }),
  rolePower({
    ...ofAgentCore, on: 'AWS::BedrockAgentCore::CodeInterpreterCustom', pointer: 'ExecutionRoleArn',
    example: (ExecutionRoleArn) => ({ Name: 'python', ExecutionRoleArn, NetworkConfiguration: { NetworkMode: 'SANDBOX' } }),
  }),
  rolePower({
    ...ofAgentCore, on: 'AWS::BedrockAgentCore::BrowserCustom', pointer: 'ExecutionRoleArn',
    example: (ExecutionRoleArn) => ({ Name: 'web', ExecutionRoleArn, NetworkConfiguration: { NetworkMode: 'PUBLIC' } }),
  }),
  rolePower({
    ...ofAgentCore, on: 'AWS::BedrockAgentCore::Memory', pointer: 'MemoryExecutionRoleArn',
    example: (MemoryExecutionRoleArn) => ({ Name: 'memory', EventExpiryDuration: 30, MemoryExecutionRoleArn }),
  }),
  defineCheck({
    id: 'bedrock-agent-role-shared',
    title: 'Agents share one role',
    risk: 'weak-iam', severity: 'high', on: 'AWS::Bedrock::Agent',
    why: 'A prompt that turns one agent gets at what all of them may do.',
    fix: { text: 'Give each agent a role of its own.' },
    also: ['prowler:bedrock_agent_role_not_shared_across_agents'],
    when: ({ AgentResourceRoleArn }) => AgentResourceRoleArn !== undefined,
    requires: ({ AgentResourceRoleArn }, estate) => none(estate.all('AWS::Bedrock::Agent'), ({ id, properties }) =>
      id !== estate.self.id && properties.AgentResourceRoleArn === AgentResourceRoleArn),
    fails: [{ AgentName: 'helper', AgentResourceRoleArn: ROLE, given: [{ type: 'AWS::Bedrock::Agent', properties: { AgentName: 'other', AgentResourceRoleArn: ROLE } }] }],
    passes: [{ AgentName: 'helper', AgentResourceRoleArn: ROLE, given: [{ type: 'AWS::Bedrock::Agent', properties: { AgentName: 'other', AgentResourceRoleArn: `${ROLE}-other` } }] }],
  }),
  defineCheck({
    id: 'bedrock-agent-lambda-overprivileged',
    title: 'Function behind the agent\'s tool can do too much',
    risk: 'privilege-escalation', severity: 'high', on: 'AWS::Bedrock::Agent',
    why: whyTools, fix: { text: fixTools },
    also: ['awsaiml:BR-21', 'awsaiml:AG-06', 'cloudsploit:lambdaAdminPrivileges'],
    when: (resource) => toolFunctions(resource).length > 0,
    requires: (resource, estate) => none(functionsNamed(estate, toolFunctions(resource)), (lambda) => isTooStrong(estate, lambda)),
    fails: [{ ...agent, given: [tool, toolRole(['*', '*'])] }, { ...agent, given: [tool, toolRole(['s3:GetObject', '*'])] }],
    passes: [{ ...agent, given: [tool, role('tool', 'lambda.amazonaws.com', oneBucket)] }],
  }),
  defineCheck({
    id: 'agentcore-target-lambda-overprivileged',
    title: 'Function behind the gateway\'s tool can do too much, or is somebody else\'s',
    risk: 'privilege-escalation', severity: 'high', on: 'AWS::BedrockAgentCore::GatewayTarget',
    why: whyTools, fix: { text: `${fixTools} Use functions of your own accounts.` },
    also: ['awsaiml:AG-06'],
    when: (resource) => targetFunction(resource) !== undefined,
    requires: (resource, estate) => {
      const reference = targetFunction(resource) ?? ''
      return !isForeign(estate, reference) && none(functionsNamed(estate, [reference]), (lambda) => isTooStrong(estate, lambda))
    },
    fails: [
      { ...target, given: [tool, toolRole(['*', '*'])] },
      { TargetConfiguration: { Mcp: { Lambda: { LambdaArn: TOOL.replace('111122223333', STRANGER), ToolSchema: { InlinePayload: [] } } } } },
    ],
    passes: [{ ...target, given: [tool, role('tool', 'lambda.amazonaws.com', oneBucket)] }],
  }),
  defineCheck({
    id: 'bedrock-agent-lambda-exposed',
    title: 'Function behind the agent\'s tool can be called by others',
    risk: 'insecure-api', severity: 'high', on: 'AWS::Bedrock::Agent',
    why: 'The tool can be used without the agent, its guardrail and its log.',
    fix: { text: 'Remove the open function URL, and name the agent in SourceArn of the permission for bedrock.amazonaws.com.' },
    when: (resource) => toolFunctions(resource).length > 0,
    requires: (resource, estate) => none(functionsNamed(estate, toolFunctions(resource)), (lambda) => some([
      () => some(estate.all('AWS::Lambda::Url'), ({ properties }) => properties.AuthType === 'NONE' && namesFunction(properties.TargetFunctionArn, lambda)),
      () => some(estate.all('AWS::Lambda::Permission'), ({ properties: { FunctionName, Principal, SourceArn, SourceAccount, PrincipalOrgID } }) =>
        namesFunction(FunctionName, lambda) && SourceArn === undefined && SourceAccount === undefined && PrincipalOrgID === undefined &&
        (Principal === '*' || Principal === bedrock)),
    ], (look) => look())),
    fails: [
      { ...agent, given: [tool, { type: 'AWS::Lambda::Url', properties: { AuthType: 'NONE', TargetFunctionArn: TOOL } }] },
      { ...agent, given: [tool, { type: 'AWS::Lambda::Permission', properties: { Action: 'lambda:InvokeFunction', FunctionName: 'tool', Principal: bedrock } }] },
    ],
    passes: [{
      ...agent,
      given: [tool, {
        type: 'AWS::Lambda::Permission',
        properties: { Action: 'lambda:InvokeFunction', FunctionName: 'tool', Principal: bedrock, SourceArn: 'arn:aws:bedrock:us-east-1:111122223333:agent/AGENT12345' },
      }],
    }],
  }),
]
