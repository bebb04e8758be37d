import { placesAt } from '../../core/pointer.ts'
import { none, some } from '../../core/unknown.ts'
import type { EstateView, Found } from '../../graph/view.ts'
import type { Risk } from '../../model/risk.ts'
import type { Severity } from '../../model/severity.ts'
import type { PointerIn } from '../../model/describe.ts'
import type { Json, ResourceType, ResourceTypes } from '../../model/types.gen.ts'
import { defineCheck } from '../check.ts'
import type { Check, Example, Given } from '../check.ts'
import { oneBucket, role, roleArn } from './examples.ts'
import { identityArn } from './roles.ts'
import type { Power } from './roles.ts'

/** The role that a value names, where it is in the estate. */
export const roleNamed = (estate: EstateView, reference: string | undefined): Found<'AWS::IAM::Role'> | undefined =>
  estate.find('AWS::IAM::Role', reference)

interface Definition<T extends ResourceType, P extends string> {
  readonly id: string
  readonly on: T
  readonly title: string
  readonly severity: Severity
  readonly risk?: Risk
  readonly why: string
  readonly fix: string
  readonly also?: readonly string[]
  /** Where the resource names its role. */
  readonly pointer: P & PointerIn<ResourceTypes[T], P>
  /** The service that assumes the role. */
  readonly service: string
  /** What the role must not be able to do; any of these fails. */
  readonly powers: readonly Power[]
  /** Of the role itself, where no question to the estate tells it. */
  readonly trait?: (estate: EstateView, role: Found<'AWS::IAM::Role'>) => boolean
  /** Statements that give the power, and that do not; the second is one bucket by default. */
  readonly bad: readonly Json[]
  readonly good?: readonly Json[]
  /** The resource with this role. */
  readonly example: (role: string) => Example<T>
  readonly given?: readonly Given[]
  readonly when?: (resource: ResourceTypes[T], estate: EstateView) => boolean
}

/** A check that the role that a resource runs as cannot do what it has no need of. */
export const rolePower = <T extends ResourceType, const P extends string>(definition: Definition<T, P>): Check => {
  const { id, on, title, severity, risk = 'weak-iam', why, fix, also = [], pointer, service, powers, trait, bad, good = [oneBucket], example, given = [], when } = definition
  const named = (resource: ResourceTypes[T]) => placesAt(resource, pointer).map(({ value }) => value as string)
  const example1 = (statements: readonly Json[]): Example<T> =>
    ({ ...example(roleArn('worker')), given: [role('worker', service, ...statements), ...given] })
  return defineCheck<T>({
    id, on, title, severity, risk, why, fix: { text: fix }, also,
    when: (resource, estate) => (when === undefined || when(resource, estate)) && some(named(resource), (reference) => roleNamed(estate, reference) !== undefined),
    requires: (resource, estate) => none(named(resource), (reference) => {
      const found = roleNamed(estate, reference)
      return found !== undefined && (some(powers, (power) => power(estate, identityArn(found))) || (trait !== undefined && trait(estate, found)))
    }),
    fails: [example1(bad)],
    passes: [example1(good)],
  })
}
