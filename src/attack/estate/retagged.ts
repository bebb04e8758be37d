import type { Estate, Facts } from '../../graph/estate.ts'
import { compile } from '../../iam/index.ts'
import type { IamInput, ResourceInput } from '../../iam/model.ts'
import { tagsThatGrant } from './granting-tags.ts'
import type { Nodes } from './nodes.ts'
import { makePeople } from './people.ts'
import type { People } from './people.ts'

/** Resources as they would be with a tag that grants ask for: nodes of their own, and the people as they then stand to them. */
export interface Retagged {
  /** The people for a question on a node; undefined for a node that is as it is. */
  people(node: number): People | undefined
  variantsOf(resource: number): readonly number[]
}

/** Notebook instances that a tag would open to those whom attribute-based grants name. */
export const makeRetagged = (estate: Estate, facts: Facts, input: IamInput, nodes: Nodes, principals: readonly number[]): Retagged => {
  const notebooks = estate.ofType('AWS::SageMaker::NotebookInstance').filter((node) => nodes.arn(node) !== undefined)
  const crowds = new Map<number, People>()
  const variants = new Map<number, number[]>()
  for (const [key, value] of notebooks.length === 0 ? [] : tagsThatGrant(input, 'resource')) {
    const open = new Set(notebooks.map((node) => nodes.arn(node)))
    const iam = compile({ ...input, resources: (input.resources ?? []).map((one) => (open.has(one.arn) ? retag(one, key, value) : one)) }, facts.catalogue)
    const people = makePeople(iam, nodes, principals, (arn) => nodes.principal(arn))
    for (const about of notebooks) {
      const node = nodes.add({ id: `${nodes.arn(about)!}#${key}=${value}`, name: `${nodes.nameOf(about)} tagged ${key}=${value}`, type: 'retagged resource', about })
      crowds.set(node, people)
      variants.set(about, [...variants.get(about) ?? [], node])
    }
  }
  return { people: (node) => crowds.get(node), variantsOf: (resource) => variants.get(resource) ?? [] }
}

/** Some parts of a resource are read when they are asked for, so they are copied by name. */
const retag = (resource: ResourceInput, key: string, value: string): ResourceInput => {
  const { encryptionKey } = resource
  return { ...resource, ...encryptionKey === undefined ? {} : { encryptionKey }, tags: { ...resource.tags, [key]: value } }
}
