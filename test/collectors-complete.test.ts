import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { holdsUnknown } from '../src/core/unknown.ts'
import type { Gap } from '../src/core/gap.ts'
import type { Resource } from '../src/model/resource.ts'
import { loadCollectors } from '../src/sources/aws/catalogue.ts'
import type { Collector } from '../src/sources/aws/collector.ts'
import { scanAws } from '../src/sources/aws/scan.ts'
import { schemaOf } from '../src/sources/shape.ts'
import { serve } from './aws-endpoint/endpoint.ts'
import type { Endpoint } from './aws-endpoint/endpoint.ts'
import { accountOf, inEnvironment } from './aws-endpoint/environment.ts'
import { generated } from './aws-endpoint/fill.ts'
import { fromFixtures } from './aws-endpoint/fixtures.ts'
import type { Fixtures } from './aws-endpoint/fixtures.ts'
import { lostIn, packageOf, rowsOf } from './aws-endpoint/losses.ts'
import { serviceNamed } from './aws-endpoint/model.ts'
import type { Asked } from './aws-endpoint/route.ts'
import { filledPlaces, misshapen } from './aws-endpoint/schema-places.ts'

/** A generated answer with some of it put right: values whose form the service's model does not tell. */
const but = (change: (output: Readonly<Record<string, unknown>>) => object) => (asked: Asked) => {
  const { output } = generated(asked)
  return { output: { ...output, ...change(output) } }
}

const fixtures: Fixtures = {
  ...accountOf('123456789012'),
  organizations: {},
  apigateway: { GetResources: but(({ items }) => ({ items: (items as { resourceMethods: object }[]).map((item) => ({ ...item, resourceMethods: { POST: Object.values(item.resourceMethods)[0] as object } })) })) },
  'marketplace-agreement': {
    SearchAgreements: but(({ agreementViewSummaries }) => ({ agreementViewSummaries: (agreementViewSummaries as object[]).map((summary) => ({ ...summary, proposalSummary: { resources: [{ id: 'prod-1', type: 'MachineLearningProduct' }] } })) })),
  },
  connect: { ListInstanceAttributes: { Attributes: ['INBOUND_CALLS', 'OUTBOUND_CALLS', 'CONTACT_LENS'].map((AttributeType) => ({ AttributeType, Value: 'true' })) } },
  sqs: {
    ListQueues: { QueueUrls: [0, 1, 2, 3].map((number) => `https://sqs.us-east-1.amazonaws.com/123456789012/queue.${number}`) },
    GetQueueAttributes: ({ input }) => ({ Attributes: { QueueArn: `arn:aws:sqs:us-east-1:123456789012:${String(input['QueueUrl']).slice(-7)}`, Policy: '{"Statement":[]}' } }),
  },
}

const collectors = (await loadCollectors()).filter(({ id }) => id !== 'cloud-control')

let endpoint: Endpoint
let restore: () => void

beforeAll(async () => {
  endpoint = await serve(fromFixtures(fixtures, generated))
  restore = inEnvironment(endpoint.url)
})

afterAll(async () => {
  restore()
  await endpoint.close()
})

describe('answers with every member that the service models have', () => {
  it.each(collectors.map((collector) => [collector.id, collector] as const))('%s takes in whole', async (id, collector) => {
    const { resources, gaps } = await scan(id)
    expect([
      ...gaps.map(({ operation, reason }) => `${operation}: ${reason}`), ...mistakes(resources), ...unknowns(resources), ...missing(collector, resources),
      ...lostIn(collector, (type) => placesIn(resources, type)).filter((lost) => !byChance.has(lost.split(' <- ')[0]!)),
    ]).toEqual([])
  })
})

const scan = async (id: string): Promise<{ resources: Resource[], gaps: Gap[] }> => {
  const resources: Resource[] = []
  const gaps: Gap[] = []
  for await (const line of scanAws({ regions: ['us-east-1'], only: [id] })) {
    if (line.kind === 'resource') resources.push(line.resource)
    if (line.kind === 'gap' && line.gap.operation !== 'tag:GetResources' && !line.gap.reason.includes('--read-code')) gaps.push(line.gap)
  }
  return { resources, gaps }
}

/** Properties that have not the shape of their type's schema. */
const mistakes = (resources: readonly Resource[]): string[] =>
  resources.flatMap(({ type, properties }) => {
    const schema = schemaOf(type)
    return schema === undefined ? [] : misshapen(schema, properties).map((mistake) => `${type} ${mistake}`)
  })

const placesIn = (resources: readonly Resource[], type: string): ReadonlySet<string> =>
  new Set(resources.filter((each) => each.type === type).flatMap(({ properties }) => filledPlaces(properties)))

/** Properties in which something is unknown though everything was given. */
const unknowns = (resources: readonly Resource[]): string[] => {
  const found = resources.flatMap(({ type, properties }) => Object.entries(properties).filter(([, value]) => holdsUnknown(value)).map(([name]) => `${type} ${name}`))
  return [...new Set(found)].filter((place) => !unread.has(place))
}

/** Types of which not each page's things came, each once. */
const missing = (collector: Collector, resources: readonly Resource[]): string[] => {
  const service = serviceNamed(packageOf(collector).replace('client-', ''))
  const rows = collector.resources.flatMap(rowsOf)
  const listed = rows.map(({ type, list, keep }) => ({ type, least: list === undefined || keep !== undefined ? 1 : service.paging(list.operation) === undefined ? 2 : 4 }))
  const beside = rows.flatMap((row) => row.with ?? []).map(({ type }) => ({ type, least: 1 }))
  const types = new Set([...listed, ...beside].map(({ type }) => type))
  return [...types].flatMap((type) => {
    const least = Math.max(...[...listed, ...beside].filter((each) => each.type === type).map((each) => each.least))
    const ids = resources.filter((resource) => resource.type === type).map(({ id }) => id)
    // a list that is asked for once a kind answers the same to each, as the endpoint knows nothing of kinds
    const isOnce = listed.filter((each) => each.type === type).length === 1
    return [
      ...(ids.length < least ? [`${ids.length} of ${least} ${type}`] : []),
      ...(isOnce && new Set(ids).size < ids.length ? [`${type} ${ids.find((id, at) => ids.indexOf(id) !== at)!} twice`] : []),
    ]
  })
}

/** Properties that a scan leaves unread on purpose. */
const unread = new Set(['AWS::Polly::Lexicon Content', 'AWS::SSM::Parameter Value', 'AWS::Lambda::LayerVersion Content', 'AWS::Lambda::Function CodeSigningConfigArn'])

/** Members that have the name of a property by chance, or that say nothing of how a thing is set up. */
const byChance = new Set([
  'AWS::Bedrock::KnowledgeBasePolicy RevisionId', 'AWS::Lex::ResourcePolicy RevisionId',
  'AWS::Bedrock::IngestionJob FailureReasons', 'AWS::CloudWatch::Alarm Tags',
  'AWS::Connect::IntegrationAssociation LastModifiedRegion', 'AWS::Connect::IntegrationAssociation LastModifiedTime',
  'AWS::EC2::Instance BlockDeviceMappings', 'AWS::EC2::Instance DisableApiTermination', 'AWS::EC2::Instance InstanceInitiatedShutdownBehavior', 'AWS::EC2::Instance State',
  'AWS::EC2::LaunchTemplate TagSpecifications', 'AWS::ECR::ImageScanFindings RegistryId', 'AWS::ECS::TaskDefinition Tags', 'AWS::EKS::Nodegroup Id',
  'AWS::ElasticLoadBalancingV2::LoadBalancer Ipv4IpamPoolId', 'AWS::Events::Rule Tags', 'AWS::InspectorV2::AccountStatus ResourceState/Ami', 'AWS::LakeFormation::PrincipalPermissions Catalog',
  'AWS::RDS::DBCluster Domain', 'AWS::RDS::DBCluster MasterUserPassword', 'AWS::RDS::DBInstance Domain', 'AWS::RDS::DBInstance MasterUserPassword',
])
