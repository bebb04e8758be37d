import { every, none, some } from '../../core/unknown.ts'
import { defineCheck } from '../check.ts'
import { isCustomerKey } from '../families/customer-key.ts'
import { KEY, ROLE } from '../families/values.ts'

const bot = (IdleSessionTTLInSeconds: number) => ({ Name: 'support', RoleArn: ROLE, DataPrivacy: { ChildDirected: false }, IdleSessionTTLInSeconds })
const answering = (guardrail?: string) => ({
  AssistantId: 'desk', Type: 'ANSWER_RECOMMENDATION' as const,
  Configuration: { AnswerRecommendationAIAgentConfiguration: guardrail === undefined ? {} : { AnswerGenerationAIGuardrailId: guardrail } },
})

/** An hour without a word ends a conversation, in seconds. */
const longestIdle = 3600

/** What a collector read of a Q Business application's chat: GetChatControlsConfiguration. */
interface Controls {
  readonly responseScope?: string
  readonly creatorModeConfiguration?: { readonly creatorModeControl?: string }
  readonly blockedPhrases?: { readonly blockedPhrases?: readonly string[] }
  readonly topicConfigurations?: readonly unknown[]
  readonly hallucinationReductionConfiguration?: { readonly hallucinationReductionControl?: string }
}
const chat = (controls: Controls) => ({ DisplayName: 'assistant', BartizanChatControls: controls })
const controlsOf = (application: object): Controls | undefined => (application as { readonly BartizanChatControls?: Controls }).BartizanChatControls

export default [
  defineCheck({
    id: 'lex-bot-privacy-session', on: 'AWS::Lex::Bot',
    title: 'The bot remembers a conversation for more than an hour',
    risk: 'model-misuse', severity: 'low',
    why: 'On a shared phone or kiosk the next person goes on in the session of the one before.',
    fix: { text: 'Set IdleSessionTTLInSeconds to what one conversation takes.', set: { IdleSessionTTLInSeconds: 300 } },
    requires: ({ IdleSessionTTLInSeconds }) => IdleSessionTTLInSeconds <= longestIdle,
    fails: [bot(86_400)],
    passes: [bot(300)],
  }),
  defineCheck({
    id: 'qbusiness-open-features', on: 'AWS::QBusiness::Application',
    title: 'Users may upload files, build apps or subscribe themselves',
    risk: 'model-misuse', severity: 'low',
    why: 'An uploaded file carries instructions past what was indexed; an app or a subscription that nobody asked for costs.',
    fix: { text: 'Turn off AttachmentsControlMode, QAppsControlMode and AutoSubscribe where nobody needs them.' },
    requires: ({ AttachmentsConfiguration, QAppsConfiguration, AutoSubscriptionConfiguration }) =>
      AttachmentsConfiguration?.AttachmentsControlMode !== 'ENABLED' && QAppsConfiguration?.QAppsControlMode !== 'ENABLED' && AutoSubscriptionConfiguration?.AutoSubscribe !== 'ENABLED',
    fails: [
      { DisplayName: 'assistant', AttachmentsConfiguration: { AttachmentsControlMode: 'ENABLED' } }, { DisplayName: 'assistant', QAppsConfiguration: { QAppsControlMode: 'ENABLED' } },
      { DisplayName: 'assistant', AutoSubscriptionConfiguration: { AutoSubscribe: 'ENABLED' } },
    ],
    passes: [{ DisplayName: 'assistant' }, { DisplayName: 'assistant', AttachmentsConfiguration: { AttachmentsControlMode: 'DISABLED' } }],
  }),
  defineCheck({
    id: 'qbusiness-extended-knowledge', on: 'AWS::QBusiness::Application',
    title: 'The assistant answers from more than the documents of the company',
    risk: 'model-misuse', severity: 'medium',
    why: 'What the model makes up, or was trained on, looks like an answer of the company.',
    fix: { text: 'Set responseScope to ENTERPRISE_CONTENT_ONLY and turn creator mode off.' },
    when: (application) => controlsOf(application) !== undefined,
    requires: (application) => {
      const controls = controlsOf(application)
      return controls?.responseScope !== 'EXTENDED_KNOWLEDGE_ENABLED' && controls?.creatorModeConfiguration?.creatorModeControl !== 'ENABLED'
    },
    fails: [chat({ responseScope: 'EXTENDED_KNOWLEDGE_ENABLED' }), chat({ responseScope: 'ENTERPRISE_CONTENT_ONLY', creatorModeConfiguration: { creatorModeControl: 'ENABLED' } })],
    passes: [chat({ responseScope: 'ENTERPRISE_CONTENT_ONLY', creatorModeConfiguration: { creatorModeControl: 'DISABLED' } })],
  }),
  defineCheck({
    id: 'qbusiness-no-topic-controls', on: 'AWS::QBusiness::Application',
    title: 'Nothing limits what the assistant talks about',
    risk: 'model-misuse', severity: 'low',
    why: 'The assistant answers on any subject, in the name of the company.',
    fix: { text: 'Block phrases, add topic controls, or turn on hallucination reduction.' },
    when: (application) => controlsOf(application) !== undefined,
    requires: (application) => {
      const controls = controlsOf(application)
      return (controls?.blockedPhrases?.blockedPhrases ?? []).length > 0 || (controls?.topicConfigurations ?? []).length > 0 ||
        controls?.hallucinationReductionConfiguration?.hallucinationReductionControl === 'ENABLED'
    },
    fails: [chat({ responseScope: 'ENTERPRISE_CONTENT_ONLY' })],
    passes: [chat({ topicConfigurations: [{ name: 'legal' }] }), chat({ hallucinationReductionConfiguration: { hallucinationReductionControl: 'ENABLED' } })],
  }),
  defineCheck({
    id: 'connect-ai-agent-no-guardrail', on: 'AWS::Wisdom::AIAgent',
    title: 'AI agent of the contact centre has no guardrail',
    risk: 'model-misuse', severity: 'medium',
    why: 'Nothing filters what callers say to it, or what it tells agents and customers.',
    fix: { text: 'Make an AI guardrail for the assistant and name it in the configuration of the AI agent.' },
    when: ({ Configuration: { AnswerRecommendationAIAgentConfiguration: recommends, ManualSearchAIAgentConfiguration: searches, SelfServiceAIAgentConfiguration: serves } }) =>
      [recommends, searches, serves].some((one) => one !== undefined),
    requires: ({ Configuration: { AnswerRecommendationAIAgentConfiguration: recommends, ManualSearchAIAgentConfiguration: searches, SelfServiceAIAgentConfiguration: serves } }) => every([
      () => recommends === undefined || recommends.AnswerGenerationAIGuardrailId !== undefined,
      () => searches === undefined || searches.AnswerGenerationAIGuardrailId !== undefined,
      () => serves === undefined || serves.SelfServiceAIGuardrailId !== undefined,
    ], (holds) => holds()),
    fails: [answering()],
    passes: [answering('guardrail-1')],
  }),
  defineCheck({
    id: 'aiops-devops-agent-insecure', on: 'AWS::AIOps::InvestigationGroup',
    title: 'Investigations have no key of yours, or are open to other accounts',
    risk: 'model-misuse', severity: 'medium',
    why: 'An investigation holds logs, traces and configuration of whatever went wrong.',
    fix: { text: 'Name a customer managed key in EncryptionConfig, and take foreign roles out of CrossAccountConfigurations.' },
    requires: ({ EncryptionConfig, CrossAccountConfigurations }, estate) => every([
      () => isCustomerKey(EncryptionConfig?.KmsKeyId),
      () => none(CrossAccountConfigurations, ({ SourceRoleArn }) => some([SourceRoleArn?.split(':')[4]], (account) => account !== undefined && !estate.isOurs(account))),
    ], (holds) => holds()),
    fails: [{ Name: 'operations' }, { Name: 'operations', EncryptionConfig: { KmsKeyId: KEY }, CrossAccountConfigurations: [{ SourceRoleArn: 'arn:aws:iam::999988887777:role/ops' }] }],
    passes: [{ Name: 'operations', EncryptionConfig: { KmsKeyId: KEY } }],
  }),
  defineCheck({
    id: 'aiops-devops-agent-insecure', on: 'AWS::DevOpsAgent::AgentSpace',
    title: 'The DevOps agent may change things, or has no key of yours',
    risk: 'model-misuse', severity: 'medium',
    why: 'An agent that reads logs can be turned by whoever writes to them.',
    fix: { text: 'Set ElevatedActionsEnabled to false, and name a customer managed key in KmsKeyArn.' },
    requires: ({ KmsKeyArn, Preferences }) => isCustomerKey(KmsKeyArn) && Preferences?.ElevatedActionsEnabled !== true,
    fails: [{ Name: 'operations' }, { Name: 'operations', KmsKeyArn: KEY, Preferences: { ElevatedActionsEnabled: true } }],
    passes: [{ Name: 'operations', KmsKeyArn: KEY }],
  }),
]
