import { acts, family, role, user } from '../../family.ts'
import { agent, gateway } from '../../nodes.ts'
import { any, fact, has, may, self } from '../../step.ts'

const step = family('persistence', ['T1098'])
const shared = any('resource', 'AWS::Bedrock::CustomModel', 'AWS::Bedrock::Guardrail', 'AWS::Bedrock::KnowledgeBase', 'AWS::Bedrock::Prompt')
const open = any('resource', 'AWS::BedrockAgentCore::Runtime', 'AWS::BedrockAgentCore::Gateway')
const identity = any('identity', 'AWS::BedrockAgentCore::WorkloadIdentity')
const notebook = any('notebook', 'AWS::SageMaker::NotebookInstance')
const instance = any('instance', 'AWS::EC2::Instance')
const tagged = any('tagged', 'retagged resource')

export default [
  step('AI-br-apikey-new', 'makes a long-lived Bedrock API key for {user}', acts(user, 'iam:CreateServiceSpecificCredential'), { power: 'be', on: user }, { techniques: ['T1098.001'] }),
  step('AI-br-respolicy', 'shares {resource} with an outsider', acts(shared, 'bedrock:PutResourcePolicy'), { power: 'read', on: shared }),
  step('AI-ac-respolicy', 'opens {resource} to an outsider', acts(open, 'bedrock-agentcore:PutResourcePolicy'), { power: 'invoke', on: open }),
  step('AI-ac-workloadid', 'adds a callback of its own to {identity}', acts(identity, 'bedrock-agentcore:UpdateWorkloadIdentity'), { power: 'write', on: identity }, { techniques: ['AML.T0091.000'] }),
  step('EN-sts-federation', 'takes a federated session that outlives the key of {user}', [self(user), may('sts:GetFederationToken', user)], { power: 'write', on: user }),
  step('EN-resource-tag-abac', 'tags {notebook} so that its own grants match it, opens it, and acts as {role}', [may('sagemaker:AddTags', notebook), fact(tagged, 'rewrites', notebook), may('sagemaker:CreatePresignedNotebookInstanceUrl', tagged), fact(notebook, 'runs as', role)], { power: 'be', on: role }),
  step('tag-instance', 'tags {instance} so that its own grants match it, opens a session on it, and acts as {role}', [may('ec2:CreateTags', instance), fact(tagged, 'rewrites', instance), may('ssm:StartSession', tagged), fact(instance, 'runs as', role)], { power: 'be', on: role }, { source: 'CloudGoat cicd' }),
  step('tag-instance-command', 'tags {instance} so that its own grants match it, runs a command on it, and acts as {role}', [may('ec2:CreateTags', instance), fact(tagged, 'rewrites', instance), may('ssm:SendCommand', tagged), fact(instance, 'runs as', role)], { power: 'be', on: role }),
  step('tag-user', 'tags {user} so that its own grants match it, and makes an access key for it', [may('iam:TagUser', user), fact(tagged, 'rewrites', user), may('iam:CreateAccessKey', tagged)], { power: 'be', on: user }, { source: 'CloudGoat iam_privesc_by_key_rotation' }),
  step('invoke-opened-gateway', 'uses what {agent} can through {gateway}', [has('invoke', gateway), fact(agent, 'calls', gateway)], { power: 'read', on: gateway }, { source: 'MITRE ATLAS AML.T0053', techniques: ['AML.T0053'] }),
]
