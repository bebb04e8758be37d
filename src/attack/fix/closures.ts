import { valueAt } from '../../core/pointer.ts'
import { settle } from '../../core/unknown.ts'
import { exposureOf } from '../../graph/exposure.ts'
import type { Resource } from '../../model/resource.ts'
import type { FactEvidence } from '../path.ts'
import type { Estate } from '../../graph/estate.ts'
import { resourceOf } from './change.ts'
import type { Change, Ground } from './change.ts'

/** S3 Block Public Access, all four parts. */
export const privateBucket = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true }

/** Settings that close what the internet reaches, by type. */
const settings: Readonly<Record<string, readonly [pointer: string, value: unknown]>> = {
  'AWS::Lambda::Url': ['AuthType', 'AWS_IAM'],
  'AWS::ApiGateway::Method': ['AuthorizationType', 'AWS_IAM'],
  'AWS::ApiGatewayV2::Route': ['AuthorizationType', 'AWS_IAM'],
  'AWS::BedrockAgentCore::Gateway': ['AuthorizerType', 'AWS_IAM'],
  'AWS::S3::Bucket': ['PublicAccessBlockConfiguration', privateBucket],
}

/** Setting what makes something public to what makes it private: on the thing itself, or on what leads to it. */
export const closures = ({ estate }: Ground, { from, relation, to }: FactEvidence): Change[] => {
  // A server goes by the address of its machine and its port.
  const index = estate.graph.find(from) ?? estate.graph.find(from.replace(/:\d+$/, ''))
  if (index !== undefined && relation === 'ingests' && to.startsWith('web/')) return uncrawled(estate, index)
  if (index === undefined || relation !== 'shared with') return []
  const set = [index, ...estate.graph.in(index).map(({ node }) => node)].flatMap((node): Change[] => {
    const { type, resource } = estate.graph.node(node)
    return resource === undefined || settings[type] === undefined ? [] : setting(estate.resource(resource), ...settings[type])
  })
  return [...set, ...firewalls(estate, index)]
}

interface Ingress { readonly CidrIp?: unknown, readonly CidrIpv6?: unknown }

const isOpen = ({ CidrIp: four, CidrIpv6: six }: Ingress): boolean => four === '0.0.0.0/0' || six === '::/0'

/** Closing the security groups through which the internet reaches a network interface. */
const firewalls = (estate: Estate, node: number): Change[] => {
  let evidence: readonly { readonly resource: string }[] = []
  settle(() => {
    evidence = exposureOf(estate, node)?.evidence ?? []
    return true
  })
  return evidence.flatMap(({ resource: id }): Change[] => {
    const group = resourceOf(estate, 'AWS::EC2::SecurityGroup', id)
    const make = ({ type, name }: Resource, pointer: string, apply: Change['apply']): Change =>
      ({ key: `${type} ${id} close`, title: `Close security group ${name} to the internet`, resource: id, type, pointer, accessLost: 5, apply })
    if (group !== undefined) return [make(group, 'SecurityGroupIngress', (rules) => (rules as readonly Ingress[]).filter((rule) => !isOpen(rule)))]
    const rule = resourceOf(estate, 'AWS::EC2::SecurityGroupIngress', id)
    return rule === undefined ? [] : [make(rule, '', () => undefined)]
  })
}

/** A change of one setting; none where it is so already. */
export const setting = ({ id, type, name, properties }: Resource, pointer: string, value: unknown, accessLost = 5): Change[] => {
  const shown = typeof value === 'object' ? '' : ` to ${String(value)}`
  return JSON.stringify(valueAt(properties, pointer)) === JSON.stringify(value) ? []
    : [{ key: `${type} ${id} ${pointer}`, title: `Set ${pointer} of ${name}${shown}`, resource: id, type, pointer, accessLost, apply: () => value }]
}

/** No longer answering from what anybody may write: the sources of a knowledge base that crawl the web go. */
const uncrawled = (estate: Estate, base: number): Change[] => estate.graph.in(base, 'part of').map(({ node }) => estate.graph.node(node).resource)
  .flatMap((node) => (node === undefined || estate.table.typeOf(node) !== 'AWS::Bedrock::DataSource' ? [] : [estate.resource(node)]))
  .filter(({ properties }) => valueAt(properties, 'DataSourceConfiguration/Type') === 'WEB')
  .map(({ id, type, name }) => ({ key: `${type} ${id} drop`, title: `Delete data source ${name}, which crawls the web`, resource: id, type, pointer: '', accessLost: 10, apply: () => undefined }))
