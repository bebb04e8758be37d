import { acts, family, hackTricks, role, runsAs } from '../../family.ts'
import { any, fact } from '../../step.ts'
import type { Step } from '../../step.ts'

type Row = readonly [id: string, story: string, type: string, actions: readonly string[], more?: Partial<Pick<Step, 'source' | 'waits' | 'techniques'>>]

const step = family('existing compute', ['T1648'])
const later = { waits: true }

/** Workloads that have a role already: whoever may change what they run acts as it. */
const rows: readonly Row[] = [
  ['PF-apprunner-002', 'changes what {workload} runs', 'AWS::AppRunner::Service', ['apprunner:UpdateService']],
  ['PF-bedrock-002', 'runs code in {workload}', 'AWS::BedrockAgentCore::CodeInterpreterCustom',
    ['bedrock-agentcore:StartCodeInterpreterSession', 'bedrock-agentcore:InvokeCodeInterpreter']],
  ['PF-cloudformation-002', 'edits the template of {workload}', 'AWS::CloudFormation::Stack', ['cloudformation:UpdateStack']],
  ['PF-cloudformation-005', 'edits {workload} through a change set', 'AWS::CloudFormation::Stack',
    ['cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet']],
  ['PF-codebuild-002', 'starts {workload} with build commands of the attacker', 'AWS::CodeBuild::Project', ['codebuild:StartBuild']],
  ['PF-codebuild-003', 'starts a batch of {workload} with build commands of the attacker', 'AWS::CodeBuild::Project', ['codebuild:StartBuildBatch']],
  ['PF-ec2instanceconnect-003', 'signs in to {workload} with a key of the attacker', 'AWS::EC2::Instance', ['ec2-instance-connect:SendSSHPublicKey'], { techniques: ['T1021.004'] }],
  ['PF-ec2-002', 'rewrites the user data of {workload} and starts it again', 'AWS::EC2::Instance',
    ['ec2:ModifyInstanceAttribute', 'ec2:StopInstances', 'ec2:StartInstances']],
  ['PF-ec2-004', 'adds a version to {workload}, which runs at the next launch', 'AWS::EC2::LaunchTemplate',
    ['ec2:CreateLaunchTemplateVersion', 'ec2:ModifyLaunchTemplate'], later],
  ['PF-glue-002', 'puts a key of the attacker on {workload}', 'AWS::Glue::DevEndpoint', ['glue:UpdateDevEndpoint']],
  ['PF-lambda-003', 'replaces the code of {workload}, which runs when next triggered', 'AWS::Lambda::Function', ['lambda:UpdateFunctionCode'], later],
  ['PF-lambda-004', 'replaces the code of {workload} and calls it', 'AWS::Lambda::Function', ['lambda:UpdateFunctionCode', 'lambda:InvokeFunction']],
  ['PF-lambda-005', 'replaces the code of {workload} and lets itself call it', 'AWS::Lambda::Function', ['lambda:UpdateFunctionCode', 'lambda:AddPermission']],
  ['PF-sagemaker-004', 'opens {workload} by a presigned URL', 'AWS::SageMaker::NotebookInstance', ['sagemaker:CreatePresignedNotebookInstanceUrl']],
  ['PF-sagemaker-005', 'gives {workload} a lifecycle script that runs at start', 'AWS::SageMaker::NotebookInstance',
    ['sagemaker:CreateNotebookInstanceLifecycleConfig', 'sagemaker:StopNotebookInstance', 'sagemaker:UpdateNotebookInstance', 'sagemaker:StartNotebookInstance']],
  ['PF-ssm-001', 'opens a session on {workload}', 'AWS::EC2::Instance', ['ssm:StartSession'], { techniques: ['T1651'] }],
  ['PF-ssm-002', 'runs a command on {workload}', 'AWS::EC2::Instance', ['ssm:SendCommand'], { techniques: ['T1651'] }],
  ['PL-ecs-006', 'runs a command in a task of {workload}', 'AWS::ECS::Service', ['ecs:ExecuteCommand', 'ecs:DescribeTasks'], { techniques: ['T1651'] }],
  ['PW-batch-002', 'submits {workload} with commands of the attacker', 'AWS::Batch::JobDefinition', ['batch:SubmitJob']],
  ['PW-codedeploy-001', 'deploys a revision of the attacker to {workload}', 'AWS::CodeDeploy::DeploymentGroup',
    ['codedeploy:CreateDeployment', 'codedeploy:RegisterApplicationRevision', 'codedeploy:GetDeploymentConfig']],
  ['PW-stepfunctions-002', 'rewrites {workload} and starts it', 'AWS::StepFunctions::StateMachine', ['states:UpdateStateMachine', 'states:StartExecution']],
  ['PW-agentcore-runtimecmd-existing', 'runs shell commands in {workload}', 'AWS::BedrockAgentCore::Runtime', ['bedrock-agentcore:InvokeAgentRuntimeCommand']],
  ['PW-agentcore-browser-existing', 'drives {workload} and reads its credentials', 'AWS::BedrockAgentCore::BrowserCustom',
    ['bedrock-agentcore:StartBrowserSession', 'bedrock-agentcore:ConnectBrowserAutomationStream'], { techniques: ['T1552.005'] }],
  ['PW-lambda-updateconfig', 'gives {workload} a layer or a runtime hook of the attacker', 'AWS::Lambda::Function', ['lambda:UpdateFunctionConfiguration'], later],
  ['AI-sm-studiolcc-profile', 'gives {workload} a lifecycle script that runs when its user opens an app', 'AWS::SageMaker::UserProfile',
    ['sagemaker:CreateStudioLifecycleConfig', 'sagemaker:UpdateUserProfile'], { ...later, ...hackTricks }],
  ['AI-sm-studiolcc-space', 'gives {workload} a lifecycle script that runs when its app restarts', 'AWS::SageMaker::Space',
    ['sagemaker:CreateStudioLifecycleConfig', 'sagemaker:UpdateSpace'], { ...later, ...hackTricks }],
  ['AI-sm-pipeline-edit', 'rewrites {workload} and starts it', 'AWS::SageMaker::Pipeline', ['sagemaker:UpdatePipeline', 'sagemaker:StartPipelineExecution']],
  ['AI-sm-pipeline-param', 'starts {workload} with an image or a script of the attacker', 'AWS::SageMaker::Pipeline', ['sagemaker:StartPipelineExecution']],
  ['AI-sm-clusterlcs', 'points {workload} to lifecycle scripts of the attacker', 'AWS::SageMaker::Cluster', ['sagemaker:UpdateCluster', 'sagemaker:UpdateClusterSoftware']],
  ['AI-sm-startsession', 'opens a session in {workload}', 'AWS::SageMaker::Space', ['sagemaker:StartSession'], { techniques: ['T1651'] }],
  ['EN-lambda-layer', 'gives {workload} a layer of the attacker and calls it', 'AWS::Lambda::Function', ['lambda:UpdateFunctionConfiguration', 'lambda:InvokeFunction'], hackTricks],
  ['EN-codepipeline-update', 'points {workload} to a source of the attacker and starts it', 'AWS::CodePipeline::Pipeline',
    ['codepipeline:UpdatePipeline', 'codepipeline:StartPipelineExecution']],
  ['EN-emr-step', 'adds a step to {workload}', 'AWS::EMR::Cluster', ['elasticmapreduce:AddJobFlowSteps'], hackTricks],
  ['EN-athena-spark', 'runs a calculation in {workload}', 'AWS::Athena::WorkGroup', ['athena:StartSession', 'athena:StartCalculationExecution']],
  ['EN-stepfn-redefine', 'rewrites {workload}, which runs on its schedule', 'AWS::StepFunctions::StateMachine', ['states:UpdateStateMachine'], { ...later, ...hackTricks }],
  ['EN-ssm-assoc', 'has {workload} run a document of the attacker', 'AWS::EC2::Instance', ['ssm:CreateAssociation'], { techniques: ['T1651'] }],
  ['EN-ssm-resume', 'takes over the session of another user on {workload}', 'AWS::EC2::Instance', ['ssm:ResumeSession'], { ...later, ...hackTricks }],
  ['AI-dz-userprofile', 'joins {workload} and works as its role', 'AWS::DataZone::Domain', ['datazone:CreateUserProfile'], hackTricks],
  ['AI-ac-runtime-shell', 'opens a shell in {workload}', 'AWS::BedrockAgentCore::Runtime', ['bedrock-agentcore:InvokeAgentRuntimeCommandShell']],
  ['EN-mwaa-url', 'opens {workload} by a web token and runs a DAG', 'AWS::MWAA::Environment', ['airflow:CreateWebLoginToken'], hackTricks],
  ['EN-emr-studio', 'opens {workload} by a presigned URL', 'AWS::EMR::Studio', ['elasticmapreduce:CreateStudioPresignedUrl']],
]

const onWorkload = ([id, story, type, actions, more]: Row): Step => {
  const workload = any('workload', type)
  return step(id, `${story}, and acts as {role}`, [...acts(workload, ...actions), runsAs(workload)], { power: 'be', on: role }, more)
}

/** A change to something that workloads share: they run it as their own roles when they start. */
const shared = (id: string, story: string, type: string, workloads: readonly string[], relation: 'derives from' | 'runs code' | 'runs image' | 'part of', actions: readonly string[], more: Row[4] = later): Step => {
  const thing = any('thing', type)
  const workload = any('workload', ...workloads)
  return step(id, `${story}, and acts as {role}`, [...acts(thing, ...actions), fact(workload, relation, thing), runsAs(workload)], { power: 'be', on: role }, more)
}

const warehouse = any('cluster', 'AWS::Redshift::Cluster')
const product = any('product', 'AWS::ServiceCatalog::CloudFormationProduct')
const stackSet = any('workload', 'AWS::CloudFormation::StackSet')
const notebooks = ['AWS::SageMaker::NotebookInstance']
const profiles = ['AWS::SageMaker::UserProfile', 'AWS::SageMaker::Space']

export default [
  ...rows.map(onWorkload),
  step('AI-sm-servicecatalog', 'provisions a project of {product} through its launch role', acts(product, 'sagemaker:CreateProject'), { power: 'invoke', on: product }),
  step('EN-redshift-role', 'runs SQL in {cluster} that reads and writes files as {role}', [...acts(warehouse, 'redshift-data:ExecuteStatement', 'redshift:GetClusterCredentials'), runsAs(warehouse)], { power: 'instruct', on: role }, hackTricks),
  step('PF-cloudformation-004', 'edits the template of stack set {workload}, and acts as {role}',
    [...acts(stackSet, 'cloudformation:UpdateStackSet'), ...acts(role, 'iam:PassRole'), runsAs(stackSet)], { power: 'be', on: role }),
  shared('AI-sm-studiolcc-domain', 'gives {thing} a lifecycle script that runs when {workload} opens an app', 'AWS::SageMaker::Domain', profiles, 'part of',
    ['sagemaker:CreateStudioLifecycleConfig', 'sagemaker:UpdateDomain'], { ...later, ...hackTricks }),
  shared('AI-sm-studioimage', 'adds a version to {thing}, which {workload} starts', 'AWS::SageMaker::Image', [...profiles, 'AWS::SageMaker::Domain'], 'runs image', ['sagemaker:CreateImageVersion']),
  shared('AI-sm-nb-updatelcc', 'rewrites {thing}, which runs as root when {workload} starts', 'AWS::SageMaker::NotebookInstanceLifecycleConfig', notebooks, 'runs code', ['sagemaker:UpdateNotebookInstanceLifecycleConfig']),
  shared('AI-sm-coderepo', 'points {thing} to code of the attacker, which {workload} clones', 'AWS::SageMaker::CodeRepository', notebooks, 'runs code', ['sagemaker:UpdateCodeRepository']),
  shared('DM-layer', 'publishes a version of {thing}, which {workload} follows', 'AWS::Lambda::LayerVersion', ['AWS::Lambda::Function'], 'runs code', ['lambda:PublishLayerVersion']),
]
