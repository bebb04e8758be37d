import { some } from '../../core/unknown.ts'
import type { EstateView, Found } from '../../graph/view.ts'
import type { ResourceTypes } from '../../model/types.gen.ts'
import { administers, identityArn } from './roles.ts'

/** A use of AI that a collector saw in environment, layers, image or ports. */
interface AiUse { readonly Provider: string, readonly Evidence: string }

/** Whether a collector saw that a workload uses AI, or such AI. */
export const seenUsingAi = (resource: object, which: (use: AiUse) => boolean = () => true): boolean =>
  some((resource as { BartizanAiUse?: readonly AiUse[] }).BartizanAiUse, which)

const calls = ['bedrock:InvokeModel', 'bedrock:InvokeAgent', 'bedrock:Retrieve', 'sagemaker:InvokeEndpoint', 'bedrock-agentcore:InvokeAgentRuntime']

/** Whether a principal may call a model, an agent or an endpoint; an administrator may do all, which says nothing. */
export const mayCallAi = (estate: EstateView, principal: string): boolean =>
  !administers(estate, principal) && some(calls, (action) => estate.can(principal, action, '*'))

/** Whether an ARN or a name names a function, whatever its version or alias. */
export const namesFunction = (reference: unknown, lambda: Found<'AWS::Lambda::Function'>): boolean => {
  if (typeof reference !== 'string') return false
  const [, , service, , account, kind, name] = reference.split(':')
  if (service === 'lambda' && kind === 'function') return name === lambda.name && (account === lambda.account || account === '')
  return reference === lambda.name || reference === lambda.id
}

/** The functions of this account that these references name. */
export const functionsNamed = (estate: EstateView, references: readonly (string | undefined)[]): Found<'AWS::Lambda::Function'>[] =>
  references.length === 0 ? [] : estate.all('AWS::Lambda::Function').filter((lambda) => references.some((reference) => namesFunction(reference, lambda)))

/** Whether an agent or a gateway calls this function as a tool. */
export const isAgentTool = (estate: EstateView, lambda: Found<'AWS::Lambda::Function'>): boolean => some([
  () => some(estate.all('AWS::Bedrock::Agent'), ({ properties }) => some(toolFunctions(properties), (reference) => namesFunction(reference, lambda))),
  () => some(estate.all('AWS::BedrockAgentCore::GatewayTarget'), ({ properties }) => namesFunction(targetFunction(properties), lambda)),
], (look) => look())

/** The functions that an agent runs: its action groups, its orchestrator and its parser. */
export const toolFunctions = (agent: ResourceTypes['AWS::Bedrock::Agent']): string[] => [
  ...(agent.ActionGroups ?? []).map((group) => group.ActionGroupExecutor?.Lambda),
  agent.CustomOrchestration?.Executor?.Lambda,
  agent.PromptOverrideConfiguration?.OverrideLambda,
].filter((reference) => reference !== undefined)

/** The function behind a target of a gateway. */
export const targetFunction = (target: ResourceTypes['AWS::BedrockAgentCore::GatewayTarget']): string | undefined =>
  target.TargetConfiguration.Mcp?.Lambda?.LambdaArn

/** Whether a function is part of an AI application: seen using AI, a tool of an agent, or with a role that may call a model. */
export const isAiFunction = (estate: EstateView, properties: ResourceTypes['AWS::Lambda::Function']): boolean => some([
  () => seenUsingAi(properties),
  () => isAgentTool(estate, estate.self as Found<'AWS::Lambda::Function'>),
  () => roleCallsAi(estate, properties.Role) && !operatesSageMaker(estate, properties.Role),
], (look) => look())

/** Whether the role that a value names may call a model, an agent or an endpoint. */
export const roleCallsAi = (estate: EstateView, reference: string | undefined): boolean => {
  const role = estate.find('AWS::IAM::Role', reference)
  return role !== undefined && mayCallAi(estate, identityArn(role))
}

/** Whether a role runs SageMaker rather than asks its models: who may start training may call any endpoint too, which says nothing. */
const operatesSageMaker = (estate: EstateView, reference: string | undefined): boolean => {
  const role = estate.find('AWS::IAM::Role', reference)
  const may = (action: string) => role !== undefined && estate.can(identityArn(role), action, '*')
  return may('sagemaker:CreateTrainingJob') && !may('bedrock:InvokeModel') && !may('bedrock:InvokeAgent') && !may('bedrock-agentcore:InvokeAgentRuntime')
}
