import { every, none, some } from '../../core/unknown.ts'
import { defineCheck } from '../check.ts'
import { ACCOUNT, STRANGER } from '../families/examples.ts'
import { namesFunction, toolFunctions } from '../families/ai-callers.ts'
import { holdsCredential, EXAMPLE_KEY_ID } from '../families/secrets.ts'
import { policy } from '../families/examples.ts'
import { ROLE } from '../families/values.ts'

const on = 'AWS::Bedrock::Agent'
const agent = { AgentName: 'helper', AgentId: 'AGENT12345' }
const TOOL = `arn:aws:lambda:us-east-1:${ACCOUNT}:function:tool`
const tool = { type: 'AWS::Lambda::Function', properties: { FunctionName: 'tool', Role: ROLE, Code: { ZipFile: 'x' } } } as const
const guarded = (GuardrailVersion: string) => ({ ...agent, GuardrailConfiguration: { GuardrailIdentifier: 'gr-1', GuardrailVersion } })
const acting = (Name: string, RequireConfirmation?: 'ENABLED' | 'DISABLED') => ({
  ...agent,
  ActionGroups: [{ ActionGroupName: 'orders', FunctionSchema: { Functions: [{ Name, ...(RequireConfirmation === undefined ? {} : { RequireConfirmation }) }] } }],
})
const group = { ActionGroupName: 'orders', ActionGroupExecutor: { Lambda: TOOL } }
const withCode = { ...agent, ActionGroups: [{ ActionGroupName: 'python', ParentActionGroupSignature: 'AMAZON.CodeInterpreter' as const }] }
const schemaIn = (S3BucketName: string) => ({ ...agent, ActionGroups: [{ ...group, ApiSchema: { S3: { S3BucketName, S3ObjectKey: 'orders.yaml' } } }] })
const bucketPolicy = (account: string) => [
  { type: 'AWS::S3::Bucket', properties: { BucketName: 'schemas' } },
  {
    type: 'AWS::S3::BucketPolicy',
    properties: { Bucket: 'schemas', PolicyDocument: policy({ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 's3:PutObject', Resource: 'arn:aws:s3:::schemas/*' }) },
  },
] as const

const changes = /^(?:create|update|delete|remove|put|send|submit|cancel|transfer|pay|refund|approve|book|order|write|execute|run|set|add|modify|grant|revoke|terminate|reset)/i

/** A day's work is no session: the longest that a session may idle, in seconds. */
const longestIdle = 3600
/** More action groups than one agent's instructions keep apart. */
const mostActionGroups = 10

export default [
  defineCheck({
    id: 'bedrock-agent-no-guardrail',
    title: 'Agent has no guardrail',
    risk: 'model-misuse', severity: 'high', on,
    why: 'Nothing filters what users and documents tell the agent, or what it answers.',
    fix: { text: 'Create a guardrail that stops prompt attacks and name its version in GuardrailConfiguration.' },
    also: ['prowler:bedrock_agent_guardrail_enabled', 'checkov:CKV_AWS_383', 'awsaiml:BR-28', 'awsaiml:AG-01'],
    requires: ({ GuardrailConfiguration }) => GuardrailConfiguration?.GuardrailIdentifier !== undefined,
    fails: [agent],
    passes: [guarded('1')],
  }),
  defineCheck({
    id: 'bedrock-guardrail-draft-in-use',
    title: 'Agent uses the draft of its guardrail',
    risk: 'misconfigured-pipeline', severity: 'medium', on,
    why: 'Whoever edits the draft changes what the agent lets through at once, with no version to go back to.',
    fix: { text: 'Publish a version of the guardrail and name it in GuardrailVersion.' },
    when: ({ GuardrailConfiguration }) => GuardrailConfiguration !== undefined,
    requires: ({ GuardrailConfiguration }) => GuardrailConfiguration?.GuardrailVersion !== 'DRAFT',
    fails: [guarded('DRAFT')],
    passes: [guarded('1')],
  }),
  defineCheck({
    id: 'bedrock-guardrail-draft-in-use',
    title: 'Enforced guardrail is a draft',
    risk: 'misconfigured-pipeline', severity: 'medium', on: 'AWS::Bedrock::EnforcedGuardrailConfiguration',
    why: 'Whoever edits the draft changes what the whole account lets through at once.',
    fix: { text: 'Publish a version of the guardrail and enforce it.' },
    requires: ({ GuardrailVersion }) => GuardrailVersion !== 'DRAFT',
    fails: [{ GuardrailIdentifier: 'gr-1', GuardrailVersion: 'DRAFT' }],
    passes: [{ GuardrailIdentifier: 'gr-1', GuardrailVersion: '1' }],
  }),
  defineCheck({
    id: 'bedrock-enforced-guardrail-gaps',
    title: 'Enforced guardrail leaves models or parts of prompts out',
    risk: 'model-misuse', severity: 'medium', on: 'AWS::Bedrock::EnforcedGuardrailConfiguration',
    why: 'Callers choose an excluded model, or put their text where nothing looks.',
    fix: { text: 'Empty ModelEnforcement.ExcludedModels and set SelectiveContentGuarding to COMPREHENSIVE.' },
    requires: ({ ModelEnforcement, SelectiveContentGuarding }) => (ModelEnforcement?.ExcludedModels ?? []).length === 0 &&
      SelectiveContentGuarding?.Messages !== 'SELECTIVE' && SelectiveContentGuarding?.System !== 'SELECTIVE',
    fails: [
      { GuardrailIdentifier: 'gr-1', GuardrailVersion: '1', ModelEnforcement: { IncludedModels: ['ALL'], ExcludedModels: ['amazon.nova-pro-v1:0'] } },
      { GuardrailIdentifier: 'gr-1', GuardrailVersion: '1', SelectiveContentGuarding: { Messages: 'SELECTIVE' } },
    ],
    passes: [{ GuardrailIdentifier: 'gr-1', GuardrailVersion: '1', SelectiveContentGuarding: { Messages: 'COMPREHENSIVE', System: 'COMPREHENSIVE' } }],
  }),
  defineCheck({
    id: 'bedrock-agent-no-user-confirmation',
    title: 'Agent changes things without asking the user',
    risk: 'model-misuse', severity: 'medium', on,
    why: 'A prompt that turns the agent is carried out at once.',
    fix: { text: 'Set RequireConfirmation to ENABLED for functions that change or send something.' },
    also: ['awsaiml:FS-10'],
    when: ({ ActionGroups }) => some(ActionGroups, ({ FunctionSchema }) => some(FunctionSchema?.Functions, ({ Name }) => changes.test(Name))),
    requires: ({ ActionGroups }) => none(ActionGroups, ({ ActionGroupState, FunctionSchema }) => ActionGroupState !== 'DISABLED' &&
      some(FunctionSchema?.Functions, ({ Name, RequireConfirmation }) => changes.test(Name) && RequireConfirmation !== 'ENABLED')),
    fails: [acting('cancel_order'), acting('refundPayment', 'DISABLED')],
    passes: [acting('cancel_order', 'ENABLED')],
  }),
  defineCheck({
    id: 'bedrock-agent-schema-bucket-writable',
    title: 'Others can rewrite the tool schema of the agent',
    risk: 'misconfigured-pipeline', severity: 'high', on,
    why: 'Whoever changes the schema tells the agent what its tools are for and what to send them.',
    fix: { text: 'Take s3:PutObject on the schema bucket from everybody outside the account.' },
    when: ({ ActionGroups }) => some(ActionGroups, ({ ApiSchema }) => ApiSchema?.S3?.S3BucketName !== undefined),
    requires: ({ ActionGroups }, estate) => none(ActionGroups, ({ ApiSchema }) => ApiSchema?.S3?.S3BucketName !== undefined && some(
      estate.whoCan('s3:PutObject', `arn:${estate.partition}:s3:::${ApiSchema.S3.S3BucketName}/${ApiSchema.S3.S3ObjectKey ?? '*'}`),
      ({ kind, account }) => kind === 'anyone' || (account !== '' && !estate.isOurs(account)))),
    fails: [{ ...schemaIn('schemas'), given: bucketPolicy(STRANGER) }],
    passes: [{ ...schemaIn('schemas'), given: bucketPolicy(ACCOUNT) }],
  }),
  defineCheck({
    id: 'bedrock-agent-alias-stale-version',
    title: 'Alias serves a version of the agent that has no guardrail',
    risk: 'misconfigured-pipeline', severity: 'medium', on: 'AWS::Bedrock::AgentAlias',
    why: 'The agent was given a guardrail, and its users still get the version without.',
    fix: { text: 'Prepare a new version of the agent and route the alias to it.' },
    also: ['prowler:bedrock_agent_role_not_shared_across_agents'],
    when: ({ AgentId }, estate) => estate.find('AWS::Bedrock::Agent', AgentId)?.properties.GuardrailConfiguration !== undefined,
    requires: ({ AgentId, RoutingConfiguration }, estate) => none(RoutingConfiguration, ({ AgentVersion }) =>
      some(estate.all('AWS::Bedrock::AgentVersion'), ({ properties }) =>
        properties.AgentId === AgentId && properties.Version === AgentVersion && properties.GuardrailConfiguration?.GuardrailIdentifier === undefined)),
    fails: [{
      AgentAliasName: 'live', AgentId: 'AGENT12345', RoutingConfiguration: [{ AgentVersion: '1' }],
      given: [{ type: on, properties: guarded('1') }, { type: 'AWS::Bedrock::AgentVersion', properties: { AgentId: 'AGENT12345', Version: '1' } }],
    }],
    passes: [{
      AgentAliasName: 'live', AgentId: 'AGENT12345', RoutingConfiguration: [{ AgentVersion: '2' }],
      given: [
        { type: on, properties: guarded('1') },
        { type: 'AWS::Bedrock::AgentVersion', properties: { AgentId: 'AGENT12345', Version: '2', GuardrailConfiguration: { GuardrailIdentifier: 'gr-1', GuardrailVersion: '1' } } },
      ],
    }],
  }),
  defineCheck({
    id: 'bedrock-prompt-secrets',
    title: 'Instruction of the agent holds a credential',
    risk: 'misconfigured-pipeline', severity: 'high', on,
    why: 'Users can make the agent recite its instruction, and the credential with it.',
    fix: { text: 'Take the credential out, let the tool read it from Secrets Manager, and replace it.' },
    also: ['awsaiml:OW-11'],
    when: ({ Instruction }) => Instruction !== undefined,
    requires: ({ Instruction }) => !holdsCredential(Instruction ?? ''),
    fails: [{ ...agent, Instruction: `Answer questions about orders. Use the key ${EXAMPLE_KEY_ID} for the order system.` }],
    passes: [{ ...agent, Instruction: 'Answer questions about orders of our customers.' }],
  }),
  defineCheck({
    id: 'bedrock-prompt-secrets',
    title: 'Prompt holds a credential',
    risk: 'misconfigured-pipeline', severity: 'high', on: 'AWS::Bedrock::Prompt',
    why: 'Users can make the model recite its prompt, and the credential with it.',
    fix: { text: 'Take the credential out, let a tool read it from Secrets Manager, and replace it.' },
    also: ['awsaiml:OW-11'],
    when: ({ Variants }) => Variants !== undefined,
    requires: ({ Variants }) => none(Variants, ({ TemplateConfiguration }) => holdsCredential(JSON.stringify(TemplateConfiguration) ?? '')),
    fails: [{ Name: 'orders', Variants: [{ Name: 'a', TemplateType: 'TEXT', TemplateConfiguration: { Text: { Text: `Use ${EXAMPLE_KEY_ID}.` } } }] }],
    passes: [{ Name: 'orders', Variants: [{ Name: 'a', TemplateType: 'TEXT', TemplateConfiguration: { Text: { Text: 'Answer the question.' } } }] }],
  }),
  defineCheck({
    id: 'bedrock-agent-action-group-sprawl',
    title: 'Agent has more tools than anyone can oversee',
    risk: 'model-misuse', severity: 'low', on,
    why: 'Each tool is one more thing that a prompt can make it do.',
    fix: { text: 'Split the agent, or use collaborators, so that none has more than ten action groups.' },
    requires: ({ ActionGroups }) => (ActionGroups ?? []).length <= mostActionGroups,
    fails: [{ ...agent, ActionGroups: Array.from({ length: 11 }, (_, index) => ({ ...group, ActionGroupName: `group-${index}` })) }],
    passes: [{ ...agent, ActionGroups: [group] }],
  }),
  defineCheck({
    id: 'bedrock-agent-ghost-lambda',
    title: 'Tool of the agent names a function that is not there',
    risk: 'misconfigured-pipeline', severity: 'medium', on,
    why: 'Whoever may create a function of that name becomes the agent\'s tool.',
    fix: { text: 'Remove the action group, or name a function that exists.' },
    when: (resource, estate) => !estate.isTemplate && toolFunctions(resource).length > 0,
    requires: (resource, estate) => every(toolFunctions(resource).filter((reference) => isHere(reference, estate.account)), (reference) =>
      some(estate.all('AWS::Lambda::Function'), (lambda) => namesFunction(reference, lambda))),
    fails: [{ ...agent, ActionGroups: [group] }],
    passes: [{ ...agent, ActionGroups: [group], given: [tool] }],
  }),
  defineCheck({
    id: 'bedrock-agent-ghost-kb',
    title: 'Agent answers from a knowledge base that is not there',
    risk: 'misconfigured-pipeline', severity: 'low', on,
    why: 'The agent answers from what the model makes up instead.',
    fix: { text: 'Remove the knowledge base from the agent, or name one that exists.' },
    when: ({ KnowledgeBases }, estate) => !estate.isTemplate && (KnowledgeBases ?? []).length > 0,
    requires: ({ KnowledgeBases }, estate) => every(KnowledgeBases, ({ KnowledgeBaseId }) => estate.find('AWS::Bedrock::KnowledgeBase', KnowledgeBaseId) !== undefined),
    fails: [{ ...agent, KnowledgeBases: [{ KnowledgeBaseId: 'KB12345678', Description: 'docs' }] }],
    passes: [{
      ...agent, KnowledgeBases: [{ KnowledgeBaseId: 'KB12345678', Description: 'docs' }],
      given: [{ type: 'AWS::Bedrock::KnowledgeBase', properties: { KnowledgeBaseId: 'KB12345678', Name: 'docs', RoleArn: ROLE, KnowledgeBaseConfiguration: { Type: 'VECTOR' } } }],
    }],
  }),
  defineCheck({
    id: 'bedrock-agent-code-or-computer-tool',
    title: 'Agent runs code and has no guardrail',
    risk: 'model-misuse', severity: 'medium', on,
    why: 'A prompt that turns the agent becomes a program.',
    fix: { text: 'Disable the code interpreter where it is not needed, or give the agent a guardrail that stops prompt attacks.' },
    when: ({ ActionGroups }) => some(ActionGroups, ({ ParentActionGroupSignature, ActionGroupState }) =>
      ActionGroupState !== 'DISABLED' && ParentActionGroupSignature !== undefined && ParentActionGroupSignature !== 'AMAZON.UserInput'),
    requires: ({ GuardrailConfiguration }) => GuardrailConfiguration?.GuardrailIdentifier !== undefined,
    fails: [withCode],
    passes: [{ ...withCode, ...guarded('1') }],
  }),
  defineCheck({
    id: 'bedrock-agent-idle-ttl',
    title: 'Sessions of the agent stay open for long',
    risk: 'misconfigured-pipeline', severity: 'low', on,
    why: 'Whoever gets hold of a session id goes on where its user stopped.',
    fix: { text: 'Set IdleSessionTTLInSeconds to an hour or less.', set: { IdleSessionTTLInSeconds: 1800 } },
    also: ['awsaiml:BR-29', 'awsaiml:AG-13'],
    requires: ({ IdleSessionTTLInSeconds }) => (IdleSessionTTLInSeconds ?? 0) <= longestIdle,
    fails: [{ ...agent, IdleSessionTTLInSeconds: 5400 }],
    passes: [agent, { ...agent, IdleSessionTTLInSeconds: 1800 }],
  }),
  defineCheck({
    id: 'bedrock-agent-no-instruction',
    title: 'Agent has next to no instruction',
    risk: 'model-misuse', severity: 'low', on,
    why: 'Nothing says what the agent is for, so users decide.',
    fix: { text: 'Write what the agent does, for whom, and what it must refuse.' },
    requires: ({ Instruction }) => (Instruction ?? '').trim().length >= 40,
    fails: [agent, { ...agent, Instruction: 'Be helpful.' }],
    passes: [{ ...agent, Instruction: 'Answer questions about orders of our customers, and refuse everything else.' }],
  }),
  defineCheck({
    id: 'bedrock-agent-prompt-override',
    title: 'Agent skips the step that refuses harmful input',
    risk: 'model-misuse', severity: 'medium', on,
    why: 'What the pre-processing prompt would sort out goes straight to the tools.',
    fix: { text: 'Enable PRE_PROCESSING in PromptOverrideConfiguration.' },
    when: ({ PromptOverrideConfiguration }) => PromptOverrideConfiguration !== undefined,
    requires: ({ PromptOverrideConfiguration }) => none(PromptOverrideConfiguration?.PromptConfigurations, ({ PromptType, PromptState, PromptCreationMode }) =>
      PromptType === 'PRE_PROCESSING' && PromptState === 'DISABLED' && PromptCreationMode === 'OVERRIDDEN'),
    fails: [{ ...agent, PromptOverrideConfiguration: { PromptConfigurations: [{ PromptType: 'PRE_PROCESSING', PromptState: 'DISABLED', PromptCreationMode: 'OVERRIDDEN' }] } }],
    passes: [{ ...agent, PromptOverrideConfiguration: { PromptConfigurations: [{ PromptType: 'PRE_PROCESSING', PromptState: 'ENABLED', PromptCreationMode: 'OVERRIDDEN' }] } }],
  }),
]

/** Whether a function belongs to the account, so that its absence can be seen. */
const isHere = (reference: string, account: string): boolean => !reference.startsWith('arn:') || reference.split(':')[4] === account
