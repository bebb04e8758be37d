import { every } from '../../core/unknown.ts'
import type { EstateView } from '../../graph/view.ts'
import type { PointerIn } from '../../model/describe.ts'
import type { Severity } from '../../model/severity.ts'
import type { ResourceType, ResourceTypes } from '../../model/types.gen.ts'
import { defineCheck } from '../check.ts'
import type { Check, Example } from '../check.ts'
import { below, everyAt, someAt, withAt } from './places.ts'
import { KEY } from './values.ts'

/** A place that wants a key. */
interface KeyPlace {
  readonly pointer: string
  /** The part of the pointer that need not be there: a key is asked for in each place it reaches. The resource itself when absent. */
  readonly within?: string
}

interface More<T extends ResourceType> {
  readonly severity?: Severity
  readonly also?: readonly string[]
  readonly within?: string
  /** Further places that want a key; the bare example has whatever they are within. */
  readonly and?: readonly KeyPlace[]
  readonly when?: (resource: ResourceTypes[T], estate: EstateView) => boolean
  /** True for a job that has run: what it wrote stays as it is. */
  readonly job?: true
}

/** Whether a value names a key other than the ones that AWS manages (`alias/aws/…`). */
export const isCustomerKey = (value: unknown): boolean => typeof value === 'string' && value !== '' && !value.includes('alias/aws/')

const hasKey = (resource: unknown, { pointer, within = '' }: KeyPlace): boolean =>
  everyAt(resource, within, (place) => someAt(place, below(pointer, within), isCustomerKey))

const dotted = ({ pointer }: KeyPlace): string => pointer.replaceAll('/*', '').replaceAll('/', '.')

/** A check that something at rest has a customer managed KMS key; `label` is what is encrypted, as in "the notebook volume". */
export const customerKey = <T extends ResourceType, const P extends string>(
  id: string, on: T, label: string, pointer: P & PointerIn<ResourceTypes[T], P>, bare: Example<T>, more: More<T> = {}): Check => {
  const { severity = 'medium', also = [], within, and = [], when, job } = more
  const places: readonly KeyPlace[] = [{ pointer, ...(within === undefined ? {} : { within }) }, ...and]
  const asked = places.map((place) => place.within)
  const applies = when ?? (asked.includes(undefined) ? undefined : (resource: ResourceTypes[T]) => asked.some((place) => someAt(resource, place!)))
  const property = places.map(dotted).join(' and ')
  const keyed = (except?: KeyPlace) => places.reduce((example, place) => (place === except ? example : withAt(example, place.pointer, KEY)), bare)
  return defineCheck<T>({
    id, on, severity, also,
    title: `No customer managed key for the ${label}`,
    risk: 'insufficient-encryption',
    why: `Without a key of your own nobody here can limit, audit or withdraw who decrypts the ${label}.`,
    fix: { text: job === true ? `Run the next job with a customer managed KMS key in ${property}; delete or re-encrypt what this one wrote.` : `Name a customer managed KMS key in ${property}.` },
    ...(applies === undefined ? {} : { when: applies }),
    requires: (resource) => every(places, (place) => hasKey(resource, place)),
    fails: places.map((place) => keyed(place)),
    passes: [keyed()],
  })
}
