import { parseArn } from '../../core/arn.ts'
import { isUnknown } from '../../core/unknown.ts'
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

/** What a tag opens, by the type of what is tagged: an action that a grant may make depend on it, and the one that tags. */
const opened: Readonly<Record<string, readonly [tags: string, ...uses: readonly string[]]>> = {
  'AWS::SageMaker::NotebookInstance': ['sagemaker:AddTags', 'sagemaker:CreatePresignedNotebookInstanceUrl'],
  'AWS::EC2::Instance': ['ec2:CreateTags', 'ssm:StartSession', 'ssm:SendCommand'],
  'AWS::IAM::User': ['iam:TagUser', 'iam:CreateAccessKey'],
}

/** Resources that a tag would open to those whom attribute-based grants name, where somebody may set tags on some of their kind. */
export const makeRetagged = (estate: Estate, facts: Facts, input: IamInput, nodes: Nodes, principals: readonly number[]): Retagged => {
  const crowds = new Map<number, People>()
  const variants = new Map<number, number[]>()
  for (const [type, [tags, ...uses]] of Object.entries(opened)) {
    const resources = estate.ofType(type).filter((node) => nodes.arn(node) !== undefined)
    const granting = resources.length === 0 ? [] : tagsThatGrant(input, 'resource', uses)
    if (granting.length === 0 || !resources.some((node) => estate.iam().whoCan(tags, nodes.arn(node)!).length > 0)) continue
    for (const [key, value] of granting) {
      const people = peopleOf(facts, tagged(input, new Set(resources.map((node) => nodes.arn(node)!)), key, value), nodes, principals)
      for (const about of resources) {
        const node = nodes.add({ id: `${nodes.arn(about)!}#${key}=${value}`, name: `${nodes.nameOf(about)} tagged ${key}=${value}`, type: 'retagged resource', about })
        crowds.set(node, people)
        variants.set(about, [...variants.get(about) ?? [], node])
      }
    }
  }
  return { people: (node) => crowds.get(node), variantsOf: (resource) => variants.get(resource) ?? [] }
}

const peopleOf = (facts: Facts, input: IamInput, nodes: Nodes, principals: readonly number[]): People =>
  makePeople(compile(input, facts.catalogue), nodes, principals, (arn) => nodes.principal(arn))

/** The estate's policies and resources, with a tag on some of the resources. */
const tagged = (input: IamInput, arns: ReadonlySet<string>, key: string, value: string): IamInput => {
  const known = (input.resources ?? []).map((one) => (arns.has(one.arn) ? retag(one, key, value) : one))
  const users = (input.principals ?? []).filter(({ arn }) => arns.has(arn) && !known.some((one) => one.arn === arn))
    .map(({ arn, tags }) => ({ arn, account: parseArn(arn)?.account ?? '', tags: { ...isUnknown(tags) ? {} : tags, [key]: value } }))
  return { ...input, resources: [...known, ...users] }
}

/** Some parts of a resource are read when they are asked for, so they are copied by name. */
const retag = (resource: ResourceInput, key: string, value: string): ResourceInput => {
  const { encryptionKey } = resource
  return { ...resource, ...encryptionKey === undefined ? {} : { encryptionKey }, tags: { ...resource.tags, [key]: value } }
}
