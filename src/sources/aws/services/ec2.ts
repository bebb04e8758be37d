import { valueAt } from '../../../core/pointer.ts'
import { aiInScript, aiProperties } from '../../ai-use.ts'
import { readScript, scriptProperties } from '../../scripts.ts'
import { call, defineCollector } from '../collector.ts'
import type { Item } from '../collector.ts'

interface Permission { readonly IpProtocol?: string, readonly FromPort?: number, readonly ToPort?: number, readonly IpRanges?: Item[], readonly Ipv6Ranges?: Item[], readonly PrefixListIds?: Item[], readonly UserIdGroupPairs?: Item[] }

/** One rule a source, as CloudFormation writes them. */
const rules = (permissions: unknown, group: string) => ((permissions ?? []) as Permission[]).flatMap(({ IpProtocol, FromPort, ToPort, IpRanges = [], Ipv6Ranges = [], PrefixListIds = [], UserIdGroupPairs = [] }) => {
  const rule = { IpProtocol, FromPort, ToPort }
  return [
    ...IpRanges.map(({ CidrIp, Description }) => ({ ...rule, CidrIp, Description })),
    ...Ipv6Ranges.map(({ CidrIpv6, Description }) => ({ ...rule, CidrIpv6, Description })),
    ...PrefixListIds.map(({ PrefixListId, Description }) => ({ ...rule, [group === 'Source' ? 'SourcePrefixListId' : 'DestinationPrefixListId']: PrefixListId, Description })),
    ...UserIdGroupPairs.map(({ GroupId, UserId, Description }) => ({ ...rule, [`${group}SecurityGroupId`]: GroupId, ...(group === 'Source' ? { SourceSecurityGroupOwnerId: UserId } : {}), Description })),
  ]
})

const groups = (list: unknown) => ((list ?? []) as { GroupId?: string }[]).map(({ GroupId }) => GroupId)

const instance = ({ BlockDeviceMappings, SecurityGroups, IamInstanceProfile, Placement, MetadataOptions, NetworkInterfaces, PublicIpAddress, Monitoring, State, userData }: Item): Item => {
  const script = typeof userData === 'string' && userData !== '' ? readScript(userData, 'UserData') : undefined
  const profile = (IamInstanceProfile as { Arn?: string } | undefined)?.Arn
  return {
    SecurityGroupIds: groups(SecurityGroups),
    IamInstanceProfile: profile?.slice(profile.lastIndexOf('/') + 1),
    AvailabilityZone: (Placement as Item | undefined)?.['AvailabilityZone'],
    MetadataOptions,
    Monitoring: (Monitoring as { State?: string } | undefined)?.State === 'enabled',
    NetworkInterfaces: ((NetworkInterfaces ?? []) as Item[]).map(({ Groups, Attachment, Association, ...rest }) => ({
      ...rest, GroupSet: groups(Groups), DeviceIndex: String((Attachment as { DeviceIndex?: number } | undefined)?.DeviceIndex ?? 0), AssociatePublicIpAddress: Association !== undefined,
    })),
    PublicIp: PublicIpAddress,
    // what a volume is like, its own resource says
    BlockDeviceMappings: undefined,
    Volumes: ((BlockDeviceMappings ?? []) as Item[]).map(({ DeviceName, Ebs }) => ({ Device: DeviceName, VolumeId: (Ebs as Item | undefined)?.['VolumeId'] })),
    State: undefined,
    BartizanState: (State as { Name?: string } | undefined)?.Name,
    ...(script === undefined ? {} : { UserData: script.stands, ...scriptProperties([script]), ...aiProperties(aiInScript(script.text, 'user data')) }),
  }
}

/** The first address of a NAT gateway is its own. */
const natAddresses = ({ NatGatewayAddresses }: Item): Item => {
  const [own, ...more] = (NatGatewayAddresses ?? []) as { AllocationId?: string, NetworkInterfaceId?: string, PrivateIp?: string }[]
  return {
    AllocationId: own?.AllocationId, EniId: own?.NetworkInterfaceId, PrivateIpAddress: own?.PrivateIp,
    SecondaryAllocationIds: more.flatMap(({ AllocationId = [] }) => AllocationId), SecondaryPrivateIpAddresses: more.flatMap(({ PrivateIp = [] }) => PrivateIp),
  }
}

const main = (associations: unknown): boolean => ((associations ?? []) as Item[]).some(({ Main }) => Main === true)

export default defineCollector({
  id: 'ec2',
  prefix: 'ec2',
  scope: 'region',
  client: () => import('@aws-sdk/client-ec2'),
  page: { MaxResults: 1000 },
  resources: [
    {
      type: 'AWS::EC2::Instance', list: call('DescribeInstances'), items: 'Reservations/*/Instances', keep: ({ State }) => (State as { Name?: string } | undefined)?.Name !== 'terminated',
      id: ['InstanceId'], name: 'InstanceId', derive: instance,
      more: [call('DescribeInstanceAttribute', 'InstanceId', { with: { Attribute: 'userData' }, at: 'UserData/Value', as: 'userData', gives: ['UserData'] })],
    },
    {
      type: 'AWS::EC2::SecurityGroup', list: call('DescribeSecurityGroups'), items: 'SecurityGroups', id: ['GroupId'], name: 'GroupName', rename: { Description: 'GroupDescription' },
      derive: ({ IpPermissions, IpPermissionsEgress, GroupId }) => ({ Id: GroupId, SecurityGroupIngress: rules(IpPermissions, 'Source'), SecurityGroupEgress: rules(IpPermissionsEgress, 'Destination') }),
    },
    { type: 'AWS::EC2::VPC', list: call('DescribeVpcs'), items: 'Vpcs', id: ['VpcId'], name: 'VpcId' },
    { type: 'AWS::EC2::Subnet', list: call('DescribeSubnets'), items: 'Subnets', id: ['SubnetId'], name: 'SubnetId', derive: ({ Ipv6CidrBlockAssociationSet }) => ({ Ipv6CidrBlock: valueAt(Ipv6CidrBlockAssociationSet, '0/Ipv6CidrBlock') }) },
    {
      type: 'AWS::EC2::RouteTable', list: call('DescribeRouteTables', {}, { with: { MaxResults: 100 } }), items: 'RouteTables', id: ['RouteTableId'], name: 'RouteTableId', derive: ({ Associations }) => ({ BartizanMain: main(Associations) }),
      with: [
        { type: 'AWS::EC2::Route', items: 'Routes', id: ['$parent/RouteTableId', 'destination'], name: 'destination', derive: (route) => ({ RouteTableId: (route['$parent'] as Item)['RouteTableId'], destination: route['DestinationCidrBlock'] ?? route['DestinationIpv6CidrBlock'] ?? route['DestinationPrefixListId'], VpcEndpointId: String(route['GatewayId']).startsWith('vpce-') ? route['GatewayId'] : undefined }) },
        { type: 'AWS::EC2::SubnetRouteTableAssociation', items: 'Associations', keep: ({ SubnetId }: Item) => SubnetId !== undefined, id: ['RouteTableAssociationId'], name: 'RouteTableAssociationId', rename: { RouteTableAssociationId: 'Id' } },
      ],
    },
    {
      type: 'AWS::EC2::InternetGateway', list: call('DescribeInternetGateways'), items: 'InternetGateways', id: ['InternetGatewayId'], name: 'InternetGatewayId',
      with: [{ type: 'AWS::EC2::VPCGatewayAttachment', items: 'Attachments', id: ['$parent/InternetGatewayId', 'VpcId'], name: 'VpcId', derive: (attachment) => ({ InternetGatewayId: (attachment['$parent'] as Item)['InternetGatewayId'], AttachmentType: 'IGW' }) }],
    },
    { type: 'AWS::EC2::NatGateway', list: call('DescribeNatGateways'), items: 'NatGateways', id: ['NatGatewayId'], name: 'NatGatewayId', derive: natAddresses },
    { type: 'AWS::EC2::VPCEndpoint', list: call('DescribeVpcEndpoints'), items: 'VpcEndpoints', id: ['VpcEndpointId'], name: 'VpcEndpointId', rename: { VpcEndpointId: 'Id' }, derive: ({ Groups }) => ({ SecurityGroupIds: groups(Groups) }) },
    { type: 'AWS::EC2::FlowLog', list: call('DescribeFlowLogs'), items: 'FlowLogs', id: ['FlowLogId'], name: 'FlowLogId', rename: { FlowLogId: 'Id' }, derive: ({ ResourceId }) => ({ ResourceType: flowLogKind(String(ResourceId)) }) },
    { type: 'AWS::EC2::Volume', list: call('DescribeVolumes'), items: 'Volumes', id: ['VolumeId'], name: 'VolumeId' },
    { type: 'AWS::EC2::Snapshot', list: call('DescribeSnapshots', {}, { with: { OwnerIds: ['self'] } }), items: 'Snapshots', id: ['SnapshotId'], name: 'SnapshotId', createdAt: 'StartTime' },
    { type: 'AWS::EC2::Image', list: call('DescribeImages', {}, { with: { Owners: ['self'] } }), items: 'Images', id: ['ImageId'], name: 'Name' },
    {
      type: 'AWS::EC2::LaunchTemplate', list: call('DescribeLaunchTemplates', {}, { with: { MaxResults: 200 } }), items: 'LaunchTemplates', id: ['LaunchTemplateId'], name: 'LaunchTemplateName',
      more: [call('DescribeLaunchTemplateVersions', 'LaunchTemplateId', { with: { Versions: ['$Default'] }, at: 'LaunchTemplateVersions/0' })],
      derive: ({ LaunchTemplateData }) => {
        const data = LaunchTemplateData as Item | undefined
        if (typeof data?.['UserData'] !== 'string') return {}
        const script = readScript(data['UserData'], 'LaunchTemplateData/UserData')
        return { LaunchTemplateData: { ...data, UserData: script.stands }, ...scriptProperties([script]), ...aiProperties(aiInScript(script.text, 'user data')) }
      },
    },
    { type: 'AWS::EC2::EbsEncryptionByDefault', describe: call('GetEbsEncryptionByDefault') },
    { type: 'AWS::EC2::InstanceMetadataDefaults', describe: call('GetInstanceMetadataDefaults', {}, { at: 'AccountLevel' }) },
  ],
})

/** What a flow log watches, by the kind of its id. */
const flowLogKind = (id: string): string => (id.startsWith('vpc-') ? 'VPC' : id.startsWith('subnet-') ? 'Subnet' : id.startsWith('eni-') ? 'NetworkInterface' : 'TransitGateway')
