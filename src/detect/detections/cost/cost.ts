import { days, defineDetection, hours, minutes, personEase, roleEase, usualEases } from '../../detection.ts'
import { BEDROCK, INFERENCE, SAGEMAKER } from '../../names.ts'
import { call, invoke, OPUS, repeat, role, user } from '../../records.ts'

const eve = user('eve')
const app = role('ChatApp', 'i-0abc')
const GPU = /^(?:ml\.)?(?:p[3-6]|g[56]e?|trn\d|inf2|dl\d)[a-z-]*\d*\.(?:\d*xlarge|metal)/
const COMPUTE = ['CreateTrainingJob', 'CreateNotebookInstance', 'CreateEndpointConfig', 'CreateApp', 'CreateCluster', 'CreateProcessingJob', 'CreateHyperParameterTuningJob', 'CreateTransformJob'] as const
const sized = ['resourceConfig.instanceType', 'instanceType', 'productionVariants.instanceType', 'resourceSpec.instanceType', 'instanceGroups.instanceType', 'processingResources.clusterConfig.instanceType', 'transformResources.instanceType']
const training = (instanceType: string, as: typeof app = app, at = 0, region = 'us-east-1') =>
  call('sagemaker', 'CreateTrainingJob', { as, at, region, request: { trainingJobName: 't', resourceConfig: { instanceType, instanceCount: 1, volumeSizeInGB: 50 } } })

/** Money: what a stolen account is used for, and what a loop burns as well. */
export default [
  defineDetection({
    id: 'bedrock-cost-spike',
    title: 'Cost of model calls many times what it ever was',
    risk: 'model-misuse', severity: 'high', techniques: ['T1496.004', 'AML.T0034', 'AML.T0048.000'], source: 'management reads',
    why: 'Calls weighed by the price of their model: an hour that costs ten times the dearest hour before.',
    when: { kind: 'spike', match: { eventSource: BEDROCK, eventName: INFERENCE, outcome: 'success' }, by: ['role'], weight: 'price', times: 10, floor: 1000, history: 6 },
    fires: [[...repeat(8, 3600, (at) => invoke({ as: app, at })), ...repeat(60, 20, (at) => invoke({ as: app, at: 30 * 3600 + at, model: OPUS }))]],
    quiet: [[...repeat(8, 3600, (at) => invoke({ as: app, at })), ...repeat(60, 20, (at) => invoke({ as: app, at: 10 * 3600 + at, model: OPUS }))], [...repeat(8, 3600, (at) => invoke({ as: app, at })), ...repeat(60, 20, (at) => invoke({ as: app, at: 30 * 3600 + at, model: 'amazon.nova-lite-v1:0' }))], repeat(60, 20, (at) => invoke({ as: app, at, model: OPUS }))],
  }),
  defineDetection({
    id: 'bedrock-invocation-volume',
    title: 'Very many model calls in five minutes',
    risk: 'model-misuse', severity: 'low', techniques: ['T1496.004', 'AML.T0034.000'], source: 'management reads',
    why: 'More than a thousand calls in five minutes by one principal: wallet or loop.',
    when: { kind: 'count', match: { eventSource: BEDROCK, eventName: INFERENCE }, atLeast: 1000, within: minutes(5) },
    fires: [() => repeat(1000, 0.29, (at, index) => ({ ...invoke({ as: app, at }), eventID: `v-${index}` }))],
    quiet: [() => repeat(999, 0.29, (at, index) => ({ ...invoke({ as: app, at }), eventID: `v-${index}` }))],
  }),
  defineDetection({
    id: 'bedrock-provisioned-throughput-bought',
    title: 'Provisioned throughput bought',
    risk: 'model-misuse', severity: 'high', techniques: ['T1496.004', 'AML.T0034'],
    why: 'Model units are charged by the hour, with a term for months, whether they are used or not.',
    respond: ['aws bedrock list-provisioned-model-throughputs --region {region}'],
    eases: [...usualEases, personEase, { match: { 'requestParameters.commitmentDuration': null, keyType: 'temporary' }, to: 'low', reason: 'no commitment, by a role' }],
    when: { kind: 'event', match: { eventSource: BEDROCK, eventName: 'CreateProvisionedModelThroughput', outcome: 'success' } },
    fires: [[call('bedrock', 'CreateProvisionedModelThroughput', { as: eve, request: { modelUnits: 5, commitmentDuration: 'SixMonths', modelId: OPUS } })]],
    quiet: [[call('bedrock', 'CreateProvisionedModelThroughput', { as: eve, error: 'AccessDeniedException' })]],
  }),
  defineDetection({
    id: 'bedrock-provisioned-throughput-changed',
    title: 'Provisioned throughput changed or given up',
    risk: 'model-misuse', severity: 'low', techniques: ['T1496.004', 'T1499'],
    why: 'A cost or an outage to come.',
    when: { kind: 'event', match: { eventSource: BEDROCK, eventName: ['UpdateProvisionedModelThroughput', 'DeleteProvisionedModelThroughput'], outcome: 'success' } },
    fires: [[call('bedrock', 'DeleteProvisionedModelThroughput', { as: eve })]],
    quiet: [[call('bedrock', 'GetProvisionedModelThroughput', { as: eve })]],
  }),
  defineDetection({
    id: 'sagemaker-expensive-compute',
    title: 'Accelerated SageMaker compute started with a long-term key',
    risk: 'model-misuse', severity: 'high', techniques: ['T1496.001', 'AML.T0034'],
    why: 'The machines that miners and resellers want, at tens of dollars an hour.',
    when: { kind: 'event', match: sized.map((path) => ({ eventSource: SAGEMAKER, eventName: COMPUTE, outcome: 'success', keyType: 'long-term', [`requestParameters.${path}`]: { like: GPU } })) },
    fires: [[training('ml.p4d.24xlarge', eve)], [call('sagemaker', 'CreateNotebookInstance', { as: eve, request: { instanceType: 'ml.g5.48xlarge' } })]],
    quiet: [[training('ml.m5.xlarge', eve)], [training('ml.p4d.24xlarge')]],
  }),
  defineDetection({
    id: 'sagemaker-expensive-compute-first-seen',
    title: 'Accelerated SageMaker compute in a region for the first time',
    risk: 'model-misuse', severity: 'medium', techniques: ['T1496.001', 'T1535', 'AML.T0034'],
    why: 'A kind of machine this account has not used there.',
    eases: [...usualEases, roleEase],
    when: { kind: 'first', match: { eventSource: SAGEMAKER, eventName: COMPUTE, outcome: 'success', 'requestParameters.resourceConfig.instanceType': { like: GPU } }, by: ['account'], of: ['requestParameters.resourceConfig.instanceType', 'awsRegion'], history: days(7) },
    fires: [[training('ml.g5.xlarge'), training('ml.p4d.24xlarge', app, 8 * 86_400, 'ap-south-1')]],
    quiet: [[training('ml.g5.xlarge'), training('ml.g5.xlarge', app, 8 * 86_400)], [training('ml.g5.xlarge'), training('ml.m5.xlarge', app, 8 * 86_400)]],
  }),
  defineDetection({
    id: 'ai-quota-raised',
    title: 'Higher quota asked for AI',
    risk: 'model-misuse', severity: 'medium', techniques: ['T1496', 'AML.T0034'],
    why: 'Quotas are the last limit on what stolen access costs.',
    eases: [...usualEases, roleEase, personEase, { match: { caller: 'console' }, to: 'low', reason: 'made in the console by a person' }],
    when: { kind: 'event', match: { eventSource: 'servicequotas.amazonaws.com', eventName: ['RequestServiceQuotaIncrease', 'PutServiceQuotaIncreaseRequestIntoTemplate'], 'requestParameters.serviceCode': ['bedrock', 'sagemaker', 'bedrock-agentcore'] } },
    fires: [[call('servicequotas', 'RequestServiceQuotaIncrease', { as: eve, request: { serviceCode: 'bedrock', quotaCode: 'L-1', desiredValue: 1000 } })]],
    quiet: [[call('servicequotas', 'RequestServiceQuotaIncrease', { as: eve, request: { serviceCode: 'ec2' } })]],
  }),
  ...volumes(),
]

/** Flat counts after AWS's own published alarms: coarse, so low. */
function volumes() {
  return ([
    ['bedrock-agent-volume', 'Very many agent calls in five minutes', ['InvokeAgent', 'InvokeInlineAgent'], 'bedrock', 500, 'AWS::Bedrock::AgentAlias'],
    ['bedrock-retrieval-volume', 'Very many retrievals in five minutes', ['Retrieve', 'RetrieveAndGenerate'], 'bedrock', 500, 'AWS::Bedrock::KnowledgeBase'],
    ['bedrock-flow-volume', 'Very many flow calls in five minutes', ['InvokeFlow', 'StartFlowExecution'], 'bedrock', 200, 'AWS::Bedrock::FlowAlias'],
    ['bedrock-session-volume', 'Very many session operations in five minutes', ['CreateSession', 'CreateInvocation', 'PutInvocationStep', 'GetSession', 'GetInvocationStep'], 'bedrock', 500, 'AWS::Bedrock::Session'],
    ['bedrock-data-automation-volume', 'Very many data automation calls in five minutes', ['InvokeDataAutomationAsync', 'InvokeDataAutomation'], 'bedrock', 100, 'AWS::Bedrock::DataAutomationInvocation'],
    ['bedrock-tool-volume', 'Very many tool calls in five minutes', ['InvokeTool'], 'bedrock', 500, 'AWS::Bedrock::Tool'],
    ['agentcore-gateway-volume', 'Very many gateway calls in five minutes', ['InvokeGateway'], 'bedrock-agentcore', 1000, 'AWS::BedrockAgentCore::Gateway'],
    ['agentcore-tool-volume', 'Very many browser and code interpreter calls in five minutes', ['InvokeCodeInterpreter', 'StartCodeInterpreterSession', 'StartBrowserSession', 'UpdateBrowserStream'], 'bedrock-agentcore', 500, 'AWS::BedrockAgentCore::CodeInterpreter'],
    ['agentcore-credential-volume', 'Many credentials taken from the token vault in five minutes', ['GetResourceOauth2Token', 'GetResourceApiKey', 'GetWorkloadAccessToken'], 'bedrock-agentcore', 50, 'AWS::BedrockAgentCore::TokenVault'],
    ['agentcore-memory-volume', 'Very many memory operations in five minutes', ['CreateEvent', 'ListEvents', 'RetrieveMemoryRecords', 'BatchCreateMemoryRecords'], 'bedrock-agentcore', 200, 'AWS::BedrockAgentCore::Memory'],
    ['ai-training-write-volume', 'Very many feature records written in five minutes', ['PutRecord'], 'sagemaker', 1000, 'AWS::SageMaker::FeatureGroup'],
  ] as const).map(([id, title, names, service, atLeast, type]) => defineDetection({
    id, title, risk: 'model-misuse', severity: 'low', techniques: ['T1496.004', 'AML.T0034'], source: { data: type },
    why: `${atLeast} calls in five minutes by one principal are unusual in most accounts.`,
    when: { kind: 'count', match: { eventSource: `${service}.amazonaws.com`, eventName: names }, atLeast, within: minutes(5) },
    fires: [() => repeat(atLeast, 290 / atLeast, (at, index) => ({ ...call(service, names[0], { as: app, at }), eventID: `n-${index}` }))],
    quiet: [() => repeat(atLeast - 1, 290 / atLeast, (at, index) => ({ ...call(service, names[0], { as: app, at }), eventID: `n-${index}` })), [call(service, names[0], { as: app, at: hours(1) / 1000 })]],
  }))
}
