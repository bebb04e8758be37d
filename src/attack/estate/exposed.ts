import { placesAt } from '../../core/pointer.ts'
import { settle } from '../../core/unknown.ts'
import type { Estate } from '../../graph/estate.ts'
import { exposureOf } from '../../graph/exposure.ts'
import { internetOpenings } from '../../graph/network.ts'
import type { Exposure } from '../../graph/view.ts'
import type { Link } from '../scene.ts'
import { anyone } from './people.ts'
import type { Nodes } from './nodes.ts'

/** What anyone on the internet uses, with the property that lets them. */
export const makeExposed = (estate: Estate, nodes: Nodes) => {
  const memo = new Map<number, readonly Link[]>()
  const open = nodes.add({ id: anyone, name: 'anyone', type: 'anyone' })
  return (node: number): readonly Link[] => {
    let known = memo.get(node)
    if (known === undefined) memo.set(node, known = node < estate.graph.size && estate.graph.node(node).resource !== undefined ? links(estate, node, open) : [])
    return known
  }
}

/** An exposure that could not be decided is none: the check on it says so. */
const links = (estate: Estate, node: number, open: number): readonly Link[] => {
  if (estate.graph.node(node).type === 'AWS::S3::Bucket') return sharedBucket(estate, node).map((pointer) => ({ node: open, pointer }))
  let found: Exposure | undefined
  settle(() => {
    found = exposureOf(estate, node)
    return true
  })
  return found?.kind === 'public' && answers(estate, node) ? [{ node: open, pointer: found.evidence[0]?.pointer ?? '' }] : []
}

/** Statements of a bucket's policy that let anyone in, whatever blocks them today. */
const sharedBucket = ({ graph, table }: Estate, bucket: number): string[] =>
  graph.in(bucket, 'attached to').flatMap(({ node }) => (graph.node(node).resource === undefined ? [] : placesAt(table.get(node).properties, 'PolicyDocument/Statement/*')))
    .filter(({ value }) => {
      const { Effect, Principal, Condition } = value as { Effect?: unknown, Principal?: unknown, Condition?: unknown }
      return Effect === 'Allow' && Condition === undefined && (Principal === '*' || (Principal as { AWS?: unknown } | undefined)?.AWS === '*')
    }).map(({ pointer }) => pointer)

/** Ports where the pages and the interface of an application answer. What else a host has open says nothing of its application. */
const web = [80, 443, 3000, 5000, 7860, 8000, 8080, 8443, 8501]

/** Whether what is open also answers: a function URL needs a permission beside its setting, a host a port of the web. */
const answers = (estate: Estate, node: number): boolean => {
  const resource = estate.resource(node)
  switch (resource.type) {
    case 'AWS::EC2::Instance': case 'AWS::ECS::Service':
      return internetOpenings(estate, resource).some(({ from, to }) => web.some((port) => from <= port && port <= to))
    case 'AWS::Lambda::Url':
      return estate.graph.out(node, 'routes to').some((link) => isCallable(estate, link.node))
    case 'AWS::Lambda::Function':
      return isCallable(estate, node)
    default:
      return true
  }
}

/** Whether a function lets anyone call it. Terraform adds the permission by itself. */
const isCallable = (estate: Estate, lambda: number): boolean => {
  const { resource } = estate.graph.node(lambda)
  const arn = resource === undefined ? undefined : estate.resource(resource).arn
  if (estate.header.source === 'terraform' || arn === undefined) return true
  return ['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction'].some((action) =>
    estate.iam().whoCan(action, arn, { context: { 'lambda:FunctionUrlAuthType': 'NONE' } }).some(({ kind }) => kind === 'anyone'))
}
