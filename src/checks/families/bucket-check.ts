import { every, some } from '../../core/unknown.ts'
import { storagePlace } from '../../graph/storage.ts'
import type { EstateView, Found } from '../../graph/view.ts'
import type { PointerIn } from '../../model/describe.ts'
import type { Risk } from '../../model/risk.ts'
import type { Severity } from '../../model/severity.ts'
import type { ResourceType, ResourceTypes } from '../../model/types.gen.ts'
import { defineCheck } from '../check.ts'
import type { Check, Example, Given } from '../check.ts'
import type { BucketTrait } from './bucket-traits.ts'
import { isCustomerKey } from './customer-key.ts'
import { isOwnBucket } from './own-buckets.ts'
import { everyAt, someAt, withAt } from './places.ts'
import { KEY } from './values.ts'

interface Definition<T extends ResourceType, P extends string> {
  readonly id: string
  readonly on: T
  readonly title: string
  readonly risk: Risk
  readonly severity: Severity
  readonly why: string
  readonly fix: string
  readonly also?: readonly string[]
  /** Where the resource names places in S3: URIs, ARNs, names, or objects of bucket and key. */
  readonly at: readonly (P & PointerIn<ResourceTypes[T], P>)[]
  /** What the buckets should be. */
  readonly traits: readonly BucketTrait[]
  /** The resource with its place in this bucket. */
  readonly example: (bucket: string) => Example<T>
  readonly when?: (resource: ResourceTypes[T]) => boolean
  /** A key that the resource itself should name besides; then it is judged even where its buckets are not in the estate. */
  readonly key?: P & PointerIn<ResourceTypes[T], P>
  /** Whether a bucket of somebody else fails; otherwise it is for others to judge. */
  readonly own?: true
}

/** A bucket of the estate that a value names, with the ARN pattern of the objects that are meant. */
export const bucketNamed = (value: unknown, estate: EstateView): { readonly bucket: Found<'AWS::S3::Bucket'>, readonly objects: string } | undefined => {
  const place = storagePlace(value)
  const bucket = place === undefined ? undefined : estate.find('AWS::S3::Bucket', place.bucket)
  return bucket === undefined ? undefined : { bucket, objects: `arn:${estate.partition}:s3:::${place!.bucket}/${place!.prefix}*` }
}

/** A check of the buckets that a resource uses. A bucket that is not in the estate is for others to judge. */
export const bucketCheck = <T extends ResourceType, const P extends string>(definition: Definition<T, P>): Check => {
  const { id, on, title, risk, severity, why, fix, also = [], at, traits, example, when, key, own } = definition
  const inUse = (resource: ResourceTypes[T], estate: EstateView) => some(at, (pointer) => someAt(resource, pointer, (value) => (own === true ? storagePlace(value) : bucketNamed(value, estate)) !== undefined))
  const isSafe = (value: unknown, estate: EstateView) => {
    const named = bucketNamed(value, estate)
    if (named === undefined) return own !== true || isOwnBucket(value, estate)
    return every(traits, (trait) => trait.holds(named.bucket, named.objects, estate))
  }
  const keyed = (bucket: string) => (key === undefined ? example(bucket) : withAt(example(bucket), key, KEY))
  const safe = traits.flatMap((trait) => trait.good('place'))
  return defineCheck<T>({
    id, on, title, risk, severity, why, also,
    fix: { text: fix },
    when: (resource, estate) => (when === undefined || when(resource)) && (key !== undefined || inUse(resource, estate)),
    requires: (resource, estate) => every([
      () => key === undefined || someAt(resource, key, isCustomerKey),
      () => every(at, (pointer) => everyAt(resource, pointer, (value) => isSafe(value, estate))),
    ], (holds) => holds()),
    fails: [
      ...traits.map((broken) => around(keyed('place'), traits.flatMap((trait) => (trait === broken ? trait.bad : trait.good)('place')))),
      ...(key === undefined ? [] : [around(example('place'), safe)]),
      ...(own === undefined ? [] : [example('bucket-of-others')]),
    ],
    passes: [around(keyed('place'), safe)],
  })
}

/** An example with what is given around it: what several say of one bucket becomes one bucket. */
const around = <T extends ResourceType>(example: Example<T>, given: readonly Given[]): Example<T> => {
  const buckets = given.filter(({ type }) => type === 'AWS::S3::Bucket')
  const merged = buckets.slice(0, 1).map((bucket) => ({ ...bucket, properties: Object.assign({}, ...buckets.map(({ properties }) => properties)) as Readonly<Record<string, unknown>> }))
  return { ...example, given: [...(example.given ?? []), ...merged, ...given.filter(({ type }) => type !== 'AWS::S3::Bucket')] }
}
