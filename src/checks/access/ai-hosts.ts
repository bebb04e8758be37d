import { none, some } from '../../core/unknown.ts'
import { defineCheck } from '../check.ts'
import type { EstateView } from '../../graph/view.ts'
import { allow, oneBucket, role, securityGroup } from '../families/examples.ts'
import { seenUsingAi } from '../families/ai-callers.ts'
import { isAccelerated } from '../families/hosts.ts'
import { isAnywhere, opensPort } from '../families/network.ts'
import { roleNamed } from '../families/role-power.ts'
import { administers, identityArn, usesAnyBucket } from '../families/roles.ts'

const gpu = { InstanceType: 'g5.xlarge', ImageId: 'ami-1' }
const launch = (HttpTokens?: 'optional' | 'required') => ({
  LaunchTemplateName: 'workers',
  LaunchTemplateData: { InstanceType: 'p5.48xlarge', ...(HttpTokens === undefined ? {} : { MetadataOptions: { HttpTokens } }) },
})
const world = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '0.0.0.0/0' }
const office = { ...world, CidrIp: '198.51.100.0/24' }
const onInternet = (rule: object) => [
  securityGroup('sg-1', rule),
  { type: 'AWS::EC2::SubnetRouteTableAssociation', properties: { SubnetId: 'subnet-1', RouteTableId: 'rtb-1' } },
  { type: 'AWS::EC2::Route', properties: { RouteTableId: 'rtb-1', DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1' } },
] as const
const placed = { ...gpu, PublicIp: '203.0.113.10', SubnetId: 'subnet-1', SecurityGroupIds: ['sg-1'] }
const profile = { type: 'AWS::IAM::InstanceProfile', properties: { InstanceProfileName: 'worker', Roles: ['worker'] } } as const

/** Ports that only AI servers use: Jupyter, Ollama, Ray, TensorBoard, Qdrant, Milvus, Gradio. */
const ownPorts = [8888, 11_434, 8265, 6006, 6333, 19_530, 7860]
/** Ports that AI servers share with others: vLLM and Triton, MLflow. They count on AI hosts only. */
const sharedPorts = [8000, 8001, 5000]

interface Rule { readonly CidrIp?: string, readonly CidrIpv6?: string, readonly IpProtocol: string, readonly FromPort?: number, readonly ToPort?: number }

/** A rule that names its ports; one that opens all says nothing of AI. */
const isNarrow = ({ IpProtocol, FromPort, ToPort }: Rule): boolean =>
  IpProtocol !== '-1' && FromPort !== undefined && FromPort >= 0 && (ToPort ?? FromPort) - FromPort < 1000

/** Whether a host that runs AI stands behind a security group. */
const guardsAiHost = (estate: EstateView, group: string | undefined): boolean =>
  some(estate.all('AWS::EC2::Instance'), ({ properties }) =>
    (isAccelerated(properties.InstanceType) || seenUsingAi(properties)) && some(properties.SecurityGroupIds, (id) => id === group))

const opensAi = (estate: EstateView, rule: Rule, group: string | undefined): boolean => isAnywhere(rule) && some([
  () => isNarrow(rule) && ownPorts.some((port) => opensPort(rule, port)),
  () => [...ownPorts, ...sharedPorts].some((port) => opensPort(rule, port)) && guardsAiHost(estate, group),
], (look) => look())

const portText = {
  id: 'ai-port-exposed',
  title: 'Port of an AI server is open to the internet',
  risk: 'insecure-api', severity: 'critical',
  why: 'Notebooks, Ollama, Ray and vector databases ask for no password by default: whoever finds the port runs code or reads the data.',
  fix: { text: 'Let in only the addresses that need it; put a load balancer that authenticates in front of what people use.' },
} as const

const jupyter = { IpProtocol: 'tcp', FromPort: 8888, ToPort: 8888, CidrIp: '0.0.0.0/0' }
const web = { ...jupyter, FromPort: 8000, ToPort: 8000 }
const host = { type: 'AWS::EC2::Instance', properties: { ...gpu, SecurityGroupIds: ['sg-1'] } } as const
const group = (...SecurityGroupIngress: (typeof jupyter)[]) => ({ GroupDescription: 'example', GroupId: 'sg-1', SecurityGroupIngress })

export default [
  defineCheck({
    id: 'gpu-instance-public',
    title: 'Accelerator host can be reached from the internet',
    risk: 'insecure-api', severity: 'critical', on: 'AWS::EC2::Instance',
    why: 'Whoever gets in takes the models and data on it, or mines with it at your cost.',
    fix: { text: 'Take its public address away, or let in only the addresses that need it; use Session Manager instead of SSH.' },
    also: ['prowler:ec2_instance_public_ip', 'prowler:ec2_securitygroup_allow_ingress_from_internet_to_any_port'],
    when: ({ InstanceType }) => isAccelerated(InstanceType),
    requires: (_instance, estate) => estate.exposure() === undefined,
    fails: [{ ...placed, given: onInternet({ ...world, CidrIp: '0.0.0.0/0' }) }],
    passes: [{ ...placed, given: onInternet(office) }],
  }),
  defineCheck({
    ...portText, on: 'AWS::EC2::SecurityGroup',
    also: ['prowler:ec2_instance_public_ip', 'prowler:ec2_securitygroup_allow_ingress_from_internet_to_any_port'],
    requires: ({ GroupId, SecurityGroupIngress }, estate) => none(SecurityGroupIngress, (rule) => opensAi(estate, rule, GroupId ?? estate.self.id)),
    fails: [group(jupyter), { ...group(web), given: [host] }],
    passes: [group({ ...jupyter, CidrIp: '10.0.0.0/8' }), group(web), group({ ...jupyter, FromPort: 443, ToPort: 443 })],
  }),
  defineCheck({
    ...portText, on: 'AWS::EC2::SecurityGroupIngress',
    also: ['prowler:ec2_instance_public_ip', 'prowler:ec2_securitygroup_allow_ingress_from_internet_to_any_port'],
    requires: (rule, estate) => !opensAi(estate, rule, rule.GroupId),
    fails: [{ ...jupyter, GroupId: 'sg-1' }, { ...web, GroupId: 'sg-1', given: [host] }],
    passes: [{ ...jupyter, GroupId: 'sg-1', CidrIp: '10.0.0.0/8' }, { ...web, GroupId: 'sg-1' }],
  }),
  defineCheck({
    id: 'gpu-instance-imdsv1',
    title: 'Accelerator host answers version 1 of the instance metadata service',
    risk: 'weak-iam', severity: 'high', on: 'AWS::EC2::Instance',
    why: 'One forged request through a model server is enough to steal the credentials of its role.',
    fix: { text: 'Require version 2 of the instance metadata service.', set: { MetadataOptions: { HttpTokens: 'required' } } },
    also: ['prowler:ec2_instance_imdsv2_enabled', 'trivy:AWS-0028'],
    when: ({ InstanceType }) => isAccelerated(InstanceType),
    requires: ({ MetadataOptions }) => MetadataOptions?.HttpTokens === 'required' || MetadataOptions?.HttpEndpoint === 'disabled',
    fails: [gpu, { ...gpu, MetadataOptions: { HttpTokens: 'optional' } }],
    passes: [{ ...gpu, MetadataOptions: { HttpTokens: 'required' } }],
  }),
  defineCheck({
    id: 'gpu-instance-imdsv1',
    title: 'Launch template of accelerator hosts allows version 1 of the instance metadata service',
    risk: 'weak-iam', severity: 'high', on: 'AWS::EC2::LaunchTemplate',
    why: 'One forged request through a model server is enough to steal the credentials of its role.',
    fix: { text: 'Set LaunchTemplateData.MetadataOptions.HttpTokens to required.' },
    also: ['prowler:ec2_instance_imdsv2_enabled', 'trivy:AWS-0028'],
    when: ({ LaunchTemplateData }) => isAccelerated(LaunchTemplateData.InstanceType),
    requires: ({ LaunchTemplateData: { MetadataOptions } }) => MetadataOptions?.HttpTokens === 'required' || MetadataOptions?.HttpEndpoint === 'disabled',
    fails: [launch(), launch('optional')],
    passes: [launch('required')],
  }),
  defineCheck({
    id: 'gpu-instance-role-overprivileged',
    title: 'Role of the accelerator host reaches every bucket or administers the account',
    risk: 'weak-iam', severity: 'high', on: 'AWS::EC2::Instance',
    why: 'Whoever runs code in the model server gets at all that its role can do.',
    fix: { text: 'Name in the role the buckets that the host reads its models and data from.' },
    when: ({ InstanceType, IamInstanceProfile }) => isAccelerated(InstanceType) && IamInstanceProfile !== undefined,
    requires: ({ IamInstanceProfile }, estate) => none(estate.find('AWS::IAM::InstanceProfile', IamInstanceProfile)?.properties.Roles, (name) => {
      const found = roleNamed(estate, name)
      return found !== undefined && some([administers, usesAnyBucket], (power) => power(estate, identityArn(found)))
    }),
    fails: [{ ...gpu, IamInstanceProfile: 'worker', given: [profile, role('worker', 'ec2.amazonaws.com', allow('s3:*', '*'))] }],
    passes: [{ ...gpu, IamInstanceProfile: 'worker', given: [profile, role('worker', 'ec2.amazonaws.com', oneBucket)] }],
  }),
]
