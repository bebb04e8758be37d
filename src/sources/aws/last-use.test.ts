import { describe, expect, it } from 'vitest'
import { makeLastUse } from './last-use.ts'
import { makeLimiter } from './limiter.ts'

const usage = { namespace: 'AWS/SageMaker', metric: 'Invocations', dimension: 'EndpointName' }
const day = Date.UTC(2026, 0, 10)
const daysBefore = (count: number) => new Date(day - count * 86_400_000)
const series = (endpoint: string, variant: string) => ({ Namespace: usage.namespace, MetricName: usage.metric, Dimensions: [{ Name: 'EndpointName', Value: endpoint }, { Name: 'VariantName', Value: variant }] })

const lookup = (answers: Readonly<Record<string, () => object>>) => {
  const failures: string[] = []
  const calls: string[] = []
  const last = makeLastUse(() => Promise.resolve({
    limiter: makeLimiter(),
    send: async (operation) => {
      calls.push(operation)
      return await Promise.resolve(answers[operation]!() as Record<string, unknown>)
    },
  }), (operation) => {
    failures.push(operation)
    return Promise.resolve()
  }, day)
  return { last, calls, failures }
}

describe('last use by a metric', () => {
  it('is the latest day on which any series of the thing counted', async () => {
    const { last, calls } = lookup({
      ListMetrics: () => ({ Metrics: [series('fraud', 'a'), series('fraud', 'b'), series('idle', 'a')] }),
      GetMetricData: () => ({
        MetricDataResults: [
          { Id: 'm0', Timestamps: [daysBefore(0), daysBefore(1), daysBefore(2)], Values: [0, 0, 7] }, { Id: 'm1', Timestamps: [daysBefore(1)], Values: [2] }, { Id: 'm2', Timestamps: [daysBefore(0)], Values: [0] },
        ],
      }),
    })
    expect([...await last(usage)]).toEqual([['fraud', '2026-01-09T00:00:00.000Z']])
    await last({ ...usage })
    expect(calls).toEqual(['ListMetrics', 'GetMetricData'])
  })

  it('is not known where metrics may not be read', async () => {
    const { last, failures } = lookup({
      ListMetrics: () => {
        throw Object.assign(new Error('no'), { name: 'AccessDeniedException', $fault: 'client' })
      },
    })
    expect((await last(usage)).size).toBe(0)
    expect(failures).toEqual(['ListMetrics'])
  })
})
