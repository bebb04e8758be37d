import type { Risk } from '../../model/risk.ts'
import type { Severity } from '../../model/severity.ts'
import type { ResourceType } from '../../model/types.gen.ts'
import { defineCheck } from '../check.ts'
import type { Check, Example } from '../check.ts'
import { withAt } from './places.ts'

/** A check that something has tags of its own, not only those that AWS gives it; `label` is what, as in "the agent". */
export const isTagged = <T extends ResourceType>(
  id: string, on: T, label: string, bare: Example<T>, also: readonly string[] = [], risk: Risk = 'model-drift', severity: Severity = 'info'): Check => defineCheck<T>({
  id, on, risk, severity, also,
  title: `The ${label} has no tags`,
  why: 'Nobody can tell who answers for it, what it costs whom, or whether it may be deleted.',
  fix: { text: `Tag the ${label} with its owner, purpose and environment.` },
  requires: (_resource, estate) => Object.keys(estate.self.tags).some((key) => !key.startsWith('aws:')),
  fails: [bare],
  passes: [withAt(bare, 'tagged', { owner: 'data-science' })],
})
