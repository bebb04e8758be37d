import type { EstateView } from '../../graph/view.ts'
import type { Risk } from '../../model/risk.ts'
import type { ResourceType } from '../../model/types.gen.ts'
import { defineCheck } from '../check.ts'
import type { Check, Example } from '../check.ts'
import { withAt } from './places.ts'
import { ownTags } from './tagged.ts'

/** Names of tags by which tools that deploy from code mark what they made, and people what is theirs. */
const fromCode = /^aws:cloudformation:|^aws:servicecatalog:|terraform|pulumi|cdk|managed[-_ ]?by|stack|repository|git/i
const ofSomebody = /owner|team|contact|cost[-_ ]?cent|project|created[-_ ]?by|responsible|department|business/i

/** A check that something was made from code or belongs to somebody. What has no tags at all is for the check of tags to say. */
export const tracked = <T extends ResourceType>(id: string, on: T, label: string, bare: Example<T>, risk: Risk): Check => defineCheck<T>({
  id, on, risk, severity: 'low',
  title: `The ${label} was made by hand, and nobody answers for it`,
  why: 'What no code describes and nobody owns is not reviewed, not patched and not switched off.',
  fix: { text: `Deploy the ${label} from code, or tag it with its owner.` },
  when: (resource, estate) => !estate.isTemplate && ownTags(resource, estate).length > 0,
  requires: (_resource, estate) => isTracked(estate),
  fails: [withAt(bare, 'tagged', { colour: 'blue' })],
  passes: [withAt(bare, 'tagged', { owner: 'data-science' }), withAt(bare, 'tagged', { 'colour': 'blue', 'aws:cloudformation:stack-name': 'agents' })],
})

const isTracked = ({ self: { tags } }: EstateView): boolean => Object.keys(tags).some((name) => fromCode.test(name) || ofSomebody.test(name))
