import { some } from '../../core/unknown.ts'
import type { EstateView } from '../../graph/view.ts'
import type { ResourceType } from '../../model/types.gen.ts'
import type { Given } from '../check.ts'
import { seenUsingAi } from './ai-callers.ts'
import { ROLE } from './values.ts'

const built = [
  'AWS::Bedrock::Agent', 'AWS::Bedrock::KnowledgeBase', 'AWS::Bedrock::Flow', 'AWS::Bedrock::Prompt', 'AWS::Bedrock::ApplicationInferenceProfile',
  'AWS::Bedrock::ProvisionedModelThroughput', 'AWS::Bedrock::CustomModel', 'AWS::Bedrock::ImportedModel', 'AWS::BedrockAgentCore::Runtime',
] as const

const trained = ['AWS::SageMaker::Domain', 'AWS::SageMaker::NotebookInstance', 'AWS::SageMaker::Model', 'AWS::SageMaker::TrainingJob'] as const

const has = (estate: EstateView, types: readonly ResourceType[]): boolean => some(types, (type) => estate.all(type).length > 0)

/** Whether a region shows that Bedrock is used there: something is built on it, or a function was seen calling it. */
export const usesBedrock = (estate: EstateView): boolean => some([
  () => has(estate, built),
  () => some(estate.all('AWS::Lambda::Function'), ({ properties }) => seenUsingAi(properties)),
], (look) => look())

/** Whether a region shows that Bedrock or SageMaker is used there. */
export const usesAi = (estate: EstateView): boolean => some([() => has(estate, trained), () => usesBedrock(estate)], (look) => look())

/** Something built on Bedrock, around an example. */
export const bedrockInUse: Given = { type: 'AWS::Bedrock::Agent', properties: { AgentName: 'helper', AgentId: 'AGENT12345', AgentResourceRoleArn: ROLE } }
