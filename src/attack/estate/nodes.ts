import type { Estate } from '../../graph/estate.ts'
import { arnOf } from '../../graph/permissions.ts'

/** What stands in a scene beside the estate's own graph: anyone, outside accounts, services, accounts, variants `of` principals. */
export interface Extra { readonly id: string, readonly name: string, readonly type: string, readonly of?: number, readonly about?: number }

/** Nodes of an estate's graph and those added to it, numbered together. */
export interface Nodes {
  /** Larger than any number that a node has or will get. */
  readonly size: number
  add(extra: Extra): number
  extra(node: number): Extra | undefined
  /** What was added as a variant of a node. */
  variantsOf(node: number): readonly number[]
  find(id: string): number | undefined
  idOf(node: number): string
  typeOf(node: number): string
  nameOf(node: number): string
  ofType(type: string): readonly number[]
  /** The user or role that an ARN names. */
  principal(arn: string): number | undefined
  /** The ARN of a node, where it has one. */
  arn(node: number): string | undefined
  account(node: number): string
  region(node: number): string
}

/** Room for nodes that are only found while solving. */
const room = 1_000_000

export const makeNodes = (estate: Estate): Nodes => {
  const { graph } = estate
  const extras: Extra[] = []
  const numbers = new Map<string, number>()
  const types = new Map<string, number[]>()
  const variants = new Map<number, number[]>()
  const principals = new Map(['AWS::IAM::Role', 'AWS::IAM::User'].flatMap((type) => estate.ofType(type).map((node) => [arnOf(estate.resource(node)), node] as const)))
  const outside = new Map<string, number[]>()
  for (let node = 0; node < graph.size; node++) {
    const { kind, type } = graph.node(node)
    if (kind === 'resource') continue
    push(outside, type, node)
  }
  const nodes: Nodes = {
    size: graph.size + room,
    add(extra) {
      const known = numbers.get(extra.id)
      if (known !== undefined) return known
      const node = graph.size + extras.push(extra) - 1
      numbers.set(extra.id, node)
      push(types, extra.type, node)
      if (extra.of !== undefined) push(variants, extra.of, node)
      return node
    },
    // A negative index would be looked up as a property's name, which is slow.
    extra: (node) => (node < graph.size ? undefined : extras[node - graph.size]),
    variantsOf: (node) => variants.get(node) ?? [],
    find: (id) => numbers.get(id) ?? graph.find(id) ?? principals.get(id),
    idOf: (node) => (node < graph.size ? graph.node(node).id : extras[node - graph.size]!.id),
    typeOf: (node) => (node < graph.size ? graph.node(node).type : extras[node - graph.size]!.type),
    nameOf(node) {
      const extra = nodes.extra(node)
      if (extra !== undefined) return extra.name
      const { resource, id } = graph.node(node)
      return resource === undefined ? id : estate.resource(resource).name
    },
    ofType: (type) => [...estate.ofType(type), ...outside.get(type) ?? [], ...types.get(type) ?? []],
    principal: (arn) => principals.get(arn),
    arn(node) {
      if (nodes.extra(node) !== undefined) return undefined
      const { kind, resource, id, type } = graph.node(node)
      if (kind !== 'resource') return id.startsWith('arn:') ? id : undefined
      if (type.startsWith('AWS::IAM::')) return arnOf(estate.resource(resource!))
      return estate.table.arnOf(resource!) ?? (id.startsWith('arn:') ? id : undefined)
    },
    account(node) {
      const resource = nodes.extra(node) === undefined ? graph.node(node).resource : undefined
      return resource === undefined ? '' : estate.table.accountOf(resource)
    },
    region(node) {
      const resource = nodes.extra(node) === undefined ? graph.node(node).resource : undefined
      return resource === undefined ? '' : estate.table.regionOf(resource)
    },
  }
  return nodes
}

const push = <K>(lists: Map<K, number[]>, key: K, node: number): void => {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [node])
  else list.push(node)
}
