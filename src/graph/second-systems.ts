import { placesAt, valueAt } from '../core/pointer.ts'
import { isUnknown } from '../core/unknown.ts'
import type { Known, ResourceInput, SecondAuthorization } from '../iam/model.ts'
import type { Resource } from '../model/resource.ts'
import type { Estate } from './estate.ts'

type Of<S extends SecondAuthorization['system']> = Extract<SecondAuthorization, { system: S }>
type Read = (resource: Resource) => Partial<ResourceInput>

/** Systems that decide after IAM, by the type of the resource that they guard. */
export const secondSystemsOf = (estate: Estate): (readonly [string, Read])[] => [
  ['AWS::OpenSearchServerless::Collection', vectorCollection(estate)],
  ['AWS::BedrockAgentCore::Runtime', agentAuthorizer(estate)],
  ['AWS::BedrockAgentCore::Gateway', agentAuthorizer(estate)],
  ['AWS::EKS::Cluster', cluster(estate)],
  // Functions are many, and few have a URL: none is read where there is no URL.
  ...estate.ofType('AWS::Lambda::Url').length === 0 ? [] : [['AWS::Lambda::Function', functionUrl(estate)] as const],
]

const vectorCollection = (estate: Estate): Read => (collection) => {
  const network = networkOf(estate, collection)
  return { also: [{ system: 'opensearch-serverless', rules: dataAccessRules(estate, collection), ...(network !== undefined && { network }) }] }
}

interface DataAccess { readonly Principal?: string[], readonly Rules?: readonly { readonly Resource?: string[], readonly Permission?: string[] }[] }

/** Data access policies whose rules name the collection. */
const dataAccessRules = (estate: Estate, collection: Resource): Of<'opensearch-serverless'>['rules'] => {
  const gap = estate.incomplete('AWS::OpenSearchServerless::AccessPolicy', collection.account, collection.region)
  if (gap !== undefined) return { $unknown: gap }
  return estate.ofType('AWS::OpenSearchServerless::AccessPolicy').flatMap((index) =>
    documentsOf<DataAccess>(estate.resource(index)).flatMap(({ Principal = [], Rules = [] }) => Rules
      .filter(({ Resource: patterns }) => patterns?.some((pattern) => matchesName(pattern, collection.name)))
      .map(({ Permission = [], Resource: resources = [] }) => ({ principals: Principal, permissions: Permission, resources }))))
}

interface Network { readonly AllowFromPublic?: boolean, readonly Rules?: readonly { readonly Resource?: string[] }[] }

/** Whether network policies that name the collection open it to the internet; undefined where none is known. */
const networkOf = (estate: Estate, collection: Resource): 'public' | 'vpc' | undefined => {
  const naming = estate.ofType('AWS::OpenSearchServerless::SecurityPolicy').map((index) => estate.resource(index))
    .filter(({ properties }) => properties['Type'] === 'network').flatMap((policy) => documentsOf<Network>(policy))
    .filter(({ Rules }) => Rules?.some(({ Resource: patterns }) => patterns?.some((pattern) => matchesName(pattern, collection.name))))
  if (naming.length === 0) return undefined
  return naming.some(({ AllowFromPublic }) => AllowFromPublic === true) ? 'public' : 'vpc'
}

const documentsOf = <T>({ properties }: Resource): readonly T[] => {
  const value = parsed(properties['Policy'])
  return Array.isArray(value) ? value : typeof value === 'object' && value !== null && !isUnknown(value) ? [value as T] : []
}

const parsed = (value: unknown): unknown => {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    return undefined
  }
}

/** `collection/docs*` and `index/docs/*` both speak of the collection `docs`. */
const matchesName = (pattern: string, name: string): boolean => {
  const wanted = pattern.split('/')[1] ?? ''
  return wanted.endsWith('*') ? name.startsWith(wanted.slice(0, -1)) : wanted === name
}

const agentAuthorizer = (estate: Estate): Read => (resource) => {
  const { properties } = resource
  const type = properties['AuthorizerType']
  const jwt = properties['AuthorizerConfiguration'] !== undefined && type !== 'AWS_IAM'
  return { also: [{ system: 'agentcore', authorizer: type === 'NONE' ? 'NONE' : jwt || type === 'CUSTOM_JWT' ? 'CUSTOM_JWT' : 'AWS_IAM', ...policyEngineOf(estate, resource) }] }
}

/** The mode of a gateway's policy engine, and the Cedar policies in it that are enforced. */
const policyEngineOf = (estate: Estate, gateway: Resource): Pick<Of<'agentcore'>, 'policyEngine' | 'policies'> => {
  const mode = valueAt(gateway.properties, 'PolicyEngineConfiguration/Mode')
  if (isUnknown(mode)) return { policyEngine: mode }
  if (mode !== 'ENFORCE') return {}
  return { policyEngine: mode, policies: cedarPolicies(estate, gateway) }
}

const cedarPolicies = (estate: Estate, gateway: Resource): Known<readonly string[]> => {
  const engineOf = (reference: unknown, from: Resource): number | undefined =>
    typeof reference === 'string' ? estate.references.find(['AWS::BedrockAgentCore::PolicyEngine'], reference, from) : undefined
  const engine = engineOf(valueAt(gateway.properties, 'PolicyEngineConfiguration/Arn'), gateway)
  const gap = engine === undefined ? 'its policy engine was not read' : estate.incomplete('AWS::BedrockAgentCore::Policy', gateway.account, gateway.region)
  if (gap !== undefined) return { $unknown: gap }
  return estate.ofType('AWS::BedrockAgentCore::Policy').map((index) => estate.resource(index))
    .filter((policy) => engineOf(policy.properties['PolicyEngineId'], policy) === engine && policy.properties['EnforcementMode'] !== 'LOG_ONLY')
    .map(({ properties }) => String(valueAt(properties, 'Definition/Cedar/Statement') ?? valueAt(properties, 'Definition/Policy/Statement') ?? 'not read'))
}

/** The access entries of a cluster; its ConfigMap counts unless its authentication mode is API. */
const cluster = (estate: Estate): Read => ({ name, properties, account, region }) => {
  const gap = estate.incomplete('AWS::EKS::AccessEntry', account, region)
  const entries = estate.ofType('AWS::EKS::AccessEntry').map((index) => estate.resource(index))
    .filter((entry) => entry.properties['ClusterName'] === name && entry.account === account && entry.region === region)
    .flatMap((entry) => placesAt(entry.properties, 'PrincipalArn').flatMap(({ value }) => (typeof value === 'string' ? [{ principal: value }] : [])))
  const configMap = valueAt(properties, 'AccessConfig/AuthenticationMode') !== 'API'
  return { also: [{ system: 'eks', entries: gap === undefined ? entries : { $unknown: gap }, configMap }] }
}

/** The auth type of a function's URL; one without authentication says more than one with. */
const functionUrl = (estate: Estate): Read => {
  const types = new Map<number, Known<'NONE' | 'AWS_IAM'>>()
  for (const index of estate.ofType('AWS::Lambda::Url')) {
    const url = estate.resource(index)
    const { AuthType: type, TargetFunctionArn: target } = url.properties
    const behind = typeof target === 'string' ? estate.references.find(['AWS::Lambda::Function'], target, url) : undefined
    if (behind === undefined || types.get(behind) === 'NONE') continue
    if (type === 'NONE' || type === 'AWS_IAM' || isUnknown(type)) types.set(behind, type)
  }
  return (resource) => {
    const index = estate.references.find(['AWS::Lambda::Function'], resource.arn ?? resource.id, resource)
    const authType = index === undefined ? undefined : types.get(index)
    return authType === undefined ? {} : { also: [{ system: 'lambda-url', authType }] }
  }
}
