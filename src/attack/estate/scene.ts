import type { Estate, Facts } from '../../graph/estate.ts'
import type { Decision } from '../../iam/model.ts'
import type { Link, Scene, Who } from '../scene.ts'
import { makeAsked } from './asked.ts'
import type { Asked } from './asked.ts'
import { resourceClasses } from './classes.ts'
import { makeExposed } from './exposed.ts'
import { makeLinks } from './links.ts'
import { makeNodes } from './nodes.ts'
import type { Nodes } from './nodes.ts'
import { makePeople } from './people.ts'
import type { People } from './people.ts'
import { makeRetagged } from './retagged.ts'
import { makeServers } from './servers.ts'
import { makeShadows } from './shadows.ts'
import { makeStacks } from './stacks.ts'
import { makeTrust } from './trust.ts'
import { makeUses } from './uses.ts'

type Context = Readonly<Record<string, string>>

/** A scene with the nodes that it was made of. */
export interface EstateScene extends Scene { readonly nodes: Nodes }

/** The facts and permissions of an estate. `assume` settles condition keys (`aws:MultiFactorAuthPresent`, `aws:SourceIp`). */
export const sceneOf = (estate: Estate, facts: Facts, services: readonly string[], assume: Context = {}): EstateScene => {
  const nodes = makeNodes(estate)
  const links = makeLinks(estate, nodes)
  const asked = makeAsked(nodes, facts.catalogue)
  const iam = estate.iam()
  const accounts = [...estate.accounts].sort()
  for (const account of accounts) {
    nodes.add({ id: `account/${account}`, name: `account ${account}`, type: 'account' })
    nodes.add({ id: `traces/${account}`, name: `the traces of account ${account}`, type: 'traces' })
  }
  nodes.add({ id: 'bedrock models', name: 'Bedrock models', type: 'AWS::Bedrock::FoundationModel' })
  const principals = ['AWS::IAM::Role', 'AWS::IAM::User'].flatMap((type) => estate.ofType(type))
  const present = makePeople(iam, nodes, principals, (arn) => nodes.principal(arn))
  const input = estate.permissions()
  const classOf = resourceClasses(input)
  const shadows = makeShadows(estate, facts, input, nodes, links, (action, arn) => classOf(arn, action) ?? arn)
  const everybody = [present, ...shadows]
  const retagged = makeRetagged(estate, facts, input, nodes, principals)
  const exposed = makeExposed(estate, nodes)
  const trusted = makeTrust(estate, nodes, services)
  const ofNode = (node: number): People => (nodes.extra(node)?.of === undefined ? present : shadows.find((people) => people.holds(node)) ?? present)

  const answers = new Map<string, Who>()
  const who = (action: string, node: number | undefined, context: Context | undefined): Who => {
    const place = target(asked, nodes, action, node)
    if (place === undefined) return nobody
    const others = node === undefined ? undefined : retagged.people(node)
    return others === undefined ? ask(action, place, context, node === undefined ? accounts : [place.account]) : translated(present, others, action, place.resource)
  }
  const ask = (action: string, { resource, account }: Asked, context: Context | undefined, owners: readonly (string | undefined)[]): Who => {
    const key = `${action} ${classOf(resource, action) ?? resource} ${account ?? ''} ${context === undefined ? '' : Object.values(context).join()}`
    const known = answers.get(key)
    if (known !== undefined) return known
    const found = new Map<number, boolean>()
    for (const [people, owner] of everybody.flatMap((each) => owners.map((one) => [each, one] as const))) {
      const options = { context: { ...assume, ...context }, ...(owner === undefined ? {} : { resourceAccount: owner }) }
      for (const grant of people.iam.whoCan(action, resource, options)) {
        const principal = people.classOfGrant(grant, action, resource)
        if (principal === undefined || (people !== present && grant.principalClass === -1)) continue
        found.set(principal, found.get(principal) === true || grant.verdict === 'allow')
      }
    }
    const result = Int32Array.from([...found].map(([principal, sure]) => principal * 2 + (sure ? 0 : 1)).sort((a, b) => a - b))
    answers.set(key, result)
    return result
  }

  const servers = makeServers(estate, nodes, links)
  const stacks = makeStacks(estate)
  const uses = makeUses(estate, nodes, links, {
    ask: (action, place) => ask(action, place, undefined, [place.account]),
    asked: (action, node) => target(asked, nodes, action, node),
    classOf: (node) => ofNode(node).classOf(node),
    membersOf: (node) => ofNode(node).membersOf(node),
  })

  return {
    nodes,
    size: nodes.size,
    idOf: (node) => nodes.idOf(node),
    nameOf: (node) => nodes.nameOf(node),
    typeOf: (node) => nodes.typeOf(node),
    find: (id) => nodes.find(id),
    ofType: (type) => nodes.ofType(type),
    out: (node, relation) => (relation === 'trusts' ? trusted(node) : relation === 'shared with' ? joined(exposed(node), servers.out(node, relation)) : joined(links.out(node, relation), [uses, servers, stacks].flatMap((other) => other.out(node, relation)))),
    in: (node, relation) => (relation === 'rewrites' ? [...nodes.variantsOf(node), ...retagged.variantsOf(node)].map((variant) => ({ node: variant, pointer: '' })) : joined(links.in(node, relation), [uses, servers, stacks].flatMap((other) => other.in(node, relation)))),
    who,
    classOf: (node) => ofNode(node).classOf(node),
    membersOf: (node) => ofNode(node).membersOf(node),
    explain(principal, action, node, context) {
      const { resource, account } = target(asked, nodes, action, node) ?? { resource: '*' }
      const people = (node === undefined ? undefined : retagged.people(node)) ?? ofNode(principal)
      const decision = people.iam.can({ principal: people.arn(principal), action, resource, context: { ...assume, ...context }, ...(account === undefined ? {} : { resourceAccount: account }) })
      return { action, resource, statements: allowing(decision), conditions: conditionsOf(decision) }
    },
  }
}

/** Those who may do something as others see them, in the classes of the people as they are. */
const translated = (present: People, others: People, action: string, resource: string): Who => {
  const found = new Map<number, boolean>()
  for (const grant of others.iam.whoCan(action, resource)) {
    const principal = others.classOfGrant(grant, action, resource)
    for (const member of principal === undefined || grant.principalClass === -1 ? [] : others.membersOf(principal)) {
      found.set(present.classOf(member), found.get(present.classOf(member)) === true || grant.verdict === 'allow')
    }
  }
  return Int32Array.from([...found].map(([principal, sure]) => principal * 2 + (sure ? 0 : 1)).sort((a, b) => a - b))
}

const nobody: Who = new Int32Array()

/** What properties say comes first. */
const joined = (stated: readonly Link[], others: readonly Link[]): readonly Link[] =>
  (others.length === 0 ? stated : [...stated, ...others.filter(({ node }) => !stated.some((link) => link.node === node))])

const target = (asked: ReturnType<typeof makeAsked>, nodes: Nodes, action: string, node: number | undefined): Asked | undefined =>
  (node !== undefined && nodes.idOf(node) === 'bedrock models' ? { resource: 'arn:aws:bedrock:*::foundation-model/*' } : asked(action, node))

/** The statements that let a request through. */
const allowing = ({ layers }: Decision) => layers.filter(({ verdict }) => verdict === 'allow' || verdict === 'conditional').flatMap(({ statements }) => statements)

/** What must hold beyond what the caller chooses. */
const conditionsOf = ({ verdict, conditions }: Decision): string[] =>
  (verdict === 'conditional' ? [...new Set(conditions.filter(({ kind }) => kind !== 'caller').map(({ text }) => text))] : [])
