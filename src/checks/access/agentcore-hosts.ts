import { every, some } from '../../core/unknown.ts'
import { defineCheck } from '../check.ts'
import { nonePublic } from '../families/network.ts'
import { IMAGE, ROLE } from '../families/values.ts'

const runtime = { AgentRuntimeName: 'helper', RoleArn: ROLE, AgentRuntimeArtifact: { ContainerConfiguration: { ContainerUri: IMAGE } } }

/** What a collector read of a runtime that CloudFormation has no property for: whether its metadata service wants version 2. */
const metadata = (required: boolean) => ({ ...runtime, BartizanRequiresMmdsV2: required })
const requiresMmdsV2 = (found: object): boolean | undefined => (found as { readonly BartizanRequiresMmdsV2?: boolean }).BartizanRequiresMmdsV2

const provider = (RootVolume: object, subnet = 'subnet-1') => ({
  Name: 'hosts', PermissionsConfiguration: { CapacityProviderOperatorRoleArn: ROLE },
  ComputeConfiguration: {
    Ec2Configuration: {
      LaunchTemplateSource: { LaunchParameters: { InstanceRequirements: { AllowedInstanceTypes: ['m7g.large'] }, OperatingSystem: 'LINUX_ARM64' as const } }, RootVolume, VpcConfiguration: { SecurityGroups: ['sg-1'], Subnets: [subnet] },
    },
  },
})
const leadsOut = [
  { type: 'AWS::EC2::SubnetRouteTableAssociation', properties: { SubnetId: 'subnet-1', RouteTableId: 'rtb-1' } },
  { type: 'AWS::EC2::Route', properties: { RouteTableId: 'rtb-1', DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1' } },
] as const

export default [
  defineCheck({
    id: 'agentcore-runtime-mmds-v1', on: 'AWS::BedrockAgentCore::Runtime',
    title: 'Agent runtime answers version 1 of its metadata service',
    risk: 'weak-iam', severity: 'medium',
    why: 'One forged request through the agent is enough to steal the credentials of its role.',
    fix: { text: 'Update the runtime with metadataConfiguration.requireMMDSV2 true.' },
    when: (found) => requiresMmdsV2(found) !== undefined,
    requires: (found) => requiresMmdsV2(found) === true,
    fails: [metadata(false)],
    passes: [metadata(true)],
  }),
  defineCheck({
    id: 'agentcore-capacity-provider-host', on: 'AWS::BedrockAgentCore::CapacityProvider',
    title: 'Hosts of agents have unencrypted volumes or stand in a public subnet',
    risk: 'insecure-api', severity: 'medium',
    why: 'Sessions of every user pass these hosts; a disk or an address that is open opens them all.',
    fix: { text: 'Set Encrypted for the root volume and each volume, and name private subnets.' },
    requires: ({ ComputeConfiguration: { Ec2Configuration: { RootVolume, Volumes, VpcConfiguration } } }, estate) => every([
      () => RootVolume?.Encrypted === true || some(estate.all('AWS::EC2::EbsEncryptionByDefault'), ({ properties }) => properties.EbsEncryptionByDefault === true),
      () => every(Volumes, ({ EbsConfiguration }) => EbsConfiguration.Encrypted !== false),
      () => nonePublic(estate, VpcConfiguration.Subnets),
    ], (holds) => holds()),
    fails: [provider({ Encrypted: false }), { ...provider({ Encrypted: true }), given: leadsOut }],
    passes: [provider({ Encrypted: true })],
  }),
]
