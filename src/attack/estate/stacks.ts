import type { Estate } from '../../graph/estate.ts'
import type { Link } from '../scene.ts'
import type { Links } from './links.ts'

/** The property that says which role a stack acts as: the service tells it, a template has no word for it. */
const pointer = 'BartizanRoleArn'

/** The roles that CloudFormation stacks act as. */
export const makeStacks = (estate: Estate): Links => {
  const outward = new Map<number, Link[]>()
  const inward = new Map<number, Link[]>()
  for (const stack of estate.ofType('AWS::CloudFormation::Stack')) {
    const found = estate.resource(stack).properties[pointer]
    const role = typeof found === 'string' ? estate.references.find(['AWS::IAM::Role'], found, estate.resource(stack)) : undefined
    if (role === undefined) continue
    outward.set(stack, [{ node: role, pointer }])
    inward.set(role, [...inward.get(role) ?? [], { node: stack, pointer }])
  }
  return {
    out: (node, relation) => (relation === 'runs as' ? outward.get(node) ?? [] : []),
    in: (node, relation) => (relation === 'runs as' ? inward.get(node) ?? [] : []),
  }
}
