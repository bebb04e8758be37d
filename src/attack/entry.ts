import type { Estate } from '../graph/estate.ts'
import { anyAccount, anyone } from './estate/people.ts'
import type { EstateScene } from './estate/scene.ts'
import type { Entry } from './path.ts'
import type { Power } from './step.ts'

/** An entry point, and what an attacker who stands there holds. */
export interface EntryHolds { readonly entry: Entry, readonly holds: readonly (readonly [Power, number])[] }

/** Where attackers may stand in an estate. Call it after the scene was asked, when it knows the outside accounts. */
export const entriesOf = (estate: Estate, scene: EstateScene, from: readonly string[] = []): EntryHolds[] => {
  const { nodes } = scene
  const entry = (kind: Entry['kind'], title: string, id: string, alike: readonly string[] = []): Entry => ({ kind, title, id, alike })
  if (from.length > 0) {
    return from.flatMap((id) => {
      const node = scene.find(id) ?? ['AWS::IAM::Role', 'AWS::IAM::User'].flatMap((type) => scene.ofType(type)).find((candidate) => scene.nameOf(candidate) === id)
      return node === undefined ? [] : [{ entry: entry('from', scene.nameOf(node), scene.idOf(node)), holds: [['be', node] as const] }]
    })
  }
  const open = nodes.add({ id: anyone, name: 'anyone', type: 'anyone' })
  const account = nodes.add({ id: anyAccount, name: 'any AWS account', type: 'any account' })
  const own = new Set(estate.ofType('AWS::Organizations::Organization').map((node) => String(estate.resource(node).properties['Id'])))
  const outside = (type: string) => scene.ofType(type).filter((node) => !estate.accounts.has(accountIn(scene.idOf(node))) && !own.has(organizationIn(scene.idOf(node)) ?? ''))
  return [
    { entry: entry('internet', 'the internet', 'internet'), holds: [['be', open]] },
    { entry: entry('any-account', 'any AWS account', anyAccount), holds: [['be', account], ['be', open]] },
    ...outside('outside account').map((node): EntryHolds => ({ entry: entry('outside-account', outsider(scene.idOf(node)), scene.idOf(node)), holds: [['be', node], ['be', account], ['be', open]] })),
    ...scene.ofType('public identity provider').map((node): EntryHolds => ({ entry: entry('identity-provider', `any account at ${scene.nameOf(node)}`, scene.idOf(node)), holds: [['be', node]] })),
    ...leakedKeys(estate, scene, entry),
    ...scene.ofType('web').map((node): EntryHolds => ({ entry: entry('untrusted-content', `text published on ${scene.nameOf(node)}`, scene.idOf(node)), holds: [['write', node]] })),
    ...scene.ofType('image').filter((node) => isForeign(scene.idOf(node)))
      .map((node): EntryHolds => ({ entry: entry('third-party-code', `whoever publishes ${scene.nameOf(node)}`, scene.idOf(node)), holds: [['write', node]] })),
  ]
}

/** Where images of AWS and of one's own account come from. */
const trusted = /\.dkr\.ecr\.|^aws\/|^(docker\.io\/)?(library\/)?amazonlinux(:|$)|^(docker\.io\/)?amazon\/|^public\.ecr\.aws\/(amazon|aws|bedrock|cloudwatch|codebuild|deep-learning|ecs|eks|emr|lambda|neuron|sagemaker|sam|xray)/

/** Whether an outsider decides what an image is: it is of a registry that others publish in, and goes by a tag. */
const isForeign = (image: string): boolean => !trusted.test(image) && !image.includes('@sha256:')

/** The organization whose accounts a policy lets in. */
const organizationIn = (id: string): string | undefined => /(?:^|\/)(o-[a-z0-9]{10,32})(?:\/|$)/.exec(id)?.[1]

const outsider = (id: string): string => {
  const organization = organizationIn(id)
  return organization === undefined ? `account ${accountIn(id)}` : `any account of organization ${organization}`
}

const accountIn = (id: string): string => /\d{12}/.exec(id)?.[0] ?? id

/** Users with access keys that are active; those with the same permissions stand together. */
const leakedKeys = (estate: Estate, scene: EstateScene, entry: (kind: 'leaked-key', title: string, id: string, alike: readonly string[]) => Entry): EntryHolds[] => {
  const users = new Set(['AWS::IAM::AccessKey', 'AWS::IAM::ServiceSpecificCredential'].flatMap((type) => estate.ofType(type)).filter((node) => estate.resource(node).properties['Status'] !== 'Inactive')
    .flatMap((node) => estate.graph.out(node, 'part of').map((link) => link.node)).filter((node) => scene.typeOf(node) === 'AWS::IAM::User'))
  return [...Map.groupBy([...users].sort((a, b) => a - b), (user) => scene.classOf(user)).values()].map((alike): EntryHolds => {
    const [first, ...rest] = alike.sort((a, b) => (scene.idOf(a) < scene.idOf(b) ? -1 : 1))
    return { entry: entry('leaked-key', `the leaked key of ${scene.nameOf(first!)}`, scene.idOf(first!), rest.map((node) => scene.idOf(node))), holds: [['be', first!]] }
  })
}
