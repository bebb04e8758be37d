import { every, some } from '../../core/unknown.ts'
import { defineCheck } from '../check.ts'
import { isAiFunction } from '../families/ai-callers.ts'
import { bedrockInUse, usesAi } from '../families/bedrock-use.ts'
import { allow, role, roleArn } from '../families/examples.ts'
import { ROLE } from '../families/values.ts'

const MODEL = 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0'
const lambda = { FunctionName: 'answer', Role: roleArn('answer'), Code: { ZipFile: 'x' }, Runtime: 'python3.13' }
const caller = role('answer', 'lambda.amazonaws.com', allow('bedrock:InvokeModel', MODEL))
const variant = { VariantName: 'all', ModelName: 'churn', InstanceType: 'ml.m5.xlarge' } as const
const node = (GuardrailConfiguration?: { GuardrailIdentifier: string, GuardrailVersion: string }) => ({
  Name: 'answers', ExecutionRoleArn: ROLE,
  Definition: {
    Nodes: [{
      Name: 'ask', Type: 'Prompt' as const,
      Configuration: { Prompt: { SourceConfiguration: { Resource: { PromptArn: 'arn:aws:bedrock:us-east-1:111122223333:prompt/PROMPT1234' } }, ...(GuardrailConfiguration === undefined ? {} : { GuardrailConfiguration }) } },
    }],
  },
})
const detector = { Enable: true, Features: [{ Name: 'S3_DATA_EVENTS', Status: 'ENABLED' }, { Name: 'LAMBDA_NETWORK_LOGS', Status: 'ENABLED' }] } as const

/** Runtimes of Lambda that get no more patches. */
const ended = /^(?:nodejs(?:|4\.3|4\.3-edge|6\.10|8\.10|10\.x|12\.x|14\.x|16\.x|18\.x)|python(?:2\.7|3\.6|3\.7|3\.8|3\.9)|ruby2\.[57]|ruby3\.2|java8|dotnetcore[123]\.[01]|dotnet[57]|dotnet6|go1\.x|provided)$/

const watched = {
  id: 'guardduty-ai-coverage', risk: 'misconfigured-pipeline', severity: 'high',
  why: 'A theft of training data or a function that calls a stranger goes unnoticed.',
  fix: { text: 'Enable the detector with S3_DATA_EVENTS and LAMBDA_NETWORK_LOGS.' },
  also: ['awsaiml:SM-04', 'prowler:guardduty_is_enabled', 'prowler:guardduty_s3_protection_enabled', 'prowler:guardduty_lambda_protection_enabled'],
} as const

export default [
  defineCheck({
    id: 'sagemaker-endpointconfig-single-instance',
    title: 'Endpoint stands on one instance',
    risk: 'misconfigured-pipeline', severity: 'low', on: 'AWS::SageMaker::EndpointConfig',
    why: 'When its zone or its host fails, nobody answers.',
    fix: { text: 'Set InitialInstanceCount to two or more in each variant.' },
    also: [
      'prowler:sagemaker_endpoint_config_prod_variant_instances', 'securityhub:SageMaker.4',
      'config:sagemaker-endpoint-config-prod-instance-count',
      'steampipe:sagemaker_endpoint_configuration_prod_instance_count_greater_than_one', 'awsaiml:SM-12',
    ],
    when: ({ ProductionVariants }) => some(ProductionVariants, ({ ServerlessConfig }) => ServerlessConfig === undefined),
    requires: ({ ProductionVariants }) => every(ProductionVariants, ({ ServerlessConfig, InitialInstanceCount }) =>
      ServerlessConfig !== undefined || InitialInstanceCount === undefined || InitialInstanceCount >= 2),
    fails: [{ ProductionVariants: [{ ...variant, InitialInstanceCount: 1 }] }],
    passes: [{ ProductionVariants: [{ ...variant, InitialInstanceCount: 2 }] }],
  }),
  defineCheck({
    id: 'sagemaker-endpointconfig-data-capture-off',
    title: 'Endpoint captures no requests',
    risk: 'misconfigured-pipeline', severity: 'low', on: 'AWS::SageMaker::EndpointConfig',
    why: 'Neither drift nor an attack on the model can be seen afterwards.',
    fix: { text: 'Enable DataCaptureConfig with a bucket of your own.' },
    requires: ({ DataCaptureConfig }) => DataCaptureConfig !== undefined && DataCaptureConfig.EnableCapture !== false,
    fails: [{ ProductionVariants: [variant] }],
    passes: [{
      ProductionVariants: [variant],
      DataCaptureConfig: { EnableCapture: true, DestinationS3Uri: 's3://captures/churn', InitialSamplingPercentage: 20, CaptureOptions: [{ CaptureMode: 'Input' }] },
    }],
  }),
  defineCheck({
    id: 'sagemaker-endpoint-no-auto-rollback',
    title: 'Endpoint keeps a bad deployment',
    risk: 'misconfigured-pipeline', severity: 'low', on: 'AWS::SageMaker::Endpoint',
    why: 'A broken or swapped model stays live until somebody notices.',
    fix: { text: 'Name alarms in DeploymentConfig.AutoRollbackConfiguration.' },
    also: ['awsaiml:SM-24'],
    requires: ({ DeploymentConfig }) => (DeploymentConfig?.AutoRollbackConfiguration?.Alarms ?? []).length > 0,
    fails: [{ EndpointConfigName: 'churn' }],
    passes: [{ EndpointConfigName: 'churn', DeploymentConfig: { AutoRollbackConfiguration: { Alarms: [{ AlarmName: 'errors' }] }, RollingUpdatePolicy: { MaximumBatchSize: { Type: 'INSTANCE_COUNT', Value: 1 }, WaitIntervalInSeconds: 60 } } }],
  }),
  defineCheck({
    id: 'bedrock-flow-no-guardrail',
    title: 'Step of the flow has no guardrail',
    risk: 'model-misuse', severity: 'high', on: 'AWS::Bedrock::Flow',
    why: 'What users send to the flow reaches the model unfiltered.',
    fix: { text: 'Name a guardrail in each prompt and knowledge base node.' },
    also: ['awsaiml:BR-13'],
    when: ({ Definition }) => some(Definition?.Nodes, ({ Configuration }) => Configuration?.Prompt !== undefined || Configuration?.KnowledgeBase?.ModelId !== undefined),
    requires: ({ Definition }) => every(Definition?.Nodes, ({ Configuration }) =>
      (Configuration?.Prompt === undefined || Configuration.Prompt.GuardrailConfiguration?.GuardrailIdentifier !== undefined) &&
      (Configuration?.KnowledgeBase?.ModelId === undefined || Configuration.KnowledgeBase.GuardrailConfiguration?.GuardrailIdentifier !== undefined)),
    fails: [node()],
    passes: [node({ GuardrailIdentifier: 'gr-1', GuardrailVersion: '1' })],
  }),
  defineCheck({
    ...watched, on: 'AWS::Bedrock::ModelInvocationLoggingConfiguration',
    title: 'GuardDuty is off in a region with AI',
    when: (_setting, estate) => usesAi(estate),
    requires: (_setting, estate) => estate.all('AWS::GuardDuty::Detector').length > 0,
    fails: [{ given: [bedrockInUse] }],
    passes: [{ given: [bedrockInUse, { type: 'AWS::GuardDuty::Detector', properties: detector }] }],
  }),
  defineCheck({
    ...watched, on: 'AWS::GuardDuty::Detector',
    title: 'GuardDuty does not watch the data and functions of AI',
    when: ({ Features }, estate) => usesAi(estate) && (Features !== undefined || !estate.isTemplate),
    requires: ({ Enable, Features }) => Enable && every(['S3_DATA_EVENTS', 'LAMBDA_NETWORK_LOGS'] as const, (name) =>
      some(Features, ({ Name, Status }) => Name === name && Status === 'ENABLED')),
    fails: [{ ...detector, Enable: false, given: [bedrockInUse] }, { Enable: true, Features: [{ Name: 'S3_DATA_EVENTS', Status: 'ENABLED' }], given: [bedrockInUse] }],
    passes: [{ ...detector, given: [bedrockInUse] }],
  }),
  defineCheck({
    id: 'ai-lambda-no-concurrency-cap',
    title: 'Function that calls AI may run without limit',
    risk: 'misconfigured-pipeline', severity: 'medium', on: 'AWS::Lambda::Function',
    why: 'A loop or a flood of requests becomes a flood of model calls, at your cost.',
    fix: { text: 'Set ReservedConcurrentExecutions to what the application needs.' },
    also: ['awsaiml:FS-09'],
    when: (resource, estate) => isAiFunction(estate, resource),
    requires: ({ ReservedConcurrentExecutions }) => ReservedConcurrentExecutions !== undefined,
    fails: [{ ...lambda, given: [caller] }],
    passes: [{ ...lambda, ReservedConcurrentExecutions: 20, given: [caller] }],
  }),
  defineCheck({
    id: 'ai-lambda-runtime-eol',
    title: 'Function that calls AI runs on an unpatched runtime',
    risk: 'third-party', severity: 'medium', on: 'AWS::Lambda::Function',
    why: 'Known holes in the language and its libraries stay open.',
    fix: { text: 'Move the function to a runtime that Lambda supports.' },
    also: ['awsaiml:FS-52', 'prowler:awslambda_function_using_supported_runtimes'],
    when: (resource, estate) => resource.Runtime !== undefined && isAiFunction(estate, resource),
    requires: ({ Runtime }) => !ended.test(Runtime ?? ''),
    fails: [{ ...lambda, Runtime: 'python3.8', given: [caller] }],
    passes: [{ ...lambda, given: [caller] }],
  }),
]
