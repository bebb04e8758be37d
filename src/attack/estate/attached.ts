import { placesAt } from '../../core/pointer.ts'
import type { Estate } from '../../graph/estate.ts'
import type { Link } from '../scene.ts'

/** Customer managed policies and whom they bind, through groups as well: by the principal's list or by the policy's. */
export const makeAttached = (estate: Estate) => {
  let known: { readonly principals: ReadonlyMap<number, readonly Link[]>, readonly policies: ReadonlyMap<number, readonly Link[]> } | undefined
  const index = () => (known ??= attachments(estate))
  return {
    principalsOf: (policy: number): readonly Link[] => index().principals.get(policy) ?? [],
    policiesOf: (principal: number): readonly Link[] => index().policies.get(principal) ?? [],
  }
}

const attachments = (estate: Estate) => {
  const { graph } = estate
  const principals = new Map<number, Link[]>()
  const policies = new Map<number, Link[]>()
  const add = (policy: number, principal: number, pointer: string) => {
    if (principals.get(policy)?.some(({ node }) => node === principal) === true) return
    principals.set(policy, [...principals.get(policy) ?? [], { node: principal, pointer }])
    policies.set(principal, [...policies.get(principal) ?? [], { node: policy, pointer }])
  }
  for (const policy of estate.ofType('AWS::IAM::ManagedPolicy')) {
    // Nobody edits a policy of AWS.
    if (estate.table.idOf(policy).includes(':iam::aws:')) continue
    const listed = graph.in(policy, 'attached to').filter(({ pointer }) => pointer.startsWith('ManagedPolicyArns'))
    for (const { node, pointer } of [...listed, ...namedBy(estate, policy)]) {
      const members = graph.node(node).type === 'AWS::IAM::Group' ? graph.in(node, 'part of').map((user) => user.node) : [node]
      for (const member of members) add(policy, member, pointer)
    }
  }
  return { principals, policies }
}

/** Those whom a policy names itself, as templates may have it. */
const namedBy = (estate: Estate, policy: number): Link[] => {
  const resource = estate.resource(policy)
  return ['Roles/*', 'Users/*', 'Groups/*'].flatMap((list) => placesAt(resource.properties, list)).flatMap(({ value, pointer }) => {
    const node = typeof value === 'string' ? estate.references.find(['AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group'], value, resource) : undefined
    return node === undefined ? [] : [{ node, pointer }]
  })
}
