import { placesAt } from '../../core/pointer.ts'
import type { Estate } from '../../graph/estate.ts'
import type { Link } from '../scene.ts'

/** The customer managed keys of a place or a resource: a place has its bucket's. */
export const keysOf = ({ graph, table }: Estate, node: number): readonly Link[] => {
  let at = node
  while (graph.node(at).kind === 'storage') {
    const outer = graph.in(at, 'contains')[0]
    if (outer === undefined) break
    at = outer.node
  }
  const behind = (link: Link): readonly Link[] =>
    (graph.node(link.node).type === 'AWS::KMS::Alias' ? graph.out(link.node, 'routes to').map(({ node: key }) => ({ node: key, pointer: link.pointer })) : [link])
  return graph.out(at, 'encrypted with').flatMap(behind).filter((link) => {
    const { resource, type } = graph.node(link.node)
    return type === 'AWS::KMS::Key' && resource !== undefined && table.get(resource).properties['KeyManager'] !== 'AWS'
  })
}

/** Whether a model serves whichever artifact a request names: a multi-model container. */
export const choosesByName = ({ table, graph }: Estate, model: number): boolean => {
  const { resource, type } = graph.node(model)
  if (type !== 'AWS::SageMaker::Model' || resource === undefined) return false
  const { properties } = table.get(resource)
  return [...placesAt(properties, 'PrimaryContainer/Mode'), ...placesAt(properties, 'Containers/*/Mode')].some(({ value }) => value === 'MultiModel')
}

/** What a listener forwards to without asking its callers to sign in first. */
export const listenersOpen = ({ table, graph }: Estate, links: readonly Link[], from: number): readonly Link[] => {
  const { resource, type } = graph.node(from)
  if (type !== 'AWS::ElasticLoadBalancingV2::Listener' || resource === undefined) return links
  return placesAt(table.get(resource).properties, 'DefaultActions/*/Type').some(({ value }) => String(value).startsWith('authenticate-')) ? [] : links
}

/** The policy of a version, whose id is the policy's ARN and `:v2`. */
export const policyOf = ({ graph, references }: Estate, version: number): readonly Link[] => {
  const policy = references.byId(graph.node(version).id.replace(/:v\d+$/, ''))
  return policy === undefined ? [] : [{ node: policy, pointer: 'VersionId' }]
}

/** The permission set of a role that IAM Identity Center made: `AWSReservedSSO_NAME_0123456789abcdef`. */
export const permissionSetOf = (estate: Estate, role: number): readonly Link[] => {
  const [, name] = /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/.exec(estate.resource(role).name) ?? []
  return name === undefined ? [] : estate.ofType('AWS::SSO::PermissionSet').filter((set) => estate.resource(set).name === name).map((set) => ({ node: set, pointer: 'RoleName' }))
}
