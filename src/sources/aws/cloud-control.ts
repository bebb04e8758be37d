import { planListings } from './listings.ts'
import type { Listing } from './listings.ts'
import { typeSchemas } from '../shape.ts'
import { defineCollector } from './collector.ts'
import type { Collector, Item } from './collector.ts'
import { toResource } from './draft.ts'
import type { Failure } from './failure.ts'
import type { Run } from './run.ts'
import { tagRecord } from './tags.ts'

/** Reads through the Cloud Control API each type of interest that no other collector reads. */
export const cloudControl = (collected: ReadonlySet<string>): Collector => {
  const listings = planListings(typeSchemas(), collected)
  return defineCollector({
    id: 'cloud-control',
    prefix: 'cloudformation',
    scope: 'region',
    client: () => import('@aws-sdk/client-cloudcontrol'),
    apart: 'TypeName',
    resources: [],
    collects: { types: listings.flatMap(wantedTypes), permissions: ['ListResources', 'GetResource', ...new Set(listings.flatMap(handlerPermissions))] },
    collect: (run) => readListings(run, listings),
  })
}

const wantedTypes = ({ type, wanted, under }: Listing): string[] => [...(wanted ? [type] : []), ...under.flatMap(wantedTypes)]

/** Cloud Control calls the services with the caller's own permissions. Some handlers name more than reading needs: what changes or opens something is left out. */
const handlerPermissions = ({ type, wanted, under }: Listing): string[] => {
  const { list, read = [] } = typeSchemas()[type]!
  return [...[...list!.permissions, ...(wanted ? read : [])].filter((action) => onlyReads.test(action) && !opens.test(action)), ...under.flatMap(handlerPermissions)]
}

const onlyReads = /^[a-z0-9-]+:(Get|List|Describe|BatchGet|Search|Query)[A-Z]\w*$/
const opens = /^(s3|sts|ssm|dynamodb|athena|secretsmanager):/

/** The first list tells whether the API answers here at all. */
const readListings = async (run: Run, [first, ...rest]: readonly Listing[]): Promise<void> => {
  if (first === undefined) return
  const failures = new Map<string, { readonly failure: Failure, readonly types: Set<string> }>()
  const failed = (failure: Failure, types: readonly string[]) => {
    const known = failures.get(failure.reason) ?? { failure, types: new Set() }
    failures.set(failure.reason, known)
    for (const type of types) known.types.add(type)
  }
  await readListing(run, first, undefined, failed)
  const [refused] = failures.values()
  if (refused !== undefined && closed(refused.failure)) failed(refused.failure, rest.flatMap(wantedTypes))
  else await Promise.all(rest.map((listing) => readListing(run, listing, undefined, failed)))
  for (const { failure, types } of failures.values()) await run.gap('ListResources', failure, { types: [...types].sort(), ...missing(failure) })
}

const closed = ({ kind, reason }: Failure): boolean => ['foreign', 'elsewhere', 'aborted'].includes(kind) || kind === 'denied' && reason.includes('cloudformation:ListResources')

/** The service's own permission that a handler lacked, where the refusal says it. */
const missing = ({ kind, reason }: Failure): { readonly permission?: string } => {
  const said = /perform:? ([a-z0-9-]+:\w+)/.exec(reason)?.[1]
  return kind === 'denied' && said !== undefined ? { permission: said } : {}
}

/** A type that is not there, or has no such handler, is nothing that could be read. */
const isUnsupported = ({ kind, name }: Failure): boolean => kind === 'absent' || name === 'UnsupportedActionException'

const readListing = async (run: Run, listing: Listing, above: Item | undefined, failed: (failure: Failure, types: readonly string[]) => void): Promise<void> => {
  const { type, from } = listing
  const model = Object.fromEntries(Object.entries(from).map(([input, property]) => [input, property === '$account' ? run.account : above?.[property]]))
  for await (const page of run.pages('ListResources', { TypeName: type, MaxResults: 100, ...(Object.keys(model).length === 0 ? {} : { ResourceModel: JSON.stringify(model) }) })) {
    if ('failure' in page) {
      if (!isUnsupported(page.failure)) failed(page.failure, wantedTypes(listing))
      return
    }
    await Promise.all(((page.answer['ResourceDescriptions'] ?? []) as Item[]).map((described) => readResource(run, listing, described, failed)))
  }
}

const readResource = async (run: Run, { type, wanted, under }: Listing, described: Item, failed: Parameters<typeof readListing>[3]): Promise<void> => {
  const listed = propertiesOf(described)
  const needed = under.flatMap(({ from }) => Object.values(from))
  const isEnough = !wanted && needed.every((property) => listed[property] !== undefined)
  const outcome = isEnough ? undefined : await run.call('GetResource', { TypeName: type, Identifier: described['Identifier'] })
  if (outcome !== undefined && 'failure' in outcome && outcome.failure.kind === 'absent') return
  const whole = outcome !== undefined && 'answer' in outcome ? { ...listed, ...propertiesOf(outcome.answer['ResourceDescription'] as Item | undefined) } : listed
  if (wanted) {
    const reasons = outcome !== undefined && 'failure' in outcome ? [`GetResource: ${outcome.failure.reason}`] : []
    const resource = toResource(run, { type }, whole, tagRecord(whole[typeSchemas()[type]!.tags ?? 'Tags']), reasons)
    await run.put({ kind: 'resource', resource })
    if (outcome !== undefined && 'failure' in outcome) await run.gap('GetResource', outcome.failure, { resource: resource.id, ...missing(outcome.failure) })
  }
  await Promise.all(under.map((listing) => readListing(run, listing, whole, failed)))
}

/** Properties are given as JSON text, in CloudFormation's shape. */
const propertiesOf = (described: Item | undefined): Item => {
  try {
    const value: unknown = JSON.parse(String(described?.['Properties'] ?? '{}'))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Item : {}
  } catch {
    return {}
  }
}
