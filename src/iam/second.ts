import { isUnknown } from '../core/unknown.ts'
import { note, type Frame } from './frame.ts'
import { compileGlob, encode, matchGlob } from './glob.ts'
import type { SecondAuthorization } from './model.ts'
import { MAYBE, NO, YES, and3, type Tri } from './tri.ts'

/** Whether the systems behind IAM allow what IAM does: an allow of IAM does not settle it for them. */
export const secondAllows = (frame: Frame): Tri => {
  let result: Tri = YES
  for (const system of frame.target.entry?.input.also ?? []) result = and3(result, asks(system, frame))
  return result
}

const asks = (system: SecondAuthorization, frame: Frame): Tri => {
  const { name } = frame.action
  switch (system.system) {
    case 'opensearch-serverless': return name === 'aoss:apiaccessall' || name === 'aoss:dashboardsaccessall' ? opensearch(system, frame) : YES
    case 'lake-formation': return /^(lakeformation:getdataaccess|glue:(get|batchget)(table|partition)|athena:)/.test(name) ? lakeFormation(system, frame) : YES
    case 'eks': return name === 'eks:accesskubernetesapi' ? eks(system, frame) : YES
    case 'lambda-url': return name === 'lambda:invokefunctionurl' ? lambdaUrl(system, frame) : YES
    case 'agentcore': return /^bedrock-agentcore:(invoke|get.*event|retrieve)/.test(name) ? agentCore(system, frame) : YES
    case 'other': return maybe(frame, `${system.name} allows it`)
  }
}

const maybe = (frame: Frame, text: string): Tri => {
  note(frame, text)
  return MAYBE
}

const isNamed = (frame: Frame, patterns: readonly string[]): boolean => {
  frame.personal = true
  const { arn, roleArn, userArn, sessionArn, account } = frame.subject
  const names = [arn, roleArn, userArn, sessionArn].filter((name) => name !== undefined && name !== '')
  return patterns.some((pattern) => pattern === '*' || (account !== '' && pattern === account)
    || names.some((name) => matchGlob(compileGlob(encode(pattern)), name!)))
}

const opensearch = (system: Extract<SecondAuthorization, { system: 'opensearch-serverless' }>, frame: Frame): Tri => {
  const { rules, network } = system
  const data = isUnknown(rules) ? maybe(frame, `the data access policies of the collection: ${rules.$unknown}`)
    : rules.some(({ principals }) => isNamed(frame, principals)) ? YES : NO
  if (data === NO || network === undefined || network === 'public') return data
  return and3(data, maybe(frame, isUnknown(network) ? `the network policy of the collection: ${network.$unknown}` : 'the call comes through a VPC endpoint that the network policy names'))
}

const lakeFormation = ({ grants }: Extract<SecondAuthorization, { system: 'lake-formation' }>, frame: Frame): Tri =>
  isUnknown(grants) ? maybe(frame, `permissions of Lake Formation: ${grants.$unknown}`)
  : grants.some(({ principal }) => principal === 'IAM_ALLOWED_PRINCIPALS' || isNamed(frame, [principal])) ? YES : NO

const eks = ({ entries, configMap }: Extract<SecondAuthorization, { system: 'eks' }>, frame: Frame): Tri => {
  if (isUnknown(entries)) return maybe(frame, `access entries of the cluster: ${entries.$unknown}`)
  if (entries.some(({ principal }) => isNamed(frame, [principal]))) return YES
  return configMap === true ? maybe(frame, 'the aws-auth ConfigMap of the cluster maps the principal') : NO
}

const lambdaUrl = ({ authType }: Extract<SecondAuthorization, { system: 'lambda-url' }>, frame: Frame): Tri =>
  isUnknown(authType) ? maybe(frame, `the auth type of the function URL: ${authType.$unknown}`)
  : authType === 'AWS_IAM' && frame.subject.kind === 'anonymous' ? NO : YES

const agentCore = ({ authorizer, policyEngine }: Extract<SecondAuthorization, { system: 'agentcore' }>, frame: Frame): Tri => {
  const inbound = isUnknown(authorizer) ? maybe(frame, `the inbound authorizer: ${authorizer.$unknown}`)
    : authorizer === 'CUSTOM_JWT' ? maybe(frame, 'the caller holds a token that the inbound JWT authorizer accepts') : YES
  if (policyEngine === undefined || policyEngine === 'LOG_ONLY') return inbound
  return and3(inbound, maybe(frame, isUnknown(policyEngine) ? `the policy engine: ${policyEngine.$unknown}` : 'the Cedar policies of its policy engine allow it'))
}
