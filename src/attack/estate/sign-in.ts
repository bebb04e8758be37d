import { isUnknown } from '../../core/unknown.ts'
import type { Estate } from '../../graph/estate.ts'
import type { Link } from '../scene.ts'
import type { Links } from './links.ts'
import type { Nodes } from './nodes.ts'

/** Studio domains that IAM signs people in to: only theirs are opened by presigned URLs. */
export const makeSignIn = (estate: Estate, nodes: Nodes): Links => {
  const iam = nodes.add({ id: 'sign-in with IAM', name: 'IAM', type: 'sign-in' })
  const pointer = 'AuthMode'
  const link = (domain: number, node: number): Link[] => {
    const mode = estate.resource(domain).properties[pointer]
    if (mode === 'SSO') return []
    return [{ node, pointer, ...isUnknown(mode) ? { condition: `that ${estate.resource(domain).name} signs people in with IAM` } : {} }]
  }
  return {
    out: (node, relation) => (relation === 'signs in with' && nodes.typeOf(node) === 'AWS::SageMaker::Domain' ? link(node, iam) : []),
    in: (node, relation) => (relation === 'signs in with' && node === iam ? estate.ofType('AWS::SageMaker::Domain').flatMap((domain) => link(domain, iam).map((found) => ({ ...found, node: domain }))) : []),
  }
}
