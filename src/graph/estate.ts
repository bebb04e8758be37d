import type { Gap } from '../core/gap.ts'
import { byText } from '../core/text.ts'
import { compile } from '../iam/index.ts'
import type { Catalogue, Iam, IamInput, Verdict } from '../iam/index.ts'
import type { Descriptions } from '../model/describe.ts'
import type { Resource } from '../model/resource.ts'
import type { ResourceTable, Snapshot, SnapshotHeader } from '../model/snapshot.ts'
import { connect } from './connect.ts'
import type { Graph } from './graph.ts'
import { permissionsOf } from './permissions.ts'
import { indexReferences } from './references.ts'
import type { References } from './references.ts'

/** All resources of a snapshot and what connects them: what every analysis asks. */
export interface Estate {
  readonly header: SnapshotHeader
  readonly table: ResourceTable
  readonly gaps: readonly Gap[]
  readonly descriptions: Descriptions
  readonly references: References
  readonly graph: Graph
  /** Types that are there, in order. */
  readonly types: readonly string[]
  /** Numbers of the resources of a type. */
  ofType(type: string): readonly number[]
  /** Those of a type in one account and region; global ones count in every region. */
  inPlace(type: string, account: string, region: string): readonly number[]
  resource(index: number): Resource
  /** Why the list of a type is incomplete in an account and region; undefined where it is complete. */
  incomplete(type: string, account: string, region: string): string | undefined
  /** Whether it comes from templates, which describe a part of an account. */
  readonly isTemplate: boolean
  /** The accounts scanned, and those whose resources are in the snapshot. */
  readonly accounts: ReadonlySet<string>
  /** The policies of everyone and everything, gathered when first asked for. */
  permissions(): IamInput
  /** The permissions of everyone, compiled when first asked for. */
  iam(): Iam
  /** Verdicts that were asked for: many checks ask the same of a principal. */
  readonly verdicts: Map<string, Verdict>
}

/** What an estate needs besides a snapshot: facts that ship with the package. */
export interface Facts {
  readonly descriptions: Descriptions
  readonly catalogue: Catalogue
  /** Documents of AWS managed policies by ARN, for those that a snapshot does not hold. */
  managedPolicy(arn: string): unknown
}

/** Builds the estate of a snapshot; `connected` is its graph, where that is known from an estate of the same resources and relations. */
export const buildEstate = (snapshot: Snapshot, facts: Facts, connected?: Graph): Estate => {
  const { header, resources: table, gaps } = snapshot
  const byType = groupByType(table)
  const references = indexReferences(table, byType)
  const missing = incompleteLists(gaps)
  const isTemplate = templates.has(header.source)
  let graph = connected
  let permissions: IamInput | undefined
  let iam: Iam | undefined
  const estate: Estate = {
    header,
    table,
    gaps,
    descriptions: facts.descriptions,
    references,
    get graph() {
      return (graph ??= connect(table, facts.descriptions, references))
    },
    types: [...byType.keys()].sort(byText),
    ofType: (type) => byType.get(type) ?? [],
    inPlace: placeIndex(table, byType),
    resource: (index) => table.get(index),
    incomplete(type, account, region) {
      const gap = missing.size === 0 ? undefined : missing.get(listKey(type, account, region)) ?? missing.get(listKey(type, account, 'global'))
      if (gap !== undefined) return gap
      if (header.source === 'config') return byType.has(type) ? undefined : `AWS Config holds no ${type}, and may not record it`
      return isTemplate && accountWide.has(type) ? `a template does not tell what ${type} the account has` : undefined
    },
    isTemplate,
    accounts: accountsOf(header, table),
    permissions: () => (permissions ??= permissionsOf(estate, facts)),
    iam: () => (iam ??= compile(estate.permissions(), facts.catalogue)),
    verdicts: new Map(),
  }
  return estate
}

/** Sources that describe a part of an account, not all of it. */
const templates = new Set(['cloudformation', 'cdk', 'terraform'])

/** Types that protect a whole account or network and are seldom in the template of what they protect. */
const accountWide = new Set([
  'AWS::CloudTrail::Trail', 'AWS::CloudTrail::EventDataStore', 'AWS::GuardDuty::Detector', 'AWS::Macie::Session', 'AWS::Macie::ClassificationJob', 'AWS::Config::ConfigurationRecorder', 'AWS::Config::DeliveryChannel',
  'AWS::SecurityHub::Hub', 'AWS::AccessAnalyzer::Analyzer', 'AWS::InspectorV2::AccountStatus', 'AWS::Budgets::Budget', 'AWS::CE::AnomalyMonitor', 'AWS::EC2::VPCEndpoint', 'AWS::EC2::FlowLog', 'AWS::EC2::Route',
  'AWS::Bedrock::ModelInvocationLoggingConfiguration', 'AWS::Bedrock::EnforcedGuardrailConfiguration', 'AWS::S3::AccountPublicAccessBlock', 'AWS::EC2::EbsEncryptionByDefault', 'AWS::Organizations::Policy',
  'AWS::Organizations::Organization', 'AWS::IAM::AccountPasswordPolicy', 'AWS::CloudWatch::Alarm', 'AWS::Logs::MetricFilter', 'AWS::Logs::DeliverySource', 'AWS::SecurityHub::EnabledStandard', 'AWS::SageMaker::ModelPackage', 'AWS::Events::Rule', 'AWS::SageMaker::MonitoringSchedule', 'AWS::WAFv2::WebACLAssociation',
])

const groupByType = (table: ResourceTable): Map<string, number[]> => {
  const groups = new Map<string, number[]>()
  for (let index = 0; index < table.length; index++) {
    const type = table.typeOf(index)
    const group = groups.get(type)
    if (group === undefined) groups.set(type, [index])
    else group.push(index)
  }
  return groups
}

/** Parts a type's resources by account and region when they are first asked for: a check asks for each resource of a large estate. */
const placeIndex = (table: ResourceTable, byType: ReadonlyMap<string, readonly number[]>) => {
  const places = new Map<string, Map<string, number[]>>()
  const joined = new Map<string, readonly number[]>()
  const split = (type: string): Map<string, number[]> => {
    const known = places.get(type)
    if (known !== undefined) return known
    const made = Map.groupBy(byType.get(type) ?? [], (index) => `${table.accountOf(index)} ${table.regionOf(index)}`)
    places.set(type, made)
    return made
  }
  return (type: string, account: string, region: string): readonly number[] => {
    const key = `${type} ${account} ${region}`
    const known = joined.get(key)
    if (known !== undefined) return known
    const parts = split(type)
    const found = region === 'global'
      ? [...parts].filter(([place]) => place.startsWith(`${account} `)).flatMap(([, indexes]) => indexes)
      : [...parts.get(`${account} ${region}`) ?? [], ...parts.get(`${account} global`) ?? []]
    joined.set(key, found)
    return found
  }
}

const listKey = (type: string, account: string, region: string) => `${type} ${account} ${region}`

const incompleteLists = (gaps: readonly Gap[]): Map<string, string> =>
  new Map(gaps.flatMap((gap) => (gap.types ?? []).map((type) => [listKey(type, gap.account, gap.region), describeGap(gap)] as const)))

/** A gap in one sentence, with the permission that would fill it. */
export const describeGap = ({ operation, reason, permission }: Gap): string =>
  `${operation} failed: ${reason}${permission === undefined ? '' : ` (needs ${permission})`}`

const accountsOf = (header: SnapshotHeader, table: ResourceTable): Set<string> => {
  const accounts = new Set(header.accounts.map(({ id }) => id))
  if (accounts.size === 0) for (let index = 0; index < table.length; index++) accounts.add(table.accountOf(index))
  return accounts
}
