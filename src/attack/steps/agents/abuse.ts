import { acts, family, makes } from '../../family.ts'
import { agent, base, bedrockAgent, gateway, lambda, runtime } from '../../nodes.ts'
import { any, fact, has, may } from '../../step.ts'
import type { Variable } from '../../step.ts'

const step = family('agent abuse', ['AML.T0081'])
const tools = { techniques: ['AML.T0110'] }
const instruct = (on: Variable) => ({ power: 'instruct', on } as const)
const alias = any('alias', 'AWS::Bedrock::AgentAlias')
const collaborator = any('collaborator', 'AWS::Bedrock::Agent', 'AWS::Bedrock::AgentAlias')
const flow = any('flow', 'AWS::Bedrock::Flow')
const prompt = any('prompt', 'AWS::Bedrock::Prompt')
const target = any('target', 'AWS::BedrockAgentCore::GatewayTarget')
const registry = any('registry', 'AWS::AgentRegistry::Registry')
const endpoint = any('endpoint', 'AWS::BedrockAgentCore::RuntimeEndpoint')
const browser = any('profile', 'AWS::BedrockAgentCore::BrowserProfile')
const role = any('role', 'AWS::IAM::Role')

export default [
  step('AI-br-agent-lambda', 'replaces {function}, a tool of {agent}, and has the agent call it', [may('lambda:UpdateFunctionCode', lambda), may('bedrock:InvokeAgent', bedrockAgent), fact(bedrockAgent, 'calls', lambda), fact(lambda, 'runs as', role)], { power: 'be', on: role }, { ...tools, source: 'CloudGoat bedrock_agent_hijacking' }),
  step('AI-br-agent-lambda-wait', 'replaces {function}, a tool of {agent}, which a user will call', [may('lambda:UpdateFunctionCode', lambda), fact(bedrockAgent, 'calls', lambda)], [{ power: 'write', on: lambda }, instruct(bedrockAgent)], { ...tools, waits: true }),
  step('AI-br-agent-edit', 'rewrites the instructions of {agent}', acts(bedrockAgent, 'bedrock:UpdateAgent', 'bedrock:PrepareAgent', 'bedrock:InvokeAgent'), instruct(bedrockAgent)),
  step('AI-br-actiongroup-add', 'gives {agent} a tool of its own', acts(bedrockAgent, 'bedrock:CreateAgentActionGroup', 'bedrock:PrepareAgent'), instruct(bedrockAgent), tools),
  step('AI-br-actiongroup-edit', 'redirects a tool of {agent}', acts(bedrockAgent, 'bedrock:UpdateAgentActionGroup', 'bedrock:PrepareAgent'), instruct(bedrockAgent), tools),
  step('AI-br-agentalias', 'routes {agent} to a version of its own', [may('bedrock:UpdateAgentAlias', alias), fact(alias, 'part of', bedrockAgent)], instruct(bedrockAgent)),
  step('AI-br-collab', 'makes {collaborator} work for {agent}, which it can change', [...acts(bedrockAgent, 'bedrock:AssociateAgentCollaborator', 'bedrock:PrepareAgent'), fact(bedrockAgent, 'calls', collaborator)], instruct(collaborator)),
  step('AI-br-inlineagent', 'runs an agent of its own that uses {base}', [...makes('bedrock:InvokeInlineAgent'), may('bedrock:Retrieve', base)], { power: 'read', on: base }, { techniques: ['AML.T0103'] }),
  step('AI-br-flow-edit', 'rewrites {flow} and runs it', acts(flow, 'bedrock:UpdateFlow', 'bedrock:PrepareFlow', 'bedrock:InvokeFlow'), instruct(flow)),
  step('flow-role', 'moves data as {role} through {flow}', [has('instruct', flow), fact(flow, 'runs as', role)], instruct(role), { source: 'Amazon Bedrock User Guide' }),
  step('AI-br-promptedit', 'writes instructions into {prompt}', acts(prompt, 'bedrock:UpdatePrompt', 'bedrock:CreatePromptVersion'), { power: 'write', on: prompt }, { techniques: ['AML.T0018.003'] }),
  step('prompt-of-flow', 'reaches {flow} through {prompt}', [has('write', prompt), fact(flow, 'derives from', prompt)], { power: 'write', on: flow }, { source: 'Amazon Bedrock User Guide', waits: true }),
  step('AI-ac-runtime-endpoint', 'routes {runtime} to another version', [may('bedrock-agentcore:UpdateAgentRuntimeEndpoint', endpoint), fact(endpoint, 'part of', runtime)], instruct(runtime)),
  step('AI-ac-gateway-target', 'adds a poisoned tool to {gateway}, which {agent} uses', [may('bedrock-agentcore:CreateGatewayTarget', gateway), fact(agent, 'calls', gateway)], instruct(agent), tools),
  step('AI-ac-gateway-target-edit', 'redirects the tools of {gateway}', acts(gateway, 'bedrock-agentcore:UpdateGatewayTarget', 'bedrock-agentcore:SynchronizeGatewayTargets'), [{ power: 'write', on: gateway }, { power: 'read', on: gateway }], tools),
  step('AI-ac-gateway-auth', 'weakens who may call {gateway}', acts(gateway, 'bedrock-agentcore:UpdateGateway'), [{ power: 'disable', on: gateway }, { power: 'invoke', on: gateway }]),
  step('AI-ac-gateway-invoke', 'uses the tools of {gateway}', acts(gateway, 'bedrock-agentcore:InvokeGateway'), { power: 'invoke', on: gateway }, { techniques: ['AML.T0053'] }),
  step('gateway-tool', 'calls {tool} through {target} of {gateway}', [has('invoke', gateway), fact(target, 'part of', gateway), fact(target, 'calls', any('tool', 'AWS::Lambda::Function'))], { power: 'invoke', on: any('tool', 'AWS::Lambda::Function') }, { techniques: ['AML.T0053'], source: 'MITRE ATLAS AML.T0053' }),
  step('gateway-of-agent', 'answers {agent} in the name of {gateway}', [has('write', gateway), fact(agent, 'calls', gateway)], instruct(agent), { ...tools, source: 'MITRE ATLAS AML.T0110' }),
  step('AI-ac-registry', 'publishes a poisoned tool in {registry}, where {agent} looks', [...acts(registry, 'agent-registry:UpdateRegistryRecord', 'agent-registry:UpdateRegistryRecordStatus'), fact(agent, 'calls', registry)], instruct(agent), { techniques: ['AML.T0115.002'], waits: true }),
  step('AI-ac-browser-profile', 'takes the signed-in sessions of {profile}', acts(browser, 'bedrock-agentcore:SaveBrowserSessionProfile', 'bedrock-agentcore:StartBrowserSession'), { power: 'read', on: browser }, { techniques: ['AML.T0113'] }),
]
