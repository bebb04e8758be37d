import { every, some } from '../../core/unknown.ts'
import { defineCheck } from '../check.ts'
import { ROLE } from '../families/values.ts'

const model = { ModelArn: 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0' }
const guarded = { ...model, BedrockGuardrailConfiguration: { BedrockGuardrailIdentifier: 'gr-1', BedrockGuardrailVersion: '1' } }
const bot = (BedrockModelConfiguration: typeof model) => ({
  Name: 'desk', RoleArn: ROLE, DataPrivacy: { ChildDirected: false }, IdleSessionTTLInSeconds: 300,
  BotLocales: [{
    LocaleId: 'en_US', NluConfidenceThreshold: 0.4,
    Intents: [{
      Name: 'Ask',
      QnAIntentConfiguration: {
        BedrockModelConfiguration,
        DataSourceConfiguration: { BedrockKnowledgeStoreConfiguration: { BedrockKnowledgeBaseArn: 'arn:aws:bedrock:us-east-1:111122223333:knowledge-base/KB12345678' } },
      },
    }],
  }],
})

export default defineCheck({
  id: 'lex-generative-no-guardrail',
  title: 'Generative intent of the bot has no guardrail',
  risk: 'model-misuse', severity: 'high', on: 'AWS::Lex::Bot',
  why: 'What callers say reaches the model unfiltered, and its answers reach them.',
  fix: { text: 'Name a guardrail in BedrockGuardrailConfiguration of each generative intent.' },
  when: ({ BotLocales }) => some(BotLocales, ({ Intents }) => some(Intents, ({ QnAIntentConfiguration }) => QnAIntentConfiguration !== undefined)),
  requires: ({ BotLocales }) => every(BotLocales, ({ Intents }) => every(Intents, ({ QnAIntentConfiguration }) =>
    QnAIntentConfiguration === undefined ||
    QnAIntentConfiguration.BedrockModelConfiguration.BedrockGuardrailConfiguration?.BedrockGuardrailIdentifier !== undefined)),
  fails: [bot(model)],
  passes: [bot(guarded)],
})
