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
  ['AWS::SageMaker::TrainingJob', 'write', 'tampers with what {name} learns', 'high', 'data'],
  ['AWS::Bedrock::ModelCustomizationJob', 'write', 'tampers with what {name} learns', 'high', 'data'],
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
  ['code server', 'invoke', 'runs code in {name}', 'high', 'applications'],
  ['model server', 'invoke', 'uses the models behind {name}', 'medium', 'applications'],
  ['account', 'be', 'takes over {name}', 'critical', 'access'],
]

const sensitiveKey = /classif|sensitiv|confidential|data.?(class|type|level)|pii|phi|compliance/i
const sensitiveValue = /sensitiv|confidential|restricted|secret|pii|phi|personal|private|pci|hipaa|gdpr|training|true/i

/** Whether tags say that data is sensitive or trains models. */
export const isSensitive = (tags: Readonly<Record<string, string>>): boolean =>
  Object.entries(tags).some(([key, value]) => sensitiveKey.test(key) && sensitiveValue.test(value))

/** A target with its node. */
export interface TargetNode { readonly node: number, readonly target: Target }

/** What may be done to anything that somebody asks about by name. */
const plain: readonly (readonly [power: Power, harm: string])[] = [
  ['read', 'reads {name}'], ['write', 'changes {name}'], ['invoke', 'calls {name}'], ['instruct', 'tells {name} what to do'], ['disable', 'disables {name}'],
]

/**
 * Everything in an estate that is worth an attack: by type, by relation (tools of agents, secrets and roles of AI, training data) and by
 * tag. With `to` (ids, ARNs or names) only what it names, and all that can be done to it.
 */
export const targetsOf = (estate: Estate, scene: EstateScene, to: readonly string[] = []): TargetNode[] => {
  const make = (node: number, [type, power, harm, severity, pillar]: Rule): TargetNode => {
    const name = scene.nameOf(node)
    return { node, target: { id: scene.idOf(node), name, type, power, harm: harm.replace('{name}', name), severity, pillar } }
  }
  const each = (nodes: readonly number[], ...rule: Rule): TargetNode[] => nodes.map((node) => make(node, rule))
  const byType = rules.flatMap((rule) => scene.ofType(rule[0]).filter((node) => rule[0] !== 'AWS::Bedrock::FoundationModel' || scene.idOf(node) === 'bedrock models').map((node) => make(node, rule)))
  const tools = estate.ofType('AWS::Lambda::Function').filter((node) => estate.graph.in(node, 'calls').length > 0)
  const worthy = [
    ...byType,
    ...each(tools, 'AWS::Lambda::Function', 'invoke', 'uses {name}, a tool of agents', 'medium', 'applications'),
    ...each(tools, 'AWS::Lambda::Function', 'write', 'replaces {name}, a tool of agents', 'high', 'applications'),
    ...each(estate.ofType('AWS::SecretsManager::Secret').filter((node) => estate.graph.in(node, 'uses secret').length > 0), 'AWS::SecretsManager::Secret', 'read', 'reads secret {name}', 'high', 'data'),
    ...each(estate.ofType('AWS::S3::Bucket').filter((node) => isSensitive(estate.resource(node).tags)), 'AWS::S3::Bucket', 'read', 'reads sensitive data in {name}', 'high', 'data'),
    ...each(trainingData(estate), 'storage', 'read', 'reads training data in {name}', 'high', 'data'),
    ...each(rolesOfAi(estate, tools), 'AWS::IAM::Role', 'be', 'acts as {name}, a role of AI workloads', 'medium', 'access'),
  ]
  if (to.length === 0) return worthy
  const wanted = new Set(to.flatMap((word) => namedBy(estate, scene, word)))
  const known = new Set(worthy.map(({ node, target }) => `${target.power} ${node}`))
  const others = [...wanted].flatMap((node) => {
    const type = scene.typeOf(node)
    const asked: readonly Rule[] = principals.has(type)
      ? [[type, 'be', 'acts as {name}', 'high', 'access']]
      : plain.map(([power, harm]): Rule => [type, power, harm, 'medium', estate.descriptions.get(type)?.asset ?? 'data'])
    return asked.filter(([, power]) => !known.has(`${power} ${node}`)).map((rule) => make(node, rule))
  })
  return [...worthy.filter(({ node }) => wanted.has(node)), ...others]
}

const principals = new Set(['AWS::IAM::Role', 'AWS::IAM::User', 'account'])

/** Nodes by id, ARN or name; a name may be that of several. */
const namedBy = (estate: Estate, scene: EstateScene, word: string): number[] => {
  const node = scene.find(word)
  const found = node === undefined ? [] : [node]
  for (let index = 0; index < estate.table.length; index++) {
    const { name, arn } = estate.table.get(index)
    if (name === word || arn === word) found.push(index)
  }
  return [...new Set([...found, ...scene.ofType('account').filter((account) => scene.idOf(account) === `account/${word}`)])]
}

const trainers = ['AWS::SageMaker::TrainingJob', 'AWS::SageMaker::HyperParameterTuningJob', 'AWS::SageMaker::AutoMLJob', 'AWS::Bedrock::ModelCustomizationJob', 'AWS::Bedrock::CustomModel']

/** Places in S3 that models are trained on. */
const trainingData = (estate: Estate): number[] => {
  const places = trainers.flatMap((type) => estate.ofType(type)).flatMap((node) => estate.graph.out(node, 'reads').map((link) => link.node))
  return [...new Set(places)].filter((node) => ['storage', 'AWS::S3::Bucket'].includes(estate.graph.node(node).type))
}

/** Roles that AI assets and the tools of agents run as. */
const rolesOfAi = (estate: Estate, tools: readonly number[]): number[] => {
  const workloads = [...estate.types.filter((type) => ['models', 'applications'].includes(estate.descriptions.get(type)?.asset ?? '')).flatMap((type) => estate.ofType(type)), ...tools]
  const roles = workloads.flatMap((node) => estate.graph.out(node, 'runs as').map((link) => link.node))
  return [...new Set(roles)].filter((node) => estate.graph.node(node).resource !== undefined && estate.graph.node(node).type === 'AWS::IAM::Role')
}
