import { byText } from '../core/text.ts'
import { relations } from '../model/relations.ts'
import type { Relation } from '../model/relations.ts'
import { stages } from '../model/describe.ts'
import type { Stage } from '../model/describe.ts'
import type { Estate } from './estate.ts'

/** One thing on the way from data to use. */
export interface PipelineNode {
  readonly node: number
  readonly id: string
  readonly name: string
  readonly type: string
  readonly label: string
  readonly stage: Stage
  /** Roles that it runs as, keys that it is encrypted with, networks that it stands in, by name. */
  readonly identity: readonly string[]
  readonly keys: readonly string[]
  readonly network: readonly string[]
}

/** Data, models or answers moving from one to the other. */
export interface PipelineEdge { readonly from: number, readonly to: number, readonly relation: string }

/** Everything between which data, models and answers flow: from datasets to whoever uses them. */
export interface Pipeline {
  readonly name: string
  readonly nodes: readonly PipelineNode[]
  readonly edges: readonly PipelineEdge[]
}

/** A workload that uses AI: what of it (a node; absent for any model of Bedrock), how, and what that is called. */
export interface Use { readonly workload: number, readonly target?: number, readonly relation: Relation, readonly name: string }

/** The pipelines of an estate, largest first: connected parts of the flow that hold an AI asset. `uses` tells of applications that no property connects. */
export const pipelinesOf = (estate: Estate, uses: readonly Use[] = []): Pipeline[] => {
  const { graph } = estate
  const flows = [...flowEdges(estate), ...applicationEdges(estate, uses)]
  const group = connected(graph.size, flows)
  const members = Map.groupBy(new Set(flows.flatMap(({ from, to }) => [from, to])), (node) => group(node))
  return [...members.values()]
    .map((nodes) => pipeline(estate, nodes, flows))
    .filter(({ nodes }) => nodes.length > 1 && nodes.some(({ type }) => estate.descriptions.get(type)?.asset !== undefined))
    .sort((a, b) => b.nodes.length - a.nodes.length || byText(a.name, b.name))
}

/** Relations as movements, from where something comes to where it goes. Only what belongs to a pipeline takes part. */
const flowEdges = (estate: Estate): PipelineEdge[] => {
  const { graph } = estate
  const edges: PipelineEdge[] = []
  for (let index = 0; index < estate.table.length; index++) {
    if (stageOf(estate, index) === undefined) continue
    for (const { relation, node } of graph.out(index)) {
      const { flow } = relations[relation]
      const part = relation === 'part of' || relation === 'monitors'
      if ((flow === 'none' && !part) || relation === 'contains') continue
      if (isShared(estate, node) && relation !== 'reads') continue
      // An alias and a target stand after what they belong to; a data source and a version stand before it.
      const back = flow === 'in' || (relation === 'part of' && stageOf(estate, index) === 'use')
      edges.push(back ? { from: node, to: index, relation } : { from: index, to: node, relation })
    }
  }
  for (let node = estate.table.length; node < graph.size; node++) {
    if (graph.node(node).kind !== 'storage') continue
    for (const outer of graph.in(node, 'contains')) {
      if (graph.node(outer.node).kind === 'storage') edges.push({ from: outer.node, to: node, relation: 'contains' })
    }
  }
  return edges
}

/** From what an application uses to the application, and on to the API that passes requests to it. */
const applicationEdges = (estate: Estate, uses: readonly Use[]): PipelineEdge[] => {
  const { graph } = estate
  const edges = uses.flatMap(({ target, workload, relation }): PipelineEdge[] =>
    (target === undefined || isShared(estate, target) || graph.out(workload, relation).some(({ node }) => node === target) ? [] : [{ from: target, to: workload, relation }]))
  const doors = [...new Set(edges.map(({ to }) => to))].flatMap((workload) => graph.in(workload, 'routes to').map(({ node }): PipelineEdge => {
    const [api] = graph.out(node, 'part of')
    return { from: workload, to: api?.node ?? node, relation: 'routes to' }
  }))
  return [...edges, ...new Map(doors.map((edge) => [`${edge.from} ${edge.to}`, edge])).values()]
}

/** A foundation model or a public image is used by all and connects nobody. */
const isShared = (estate: Estate, node: number): boolean => estate.graph.node(node).kind === 'external' && estate.graph.in(node).length > 1

const stageOf = (estate: Estate, node: number): Stage | undefined => {
  const { type, kind } = estate.graph.node(node)
  if (kind === 'storage') return 'data'
  return estate.descriptions.get(type)?.stage
}

const connected = (size: number, edges: readonly PipelineEdge[]): ((node: number) => number) => {
  const parent = Int32Array.from({ length: size }, (_, index) => index)
  const root = (node: number): number => {
    let at = node
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!
      at = parent[at]!
    }
    return at
  }
  for (const { from, to } of edges) parent[root(from)] = root(to)
  return root
}

const pipeline = (estate: Estate, nodes: readonly number[], flows: readonly PipelineEdge[]): Pipeline => {
  const within = new Set(nodes)
  const edges = flows.filter(({ from, to }) => within.has(from) && within.has(to))
  const into = Map.groupBy(edges, ({ to }) => to)
  const members = nodes.map((node) => member(estate, node, into.get(node) ?? []))
    .sort((a, b) => stages.indexOf(a.stage) - stages.indexOf(b.stage) || byText(a.name, b.name))
  return { name: namesake(estate, members, edges).name, nodes: members, edges }
}

/** What a pipeline is called after: of the assets in its last stage, the one that most leads to. */
const namesake = (estate: Estate, members: readonly PipelineNode[], edges: readonly PipelineEdge[]): PipelineNode => {
  const before = Map.groupBy(edges, ({ to }) => to)
  const assets = members.filter(({ node, type }) => estate.graph.node(node).resource !== undefined && estate.descriptions.get(type)?.asset !== undefined)
  const own = assets.length === 0 ? members : assets
  const last = (['use', 'serve', 'model', 'train', 'prepare', 'data'] as const).find((stage) => own.some((member) => member.stage === stage))
  const ranked = own.filter(({ stage }) => stage === last).slice(0, mostCandidates).map((member) => {
    const reached = new Set([member.node])
    for (const node of reached) for (const { from } of before.get(node) ?? []) reached.add(from)
    return { member, leading: reached.size }
  })
  return ranked.reduce((best, one) => (one.leading > best.leading ? one : best)).member
}

/** Of a pipeline that ends in more than these, the first of them will do. */
const mostCandidates = 100

/** The part that something plays that is not AI's own: code comes before what runs it; what is called, and what calls, is use. */
const stageByUse = (estate: Estate, node: number, edges: readonly PipelineEdge[]): Stage => {
  const around = estate.graph.in(node).map(({ relation }) => relation)
  if (around.some((relation) => relation === 'runs image' || relation === 'runs code')) return 'prepare'
  if (estate.graph.node(node).kind === 'external') return 'model'
  return around.some((relation) => relation === 'calls' || relation === 'triggers') || edges.some(({ to, relation }) => to === node && inUse.has(relation)) ? 'use' : 'data'
}

/** Relations of those who use a model or an agent. */
const inUse = new Set<string>(['invokes', 'answers from', 'calls', 'routes to'])

const member = (estate: Estate, node: number, edges: readonly PipelineEdge[]): PipelineNode => {
  const { graph } = estate
  const { id, type, resource, kind } = graph.node(node)
  const named = (...relation: readonly string[]) => [...new Set(graph.out(node).filter((edge) => relation.includes(edge.relation)).map((edge) => nameOf(estate, edge.node)))].sort(byText)
  return {
    node,
    id,
    type,
    name: resource === undefined ? id : estate.resource(resource).name,
    label: kind === 'storage' ? 'storage location' : estate.descriptions.get(type)?.label ?? type,
    stage: stageOf(estate, node) ?? stageByUse(estate, node, edges),
    identity: named('runs as'),
    keys: named('encrypted with'),
    network: named('in subnet', 'in security group'),
  }
}

/** What people call it: a key goes by its alias. */
const nameOf = (estate: Estate, node: number): string => {
  const { resource, id, type } = estate.graph.node(node)
  const alias = type === 'AWS::KMS::Key' ? estate.graph.in(node, 'routes to').map((edge) => estate.graph.node(edge.node).resource).find((index) => index !== undefined) : undefined
  if (alias !== undefined) return estate.resource(alias).name
  return resource === undefined ? id : estate.resource(resource).name
}
