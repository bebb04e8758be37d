import type { Estate } from '../../graph/estate.ts'
import { arnOf } from '../../graph/permissions.ts'
import type { Resource } from '../../model/resource.ts'
import type { Link } from '../scene.ts'
import { strangersOf } from './federation.ts'
import type { Nodes } from './nodes.ts'
import { trustedNames } from './trusted-names.ts'

const pointer = 'AssumeRolePolicyDocument'

/** Hands out credentials of a role to whoever signs in to an identity pool. */
const identityPools = 'cognito-identity.amazonaws.com'

/** Whom a role trusts beside principals: services, by name and kind of source, identity providers, and the organization's management account. */
export const makeTrust = (estate: Estate, nodes: Nodes, services: readonly string[]) => {
  const byPrincipal = Map.groupBy(services, (service) => service.split('/')[0]!)
  const memo = new Map<number, readonly Link[]>()
  return (role: number): readonly Link[] => {
    const known = memo.get(role)
    if (known !== undefined) return known
    // A role that is only named, because it stands outside the estate, has no trust policy to read.
    if (nodes.typeOf(role) !== 'AWS::IAM::Role' || role >= estate.table.length) return []
    const found = [...servicesOf(estate, nodes, byPrincipal, role), ...providersOf(estate, nodes, byPrincipal, role), ...strangersOf(estate, nodes, role), ...managementOf(estate, nodes, estate.resource(role))]
    memo.set(role, found)
    return found
  }
}

type Services = ReadonlyMap<string, readonly string[]>

const servicesOf = (estate: Estate, nodes: Nodes, byPrincipal: Services, role: number): Link[] => {
  const { account } = estate.resource(role)
  const arn = arnOf(estate.resource(role))
  const region = estate.header.regions[0] ?? 'us-east-1'
  const iam = estate.iam()
  return iam.whoCan('sts:AssumeRole', arn).filter(({ kind }) => kind === 'service').flatMap(({ principal }) => (byPrincipal.get(principal) ?? []).flatMap((service): Link[] => {
    const source = service.split('/')[1] ?? 'any'
    const decision = iam.can({
      principal, action: 'sts:AssumeRole', resource: arn,
      context: { 'aws:SourceAccount': account, 'aws:SourceArn': `arn:aws:${principal.split('.')[0]}:${region}:${account}:${source}/any` },
    })
    if (decision.verdict === 'deny') return []
    const node = nodes.add({ id: service, name: principal, type: 'service' })
    return [{ node, pointer, ...(decision.verdict === 'allow' ? {} : { condition: decision.conditions.map(({ text }) => text).join('; ') }) }]
  }))
}

const providersOf = (estate: Estate, nodes: Nodes, byPrincipal: Services, role: number): Link[] => {
  const arn = arnOf(estate.resource(role))
  const iam = estate.iam()
  const federated = ['sts:AssumeRoleWithWebIdentity', 'sts:AssumeRoleWithSAML'].flatMap((action) => iam.whoCan(action, arn)).filter(({ kind }) => kind === 'federated')
  return federated.flatMap(({ principal, conditions }): Link[] => {
    const provider = nodes.find(principal)
    if (provider !== undefined) return [{ node: provider, pointer }]
    // Whose pool it must be is the condition; whoever holds the pool signs in to it.
    const condition = conditions.map(({ text }) => text).join('; ')
    return principal === identityPools && byPrincipal.has(principal)
      ? [{ node: nodes.add({ id: principal, name: principal, type: 'service' }), pointer, ...condition === '' ? {} : { condition } }] : []
  })
}

const managementOf = (estate: Estate, nodes: Nodes, role: Resource): Link[] => {
  const management = estate.ofType('AWS::Organizations::Organization').map((index) => estate.resource(index).properties['ManagementAccountId'])[0]
  if (typeof management !== 'string' || management === role.account) return []
  const names = [...trustedNames(role)]
  if (!names.some((name) => name === management || name.endsWith(`:iam::${management}:root`))) return []
  return [{ node: nodes.add({ id: `management/${management}`, name: 'the management account', type: 'management account' }), pointer }]
}
