import { ask } from './call.ts'
import type { Line } from './call.ts'
import type { Item } from './collector.ts'
import type { Failure } from './failure.ts'

/** The client of CloudWatch. */
export const metrics = () => import('@aws-sdk/client-cloudwatch')

/** A metric that counts uses, and the dimension that names what was used. */
export interface Usage { readonly namespace: string, readonly metric: string, readonly dimension: string }

/** The ISO day on which each thing was last used, by its name in the dimension; nothing for what was not used for two weeks. */
export type LastUseLookup = (usage: Usage) => Promise<ReadonlyMap<string, string>>

/** Reads a usage metric once a region, when it is first asked for. */
export const makeLastUse = (line: () => Promise<Line>, failed: (operation: string, failure: Failure) => Promise<void>, now = Date.now()): LastUseLookup => {
  const known = new Map<string, ReturnType<LastUseLookup>>()
  return (usage) => {
    const key = Object.values(usage).join(' ')
    const reading = known.get(key) ?? readUse(line, usage, failed, now)
    known.set(key, reading)
    return reading
  }
}

const days = 15
const perCall = 500

const readUse = async (lineTo: () => Promise<Line>, usage: Usage, failed: (operation: string, failure: Failure) => Promise<void>, now: number): ReturnType<LastUseLookup> => {
  const line = await lineTo()
  const series = await listSeries(line, usage, failed)
  const last = new Map<string, string>()
  for (let at = 0; at < series.length; at += perCall) {
    const part = series.slice(at, at + perCall)
    const outcome = await ask(line, 'GetMetricData', {
      StartTime: new Date(now - days * 86_400_000), EndTime: new Date(now), ScanBy: 'TimestampDescending',
      MetricDataQueries: part.map((metric, index) => ({ Id: `m${index}`, MetricStat: { Metric: metric, Period: 86_400, Stat: 'Sum' } })),
    })
    if ('failure' in outcome) {
      await failed('GetMetricData', outcome.failure)
      return last
    }
    for (const { Id, Timestamps, Values } of (outcome.answer['MetricDataResults'] ?? []) as Item[]) {
      const metric = part[Number(String(Id).slice(1))]
      const name = metric === undefined ? undefined : nameIn(metric, usage.dimension)
      const used = ((Values ?? []) as number[]).findIndex((value) => value > 0)
      const day = used === -1 ? undefined : dayOf(((Timestamps ?? []) as (Date | string)[])[used])
      if (name !== undefined && day !== undefined && day > (last.get(name) ?? '')) last.set(name, day)
    }
  }
  return last
}

/** The series of a metric that have the dimension. */
const listSeries = async (line: Line, { namespace, metric, dimension }: Usage, failed: (operation: string, failure: Failure) => Promise<void>): Promise<Item[]> => {
  const series: Item[] = []
  let token: unknown
  do {
    const outcome = await ask(line, 'ListMetrics', { Namespace: namespace, MetricName: metric, Dimensions: [{ Name: dimension }], ...(token === undefined ? {} : { NextToken: token }) })
    if ('failure' in outcome) {
      await failed('ListMetrics', outcome.failure)
      return []
    }
    series.push(...(outcome.answer['Metrics'] ?? []) as Item[])
    const next = outcome.answer['NextToken']
    token = typeof next === 'string' && next !== '' && next !== token ? next : undefined
  } while (token !== undefined)
  return series.map(({ Namespace, MetricName, Dimensions }) => ({ Namespace, MetricName, Dimensions }))
}

const nameIn = ({ Dimensions }: Item, dimension: string): string | undefined =>
  ((Dimensions ?? []) as { Name?: string, Value?: string }[]).find(({ Name }) => Name === dimension)?.Value

const dayOf = (time: Date | string | undefined): string | undefined => {
  const date = new Date(time ?? '')
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}
