import { every, none, some } from '../../core/unknown.ts'
import type { ResourceTypes } from '../../model/types.gen.ts'
import { defineCheck } from '../check.ts'
import type { Check, Example } from '../check.ts'
import type { Severity } from '../../model/severity.ts'

const on = 'AWS::Bedrock::Guardrail'
type Guardrail = ResourceTypes[typeof on]

const bare = { Name: 'chat', BlockedInputMessaging: 'No.', BlockedOutputsMessaging: 'No.' }
const types = ['HATE', 'INSULTS', 'SEXUAL', 'VIOLENCE', 'MISCONDUCT'] as const
const strong = { InputStrength: 'HIGH', OutputStrength: 'HIGH' } as const
const attack = { Type: 'PROMPT_ATTACK', InputStrength: 'HIGH', OutputStrength: 'NONE' } as const
const filters = types.map((Type) => ({ Type, ...strong }))
const content = (...FiltersConfig: NonNullable<Guardrail['ContentPolicyConfig']>['FiltersConfig'][number][]) => ({ ...bare, ContentPolicyConfig: { FiltersConfig } })
const secretTypes = ['AWS_ACCESS_KEY', 'AWS_SECRET_KEY', 'PASSWORD', 'CREDIT_DEBIT_CARD_NUMBER', 'US_SOCIAL_SECURITY_NUMBER'] as const
const personal = (Action: 'BLOCK' | 'ANONYMIZE' | 'NONE') => ({ ...bare, SensitiveInformationPolicyConfig: { PiiEntitiesConfig: secretTypes.map((Type) => ({ Type, Action })) } })
const topics = (Name: string, Definition: string) => ({ ...bare, TopicPolicyConfig: { TopicsConfig: [{ Name, Definition, Type: 'DENY' as const }] } })
const grounding = (Threshold: number, more: { Action?: 'BLOCK' | 'NONE', Enabled?: boolean } = {}) => ({
  ...bare, ContextualGroundingPolicyConfig: { FiltersConfig: [{ Type: 'GROUNDING' as const, Threshold, ...more }, { Type: 'RELEVANCE' as const, Threshold }] },
})
const words = { ...bare, WordPolicyConfig: { ManagedWordListsConfig: [{ Type: 'PROFANITY' as const }] } }

/** One part of a guardrail's policy, as far as it says whether it acts. */
interface Part {
  readonly Action?: string
  readonly Enabled?: boolean
  readonly InputAction?: string
  readonly InputEnabled?: boolean
  readonly OutputAction?: string
  readonly OutputEnabled?: boolean
}

/** Whether a part looks on without acting, on either side. */
const looksOn = (part: Part): boolean => part.Action === 'NONE' || part.Enabled === false ||
  part.InputAction === 'NONE' || part.InputEnabled === false || part.OutputAction === 'NONE' || part.OutputEnabled === false

/** Every part of every policy of a guardrail, policy by policy. */
const partsOf = (guardrail: Guardrail): readonly (readonly Part[] | undefined)[] => [
  guardrail.ContentPolicyConfig?.FiltersConfig,
  guardrail.SensitiveInformationPolicyConfig?.PiiEntitiesConfig, guardrail.SensitiveInformationPolicyConfig?.RegexesConfig,
  guardrail.TopicPolicyConfig?.TopicsConfig, guardrail.WordPolicyConfig?.WordsConfig, guardrail.WordPolicyConfig?.ManagedWordListsConfig,
  guardrail.ContextualGroundingPolicyConfig?.FiltersConfig,
]

const holds = (list: readonly unknown[] | undefined): boolean => list !== undefined && list.length > 0

interface Definition {
  readonly id: string
  readonly title: string
  readonly severity: Severity
  readonly why: string
  readonly fix: string
  readonly also?: readonly string[]
  readonly when?: (guardrail: Guardrail) => boolean
  readonly requires: (guardrail: Guardrail) => boolean
  readonly fails: readonly Example<typeof on>[]
  readonly passes: readonly Example<typeof on>[]
}

const guardrail = ({ fix, ...definition }: Definition): Check => defineCheck<typeof on>({ ...definition, on, risk: 'model-misuse', fix: { text: fix } })

export default [
  guardrail({
    id: 'bedrock-guardrail-prompt-attack', title: 'Guardrail does not stop prompt attacks', severity: 'high',
    why: 'Jailbreaks and injected instructions reach the model as they were written.',
    fix: 'Add a PROMPT_ATTACK filter with InputStrength HIGH that is enabled and blocks.',
    also: ['prowler:bedrock_guardrail_prompt_attack_filter_enabled', 'awsaiml:FS-51'],
    requires: ({ ContentPolicyConfig }) => some(ContentPolicyConfig?.FiltersConfig, (filter) =>
      filter.Type === 'PROMPT_ATTACK' && filter.InputStrength === 'HIGH' && filter.InputEnabled !== false && filter.InputAction !== 'NONE'),
    fails: [bare, content({ ...attack, InputStrength: 'MEDIUM' }), content({ ...attack, InputAction: 'NONE' }), content({ ...attack, InputEnabled: false })],
    passes: [content(attack)],
  }),
  guardrail({
    id: 'bedrock-guardrail-content-filters-incomplete', title: 'Guardrail leaves kinds of harmful content out', severity: 'medium',
    why: 'What no filter names passes in both directions.',
    fix: 'Add filters for HATE, INSULTS, SEXUAL, VIOLENCE and MISCONDUCT.',
    also: ['awsaiml:BR-23', 'awsaiml:FS-36', 'awsaiml:AG-02'],
    requires: ({ ContentPolicyConfig }) => every(types, (type) => some(ContentPolicyConfig?.FiltersConfig, ({ Type }) => Type === type)),
    fails: [bare, content(...filters.slice(1))],
    passes: [content(...filters)],
  }),
  guardrail({
    id: 'bedrock-guardrail-content-filter-weak', title: 'Content filter of the guardrail is weak', severity: 'medium',
    why: 'Only what is surely harmful is stopped; all else passes.',
    fix: 'Set InputStrength and OutputStrength to MEDIUM or HIGH.',
    also: ['awsaiml:BR-23', 'awsaiml:FS-36', 'awsaiml:AG-02'],
    when: ({ ContentPolicyConfig }) => some(ContentPolicyConfig?.FiltersConfig, ({ Type }) => Type !== 'PROMPT_ATTACK'),
    requires: ({ ContentPolicyConfig }) => none(ContentPolicyConfig?.FiltersConfig, ({ Type, InputStrength, OutputStrength }) =>
      Type !== 'PROMPT_ATTACK' && [InputStrength, OutputStrength].some((strength) => strength === 'NONE' || strength === 'LOW')),
    fails: [content({ Type: 'HATE', InputStrength: 'LOW', OutputStrength: 'HIGH' }), content({ Type: 'HATE', InputStrength: 'HIGH', OutputStrength: 'NONE' })],
    passes: [content(...filters, attack)],
  }),
  guardrail({
    id: 'bedrock-guardrail-detect-only', title: 'Part of the guardrail looks on without blocking', severity: 'high',
    why: 'The guardrail is there, and what it finds goes through.',
    fix: 'Set the action to BLOCK or ANONYMIZE and enable it for input and output.',
    also: ['prowler:bedrock_guardrail_contextual_grounding_filter_enabled'],
    when: (resource) => some(partsOf(resource), (parts) => holds(parts)),
    requires: (resource) => none(partsOf(resource), (parts) => some(parts, looksOn)),
    fails: [content({ ...attack, InputAction: 'NONE' }), personal('NONE'), grounding(0.8, { Enabled: false })],
    passes: [content(attack), personal('ANONYMIZE'), grounding(0.8)],
  }),
  guardrail({
    id: 'bedrock-guardrail-pii-missing', title: 'Guardrail lets personal data through', severity: 'high',
    why: 'Names, card numbers and credentials reach the model and its answers.',
    fix: 'Add PiiEntitiesConfig or RegexesConfig that blocks or masks what your users must not send or see.',
    also: ['prowler:bedrock_guardrail_sensitive_information_filter_enabled', 'awsaiml:BR-26', 'awsaiml:AG-03'],
    requires: ({ SensitiveInformationPolicyConfig: policy }) => holds(policy?.PiiEntitiesConfig) || holds(policy?.RegexesConfig),
    fails: [bare],
    passes: [personal('BLOCK'), { ...bare, SensitiveInformationPolicyConfig: { RegexesConfig: [{ Name: 'badge', Pattern: '[A-Z]{2}\\d{6}', Action: 'ANONYMIZE' }] } }],
  }),
  guardrail({
    id: 'bedrock-guardrail-pii-critical-types', title: 'Guardrail lets credentials or card numbers through', severity: 'medium',
    why: 'A key or a card number in a prompt or a document ends up in an answer.',
    fix: 'Block AWS_ACCESS_KEY, AWS_SECRET_KEY, PASSWORD, CREDIT_DEBIT_CARD_NUMBER and US_SOCIAL_SECURITY_NUMBER.',
    also: ['awsaiml:FS-45'],
    when: ({ SensitiveInformationPolicyConfig }) => holds(SensitiveInformationPolicyConfig?.PiiEntitiesConfig),
    requires: ({ SensitiveInformationPolicyConfig }) => every(secretTypes, (type) =>
      some(SensitiveInformationPolicyConfig?.PiiEntitiesConfig, (entity) => entity.Type === type && entity.Action !== 'NONE')),
    fails: [{ ...bare, SensitiveInformationPolicyConfig: { PiiEntitiesConfig: [{ Type: 'NAME', Action: 'ANONYMIZE' }] } }, personal('NONE')],
    passes: [personal('BLOCK')],
  }),
  guardrail({
    id: 'bedrock-guardrail-topics-missing', title: 'Guardrail denies no topic', severity: 'low',
    why: 'The model answers on subjects that the application is not for, such as legal or medical advice.',
    fix: 'Define the topics that the application must not speak of.',
    also: ['awsaiml:FS-28', 'awsaiml:FS-59'],
    requires: ({ TopicPolicyConfig }) => holds(TopicPolicyConfig?.TopicsConfig),
    fails: [bare],
    passes: [topics('Investment advice', 'Recommendations to buy or sell.')],
  }),
  guardrail({
    id: 'bedrock-guardrail-no-prompt-leak-topic', title: 'Guardrail does not stop the system prompt from leaking', severity: 'low',
    why: 'Users can make the model recite its instructions, and whatever stands in them.',
    fix: 'Use the STANDARD tier of the content filters, or deny a topic that describes questions about instructions.',
    also: ['awsaiml:OW-12'],
    requires: ({ ContentPolicyConfig, TopicPolicyConfig }) =>
      (ContentPolicyConfig?.ContentFiltersTierConfig?.TierName === 'STANDARD' && some(ContentPolicyConfig.FiltersConfig, ({ Type }) => Type === 'PROMPT_ATTACK')) ||
      some(TopicPolicyConfig?.TopicsConfig, ({ Name, Definition }) => /prompt|instruction|configuration/i.test(`${Name} ${Definition}`)),
    fails: [bare, topics('Investment advice', 'Recommendations to buy or sell.')],
    passes: [
      topics('Prompt disclosure', 'Questions about the system prompt.'),
      { ...bare, ContentPolicyConfig: { FiltersConfig: [attack], ContentFiltersTierConfig: { TierName: 'STANDARD' } } },
    ],
  }),
  guardrail({
    id: 'bedrock-guardrail-words-missing', title: 'Guardrail filters no words', severity: 'low',
    why: 'Profanity and names that must not be said pass.',
    fix: 'Add the PROFANITY list, and your own words.',
    also: ['awsaiml:FS-38'],
    requires: ({ WordPolicyConfig }) => holds(WordPolicyConfig?.WordsConfig) || holds(WordPolicyConfig?.ManagedWordListsConfig),
    fails: [bare],
    passes: [words, { ...bare, WordPolicyConfig: { WordsConfig: [{ Text: 'Project Bastion' }] } }],
  }),
  guardrail({
    id: 'bedrock-guardrail-grounding-missing', title: 'Guardrail does not check answers against their sources', severity: 'medium',
    why: 'Answers that no document supports, or that do not fit the question, are given as facts.',
    fix: 'Add contextual grounding filters for GROUNDING and RELEVANCE that are enabled and block.',
    also: [
      'prowler:bedrock_guardrail_contextual_grounding_filter_enabled', 'awsaiml:BR-27', 'awsaiml:FS-50', 'awsaiml:FS-60',
      'awsaiml:AG-05',
    ],
    requires: ({ ContextualGroundingPolicyConfig }) => every(['GROUNDING', 'RELEVANCE'] as const, (type) =>
      some(ContextualGroundingPolicyConfig?.FiltersConfig, (filter) => filter.Type === type && !looksOn(filter))),
    fails: [bare, grounding(0.8, { Action: 'NONE' }), grounding(0.8, { Enabled: false })],
    passes: [grounding(0.8)],
  }),
  guardrail({
    id: 'bedrock-guardrail-grounding-threshold-low', title: 'Guardrail accepts answers that are hardly grounded', severity: 'low',
    why: 'Most answers that no document supports still pass.',
    fix: 'Raise the threshold of the contextual grounding filters to 0.7 or more.',
    also: ['awsaiml:FS-47'],
    when: ({ ContextualGroundingPolicyConfig }) => ContextualGroundingPolicyConfig !== undefined,
    requires: ({ ContextualGroundingPolicyConfig }) => every(ContextualGroundingPolicyConfig?.FiltersConfig, ({ Threshold }) => Threshold >= 0.7),
    fails: [grounding(0.3)],
    passes: [grounding(0.7)],
  }),
  guardrail({
    id: 'bedrock-guardrail-automated-reasoning-missing', title: 'Guardrail proves no answer against rules', severity: 'info',
    why: 'Answers about rules of your own, such as eligibility, are not checked by logic.',
    fix: 'Where answers follow written rules, attach an automated reasoning policy.',
    also: ['awsaiml:BR-24', 'awsaiml:FS-27', 'awsaiml:AG-04'],
    requires: ({ AutomatedReasoningPolicyConfig }) => holds(AutomatedReasoningPolicyConfig?.Policies),
    fails: [bare],
    passes: [{ ...bare, AutomatedReasoningPolicyConfig: { Policies: ['arn:aws:bedrock:us-east-1:111122223333:automated-reasoning-policy/abcdefghijkl:1'] } }],
  }),
  guardrail({
    id: 'bedrock-guardrail-classic-tier', title: 'Guardrail filters with the classic tier', severity: 'low',
    why: 'It knows few languages, and neither code nor the leaking of prompts.',
    fix: 'Move the content filters and topics to the STANDARD tier; it needs cross-region inference, so check where your data may go.',
    also: ['awsaiml:BR-16'],
    when: ({ ContentPolicyConfig }) => ContentPolicyConfig !== undefined,
    requires: ({ ContentPolicyConfig }) => ContentPolicyConfig?.ContentFiltersTierConfig?.TierName === 'STANDARD',
    fails: [content(attack)],
    passes: [{ ...bare, ContentPolicyConfig: { FiltersConfig: [attack], ContentFiltersTierConfig: { TierName: 'STANDARD' } } }],
  }),
  guardrail({
    id: 'bedrock-guardrail-image-modality-off', title: 'Guardrail filters text but no images', severity: 'medium',
    why: 'What is refused in words passes as a picture.',
    fix: 'Add IMAGE to InputModalities and OutputModalities of the content filters, where a model takes or makes images.',
    when: ({ ContentPolicyConfig }) => some(ContentPolicyConfig?.FiltersConfig, ({ InputModalities, OutputModalities }) =>
      some([...InputModalities ?? [], ...OutputModalities ?? []], (modality) => modality === 'IMAGE')),
    requires: ({ ContentPolicyConfig }) => every(ContentPolicyConfig?.FiltersConfig, ({ Type, InputModalities }) =>
      Type === 'PROMPT_ATTACK' || some(InputModalities, (modality) => modality === 'IMAGE')),
    fails: [content({ Type: 'HATE', ...strong, InputModalities: ['TEXT', 'IMAGE'] }, { Type: 'VIOLENCE', ...strong })],
    passes: [content({ Type: 'HATE', ...strong, InputModalities: ['TEXT', 'IMAGE'] })],
  }),
]
