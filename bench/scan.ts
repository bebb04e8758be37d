// What a scan costs: calls, rounds of calls, time where a call takes 40 ms, memory, and what is made of its snapshot.
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { loadCollectors } from '../src/sources/aws/catalogue.ts'
import type { Row } from '../src/sources/aws/collector.ts'
import { scanAws } from '../src/sources/aws/scan.ts'
import { empty } from '../test/aws-endpoint/empty.ts'
import { serve } from '../test/aws-endpoint/endpoint.ts'
import type { Answering } from '../test/aws-endpoint/endpoint.ts'
import { inEnvironment } from '../test/aws-endpoint/environment.ts'
import { fromFixtures } from '../test/aws-endpoint/fixtures.ts'
import { measureSnapshots } from './estate.ts'
import { estateOf, listed, mixed } from './scan-estate.ts'

export const name = 'scan'

const latency = 40
const small = Number(process.env['BENCH_RESOURCES'] ?? 10_000)
const large = 100_000
const pageSize = 100

/** Prowler's published figures for a scan of one account: 16,868 calls in 329 s. */
const prowler = { atOnce: 2.3 }

export const run = async () => {
  const plain = await scan(small, { latency })
  const throttled = await scan(small, { latency, throttled: 0.2 })
  const [some, big] = [await scan(small, { shares: listed }), await scan(large, { shares: listed })]
  return [
    { metric: `${number(plain.resources)} resources, ${latency} ms a call`, value: plain.seconds, unit: 's', reference: 'the budget of 20 s', ratio: 20 / plain.seconds },
    { metric: 'processor time of it', value: plain.cpu, unit: 'CPU-s', reference: 'the budget of 20 s', ratio: 20 / plain.cpu },
    { metric: 'the same with every fifth call throttled', value: throttled.seconds, unit: 's', reference: 'twice the time without', ratio: 2 * plain.seconds / throttled.seconds },
    { metric: 'resources lost to throttling', value: plain.resources - throttled.resources, unit: '', reference: 'none', ratio: plain.resources === throttled.resources ? 1 : 0 },
    { metric: 'calls: one list a type', value: plain.lists, unit: 'calls' },
    { metric: 'calls: beyond the lists', value: plain.calls - plain.lists, unit: 'calls', reference: 'one a resource', ratio: plain.resources / (plain.calls - plain.lists) },
    { metric: 'calls on the critical path', value: plain.rounds, unit: 'calls', reference: 'time over 40 ms, were there no work', ratio: plain.seconds * 1000 / latency / plain.rounds },
    { metric: 'most calls at the same time', value: plain.atOnce, unit: 'calls', reference: 'Prowler', ratio: plain.atOnce / prowler.atOnce },
    { metric: `${number(big.resources)} resources, answers at once`, value: big.resources / big.seconds, unit: 'resources/s' },
    { metric: `${number(big.resources)} resources, peak memory of the scan`, value: big.peak, unit: 'MiB', reference: `that of ${number(small)} resources`, ratio: some.peak / big.peak },
    ...measureSnapshots(process.argv.includes('--large') ? [large, 1_000_000] : [large], ['']),
  ]
}

const number = (value: number): string => value.toLocaleString('en')

interface Scanned { readonly seconds: number, readonly cpu: number, readonly peak: number, readonly resources: number, readonly calls: number, readonly lists: number, readonly rounds: number, readonly atOnce: number }

/** Scans an account of so many resources in a process of its own, so that time and memory are its own. */
const scan = async (count: number, { latency: delay = 0, throttled = 0, shares = mixed }: { latency?: number, throttled?: number, shares?: typeof mixed }): Promise<Scanned> => {
  const spans: Span[] = []
  const answering = fromFixtures(estateOf(count, shares), empty, pageSize)
  const endpoint = await serve(timed(throttled === 0 ? answering : throttling(answering, throttled), spans, delay))
  const restore = inEnvironment(endpoint.url)
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [fileURLToPath(import.meta.url), '--measure'])
    const lists = await listOperations()
    return {
      ...JSON.parse(stdout) as Pick<Scanned, 'seconds' | 'cpu' | 'peak' | 'resources'>,
      calls: endpoint.calls.length,
      lists: endpoint.calls.filter(({ operation }) => lists.has(operation)).length,
      rounds: roundsOf(spans),
      atOnce: endpoint.mostOpen,
    }
  } finally {
    restore()
    await endpoint.close()
  }
}

interface Span { readonly start: number, readonly end: number }

const timed = (answering: Answering, spans: Span[], delay: number): Answering => async (asked) => {
  const start = performance.now()
  if (delay > 0) await new Promise((resolve) => { setTimeout(resolve, delay) })
  const reply = await answering(asked)
  spans.push({ start, end: performance.now() })
  return reply
}

/** Refuses a share of the calls, but never who asks and where: those are asked once. */
const throttling = (answering: Answering, share: number): Answering => {
  let count = 0
  return (asked) => (['sts', 'organizations'].includes(asked.service.name) || ++count % Math.round(1 / share) !== 0 ? answering(asked) : { error: 'ThrottlingException', message: 'Rate exceeded' })
}

/** The longest row of calls of which each began after the one before had ended. */
const roundsOf = (spans: readonly Span[]): number => {
  let rounds = 0
  let free = 0
  for (const { start, end } of spans.toSorted((a, b) => a.end - b.end)) {
    if (start < free) continue
    rounds++
    free = end
  }
  return rounds
}

/** Operations that list, and those that read a setting which stands once in a region. */
const listOperations = async (): Promise<ReadonlySet<string>> => {
  const ofRow = (row: Row): string[] => [(row.list ?? row.describe)?.operation ?? '', ...(row.children ?? []).flatMap(ofRow)]
  return new Set(['GetCallerIdentity', 'DescribeOrganization', 'DescribeRegions', 'GetResources', 'GetAccountAuthorizationDetails', ...(await loadCollectors()).flatMap(({ resources }) => resources.flatMap(ofRow))])
}

if (process.argv[2] === '--measure') {
  const began = performance.now()
  let resources = 0
  for await (const line of scanAws({ regions: ['us-east-1'] })) if (line.kind === 'resource') resources++
  const { user, system } = process.cpuUsage()
  console.log(JSON.stringify({ seconds: (performance.now() - began) / 1000, cpu: (user + system) / 1e6, peak: process.resourceUsage().maxRSS / 1024, resources }))
}
