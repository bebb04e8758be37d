import { some } from '../../core/unknown.ts'
import type { EstateView } from '../../graph/view.ts'
import type { Given } from '../check.ts'
import { seenUsingAi } from './ai-callers.ts'
import { ROLE } from './values.ts'

const built = [
  'AWS::Bedrock::Agent', 'AWS::Bedrock::KnowledgeBase', 'AWS::Bedrock::Flow', 'AWS::Bedrock::Prompt', 'AWS::Bedrock::ApplicationInferenceProfile',
  'AWS::Bedrock::ProvisionedModelThroughput', 'AWS::Bedrock::CustomModel', 'AWS::Bedrock::ImportedModel', 'AWS::BedrockAgentCore::Runtime',
] as const

/** Whether a region shows that Bedrock is used there: something is built on it, or a function was seen calling it. */
export const usesBedrock = (estate: EstateView): boolean => some([
  ...built.map((type) => () => estate.all(type).length > 0),
  () => some(estate.all('AWS::Lambda::Function'), ({ properties }) => seenUsingAi(properties)),
], (look) => look())

/** Something built on Bedrock, around an example. */
export const bedrockInUse: Given = { type: 'AWS::Bedrock::Agent', properties: { AgentName: 'helper', AgentId: 'AGENT12345', AgentResourceRoleArn: ROLE } }
