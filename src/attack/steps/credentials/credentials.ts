import { acts, family, hackTricks, role, runsAs } from '../../family.ts'
import { any, each, fact, has, may } from '../../step.ts'

const step = family('credentials', ['T1552'])
const secret = any('secret', 'AWS::SecretsManager::Secret')
const parameter = any('parameter', 'AWS::SSM::Parameter')
const key = any('key', 'AWS::KMS::Key')
const decrypts = (on: typeof secret) => each(fact(on, 'encrypted with', key), may('kms:Decrypt', key))
const owner = any('owner', 'AWS::Bedrock::DataSource', 'AWS::Bedrock::KnowledgeBase', 'AWS::Kendra::DataSource', 'AWS::QBusiness::DataSource', 'AWS::QBusiness::Plugin')
const workload = any('workload', 'AWS::Lambda::Function')
const identity = any('identity', 'AWS::BedrockAgentCore::WorkloadIdentity')
const oauth = any('provider', 'AWS::BedrockAgentCore::OAuth2CredentialProvider')
const apiKey = any('provider', 'AWS::BedrockAgentCore::ApiKeyCredentialProvider')
const app = any('app', 'AWS::SageMaker::PartnerApp')
const mlflow = any('server', 'AWS::SageMaker::MlflowTrackingServer')
const mlflowApp = any('app', 'AWS::SageMaker::MlflowApp')
const runtime = any('runtime', 'AWS::BedrockAgentCore::Runtime')
const instance = any('instance', 'AWS::EC2::Instance')
const connection = any('connection', 'AWS::CodeStarConnections::Connection', 'AWS::CodeConnections::Connection')
const cluster = any('cluster', 'AWS::EKS::Cluster')
const vault = { techniques: ['AML.T0098'] }

export default [
  step('EN-secret-read', 'reads {secret}', [may('secretsmanager:GetSecretValue', secret), decrypts(secret)], { power: 'read', on: secret }, { ...hackTricks, techniques: ['T1555.006'] }),
  step('EN-ssm-param', 'reads {parameter}', [may('ssm:GetParameter', parameter), decrypts(parameter)], { power: 'read', on: parameter }, hackTricks),
  step('DM-kb-thirdparty-secret', 'reads {secret}, with which {owner} signs in to a source', [has('read', secret), fact(owner, 'uses secret', secret)], { power: 'read', on: owner }, { techniques: ['AML.T0082'] }),
  step('EN-lambda-env', 'reads keys in the environment of {workload}', acts(workload, 'lambda:GetFunctionConfiguration'), { power: 'read', on: workload }, { ...hackTricks, techniques: ['T1552.001'] }),
  step('EN-ec2-imds', 'allows IMDSv1 on {instance}, so that a forged request yields {role}', [has('invoke', instance), may('ec2:ModifyInstanceMetadataOptions', instance), runsAs(instance)], { power: 'be', on: role }, { techniques: ['T1552.005'] }),
  step('EN-codestar-connection', 'reads source code through {connection}', acts(connection, 'codestar-connections:UseConnection'), { power: 'read', on: connection }),
  step('AI-sm-mlflow-url', 'opens {server} by a presigned URL', acts(mlflow, 'sagemaker:CreatePresignedMlflowTrackingServerUrl', 'sagemaker-mlflow:AccessUI'), [{ power: 'read', on: mlflow }, { power: 'write', on: mlflow }], hackTricks),
  step('AI-sm-mlflowapp-url', 'opens {app} by a presigned URL', acts(mlflowApp, 'sagemaker:CreatePresignedMlflowAppUrl'), [{ power: 'read', on: mlflowApp }, { power: 'write', on: mlflowApp }]),
  step('AI-sm-partnerapp-url', 'signs in to {app} by a presigned URL', acts(app, 'sagemaker:CreatePartnerAppPresignedUrl'), { power: 'invoke', on: app }),
  step('AI-br-apikey-reset', 'resets the Bedrock API key of {user}', acts(any('user', 'AWS::IAM::User'), 'iam:ResetServiceSpecificCredential'), { power: 'be', on: any('user', 'AWS::IAM::User') }, { techniques: ['T1098.001'] }),
  step('AI-ac-runtime-user', 'calls {runtime} as any of its users', acts(runtime, 'bedrock-agentcore:InvokeAgentRuntimeForUser'), { power: 'instruct', on: runtime }, { techniques: ['AML.T0073'] }),
  step('AI-ac-token-oauth', 'takes OAuth tokens of users from {provider}', [...acts(identity, 'bedrock-agentcore:GetWorkloadAccessTokenForUserId'), ...acts(oauth, 'bedrock-agentcore:GetResourceOauth2Token')], { power: 'read', on: oauth }, vault),
  step('AI-ac-token-apikey', 'takes a third party’s API key from {provider}', [...acts(identity, 'bedrock-agentcore:GetWorkloadAccessToken'), ...acts(apiKey, 'bedrock-agentcore:GetResourceApiKey')], { power: 'read', on: apiKey }, vault),
  step('AI-ac-credprovider-edit', 'sends the sign-ins of {provider} to a server of the attacker', acts(oauth, 'bedrock-agentcore:UpdateOauth2CredentialProvider'), [{ power: 'read', on: oauth }, { power: 'write', on: oauth }], vault),
  step('EN-eks-accessentry', 'makes itself administrator of {cluster}, and acts as {role} of a pod', [...acts(cluster, 'eks:CreateAccessEntry', 'eks:AssociateAccessPolicy'), fact(any('association', 'AWS::EKS::PodIdentityAssociation'), 'part of', cluster), fact(any('association', 'AWS::EKS::PodIdentityAssociation'), 'runs as', role)], { power: 'be', on: role }, { ...hackTricks, techniques: ['T1098.006'] }),
]
