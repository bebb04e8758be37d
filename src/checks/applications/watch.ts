import { every, some } from '../../core/unknown.ts'
import { defineCheck } from '../check.ts'
import type { Given } from '../check.ts'
import { isAiFunction } from '../families/ai-callers.ts'
import { bedrockInUse, usesAi, usesBedrock } from '../families/bedrock-use.ts'
import { allow, role, roleArn } from '../families/examples.ts'

/** The setting that each region has once: where a check of the whole region stands. */
const on = 'AWS::Bedrock::ModelInvocationLoggingConfiguration'

const budget = (CostFilters?: Readonly<Record<string, readonly string[]>>): Given => ({
  type: 'AWS::Budgets::Budget', properties: { Budget: { BudgetType: 'COST', TimeUnit: 'MONTHLY', ...(CostFilters === undefined ? {} : { CostFilters }) } },
})
const rule = (eventName: readonly string[], State = 'ENABLED'): Given => ({
  type: 'AWS::Events::Rule', properties: { Name: 'tampering', State, EventPattern: { source: ['aws.bedrock'], detail: { eventName } } },
})
const standard = (StandardsArn: string): Given => ({ type: 'AWS::SecurityHub::EnabledStandard', properties: { StandardsArn, StandardsSubscriptionArn: StandardsArn } })
const inspector = (Status: 'ENABLED' | 'DISABLED'): Given => ({ type: 'AWS::InspectorV2::AccountStatus', properties: { Id: 'status', ResourceState: { LambdaCode: { Status } } } })
const caller = role('answer', 'lambda.amazonaws.com', allow('bedrock:InvokeModel', 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0'))
const lambda = { FunctionName: 'answer', Role: roleArn('answer'), Code: { ZipFile: 'x' } }

/** Calls by which whoever has broken in gets rid of what would see or stop them. */
const tampering = /(?:Update|Delete)Guardrail|DeleteModelInvocationLoggingConfiguration|PutModelInvocationLoggingConfiguration/

/** Whether a budget counts what AI costs: by name, or because it counts everything. */
const countsAi = (filters: unknown): boolean => filters === undefined || /bedrock|sagemaker/i.test(JSON.stringify(filters)) || Object.keys(filters as object).length === 0

const recorded = ['AWS::SageMaker::NotebookInstance', 'AWS::SageMaker::Model', 'AWS::SageMaker::EndpointConfig'] as const

export default [
  defineCheck({
    id: 'bedrock-no-cost-guard',
    title: 'No budget counts what models cost',
    risk: 'model-misuse', severity: 'low', on,
    why: 'Whoever calls models with a stolen credential spends thousands a day before the bill comes.',
    fix: { text: 'Make a budget for Amazon Bedrock and Amazon SageMaker with alerts, or a cost anomaly monitor of services.' },
    also: ['awsaiml:FS-03', 'awsaiml:FS-04', 'awsaiml:FS-06', 'awsaiml:BR-22', 'awsaiml:AG-12'],
    when: (_setting, estate) => usesBedrock(estate),
    requires: (_setting, estate) => some([
      () => some(estate.all('AWS::Budgets::Budget'), ({ properties: { Budget: { CostFilters, FilterExpression } } }) => countsAi(CostFilters ?? FilterExpression)),
      () => estate.all('AWS::CE::AnomalyMonitor').length > 0,
    ], (look) => look()),
    fails: [{ given: [bedrockInUse] }, { given: [bedrockInUse, budget({ Service: ['Amazon Elastic Compute Cloud - Compute'] })] }],
    passes: [{ given: [bedrockInUse, budget({ Service: ['Amazon Bedrock'] })] }, { given: [bedrockInUse, budget()] }],
  }),
  defineCheck({
    id: 'bedrock-guardrail-change-unmonitored',
    title: 'Nobody is told when a guardrail or the log of model calls is changed',
    risk: 'misconfigured-pipeline', severity: 'low', on,
    why: 'An intruder weakens the guardrail or turns the log off first, and nothing rings.',
    fix: { text: 'Add an EventBridge rule, or a metric filter with an alarm, for UpdateGuardrail, DeleteGuardrail and DeleteModelInvocationLoggingConfiguration.' },
    when: (_setting, estate) => usesBedrock(estate),
    requires: (_setting, estate) => some([
      () => some(estate.all('AWS::Events::Rule'), ({ properties: { State, EventPattern } }) => State !== 'DISABLED' && EventPattern !== undefined && tampering.test(JSON.stringify(EventPattern))),
      () => some(estate.all('AWS::Logs::MetricFilter'), ({ properties }) => tampering.test(properties.FilterPattern)),
    ], (look) => look()),
    fails: [{ given: [bedrockInUse] }, { given: [bedrockInUse, rule(['DeleteGuardrail'], 'DISABLED')] }, { given: [bedrockInUse, rule(['CreateAgent'])] }],
    passes: [{ given: [bedrockInUse, rule(['UpdateGuardrail', 'DeleteGuardrail'])] }],
  }),
  defineCheck({
    id: 'securityhub-ai-standard-off',
    title: 'Security Hub does not run its AI standard',
    risk: 'misconfigured-pipeline', severity: 'low', on: 'AWS::SecurityHub::Hub',
    why: 'The security team does not see in one place what AWS itself finds wrong with AI here.',
    fix: { text: 'Enable the standard AI Security Best Practices: standards/ai-security-best-practices/v/1.0.0.' },
    when: (_hub, estate) => usesAi(estate),
    requires: (_hub, estate) => some([
      () => some(estate.all('AWS::SecurityHub::EnabledStandard'), ({ properties }) => isAiStandard(properties.StandardsArn)),
      () => some(estate.all('AWS::SecurityHub::Standard'), ({ properties }) => isAiStandard(properties.StandardsArn)),
    ], (look) => look()),
    fails: [{ given: [bedrockInUse, standard('arn:aws:securityhub:us-east-1::standards/aws-foundational-security-best-practices/v/1.0.0')] }],
    passes: [{ given: [bedrockInUse, standard('arn:aws:securityhub:us-east-1::standards/ai-security-best-practices/v/1.0.0')] }],
  }),
  defineCheck({
    id: 'config-ai-recording-off',
    title: 'AWS Config does not record AI',
    risk: 'misconfigured-pipeline', severity: 'low', on: 'AWS::Config::ConfigurationRecorder',
    why: 'Nobody can tell what a notebook, model or endpoint looked like before a change, and rules for them never run.',
    fix: { text: 'Record all resource types, or add those of SageMaker and Bedrock to the recording group.' },
    when: (_recorder, estate) => usesAi(estate),
    requires: ({ RecordingGroup: group }) => group === undefined || group.AllSupported === true ||
      (group.RecordingStrategy?.UseOnly === 'EXCLUSION_BY_RESOURCE_TYPES'
        ? !some(group.ExclusionByResourceTypes?.ResourceTypes, (type) => type.startsWith('AWS::SageMaker::') || type.startsWith('AWS::Bedrock::'))
        : every(recorded, (type) => some(group.ResourceTypes, (one) => one === type))),
    fails: [
      { RoleARN: roleArn('config'), RecordingGroup: { AllSupported: false, ResourceTypes: ['AWS::EC2::Instance'] }, given: [bedrockInUse] },
      { RoleARN: roleArn('config'), RecordingGroup: { RecordingStrategy: { UseOnly: 'EXCLUSION_BY_RESOURCE_TYPES' }, ExclusionByResourceTypes: { ResourceTypes: ['AWS::SageMaker::Model'] } }, given: [bedrockInUse] },
    ],
    passes: [
      { RoleARN: roleArn('config'), RecordingGroup: { AllSupported: true }, given: [bedrockInUse] },
      { RoleARN: roleArn('config'), RecordingGroup: { ResourceTypes: recorded }, given: [bedrockInUse] },
    ],
  }),
  defineCheck({
    id: 'ai-lambda-code-unscanned',
    title: 'Code of a function that calls AI is not scanned',
    risk: 'misconfigured-pipeline', severity: 'medium', on: 'AWS::Lambda::Function',
    why: 'Injected prompts meet code with known holes, or with credentials written into it, and nobody looks.',
    fix: { text: 'Enable Lambda code scanning in Amazon Inspector.' },
    also: ['awsaiml:BR-33'],
    when: (resource, estate) => resource.PackageType !== 'Image' && isAiFunction(estate, resource),
    requires: (_function, estate) => some(estate.all('AWS::InspectorV2::AccountStatus'), ({ properties }) => properties.ResourceState?.LambdaCode?.Status === 'ENABLED'),
    fails: [{ ...lambda, given: [caller, inspector('DISABLED')] }],
    passes: [{ ...lambda, given: [caller, inspector('ENABLED')] }],
  }),
]

const isAiStandard = (arn: string | undefined): boolean => arn !== undefined && arn.includes('standards/ai-security-best-practices/')
