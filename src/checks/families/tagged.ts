import type { EstateView } from '../../graph/view.ts'
import type { Risk } from '../../model/risk.ts'
import type { Severity } from '../../model/severity.ts'
import type { ResourceType } from '../../model/types.gen.ts'
import { defineCheck } from '../check.ts'
import type { Check, Example } from '../check.ts'
import { withAt } from './places.ts'

/** Names of the tags that people gave the resource under check. Reading all of `Tags` where there are none tells tags that could not be read from tags that are not there. */
export const ownTags = (resource: object, { self: { tags } }: EstateView): string[] => {
  const names = Object.keys(tags).filter((name) => !name.startsWith('aws:'))
  return names.length > 0 || JSON.stringify((resource as { readonly Tags?: unknown }).Tags) === undefined ? names : []
}

/** A check that something has tags of its own, not only those that AWS gives it; `label` is what, as in "the agent". */
export const isTagged = <T extends ResourceType>(
  id: string, on: T, label: string, bare: Example<T>, also: readonly string[] = [], risk: Risk = 'model-drift', severity: Severity = 'info'): Check => defineCheck<T>({
  id, on, risk, severity, also,
  title: `The ${label} has no tags`,
  why: 'Nobody can tell who answers for it, what it costs whom, or whether it may be deleted.',
  fix: { text: `Tag the ${label} with its owner, purpose and environment.` },
  requires: (resource, estate) => ownTags(resource, estate).length > 0,
  fails: [bare],
  passes: [withAt(bare, 'tagged', { owner: 'data-science' })],
})
