import type { Block } from './block.ts'
import { labelOf } from './block.ts'
import { blocks } from './blocks.ts'
import { namedBy } from './references.ts'
import type { Where } from './where.ts'

/** What a resource of Terraform's holds that is a resource of its own in CloudFormation. */
type Sprout = (block: Block, name: string) => readonly Pick<Block, 'type' | 'values'>[]

/** A policy that stands inside of what it is about. */
const policy = (type: string, by: string): Sprout => ({ values }, name) => (values['policy'] == null || values['policy'] === '' ? [] : [{ type, values: { [by]: name, policy: values['policy'] } }])

const routes: Sprout = ({ values }, name) => blocks(values['route']).map((route) => ({ type: 'aws_route', values: { ...route, route_table_id: values['default_route_table_id'] ?? values['id'] ?? name } }))

/** One rule for each peer that a rule names. */
const rules: Sprout = ({ values: { cidr_blocks: four, ipv6_cidr_blocks: six, ...rule } }) => {
  const [v4, v6] = [four, six].map((given) => (Array.isArray(given) ? given as unknown[] : []))
  return [...v4!.map((cidr) => ({ cidr_blocks: [cidr] })), ...v6!.map((cidr) => ({ ipv6_cidr_blocks: [cidr] }))].slice(1).map((peer) => ({ type: 'aws_security_group_rule', values: { ...rule, ...peer } }))
}

const sprouts: Readonly<Record<string, Sprout>> = {
  aws_s3_bucket: policy('aws_s3_bucket_policy', 'bucket'),
  aws_sqs_queue: policy('aws_sqs_queue_policy', 'queue_url'),
  aws_sns_topic: policy('aws_sns_topic_policy', 'arn'),
  aws_secretsmanager_secret: policy('aws_secretsmanager_secret_policy', 'secret_arn'),
  aws_route_table: routes,
  aws_default_route_table: routes,
  aws_security_group_rule: rules,
}

/** Blocks with those that stand inside of them; what a block of its own says too is left to it. */
export const sprouted = (all: readonly Block[], where: Where): Block[] => {
  const about = ({ type, values }: Pick<Block, 'type' | 'values'>): string[] => Object.entries(values).filter(([name]) => name !== 'policy').map(([, value]) => `${type} ${String(value)}`)
  const policies = new Set(all.filter(({ type }) => type.endsWith('_policy')).flatMap(about))
  return all.flatMap((block) => {
    const sprout = sprouts[block.type]
    if (sprout === undefined) return [block]
    const label = labelOf(block.address)
    const identity = namedBy(block.type, block.values, block.where ?? where, label)
    const written = block.values[block.type === 'aws_s3_bucket' ? 'bucket' : 'id']
    const name = typeof written === 'string' ? written : block.type === 'aws_s3_bucket' || block.type.endsWith('route_table') ? identity?.name ?? label : identity?.arn ?? label
    return [block, ...sprout(block, name).filter((made) => !about(made).some((one) => policies.has(one)))
      .map((made, index): Block => ({ ...block, ...made, values: { ...made.values }, address: `${block.address}/${made.type.replace('aws_', '')}-${index}` }))]
  })
}
