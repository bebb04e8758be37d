import { formatArn, partitionOf } from '../core/arn.ts'
import { placesAt } from '../core/pointer.ts'
import { unknown } from '../core/unknown.ts'
import type { IamInput, PolicyInput, PolicyKind, PrincipalInput, GroupInput } from '../iam/model.ts'
import type { Resource } from '../model/resource.ts'
import type { Estate, Facts } from './estate.ts'
import { accountInputs, endpointInputs } from './organization.ts'
import { resourceInputs } from './resource-inputs.ts'

/** Policies of an estate while they are being gathered. */
export interface PolicyBook {
  readonly policies: PolicyInput[]
  add(kind: PolicyKind, id: string, document: unknown, from: Resource, pointer: string, name?: string): string
}

/** Reads out of an estate what the IAM engine decides on: who there is, which policies bind whom, what guards each resource. */
export const permissionsOf = (estate: Estate, facts: Facts): IamInput => {
  const book = policyBook()
  const attached = attachments(estate, book)
  const identities = (['AWS::IAM::User', 'AWS::IAM::Role', 'AWS::SSO::PermissionSet'] as const).slice(0, 2)
    .flatMap((type) => estate.ofType(type).map((index) => estate.resource(index)))
  const principals = identities.map((resource): PrincipalInput => principal(estate, facts, book, attached, resource))
  const groups = estate.ofType('AWS::IAM::Group').map((index): GroupInput => {
    const resource = estate.resource(index)
    return { arn: arnOf(resource), policies: identityPolicies(estate, facts, book, attached, resource) }
  })
  const resources = resourceInputs(estate, book)
  return {
    policies: book.policies,
    principals,
    groups,
    resources,
    accounts: accountInputs(estate, book),
    endpoints: endpointInputs(estate, book),
  }
}

const policyBook = (): PolicyBook => {
  const policies: PolicyInput[] = []
  const known = new Set<string>()
  return {
    policies,
    add(kind, id, document, from, pointer, name = from.name) {
      if (known.has(id)) return id
      known.add(id)
      const line = from.lines?.[pointer] ?? from.location?.line
      const location = { resource: from.id, pointer, ...(from.location === undefined ? {} : { file: from.location.file }), ...(line === undefined ? {} : { line }) }
      policies.push({ id, name, kind, document: document ?? unknown(`${from.id} has no readable policy`), location })
      return id
    },
  }
}

/** The ARN of an IAM entity, made from its name where the source gives none. */
export const arnOf = (resource: Resource): string => {
  if (resource.arn !== undefined) return resource.arn
  if (resource.id.startsWith('arn:')) return resource.id
  const kind = resource.type.slice(resource.type.lastIndexOf(':') + 1).toLowerCase().replace('managedpolicy', 'policy')
  const path = typeof resource.properties['Path'] === 'string' ? resource.properties['Path'] : '/'
  return formatArn({ partition: partitionOf(resource.region), service: 'iam', region: '', account: resource.account, resource: `${kind}${path}${resource.name}` })
}

/** Policies that are resources of their own and name whom they bind (`AWS::IAM::Policy` and its like). */
const attachments = (estate: Estate, book: PolicyBook): Map<string, string[]> => {
  const bound = new Map<string, string[]>()
  const bind = (resource: Resource, pointer: string, type: string, policy: string) => {
    for (const { value } of placesAt(resource.properties, pointer)) {
      const index = typeof value === 'string' ? estate.references.find([type], value, resource) : undefined
      if (index === undefined) continue
      const id = estate.table.idOf(index)
      bound.set(id, [...(bound.get(id) ?? []), policy])
    }
  }
  const separate: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
    'AWS::IAM::Policy': [['Roles/*', 'AWS::IAM::Role'], ['Users/*', 'AWS::IAM::User'], ['Groups/*', 'AWS::IAM::Group']],
    'AWS::IAM::ManagedPolicy': [['Roles/*', 'AWS::IAM::Role'], ['Users/*', 'AWS::IAM::User'], ['Groups/*', 'AWS::IAM::Group']],
    'AWS::IAM::RolePolicy': [['RoleName', 'AWS::IAM::Role']],
    'AWS::IAM::UserPolicy': [['UserName', 'AWS::IAM::User']],
    'AWS::IAM::GroupPolicy': [['GroupName', 'AWS::IAM::Group']],
  }
  for (const [type, targets] of Object.entries(separate)) {
    for (const index of estate.ofType(type)) {
      const resource = estate.resource(index)
      const id = type === 'AWS::IAM::ManagedPolicy' ? arnOf(resource) : resource.id
      const policy = book.add('identity', id, resource.properties['PolicyDocument'], resource, 'PolicyDocument')
      for (const [pointer, target] of targets) bind(resource, pointer, target, policy)
    }
  }
  return bound
}

const principal = (estate: Estate, facts: Facts, book: PolicyBook, attached: Map<string, string[]>, resource: Resource): PrincipalInput => {
  const { properties } = resource
  const arn = arnOf(resource)
  const boundary = properties['PermissionsBoundary']
  const trust = resource.type === 'AWS::IAM::Role'
    ? { trust: book.add('trust', `${arn}#trust`, properties['AssumeRolePolicyDocument'], resource, 'AssumeRolePolicyDocument', `trust policy of ${resource.name}`) }
    : {}
  const uniqueId = properties['RoleId'] ?? properties['UserId']
  return {
    arn,
    ...(typeof uniqueId === 'string' ? { id: uniqueId } : {}),
    policies: resource.partial === undefined ? identityPolicies(estate, facts, book, attached, resource) : unknown(resource.partial),
    ...trust,
    ...(boundary === undefined ? {} : { boundary: typeof boundary === 'string' ? managed(estate, facts, book, boundary, resource) : unknown('the permissions boundary is not known') }),
    ...(resource.type === 'AWS::IAM::User' ? { groups: groupsOf(estate, resource) } : {}),
    tags: resource.tags,
  }
}

const groupsOf = (estate: Estate, user: Resource): string[] => {
  const named = placesAt(user.properties, 'Groups/*').map(({ value }) => value)
  const added = estate.ofType('AWS::IAM::UserToGroupAddition').map((index) => estate.resource(index))
    .filter((addition) => placesAt(addition.properties, 'Users/*').some(({ value }) => value === user.name || value === user.id))
    .map((addition) => addition.properties['GroupName'])
  return [...named, ...added].filter((group) => typeof group === 'string').map((group) => {
    const index = estate.references.find(['AWS::IAM::Group'], group, user)
    return index === undefined ? `arn:${partitionOf(user.region)}:iam::${user.account}:group/${group}` : arnOf(estate.resource(index))
  })
}

const identityPolicies = (estate: Estate, facts: Facts, book: PolicyBook, attached: Map<string, string[]>, resource: Resource): string[] => {
  const inline = placesAt(resource.properties, 'Policies/*').map(({ value, pointer }) => {
    const { PolicyName: name, PolicyDocument: document } = value as { PolicyName?: string, PolicyDocument?: unknown }
    return book.add('identity', `${arnOf(resource)}#${name ?? pointer}`, document, resource, `${pointer}/PolicyDocument`, `${name ?? pointer} of ${resource.name}`)
  })
  const managedIds = placesAt(resource.properties, 'ManagedPolicyArns/*')
    .map(({ value }) => (typeof value === 'string' ? managed(estate, facts, book, value, resource) : book.add('identity', `${arnOf(resource)}#unknown`, value, resource, 'ManagedPolicyArns')))
  return [...inline, ...managedIds, ...(attached.get(resource.id) ?? [])]
}

/** A managed policy by ARN: the snapshot's, else AWS's own as it ships with the package; else the id stays a gap. */
const managed = (estate: Estate, facts: Facts, book: PolicyBook, reference: string, from: Resource): string => {
  const index = estate.references.find(['AWS::IAM::ManagedPolicy'], reference, from)
  if (index !== undefined) {
    const policy = estate.resource(index)
    return book.add('identity', arnOf(policy), policy.properties['PolicyDocument'], policy, 'PolicyDocument')
  }
  const document = facts.managedPolicy(reference)
  return document === undefined ? reference : book.add('identity', reference, document, from, 'ManagedPolicyArns', reference.slice(reference.lastIndexOf('/') + 1))
}
