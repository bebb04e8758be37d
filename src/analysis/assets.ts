import { settle } from '../core/unknown.ts'
import { byText, listed } from '../core/text.ts'
import { exposureOf } from '../graph/exposure.ts'
import type { Estate } from '../graph/estate.ts'
import type { Use } from '../graph/lineage.ts'
import type { Stage } from '../model/describe.ts'
import type { Pillar } from '../model/risk.ts'
import { classTags, ownerTags } from '../model/tags.ts'
import { shadowSigns } from './shadow.ts'

/** A resource that is AI or that AI depends on, as an inventory lists it. */
export interface Asset {
  readonly id: string
  readonly type: string
  readonly label: string
  readonly service: string
  readonly name: string
  readonly account: string
  readonly region: string
  readonly pillar: Pillar
  readonly stage?: Stage
  /** How it is known to be AI: its own type, a relation to an asset, or signs of shadow AI. */
  readonly because: string
  readonly owner?: string
  readonly dataClass?: string
  /** `public`, `authenticated`, `private`, or `unknown` where something needed was not read. */
  readonly exposure: 'public' | 'authenticated' | 'private' | 'unknown'
  readonly lastUsedAt?: string
  readonly tags: Readonly<Record<string, string>>
}

/** Lists every AI asset: types that are AI, what they are made of and stand on, workloads that show signs of AI use, and those of `uses`. */
export const assetsOf = (estate: Estate, uses: readonly Use[] = []): Asset[] => {
  const because = new Map<number, { pillar: Pillar, reason: string }>()
  for (let index = 0; index < estate.table.length; index++) {
    const own = estate.descriptions.get(estate.table.typeOf(index))?.asset
    if (own !== undefined && !isSupport(estate, index)) because.set(index, { pillar: own, reason: 'its type' })
    const signs = own === undefined ? shadowSigns(estate, index) : undefined
    if (signs !== undefined) because.set(index, { pillar: 'applications', reason: signs })
  }
  for (const [workload, own] of Map.groupBy(uses, (use) => use.workload)) {
    if (!because.has(workload)) because.set(workload, { pillar: 'applications', reason: listed([...new Set(own.map(({ relation, name }) => `${relation} ${name}`))].sort(byText)) })
  }
  for (const index of [...because.keys()]) {
    for (const { node, relation } of estate.graph.out(index)) {
      const at = resourceBehind(estate, node)
      if (at === undefined || because.has(at) || !dependsOn.has(relation)) continue
      because.set(at, { pillar: dependsOn.get(relation)!, reason: `${estate.resource(index).name} names it as "${relation}"` })
    }
  }
  return [...because].map(([index, { pillar, reason }]) => asset(estate, index, pillar, reason)).sort((a, b) => byText(a.service, b.service) || byText(a.id, b.id))
}

/** What serves more than AI, and models that everybody has, count only where an AI asset names them or somebody called them. */
const shared = new Set(['AWS::Bedrock::FoundationModel', 'AWS::Glue::Database', 'AWS::Glue::Table', 'AWS::Glue::Job', 'AWS::Glue::Crawler', 'AWS::Glue::Connection', 'AWS::OpenSearchServerless::Collection', 'AWS::NeptuneGraph::Graph'])

const isSupport = (estate: Estate, index: number): boolean => {
  if (!shared.has(estate.table.typeOf(index)) || estate.table.typeOf(index).startsWith('AWS::Glue')) return false
  return estate.graph.in(index).length === 0 && estate.resource(index).lastUsedAt === undefined
}

const dependsOn = new Map<string, Pillar>([
  ['reads', 'data'], ['writes', 'data'], ['loads', 'models'], ['ingests', 'data'], ['stores in', 'data'], ['runs image', 'models'], ['runs code', 'applications'],
  ['calls', 'applications'], ['logs to', 'data'], ['invokes', 'models'], ['serves', 'models'],
])

/** The resource that a node stands for: itself, or the bucket of a storage location. */
const resourceBehind = (estate: Estate, node: number): number | undefined => {
  let at: number | undefined = node
  while (at !== undefined && estate.graph.node(at).kind === 'storage') at = estate.graph.in(at, 'contains')[0]?.node
  return at === undefined ? undefined : estate.graph.node(at).resource
}

const tagOf = (tags: Readonly<Record<string, string>>, names: readonly string[]): string | undefined =>
  Object.entries(tags).find(([key]) => names.includes(key.toLowerCase()))?.[1]

const asset = (estate: Estate, index: number, pillar: Pillar, because: string): Asset => {
  const resource = estate.resource(index)
  const description = estate.descriptions.get(resource.type)
  const owner = tagOf(resource.tags, ownerTags)
  const dataClass = tagOf(resource.tags, classTags)
  return {
    id: resource.id,
    type: resource.type,
    label: description?.label ?? resource.type,
    service: description?.service ?? resource.type,
    // A setting has no name of its own: it is what it is, once in a region.
    name: description?.setting === true ? description.label : resource.name,
    account: resource.account,
    region: resource.region,
    pillar,
    ...(description?.stage === undefined ? {} : { stage: description.stage }),
    because,
    ...(owner === undefined ? {} : { owner }),
    ...(dataClass === undefined ? {} : { dataClass }),
    exposure: exposure(estate, index),
    ...(resource.lastUsedAt === undefined ? {} : { lastUsedAt: resource.lastUsedAt }),
    tags: resource.tags,
  }
}

const exposure = (estate: Estate, index: number): Asset['exposure'] => {
  let kind: Asset['exposure'] = 'private'
  const settled = settle(() => {
    kind = exposureOf(estate, index)?.kind ?? 'private'
    return true
  })
  return settled.truth === 'unknown' ? 'unknown' : kind
}
