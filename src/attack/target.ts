import type { Estate } from '../graph/estate.ts'
import type { Pillar } from '../model/risk.ts'
import type { Severity } from '../model/severity.ts'
import type { EstateScene } from './estate/scene.ts'
import type { Target } from './path.ts'
import type { Power } from './step.ts'

type Rule = readonly [type: string, power: Power, harm: string, severity: Severity, pillar: Pillar]

/** What an attacker wants, by type. */
const rules: readonly Rule[] = [
  ['AWS::Bedrock::KnowledgeBase', 'read', 'reads what {name} holds', 'high', 'data'],
  ['AWS::Bedrock::KnowledgeBase', 'write', 'poisons what {name} retrieves', 'high', 'data'],
  ['AWS::SageMaker::TrainingJob', 'write', 'poisons the data that {name} learns from', 'high', 'data'],
  ['AWS::Bedrock::ModelCustomizationJob', 'write', 'poisons the data that {name} learns from', 'high', 'data'],
  ['AWS::SageMaker::FeatureGroup', 'read', 'reads the features in {name}', 'medium', 'data'],
  ['AWS::SageMaker::FeatureGroup', 'write', 'changes the features in {name}', 'high', 'data'],
  ['AWS::BedrockAgentCore::Memory', 'read', 'reads conversations in {name}', 'high', 'data'],
  ['AWS::Bedrock::ModelInvocationLoggingConfiguration', 'read', 'reads the prompts and answers of everyone', 'high', 'data'],
  ['AWS::SageMaker::Model', 'read', 'steals the weights of {name}', 'high', 'models'],
  ['AWS::SageMaker::ModelPackage', 'read', 'steals the weights of {name}', 'high', 'models'],
  ['AWS::Bedrock::CustomModel', 'read', 'steals custom model {name}', 'high', 'models'],
  ['AWS::Bedrock::ImportedModel', 'read', 'steals imported model {name}', 'high', 'models'],
  ['AWS::SageMaker::Model', 'write', 'replaces model {name}', 'high', 'models'],
  ['AWS::SageMaker::ModelPackageGroup', 'write', 'puts a model of its own into registry group {name}', 'high', 'models'],
  ['AWS::SageMaker::Endpoint', 'write', 'decides what {name} answers', 'high', 'models'],
  ['AWS::SageMaker::Endpoint', 'disable', 'takes {name} down', 'medium', 'models'],
  ['AWS::Bedrock::CustomModelDeployment', 'write', 'swaps the model behind {name}', 'high', 'models'],
  ['AWS::Bedrock::Agent', 'instruct', 'tells agent {name} what to do', 'high', 'applications'],
  ['AWS::BedrockAgentCore::Runtime', 'instruct', 'tells agent {name} what to do', 'high', 'applications'],
  ['AWS::BedrockAgentCore::Gateway', 'invoke', 'uses the tools behind {name}', 'medium', 'applications'],
  ['AWS::Bedrock::Guardrail', 'disable', 'removes guardrail {name}', 'high', 'applications'],
  ['AWS::Bedrock::FoundationModel', 'invoke', 'runs models at the account’s expense', 'medium', 'applications'],
  ['AWS::Bedrock::ModelInvocationLoggingConfiguration', 'disable', 'hides the use of models', 'medium', 'applications'],
  ['AWS::CloudTrail::Trail', 'disable', 'hides from {name}', 'medium', 'access'],
  ['account', 'be', 'takes over {name}', 'critical', 'access'],
]

const sensitiveKey = /classif|sensitiv|confidential|data.?(class|type|level)|pii|phi|compliance/i
const sensitiveValue = /sensitiv|confidential|restricted|secret|pii|phi|personal|private|pci|hipaa|gdpr|training|true/i

/** Whether tags say that data is sensitive or trains models. */
export const isSensitive = (tags: Readonly<Record<string, string>>): boolean =>
  Object.entries(tags).some(([key, value]) => sensitiveKey.test(key) && sensitiveValue.test(value))

/** A target with its node. */
export interface TargetNode { readonly node: number, readonly target: Target }

/** Everything in an estate that is worth an attack: by type, by relation (tools of agents, secrets of AI) and by tag. */
export const targetsOf = (estate: Estate, scene: EstateScene): TargetNode[] => {
  const make = (node: number, [type, power, harm, severity, pillar]: Rule): TargetNode => {
    const name = scene.nameOf(node)
    return { node, target: { id: scene.idOf(node), name, type, power, harm: harm.replace('{name}', name), severity, pillar } }
  }
  const byType = rules.flatMap((rule) => scene.ofType(rule[0]).filter((node) => rule[0] !== 'AWS::Bedrock::FoundationModel' || scene.idOf(node) === 'bedrock models').map((node) => make(node, rule)))
  const tools = estate.ofType('AWS::Lambda::Function').filter((node) => estate.graph.in(node, 'calls').length > 0)
    .map((node) => make(node, ['AWS::Lambda::Function', 'invoke', 'uses {name}, a tool of agents', 'medium', 'applications']))
  const secrets = estate.ofType('AWS::SecretsManager::Secret').filter((node) => estate.graph.in(node, 'uses secret').length > 0)
    .map((node) => make(node, ['AWS::SecretsManager::Secret', 'read', 'reads secret {name}', 'high', 'data']))
  const buckets = estate.ofType('AWS::S3::Bucket').filter((node) => isSensitive(estate.resource(node).tags))
    .map((node) => make(node, ['AWS::S3::Bucket', 'read', 'reads sensitive data in {name}', 'high', 'data']))
  return [...byType, ...tools, ...secrets, ...buckets]
}
