import { isUnknown } from '../../core/unknown.ts'
import { blocks, first, listed, present, set, under, without } from './blocks.ts'
import type { Reshape, Values } from './blocks.ts'
import { aiShapes } from './shapes-ai.ts'
import { dataShapes } from './shapes-data.ts'

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value as unknown[] : value === undefined || value === null ? [] : [value])

/** One rule for each peer: CloudFormation's rules name one each. */
export const ruleOf = (rule: Values, direction: 'ingress' | 'egress'): Values[] => {
  const side = direction === 'ingress' ? 'Source' : 'Destination'
  const base = present({ IpProtocol: rule['protocol'] ?? rule['ip_protocol'], FromPort: rule['from_port'], ToPort: rule['to_port'], Description: rule['description'] })
  const peers: Values[] = [
    ...[...list(rule['cidr_blocks']), ...list(rule['cidr_ipv4'])].map((cidr) => ({ CidrIp: cidr })),
    ...[...list(rule['ipv6_cidr_blocks']), ...list(rule['cidr_ipv6'])].map((cidr) => ({ CidrIpv6: cidr })),
    ...[...list(rule['security_groups']), ...list(rule['source_security_group_id']), ...list(rule['referenced_security_group_id'])].map((group) => ({ [`${side}SecurityGroupId`]: group })),
    ...[...list(rule['prefix_list_ids']), ...list(rule['prefix_list_id'])].map((prefix) => ({ [`${side}PrefixListId`]: prefix })),
  ]
  return peers.map((peer) => ({ ...base, ...peer }))
}

const securityGroup: Reshape = ({ ingress, egress, ...values }) => ({
  ...values,
  security_group_ingress: isUnknown(ingress) ? ingress : blocks(ingress).flatMap((rule) => ruleOf(rule, 'ingress')),
  security_group_egress: isUnknown(egress) ? egress : blocks(egress).flatMap((rule) => ruleOf(rule, 'egress')),
})

const lambdaFunction: Reshape = ({ filename: _file, s3_bucket: bucket, s3_key: key, s3_object_version: version, image_uri: image, reserved_concurrent_executions: reserved, ...values }) => ({
  ...values,
  Code: present({ S3Bucket: bucket, S3Key: key, S3ObjectVersion: version, ImageUri: image }),
  ...typeof reserved === 'number' && reserved < 0 ? {} : { reserved_concurrent_executions: reserved },
})

const json = (value: unknown): unknown => {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

const taskDefinition: Reshape = (values) => ({ ...values, container_definitions: json(values['container_definitions']) })

const ecsService: Reshape = ({ network_configuration: network, ...values }) => {
  const { assign_public_ip: assigned, ...rest } = first(network)
  return Object.keys(first(network)).length === 0 ? values : { ...values, NetworkConfiguration: { AwsvpcConfiguration: { ...rest, ...assigned === undefined ? {} : { AssignPublicIp: isUnknown(assigned) ? assigned : assigned === true ? 'ENABLED' : 'DISABLED' } } } }
}

const device = (volume: Values, name: unknown): Values =>
  ({ DeviceName: volume['device_name'] ?? name, Ebs: present({ Encrypted: volume['encrypted'], KmsKeyId: volume['kms_key_id'], VolumeSize: volume['volume_size'], VolumeType: volume['volume_type'] }) })

const instance: Reshape = ({ root_block_device: root, ebs_block_device: volumes, associate_public_ip_address: isPublic, vpc_security_group_ids: groups, subnet_id: subnet, user_data: script, user_data_base64: encoded, ...values }) => {
  const devices = [...blocks(root).map((volume) => device(volume, '/dev/xvda')), ...blocks(volumes).map((volume) => device(volume, undefined))]
  // A public address belongs to a network interface, and with it the subnet and the groups.
  const network = isPublic === true ? { NetworkInterfaces: [{ DeviceIndex: '0', AssociatePublicIpAddress: true, ...present({ SubnetId: subnet, GroupSet: groups }) }] } : present({ SubnetId: subnet, SecurityGroupIds: groups })
  return { ...values, ...network, ...present({ UserData: encoded ?? (typeof script === 'string' ? Buffer.from(script).toString('base64') : script) }), ...devices.length === 0 ? {} : { BlockDeviceMappings: devices } }
}

const launchTemplate: Reshape = ({ name, name_prefix: _prefix, iam_instance_profile: profile, vpc_security_group_ids: groups, block_device_mappings: devices, tags, tag_specifications: _tagged, ...data }) => ({
  ...present({ LaunchTemplateName: name, tags }),
  LaunchTemplateData: {
    ...data, ...present({ SecurityGroupIds: groups }), ...Object.keys(first(profile)).length === 0 ? {} : { IamInstanceProfile: first(profile) },
    ...devices === undefined ? {} : { BlockDeviceMappings: blocks(devices).map((volume) => ({ ...device(first(volume['ebs']), volume['device_name']) })) },
  },
})

const launchTemplateOf = ({ id, name, version }: Values): Values => present({ LaunchTemplateId: id, LaunchTemplateName: name, Version: version })

const eksCluster: Reshape = ({ vpc_config: vpc, encryption_config: encryption, enabled_cluster_log_types: logs, ...values }) => ({
  ...values,
  ...under('ResourcesVpcConfig', vpc),
  ...set('EncryptionConfig', encryption, (_first, all) => all.map((block) => ({ Resources: block['resources'], Provider: { KeyArn: first(block['provider'])['key_arn'] } }))),
  ...isUnknown(logs) ? { Logging: logs } : list(logs).length === 0 ? {} : { Logging: { ClusterLogging: { EnabledTypes: list(logs).map((type) => ({ Type: type })) } } },
})

/** Attributes of a load balancer that are arguments in Terraform. */
const attributes = (values: Values): Values[] => {
  const { access_logs: logs } = values
  const flags = [['routing.http.drop_invalid_header_fields.enabled', values['drop_invalid_header_fields']], ['deletion_protection.enabled', values['enable_deletion_protection']]] as const
  const access = isUnknown(logs) ? [['access_logs.s3.enabled', logs]] as const : blocks(logs).flatMap((block) => [['access_logs.s3.enabled', block['enabled'] ?? false], ['access_logs.s3.bucket', block['bucket']]] as const)
  return [...flags, ...access].filter(([, value]) => value !== undefined && value !== null).map(([Key, Value]) => ({ Key, Value }))
}

const loadBalancer: Reshape = ({ internal, load_balancer_type: kind, security_groups: groups, subnets, ...values }) => ({
  ...values, ...present({ Type: kind, SecurityGroups: groups, Subnets: subnets }), Scheme: isUnknown(internal) ? internal : internal === true ? 'internal' : 'internet-facing', LoadBalancerAttributes: attributes(values),
})

const listener: Reshape = ({ default_action: actions, certificate_arn: certificate, ...values }) => ({
  ...values, ...listed('Certificates', 'CertificateArn', certificate),
  ...set('DefaultActions', actions, (_first, all) => all.map(({ forward, authenticate_cognito: cognito, authenticate_oidc: oidc, redirect, fixed_response: fixed, ...action }) => ({
    ...action, ...action['target_group_arn'] === undefined && blocks(forward).length > 0 ? { TargetGroupArn: first(first(forward)['target_group'])['arn'] } : {},
    ...under('AuthenticateCognitoConfig', cognito), ...under('AuthenticateOidcConfig', oidc), ...under('RedirectConfig', redirect), ...under('FixedResponseConfig', fixed),
  }))),
})

const eventRule: Reshape = ({ is_enabled: enabled, state, ...values }) => ({ ...values, ...present({ State: state ?? (enabled === undefined || enabled === null || isUnknown(enabled) ? enabled : enabled === false ? 'DISABLED' : 'ENABLED') }) })

const route: Reshape = ({ cidr_block: four, destination_cidr_block: destination, ...values }) => ({ ...values, ...present({ DestinationCidrBlock: destination ?? four }) })

/** What CloudFormation holds in one property more. */
const inside = (property: string, ...outer: readonly string[]): Reshape => (values) => ({ ...without(values, Object.keys(values).filter((name) => !outer.includes(name))), [property]: without(values, outer) })

const pipelineStages: Reshape = ({ stage, ...values }) => ({
  ...values,
  ...set('Stages', stage, (_first, all) => all.map(({ action, ...each }) => ({
    ...each, ...set('Actions', action, (_one, actions) => actions.map(({ category, owner, provider, version, ...rest }) => ({ ...rest, ActionTypeId: { Category: category, Owner: owner, Provider: provider, Version: version } }))),
  }))),
})

/** Types whose arguments are arranged otherwise than CloudFormation's properties. */
export const reshapes: Readonly<Record<string, Reshape>> = {
  ...aiShapes, ...dataShapes,
  aws_security_group: securityGroup, aws_default_security_group: securityGroup,
  aws_security_group_rule: ({ type, ...rule }) => ({ GroupId: rule['security_group_id'], ...ruleOf(rule, type === 'egress' ? 'egress' : 'ingress')[0] }),
  aws_vpc_security_group_ingress_rule: (rule) => ({ GroupId: rule['security_group_id'], ...ruleOf(rule, 'ingress')[0] }),
  aws_vpc_security_group_egress_rule: (rule) => ({ GroupId: rule['security_group_id'], ...ruleOf(rule, 'egress')[0] }),
  aws_lambda_function: lambdaFunction, aws_ecs_task_definition: taskDefinition, aws_ecs_service: ecsService, aws_batch_job_definition: (values) => ({ ...values, container_properties: json(values['container_properties']) }),
  aws_instance: instance, aws_launch_template: launchTemplate, aws_eks_cluster: eksCluster, aws_route: route,
  aws_cloudfront_distribution: inside('DistributionConfig', 'tags'), aws_glue_catalog_database: inside('DatabaseInput', 'catalog_id', 'tags'), aws_glue_catalog_table: inside('TableInput', 'catalog_id', 'database_name'),
  aws_iam_instance_profile: ({ role, ...values }) => ({ ...values, ...present({ Roles: role === undefined ? undefined : [role] }) }),
  aws_cloudformation_stack: ({ name, iam_role_arn: role, ...values }) => ({ ...values, ...present({ StackId: name, BartizanRoleArn: role }) }),
  aws_autoscaling_group: ({ launch_template: template, ...values }) => ({ ...values, ...blocks(template).length === 0 ? {} : { LaunchTemplate: launchTemplateOf(first(template)) } }),
  aws_codepipeline: pipelineStages,
  aws_lb: loadBalancer, aws_alb: loadBalancer, aws_lb_listener: listener, aws_alb_listener: listener, aws_cloudwatch_event_rule: eventRule,
}
