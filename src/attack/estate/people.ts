import { byText } from '../../core/text.ts'
import type { Estate, Facts } from '../../graph/estate.ts'
import { arnOf } from '../../graph/permissions.ts'
import { compile } from '../../iam/index.ts'
import type { Iam } from '../../iam/index.ts'
import type { Grant, IamInput } from '../../iam/model.ts'
import type { Nodes } from './nodes.ts'

/** Principals of an estate in classes, under the permissions that they have or could give themselves. */
export interface People {
  readonly iam: Iam
  /** The class node of a grantee; undefined for those that are no actors (services). */
  classOfGrant(grant: Grant, action: string, resource: string): number | undefined
  classOf(node: number): number
  membersOf(principalClass: number): readonly number[]
  /** The ARN by which the engine knows a node. */
  arn(node: number): string
}

/** Services that answer requests without credentials. */
const anonymousServices = new Set(['s3', 'sqs', 'sns', 'es', 'execute-api', 'lambda', 's3vectors'])

export const anyone = '*'
export const anyAccount = 'any AWS account'

/** The people of an estate as they are. */
export const makePeople = (iam: Iam, nodes: Nodes, members: readonly number[], nodeOf: (arn: string) => number | undefined): People => {
  const classes = new Map<number, number>()
  const groups = new Map<number, number[]>()
  const byNumber = new Map<number, number>()
  const sorted = members.map((node) => ({ node, id: nodes.idOf(node) })).sort((a, b) => byText(a.id, b.id))
  for (const { node } of sorted) {
    const number = iam.principalClass(arnOfNode(nodes, node))
    if (number === undefined) continue
    const first = byNumber.get(number) ?? node
    byNumber.set(number, first)
    classes.set(node, first)
    groups.set(first, [...groups.get(first) ?? [], node])
  }
  return {
    iam,
    classOf: (node) => classes.get(node) ?? node,
    membersOf: (node) => groups.get(node) ?? [node],
    arn: (node) => arnOfNode(nodes, node),
    classOfGrant(grant, action, resource) {
      if (grant.principalClass !== -1) return byNumber.get(grant.principalClass) ?? nodeOf(grant.principal)
      switch (grant.kind) {
        case 'anyone': {
          const open = anonymousServices.has(action.slice(0, action.indexOf(':'))) && iam.verdict({ principal: '*', action, resource }) !== 'deny'
          return open ? nodes.add({ id: anyone, name: 'anyone', type: 'anyone' }) : nodes.add({ id: anyAccount, name: 'any AWS account', type: 'any account' })
        }
        case 'account': case 'user': case 'role': case 'federated': case 'other': {
          const known = nodeOf(grant.principal)
          return known ?? nodes.add({ id: grant.principal, name: grant.principal, type: grant.kind === 'federated' ? 'identity provider' : 'outside account' })
        }
        default: return undefined
      }
    },
  }
}

const arnOfNode = (nodes: Nodes, node: number): string => {
  const extra = nodes.extra(node)
  if (extra === undefined) return nodes.arn(node) ?? nodes.idOf(node)
  if (extra.type === 'any account') return '*'
  return extra.of === undefined ? extra.id : nodes.arn(extra.of) ?? extra.id
}

/** Actions that change what a principal's identity policies say. */
const editing: Readonly<Record<string, readonly string[]>> = {
  'AWS::IAM::Role': ['iam:PutRolePolicy', 'iam:AttachRolePolicy'],
  'AWS::IAM::User': ['iam:PutUserPolicy', 'iam:AttachUserPolicy'],
  'AWS::IAM::Group': ['iam:PutGroupPolicy', 'iam:AttachGroupPolicy', 'iam:AddUserToGroup'],
  'AWS::IAM::ManagedPolicy': ['iam:CreatePolicyVersion'],
}

/** Principals who may rewrite every role and user of their account: rewriting one more gains them nothing. */
const administratorsOf = (estate: Estate): ReadonlySet<string> => {
  const wanted = (account: string) => [['iam:PutRolePolicy', 'role'], ['iam:UpdateAssumeRolePolicy', 'role'], ['iam:AttachUserPolicy', 'user'], ['iam:CreateAccessKey', 'user']]
    .map(([action, kind]) => new Set(estate.iam().whoCan(action!, `arn:aws:iam::${account}:${kind}/bartizan-any-name`).filter(({ verdict }) => verdict === 'allow').map(({ principal }) => principal)))
  return new Set([...estate.accounts].flatMap((account) => [...wanted(account).reduce((a, b) => a.intersection(b))]))
}

const everything = 'bartizan:everything'

/**
 * The principals whose policies somebody who is no administrator may edit, as they are after that: every identity permission, limited only by
 * boundary, SCPs and RCPs. Undefined when nobody may edit anything.
 */
export const makeRewritten = (
  estate: Estate, facts: Facts, input: IamInput, nodes: Nodes, classOf: (action: string, arn: string) => string, attached: (policy: number) => readonly { node: number }[]): People | undefined => {
  const editable = new Set<number>()
  const administrators = administratorsOf(estate)
  const known = new Map<string, boolean>()
  const mayEdit = (node: number, actions: readonly string[]) => actions.some((action) => {
    const arn = arnOf(estate.resource(node))
    const key = `${action} ${classOf(action, arn)}`
    const found = known.get(key) ?? estate.iam().whoCan(action, arn).some(({ kind, principal }) => kind !== 'service' && !administrators.has(principal))
    known.set(key, found)
    return found
  })
  for (const [type, actions] of Object.entries(editing)) {
    for (const node of estate.ofType(type)) {
      if (!mayEdit(node, actions)) continue
      if (type === 'AWS::IAM::Group') estate.graph.in(node, 'part of').forEach((user) => editable.add(user.node))
      else if (type === 'AWS::IAM::ManagedPolicy') attached(node).forEach((principal) => editable.add(principal.node))
      else editable.add(node)
    }
  }
  if (editable.size === 0) return undefined
  const arns = new Map([...editable].map((node) => [arnOf(estate.resource(node)), node]))
  const shadow = compile({
    ...input,
    policies: [...input.policies, { id: everything, kind: 'identity', name: 'any policy', document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } }],
    principals: (input.principals ?? []).filter(({ arn }) => arns.has(arn)).map((principal) => ({ ...principal, policies: [...Array.isArray(principal.policies) ? principal.policies as readonly string[] : [], everything] })),
  }, facts.catalogue)
  const rewritten = new Map([...arns].map(([arn, of]) => [arn, nodes.add({ id: `${arn}#rewritten`, name: `${nodes.nameOf(of)} with any policy`, type: 'rewritten principal', of })]))
  return makePeople(shadow, nodes, [...rewritten.values()], (arn) => rewritten.get(arn))
}
