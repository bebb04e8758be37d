import { every, some } from '../../core/unknown.ts'
import type { ResourceTypes } from '../../model/types.gen.ts'
import { defineCheck } from '../check.ts'
import { ACCOUNT, REGION, STRANGER, policy } from '../families/examples.ts'
import { statementsOf } from '../families/policy-text.ts'
import { someAt } from '../families/places.ts'
import { letsStrangersIn } from '../families/strangers.ts'
import { IMAGE, KEY, ROLE } from '../families/values.ts'

const target = (server: { Endpoint: string, ListingMode?: 'DEFAULT' | 'DYNAMIC' }) => ({ Name: 'search', GatewayIdentifier: 'tools-abc', TargetConfiguration: { Mcp: { McpServer: server } } })
const runtime = { AgentRuntimeName: 'support', RoleArn: ROLE, NetworkConfiguration: { NetworkMode: 'PUBLIC' as const }, AgentRuntimeArtifact: { ContainerConfiguration: { ContainerUri: IMAGE } } }
const coded = (Runtime: 'PYTHON_3_10' | 'PYTHON_3_13') => ({
  ...runtime, AgentRuntimeArtifact: { CodeConfiguration: { Code: { S3: { Bucket: 'place', Prefix: 'support.zip' } }, EntryPoint: ['main.py'], Runtime } },
})
const evaluation = (ExecutionStatus: 'ENABLED' | 'DISABLED') => ({
  OnlineEvaluationConfigName: 'support', EvaluationExecutionRoleArn: ROLE, ExecutionStatus, DataSourceConfig: { CloudWatchLogs: { ServiceNames: ['support'] } },
  Rule: { SamplingConfig: { SamplingPercentage: 10 } },
})
const copyable = (account: string) => policy({ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'comprehend:ImportModel', Resource: '*' })
const classifier = (ModelPolicy: string) =>
  ({ DocumentClassifierName: 'tickets', DataAccessRoleArn: ROLE, LanguageCode: 'en' as const, InputDataConfig: { S3Uri: 's3://place/train.csv' }, ModelPolicy })
const recognizer = (ModelPolicy: string) =>
  ({ RecognizerName: 'products', DataAccessRoleArn: ROLE, LanguageCode: 'en' as const, InputDataConfig: { EntityTypes: [{ Type: 'PRODUCT' }] }, ModelPolicy })
const copying = {
  id: 'comprehend-model-policy-external', risk: 'model-theft', severity: 'high',
  why: 'Whoever imports the model has a copy of it, and of what it learned.',
  fix: { text: 'Take the foreign or public principals out of ModelPolicy.' },
} as const
const project = (account: string) => ({
  PolicyName: 'copy', ProjectArn: `arn:aws:rekognition:${REGION}:${ACCOUNT}:project/parts/1700000000000`,
  PolicyDocument: JSON.stringify(policy({ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'rekognition:CopyProjectVersion', Resource: '*' })),
})

/** Runtimes whose language gets no more security fixes: Python 3.10 since October 2026. */
const ended = ['PYTHON_3_10']

const serverOf = ({ TargetConfiguration: config }: ResourceTypes['AWS::BedrockAgentCore::GatewayTarget']): { readonly Endpoint?: string, readonly ListingMode?: string } | undefined =>
  (config as { readonly Mcp?: { readonly McpServer?: { readonly Endpoint?: string, readonly ListingMode?: string } } }).Mcp?.McpServer

export default [
  defineCheck({
    id: 'agentcore-target-untrusted-mcp', on: 'AWS::BedrockAgentCore::GatewayTarget', risk: 'adversarial-input', severity: 'high',
    title: 'An MCP server can change the tools of the agent at any time',
    why: 'Descriptions of tools are instructions to the agent: a server that turns malicious rewrites them after review.',
    fix: { text: 'Set ListingMode to DEFAULT, review the tools before each synchronisation, and use https.' },
    when: (found) => serverOf(found) !== undefined,
    requires: (found) => serverOf(found)?.ListingMode !== 'DYNAMIC' && serverOf(found)?.Endpoint?.startsWith('http://') !== true,
    fails: [target({ Endpoint: 'https://mcp.example.com', ListingMode: 'DYNAMIC' }), target({ Endpoint: 'http://mcp.example.com' })],
    passes: [target({ Endpoint: 'https://mcp.example.com' }), target({ Endpoint: 'https://mcp.example.com', ListingMode: 'DEFAULT' })],
  }),
  defineCheck({
    id: 'agentcore-registry-auto-approval', on: 'AWS::AgentRegistry::Registry', risk: 'adversarial-input', severity: 'high',
    title: 'The registry approves agents and tools by itself, or has no customer managed key',
    why: 'Whoever may register a record puts an agent or a tool before everybody, unreviewed.',
    fix: { text: 'Take APPROVE_ALL out of AutoApprovalRules, and name a key in EncryptionConfiguration.KmsKeyArn.' },
    requires: (registry) => !some(registry.ApprovalConfiguration?.AutoApprovalRules, (rule) => rule === 'APPROVE_ALL') && registry.EncryptionConfiguration !== undefined,
    fails: [{ Name: 'agents', EncryptionConfiguration: { KmsKeyArn: KEY }, ApprovalConfiguration: { AutoApprovalRules: ['APPROVE_ALL'] } }, { Name: 'agents' }],
    passes: [{ Name: 'agents', EncryptionConfiguration: { KmsKeyArn: KEY } }],
  }),
  defineCheck({
    id: 'agentcore-runtime-stale-or-old', on: 'AWS::BedrockAgentCore::Runtime', risk: 'adversarial-input', severity: 'low',
    title: 'The agent runs on a language that gets no more security fixes',
    why: 'Holes that are found from now on stay open.',
    fix: { text: 'Move the code to a current runtime, such as PYTHON_3_13.' },
    when: (found) => someAt(found, 'AgentRuntimeArtifact/CodeConfiguration/Runtime'),
    requires: (found) => !someAt(found, 'AgentRuntimeArtifact/CodeConfiguration/Runtime', (language) => ended.includes(language as string)),
    fails: [coded('PYTHON_3_10')],
    passes: [coded('PYTHON_3_13')],
  }),
  defineCheck({
    id: 'agentcore-no-online-evaluation', on: 'AWS::BedrockAgentCore::Runtime', risk: 'model-drift', severity: 'low',
    title: 'Nothing evaluates what agents answer',
    why: 'Answers get worse, or are steered, and nobody notices.',
    fix: { text: 'Make an online evaluation of the agent and enable it.' },
    requires: (_runtime, estate) => some(estate.all('AWS::BedrockAgentCore::OnlineEvaluationConfig'), ({ properties }) =>
      properties.ExecutionStatus !== 'DISABLED' && properties.Rule.SamplingConfig.SamplingPercentage > 0),
    fails: [runtime, { ...runtime, given: [{ type: 'AWS::BedrockAgentCore::OnlineEvaluationConfig', properties: evaluation('DISABLED') }] }],
    passes: [{ ...runtime, given: [{ type: 'AWS::BedrockAgentCore::OnlineEvaluationConfig', properties: evaluation('ENABLED') }] }],
  }),
  defineCheck({
    ...copying, on: 'AWS::Comprehend::DocumentClassifier', title: 'Another account may import the classifier',
    when: (found) => found.ModelPolicy !== undefined,
    requires: (found, estate) => every(statementsOf(found.ModelPolicy), (statement) => !letsStrangersIn(estate, statement)),
    fails: [classifier(JSON.stringify(copyable(STRANGER)))],
    passes: [classifier(JSON.stringify(copyable(ACCOUNT)))],
  }),
  defineCheck({
    ...copying, on: 'AWS::Comprehend::EntityRecognizer', title: 'Another account may import the recognizer',
    when: (found) => found.ModelPolicy !== undefined,
    requires: (found, estate) => every(statementsOf(found.ModelPolicy), (statement) => !letsStrangersIn(estate, statement)),
    fails: [recognizer(JSON.stringify(copyable(STRANGER)))],
    passes: [recognizer(JSON.stringify(copyable(ACCOUNT)))],
  }),
  defineCheck({
    id: 'rekognition-project-policy-external', on: 'AWS::Rekognition::ProjectPolicy', risk: 'model-theft', severity: 'high',
    title: 'Another account may copy the versions of the model',
    why: 'Whoever copies the model has what it learned from your images.',
    fix: { text: 'Delete the project policy, or name only your own accounts in it.' },
    requires: (found, estate) => every(statementsOf(found.PolicyDocument), (statement) => !letsStrangersIn(estate, statement)),
    fails: [project(STRANGER)],
    passes: [project(ACCOUNT)],
  }),
]
