import { parseArn, partitionOf } from '../core/arn.ts'
import type { Request, Verdict, WhoCanOptions } from '../iam/index.ts'
import { isUnknown, throwUnknown } from '../core/unknown.ts'
import type { Relation } from '../model/relations.ts'
import type { Resource } from '../model/resource.ts'
import type { ResourceType } from '../model/types.gen.ts'
import type { Estate } from './estate.ts'
import { exposureOf } from './exposure.ts'
import type { EstateView, Exposure, Found, Grantee } from './view.ts'

/** Lets the caller see inside properties that hold unknowns; the layer that judges brings its own guard. */
export type Guard = (properties: object, partial: string | undefined, of: Resource) => object

/** The estate as the resource with this number sees it. */
export const viewOf = (estate: Estate, index: number, guard: Guard): EstateView => {
  const self = estate.resource(index)
  const { account, region } = self
  let own: readonly number[] | undefined

  const found = <T extends ResourceType>(at: number): Found<T> => {
    const resource = estate.resource(at)
    const { type, id, arn, name, tags, createdAt, lastUsedAt } = resource
    const properties = guard(resource.properties, resource.partial, resource)
    return { type, id, arn, name, account: resource.account, region: resource.region, tags, createdAt, lastUsedAt, properties } as unknown as Found<T>
  }

  const sureList = (type: string) => {
    const gap = estate.incomplete(type, account, region)
    if (gap !== undefined) throwUnknown(gap)
  }

  const ends = <T extends ResourceType>(edges: readonly { node: number }[], type: T): Found<T>[] =>
    [...new Set(edges.map(({ node }) => node))]
      .filter((node) => estate.graph.node(node).type === type && estate.graph.node(node).resource !== undefined)
      .map((node) => found<T>(node))

  return {
    account,
    region,
    partition: partitionOf(region),
    get self() {
      return found(index)
    },
    all(type) {
      sureList(type)
      return estate.inPlace(type, account, region).map((at) => found<typeof type>(at))
    },
    find(type, reference) {
      if (reference === undefined) return undefined
      const at = estate.references.find([type], reference, self)
      if (at !== undefined) return found<typeof type>(at)
      const arn = parseArn(reference)
      if (arn !== undefined && arn.account !== '' && !estate.accounts.has(arn.account)) return throwUnknown(`${reference} belongs to an account that was not read`)
      sureList(type)
      return undefined
    },
    related(relation, type) {
      const edges = estate.graph.out(index, relation)
      const outside = edges.find(({ node }) => estate.graph.node(node).kind === 'external' && estate.graph.node(node).type === type)
      if (outside !== undefined) {
        const { id } = estate.graph.node(outside.node)
        if (estate.incomplete(type, account, region) !== undefined || isForeign(estate, id)) throwUnknown(`${id} was not read`)
      }
      if (unresolved(estate, self, relation)) throwUnknown(`what ${self.name} names as "${relation}" is not known`)
      return ends(throughStorage(estate, edges, type), type)
    },
    referrers(relation, type, to) {
      sureList(type)
      const target = to === undefined ? index : estate.graph.find(to.id) ?? index
      const places = target === index ? (own ??= placesIn(estate, index)) : placesIn(estate, target)
      return ends(places.flatMap((place) => estate.graph.in(place, relation)), type)
    },
    whoCan: (action, resource, context) => grantees(estate, action, resource, context === undefined ? {} : { context }),
    outsiders: (action, resource) => grantees(estate, action, resource, { strangersOnly: true }),
    can(principal, action, resource, context) {
      if (principal === undefined) return false
      const request = { principal, action, resource, ...(context === undefined ? {} : { context }) }
      const verdict = verdictOf(estate, request)
      const gap = verdict === 'conditional' ? gapIn(estate.iam().can(request).conditions) : undefined
      return gap === undefined ? verdict !== 'deny' : throwUnknown(gap)
    },
    exposure: (of) => exposureOf(estate, of === undefined ? index : estate.graph.find(of.id) ?? index),
    isTemplate: estate.isTemplate,
    tellsUse: !estate.isTemplate && estate.header.source !== 'config',
    daysSince: (time) => (Date.parse(estate.header.takenAt) - Date.parse(time)) / 86_400_000,
    isOurs: (other) => estate.accounts.has(other),
  } satisfies EstateView & { exposure: (of?: { readonly id: string }) => Exposure | undefined }
}

/** The most verdicts that are remembered. */
const mostVerdicts = 100_000

const verdictOf = (estate: Estate, request: Request): Verdict => {
  if (request.context !== undefined) return estate.iam().verdict(request)
  const key = `${request.principal} ${request.action} ${request.resource}`
  const known = estate.verdicts.get(key)
  if (known !== undefined) return known
  if (estate.verdicts.size >= mostVerdicts) estate.verdicts.clear()
  const verdict = estate.iam().verdict(request)
  estate.verdicts.set(key, verdict)
  return verdict
}

const grantees = (estate: Estate, action: string, resource: string, options: WhoCanOptions): Grantee[] =>
  estate.iam().whoCan(action, resource, options).map((grant) => {
    const gap = gapIn(grant.conditions)
    if (gap !== undefined) return gapped(grant, gap)
    return { principal: grant.principal, kind: grant.kind, account: grant.account, conditions: environment(grant.conditions) }
  })

const gapIn = (conditions: readonly { kind: string, text: string }[]): string | undefined =>
  conditions.find(({ kind }) => kind === 'gap' || kind === 'unknown')?.text

const environment = (conditions: readonly { kind: string, text: string }[]): string[] =>
  conditions.filter(({ kind }) => kind === 'environment').map(({ text }) => text)

/** A grant that rests on something unread: whoever looks at the grantee gets an unknown, whoever finds a sure one does not. */
const gapped = (grant: { principal: string, kind: Grantee['kind'], conditions: readonly { kind: string, text: string }[] }, gap: string): Grantee => ({
  principal: grant.principal,
  kind: grant.kind,
  get account() {
    return throwUnknown(gap)
  },
  conditions: environment(grant.conditions),
})

const isForeign = (estate: Estate, id: string): boolean => {
  const account = parseArn(id)?.account ?? ''
  return account !== '' && account !== 'aws' && !estate.accounts.has(account)
}

/** Whether a property that states the relation holds a value that is not known. */
const unresolved = (estate: Estate, resource: Resource, relation: Relation): boolean => {
  const rules = estate.descriptions.get(resource.type)?.relations.filter((rule) => rule.relation === relation) ?? []
  return rules.some(({ pointer }) => reachesUnknown(resource.properties, pointer.split('/')))
}

const reachesUnknown = (value: unknown, steps: readonly string[]): boolean => {
  if (isUnknown(value)) return true
  const [step, ...rest] = steps
  if (step === undefined || typeof value !== 'object' || value === null) return false
  if (step === '*') return Object.values(value).some((item) => reachesUnknown(item, rest))
  return reachesUnknown((value as Record<string, unknown>)[step], rest)
}

/** A bucket is meant where a place in it is named. */
const throughStorage = (estate: Estate, edges: readonly { node: number }[], type: string): readonly { node: number }[] =>
  type === 'AWS::S3::Bucket' ? edges.map(({ node }) => ({ node: bucketOf(estate, node) })) : edges

const bucketOf = (estate: Estate, node: number): number => {
  let at = node
  while (estate.graph.node(at).kind === 'storage') {
    const outer = estate.graph.in(at, 'contains')[0]
    if (outer === undefined) return at
    at = outer.node
  }
  return at
}

/** A node and the places inside: whoever names a place in a bucket also names the bucket. */
const placesIn = (estate: Estate, target: number): number[] =>
  [target, ...estate.graph.out(target, 'contains').flatMap(({ node }) => placesIn(estate, node))]

