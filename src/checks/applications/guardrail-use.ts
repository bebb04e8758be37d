import { some } from '../../core/unknown.ts'
import type { EstateView } from '../../graph/view.ts'
import type { ResourceType } from '../../model/types.gen.ts'
import { defineCheck } from '../check.ts'
import { allow, role } from '../families/examples.ts'
import { holdsStatement } from '../families/roles.ts'
import { isTagged } from '../families/tagged.ts'
import { ROLE } from '../families/values.ts'

const messages = { BlockedInputMessaging: 'No.', BlockedOutputsMessaging: 'No.' }
const guardrail = { Name: 'chat', GuardrailId: 'gr1', GuardrailArn: 'arn:aws:bedrock:us-east-1:111122223333:guardrail/gr1', ...messages }
const agent = { type: 'AWS::Bedrock::Agent', properties: { AgentName: 'helper', GuardrailConfiguration: { GuardrailIdentifier: 'gr1', GuardrailVersion: '1' } } } as const

/** Types that name the guardrail that protects them. */
const guarded = ['AWS::Bedrock::Agent', 'AWS::Bedrock::Flow', 'AWS::Bedrock::EnforcedGuardrailConfiguration', 'AWS::Lex::Bot'] as const satisfies readonly ResourceType[]

/** Whether a role may apply a guardrail, or must: applications name it in each call, which no configuration shows. */
const isNamedByRoles = (estate: EstateView): boolean =>
  some(estate.all('AWS::IAM::Role'), (found) => holdsStatement(estate, found, ({ Action, Condition }) => /ApplyGuardrail|GuardrailIdentifier/i.test(JSON.stringify([Action, Condition]))))

export default [
  defineCheck({
    id: 'bedrock-guardrail-orphan', on: 'AWS::Bedrock::Guardrail',
    title: 'The guardrail protects nothing',
    risk: 'model-misuse', severity: 'low',
    why: 'Whoever sees it in the list believes that prompts are filtered.',
    fix: { text: 'Name it in the agents, flows and calls that it was made for, or delete it.' },
    when: (_guardrail, estate) => !estate.isTemplate,
    requires: (_guardrail, estate) => some([
      () => some(guarded, (type) => estate.referrers('guarded by', type).length > 0),
      () => some(estate.all('AWS::Bedrock::Agent'), ({ properties }) => properties.GuardrailConfiguration?.GuardrailIdentifier === estate.self.id),
      () => isNamedByRoles(estate),
    ], (look) => look()),
    fails: [guardrail],
    passes: [
      { ...guardrail, given: [agent] },
      { ...guardrail, given: [role('chat', 'lambda.amazonaws.com', allow(['bedrock:InvokeModel', 'bedrock:ApplyGuardrail'], '*'))] },
    ],
  }),
  ...([
    isTagged('bedrock-guardrail-untagged', 'AWS::Bedrock::Guardrail', 'guardrail', { Name: 'chat', ...messages }, ['conformancepack:aiml-bedrock-guardrail-tags'], 'misconfigured-pipeline'),
    isTagged('bedrock-guardrail-untagged', 'AWS::Bedrock::KnowledgeBase', 'knowledge base',
      { Name: 'docs', RoleArn: ROLE, KnowledgeBaseConfiguration: { Type: 'VECTOR' } }, ['conformancepack:aiml-bedrock-kb-tags'], 'misconfigured-pipeline'),
    isTagged('bedrock-guardrail-untagged', 'AWS::Bedrock::Prompt', 'prompt', { Name: 'orders' }, ['conformancepack:aiml-bedrock-prompt-tags'], 'misconfigured-pipeline'),
  ]),
]
