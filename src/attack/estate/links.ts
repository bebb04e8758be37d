import { placesAt, valueAt } from '../../core/pointer.ts'
import type { Estate } from '../../graph/estate.ts'
import type { Relation } from '../../model/relations.ts'
import type { Link } from '../scene.ts'
import { makeAttached } from './attached.ts'
import type { Nodes } from './nodes.ts'

/** Relations that hold for a whole when they hold for its part, and for what was made when they hold for what it was made from. */
const lifted = new Set<Relation>(['ingests', 'calls', 'loads', 'serves', 'runs image', 'runs code', 'answers from', 'stores in', 'guarded by', 'invokes', 'logs to', 'reads', 'writes', 'routes to'])

/** A thing that stands for another: who calls the alias of an agent calls the agent. */
const aliases = new Set(['AWS::Bedrock::AgentAlias'])
const towards = new Set<Relation>(['calls', 'invokes', 'routes to'])

const principals = new Set(['AWS::IAM::Role', 'AWS::IAM::User'])

/** What a thing takes its parts from. */
const templates = new Set(['AWS::SageMaker::EndpointConfig', 'AWS::ECS::TaskDefinition', 'AWS::SageMaker::ModelPackage', 'AWS::EC2::LaunchTemplate'])

export interface Links {
  out(node: number, relation: Relation): readonly Link[]
  in(node: number, relation: Relation): readonly Link[]
}

/** The relations of an estate as steps use them: an endpoint serves what its configuration names, an instance runs as its profile's role. */
export const makeLinks = (estate: Estate, nodes: Nodes): Links => {
  const { graph } = estate
  const inGraph = (node: number) => node < graph.size
  const typeOf = (node: number) => graph.node(node).type
  const web = webSources(estate, nodes)
  const attached = makeAttached(estate)

  const through = (node: number, relation: Relation): number[] => {
    if (relation === 'runs as' && graph.out(node, 'runs as').length > 0) return graph.out(node, 'runs as').map((edge) => edge.node).filter((other) => typeOf(other) === 'AWS::IAM::InstanceProfile')
    if (relation === 'runs as') return roleLess(node) ? graph.out(node, 'part of').map((edge) => edge.node) : graph.out(node, 'derives from').map((edge) => edge.node).filter((other) => templates.has(typeOf(other)))
    if (!lifted.has(relation)) return []
    return [
      ...graph.in(node, 'part of').map((edge) => edge.node),
      ...[...graph.out(node, 'derives from'), ...graph.out(node, 'serves')].map((edge) => edge.node).filter((other) => templates.has(typeOf(other))),
    ]
  }
  const back = (node: number, relation: Relation): number[] => {
    if (relation === 'runs as') {
      if (typeOf(node) === 'AWS::IAM::InstanceProfile') return graph.in(node, 'runs as').map((edge) => edge.node)
      if (typeOf(node) === 'AWS::SageMaker::Domain') return graph.in(node, 'part of').map((edge) => edge.node).filter(roleLess)
      return templates.has(typeOf(node)) ? graph.in(node, 'derives from').map((edge) => edge.node) : []
    }
    if (!lifted.has(relation)) return []
    return [
      ...graph.out(node, 'part of').map((edge) => edge.node),
      ...(templates.has(typeOf(node)) ? [...graph.in(node, 'derives from'), ...graph.in(node, 'serves')].map((edge) => edge.node) : []),
    ]
  }
  /** Services register with the target group that they name. */
  const tasksOf = (node: number): readonly Link[] => (typeOf(node) === 'AWS::ElasticLoadBalancingV2::TargetGroup' ? graph.in(node, 'part of') : [])
  /** What an alias stands for goes beside it. */
  const withWhole = (found: readonly Link[], relation: Relation): readonly Link[] =>
    (towards.has(relation) ? found.flatMap((link) => [link, ...(aliases.has(typeOf(link.node)) ? graph.out(link.node, 'part of').map(({ node }) => ({ node, pointer: link.pointer })) : [])]) : found)
  /** A profile or space without a role of its own has the domain's. */
  const roleLess = (node: number) => (typeOf(node) === 'AWS::SageMaker::UserProfile' || typeOf(node) === 'AWS::SageMaker::Space') && graph.out(node, 'runs as').length === 0

  return {
    out(node, relation) {
      if (!inGraph(node)) return outOfExtra(nodes, node, relation)
      switch (relation) {
        case 'encrypted with': return keysOf(estate, node)
        case 'member of': return typeOf(node) === 'AWS::IAM::User' ? graph.out(node, 'part of') : []
        case 'part of': return typeOf(node) === 'AWS::IAM::PolicyVersion' ? policyOf(estate, node) : graph.out(node, relation)
        case 'attached to': return typeOf(node) === 'AWS::IAM::ManagedPolicy' ? attached.principalsOf(node) : graph.out(node, relation)
        case 'ingests': return once([...graph.out(node, relation), ...through(node, relation).flatMap((other) => graph.out(other, relation)), ...web.out(node), ...graph.in(node, 'part of').flatMap((part) => web.out(part.node))])
        case 'derives from': return typeOf(node) === 'AWS::IAM::Role' ? permissionSetOf(estate, node) : graph.out(node, relation)
        case 'chooses from': return choosesByName(estate, node) ? graph.out(node, 'loads') : []
        case 'routes to': return once([...listenersOpen(estate, graph.out(node, relation), node), ...through(node, relation).flatMap((other) => listenersOpen(estate, graph.out(other, relation), other)), ...tasksOf(node)])
        default: return once(withWhole([...graph.out(node, relation), ...through(node, relation).flatMap((other) => graph.out(other, relation))], relation))
      }
    },
    in(node, relation) {
      if (relation === 'ingests') {
        const crawlers = web.in(node)
        if (crawlers.length > 0) return crawlers
      }
      if (!inGraph(node)) return []
      if (relation === 'member of') return graph.in(node, 'part of')
      if (relation === 'rewrites') return []
      if (relation === 'attached to' && principals.has(typeOf(node))) return attached.policiesOf(node)
      if (relation === 'chooses from') return graph.in(node, 'loads').filter((link) => choosesByName(estate, link.node))
      const stated = [...graph.in(node, relation), ...(towards.has(relation) ? graph.in(node, 'part of').filter((part) => aliases.has(typeOf(part.node))).flatMap((part) => graph.in(part.node, relation)) : [])]
      const direct = relation === 'routes to' ? [...stated.filter((link) => listenersOpen(estate, [link], link.node).length > 0), ...(typeOf(node) === 'AWS::ECS::Service' ? graph.out(node, 'part of') : [])] : stated
      return once([...direct, ...direct.flatMap((link) => back(link.node, relation).map((other) => ({ node: other, pointer: link.pointer })))])
    },
  }
}

const once = (links: readonly Link[]): readonly Link[] => {
  if (links.length < 2) return links
  const seen = new Set<number>()
  return links.filter(({ node }) => !seen.has(node) && seen.add(node))
}

/** Variants of principals know whose they are, and the group or the policy version that makes them. */
const outOfExtra = (nodes: Nodes, node: number, relation: Relation): readonly Link[] => {
  const { of, about, type } = nodes.extra(node)!
  if (relation === 'rewrites' && of !== undefined) return [{ node: of, pointer: '' }]
  if (relation === 'rewrites' && type === 'retagged resource') return [{ node: about!, pointer: 'Tags' }]
  const made = { 'group member': 'member of', 'restored principal': 'derives from' }[type]
  return about !== undefined && relation === made ? [{ node: about, pointer: '' }] : []
}

/** The customer managed keys of a place or a resource: a place has its bucket's. */
const keysOf = ({ graph, table }: Estate, node: number): readonly Link[] => {
  let at = node
  while (graph.node(at).kind === 'storage') {
    const outer = graph.in(at, 'contains')[0]
    if (outer === undefined) break
    at = outer.node
  }
  return graph.out(at, 'encrypted with').flatMap((link) => (graph.node(link.node).type === 'AWS::KMS::Alias' ? graph.out(link.node, 'routes to').map(({ node: key }) => ({ node: key, pointer: link.pointer })) : [link])).filter((link) => {
    const { resource, type } = graph.node(link.node)
    return type === 'AWS::KMS::Key' && resource !== undefined && table.get(resource).properties['KeyManager'] !== 'AWS'
  })
}

/** Whether a model serves whichever artifact a request names: a multi-model container. */
const choosesByName = ({ table, graph }: Estate, model: number): boolean => {
  const { resource, type } = graph.node(model)
  if (type !== 'AWS::SageMaker::Model' || resource === undefined) return false
  const { properties } = table.get(resource)
  return [...placesAt(properties, 'PrimaryContainer/Mode'), ...placesAt(properties, 'Containers/*/Mode')].some(({ value }) => value === 'MultiModel')
}

/** What a listener forwards to without asking its callers to sign in first. */
const listenersOpen = ({ table, graph }: Estate, links: readonly Link[], from: number): readonly Link[] => {
  const { resource, type } = graph.node(from)
  if (type !== 'AWS::ElasticLoadBalancingV2::Listener' || resource === undefined) return links
  return placesAt(table.get(resource).properties, 'DefaultActions/*/Type').some(({ value }) => String(value).startsWith('authenticate-')) ? [] : links
}

/** The policy of a version, whose id is the policy's ARN and `:v2`. */
const policyOf = ({ graph, references }: Estate, version: number): readonly Link[] => {
  const policy = references.byId(graph.node(version).id.replace(/:v\d+$/, ''))
  return policy === undefined ? [] : [{ node: policy, pointer: 'VersionId' }]
}

/** The permission set of a role that IAM Identity Center made: `AWSReservedSSO_NAME_0123456789abcdef`. */
const permissionSetOf = (estate: Estate, role: number): readonly Link[] => {
  if (role >= estate.table.length) return []
  const [, name] = /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/.exec(estate.resource(role).name) ?? []
  return name === undefined ? [] : estate.ofType('AWS::SSO::PermissionSet').filter((set) => estate.resource(set).name === name).map((set) => ({ node: set, pointer: 'RoleName' }))
}

/** Places on the web that a knowledge base crawls: what stands there is anybody's to write. */
const webSources = (estate: Estate, nodes: Nodes) => {
  const outward = new Map<number, Link[]>()
  const inward = new Map<number, Link[]>()
  for (const source of estate.ofType('AWS::Bedrock::DataSource')) {
    const { properties } = estate.resource(source)
    if (valueAt(properties, 'DataSourceConfiguration/Type') !== 'WEB') continue
    const pointer = 'DataSourceConfiguration/WebConfiguration/SourceConfiguration/UrlConfiguration/SeedUrls'
    const seeds = placesAt(properties, `${pointer}/*/Url`).map(({ value }) => String(value))
    const node = nodes.add({ id: `web/${seeds[0] ?? estate.resource(source).id}`, name: seeds[0] ?? 'the web', type: 'web' })
    outward.set(source, [{ node, pointer }])
    inward.set(node, [...inward.get(node) ?? [], { node: source, pointer }, ...estate.graph.out(source, 'part of')])
  }
  return { out: (node: number) => outward.get(node) ?? [], in: (node: number) => inward.get(node) ?? [] }
}
