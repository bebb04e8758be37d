import { isUnknown } from '../../core/unknown.ts'
import { blocks, first } from './blocks.ts'
import type { Values } from './blocks.ts'
import { accessControl, bucketEncryption } from './shapes-data.ts'

/** A resource of Terraform's that is a property of another in CloudFormation. */
export interface Part {
  readonly links: readonly {
    /** Types of the owner. */
    readonly of: readonly string[]
    /** The argument that names the owner, or what puts its name together. */
    readonly by: string | ((values: Values) => unknown)
    put(owner: Record<string, unknown>, part: Values): void
  }[]
  /** It is a resource of its own where its owner is not here. */
  readonly stands?: boolean
  /** Nothing is lost where its owner is not here. */
  readonly optional?: boolean
}

type Put = Part['links'][number]['put']

const part = (of: string | readonly string[], by: Part['links'][number]['by'], put: Put): Part => ({ links: [{ of: [of].flat(), by, put }] })

const append = (name: string, value: unknown, owner: Record<string, unknown>): void => {
  if (isUnknown(owner[name])) return
  const before = Array.isArray(owner[name]) ? owner[name] as unknown[] : []
  owner[name] = [...before, ...(Array.isArray(value) ? value as unknown[] : [value]).filter((item) => typeof item !== 'string' || !before.includes(item))]
}

const attach: Put = (owner, values) => append('managed_policy_arns', values['policy_arn'], owner)

const bucket = (put: Put): Part => part('aws_s3_bucket', 'bucket', put)

const nothing = (of: string, by: string): Part => ({ ...part(of, by, () => undefined), optional: true })

const rules = (direction: 'ingress' | 'egress'): Part => ({
  ...part(['aws_security_group', 'aws_default_security_group'], 'security_group_id', (owner, values) => append(direction, ownRule(values), owner)), stands: true,
})

/** A rule as a block inside of its group. */
const ownRule = ({ source_security_group_id: source, referenced_security_group_id: referenced, ...rule }: Values): Values => ({ ...rule, security_groups: [source, referenced].filter((group) => group !== undefined && group !== null) })

const actionGroup = ({ function_schema: schema, ...values }: Values): Values => {
  const functions = blocks(schema).flatMap((inner) => blocks(inner['member_functions'])).flatMap((members) => blocks(members['functions']))
  return functions.length === 0 ? values : { ...values, function_schema: { functions: functions.map(({ parameters, ...one }) => ({ ...one, ...blocks(parameters).length === 0 ? {} : { parameters: Object.fromEntries(blocks(parameters).map(({ map_block_key: key, ...parameter }) => [String(key), parameter])) } })) } }
}

/** A method of a REST API has no name: it is known by where it stands. */
export const methodName = ({ rest_api_id: api, resource_id: resource, http_method: verb }: Values): string | undefined => ([api, resource, verb].every((part) => typeof part === 'string') ? `${String(api)}/${String(resource)}/${String(verb)}` : undefined)

/** What is known by two names: a cluster and who enters it, an API and its stage. */
export const pairOf = ({ cluster_name: cluster, principal_arn: who, rest_api_id: api, stage_name: stage }: Values): string | undefined => {
  const [one, other] = typeof who === 'string' ? [cluster, who] : [api, stage]
  return typeof one === 'string' && typeof other === 'string' ? `${one}/${other}` : undefined
}

/** Parts by type. */
export const parts: Readonly<Record<string, Part>> = {
  aws_s3_bucket_public_access_block: bucket((owner, { bucket: _bucket, id: _id, ...block }) => { owner['public_access_block_configuration'] = block }),
  aws_s3_bucket_versioning: bucket((owner, values) => { owner['versioning_configuration'] = { status: first(values['versioning_configuration'])['status'] } }),
  aws_s3_bucket_server_side_encryption_configuration: bucket((owner, values) => { owner['bucket_encryption'] = bucketEncryption(values) }),
  aws_s3_bucket_logging: bucket((owner, values) => { owner['logging_configuration'] = { destination_bucket_name: values['target_bucket'], log_file_prefix: values['target_prefix'] } }),
  aws_s3_bucket_ownership_controls: bucket((owner, values) => { owner['ownership_controls'] = { rules: [{ object_ownership: first(values['rule'])['object_ownership'] }] } }),
  aws_s3_bucket_acl: bucket((owner, { acl }) => { if (acl !== undefined && acl !== null) owner['AccessControl'] = typeof acl === 'string' ? accessControl(acl) : acl }),
  aws_s3_bucket_object_lock_configuration: bucket((owner) => { owner['object_lock_enabled'] = true }),
  aws_s3_bucket_lifecycle_configuration: nothing('aws_s3_bucket', 'bucket'),
  aws_s3_bucket_notification: nothing('aws_s3_bucket', 'bucket'),
  aws_s3_bucket_cors_configuration: nothing('aws_s3_bucket', 'bucket'),
  aws_s3_bucket_website_configuration: bucket((owner, values) => { owner['website_configuration'] = { index_document: first(values['index_document'])['suffix'] } }),
  aws_s3_bucket_replication_configuration: nothing('aws_s3_bucket', 'bucket'),
  aws_s3_bucket_inventory: nothing('aws_s3_bucket', 'bucket'),
  aws_s3_bucket_metric: nothing('aws_s3_bucket', 'bucket'),
  aws_s3_bucket_analytics_configuration: nothing('aws_s3_bucket', 'bucket'),
  aws_s3_bucket_intelligent_tiering_configuration: nothing('aws_s3_bucket', 'bucket'),
  aws_s3_bucket_accelerate_configuration: nothing('aws_s3_bucket', 'bucket'),
  aws_s3_bucket_request_payment_configuration: nothing('aws_s3_bucket', 'bucket'),
  aws_s3control_access_point_policy: part('aws_s3_access_point', 'access_point_arn', (owner, values) => { owner['policy'] = values['policy'] }),
  aws_iam_role_policies_exclusive: nothing('aws_iam_role', 'role_name'),
  aws_iam_user_policies_exclusive: nothing('aws_iam_user', 'user_name'),
  aws_iam_role_policy_attachment: part('aws_iam_role', 'role', attach),
  aws_iam_user_policy_attachment: part('aws_iam_user', 'user', attach),
  aws_iam_group_policy_attachment: part('aws_iam_group', 'group', attach),
  aws_iam_policy_attachment: { links: [{ of: ['aws_iam_role'], by: 'roles', put: attach }, { of: ['aws_iam_user'], by: 'users', put: attach }, { of: ['aws_iam_group'], by: 'groups', put: attach }] },
  aws_iam_role_policy_attachments_exclusive: part('aws_iam_role', 'role_name', (owner, values) => append('managed_policy_arns', values['policy_arns'], owner)),
  aws_iam_user_group_membership: part('aws_iam_user', 'user', (owner, values) => append('groups', values['groups'], owner)),
  aws_iam_group_membership: part('aws_iam_user', 'users', (owner, values) => append('groups', values['group'], owner)),
  aws_iam_user_login_profile: part('aws_iam_user', 'user', (owner, values) => { owner['login_profile'] = { password: { $unknown: 'it is known only after apply' }, password_reset_required: values['password_reset_required'] } }),
  aws_security_group_rule: {
    ...part(['aws_security_group', 'aws_default_security_group'], 'security_group_id', (owner, { type, ...values }) => append(type === 'egress' ? 'egress' : 'ingress', ownRule(values), owner)), stands: true,
  },
  aws_vpc_security_group_ingress_rule: rules('ingress'),
  aws_vpc_security_group_egress_rule: rules('egress'),
  aws_ecr_repository_policy: part('aws_ecr_repository', 'repository', (owner, values) => { owner['repository_policy_text'] = values['policy'] }),
  aws_dynamodb_resource_policy: part('aws_dynamodb_table', 'resource_arn', (owner, values) => { owner['resource_policy'] = { policy_document: values['policy'] } }),
  aws_vpc_endpoint_policy: part('aws_vpc_endpoint', 'vpc_endpoint_id', (owner, values) => { owner['policy'] = values['policy'] }),
  aws_elasticsearch_domain_policy: part('aws_elasticsearch_domain', 'domain_name', (owner, values) => { owner['access_policies'] = values['access_policies'] }),
  aws_eks_access_policy_association: part('aws_eks_access_entry', pairOf, (owner, values) => append('access_policies', { policy_arn: values['policy_arn'], access_scope: blocks(values['access_scope'])[0] }, owner)),
  aws_api_gateway_method_settings: part('aws_api_gateway_stage', pairOf, (owner, values) => append('method_settings', { ...first(values['settings']), http_method: '*', resource_path: `/${String(values['method_path'])}` }, owner)),
  aws_guardduty_detector_feature: part('aws_guardduty_detector', 'detector_id', (owner, { name, status }) => append('features', { name, status }, owner)),
  aws_ecr_lifecycle_policy: nothing('aws_ecr_repository', 'repository'),
  aws_kms_key_policy: part('aws_kms_key', 'key_id', (owner, values) => { owner['policy'] = values['policy'] }),
  aws_efs_file_system_policy: part('aws_efs_file_system', 'file_system_id', (owner, values) => { owner['file_system_policy'] = values['policy'] }),
  aws_opensearch_domain_policy: part('aws_opensearch_domain', 'domain_name', (owner, values) => { owner['access_policies'] = values['access_policies'] }),
  aws_api_gateway_rest_api_policy: part('aws_api_gateway_rest_api', 'rest_api_id', (owner, values) => { owner['policy'] = values['policy'] }),
  aws_api_gateway_integration: part('aws_api_gateway_method', methodName, (owner, { type, uri, credentials, integration_http_method: verb }) => { owner['integration'] = { type, uri, credentials, integration_http_method: verb } }),
  aws_cloudwatch_event_target: part('aws_cloudwatch_event_rule', 'rule', (owner, values) => append('targets', { id: values['target_id'] ?? 'target', arn: values['arn'], role_arn: values['role_arn'] }, owner)),
  aws_secretsmanager_secret_version: part('aws_secretsmanager_secret', 'secret_id', (owner, values) => { owner['secret_string'] = values['secret_string'] === undefined ? undefined : { $unknown: 'it is a secret' } }),
  aws_sagemaker_model_package_group_policy: part('aws_sagemaker_model_package_group', 'model_package_group_name', (owner, values) => { owner['model_package_group_policy'] = values['resource_policy'] }),
  aws_bedrockagent_agent_action_group: part('aws_bedrockagent_agent', 'agent_id', (owner, values) => append('action_groups', actionGroup(values), owner)),
  aws_bedrockagent_agent_knowledge_base_association: part('aws_bedrockagent_agent', 'agent_id', (owner, values) => append('knowledge_bases', values, owner)),
  aws_bedrockagent_agent_collaborator: part('aws_bedrockagent_agent', 'agent_id', (owner, { agent_descriptor: descriptor, ...values }) => append('agent_collaborators', { ...values, agent_descriptor: blocks(descriptor)[0] }, owner)),
  aws_bedrockagentcore_memory_strategy: part('aws_bedrockagentcore_memory', 'memory_id', () => undefined),
  aws_cloudwatch_log_data_protection_policy: part('aws_cloudwatch_log_group', 'log_group_name', (owner, values) => { owner['data_protection_policy'] = values['policy_document'] }),
  aws_organizations_policy_attachment: part('aws_organizations_policy', 'policy_id', (owner, values) => append('target_ids', values['target_id'], owner)),
  aws_ram_principal_association: part('aws_ram_resource_share', 'resource_share_arn', (owner, values) => append('principals', values['principal'], owner)),
  aws_ram_resource_association: part('aws_ram_resource_share', 'resource_share_arn', (owner, values) => append('resource_arns', values['resource_arn'], owner)),
  aws_ssoadmin_managed_policy_attachment: part('aws_ssoadmin_permission_set', 'permission_set_arn', (owner, values) => append('managed_policies', values['managed_policy_arn'], owner)),
  aws_ssoadmin_permission_set_inline_policy: part('aws_ssoadmin_permission_set', 'permission_set_arn', (owner, values) => { owner['inline_policy'] = values['inline_policy'] }),
  aws_lb_target_group_attachment: part('aws_lb_target_group', 'target_group_arn', (owner, values) => append('targets', { id: values['target_id'], port: values['port'] }, owner)),
}
