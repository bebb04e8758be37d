import { expect, test } from 'vitest'
import { makeFixer } from '../../attack/fix/fix.ts'
import type { Given } from '../../checks/check.ts'
import { exampleAccount } from '../example.ts'
import { account, administrator, allow, arn, deny, resource, role, solve, takeover, trust, user } from './lab.ts'

const target = `${account}:role/target`
const profile = resource('AWS::IAM::InstanceProfile', { InstanceProfileName: 'target', Roles: ['target'] })

/** Scenarios of pathfinding.cloud and of its labs in which a role is handed over: the service that it trusts, and what the attacker starts. */
const passing: [id: string, service: string, actions: string[]][] = [
  ['amplify-001', 'amplify', ['amplify:CreateApp', 'amplify:CreateBranch', 'amplify:StartJob']],
  ['apprunner-001', 'tasks.apprunner', ['apprunner:CreateService']],
  ['batch-001', 'ecs-tasks', ['batch:RegisterJobDefinition', 'batch:SubmitJob']],
  ['batch-003', 'ecs-tasks', ['batch:CreateComputeEnvironment', 'batch:CreateJobQueue', 'batch:RegisterJobDefinition', 'batch:SubmitJob']],
  ['bedrock-001', 'bedrock-agentcore', ['bedrock-agentcore:CreateCodeInterpreter', 'bedrock-agentcore:StartCodeInterpreterSession', 'bedrock-agentcore:InvokeCodeInterpreter']],
  ['bedrock-003', 'bedrock-agentcore', ['CreateAgentRuntime', 'CreateAgentRuntimeEndpoint', 'CreateWorkloadIdentity', 'InvokeAgentRuntimeCommand'].map((name) => `bedrock-agentcore:${name}`)],
  ['bedrock-005', 'bedrock-agentcore', ['CreateHarness', 'CreateAgentRuntime', 'CreateAgentRuntimeEndpoint', 'CreateWorkloadIdentity', 'GetAgentRuntime', 'InvokeAgentRuntimeCommand'].map((name) => `bedrock-agentcore:${name}`)],
  ['bedrock-006', 'bedrock-agentcore', ['bedrock-agentcore:CreateBrowser', 'bedrock-agentcore:StartBrowserSession', 'bedrock-agentcore:ConnectBrowserAutomationStream']],
  ['braket-001', 'braket', ['braket:CreateJob']],
  ['cloudformation-001', 'cloudformation', ['cloudformation:CreateStack']],
  ['cloudformation-003', 'cloudformation', ['cloudformation:CreateStackSet', 'cloudformation:CreateStackInstances']],
  ['codebuild-001', 'codebuild', ['codebuild:CreateProject', 'codebuild:StartBuild']],
  ['codebuild-004', 'codebuild', ['codebuild:CreateProject', 'codebuild:StartBuildBatch']],
  ['datapipeline-001', 'datapipeline', ['datapipeline:CreatePipeline', 'datapipeline:PutPipelineDefinition', 'datapipeline:ActivatePipeline']],
  ['ec2-001', 'ec2', ['ec2:RunInstances']],
  ['ec2-003', 'ec2', ['ec2:RequestSpotInstances']],
  ['ecs-001', 'ecs-tasks', ['ecs:CreateCluster', 'ecs:RegisterTaskDefinition', 'ecs:CreateService']],
  ['ecs-004', 'ecs-tasks', ['ecs:RegisterTaskDefinition', 'ecs:RunTask']],
  ['ecs-005', 'ecs-tasks', ['ecs:RegisterTaskDefinition', 'ecs:StartTask']],
  ['emr-001', 'ec2', ['elasticmapreduce:RunJobFlow']],
  ['emrserverless-001', 'emr-serverless', ['emr-serverless:CreateApplication', 'emr-serverless:StartJobRun']],
  ['gamelift-001', 'gamelift', ['gamelift:CreateBuild', 'gamelift:CreateFleet', 'gamelift:RequestUploadCredentials']],
  ['glue-001', 'glue', ['glue:CreateDevEndpoint']],
  ['glue-003', 'glue', ['glue:CreateJob', 'glue:StartJobRun']],
  ['glue-004', 'glue', ['glue:CreateJob', 'glue:CreateTrigger']],
  ['glue-007', 'glue', ['glue:CreateSession', 'glue:RunStatement']],
  ['imagebuilder-001', 'ec2', ['imagebuilder:CreateComponent', 'imagebuilder:CreateImageRecipe', 'imagebuilder:CreateInfrastructureConfiguration', 'imagebuilder:CreateImage']],
  ['kinesisanalytics-001', 'kinesisanalytics', ['kinesisanalytics:CreateApplication', 'kinesisanalytics:StartApplication']],
  ['lambda-001', 'lambda', ['lambda:CreateFunction', 'lambda:InvokeFunction']],
  ['lambda-002', 'lambda', ['lambda:CreateFunction', 'lambda:CreateEventSourceMapping']],
  ['lambda-006', 'lambda', ['lambda:CreateFunction', 'lambda:AddPermission']],
  ['omics-001', 'omics', ['omics:CreateWorkflow', 'omics:StartRun', 's3:GetObject']],
  ['sagemaker-001', 'sagemaker', ['sagemaker:CreateNotebookInstance', 'sagemaker:CreatePresignedNotebookInstanceUrl']],
  ['sagemaker-002', 'sagemaker', ['sagemaker:CreateTrainingJob']],
  ['sagemaker-003', 'sagemaker', ['sagemaker:CreateProcessingJob']],
  ['ssm-003', 'ssm', ['ssm:CreateDocument', 'ssm:StartAutomationExecution']],
]

const lastDenied = (actions: readonly string[]): string => actions.at(-1)!.replace(/:.*/, ':*')

test.each(passing)('pathfinding.cloud %s: a role handed to %s, unless it trusts another, is no one’s to hand over, or the service is denied', (_id, name, actions) => {
  const service = `${name}.amazonaws.com`
  const all = [administrator('target', service), user('starter', allow('iam:PassRole', target, { StringEquals: { 'iam:PassedToService': service } }), allow(actions))]
  const { estate, options, paths } = solve(all, { from: ['starter'], to: [exampleAccount] })
  expect(paths).toHaveLength(1)
  expect(paths[0]!.conditions).toEqual([])
  expect(makeFixer(estate, options).of(paths[0]!).some(({ removes }) => removes.includes(paths[0]!.id))).toBe(true)
  expect(takeover([administrator('target', 'polly.amazonaws.com'), all[1]!], 'starter')).toBeUndefined()
  expect(takeover([all[0]!, user('starter', allow('iam:PassRole', `${account}:role/other`), allow(actions))], 'starter')).toBeUndefined()
  expect(takeover([all[0]!, user('starter', allow('iam:PassRole', '*', { StringEquals: { 'iam:PassedToService': 'polly.amazonaws.com' } }), allow(actions))], 'starter')).toBeUndefined()
  expect(takeover([all[0]!, user('starter', allow('iam:PassRole'), allow(actions), deny(lastDenied(actions)))], 'starter')).toBeUndefined()
})

/** Scenarios in which something with a better role is there already. */
const existing: [id: string, service: string, actions: string[], given: Given[]][] = [
  ['apprunner-002', 'tasks.apprunner', ['apprunner:UpdateService'], [resource('AWS::AppRunner::Service', { ServiceName: 'x', InstanceConfiguration: { InstanceRoleArn: target } })]],
  ['batch-002', 'ecs-tasks', ['batch:SubmitJob'], [resource('AWS::Batch::JobDefinition', { JobDefinitionName: 'x', Type: 'container', ContainerProperties: { Image: '111122223333.dkr.ecr.us-east-1.amazonaws.com/x:1', JobRoleArn: target } })]],
  ['bedrock-007', 'bedrock-agentcore', ['bedrock-agentcore:StartBrowserSession', 'bedrock-agentcore:ConnectBrowserAutomationStream'],
    [resource('AWS::BedrockAgentCore::BrowserCustom', { Name: 'x', ExecutionRoleArn: target, NetworkConfiguration: { NetworkMode: 'PUBLIC' } }, { id: arn('bedrock-agentcore', 'browser-custom/x') })]],
  ['cloudformation-002', 'cloudformation', ['cloudformation:UpdateStack'], [resource('AWS::CloudFormation::Stack', { StackId: arn('cloudformation', 'stack/x/1'), BartizanRoleArn: target })]],
  ['codebuild-002', 'codebuild', ['codebuild:StartBuild'], [resource('AWS::CodeBuild::Project', { Name: 'x', ServiceRole: target })]],
  ['ec2-002', 'ec2', ['ec2:ModifyInstanceAttribute', 'ec2:StopInstances', 'ec2:StartInstances'], [resource('AWS::EC2::Instance', { IamInstanceProfile: 'target' }, { id: arn('ec2', 'instance/i-0123456789abcdef0') }), profile]],
  ['ec2-004', 'ec2', ['ec2:CreateLaunchTemplateVersion', 'ec2:ModifyLaunchTemplate'], [resource('AWS::EC2::LaunchTemplate', { LaunchTemplateName: 'x', LaunchTemplateData: { IamInstanceProfile: { Name: 'target' } } }), profile]],
  ['ec2-005', 'ec2', ['ec2-instance-connect:SendSSHPublicKey'], [resource('AWS::EC2::Instance', { IamInstanceProfile: 'target' }, { id: arn('ec2', 'instance/i-0123456789abcdef0') }), profile]],
  ['ecs-006', 'ecs-tasks', ['ecs:ExecuteCommand', 'ecs:DescribeTasks'], [
    resource('AWS::ECS::TaskDefinition', { Family: 'x', TaskRoleArn: target }, { id: arn('ecs', 'task-definition/x:1') }), resource('AWS::ECS::Service', { ServiceName: 'x', EnableExecuteCommand: true, TaskDefinition: arn('ecs', 'task-definition/x:1') }, { id: arn('ecs', 'service/c/x') })]],
  ['glue-002', 'glue', ['glue:UpdateDevEndpoint'], [resource('AWS::Glue::DevEndpoint', { EndpointName: 'x', RoleArn: target })]],
  ['lambda-003', 'lambda', ['lambda:UpdateFunctionCode'], [resource('AWS::Lambda::Function', { FunctionName: 'x', Role: target, Code: {} })]],
  ['lambda-004', 'lambda', ['lambda:UpdateFunctionCode', 'lambda:InvokeFunction'], [resource('AWS::Lambda::Function', { FunctionName: 'x', Role: target, Code: {} })]],
  ['sagemaker-005', 'sagemaker', ['CreateNotebookInstanceLifecycleConfig', 'StopNotebookInstance', 'UpdateNotebookInstance', 'StartNotebookInstance'].map((name) => `sagemaker:${name}`),
    [resource('AWS::SageMaker::NotebookInstance', { NotebookInstanceName: 'x', InstanceType: 'ml.t3.medium', RoleArn: target })]],
  ['ssm-001', 'ec2', ['ssm:StartSession'], [resource('AWS::EC2::Instance', { IamInstanceProfile: 'target' }, { id: arn('ec2', 'instance/i-0123456789abcdef0') }), profile]],
  ['ssm-002', 'ec2', ['ssm:SendCommand'], [resource('AWS::EC2::Instance', { IamInstanceProfile: 'target' }, { id: arn('ec2', 'instance/i-0123456789abcdef0') }), profile]],
]

test.each(existing)('pathfinding.cloud %s: something that has a better role already', (_id, name, actions, given) => {
  const service = `${name}.amazonaws.com`
  const lab = [...given, administrator('target', service), user('starter', allow(actions))]
  const { estate, options, paths } = solve(lab, { from: ['starter'], to: [exampleAccount] })
  expect(paths).toHaveLength(1)
  expect(makeFixer(estate, options).of(paths[0]!).some(({ removes }) => removes.includes(paths[0]!.id))).toBe(true)
  expect(takeover([...given, role('target', trust(service), allow('s3:ListBucket')), user('starter', allow(actions))], 'starter')).toBeUndefined()
  expect(takeover([administrator('target', service), user('starter', allow(actions))], 'starter')).toBeUndefined()
  expect(takeover([...given, administrator('target', service), user('starter', allow(actions), deny(lastDenied(actions)))], 'starter')).toBeUndefined()
})
