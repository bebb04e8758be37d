import { lastName } from '../../core/arn.ts'
import { schemaOf, typeSchemas } from '../shape.ts'
import { terraformTypes } from './types.ts'
import type { Mapping } from './types.ts'

let byLetters: ReadonlyMap<string, string> | undefined
const found = new Map<string, Mapping | undefined>()

/**
 * The CloudFormation type of a Terraform one: by the table, else the type whose name has the same letters. Types of `awscc`
 * have CloudFormation's own names and shapes.
 */
export const mappingOf = (type: string): Mapping | undefined => {
  if (found.has(type)) return found.get(type)
  byLetters ??= new Map(Object.keys(typeSchemas()).map((name) => [letters(name), name]))
  const [, provider, rest = ''] = /^(awscc|aws)_(.+)$/.exec(type) ?? []
  const listed = provider === 'aws' ? terraformTypes[type] : undefined
  const same = provider === undefined ? undefined : listed?.type ?? sameLetters(rest, byLetters)
  const mapping = same === undefined ? undefined : provider === 'awscc' ? { type: same } : named({ ...listed, type: same })
  found.set(type, mapping)
  return mapping
}

/** Services that the two call otherwise. */
const services: readonly (readonly [string, string])[] = [
  ['bedrockagent_', 'Bedrock'], ['lexv2models_', 'Lex'], ['macie2_', 'Macie'], ['inspector2_', 'InspectorV2'], ['lb_', 'ElasticLoadBalancingV2'], ['alb_', 'ElasticLoadBalancingV2'], ['cloudwatch_log_', 'Logs'],
  ['cloudwatch_event_', 'Events'], ['sfn_', 'StepFunctions'], ['ssoadmin_', 'SSO'], ['default_', 'EC2'], ['', 'EC2'],
]

const sameLetters = (rest: string, names: ReadonlyMap<string, string>): string | undefined =>
  // Lex's first generation is none of CloudFormation's
  rest.startsWith('lex_') ? undefined : names.get(letters(`AWS::${rest}`)) ?? services.filter(([prefix]) => rest.startsWith(prefix)).map(([prefix, service]) => names.get(letters(`AWS::${service}::${rest.slice(prefix.length)}`))).find((name) => name !== undefined)

/** Letters alone: `AWS::SageMaker::ModelCard` and `sagemaker_model_card` have the same. */
export const letters = (name: string): string => name.replaceAll(/[:_]/g, '').toLowerCase()

/** Terraform says `name` where CloudFormation says `RoleName`. */
const named = ({ type, renames = {} }: Mapping): Mapping => {
  const properties = schemaOf(type)?.properties ?? {}
  const own = `${lastName(type)}Name`
  return { type, renames: properties['Name'] === undefined && properties[own] !== undefined ? { name: own, ...renames } : renames }
}
