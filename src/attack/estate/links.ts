import type { Estate } from '../../graph/estate.ts'
import type { Relation } from '../../model/relations.ts'
import type { Link } from '../scene.ts'
import { makeAttached } from './attached.ts'
import { codeRoles } from './code-roles.ts'
import { makeImages } from './images.ts'
import type { Nodes } from './nodes.ts'
import { choosesByName, keysOf, listenersOpen, permissionSetOf, policyOf } from './particular.ts'
import { makeWebSources } from './web-sources.ts'

/** Relations that hold for a whole when they hold for its part, and for what was made when they hold for what it was made from. */
const lifted = new Set<Relation>([
  'ingests', 'calls', 'loads', 'serves', 'runs image', 'follows', 'runs code', 'answers from', 'stores in', 'guarded by', 'invokes', 'logs to', 'reads', 'writes', 'routes to',
])

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
  const web = makeWebSources(estate, nodes)
  const attached = makeAttached(estate)
  const images = makeImages(estate)
  const roles = codeRoles(estate)

  /** What properties state, as far as an attacker can use it. */
  const stated = (node: number, relation: Relation): readonly Link[] => {
    switch (relation) {
      case 'runs image': case 'follows': return images.out(node, relation === 'follows')
      case 'ingests': return [...graph.out(node, relation), ...web.out(node)]
      case 'routes to': return listenersOpen(estate, graph.out(node, relation), node)
      case 'runs as': return roles.out(node)
      default: return graph.out(node, relation)
    }
  }
  const statedOf = (node: number, relation: Relation): readonly Link[] => {
    switch (relation) {
      case 'runs image': case 'follows': return images.in(node, relation === 'follows')
      case 'routes to': return graph.in(node, relation).filter((link) => listenersOpen(estate, [link], link.node).length > 0)
      case 'runs as': return roles.in(node)
      default: return graph.in(node, relation)
    }
  }

  /** A profile or space without a role of its own has the domain's. */
  const roleLess = (node: number) => (typeOf(node) === 'AWS::SageMaker::UserProfile' || typeOf(node) === 'AWS::SageMaker::Space') && graph.out(node, 'runs as').length === 0

  /** Where else a relation of a node may be stated: in its parts, in what it was made from. */
  const through = (node: number, relation: Relation): number[] => {
    if (relation === 'runs as') {
      const own = graph.out(node, 'runs as').map((edge) => edge.node)
      if (own.length > 0) return own.filter((other) => typeOf(other) === 'AWS::IAM::InstanceProfile')
      return roleLess(node) ? graph.out(node, 'part of').map((edge) => edge.node) : madeFrom(node, 'derives from')
    }
    return lifted.has(relation) ? [...graph.in(node, 'part of').map((edge) => edge.node), ...madeFrom(node, 'derives from'), ...madeFrom(node, 'serves')] : []
  }
  const madeFrom = (node: number, relation: Relation): number[] => graph.out(node, relation).map((edge) => edge.node).filter((other) => templates.has(typeOf(other)))

  /** The same the other way round: whose relation it is when a node states it. */
  const back = (node: number, relation: Relation): number[] => {
    const made = templates.has(typeOf(node)) ? graph.in(node, 'derives from').map((edge) => edge.node) : []
    if (relation === 'runs as') {
      if (typeOf(node) === 'AWS::IAM::InstanceProfile') return graph.in(node, 'runs as').map((edge) => edge.node)
      return typeOf(node) === 'AWS::SageMaker::Domain' ? graph.in(node, 'part of').map((edge) => edge.node).filter(roleLess) : made
    }
    if (!lifted.has(relation)) return []
    return [...graph.out(node, 'part of').map((edge) => edge.node), ...made, ...(templates.has(typeOf(node)) ? graph.in(node, 'serves').map((edge) => edge.node) : [])]
  }

  /** What an alias stands for goes beside it. */
  const withWhole = (link: Link): readonly Link[] =>
    [link, ...(aliases.has(typeOf(link.node)) ? graph.out(link.node, 'part of').map(({ node }) => ({ node, pointer: link.pointer })) : [])]
  const ofAliases = (node: number, relation: Relation): readonly Link[] =>
    graph.in(node, 'part of').filter((part) => aliases.has(typeOf(part.node))).flatMap((part) => statedOf(part.node, relation))

  return {
    out(node, relation) {
      if (!inGraph(node)) return outOfExtra(nodes, node, relation)
      const type = typeOf(node)
      switch (relation) {
        case 'encrypted with': return keysOf(estate, node)
        case 'member of': return type === 'AWS::IAM::User' ? graph.out(node, 'part of') : []
        case 'part of': return type === 'AWS::IAM::PolicyVersion' ? policyOf(estate, node) : graph.out(node, relation)
        case 'attached to': return type === 'AWS::IAM::ManagedPolicy' ? attached.principalsOf(node) : graph.out(node, relation)
        case 'derives from': return type === 'AWS::IAM::Role' ? permissionSetOf(estate, node) : graph.out(node, relation)
        case 'chooses from': return choosesByName(estate, node) ? graph.out(node, 'loads') : []
        default: {
          const found = [node, ...through(node, relation)].flatMap((other) => stated(other, relation))
          // Services register with the target group that they name.
          const registered = relation === 'routes to' && type === 'AWS::ElasticLoadBalancingV2::TargetGroup' ? graph.in(node, 'part of') : []
          return once([...towards.has(relation) ? found.flatMap(withWhole) : found, ...registered])
        }
      }
    },
    in(node, relation) {
      const crawlers = relation === 'ingests' ? web.in(node) : []
      if (crawlers.length > 0 || !inGraph(node)) return crawlers
      const type = typeOf(node)
      if (relation === 'member of') return graph.in(node, 'part of')
      if (relation === 'rewrites') return []
      if (relation === 'attached to' && principals.has(type)) return attached.policiesOf(node)
      if (relation === 'chooses from') return graph.in(node, 'loads').filter((link) => choosesByName(estate, link.node))
      const registered = relation === 'routes to' && type === 'AWS::ECS::Service' ? graph.out(node, 'part of') : []
      const direct = [...statedOf(node, relation), ...towards.has(relation) ? ofAliases(node, relation) : [], ...registered]
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
