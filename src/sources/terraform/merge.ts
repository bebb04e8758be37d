import { isUnknown } from '../../core/unknown.ts'
import type { Block } from './block.ts'

type Values = Readonly<Record<string, unknown>>

/** Puts back together what Terraform writes as resources of their own and CloudFormation as properties: encryption of a bucket, policies attached to a role. */
export const mergeParts = (blocks: readonly Block[]): Block[] => {
  const whole = blocks.filter(({ type }) => parts[type] === undefined).map((block) => ({ ...block, values: { ...block.values } }))
  const byName = new Map<string, Block>()
  for (const block of whole) for (const key of namesOf(block)) byName.set(`${block.type} ${key}`, byName.get(`${block.type} ${key}`) ?? block)
  for (const block of blocks) {
    const part = parts[block.type]
    if (part === undefined) continue
    const key = block.values[part.by]
    const owners = (Array.isArray(key) ? key : [key]).filter((name) => typeof name === 'string').map((name) => byName.get(`${part.of} ${name}`)).filter((owner) => owner !== undefined)
    for (const owner of owners) part.put(owner.values, block.values)
  }
  return whole
}

/** What other resources may call this one by. */
const namesOf = ({ address, values }: Block): string[] =>
  [...Object.entries(values).filter(([name]) => /^(bucket|id|arn)$|(^|_)name$/.test(name)).map(([, value]) => value), address, address.split('.').at(-1)!].filter((name) => typeof name === 'string')

interface Part {
  readonly of: string
  /** The argument that names the owner. */
  readonly by: string
  put(owner: Record<string, unknown>, part: Values): void
}

const first = (value: unknown): Values => (Array.isArray(value) ? value[0] as Values ?? {} : typeof value === 'object' && value !== null && !isUnknown(value) ? value as Values : {})

const append = (name: string, value: unknown, owner: Record<string, unknown>): void => {
  owner[name] = [...Array.isArray(owner[name]) ? owner[name] as unknown[] : [], value]
}

const bucket = (put: Part['put']): Part => ({ of: 'aws_s3_bucket', by: 'bucket', put })
const attached = (kind: string): Part => ({ of: `aws_iam_${kind}`, by: kind, put: (owner, part) => append('managed_policy_arns', part['policy_arn'], owner) })

const parts: Readonly<Record<string, Part>> = {
  aws_s3_bucket_public_access_block: bucket((owner, part) => {
    const { bucket: _bucket, id: _id, ...block } = part
    owner['public_access_block_configuration'] = block
  }),
  aws_s3_bucket_versioning: bucket((owner, part) => {
    owner['versioning_configuration'] = { status: first(part['versioning_configuration'])['status'] }
    delete owner['versioning']
  }),
  aws_s3_bucket_server_side_encryption_configuration: bucket((owner, part) => {
    const rules = Array.isArray(part['rule']) ? part['rule'] as Values[] : [first(part['rule'])]
    owner['bucket_encryption'] = {
      server_side_encryption_configuration: rules.map((rule) => ({
        bucket_key_enabled: rule['bucket_key_enabled'],
        server_side_encryption_by_default: { SSEAlgorithm: first(rule['apply_server_side_encryption_by_default'])['sse_algorithm'], KMSMasterKeyID: first(rule['apply_server_side_encryption_by_default'])['kms_master_key_id'] },
      })),
    }
  }),
  aws_s3_bucket_logging: bucket((owner, part) => {
    owner['logging_configuration'] = { destination_bucket_name: part['target_bucket'], log_file_prefix: part['target_prefix'] }
  }),
  aws_s3_bucket_ownership_controls: bucket((owner, part) => {
    owner['ownership_controls'] = { rules: [{ object_ownership: first(part['rule'])['object_ownership'] }] }
  }),
  aws_s3_bucket_acl: bucket((owner, part) => {
    const acl = part['acl']
    if (typeof acl === 'string') owner['acl'] = acl.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
  }),
  aws_s3_bucket_notification: bucket(() => undefined),
  aws_s3_bucket_lifecycle_configuration: bucket(() => undefined),
  aws_iam_role_policy_attachment: attached('role'),
  aws_iam_user_policy_attachment: attached('user'),
  aws_iam_group_policy_attachment: attached('group'),
  aws_iam_user_group_membership: { of: 'aws_iam_user', by: 'user', put: (owner, part) => { owner['groups'] = part['groups'] } },
  aws_ecr_repository_policy: { of: 'aws_ecr_repository', by: 'repository', put: (owner, part) => { owner['repository_policy_text'] = part['policy'] } },
  aws_sagemaker_model_package_group_policy: { of: 'aws_sagemaker_model_package_group', by: 'model_package_group_name', put: (owner, part) => { owner['model_package_group_policy'] = part['resource_policy'] } },
  aws_kms_key_policy: { of: 'aws_kms_key', by: 'key_id', put: (owner, part) => { owner['policy'] = part['policy'] } },
  aws_bedrockagent_agent_action_group: { of: 'aws_bedrockagent_agent', by: 'agent_id', put: (owner, part) => append('action_groups', part, owner) },
  aws_bedrockagent_agent_knowledge_base_association: { of: 'aws_bedrockagent_agent', by: 'agent_id', put: (owner, part) => append('knowledge_bases', part, owner) },
}
