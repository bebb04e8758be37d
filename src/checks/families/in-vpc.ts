import type { PointerIn } from '../../model/describe.ts'
import type { Severity } from '../../model/severity.ts'
import type { ResourceType, ResourceTypes } from '../../model/types.gen.ts'
import { defineCheck } from '../check.ts'
import type { Check, Example } from '../check.ts'
import { someAt, withAt } from './places.ts'

interface More<T extends ResourceType> {
  readonly severity?: Severity
  readonly also?: readonly string[]
  readonly when?: (resource: ResourceTypes[T]) => boolean
  readonly why?: string
}

/** A check that something runs in a VPC of the account; `pointer` holds its subnets, `label` is what runs, as in "Training job". */
export const inVpc = <T extends ResourceType, const P extends string>(
  id: string, on: T, label: string, pointer: P & PointerIn<ResourceTypes[T], P>, bare: Example<T>, more: More<T> = {}): Check => {
  const { severity = 'medium', also = [], when, why = 'Its traffic passes none of your security groups, endpoints and flow logs.' } = more
  const groups = pointer.replace(/Subnet(?:Id)?s$/, 'SecurityGroupIds')
  const placed = withAt(withAt(bare, pointer, ['subnet-1']), groups, ['sg-1'])
  return defineCheck<T>({
    id, on, severity, also, why,
    title: `${label} runs outside your VPC`,
    risk: 'insecure-api',
    fix: { text: `Name private subnets and security groups in ${pointer.split('/').slice(0, -1).join('.')}.` },
    ...(when === undefined ? {} : { when }),
    requires: (resource) => someAt(resource, `${pointer}/*`),
    fails: [bare],
    passes: [placed],
  })
}
