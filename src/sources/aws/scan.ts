import { homeOf, partitionOf } from '../../core/arn.ts'
import { silent } from '../../core/events.ts'
import type { Emit } from '../../core/events.ts'
import { isUnknown } from '../../core/unknown.ts'
import type { Resource } from '../../model/resource.ts'
import { snapshotSchema } from '../../model/snapshot.ts'
import type { Done, SnapshotLine } from '../../model/snapshot.ts'
import { missing } from '../shape.ts'
import { findRegions, findTargets } from './accounts.ts'
import { loadCollectors, typesOf } from './catalogue.ts'
import { makeChannel } from './channel.ts'
import type { Channel } from './channel.ts'
import type { Collector } from './collector.ts'
import type { LastUseLookup } from './last-use.ts'
import { lastUseLookups, tagLookups } from './lookups.ts'
import { readRow } from './rows.ts'
import { makeRun } from './run.ts'
import type { TagLookup } from './tags.ts'
import type { Target } from './targets.ts'

/** What to scan and how. Credentials and the endpoint come from the environment, as the AWS CLI takes them. */
export interface ScanOptions {
  /** Only these regions; by default all that are turned on. */
  readonly regions?: readonly string[]
  /** A role to assume before anything else. */
  readonly roleArn?: string
  /** Scan each account of the organization, through a role of this name in each. */
  readonly org?: boolean
  readonly roleName?: string
  /** Also read code: Lambda packages and image layers. */
  readonly readCode?: boolean
  /** What an interrupted scan has finished. */
  readonly resume?: { readonly done: readonly Done[] }
  readonly emit?: Emit
  readonly signal?: AbortSignal
  /** Only these collectors. */
  readonly only?: readonly string[]
}

/** Units of work (a collector in an account and region) that are under way at the same time. */
const unitsAtOnce = 24
const linesAhead = 2_000

/** Reads AWS accounts; gives snapshot lines as they come. Ends by throwing only when there is nothing to scan. */
export async function* scanAws(options: ScanOptions = {}): AsyncIterable<SnapshotLine> {
  const channel = makeChannel<SnapshotLine>(linesAhead)
  const work = scan(options, channel).then(() => channel.close(), (error: unknown) => channel.fail(error))
  yield* channel
  await work
}

interface Unit { readonly target: Target, readonly region: string, readonly home: string, readonly collector: Collector }

const scan = async (options: ScanOptions, channel: Channel<SnapshotLine>): Promise<void> => {
  const emit = options.emit ?? silent
  const first = options.regions?.[0] ?? process.env['AWS_REGION'] ?? process.env['AWS_DEFAULT_REGION'] ?? 'us-east-1'
  const collectors = (await loadCollectors()).filter(({ id }) => options.only === undefined || options.only.includes(id))
  const targets = await findTargets(options, first, channel)
  const regionsOf = new Map(await Promise.all(targets.map(async (target) => [target.id, await findRegions(options, target, first, channel)] as const)))
  const regions = [...new Set(regionsOf.values().flatMap((names) => names))].sort()
  await channel.put({
    kind: 'header',
    header: {
      schema: snapshotSchema, takenAt: new Date().toISOString(), tool: 'bartizan', source: 'aws', origin: targets.map(({ id }) => id).join(','),
      accounts: targets.map(({ id, name, path }) => ({ id, ...(name === undefined ? {} : { name }), ...(path === undefined ? {} : { path }) })), regions,
    },
  })
  const finished = new Set((options.resume?.done ?? []).map(({ collector, account, region }) => `${collector} ${account} ${region}`))
  const units = targets.flatMap((target) => unitsOf(target, regionsOf.get(target.id) ?? [], collectors))
    .filter(({ collector, target, region }) => !finished.has(`${collector.id} ${target.id} ${region}`))
  emit({ kind: 'started', what: 'scan', total: units.length })
  const tagsOf = tagLookups(channel)
  const lastUseOf = lastUseLookups(channel)
  let done = 0
  await each(units, unitsAtOnce, async (unit) => {
    if (options.signal?.aborted === true) return
    await runUnit(unit, options, channel, tagsOf(unit), lastUseOf(unit))
    emit({ kind: 'progress', what: 'scan', done: ++done, total: units.length, detail: `${unit.collector.id} in ${unit.region}` })
  })
  emit({ kind: 'finished', what: 'scan' })
}

/** Runs a task on each, so many at a time, and stops at the first throw. */
const each = async <T>(items: readonly T[], atOnce: number, task: (item: T) => Promise<void>): Promise<void> => {
  const queue = items.values()
  await Promise.all(Array.from({ length: atOnce }, async () => {
    for (const item of queue) await task(item)
  }))
}

const unitsOf = (target: Target, regions: readonly string[], collectors: readonly Collector[]): Unit[] =>
  collectors.filter(({ scope }) => scope !== 'organization' || target.lists).flatMap((collector) => collector.scope !== 'region'
    ? [{ target, collector, region: 'global', home: homeOf(target.partition) }]
    : regions.filter((region) => partitionOf(region) === target.partition).map((region) => ({ target, collector, region, home: region })))

const runUnit = async ({ target, region, home, collector }: Unit, options: ScanOptions, channel: Channel<SnapshotLine>, tags: TagLookup, lastUse: LastUseLookup): Promise<void> => {
  const absent = new Set<string>()
  const run = makeRun({
    collector, account: target.id, region, home, partition: target.partition, readCode: options.readCode ?? false, tags, lastUse, signal: options.signal,
    emit: options.emit ?? silent,
    put: (line) => {
      if (line.kind === 'resource' && line.resource.partial === undefined) for (const name of unsaid(line.resource)) absent.add(`${line.resource.type} ${name}`)
      return channel.put(line)
    },
    lineTo: (where) => target.lineTo(collector.id, collector.client, where),
    line: (service, load) => target.lineTo(service, load, home),
  })
  const broken = await Promise.all([...collector.resources.map((row) => readRow(run, row)), collector.collect?.(run)]).then(() => undefined, (error: unknown) => error as Error)
  if (broken !== undefined) {
    await channel.put({ kind: 'gap', gap: { account: target.id, region, operation: collector.id, reason: `an answer could not be taken in: ${broken.message}`, types: typesOf(collector) } })
    return
  }
  for (const pair of absent) {
    const [type = '', name = ''] = pair.split(' ')
    await channel.put({ kind: 'gap', gap: { account: target.id, region, operation: `${collector.prefix}: ${type}`, reason: `${missing} ${name} is, which ${type} requires` } })
  }
  if (options.signal?.aborted !== true) await channel.put({ kind: 'done', done: { collector: collector.id, account: target.id, region } })
}

/** Required properties that an answer lacked. */
const unsaid = ({ properties }: Resource): string[] =>
  Object.entries(properties).filter(([, value]) => isUnknown(value) && value.$unknown.startsWith(missing)).map(([name]) => name)
