import { byText } from '../../core/text.ts'
import type { Iam } from '../../iam/index.ts'
import type { Grant } from '../../iam/model.ts'
import type { Nodes } from './nodes.ts'

/** Principals of an estate in classes, under the permissions that they have or could give themselves. */
export interface People {
  readonly iam: Iam
  /** The class node of a grantee; undefined for those that are no actors (services). */
  classOfGrant(grant: Grant, action: string, resource: string): number | undefined
  classOf(node: number): number
  membersOf(principalClass: number): readonly number[]
  /** Whether a node is one of these people. */
  holds(node: number): boolean
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
    holds: (node) => classes.has(node),
    arn: (node) => arnOfNode(nodes, node),
    classOfGrant(grant, action, resource) {
      if (grant.principalClass !== -1) return byNumber.get(grant.principalClass) ?? nodeOf(grant.principal)
      switch (grant.kind) {
        case 'anyone': {
          // A policy that could not be read may let anyone in, as any policy may: that is no reason to say that it does.
          if (grant.conditions.some(({ kind }) => kind === 'gap')) return undefined
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
