import { partitionOf } from '../../core/arn.ts'
import { isUnknown, unknown } from '../../core/unknown.ts'
import { identify } from '../../model/identify.ts'
import { withLastPart } from '../identifier.ts'
import { schemaOf } from '../shape.ts'
import { mappingOf } from './mapping.ts'
import type { Where } from './where.ts'

/** Types whose `id` is the ARN. */
const arnIds = new Set(['aws_iam_policy', 'aws_sns_topic', 'aws_sfn_state_machine', 'aws_secretsmanager_secret', 'aws_lb', 'aws_alb', 'aws_ecs_cluster', 'aws_ecs_service', 'aws_opensearch_domain',
  'aws_codebuild_project', 'aws_batch_job_definition', 'aws_kinesis_stream', 'aws_sagemaker_model_package_group', 'aws_lambda_layer_version'])

/** Text that no one chooses, and that nothing depends on: its name stands for it. */
const random: Readonly<Record<string, readonly string[]>> = {
  random_id: ['hex', 'dec', 'b64_url', 'b64_std', 'id'], random_string: ['result', 'id'], random_pet: ['id'], random_uuid: ['result', 'id'], random_integer: ['result', 'id'], random_shuffle: [],
}

/** What a resource will be called, by the arguments that name it. */
export const namedBy = (type: string, values: Readonly<Record<string, unknown>>, where: Where, label: string) => {
  const mapping = mappingOf(type)
  if (mapping === undefined) return undefined
  const naming = Object.fromEntries(Object.entries(values).flatMap(([key, value]) => (typeof value === 'string' ? [[mapping.renames?.[key] ?? pascal(key), value] as const] : [])))
  return identify(mapping.type, schemaOf(mapping.type), withLastPart(mapping.type, naming, label), where, label)
}

/** Arguments that may name a resource. */
export const isNaming = (argument: string): boolean => /(^|_)(name|bucket|identifier|path|id)$/.test(argument)

/** An attribute that is no argument: what it will be, as far as that is known before the resource is made. */
export const attributeOf = (type: string, attribute: string, naming: Readonly<Record<string, unknown>>, where: Where, label: string): unknown => {
  const later = unknown(`${type}.${label}.${attribute} is known only after apply`)
  if (random[type]?.includes(attribute) === true) return label
  const identity = namedBy(type, Object.fromEntries(Object.entries(naming).filter(([, value]) => !isUnknown(value))), where, label)
  if (identity === undefined) return later
  const { name, arn } = identity
  const [, kind = '', ending = ''] = /^(?:(.*)_)?(arn|id|name|url)$/.exec(attribute) ?? []
  const own = kind === '' || `_${type}`.endsWith(`_${kind}`) || kind === 'qualified'
  if (type === 'aws_sqs_queue' && (attribute === 'id' || attribute === 'url')) return `https://sqs.${where.region}.amazonaws.com/${where.account}/${name}`
  if (attribute === 'invoke_arn') return arn === undefined ? later : `arn:${partitionOf(where.region)}:apigateway:${where.region}:lambda:path/2015-03-31/functions/${arn}/invocations`
  if (attribute === 'execution_arn') return `arn:${partitionOf(where.region)}:execute-api:${where.region}:${where.account}:${name}`
  if (attribute === 'bucket_domain_name') return `${name}.s3.amazonaws.com`
  if (attribute === 'bucket_regional_domain_name') return `${name}.s3.${where.region}.amazonaws.com`
  if (attribute === 'repository_url') return `${where.account}.dkr.ecr.${where.region}.amazonaws.com/${name}`
  if (attribute === 'bucket' || attribute === 'key_id' || attribute === 'user' || attribute === 'role') return name
  if (!own) return later
  if (ending === 'arn' || ending === 'id' && kind === '' && arnIds.has(type)) return arn ?? later
  return ending === 'id' || ending === 'name' ? name : later
}

export const pascal = (name: string): string => name.replaceAll(/(?:^|_)([a-z])/g, (_all, letter: string) => letter.toUpperCase())
