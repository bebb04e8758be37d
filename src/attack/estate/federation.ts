import { isUnknown } from '../../core/unknown.ts'
import type { Estate } from '../../graph/estate.ts'
import { arnOf } from '../../graph/permissions.ts'
import { placesAt } from '../../core/pointer.ts'
import type { Link } from '../scene.ts'
import { anyone } from './people.ts'
import type { Links } from './links.ts'
import type { Nodes } from './nodes.ts'

/** Providers in which anybody has an account, and the subject that a stranger's token then has. */
const publicProviders: Readonly<Record<string, string>> = {
  'token.actions.githubusercontent.com': 'repo:bartizan-nobody/bartizan-nobody:ref:refs/heads/main',
  'gitlab.com': 'project_path:bartizan-nobody/bartizan-nobody:ref_type:branch:ref:main',
  'app.terraform.io': 'organization:bartizan-nobody:project:bartizan-nobody:workspace:bartizan-nobody:run_phase:apply',
  'agent.buildkite.com': 'organization:bartizan-nobody:pipeline:bartizan-nobody:ref:refs/heads/main:commit:0:step:0',
}

const webIdentity = 'sts:AssumeRoleWithWebIdentity'
const pointer = 'AssumeRolePolicyDocument'
const cognito = 'cognito-identity.amazonaws.com'

/** Roles that a stranger may take with a token: by a provider in which anybody has an account, where the trust policy does not say whose. */
export const strangersOf = (estate: Estate, nodes: Nodes, role: number): readonly Link[] => {
  const arn = arnOf(estate.resource(role))
  const iam = estate.iam()
  const providers = iam.whoCan(webIdentity, arn).filter(({ kind }) => kind === 'federated').map(({ principal }) => principal)
  return [...new Set(providers)].flatMap((principal): Link[] => {
    const { host, clients } = providerOf(estate, principal)
    const sub = publicProviders[host]
    const lets = sub !== undefined && clients.some((aud) => iam.verdict({ principal, action: webIdentity, resource: arn, context: { [`${host}:sub`]: sub, [`${host}:aud`]: aud } }) === 'allow')
    return lets ? [{ node: nodes.add({ id: `anyone at ${host}`, name: host, type: 'public identity provider' }), pointer }] : []
  })
}

const providerOf = (estate: Estate, principal: string): { readonly host: string, readonly clients: readonly string[] } => {
  const known = estate.ofType('AWS::IAM::OIDCProvider').map((node) => estate.resource(node)).find((provider) => provider.arn === principal || provider.id === principal)
  const url = known?.properties['Url']
  const clients = placesAt(known?.properties ?? {}, 'ClientIdList/*').map(({ value }) => value).filter((value) => typeof value === 'string')
  const host = typeof url === 'string' ? url.replace(/^https:\/\//, '').replace(/\/$/, '') : principal.replace(/^.*:oidc-provider\//, '')
  return { host, clients: clients.length === 0 ? ['sts.amazonaws.com'] : clients }
}

/** Identity pools that let guests in, and the role that a guest gets. */
export const makeGuests = (estate: Estate, nodes: Nodes): Links => {
  const outward = new Map<number, Link[]>()
  const inward = new Map<number, Link[]>()
  const open = nodes.add({ id: anyone, name: 'anyone', type: 'anyone' })
  const poolOf = (node: number) => {
    const { resource, type } = estate.graph.node(node)
    return resource === undefined || type !== 'AWS::Cognito::IdentityPool' ? undefined : estate.resource(resource).properties
  }
  for (const attachment of estate.ofType('AWS::Cognito::IdentityPoolRoleAttachment')) {
    const { properties } = estate.resource(attachment)
    const named = (properties['Roles'] as Readonly<Record<string, unknown>> | undefined)?.['unauthenticated']
    const role = typeof named === 'string' ? estate.references.find(['AWS::IAM::Role'], named, estate.resource(attachment)) : undefined
    for (const { node: pool } of role === undefined ? [] : estate.graph.out(attachment, 'part of')) {
      const settings = poolOf(pool)
      if (role === undefined || settings?.['AllowUnauthenticatedIdentities'] !== true || !trusts(estate, role, settings['Id'])) continue
      const guest: Omit<Link, 'node'> = { pointer: 'Roles/unauthenticated', ...settings['AllowClassicFlow'] === true ? {} : { condition: enhanced } }
      outward.set(pool, [...outward.get(pool) ?? [], { ...guest, node: role }])
      inward.set(role, [...inward.get(role) ?? [], { ...guest, node: pool }])
    }
  }
  return {
    out: (node, relation) => {
      if (relation === 'shared with' && outward.has(node)) return [{ node: open, pointer: 'AllowUnauthenticatedIdentities' }]
      return relation === 'runs as' ? outward.get(node) ?? [] : []
    },
    in: (node, relation) => (relation === 'runs as' ? inward.get(node) ?? [] : []),
  }
}

const enhanced = 'that the service is one of those which Amazon Cognito opens to guests, since the classic flow is off'

const trusts = (estate: Estate, role: number, pool: unknown): boolean =>
  estate.iam().verdict({
    principal: cognito, action: webIdentity, resource: arnOf(estate.resource(role)),
    context: { [`${cognito}:amr`]: 'unauthenticated', ...typeof pool === 'string' && !isUnknown(pool) ? { [`${cognito}:aud`]: pool } : {} },
  }) !== 'deny'
