import { isUnknown } from '../core/unknown.ts'
import { cedarAllows } from './cedar.ts'
import { note, type Frame } from './frame.ts'
import { compileGlob, encode, matchGlob } from './glob.ts'
import type { SecondAuthorization } from './model.ts'
import { MAYBE, NO, YES, and3, or3, type Tri } from './tri.ts'

type Of<S extends SecondAuthorization['system']> = Extract<SecondAuthorization, { system: S }>

/** Whether the systems behind IAM allow what IAM does: an allow of IAM does not settle it for them. */
export const secondAllows = (frame: Frame): Tri => {
  let result: Tri = YES
  for (const system of frame.target.entry?.input.also ?? []) result = and3(result, asks(system, frame))
  return result
}

const asks = (system: SecondAuthorization, frame: Frame): Tri => {
  const { name } = frame.action
  switch (system.system) {
    case 'opensearch-serverless': return name === 'aoss:apiaccessall' || name === 'aoss:dashboardsaccessall' ? openSearch(system, frame) : YES
    case 'lake-formation': return lakeFormation(system, frame)
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

/** Whether patterns of ARNs name the principal; one of a session may name a role whose session is not known. */
const isNamed = (frame: Frame, patterns: readonly string[]): Tri => {
  frame.personal = true
  const { kind, arn, roleArn, userArn, sessionArn, sessionPrefix, account } = frame.subject
  const names = [arn, roleArn, userArn, sessionArn].filter((name) => name !== undefined)
  return patterns.map((pattern): Tri => {
    if (pattern === '*' || (account !== '' && pattern === account)) return YES
    if (names.some((name) => matchGlob(compileGlob(encode(pattern)), name))) return YES
    return kind === 'role' && sessionPrefix !== undefined && pattern.startsWith(sessionPrefix) ? maybe(frame, `the session is ${pattern}`) : NO
  }).reduce(or3, NO)
}

/** A data access policy must name the principal, and the network policy must let the call in. */
const openSearch = ({ rules, network }: Of<'opensearch-serverless'>, frame: Frame): Tri => {
  const data = isUnknown(rules) ? maybe(frame, `the data access policies of the collection: ${rules.$unknown}`)
    : rules.filter(({ permissions }) => permissions.length > 0).map(({ principals }) => isNamed(frame, principals)).reduce(or3, NO)
  if (data === NO || network === undefined || network === 'public') return data
  const why = isUnknown(network) ? `the network policy of the collection: ${network.$unknown}` : 'the call comes through a VPC endpoint that the network policy names'
  return and3(data, maybe(frame, why))
}

/** What Lake Formation must have granted, by action; any grant shows a table. `ALL` and `SUPER` hold each. */
const lakePermissions: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^lakeformation:getdataaccess$/, ['SELECT', 'INSERT', 'DELETE']],
  [/^glue:(get|batchget|search)(tables?|tableversions?|databases?|partitions?)$/, []],
  [/^glue:(update)(table|database|partition)$/, ['ALTER']],
  [/^glue:(delete|batchdelete)(table|database|partition)$/, ['DROP', 'DELETE']],
  [/^glue:createtable$/, ['CREATE_TABLE']],
]

const lakeFormation = ({ grants }: Of<'lake-formation'>, frame: Frame): Tri => {
  const needed = lakePermissions.find(([actions]) => actions.test(frame.action.name))?.[1]
  if (needed === undefined) return YES
  if (isUnknown(grants)) return maybe(frame, `permissions of Lake Formation: ${grants.$unknown}`)
  return grants.filter(({ permissions }) => needed.length === 0 || permissions.some((one) => one === 'ALL' || one === 'SUPER' || needed.includes(one)))
    .map(({ principal }) => (/^IAM_?ALLOWED_?PRINCIPALS$/i.test(principal) ? YES : isNamed(frame, [principal]))).reduce(or3, NO)
}

const eks = ({ entries, configMap }: Of<'eks'>, frame: Frame): Tri => {
  if (isUnknown(entries)) return maybe(frame, `access entries of the cluster: ${entries.$unknown}`)
  const named = isNamed(frame, entries.map(({ principal }) => principal))
  return named === NO && configMap === true ? maybe(frame, 'the aws-auth ConfigMap of the cluster maps the principal') : named
}

const lambdaUrl = ({ authType }: Of<'lambda-url'>, frame: Frame): Tri =>
  isUnknown(authType) ? maybe(frame, `the auth type of the function URL: ${authType.$unknown}`)
  : authType === 'AWS_IAM' && frame.subject.kind === 'anonymous' ? NO : YES

/** The inbound authorizer, then the Cedar policies of a policy engine that enforces. */
const agentCore = ({ authorizer, policyEngine, policies }: Of<'agentcore'>, frame: Frame): Tri => {
  const token = authorizer === 'CUSTOM_JWT'
  const inbound = isUnknown(authorizer) ? maybe(frame, `the inbound authorizer: ${authorizer.$unknown}`)
    : token ? maybe(frame, 'the caller holds a token that the inbound JWT authorizer accepts') : YES
  if (policyEngine === undefined || policyEngine === 'LOG_ONLY') return inbound
  if (isUnknown(policyEngine)) return and3(inbound, maybe(frame, `the policy engine: ${policyEngine.$unknown}`))
  if (policies === undefined || isUnknown(policies)) return and3(inbound, maybe(frame, 'the Cedar policies of its policy engine allow it'))
  const decided = cedarAllows(policies, { resource: frame.target.entry!.input.arn, principal: token ? 'OAuthUser' : 'IamEntity' })
  return and3(inbound, decided === MAYBE ? maybe(frame, 'the conditions of the Cedar policies of its policy engine hold') : decided)
}
