import type { SnapshotLine } from '../../model/snapshot.ts'
import type { Channel } from './channel.ts'
import type { Failure } from './failure.ts'
import { makeLastUse, metrics } from './last-use.ts'
import type { LastUseLookup } from './last-use.ts'
import { makeTagLookup } from './tags.ts'
import type { TagLookup } from './tags.ts'
import type { Target } from './targets.ts'

/** Where a collector is at work. */
interface Place { readonly target: Target, readonly home: string }

const tagging = () => import('@aws-sdk/client-resource-groups-tagging-api')

/** What is read once for each account and region, by whoever asks first. */
const onceEach = <T>(make: (place: Place) => T): ((place: Place) => T) => {
  const known = new Map<string, T>()
  return (place) => {
    const key = `${place.target.id} ${place.home}`
    const made = known.get(key) ?? make(place)
    known.set(key, made)
    return made
  }
}

const gapIn = ({ target, home }: Place, operation: string, { kind, reason }: Failure, without: string): SnapshotLine => ({
  kind: 'gap', gap: { account: target.id, region: home, operation, reason: `${reason}; ${without}`, ...(kind === 'denied' ? { permission: operation } : {}) },
})

/** Tags of each account and region. */
export const tagLookups = (channel: Channel<SnapshotLine>) => onceEach((place): TagLookup =>
  makeTagLookup(() => place.target.lineTo('tagging', tagging, place.home), (failure) => channel.put(gapIn(place, 'tag:GetResources', failure, 'tags come from each service where it gives them'))))

/** Last use in each account and region. */
export const lastUseLookups = (channel: Channel<SnapshotLine>) => onceEach((place): LastUseLookup =>
  makeLastUse(() => place.target.lineTo('cloudwatch', metrics, place.home), (operation, failure) => channel.put(gapIn(place, `cloudwatch:${operation}`, failure, 'when things were last used is not known'))))
