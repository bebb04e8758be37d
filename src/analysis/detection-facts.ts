import { valueAt } from '../core/pointer.ts'
import type { EstateFacts, LogSettings, StoreUse } from '../detect/estate.ts'
import { buildEstate } from '../graph/estate.ts'
import type { Estate } from '../graph/estate.ts'
import type { Relation } from '../model/relations.ts'
import type { Resource } from '../model/resource.ts'
import type { Snapshot } from '../model/snapshot.ts'
import { automationOf, reachesOf, strongerOf } from './detection-principals.ts'
import { facts } from './facts.ts'

/** What a snapshot says that detections ask: AI roles, storage, keys, owners, and what is logged where. */
export const estateFacts = async (snapshot: Snapshot): Promise<EstateFacts> => {
  const estate = buildEstate(snapshot, await facts())
  const logging = resourcesOf(estate, 'AWS::Bedrock::ModelInvocationLoggingConfiguration')
  return {
    accounts: [...estate.accounts],
    roles: rolesOf(estate),
    stores: [...storesOf(estate), ...logging.flatMap(logStores)],
    logGroups: logging.map((config) => text(config, 'CloudWatchConfig/LogGroupName')).filter((name) => name !== ''),
    keys: keysOf(estate),
    automation: automationOf(estate),
    owners: ownersOf(estate),
    reaches: await reachesOf(estate),
    stronger: strongerOf(estate),
    settings: settingsOf(estate, logging),
  }
}

const resourcesOf = (estate: Estate, type: string): Resource[] => estate.ofType(type).map((index) => estate.resource(index))

const text = (resource: Resource, pointer: string): string => {
  const value = valueAt(resource.properties, pointer)
  return typeof value === 'string' ? value : ''
}

const isAsset = (estate: Estate, type: string): boolean => estate.descriptions.get(type)?.asset !== undefined

const rolesOf = (estate: Estate): EstateFacts['roles'] => resourcesOf(estate, 'AWS::IAM::Role').flatMap((role) => {
  const at = estate.graph.find(role.id)
  const workloads = at === undefined ? [] : estate.graph.in(at, 'runs as').map(({ node }) => estate.graph.node(node)).filter(({ type }) => isAsset(estate, type))
  return workloads.length === 0 ? [] : [{ arn: role.arn ?? role.id, workloads: workloads.map(({ type, id }) => ({ type, id })), services: [] }]
})

const uses: Readonly<Partial<Record<Relation, StoreUse>>> = { ingests: 'knowledge base', reads: 'training', loads: 'model' }

/** What is written to storage that detections ask for: what a training makes, and what an endpoint is asked. */
const written: Readonly<Record<string, StoreUse>> = { 'AWS::SageMaker::TrainingJob': 'model', 'AWS::SageMaker::EndpointConfig': 'data capture' }

/** Storage locations that AI resources name, with the roles of those that write to them. */
const storesOf = ({ graph, descriptions }: Estate): EstateFacts['stores'] => {
  const found: EstateFacts['stores'][number][] = []
  for (let index = 0; index < graph.size; index++) {
    const place = /^(?:s3:\/\/|arn:[^:]*:s3:::)([^/]+)\/?(.*)$/.exec(graph.node(index).id)
    if (place === null) continue
    const named = graph.in(index)
    const writers = [...new Set(named.filter(({ relation }) => relation === 'writes' || relation === 'loads').flatMap(({ node }) => graph.out(node, 'runs as').map((edge) => graph.node(edge.node).id)))]
    for (const { relation, node } of named) {
      const of = graph.node(node)
      const use = relation === 'writes' ? written[of.type] : uses[relation]
      if (use === undefined || descriptions.get(of.type)?.asset === undefined) continue
      found.push({ bucket: place[1]!, prefix: place[2]!, use, of: { type: of.type, id: of.id }, ...writers.length > 0 && { writers } })
    }
  }
  return found
}

const logStores = (config: Resource): EstateFacts['stores'] =>
  ['S3Config/BucketName', 'CloudWatchConfig/LargeDataDeliveryS3Config/BucketName'].map((pointer) => text(config, pointer)).filter((bucket) => bucket !== '')
    .map((bucket) => ({ bucket, prefix: '', use: 'invocation log' as const, of: { type: config.type, id: config.id } }))

const keysOf = (estate: Estate): EstateFacts['keys'] => resourcesOf(estate, 'AWS::KMS::Key').flatMap((key) => {
  const at = estate.graph.find(key.id)
  const protects = at === undefined ? [] : estate.graph.in(at, 'encrypted with').map(({ node }) => estate.graph.node(node)).filter(({ type }) => isAsset(estate, type))
  return protects.length === 0 ? [] : [{ id: key.arn ?? key.id, protects: protects.map(({ type, id }) => ({ type, id })) }]
})

const ownersOf = (estate: Estate): EstateFacts['owners'] => {
  const owners: Record<string, string> = {}
  for (let index = 0; index < estate.table.length; index++) {
    const { id, arn = id, tags } = estate.resource(index)
    const owner = tags['Owner'] ?? tags['owner'] ?? tags['Team'] ?? tags['team']
    if (owner !== undefined) owners[arn] = owner
  }
  return owners
}

/** What is logged in each account and region that the snapshot covers. */
const settingsOf = (estate: Estate, logging: readonly Resource[]): readonly LogSettings[] => {
  const trails = [...resourcesOf(estate, 'AWS::CloudTrail::Trail'), ...resourcesOf(estate, 'AWS::CloudTrail::EventDataStore')]
  const detectors = resourcesOf(estate, 'AWS::GuardDuty::Detector')
  const captures = resourcesOf(estate, 'AWS::SageMaker::EndpointConfig')
  return [...estate.accounts].flatMap((account) => estate.header.regions.map((region): LogSettings => {
    const here = (resource: Resource): boolean => resource.account === account && resource.region === region
    const covers = trails.filter((trail) => trail.properties['IsLogging'] !== false && trail.properties['IngestionEnabled'] !== false
      && ((here(trail) || (trail.account === account && (trail.properties['IsMultiRegionTrail'] === true || trail.properties['MultiRegionEnabled'] === true))) || trail.properties['IsOrganizationTrail'] === true))
    const known = estate.incomplete('AWS::CloudTrail::Trail', account, region) === undefined
    const config = logging.find(here)
    return {
      account, region,
      ...known && { trail: covers.length > 0, readEvents: covers.some(recordsReads), dataEvents: covers.flatMap(dataTypes), networkEvents: covers.some(recordsNetwork) },
      ...config !== undefined && { invocationLogging: config.properties['TextDataDeliveryEnabled'] === true },
      ...estate.incomplete('AWS::SageMaker::EndpointConfig', account, region) === undefined && { dataCapture: captures.some((capture) => here(capture) && valueAt(capture.properties, 'DataCaptureConfig/EnableCapture') === true) },
      ...detectors.some(here) && { aiProtection: detectors.some((detector) => here(detector) && detector.properties['Enable'] === true && JSON.stringify(detector.properties['Features'] ?? []).includes('AI')) },
    }
  }))
}

interface Selector { readonly FieldSelectors?: readonly { readonly Field?: string, readonly Equals?: readonly string[] }[] }

const selectorsOf = (trail: Resource): readonly Selector[] => {
  const selectors = trail.properties['AdvancedEventSelectors']
  return Array.isArray(selectors) ? selectors as Selector[] : []
}

const has = (selector: Selector, field: string, value?: string): boolean =>
  (selector.FieldSelectors ?? []).some((one) => one.Field === field && (value === undefined || one.Equals?.includes(value) === true))

const recordsReads = (trail: Resource): boolean => {
  const advanced = selectorsOf(trail)
  if (advanced.length > 0) return advanced.some((selector) => has(selector, 'eventCategory', 'Management') && !has(selector, 'readOnly', 'false'))
  const basic = trail.properties['EventSelectors']
  return !Array.isArray(basic) || basic.length === 0 || basic.some((selector: { readonly ReadWriteType?: string }) => selector.ReadWriteType !== 'WriteOnly')
}

const recordsNetwork = (trail: Resource): boolean =>
  selectorsOf(trail).some((selector) => has(selector, 'eventCategory', 'NetworkActivity') && has(selector, 'eventSource', 'bedrock.amazonaws.com'))

const dataTypes = (trail: Resource): readonly string[] =>
  selectorsOf(trail).flatMap(({ FieldSelectors = [] }) => FieldSelectors.filter(({ Field }) => Field === 'resources.type').flatMap(({ Equals = [] }) => Equals))
