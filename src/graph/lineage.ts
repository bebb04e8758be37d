import { byText } from '../core/text.ts'
import { relations } from '../model/relations.ts'
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

/** The pipelines of an estate, largest first: connected parts of the flow that hold an AI asset. */
export const pipelinesOf = (estate: Estate): Pipeline[] => {
  const { graph } = estate
  const flows = flowEdges(estate)
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
      // A foundation model or a public image is used by all and connects nobody.
      if (graph.node(node).kind === 'external' && graph.in(node).length > 1 && relation !== 'reads') continue
      edges.push(flow === 'in' ? { from: node, to: index, relation } : { from: index, to: node, relation })
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
  const members = nodes.map((node) => member(estate, node))
    .sort((a, b) => stages.indexOf(a.stage) - stages.indexOf(b.stage) || byText(a.name, b.name))
  const edges = flows.filter(({ from, to }) => within.has(from) && within.has(to))
  return { name: namesake(members, edges).name, nodes: members, edges }
}

/** What a pipeline is called after: of its last stage, what most leads to. */
const namesake = (members: readonly PipelineNode[], edges: readonly PipelineEdge[]): PipelineNode => {
  const before = Map.groupBy(edges, ({ to }) => to)
  const last = (['use', 'serve', 'model', 'train', 'prepare', 'data'] as const).find((stage) => members.some((member) => member.stage === stage))
  const ranked = members.filter(({ stage }) => stage === last).slice(0, mostCandidates).map((member) => {
    const reached = new Set([member.node])
    for (const node of reached) for (const { from } of before.get(node) ?? []) reached.add(from)
    return { member, leading: reached.size }
  })
  return ranked.reduce((best, one) => (one.leading > best.leading ? one : best)).member
}

/** Of a pipeline that ends in more than these, the first of them will do. */
const mostCandidates = 100

const member = (estate: Estate, node: number): PipelineNode => {
  const { graph } = estate
  const { id, type, resource, kind } = graph.node(node)
  const named = (...relation: readonly string[]) => [...new Set(graph.out(node).filter((edge) => relation.includes(edge.relation)).map((edge) => nameOf(estate, edge.node)))].sort(byText)
  return {
    node,
    id,
    type,
    name: resource === undefined ? id : estate.resource(resource).name,
    label: kind === 'storage' ? 'storage location' : estate.descriptions.get(type)?.label ?? type,
    stage: stageOf(estate, node) ?? (kind === 'external' ? 'model' : 'data'),
    identity: named('runs as'),
    keys: named('encrypted with'),
    network: named('in subnet', 'in security group'),
  }
}

const nameOf = (estate: Estate, node: number): string => {
  const { resource, id } = estate.graph.node(node)
  return resource === undefined ? id : estate.resource(resource).name
}
