import { lastName, parseArn } from '../../core/arn.ts'
import type { Estate } from '../../graph/estate.ts'
import type { Relation } from '../../model/relations.ts'
import type { Link, Who } from '../scene.ts'
import type { Asked } from './asked.ts'
import type { Links } from './links.ts'
import { mentionsOf } from './mentions.ts'
import type { Nodes } from './nodes.ts'
import { trustedNames } from './trusted-names.ts'

/** How a workload uses something: by what action, and an action that only those hold who administer the service. */
export interface Use { readonly relation: Relation, readonly action: string, readonly beyond: string, readonly by: readonly string[] }

const agents = ['AWS::BedrockAgentCore::Runtime', 'AWS::BedrockAgentCore::Harness']
const applications = ['AWS::Lambda::Function', 'AWS::ECS::TaskDefinition', 'AWS::EC2::Instance', 'AWS::AppRunner::Service', 'AWS::StepFunctions::StateMachine']
const workloads = [...applications, ...agents]
const builders = ['AWS::CodeBuild::Project', 'AWS::SageMaker::Pipeline', 'AWS::Glue::Job', 'AWS::Batch::JobDefinition', 'AWS::MWAA::Environment', ...workloads]

const bedrock = (relation: Relation, action: string): Use => ({ relation, action: `bedrock:${action}`, beyond: 'bedrock:DeleteGuardrail', by: workloads })
const agentCore = (relation: Relation, action: string, by = agents): Use => ({ relation, action: `bedrock-agentcore:${action}`, beyond: 'bedrock-agentcore:DeleteMemory', by })

/** By the type of what is used. */
export const uses: Readonly<Record<string, Use>> = {
  'AWS::Bedrock::Agent': bedrock('invokes', 'InvokeAgent'),
  'AWS::Bedrock::KnowledgeBase': bedrock('answers from', 'Retrieve'),
  'AWS::Bedrock::FoundationModel': bedrock('invokes', 'InvokeModel'),
  'AWS::Bedrock::CustomModel': bedrock('invokes', 'InvokeModel'),
  'AWS::Bedrock::ImportedModel': bedrock('invokes', 'InvokeModel'),
  'AWS::Bedrock::ApplicationInferenceProfile': bedrock('invokes', 'InvokeModel'),
  'AWS::Bedrock::PromptRouter': bedrock('invokes', 'InvokeModel'),
  'AWS::Bedrock::Guardrail': bedrock('guarded by', 'ApplyGuardrail'),
  'AWS::Bedrock::Prompt': bedrock('derives from', 'GetPrompt'),
  'AWS::BedrockAgentCore::Runtime': agentCore('invokes', 'InvokeAgentRuntime', applications),
  'AWS::BedrockAgentCore::Gateway': agentCore('calls', 'InvokeGateway'),
  'AWS::BedrockAgentCore::CodeInterpreterCustom': agentCore('calls', 'InvokeCodeInterpreter'),
  'AWS::BedrockAgentCore::BrowserCustom': agentCore('calls', 'ConnectBrowserAutomationStream'),
  'AWS::BedrockAgentCore::Memory': agentCore('stores in', 'CreateEvent'),
  'AWS::AgentRegistry::Registry': { relation: 'calls', action: 'agent-registry:InvokeRegistryMcp', beyond: 'agent-registry:DeleteRegistry', by: agents },
  'AWS::SageMaker::Endpoint': { relation: 'invokes', action: 'sagemaker:InvokeEndpoint', beyond: 'sagemaker:DeleteEndpoint', by: workloads },
  'AWS::Lambda::Function': { relation: 'calls', action: 'lambda:InvokeFunction', beyond: 'lambda:DeleteFunction', by: agents },
  'AWS::DynamoDB::Table': { relation: 'reads', action: 'dynamodb:GetItem', beyond: 'dynamodb:DeleteTable', by: agents },
  'AWS::CodeArtifact::Repository': { relation: 'runs code', action: 'codeartifact:ReadFromRepository', beyond: 'codeartifact:DeleteRepository', by: builders },
}

const places = new Set(['storage', 'AWS::S3::Bucket'])

/** Who may do an action to an ARN, and the ARN that stands for a node. */
export interface Permissions {
  ask(action: string, asked: Asked): Who
  asked(action: string, node: number): Asked | undefined
  readonly accounts: readonly string[]
  classOf(principal: number): number
  membersOf(principalClass: number): readonly number[]
}

/**
 * What workloads use though no property of theirs says so. Their role must be allowed to; then it is certain when a variable of theirs names the
 * thing, or when the role may use this one and not any other. A role that may use any, and does not administer the service, may well use it; so may one of several programs of a host.
 */
export const makeUses = (estate: Estate, nodes: Nodes, links: Links, { ask, asked, accounts, classOf, membersOf }: Permissions): Links => {
  const mentions = mentionsOf(estate, builders)
  const memo = new Map<number, readonly Link[]>()

  const usersOf = (target: number): readonly Link[] => {
    const use = uses[nodes.typeOf(target)]
    const place = use === undefined ? undefined : asked(use.action, target)
    if (use === undefined || place === undefined) return []
    const may = new Map([...ask(use.action, place)].map((who) => [who >> 1, (who & 1) === 0]))
    if (may.size === 0) return []
    const found = new Map<number, Link>()
    for (const { workload, pointer } of namesOf(nodes, target).flatMap((name) => mentions(name))) {
      const sure = rolesOf(workload).map((role) => may.get(classOf(role))).find((known) => known !== undefined)
      if (sure !== undefined && use.by.includes(nodes.typeOf(workload))) found.set(workload, link(workload, pointer, sure ? undefined : `that the role of ${nodes.nameOf(workload)} may use ${nodes.nameOf(target)}`))
    }
    const any = classes(ask(use.action, anyOther(place)))
    const owner = place.account ?? parseArn(place.resource)?.account ?? ''
    const administrators = new Set((owner === '' ? accounts : [owner]).flatMap((account) => [...classes(ask(use.beyond, { resource: '*', account }))]))
    for (const [principalClass, sure] of may) {
      if (administrators.has(principalClass)) continue
      // Nobody may use all models without meaning to use some.
      const one = !any.has(principalClass) || nodes.idOf(target) === 'bedrock models'
      for (const workload of membersOf(principalClass).flatMap((role) => workloadsOf(role))) {
        if (found.has(workload) || !use.by.includes(nodes.typeOf(workload))) continue
        const single = one && nodes.typeOf(workload) !== 'AWS::EC2::Instance'
        found.set(workload, link(workload, '', sure && single ? undefined : `that ${nodes.nameOf(workload)} uses ${nodes.nameOf(target)}, which its role may`))
      }
    }
    return [...found.values()].flatMap((user) => [user, ...servicesOf(user)])
  }

  const rolesOf = (workload: number) => links.out(workload, 'runs as').map(({ node }) => node)
  const workloadsOf = (role: number) => (nodes.typeOf(role) === 'AWS::IAM::Role' ? links.in(role, 'runs as').map(({ node }) => node) : [])
  /** A service uses what its tasks use. */
  const servicesOf = ({ node, ...rest }: Link): Link[] =>
    (nodes.typeOf(node) === 'AWS::ECS::TaskDefinition' ? links.in(node, 'derives from').map((service) => ({ ...rest, node: service.node })) : [])

  const users = (target: number): readonly Link[] => {
    const known = memo.get(target)
    if (known !== undefined) return known
    memo.set(target, [])
    const made = usersOf(target)
    memo.set(target, made)
    return made
  }

  /** Roles that S3 may replicate a place as; places that the same people may read share one answer. */
  const replicators = (target: number): readonly Link[] => {
    const action = 's3:GetObjectVersionForReplication'
    const place = asked(action, target)
    if (place === undefined) return []
    const who = ask(action, place)
    const known = replicas.get(who) ?? [...who].flatMap((one) => membersOf(one >> 1)).filter(trustsS3).map((node) => ({ node, pointer: '' }))
    replicas.set(who, known)
    return known
  }
  const replicas = new WeakMap<Who, readonly Link[]>()
  const trustsS3 = (role: number): boolean =>
    nodes.typeOf(role) === 'AWS::IAM::Role' && trustedNames(estate.resource(role)).has('s3.amazonaws.com')

  const byUser = new Map<string, ReadonlyMap<number, readonly Link[]>>()
  const used = (type: string): ReadonlyMap<number, readonly Link[]> => {
    const known = byUser.get(type)
    if (known !== undefined) return known
    const made = new Map<number, Link[]>()
    for (const target of nodes.ofType(type)) {
      for (const { node, ...rest } of users(target)) made.set(node, [...made.get(node) ?? [], { ...rest, node: target }])
    }
    byUser.set(type, made)
    return made
  }

  return {
    in: (target, relation) => (uses[nodes.typeOf(target)]?.relation === relation ? users(target) : relation === 'reads' && places.has(nodes.typeOf(target)) ? replicators(target) : []),
    out: (user, relation) => (builders.includes(nodes.typeOf(user)) || nodes.typeOf(user) === 'AWS::ECS::Service'
      ? Object.entries(uses).filter(([, use]) => use.relation === relation).flatMap(([type]) => used(type).get(user) ?? []) : []),
  }
}

const link = (node: number, pointer: string, condition: string | undefined): Link => ({ node, pointer, ...condition === undefined ? {} : { condition } })

const classes = (who: Who): ReadonlySet<number> => new Set([...who].map((one) => one >> 1))

/** The same kind of thing under a name that nobody has. */
const anyOther = ({ resource, account }: Asked): Asked =>
  ({ resource: resource.replace(/[^/:]+(\/\*)?$/, 'bartizan-any-name$1'), ...account === undefined ? {} : { account } })

/** What variables may call a node by; short names say nothing. */
const namesOf = (nodes: Nodes, node: number): string[] => {
  const arn = parseArn(nodes.arn(node) ?? '')
  const names = [nodes.idOf(node), nodes.nameOf(node).replace(/^model\//, ''), ...arn === undefined ? [] : [nodes.arn(node)!, lastName(arn.resource)]]
  return [...new Set(names)].filter((name) => name.length > 5)
}
