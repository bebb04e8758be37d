import { isCodeRole } from '../../attack/estate/code-roles.ts'
import type { EstateScene } from '../../attack/estate/scene.ts'
import { uses } from '../../attack/estate/uses.ts'
import { variablesOf } from '../../attack/step.ts'
import type { Fact, Power, Step, Variable } from '../../attack/step.ts'
import type { Given } from '../../checks/check.ts'
import type { Facts } from '../../graph/estate.ts'
import type { RelationRule, Target } from '../../model/describe.ts'
import type { ResourceType } from '../../model/types.gen.ts'
import { account, allow, arn, policy, resource, trust } from './lab.ts'

/** The resources that a step's premises describe, what the attacker holds among them, and the node of each variable. */
export interface StepEstate {
  readonly given: readonly Given[]
  holds(scene: EstateScene): readonly (readonly [Power, number])[]
  node(scene: EstateScene, variable: Variable): number
}

/** A type for each variable, and the rule that states each fact between them. */
interface Choice { readonly types: ReadonlyMap<string, string>, readonly rules: ReadonlyMap<Fact, RelationRule> }

/** Made by the scene, not by a resource. */
const made = new Set(['traces', 'rewritten principal', 'unbounded principal', 'retagged principal', 'group member', 'restored principal', 'service', 'account', 'storage', 'image', 'web'])

/** Facts that hold by what a scene does, not by a property. */
const implied = new Set(['trusts', 'rewrites', 'member of', 'attached to'])

/** What stands between a workload and its role: the property that names it, its type, and its own property for the role. */
const between: Readonly<Record<string, readonly [pointer: string, type: ResourceType, role: string]>> = {
  'AWS::EC2::Instance': ['IamInstanceProfile', 'AWS::IAM::InstanceProfile', 'Roles/*'],
  'AWS::EC2::LaunchTemplate': ['LaunchTemplateData/IamInstanceProfile/Arn', 'AWS::IAM::InstanceProfile', 'Roles/*'],
  'AWS::ECS::Service': ['TaskDefinition', 'AWS::ECS::TaskDefinition', 'TaskRoleArn'],
  'AWS::SageMaker::Space': ['DomainId', 'AWS::SageMaker::Domain', 'DefaultUserSettings/ExecutionRole'],
}

/** Makes the resources in which all premises of a step hold, with `tag` in their names; undefined where no property can state one of its facts. */
export const estateOf = (step: Step, facts: Facts, tag: string): StepEstate | undefined => {
  const variables = [...new Map([...step.when.flatMap(variablesOf), ...step.gives.map(({ on }) => on)].map((variable) => [variable.name, variable])).values()]
  const stated = step.when.filter((premise) => premise.kind === 'fact').filter(({ relation }) => !implied.has(relation))
  const choice = choose(variables, stated, facts)
  if (choice === undefined) return undefined
  const ids = new Map(variables.map((variable) => [variable.name, idOf(variable, choice.types.get(variable.name)!, tag)]))
  const properties = new Map<string, Record<string, unknown>>(variables.map(({ name }) => [name, {}]))
  const helpers: Given[] = []
  const permissions = new Map<string, string[]>()
  for (const fact of stated) {
    const { pointer, target } = choice.rules.get(fact)!
    const [own, type, to] = [properties.get(fact.from.name)!, choice.types.get(fact.from.name)!, ids.get(fact.to.name)!]
    if (pointer === 'use') {
      const role = stated.find(({ from, relation }) => from.name === fact.from.name && relation === 'runs as')
      const id = role === undefined ? `${account}:role/runner${tag}` : ids.get(role.to.name)!
      permissions.set(id, [uses[choice.types.get(fact.to.name)!]!.action])
      if (role !== undefined) continue
      helpers.push(resource('AWS::IAM::Role', { RoleName: `runner${tag}`, AssumeRolePolicyDocument: trust(`${account}:root`), Policies: [{ PolicyName: 'own', PolicyDocument: policy(allow(permissions.get(id)!)) }] }, { id }))
      put(own, facts.descriptions.get(type)!.relations.find(({ relation }) => relation === 'runs as')!.pointer.split('/'), id)
    } else if (pointer === 'between') {
      const [named_, middle, role] = between[type]!
      const id = arn('middle', `${fact.from.name}${tag}`)
      const held: Record<string, unknown> = {}
      put(held, role.split('/'), to)
      helpers.push({ type: middle, id, properties: held })
      put(own, named_.split('/'), id)
    } else put(own, pointer.split('/'), valueOf(target, to))
  }
  const own = step.when.find((premise) => premise.kind === 'self')
  const actor = own === undefined ? `${account}:role/actor${tag}` : ids.get(own.on.name)!
  const actions = step.when.flatMap((premise) => (premise.kind === 'may' ? [premise.action] : []))
  const grants = policy(allow(actions.length === 0 ? ['sts:GetCallerIdentity'] : actions))
  const services = step.when.flatMap((premise) => (premise.kind === 'fact' && premise.relation === 'trusts' ? [premise] : []))
  const given = variables.flatMap((variable): Given[] => {
    const [type, id] = [choice.types.get(variable.name)!, ids.get(variable.name)!]
    if (made.has(type)) return type === 'storage' ? [resource('AWS::S3::Bucket', { BucketName: `${variable.name.toLowerCase()}${tag}-bucket` })] : []
    const trusted = services.find(({ from }) => from.name === variable.name)?.to
    const extra = {
      ...type === 'AWS::IAM::Role' ? { AssumeRolePolicyDocument: trust(trusted?.id?.split('/')[0] ?? `${account}:root`) } : {},
      ...type === 'AWS::KMS::Key' ? { KeyPolicy: policy({ ...allow('kms:*'), Principal: { AWS: `${account}:root` } }) } : {},
      ...step.when.some((premise) => premise.kind === 'fact' && premise.relation === 'rewrites' && premise.from.types.includes('unbounded principal') && premise.to.name === variable.name)
        ? { PermissionsBoundary: 'arn:aws:iam::aws:policy/AdministratorAccess' } : {},
      ...Object.fromEntries(step.when.flatMap((premise) => {
        if (premise.kind !== 'fact') return []
        if (premise.relation === 'attached to' && premise.to.name === variable.name) return [['ManagedPolicyArns', [ids.get(premise.from.name)!]]]
        return premise.relation === 'member of' && premise.from.name === variable.name ? [['Groups', [ids.get(premise.to.name)!.split('/').at(-1)!]]] : []
      })),
    }
    const may = permissions.get(id)
    const acts = may !== undefined ? { Policies: [{ PolicyName: 'own', PolicyDocument: policy(allow(may)) }] } : id === actor ? { Policies: [{ PolicyName: 'own', PolicyDocument: grants }] } : {}
    return [{ type: type as ResourceType, id, properties: { ...named(type, `${variable.name}${tag}`), ...extra, ...acts, ...properties.get(variable.name) } }]
  })
  const others = own === undefined ? [resource('AWS::IAM::Role', { RoleName: `actor${tag}`, AssumeRolePolicyDocument: trust(`${account}:root`), Policies: [{ PolicyName: 'own', PolicyDocument: grants }] }, { id: actor })] : []
  const node = (scene: EstateScene, { name, id }: Variable): number => {
    const whose = step.when.find((premise) => premise.kind === 'fact' && premise.relation === 'rewrites' && premise.from.name === name)
    return find(scene, choice.types.get(name)!, id ?? ids.get(name)!, whose?.kind === 'fact' ? ids.get(whose.to.name)! : tag)
  }
  return {
    given: [...others, ...helpers, ...given],
    holds: (scene) => [[step.by, scene.find(actor) ?? -1], ...step.when.flatMap((premise) => (premise.kind === 'has' ? [[premise.power, node(scene, premise.on)] as const] : []))],
    node,
  }
}

const find = (scene: EstateScene, type: string, id: string, tag: string): number =>
  scene.find(id) ?? scene.ofType(type).find((node) => made.has(type) && scene.idOf(node).includes(tag)) ?? -1

/** Tries types variable by variable until a rule states each fact. */
const choose = (variables: readonly Variable[], stated: readonly Fact[], { descriptions }: Facts): Choice | undefined => {
  const rules = new Map<Fact, RelationRule>()
  const types = new Map<string, string>()
  const next = (at: number): boolean => {
    const variable = variables[at]
    if (variable === undefined) return true
    const linked = stated.some(({ from, to }) => from.name === variable.name || to.name === variable.name)
    return variable.types.some((type) => {
      if (!made.has(type) && !descriptions.has(type)) return false
      if (type === 'storage' && !linked) return false
      types.set(variable.name, type)
      const ready = stated.filter(({ from, to }) => types.has(from.name) && types.has(to.name))
      const found = ready.map((fact) => [fact, ruleOf(fact, types.get(fact.from.name)!, types.get(fact.to.name)!, descriptions)] as const)
      if (found.every(([, rule]) => rule !== undefined)) {
        for (const [fact, rule] of found) rules.set(fact, rule!)
        if (next(at + 1)) return true
      }
      types.delete(variable.name)
      return false
    })
  }
  return next(0) ? { types, rules } : undefined
}

/** The rule that states a fact between two types; what runs an image by a tag follows it. */
const ruleOf = (fact: Fact, from: string, to: string, descriptions: Facts['descriptions']): RelationRule | undefined => {
  const wanted = fact.relation === 'follows' ? 'runs image' : fact.relation
  return descriptions.get(from)?.relations.find(({ relation, target, pointer }) => relation === wanted && names(target, to) && (relation !== 'runs as' || isCodeRole(from, pointer))) ?? unstated(fact, from, to)
}

/** Relations that no property of the workload itself states: by what its role may do, by what stands between, by what the service tells. */
const unstated = ({ relation }: Fact, from: string, to: string): RelationRule | undefined => {
  if (relation === 'runs as' && from === 'AWS::CloudFormation::Stack') return { relation, pointer: 'BartizanRoleArn', target: 'AWS::IAM::Role' }
  if (relation === 'runs as' && between[from] !== undefined) return { relation, pointer: 'between', target: 'AWS::IAM::Role' }
  return uses[to]?.relation === relation && uses[to].by.includes(from) ? { relation, pointer: 'use', target: 'arn' } : undefined
}

const names = (target: Target, type: string): boolean => {
  if (target === 'storage') return type === 'storage' || type === 'AWS::S3::Bucket'
  if (target === 'image') return type === 'AWS::ECR::Repository' || type === 'image'
  if (target === 'model') return type === 'AWS::Bedrock::FoundationModel' || type === 'AWS::Bedrock::CustomModel'
  return target === 'arn' || (typeof target === 'string' ? target === type : target.includes(type as ResourceType))
}

const kindOf = (type: string): readonly string[] => type.split('::')

const idOf = ({ name: plain, id }: Variable, type: string, tag: string): string => {
  const name = `${plain}${tag}`
  if (id !== undefined) return id
  const [, service = '', kind = ''] = kindOf(type)
  if (type === 'storage') return `s3://${name.toLowerCase()}-bucket/part`
  if (type === 'AWS::S3::Bucket') return `arn:aws:s3:::${name.toLowerCase()}-bucket`
  if (type === 'account' || type === 'traces') return `${type}/111122223333`
  if (type === 'image') return 'docker.io/someone/image'
  if (type === 'AWS::Bedrock::FoundationModel') return 'bedrock models'
  if (service === 'IAM') return `${account}:${kind.toLowerCase().replace('managedpolicy', 'policy')}/${name}`
  return arn(service.toLowerCase(), `${kind.toLowerCase()}/${name}`)
}

const named = (type: string, name: string): Record<string, unknown> => {
  const [, service, kind = ''] = kindOf(type)
  if (type === 'AWS::S3::Bucket') return { BucketName: `${name.toLowerCase()}-bucket` }
  return service === 'IAM' ? { [kind === 'ManagedPolicy' ? 'ManagedPolicyName' : `${kind}Name`]: name } : { [`${kind}Name`]: name, Name: name }
}

const valueOf = (target: Target, id: string): unknown => {
  if (target === 'image') return id.startsWith('arn:') ? `111122223333.dkr.ecr.us-east-1.amazonaws.com/${id.split('/').at(-1)!}:1` : id
  if (target === 'storage') return id.startsWith('arn:') ? `s3://${id.split(':').at(-1)!}` : id
  return target === 'model' && id === 'bedrock models' ? 'amazon.nova-lite-v1:0' : id
}

const put = (into: Record<string, unknown>, [step = '', ...rest]: readonly string[], value: unknown): void => {
  if (rest.length === 0) {
    into[step] = value
    return
  }
  const list = rest[0] === '*'
  const held = into[step] ?? (list ? [] : {})
  into[step] = held
  if (!list) return put(held as Record<string, unknown>, rest, value)
  const items = held as unknown[]
  if (rest.length === 1) items.push(value)
  else {
    items[0] ??= {}
    put(items[0] as Record<string, unknown>, rest.slice(1), value)
  }
}
