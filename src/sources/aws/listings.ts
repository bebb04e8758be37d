import { lastName } from '../../core/arn.ts'
import type { SchemaSet, TypeSchema } from '../../model/type-schema.ts'

/** A type that the Cloud Control API lists, and the types that it lists with what each of these is called. */
export interface Listing {
  readonly type: string
  /** False where it is listed only for what lies under it. */
  readonly wanted: boolean
  /** Input members of this list, each with the property of the resource above that fills it; `$account` is the account. */
  readonly from: Readonly<Record<string, string>>
  readonly under: readonly Listing[]
}

/** Services that are AI: all their types that no collector reads are listed. */
const services = new Set(`
  AIOps AWSExternalAnthropic AgentRegistry Bedrock BedrockAgentCore BedrockMantle CleanRoomsML CodeGuruProfiler CodeGuruReviewer Comprehend
  DevOpsAgent DevOpsGuru ElementalInference EntityResolution Forecast FraudDetector HealthAgent HealthImaging HealthLake Kendra KendraRanking
  Lex LookoutEquipment LookoutMetrics LookoutVision NeptuneGraph NovaAct Panorama Personalize Polly QBusiness Rekognition S3Vectors SageMaker
  SecurityAgent Textract Transcribe Translate Wisdom
`.trim().split(/\s+/))

/** Types of other services that AI stands on or that an attack goes through. */
const beside = new Set(`
  Amplify::App AppRunner::Service AutoScaling::AutoScalingGroup CloudFormation::Stack CloudFormation::StackSet
  CloudWatch::Alarm CodeArtifact::Repository CodeCommit::Repository CodeConnections::Connection CodeDeploy::DeploymentGroup
  CodePipeline::Pipeline CodeStarConnections::Connection DataZone::Domain DataZone::Environment EFS::AccessPoint EFS::FileSystem
  EMR::Studio EMRServerless::Application Glue::Catalog MWAA::Environment QuickSight::ActionConnector QuickSight::Agent QuickSight::Flow
  QuickSight::KnowledgeBase QuickSight::Space Redshift::Cluster S3Express::AccessPoint S3Express::BucketPolicy S3Express::DirectoryBucket S3Tables::TableBucket S3Tables::TableBucketPolicy SNS::Topic SSO::PermissionSet
  ServiceCatalog::CloudFormationProduct
`.trim().split(/\s+/).map((name) => `AWS::${name}`))

/** Types whose resources are data themselves: what an assistant may quote. */
const data = new Set(['Content', 'ContentAssociation', 'MessageTemplate', 'MessageTemplateVersion', 'QuickResponse'].map((kind) => `AWS::Wisdom::${kind}`))

/** What Cloud Control lists: the types of interest that have a list handler and that no collector reads. */
export const planListings = (schemas: SchemaSet, collected: ReadonlySet<string>): Listing[] => {
  const wanted = Object.keys(schemas).filter((type) =>
    (services.has(serviceOf(type)) || beside.has(type)) && !data.has(type) && !collected.has(type) && schemas[type]!.list !== undefined)
  const roots = new Map<string, Made>()
  const made = new Map<string, Made | undefined>()

  const make = (type: string): Made | undefined => {
    if (made.has(type)) return made.get(type)
    made.set(type, undefined)
    const { parents } = schemas[type]!.list!
    const isRoot = parents.every((input) => input === account)
    const above = isRoot ? undefined : holderOf(schemas, type, parents)
    const holder = above === undefined ? undefined : make(above.type)
    if (!isRoot && holder === undefined) return undefined
    const listing: Made = { type, wanted: wanted.includes(type), from: above?.from ?? Object.fromEntries(parents.map((input) => [input, '$account'])), under: [] }
    made.set(type, listing)
    if (holder === undefined) roots.set(type, listing)
    else holder.under.push(listing)
    return listing
  }

  for (const type of wanted) make(type)
  return [...roots.values()]
}

const account = 'AwsAccountId'

interface Made extends Listing { readonly under: Made[] }

const serviceOf = (type: string): string => type.split('::')[1] ?? ''

interface Holder { readonly type: string, readonly from: Readonly<Record<string, string>> }

/** The type whose resources say what a list must be given: of those whose properties name all of it, the one with the fewest parents itself. */
const holderOf = (schemas: SchemaSet, type: string, inputs: readonly string[]): Holder | undefined =>
  Object.keys(schemas)
    .filter((other) => other !== type && serviceOf(other) === serviceOf(type) && schemas[other]!.list !== undefined)
    .sort((a, b) => schemas[a]!.list!.parents.length - schemas[b]!.list!.parents.length)
    .flatMap((other): Holder[] => {
      const from = fill(other, schemas[other]!, inputs)
      return from === undefined ? [] : [{ type: other, from }]
    })[0]

/** Which properties of a type fill the inputs; its own identifier must fill one, or it is not what the list lies under. */
const fill = (type: string, schema: TypeSchema, inputs: readonly string[]): Holder['from'] | undefined => {
  const kind = lastName(type)
  const own = inputs.find((input) => names(kind, input))
  if (own === undefined) return undefined
  const pairs = inputs.map((input) => [input, input === own ? ownProperty(kind, schema, input) : input in schema.properties ? input : undefined] as const)
  return pairs.every(([, property]) => property !== undefined) ? Object.fromEntries(pairs as readonly (readonly [string, string])[]) : undefined
}

/** Whether an input is called after a type: `AssistantId` after `Assistant`, `BotId` after `Bot`. */
const names = (kind: string, input: string): boolean => new RegExp(`^${kind}(Id|Identifier|Arn|ARN|Name)?$`).test(input)

const ownProperty = (kind: string, schema: TypeSchema, input: string): string | undefined =>
  [input, input.slice(kind.length), `${kind}Id`, 'Id', ...schema.id].find((property) => property in schema.properties)
