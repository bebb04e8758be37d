import type { Estate, Facts } from '../../graph/estate.ts'
import type { Decision } from '../../iam/model.ts'
import type { Relation } from '../../model/relations.ts'
import type { Link, Scene, Who } from '../scene.ts'
import { union } from '../solver/sets.ts'
import { makeAsking } from './asked.ts'
import type { Asked } from './asked.ts'
import { resourceClasses } from './classes.ts'
import { makeDeployments } from './deployments.ts'
import { makeExposed } from './exposed.ts'
import { makeGuests } from './federation.ts'
import { makeLinks } from './links.ts'
import type { Links } from './links.ts'
import { makeNodes } from './nodes.ts'
import type { Nodes } from './nodes.ts'
import { makePeople } from './people.ts'
import type { People } from './people.ts'
import { makeRetagged } from './retagged.ts'
import { makeServers } from './servers.ts'
import { makeShadows } from './shadows.ts'
import { makeSignIn } from './sign-in.ts'
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
  const asking = makeAsking(nodes, facts.catalogue, estate.header.regions[0])
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
    if (node === undefined) return makers(action, context)
    const place = asking.on(action, node)
    if (place === undefined) return nobody
    const others = retagged.people(node)
    return others === undefined ? ask(action, place, context) : translated(present, others, action, place.resource)
  }
  /** Those who may make something in some account. */
  const made = new Map<string, Who>()
  const makers = (action: string, context: Context | undefined): Who => {
    const key = `${action} ${context === undefined ? '' : Object.values(context).join()}`
    let found = made.get(key)
    if (found === undefined) {
      found = accounts.flatMap((account) => asking.anew(action, account).map((place) => ask(action, place, context))).reduce(union, nobody)
      made.set(key, found)
    }
    return found
  }
  const ask = (action: string, { resource, account }: Asked, context: Context | undefined): Who => {
    const key = `${action} ${classOf(resource, action) ?? resource} ${account ?? ''} ${context === undefined ? '' : Object.values(context).join()}`
    const known = answers.get(key)
    if (known !== undefined) return known
    const found = new Map<number, boolean>()
    const options = { context: { ...assume, ...context }, ...(account === undefined ? {} : { resourceAccount: account }) }
    for (const people of everybody) {
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
  const uses = makeUses(estate, nodes, links, {
    ask: (action, place) => ask(action, place, undefined),
    asked: (action, node) => asking.on(action, node),
    accounts,
    classOf: (node) => ofNode(node).classOf(node),
    membersOf: (node) => ofNode(node).membersOf(node),
  })

  const further: readonly Links[] = [uses, servers, makeStacks(estate), makeDeployments(estate, links), makeSignIn(estate, nodes), makeGuests(estate, nodes)]
  const out = (node: number, relation: Relation): readonly Link[] => {
    if (relation === 'trusts') return trusted(node)
    let found = relation === 'shared with' ? exposed(node) : links.out(node, relation)
    for (const other of further) found = joined(found, other.out(node, relation))
    return found
  }
  const into = (node: number, relation: Relation): readonly Link[] => {
    let found = relation === 'rewrites' ? variants(node) : links.in(node, relation)
    for (const other of further) found = joined(found, other.in(node, relation))
    return found
  }
  const variants = (node: number): readonly Link[] => [...nodes.variantsOf(node), ...retagged.variantsOf(node)].map((variant) => ({ node: variant, pointer: '' }))

  return {
    nodes,
    size: nodes.size,
    idOf: (node) => nodes.idOf(node),
    nameOf: (node) => nodes.nameOf(node),
    typeOf: (node) => nodes.typeOf(node),
    find: (id) => nodes.find(id),
    ofType: (type) => nodes.ofType(type),
    out,
    in: into,
    who,
    classOf: (node) => ofNode(node).classOf(node),
    membersOf: (node) => ofNode(node).membersOf(node),
    explain(principal, action, node, context) {
      const place = node === undefined ? asking.anew(action, nodes.account(nodes.extra(principal)?.of ?? principal))[0] : asking.on(action, node)
      const { resource, account }: Asked = place ?? { resource: '*' }
      const people = (node === undefined ? undefined : retagged.people(node)) ?? ofNode(principal)
      const decision = people.iam.can({
        principal: nodes.typeOf(principal) === 'any account' ? stranger(estate) : people.arn(principal), action, resource,
        context: { ...assume, ...context }, ...(account === undefined ? {} : { resourceAccount: account }),
      })
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

/** The statements that let a request through. */
const allowing = ({ layers }: Decision) => layers.filter(({ verdict }) => verdict === 'allow' || verdict === 'conditional').flatMap(({ statements }) => statements)

/** What must hold beyond what the caller chooses; an outsider's own account allows what the outsider likes. */
const conditionsOf = ({ verdict, conditions }: Decision): string[] =>
  (verdict === 'conditional' ? [...new Set(conditions.filter(({ kind, text }) => kind !== 'caller' && !/^what account \d{12} allows/.test(text)).map(({ text }) => text))] : [])

/** Somebody in an account that nothing is known of. */
const stranger = ({ accounts }: Estate): string => `arn:aws:iam::${['999999999999', '999999999998'].find((account) => !accounts.has(account))!}:role/bartizan-any-name`
