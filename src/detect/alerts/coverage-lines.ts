import { count } from '../../core/text.ts'
import type { CoverageGap } from '../coverage/coverage.ts'
import { broken } from './lines.ts'

/** For each account and region, how many detections can never fire there, and the settings that would let them. */
export const coverageLines = (coverage: readonly CoverageGap[], columns: number): string[] =>
  [...Map.groupBy(coverage.filter(({ state }) => state === 'off'), ({ account, region }) => `${account} ${region}`)].flatMap(([place, gaps]) => {
    const types = Map.groupBy(gaps.filter(({ dataEvents }) => dataEvents !== undefined), ({ dataEvents }) => dataEvents!)
    const others = Map.groupBy(gaps.filter(({ dataEvents }) => dataEvents === undefined), ({ needs }) => needs)
    return [
      `In ${place} ${count(gaps.length, 'detection')} can never fire; what would let them:`,
      ...[...others].flatMap(([needs, some]) => broken(`${needs}: ${some.length}`, columns)),
      ...(types.size === 0 ? [] : broken(`data events in an advanced event selector of a trail or event data store, of ${[...types].map(([type, some]) => `${type}: ${some.length}`).join(', ')}`, columns)),
    ]
  })
