import type { Estate } from '../../graph/estate.ts'
import { arnOf } from '../../graph/permissions.ts'
import type { IamInput, PolicyInput, PrincipalInput } from '../../iam/model.ts'
import { tagsThatGrant } from './granting-tags.ts'
import type { Links } from './links.ts'
import type { Nodes } from './nodes.ts'

/** A principal as it would be after a change that somebody may make to it. */
export interface Variant {
  /** The principal's node. */
  readonly of: number
  readonly type: VariantType
  readonly id: string
  readonly name: string
  /** The group that it joined, the policy version that it got back. */
  readonly about?: number
  change(principal: PrincipalInput): PrincipalInput
}

export type VariantType = 'rewritten principal' | 'unbounded principal' | 'retagged principal' | 'group member' | 'restored principal'

/** The policy that stands for any policy: every permission, limited only by boundary, SCPs and RCPs. */
export const everything: PolicyInput =
  { id: 'bartizan:everything', kind: 'identity', name: 'any policy', document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } }

/** What the finders of variants need. */
export interface Ground {
  readonly estate: Estate
  readonly input: IamInput
  readonly nodes: Nodes
  readonly links: Links
  /** Those who may do one of the actions to an IAM entity and do not administer their account. */
  editors(node: number, actions: readonly string[]): ReadonlySet<string>
}

/** Every variant of every principal that somebody who is no administrator could bring about, policy versions added to `input` beside them. */
export const variantsOf = (ground: Ground): Variant[] => [...rewritten(ground), ...unbounded(ground), ...retagged(ground), ...grouped(ground), ...restored(ground)]

const with_ = (principal: PrincipalInput, policies: (known: readonly string[]) => readonly string[]): PrincipalInput =>
  ({ ...principal, policies: policies(Array.isArray(principal.policies) ? principal.policies as readonly string[] : []) })

/** Actions that change what a principal's identity policies say. */
const editing: Readonly<Record<string, readonly string[]>> = {
  'AWS::IAM::Role': ['iam:PutRolePolicy', 'iam:AttachRolePolicy'],
  'AWS::IAM::User': ['iam:PutUserPolicy', 'iam:AttachUserPolicy'],
  'AWS::IAM::Group': ['iam:PutGroupPolicy', 'iam:AttachGroupPolicy'],
  'AWS::IAM::ManagedPolicy': ['iam:CreatePolicyVersion'],
}

const rewritten = ({ estate, nodes, links, editors }: Ground): Variant[] => {
  const editable = new Set<number>()
  for (const [type, actions] of Object.entries(editing)) {
    for (const node of estate.ofType(type)) {
      if (editors(node, actions).size === 0) continue
      if (type === 'AWS::IAM::Group') estate.graph.in(node, 'part of').forEach((user) => editable.add(user.node))
      else if (type === 'AWS::IAM::ManagedPolicy') links.out(node, 'attached to').forEach((principal) => editable.add(principal.node))
      else editable.add(node)
    }
  }
  // Who may edit a permission set edits the roles made of it, in whatever account.
  for (const role of estate.ofType('AWS::IAM::Role')) if (links.out(role, 'derives from').length > 0) editable.add(role)
  return [...editable].filter((of) => isPrincipal(nodes, of)).map((of): Variant => ({
    of, type: 'rewritten principal', id: `${nodes.arn(of)!}#rewritten`, name: `${nodes.nameOf(of)} with any policy`,
    change: (principal) => with_(principal, (known) => [...known, everything.id]),
  }))
}

const isPrincipal = (nodes: Nodes, node: number): boolean => ['AWS::IAM::Role', 'AWS::IAM::User'].includes(nodes.typeOf(node)) && nodes.arn(node) !== undefined

const principalsOf = (estate: Estate): number[] => ['AWS::IAM::Role', 'AWS::IAM::User'].flatMap((type) => estate.ofType(type))

const unbounded = ({ estate, nodes, editors }: Ground): Variant[] =>
  principalsOf(estate).filter((node) => estate.resource(node).properties['PermissionsBoundary'] !== undefined)
    .filter((node) => editors(node, nodes.typeOf(node) === 'AWS::IAM::Role'
      ? ['iam:DeleteRolePermissionsBoundary', 'iam:PutRolePermissionsBoundary'] : ['iam:DeleteUserPermissionsBoundary', 'iam:PutUserPermissionsBoundary']).size > 0)
    .map((of): Variant => ({
      of, type: 'unbounded principal', id: `${nodes.arn(of)!}#unbounded`, name: `${nodes.nameOf(of)} without its boundary`,
      change: ({ boundary: _boundary, ...principal }) => principal,
    }))

const retagged = ({ estate, input, nodes, editors }: Ground): Variant[] => {
  const wanted = tagsThatGrant(input, 'principal')
  if (wanted.length === 0) return []
  return principalsOf(estate)
    .filter((node) => editors(node, nodes.typeOf(node) === 'AWS::IAM::Role' ? ['iam:TagRole', 'sts:TagSession'] : ['iam:TagUser']).size > 0)
    .flatMap((of) => wanted.filter(([key, value]) => estate.resource(of).tags[key] !== value).map(([key, value]): Variant => ({
      of, type: 'retagged principal', id: `${nodes.arn(of)!}#${key}=${value}`, name: `${nodes.nameOf(of)} tagged ${key}=${value}`,
      change: (principal) => ({ ...principal, tags: { ...estate.resource(of).tags, [key]: value } }),
    })))
}

const grouped = ({ estate, input, nodes, editors }: Ground): Variant[] => {
  const users = new Map((input.principals ?? []).map((principal) => [principal.arn, principal]))
  return estate.ofType('AWS::IAM::Group').flatMap((group) => {
    const arn = arnOf(estate.resource(group))
    return [...editors(group, ['iam:AddUserToGroup'])].flatMap((user): Variant[] => {
      const of = nodes.principal(user)
      const groups = users.get(user)?.groups
      if (of === undefined || nodes.typeOf(of) !== 'AWS::IAM::User' || !Array.isArray(groups) || groups.includes(arn)) return []
      return [{
        of, about: group, type: 'group member', id: `${user}#member of ${arn}`, name: `${nodes.nameOf(of)} as a member of ${nodes.nameOf(group)}`,
        change: (principal) => ({ ...principal, groups: [...groups as readonly string[], arn] }),
      }]
    })
  })
}

const restored = ({ estate, nodes, links, editors }: Ground): Variant[] =>
  estate.ofType('AWS::IAM::PolicyVersion').filter((node) => estate.resource(node).properties['IsDefaultVersion'] !== true).flatMap((version) => {
    const [policy] = links.out(version, 'part of')
    if (policy === undefined || editors(policy.node, ['iam:SetDefaultPolicyVersion']).size === 0) return []
    const [current, id] = [arnOf(estate.resource(policy.node)), nodes.idOf(version)]
    return links.out(policy.node, 'attached to').filter(({ node }) => isPrincipal(nodes, node)).map(({ node: of }): Variant => ({
      of, about: version, type: 'restored principal', id: `${nodes.arn(of)!}#${id}`, name: `${nodes.nameOf(of)} under ${nodes.nameOf(version)}`,
      // A version that reaches a user through a group comes beside the group's own.
      change: (principal) => with_(principal, (known) => [...known.filter((one) => one !== current), id]),
    }))
  })

/** Documents of versions that are not the default, by the version's id. */
export const olderVersions = (estate: Estate): PolicyInput[] =>
  estate.ofType('AWS::IAM::PolicyVersion').map((node) => estate.resource(node)).filter(({ properties }) => properties['IsDefaultVersion'] !== true)
    .map((version): PolicyInput => ({ id: version.id, kind: 'identity', name: version.name, document: version.properties['Document'], location: { resource: version.id, pointer: 'Document' } }))
