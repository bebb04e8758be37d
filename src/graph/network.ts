import { placesAt } from '../core/pointer.ts'
import { holdsUnknown, throwUnknown } from '../core/unknown.ts'
import type { Resource } from '../model/resource.ts'
import type { Estate } from './estate.ts'
import type { Exposure } from './view.ts'

interface Fact { readonly resource: string, readonly pointer: string, readonly note: string }

/** Whether the internet reaches a network interface: a public address, a route to an internet gateway, and a security group that lets it in. */
export const networkExposure = (estate: Estate, resource: Resource): Exposure | undefined => {
  const [opening] = internetOpenings(estate, resource)
  if (opening === undefined) return isSurelyApart(estate, resource) ? undefined : throwUnknown(`how ${resource.name} is connected is not known`)
  const { resource: group, pointer, note } = opening
  return { kind: 'public', reason: note, evidence: [...opening.way, { resource: group, pointer, note }] }
}

const networkTypes = ['AWS::EC2::SecurityGroup', 'AWS::EC2::SecurityGroupIngress', 'AWS::EC2::Route', 'AWS::EC2::SubnetRouteTableAssociation'] as const

/** Whether all is known that could connect a network interface with the internet: its address, and where it has one its groups, their rules and the routes. */
const isSurelyApart = (estate: Estate, resource: Resource): boolean => {
  const { PublicIp, Scheme, NetworkInterfaces, NetworkConfiguration, SecurityGroupIds, SecurityGroups, SubnetId, Subnets } = resource.properties
  if (holdsUnknown([PublicIp, Scheme, NetworkInterfaces, NetworkConfiguration, estate.isTemplate ? SubnetId : undefined])) return false
  if (publicAddress(estate, resource) === undefined) return true
  if (holdsUnknown([SecurityGroupIds, SecurityGroups, SubnetId, Subnets])) return false
  if (networkTypes.some((type) => estate.incomplete(type, resource.account, resource.region) !== undefined)) return false
  return groupsOf(resource).every((group) => {
    const at = estate.references.find(['AWS::EC2::SecurityGroup'], group, resource)
    return at === undefined || !holdsUnknown(estate.resource(at).properties['SecurityGroupIngress'])
  })
}

/** A rule of a security group that lets the whole internet in, and the public address and the route that bring it there. */
export interface Opening extends Fact { readonly from: number, readonly to: number, readonly way: readonly Fact[] }

/** The ports of a resource that the whole internet reaches. */
export const internetOpenings = (estate: Estate, resource: Resource): Opening[] => {
  const address = publicAddress(estate, resource)
  if (address === undefined) return []
  const subnets = subnetsOf(resource)
  const route = subnets.map((subnet) => internetRoute(estate, resource, subnet)).find((fact) => fact !== undefined)
  if (subnets.length > 0 && route === undefined) return []
  return groupsOf(resource).flatMap((group) => openPorts(estate, resource, group)).map((opening) => ({ ...opening, way: [address, ...(route === undefined ? [] : [route])] }))
}

/** Where an ECS service says how its tasks are connected. */
const taskNetwork = 'NetworkConfiguration/AwsvpcConfiguration'

const strings = (resource: Resource, pointer: string): string[] =>
  placesAt(resource.properties, pointer).map(({ value }) => value).filter((value) => typeof value === 'string')

const subnetsOf = (resource: Resource): string[] =>
  [...strings(resource, 'SubnetId'), ...strings(resource, 'Subnets/*'), ...strings(resource, 'NetworkInterfaces/*/SubnetId'), ...strings(resource, `${taskNetwork}/Subnets/*`)]

const groupsOf = (resource: Resource): string[] =>
  [...strings(resource, 'SecurityGroupIds/*'), ...strings(resource, 'SecurityGroups/*'), ...strings(resource, 'NetworkInterfaces/*/GroupSet/*'), ...strings(resource, `${taskNetwork}/SecurityGroups/*`)]

const publicAddress = (estate: Estate, resource: Resource): Fact | undefined => {
  if (resource.type === 'AWS::ElasticLoadBalancingV2::LoadBalancer') {
    return (resource.properties['Scheme'] ?? 'internet-facing') === 'internet-facing'
      ? { resource: resource.id, pointer: 'Scheme', note: 'it faces the internet' } : undefined
  }
  if (typeof resource.properties['PublicIp'] === 'string') return { resource: resource.id, pointer: 'PublicIp', note: 'it has a public address' }
  const associated = [...placesAt(resource.properties, 'NetworkInterfaces/*/AssociatePublicIpAddress'), ...placesAt(resource.properties, `${taskNetwork}/AssignPublicIp`)].find(({ value }) => value === true || value === 'ENABLED')
  if (associated !== undefined) return { resource: resource.id, pointer: associated.pointer, note: 'it gets a public address' }
  if (resource.type !== 'AWS::EC2::Instance') return undefined
  return elasticAddress(estate, resource) ?? (estate.isTemplate ? addressOfSubnet(estate, resource) : undefined)
}

/** An elastic address that names the instance, in itself or by an association. */
const elasticAddress = (estate: Estate, instance: Resource): Fact | undefined => {
  const named = ['AWS::EC2::EIP', 'AWS::EC2::EIPAssociation'].flatMap((type) => estate.ofType(type)).map((index) => estate.resource(index)).find((address) => {
    const { InstanceId: id } = address.properties
    return typeof id === 'string' && estate.references.find(['AWS::EC2::Instance'], id, address) === estate.references.byId(instance.id)
  })
  return named === undefined ? undefined : { resource: named.id, pointer: 'InstanceId', note: 'it has an elastic address' }
}

/** An instance that does not say otherwise gets a public address where its subnet gives one. */
const addressOfSubnet = (estate: Estate, resource: Resource): Fact | undefined => {
  if (placesAt(resource.properties, 'NetworkInterfaces/*/AssociatePublicIpAddress').some(({ value }) => value === false)) return undefined
  return subnetsOf(resource).flatMap((subnet): Fact[] => {
    const at = estate.references.find(['AWS::EC2::Subnet'], subnet, resource)
    const gives = at !== undefined && estate.resource(at).properties['MapPublicIpOnLaunch'] === true
    return gives ? [{ resource: estate.resource(at).id, pointer: 'MapPublicIpOnLaunch', note: 'its subnet gives it a public address' }] : []
  })[0]
}

/** The route from a subnet to an internet gateway, through its own route table or its VPC's main one. */
const internetRoute = (estate: Estate, from: Resource, subnet: string): Fact | undefined => {
  const tables = tablesOf(estate, from, subnet)
  for (const index of estate.ofType('AWS::EC2::Route')) {
    const route = estate.resource(index)
    const { RouteTableId: table, GatewayId: gateway } = route.properties
    if (typeof table !== 'string' || !tables.includes(table) || typeof gateway !== 'string' || gateway.startsWith('vpce-')) continue
    if (route.properties['DestinationCidrBlock'] === '0.0.0.0/0' || route.properties['DestinationIpv6CidrBlock'] === '::/0') {
      return { resource: route.id, pointer: 'GatewayId', note: `subnet ${subnet} routes to the internet through ${gateway}` }
    }
  }
  return undefined
}

const tablesOf = (estate: Estate, from: Resource, subnet: string): string[] => {
  const associations = estate.ofType('AWS::EC2::SubnetRouteTableAssociation').map((index) => estate.resource(index).properties)
  const own = associations.filter(({ SubnetId }) => SubnetId === subnet).map(({ RouteTableId }) => String(RouteTableId))
  if (own.length > 0) return own
  const at = estate.references.find(['AWS::EC2::Subnet'], subnet, from)
  const vpc = at === undefined ? undefined : estate.resource(at).properties['VpcId']
  return estate.ofType('AWS::EC2::RouteTable').map((index) => estate.resource(index))
    .filter(({ properties }) => properties['VpcId'] === vpc && properties['BartizanMain'] === true)
    .map(({ id }) => id)
}

const anywhere = new Set(['0.0.0.0/0', '::/0'])

/** Ingress rules of a security group, its own and separate ones, that let the whole internet in. */
const openPorts = (estate: Estate, from: Resource, group: string): Omit<Opening, 'way'>[] => {
  const at = estate.references.find(['AWS::EC2::SecurityGroup'], group, from)
  const inline = at === undefined ? [] : placesAt(estate.resource(at).properties, 'SecurityGroupIngress/*')
    .map(({ value, pointer }) => ({ rule: value as Readonly<Record<string, unknown>>, resource: estate.table.idOf(at), pointer }))
  const separate = estate.ofType('AWS::EC2::SecurityGroupIngress').map((index) => estate.resource(index))
    .filter(({ properties }) => properties['GroupId'] === group)
    .map(({ properties, id }) => ({ rule: properties, resource: id, pointer: '' }))
  return [...inline, ...separate]
    .filter(({ rule }) => anywhere.has(String(rule['CidrIp'])) || anywhere.has(String(rule['CidrIpv6'])))
    .map(({ rule, resource, pointer }) => ({ resource, pointer, note: `security group ${group} lets the internet reach ${ports(rule)}`, ...range(rule) }))
}

const range = (rule: Readonly<Record<string, unknown>>): { from: number, to: number } => {
  const [from, to] = [Number(rule['FromPort'] ?? 0), Number(rule['ToPort'] ?? 65_535)]
  return rule['IpProtocol'] === '-1' || from < 0 ? { from: 0, to: 65_535 } : { from, to }
}

const ports = (rule: Readonly<Record<string, unknown>>): string => {
  if (rule['IpProtocol'] === '-1' || rule['FromPort'] === undefined) return 'every port'
  return rule['FromPort'] === rule['ToPort'] ? `port ${rule['FromPort']}` : `ports ${rule['FromPort']} to ${rule['ToPort']}`
}
