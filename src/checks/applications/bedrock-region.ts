import { every, some } from '../../core/unknown.ts'
import { defineCheck } from '../check.ts'
import { bedrockInUse, usesBedrock } from '../families/bedrock-use.ts'
import { ROLE } from '../families/values.ts'

/** The setting that each region has once: where a check of the whole region stands. */
const on = 'AWS::Bedrock::ModelInvocationLoggingConfiguration'
const bodies = { TextDataDeliveryEnabled: true, ImageDataDeliveryEnabled: true, EmbeddingDataDeliveryEnabled: true }
const logging = { S3Config: { BucketName: 'model-logs' } }
const guardrail = { type: 'AWS::Bedrock::Guardrail', properties: { Name: 'chat', BlockedInputMessaging: 'No.', BlockedOutputsMessaging: 'No.' } } as const
const enforced = { type: 'AWS::Bedrock::EnforcedGuardrailConfiguration', properties: { GuardrailIdentifier: 'gr-1', GuardrailVersion: '1' } } as const
const alarm = (Namespace: string) => ({
  type: 'AWS::CloudWatch::Alarm', properties: { AlarmName: 'tokens', Namespace, MetricName: 'InputTokenCount', ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 1 },
} as const)
const prompt = { type: 'AWS::Bedrock::Prompt', properties: { Name: 'orders' } } as const
const base = (Status: 'ACTIVE' | 'FAILED') =>
  ({ type: 'AWS::Bedrock::KnowledgeBase', properties: { Name: 'docs', RoleArn: ROLE, KnowledgeBaseConfiguration: { Type: 'VECTOR' }, Status } } as const)

export default [
  defineCheck({
    id: 'bedrock-invocation-logging-disabled',
    title: 'Model calls are not recorded',
    risk: 'misconfigured-pipeline', severity: 'high', on,
    why: 'After an abuse nobody can tell who asked a model what, and what it answered.',
    fix: { text: 'Turn on model invocation logging to a bucket or a log group of your own, encrypted with your key.' },
    also: [
      'prowler:bedrock_model_invocation_logging_enabled', 'cloudsploit:modelInvocationLoggingEnabled', 'awsaiml:BR-04',
      'awsaiml:AG-07', 'awsaiml:FS-64',
    ],
    when: (_setting, estate) => usesBedrock(estate),
    requires: ({ S3Config, CloudWatchConfig }) => S3Config?.BucketName !== undefined || CloudWatchConfig?.LogGroupName !== undefined,
    fails: [{ given: [bedrockInUse] }],
    passes: [{ ...logging, ...bodies, given: [bedrockInUse] }, { CloudWatchConfig: { LogGroupName: '/bedrock/calls', RoleArn: ROLE }, given: [bedrockInUse] }],
  }),
  defineCheck({
    id: 'bedrock-invocation-logging-content-off',
    title: 'Record of model calls leaves content out',
    risk: 'misconfigured-pipeline', severity: 'medium', on,
    why: 'The record says that a model was called, not what was asked or answered.',
    fix: { text: 'Deliver text, images and embeddings.', set: bodies },
    when: ({ S3Config, CloudWatchConfig }) => S3Config !== undefined || CloudWatchConfig !== undefined,
    requires: (setting) => every(['TextDataDeliveryEnabled', 'ImageDataDeliveryEnabled', 'EmbeddingDataDeliveryEnabled'] as const, (body) => setting[body] === true),
    fails: [{ ...logging, ...bodies, TextDataDeliveryEnabled: false }, { ...logging, TextDataDeliveryEnabled: true, ImageDataDeliveryEnabled: true }],
    passes: [{ ...logging, ...bodies }],
  }),
  defineCheck({
    id: 'bedrock-guardrail-none',
    title: 'Bedrock is used without any guardrail',
    risk: 'model-misuse', severity: 'high', on,
    why: 'No application here can filter what users and documents tell a model, or what it answers.',
    fix: { text: 'Create a guardrail and attach it to agents, flows and calls; enforce one for the account.' },
    also: ['prowler:bedrock_guardrails_configured', 'awsaiml:BR-05'],
    when: (_setting, estate) => usesBedrock(estate),
    requires: (_setting, estate) => estate.all('AWS::Bedrock::Guardrail').length > 0,
    fails: [{ given: [bedrockInUse] }],
    passes: [{ given: [bedrockInUse, guardrail] }],
  }),
  defineCheck({
    id: 'bedrock-enforced-guardrail-missing',
    title: 'No guardrail is enforced for the account',
    risk: 'model-misuse', severity: 'medium', on,
    why: 'Whether a call is filtered is left to each application.',
    fix: { text: 'Enforce a guardrail for the account, or for the organisation by a Bedrock policy.' },
    when: (_setting, estate) => usesBedrock(estate),
    requires: (_setting, estate) => estate.all('AWS::Bedrock::EnforcedGuardrailConfiguration').length > 0,
    fails: [{ given: [bedrockInUse] }],
    passes: [{ given: [bedrockInUse, enforced] }],
  }),
  defineCheck({
    id: 'bedrock-no-cloudwatch-alarms',
    title: 'No alarm watches model calls',
    risk: 'misconfigured-pipeline', severity: 'low', on,
    why: 'A stolen credential that calls models all night is seen on the bill.',
    fix: { text: 'Set an alarm on Invocations or token counts of the AWS/Bedrock namespace.' },
    also: ['awsaiml:BR-32', 'awsaiml:FS-05', 'awsaiml:FS-11', 'awsaiml:AG-14'],
    when: (_setting, estate) => usesBedrock(estate),
    requires: (_setting, estate) => some(estate.all('AWS::CloudWatch::Alarm'), ({ properties }) =>
      (properties.Namespace ?? '').startsWith('AWS/Bedrock') || some(properties.Metrics, ({ MetricStat }) => (MetricStat?.Metric.Namespace ?? '').startsWith('AWS/Bedrock'))),
    fails: [{ given: [bedrockInUse, alarm('AWS/EC2')] }],
    passes: [{ given: [bedrockInUse, alarm('AWS/Bedrock')] }],
  }),
  defineCheck({
    id: 'bedrock-prompt-management-unused',
    title: 'Prompts are kept in code',
    risk: 'misconfigured-pipeline', severity: 'info', on,
    why: 'Nobody can tell which wording of a prompt was live when, or who changed it.',
    fix: { text: 'Keep prompts in Bedrock prompt management, with versions.' },
    also: ['prowler:bedrock_prompt_management_exists', 'awsaiml:BR-07'],
    when: (_setting, estate) => usesBedrock(estate),
    requires: (_setting, estate) => estate.all('AWS::Bedrock::Prompt').length > 0,
    fails: [{ given: [bedrockInUse] }],
    passes: [{ given: [bedrockInUse, prompt] }],
  }),
  defineCheck({
    id: 'bedrock-no-grounding-source',
    title: 'No knowledge base grounds the answers',
    risk: 'model-misuse', severity: 'info', on,
    why: 'Models answer from what they were trained on, not from your documents.',
    fix: { text: 'Where answers must follow your documents, build a knowledge base.' },
    also: ['awsaiml:FS-48'],
    when: (_setting, estate) => usesBedrock(estate),
    requires: (_setting, estate) => some(estate.all('AWS::Bedrock::KnowledgeBase'), ({ properties }) => (properties.Status ?? 'ACTIVE').toUpperCase() === 'ACTIVE'),
    fails: [{ given: [bedrockInUse, base('FAILED')] }],
    passes: [{ given: [bedrockInUse, base('ACTIVE')] }],
  }),
]
