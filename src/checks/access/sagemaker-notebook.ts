import { defineCheck } from '../check.ts'
import { securityGroup } from '../families/examples.ts'
import { letsAnyoneIn, isPublicSubnet } from '../families/network.ts'
import { ROLE } from '../families/values.ts'
import { none } from '../../core/unknown.ts'

const on = 'AWS::SageMaker::NotebookInstance'
const notebook = { NotebookInstanceName: 'research', InstanceType: 'ml.t3.medium', RoleArn: ROLE }
const placed = { ...notebook, SubnetId: 'subnet-1', SecurityGroupIds: ['sg-1'], DirectInternetAccess: 'Disabled' as const }
const anywhere = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' }
const inside = { ...anywhere, CidrIp: '10.0.0.0/8' }

const ofSubnet = (gateway: { GatewayId: string } | { NatGatewayId: string }) => [
  { type: 'AWS::EC2::SubnetRouteTableAssociation', properties: { SubnetId: 'subnet-1', RouteTableId: 'rtb-1' } },
  { type: 'AWS::EC2::Route', properties: { RouteTableId: 'rtb-1', DestinationCidrBlock: '0.0.0.0/0', ...gateway } },
] as const

export default [
  defineCheck({
    id: 'sagemaker-notebook-direct-internet',
    title: 'Notebook has a direct way to the internet',
    risk: 'insecure-api', severity: 'high', on,
    why: 'Code or data in the notebook can leave past every network control of the account.',
    fix: {
      text: 'Put the notebook in a subnet of your own and turn direct internet access off; this needs a new notebook instance.',
      set: { DirectInternetAccess: 'Disabled' }, needs: ['SubnetId'],
    },
    also: [
      'prowler:sagemaker_notebook_instance_without_direct_internet_access_configured', 'checkov:CKV_AWS_122',
      'cloudsploit:notebookDirectInternetAccess', 'securityhub:SageMaker.1',
      'config:sagemaker-notebook-no-direct-internet-access',
      'steampipe:sagemaker_notebook_instance_direct_internet_access_disabled', 'cdknag:AwsSolutions-SM3',
      'guard:sagemaker_notebook_no_direct_internet_access', 'controltower:CT.SAGEMAKER.PR.1',
      'kics:sagemaker_enabling_internet_access', 'kics:sagemaker_direct_internet_access_enabled', 'awsaiml:SM-01',
    ],
    requires: (resource) => resource.DirectInternetAccess === 'Disabled',
    fails: [notebook, { ...placed, DirectInternetAccess: 'Enabled' }],
    passes: [placed],
  }),
  defineCheck({
    id: 'sagemaker-notebook-no-vpc',
    title: 'Notebook runs outside your VPC',
    risk: 'insecure-api', severity: 'high', on,
    why: 'Its traffic passes none of your security groups, endpoints and flow logs.',
    fix: { text: 'Create the notebook again with SubnetId and SecurityGroupIds of a private subnet.' },
    also: [
      'prowler:sagemaker_notebook_instance_vpc_settings_configured', 'checkov:CKV_AWS_306',
      'cloudsploit:notebookInstanceInVpc', 'securityhub:SageMaker.2', 'config:sagemaker-notebook-instance-inside-vpc',
      'steampipe:sagemaker_notebook_instance_in_vpc', 'cdknag:AwsSolutions-SM1',
      'kics:sagemaker_notebook_not_placed_in_vpc', 'awsaiml:SM-10',
    ],
    requires: (resource) => resource.SubnetId !== undefined,
    fails: [notebook],
    passes: [placed],
  }),
  defineCheck({
    id: 'sagemaker-notebook-root-access',
    title: 'Notebook users are root',
    risk: 'weak-iam', severity: 'high', on,
    why: 'Whoever runs code in the notebook can change its system, read the credentials of others on it and undo its hardening.',
    fix: { text: 'Turn root access off; lifecycle scripts still run as root.', set: { RootAccess: 'Disabled' } },
    also: [
      'prowler:sagemaker_notebook_instance_root_access_disabled', 'checkov:CKV_AWS_307', 'securityhub:SageMaker.3',
      'config:sagemaker-notebook-instance-root-access-check',
      'steampipe:sagemaker_notebook_instance_root_access_disabled', 'awsaiml:SM-09',
    ],
    requires: (resource) => resource.RootAccess === 'Disabled',
    fails: [notebook, { ...notebook, RootAccess: 'Enabled' }],
    passes: [{ ...notebook, RootAccess: 'Disabled' }],
  }),
  defineCheck({
    id: 'sagemaker-notebook-imdsv1',
    title: 'Notebook answers version 1 of the instance metadata service',
    risk: 'weak-iam', severity: 'high', on,
    why: 'One forged request from inside the notebook is enough to steal the credentials of its role.',
    fix: {
      text: 'Require version 2 of the instance metadata service.',
      set: { InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: '2' } },
    },
    also: ['checkov:CKV_AWS_371'],
    requires: (resource) => resource.InstanceMetadataServiceConfiguration?.MinimumInstanceMetadataServiceVersion === '2',
    fails: [notebook, { ...notebook, InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: '1' } }],
    passes: [{ ...notebook, InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: '2' } }],
  }),
  defineCheck({
    id: 'sagemaker-notebook-no-lifecycle-config',
    title: 'Notebook has no lifecycle configuration',
    risk: 'weak-iam', severity: 'low', on,
    why: 'Nothing hardens the notebook when it starts or stops it when nobody uses it.',
    fix: { text: 'Attach a lifecycle configuration that applies your hardening and stops an idle notebook.' },
    requires: (resource) => resource.LifecycleConfigName !== undefined,
    fails: [notebook],
    passes: [{ ...notebook, LifecycleConfigName: 'harden-and-stop' }],
  }),
  defineCheck({
    id: 'sagemaker-notebook-sg-open-ingress',
    title: 'Security group of the notebook lets every address in',
    risk: 'insecure-api', severity: 'high', on,
    why: 'Whatever listens in the notebook can be reached by anyone with a route to it.',
    fix: { text: 'Remove the rules for 0.0.0.0/0 and ::/0; a notebook needs no inbound rule, it is opened by a signed URL.' },
    when: (resource) => resource.SecurityGroupIds !== undefined,
    requires: (resource, estate) => none(resource.SecurityGroupIds, (group) => letsAnyoneIn(estate, group)),
    fails: [{ ...placed, given: [securityGroup('sg-1', anywhere)] }],
    passes: [{ ...placed, given: [securityGroup('sg-1', inside)] }],
  }),
  defineCheck({
    id: 'sagemaker-notebook-public-subnet',
    title: 'Notebook stands in a public subnet',
    risk: 'insecure-api', severity: 'medium', on,
    why: 'Its subnet leads straight to the internet, past any proxy or firewall.',
    fix: { text: 'Create the notebook again in a private subnet, with VPC endpoints for the services that it uses.' },
    when: (resource) => resource.SubnetId !== undefined,
    requires: (resource, estate) => !isPublicSubnet(estate, resource.SubnetId!),
    fails: [{ ...placed, given: ofSubnet({ GatewayId: 'igw-1' }) }],
    passes: [{ ...placed, given: ofSubnet({ NatGatewayId: 'nat-1' }) }],
  }),
]
