import type { Gap } from '../../core/gap.ts'
import type { Snapshot } from '../../model/snapshot.ts'
import { loadCollectors, typesOf } from './catalogue.ts'

/**
 * What a scan of AWS did not get to: it was killed, or an older version did not know it. A type that was not listed is not known to be absent.
 * A snapshot that says of nothing that it is done was not made by a scan. Nor is it known whether an organization was to be read.
 */
export const unfinished = async ({ header, done }: Snapshot): Promise<Gap[]> => {
  if (header.source !== 'aws' || done.length === 0) return []
  const collectors = (await loadCollectors()).filter(({ scope }) => scope !== 'organization')
  const finished = new Set(done.map(({ collector, account, region }) => `${collector} ${account} ${region}`))
  const places = header.accounts.flatMap(({ id }) => ['global', ...header.regions].map((region) => {
    const own = collectors.filter(({ scope }) => (scope === 'region') === (region !== 'global'))
    return { account: id, region, own, left: own.filter((collector) => !finished.has(`${collector.id} ${id} ${region}`)) }
  }))
  const begun = places.filter(({ own, left }) => left.length < own.length)
  // Where all else is finished, a region without anything is one that is off in this account.
  const isOff = begun.every(({ left }) => left.length === 0)
  return (isOff && header.accounts.length > 1 ? begun : places).flatMap(({ account, region, left }) =>
    left.map((collector): Gap => ({ account, region, operation: collector.id, reason: 'the scan did not get to it', types: typesOf(collector) })))
}
