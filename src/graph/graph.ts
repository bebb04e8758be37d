import type { Relation } from '../model/relations.ts'

/** A thing in the graph: a resource of the snapshot, a storage location, or something outside that the estate names. */
export interface Node {
  readonly kind: 'resource' | 'storage' | 'external'
  readonly id: string
  readonly type: string
  /** Its number in the snapshot's table, for a resource. */
  readonly resource?: number
}

/** One relation as seen from a node: what is at the other end, and the pointer that states it. */
export interface Edge {
  readonly relation: Relation
  readonly node: number
  readonly pointer: string
}

/** Nodes by number and their relations, both ways. Edges are in the order in which resources and pointers stand. */
export interface Graph {
  readonly size: number
  readonly edges: number
  node(index: number): Node
  find(id: string): number | undefined
  out(index: number, relation?: Relation): readonly Edge[]
  in(index: number, relation?: Relation): readonly Edge[]
}

/** Collects nodes and edges, then freezes them into typed arrays. */
export interface GraphBuilder {
  add(node: Node): number
  connect(from: number, relation: Relation, to: number, pointer: string): void
  finish(): Graph
}

export const buildGraph = (relationNames: readonly Relation[]): GraphBuilder => {
  const nodes: Node[] = []
  const numbers = new Map<string, number>()
  const from = growing()
  const to = growing()
  const kinds = growing()
  const pointers: string[] = []
  const pointerNumbers = new Map<string, number>()
  const relationNumbers = new Map(relationNames.map((name, index) => [name, index]))

  const intern = (pointer: string): number => {
    const known = pointerNumbers.get(pointer)
    if (known !== undefined) return known
    pointerNumbers.set(pointer, pointers.length)
    return pointers.push(pointer) - 1
  }

  return {
    add(node) {
      const known = numbers.get(node.id)
      // Resources of two types may share an id (a bucket and its policy); each is a node, and the first answers to the id.
      if (known !== undefined && node.kind !== 'resource') return known
      if (known === undefined) numbers.set(node.id, nodes.length)
      return nodes.push(node) - 1
    },
    connect(source, relation, target, pointer) {
      from.push(source)
      to.push(target)
      kinds.push(relationNumbers.get(relation)! * 0x10_0000 + intern(pointer))
    },
    finish() {
      const [sources, targets, labels] = [from.done(), to.done(), kinds.done()]
      const relations = Uint8Array.from(labels, (label) => Math.floor(label / 0x10_0000))
      const edge = (other: Int32Array) => (index: number): Edge => ({
        relation: relationNames[relations[index]!]!,
        node: other[index]!,
        pointer: pointers[labels[index]! % 0x10_0000]!,
      })
      const numberOf = (relation: Relation): number => relationNumbers.get(relation)!
      const outward = adjacency(nodes.length, sources, edge(targets), relations, numberOf)
      const inward = adjacency(nodes.length, targets, edge(sources), relations, numberOf)
      return {
        size: nodes.length,
        edges: sources.length,
        node: (index) => nodes[index]!,
        find: (id) => numbers.get(id),
        out: outward,
        in: inward,
      }
    },
  }
}

/** A node with more edges than this has them parted by relation when it is first asked for one. */
const wide = 32

/** Compressed sparse rows: the edges of a node stand together, found by two offsets. */
const adjacency = (size: number, ends: Int32Array, edge: (index: number) => Edge, relations: Uint8Array, numberOf: (relation: Relation) => number) => {
  const offsets = new Int32Array(size + 1)
  for (const end of ends) offsets[end + 1]!++
  for (let i = 0; i < size; i++) offsets[i + 1]! += offsets[i]!
  const order = new Int32Array(ends.length)
  const next = offsets.slice()
  for (let i = 0; i < ends.length; i++) order[next[ends[i]!]!++] = i
  const parted = new Map<number, Map<number, number[]>>()
  const partsOf = (node: number): Map<number, number[]> => {
    const known = parted.get(node) ?? Map.groupBy(order.subarray(offsets[node], offsets[node + 1]), (index) => relations[index]!)
    parted.set(node, known)
    return known
  }
  return (node: number, relation?: Relation): Edge[] => {
    const [start, end] = [offsets[node]!, offsets[node + 1]!]
    const wanted = relation === undefined ? -1 : numberOf(relation)
    if (wanted !== -1 && end - start > wide) return (partsOf(node).get(wanted) ?? []).map(edge)
    const found: Edge[] = []
    for (let at = start; at < end; at++) {
      const index = order[at]!
      if (wanted === -1 || relations[index] === wanted) found.push(edge(index))
    }
    return found
  }
}

const growing = () => {
  let values = new Int32Array(1024)
  let length = 0
  return {
    push(value: number) {
      if (length === values.length) {
        const larger = new Int32Array(length * 2)
        larger.set(values)
        values = larger
      }
      values[length++] = value
    },
    done: () => values.slice(0, length),
  }
}
