import { acts, family, place } from '../../family.ts'
import { agent, base, bedrockAgent, guardrail, lambda, memory, runtime } from '../../nodes.ts'
import { any, fact, has, may } from '../../step.ts'
import type { Variable } from '../../step.ts'

const step = family('prompt injection', ['AML.T0051.001'])
const atlas = { source: 'MITRE ATLAS AML.T0051.001' }
const instruct = (on: Variable) => ({ power: 'instruct', on } as const)
const app = any('application', 'AWS::Lambda::Function', 'AWS::ECS::Service', 'AWS::ECS::TaskDefinition', 'AWS::EC2::Instance', 'AWS::AppRunner::Service', 'AWS::StepFunctions::StateMachine')
const front = any('front', 'AWS::Lambda::Url', 'AWS::ApiGateway::RestApi', 'AWS::ApiGateway::Method', 'AWS::ApiGatewayV2::Api', 'AWS::ApiGatewayV2::Route', 'AWS::ApiGatewayV2::Integration',
  'AWS::ElasticLoadBalancingV2::LoadBalancer', 'AWS::ElasticLoadBalancingV2::Listener', 'AWS::ElasticLoadBalancingV2::TargetGroup', 'AWS::CloudFront::Distribution', 'AWS::AppSync::GraphQLApi', 'AWS::Amplify::App')
const behind = any('behind', ...app.types, ...front.types, 'AWS::BedrockAgentCore::Runtime', 'AWS::BedrockAgentCore::Gateway', 'AWS::SageMaker::Endpoint')
const tool = any('tool', 'AWS::Lambda::Function', 'AWS::BedrockAgentCore::Gateway', 'AWS::Bedrock::Agent', 'AWS::BedrockAgentCore::Runtime', 'AWS::BedrockAgentCore::CodeInterpreterCustom', 'AWS::BedrockAgentCore::BrowserCustom')
const peer = any('peer', ...agent.types)
const role = any('role', 'AWS::IAM::Role')
const prompt = any('prompt', 'AWS::Bedrock::Prompt')
const store = any('store', 'AWS::DynamoDB::Table', 'AWS::RDS::DBCluster')
const foundation = any('model', 'AWS::Bedrock::FoundationModel', 'AWS::Bedrock::CustomModel', 'AWS::Bedrock::ImportedModel', 'AWS::SageMaker::Endpoint')

/** What the internet reaches. */
const exposed = any('exposed', ...front.types, 'AWS::Lambda::Function', 'AWS::EC2::Instance', 'AWS::ECS::Service', 'AWS::AppRunner::Service', 'AWS::BedrockAgentCore::Runtime', 'AWS::BedrockAgentCore::Gateway')
const anyone = any('anyone', 'anyone')

/** How words become deeds: text that an agent reads instructs it, and what instructs it uses its tools. */
export default [
  step('inject-knowledge', 'has {agent} read instructions planted in {base}', [has('write', base), fact(agent, 'answers from', base)], instruct(agent), atlas),
  step('inject-memory', 'has {agent} remember instructions planted in {memory}', [has('write', memory), fact(agent, 'stores in', memory)], instruct(agent), { source: 'MITRE ATLAS AML.T0080.000', techniques: ['AML.T0080.000'] }),
  step('inject-content', 'has {agent} read instructions planted in {place}', [has('write', place), fact(agent, 'reads', place)], instruct(agent), atlas),
  step('inject-prompt', 'has {agent} follow a changed {prompt}', [has('write', prompt), fact(agent, 'derives from', prompt)], instruct(agent), { source: 'MITRE ATLAS AML.T0018.003' }),
  step('inject-directly', 'writes instructions to {agent} through {application}', [has('invoke', app), fact(app, 'invokes', agent)], instruct(agent), { source: 'MITRE ATLAS AML.T0051.000', techniques: ['AML.T0051.000'] }),
  step('talk-to-agent', 'writes instructions to {agent}', acts(bedrockAgent, 'bedrock:InvokeAgent'), instruct(bedrockAgent), { source: 'MITRE ATLAS AML.T0051.000', techniques: ['AML.T0051.000'] }),
  step('talk-to-runtime', 'writes instructions to {runtime}', acts(runtime, 'bedrock-agentcore:InvokeAgentRuntime'), instruct(runtime), { source: 'MITRE ATLAS AML.T0051.000', techniques: ['AML.T0051.000'] }),
  step('reach-runtime', 'writes instructions to {runtime}, which it can reach', [has('invoke', runtime)], instruct(runtime), { source: 'MITRE ATLAS AML.T0051.000', techniques: ['AML.T0051.000'] }),
  step('reach-exposed', 'reaches {exposed}, which is open to the internet', [has('be', anyone), fact(exposed, 'shared with', anyone)], { power: 'invoke', on: exposed }, { source: 'MITRE ATLAS AML.T0132', techniques: ['AML.T0132'] }),
  step('reach-behind', 'reaches {behind} through {front}', [has('invoke', front), fact(front, 'routes to', behind)], { power: 'invoke', on: behind }, { source: 'MITRE ATLAS AML.T0049', techniques: ['AML.T0049'] }),
  step('call-function', 'calls {function}', acts(lambda, 'lambda:InvokeFunction'), { power: 'invoke', on: lambda }, { source: 'AWS Lambda Developer Guide', techniques: ['T1648'] }),
  step('use-tool', 'has {agent} call {tool}', [has('instruct', agent), fact(agent, 'calls', tool)], { power: 'invoke', on: tool }, { source: 'MITRE ATLAS AML.T0053', techniques: ['AML.T0053'] }),
  step('pass-on', 'has {agent} pass instructions to {peer}', [has('instruct', agent), fact(agent, 'calls', peer)], instruct(peer), { source: 'MITRE ATLAS AML.T0118.001', techniques: ['AML.T0118.001'] }),
  step('ask-knowledge', 'has {agent} tell what {base} holds', [has('instruct', agent), fact(agent, 'answers from', base)], { power: 'read', on: base }, { source: 'MITRE ATLAS AML.T0085.000', techniques: ['AML.T0085.000'] }),
  step('ask-application', 'has {application} tell what {base} holds', [has('invoke', app), fact(app, 'answers from', base)], { power: 'read', on: base }, { source: 'MITRE ATLAS AML.T0057', techniques: ['AML.T0057'] }),
  step('ask-model', 'sends prompts to {model} through {application}', [has('invoke', app), fact(app, 'invokes', foundation)], { power: 'invoke', on: foundation }, { source: 'MITRE ATLAS AML.T0051.000', techniques: ['AML.T0051.000'] }),
  step('agent-data', 'has {agent} tell what {store} holds', [has('instruct', agent), fact(agent, 'reads', store)], { power: 'read', on: store }, { source: 'MITRE ATLAS AML.T0085.001', techniques: ['AML.T0085.001'] }),
  step('agent-role-data', 'has code of {agent} act as {role} on files that it reads or writes', [has('instruct', any('agent', 'AWS::BedrockAgentCore::Runtime')), fact(any('agent', 'AWS::BedrockAgentCore::Runtime'), 'calls', any('interpreter', 'AWS::BedrockAgentCore::CodeInterpreterCustom')), fact(any('interpreter', 'AWS::BedrockAgentCore::CodeInterpreterCustom'), 'runs as', role)], { power: 'be', on: role }, { source: 'Sonrai Security on AgentCore code interpreters', techniques: ['AML.T0053'] }),
  step('jailbreak-unguarded', 'talks to {agent} without the filters of {guardrail}', [has('disable', guardrail), fact(agent, 'guarded by', guardrail)], { power: 'disable', on: agent }, { source: 'MITRE ATLAS AML.T0054', techniques: ['AML.T0054'] }),
  step('DM-agent-memory', 'reads conversations of {agent}', acts(bedrockAgent, 'bedrock:GetAgentMemory'), { power: 'read', on: bedrockAgent }, { techniques: ['AML.T0085'] }),
  step('AI-ac-memory-read', 'reads conversations in {memory}', [may('bedrock-agentcore:RetrieveMemoryRecords', memory)], { power: 'read', on: memory }, { techniques: ['AML.T0085'] }),
]
