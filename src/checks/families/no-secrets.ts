import type { ResourceType, ResourceTypes } from '../../model/types.gen.ts'
import type { Severity } from '../../model/severity.ts'
import type { EstateView } from '../../graph/view.ts'
import { defineCheck } from '../check.ts'
import type { Check, Example } from '../check.ts'
import type { Risk } from '../../model/risk.ts'
import { some } from '../../core/unknown.ts'
import { credentialFound } from './secrets.ts'

interface Definition<T extends ResourceType> {
  readonly id: string
  readonly on: T
  /** What holds it, as in "Environment of the model". */
  readonly where: string
  readonly severity?: Severity
  readonly risk?: Risk
  readonly also?: readonly string[]
  readonly which?: 'any' | 'provider' | 'other'
  readonly fix?: string
  readonly when?: (resource: ResourceTypes[T], estate: EstateView) => boolean
  /** Whether a credential stands here. */
  readonly holds: (resource: ResourceTypes[T]) => boolean
  readonly fails: readonly Example<T>[]
  readonly passes: readonly Example<T>[]
}

/** A check that no credential stands in the configuration of something. */
export const noSecrets = <T extends ResourceType>(definition: Definition<T>): Check => {
  const { id, on, where, severity = 'high', risk = 'weak-iam', also = [], which = 'any', when, holds, fails, passes } = definition
  const { fix = 'Keep the secret in Secrets Manager, read it when the code starts, and replace the one that stood here.' } = definition
  const what = which === 'provider' ? 'a key of an AI provider' : 'a credential'
  return defineCheck<T>({
    id, on, severity, risk, also, fails, passes,
    title: `${where} holds ${what}`,
    why: which === 'provider'
      ? 'Everyone who may look at the configuration can use the provider at your cost and read what you sent it.'
      : 'Everyone who may look at the configuration can act with the credential.',
    fix: { text: fix },
    ...(when === undefined ? {} : { when }),
    requires: (resource) => !some([() => credentialFound(resource, which), () => holds(resource)], (look) => look()),
  })
}
