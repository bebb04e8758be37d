import { none, some } from '../../core/unknown.ts'
import type { EstateView } from '../../graph/view.ts'

/** A rule of a security group, inbound or outbound. */
interface Rule {
  readonly CidrIp?: string
  readonly CidrIpv6?: string
  readonly IpProtocol: string
  readonly FromPort?: number
  readonly ToPort?: number
}

/** Whether a rule speaks of every address. */
export const isAnywhere = (rule: Rule): boolean => rule.CidrIp === '0.0.0.0/0' || rule.CidrIpv6 === '::/0'

/** Whether a rule opens a port. */
export const opensPort = (rule: Rule, port: number): boolean => {
  if (rule.IpProtocol === '-1') return true
  if (rule.IpProtocol !== 'tcp' && rule.IpProtocol !== '6') return false
  return rule.FromPort === undefined || rule.FromPort === -1 || (rule.FromPort <= port && port <= (rule.ToPort ?? rule.FromPort))
}

/** Whether any inbound rule of a security group, its own or a separate one, passes a test. */
export const letsIn = (estate: EstateView, group: string, test: (rule: Rule) => boolean): boolean => {
  const found = () => estate.find('AWS::EC2::SecurityGroup', group)
  return some([
    () => some(found()?.properties.SecurityGroupIngress, test),
    () => some(estate.all('AWS::EC2::SecurityGroupIngress'), ({ properties }) =>
      (properties.GroupId === group || properties.GroupId === found()?.id) && properties.GroupId !== undefined && test(properties)),
  ], (look) => look())
}

/** Whether a security group lets every address in. */
export const letsAnyoneIn = (estate: EstateView, group: string): boolean => letsIn(estate, group, isAnywhere)

/** Whether a subnet's route table leads straight to an internet gateway. */
export const isPublicSubnet = (estate: EstateView, subnet: string): boolean => {
  const tables = tablesOf(estate, subnet)
  return some(estate.all('AWS::EC2::Route'), ({ properties: route }) =>
    some(tables, (table) => table === route.RouteTableId) &&
    (route.DestinationCidrBlock === '0.0.0.0/0' || route.DestinationIpv6CidrBlock === '::/0') &&
    route.GatewayId !== undefined && !route.GatewayId.startsWith('vpce-'))
}

/** A subnet's own route tables, else the main ones of its VPC. */
const tablesOf = (estate: EstateView, subnet: string): string[] => {
  const own = estate.all('AWS::EC2::SubnetRouteTableAssociation').filter(({ properties }) => properties.SubnetId === subnet)
    .map(({ properties }) => properties.RouteTableId)
  if (own.length > 0) return own
  const vpc = estate.find('AWS::EC2::Subnet', subnet)?.properties.VpcId
  if (vpc === undefined) return []
  return estate.all('AWS::EC2::RouteTable')
    .filter(({ properties }) => properties.VpcId === vpc && (properties as { BartizanMain?: boolean }).BartizanMain === true)
    .map(({ id }) => id)
}

/** Whether none of these security groups lets every address in. */
export const noneOpen = (estate: EstateView, groups: readonly string[] | undefined): boolean => none(groups, (group) => letsAnyoneIn(estate, group))

/** Whether none of these subnets leads straight to an internet gateway. */
export const nonePublic = (estate: EstateView, subnets: readonly string[] | undefined): boolean => none(subnets, (subnet) => isPublicSubnet(estate, subnet))
