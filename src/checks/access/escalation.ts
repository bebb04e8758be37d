import type { EstateView, Found } from '../../graph/view.ts'
import { escalation } from '../families/escalation.ts'
import { roleArn } from '../families/examples.ts'
import { IMAGE } from '../families/values.ts'

const sagemaker = 'sagemaker.amazonaws.com'
const agentcore = 'bedrock-agentcore.amazonaws.com'
const admin = roleArn('admin')
const notebook = { type: 'AWS::SageMaker::NotebookInstance', properties: { NotebookInstanceName: 'research', InstanceType: 'ml.t3.medium', RoleArn: admin } } as const
const fixPass = 'Name the roles in the Resource of iam:PassRole, none of them stronger than its holder, and limit iam:PassedToService.'

const roles = (estate: EstateView, references: readonly (string | undefined)[]): Found<'AWS::IAM::Role'>[] =>
  [...new Set(references)].map((reference) => estate.find('AWS::IAM::Role', reference)).filter((role) => role !== undefined)

const notebookRoles = (estate: EstateView) => roles(estate, estate.all('AWS::SageMaker::NotebookInstance').map(({ properties }) => properties.RoleArn))
const interactiveRoles = (estate: EstateView) => [...notebookRoles(estate), ...roles(estate, [
  ...estate.all('AWS::SageMaker::Domain').map(({ properties }) => properties.DefaultUserSettings.ExecutionRole),
  ...estate.all('AWS::SageMaker::UserProfile').map(({ properties }) => properties.UserSettings?.ExecutionRole),
])]
const interpreterRoles = (estate: EstateView) => roles(estate, estate.all('AWS::BedrockAgentCore::CodeInterpreterCustom').map(({ properties }) => properties.ExecutionRoleArn))
const agentRoles = (estate: EstateView) => roles(estate, [
  ...estate.all('AWS::BedrockAgentCore::Runtime').map(({ properties }) => properties.RoleArn),
  ...estate.all('AWS::BedrockAgentCore::Harness').map(({ properties }) => properties.ExecutionRoleArn),
  ...estate.all('AWS::BedrockAgentCore::BrowserCustom').map(({ properties }) => properties.ExecutionRoleArn),
])

export default [
  ...escalation({
    id: 'privesc-passrole-sagemaker-notebook', title: 'Can take a stronger role through a new notebook', passedTo: sagemaker,
    why: 'A notebook with a stronger role, opened by a signed URL, is a shell with that role.', fix: fixPass,
    also: ['prowler:iam_policy_allows_privilege_escalation'],
    ways: [['sagemaker:CreateNotebookInstance', 'sagemaker:CreatePresignedNotebookInstanceUrl']],
  }),
  ...escalation({
    id: 'privesc-passrole-sagemaker-training', title: 'Can take a stronger role through a training job', passedTo: sagemaker,
    why: 'A training job runs a container of its maker\'s choice with the role that was passed.', fix: fixPass,
    also: ['prowler:iam_policy_allows_privilege_escalation'],
    ways: [['sagemaker:CreateTrainingJob']],
  }),
  ...escalation({
    id: 'privesc-passrole-sagemaker-processing', title: 'Can take a stronger role through a processing job', passedTo: sagemaker,
    why: 'A processing job runs a container of its maker\'s choice with the role that was passed.', fix: fixPass,
    also: ['prowler:iam_policy_allows_privilege_escalation'],
    ways: [['sagemaker:CreateProcessingJob']],
  }),
  ...escalation({
    id: 'privesc-sagemaker-presigned-url', title: 'Can open a notebook or Studio that has a stronger role',
    why: 'A signed URL is a shell with the execution role of the notebook or of the user profile.',
    fix: 'Name the notebooks or user profiles in Resource, and give them roles that are no stronger than their users.',
    ways: [['sagemaker:CreatePresignedNotebookInstanceUrl'], ['sagemaker:CreatePresignedDomainUrl']], reaches: interactiveRoles, given: [notebook],
  }),
  ...escalation({
    id: 'privesc-sagemaker-lifecycle-config', title: 'Can put code into a notebook that has a stronger role',
    why: 'A lifecycle script runs as root with the execution role when the notebook starts.',
    fix: 'Name the notebooks and lifecycle configurations in Resource, and give them roles that are no stronger than their users.',
    ways: [
      ['sagemaker:CreateNotebookInstanceLifecycleConfig', 'sagemaker:UpdateNotebookInstance', 'sagemaker:StopNotebookInstance', 'sagemaker:StartNotebookInstance'],
    ],
    reaches: notebookRoles, given: [notebook],
  }),
  ...escalation({
    id: 'privesc-agentcore-code-interpreter', title: 'Can take a stronger role through a new code interpreter', passedTo: agentcore,
    why: 'A code interpreter runs whatever it is sent with the role that was passed.', fix: fixPass,
    also: ['prowler:iam_policy_allows_privilege_escalation'],
    ways: [['bedrock-agentcore:CreateCodeInterpreter', 'bedrock-agentcore:StartCodeInterpreterSession', 'bedrock-agentcore:InvokeCodeInterpreter']],
  }),
  ...escalation({
    id: 'privesc-agentcore-runtime-harness-browser', title: 'Can run commands with a stronger role of AgentCore',
    why: 'A command in a runtime, a harness or a browser runs with its execution role.',
    fix: 'Name the runtimes and browsers in Resource, and give them roles that are no stronger than their callers.',
    also: ['prowler:iam_policy_allows_privilege_escalation'],
    ways: [
      ['bedrock-agentcore:InvokeAgentRuntimeCommand'],
      ['bedrock-agentcore:StartBrowserSession', 'bedrock-agentcore:ConnectBrowserAutomationStream'],
      ['bedrock-agentcore:StartCodeInterpreterSession', 'bedrock-agentcore:InvokeCodeInterpreter'],
    ],
    reaches: (estate) => [...agentRoles(estate), ...interpreterRoles(estate)],
    given: [{
      type: 'AWS::BedrockAgentCore::Runtime',
      properties: { AgentRuntimeName: 'helper', RoleArn: admin, AgentRuntimeArtifact: { ContainerConfiguration: { ContainerUri: IMAGE } } },
    }],
  }),
]
