import type { EstateView } from '../../graph/view.ts'
import type { PointerIn } from '../../model/describe.ts'
import type { Risk } from '../../model/risk.ts'
import type { Severity } from '../../model/severity.ts'
import type { ResourceType, ResourceTypes } from '../../model/types.gen.ts'
import { defineCheck } from '../check.ts'
import type { Check, Example } from '../check.ts'
import { someAt, withAt } from './places.ts'

/** What checks of one switch share: the risk it bears on, the consequence, the words around it. */
export interface Switch {
  readonly risk: Risk
  readonly why: string
  readonly title: (label: string) => string
  readonly fix: (label: string) => string
}

interface More<T extends ResourceType> {
  readonly severity?: Severity
  readonly also?: readonly string[]
  readonly when?: (resource: ResourceTypes[T], estate: EstateView) => boolean
}

/** A check that a switch, off unless set, is on; `label` is whose switch it is, as in "the training job". */
export const switchedOn = <T extends ResourceType, const P extends string>(
  { risk, why, title, fix }: Switch, id: string, on: T, label: string, pointer: P & PointerIn<ResourceTypes[T], P>, bare: Example<T>, more: More<T> = {}): Check => {
  const { severity = 'medium', also = [], when } = more
  return defineCheck<T>({
    id, on, risk, severity, why, also,
    title: title(label),
    fix: { text: fix(label), ...(pointer.includes('*') ? {} : { set: withAt({}, pointer, true) }) },
    ...(when === undefined ? {} : { when }),
    requires: (resource) => someAt(resource, pointer, (value) => value === true),
    fails: [bare, withAt(bare, pointer, false)],
    passes: [withAt(bare, pointer, true)],
  })
}

/** Encryption of what the instances of a job send each other. */
export const betweenInstances: Switch = {
  risk: 'insufficient-encryption',
  why: 'Training data and gradients cross the network between the instances of the job in the clear.',
  title: (label) => `Traffic between the instances of the ${label} is not encrypted`,
  fix: (label) => `Set EnableInterContainerTrafficEncryption for the ${label}.`,
}

/** No way out of the container for what runs in it. */
export const isolated: Switch = {
  risk: 'model-theft',
  why: 'Code in the container, or a dependency that turned malicious, can send the model and its data anywhere.',
  title: (label) => `The containers of the ${label} can reach the network`,
  fix: (label) => `Set EnableNetworkIsolation for the ${label}, and hand it all that it needs through its inputs.`,
}
