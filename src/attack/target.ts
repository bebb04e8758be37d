import type { Estate } from '../graph/estate.ts'
import type { EstateScene } from './estate/scene.ts'
import type { Target } from './path.ts'
import type { Power } from './step.ts'
import { rules } from './target-rules.ts'
import type { Rule } from './target-rules.ts'
import type { TargetRules } from './target-choice.ts'
import { chosen, isLeftOut } from './target-choice.ts'

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
export const targetsOf = (estate: Estate, scene: EstateScene, to: readonly string[] = [], rulesOfOwn: TargetRules = {}): TargetNode[] => {
  const make = (node: number, [type, power, harm, severity, pillar]: Rule): TargetNode => {
    const name = scene.nameOf(node)
    return { node, target: { id: scene.idOf(node), name, type, power, harm: harm.replace('{name}', name), severity, pillar } }
  }
  const each = (nodes: readonly number[], ...rule: Rule): TargetNode[] => nodes.map((node) => make(node, rule))
  const byType = rules.flatMap((rule) => scene.ofType(rule[0]).filter((node) => rule[0] !== 'AWS::Bedrock::FoundationModel' || scene.idOf(node) === 'bedrock models').map((node) => make(node, rule)))
  const tools = estate.ofType('AWS::Lambda::Function').filter((node) => estate.graph.in(node, 'calls').length > 0)
  const usual = [
    ...byType,
    ...each(tools, 'AWS::Lambda::Function', 'invoke', 'uses {name}, a tool of agents', 'medium', 'applications'),
    ...each(tools, 'AWS::Lambda::Function', 'write', 'replaces {name}, a tool of agents', 'high', 'applications'),
    ...each(estate.ofType('AWS::SecretsManager::Secret').filter((node) => estate.graph.in(node, 'uses secret').length > 0), 'AWS::SecretsManager::Secret', 'read', 'reads secret {name}', 'high', 'data'),
    ...each(estate.ofType('AWS::S3::Bucket').filter((node) => isSensitive(estate.resource(node).tags)), 'AWS::S3::Bucket', 'read', 'reads sensitive data in {name}', 'high', 'data'),
    ...each(trainingData(estate), 'storage', 'read', 'reads training data in {name}', 'high', 'data'),
    ...each(rolesOfAi(estate, tools), 'AWS::IAM::Role', 'be', 'acts as {name}, a role of AI workloads', 'medium', 'access'),
  ]
  const own = chosen(estate, scene, rulesOfOwn).map(({ node, rule }) => make(node, rule))
  const named = new Set(own.map(({ node, target }) => `${target.power} ${node}`))
  const worthy = [...own, ...usual.filter(({ node, target }) => !named.has(`${target.power} ${node}`) && !isLeftOut(estate, scene, rulesOfOwn, node, target.power))]
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
