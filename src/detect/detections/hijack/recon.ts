import { auditEase, defineDetection, hours, minutes, personEase, roleEase, usualEases } from '../../detection.ts'
import { AGENTCORE, BEDROCK, INFERENCE, LOGGING_QUERY, SAGEMAKER } from '../../names.ts'
import { call, invoke, repeat, role, user } from '../../records.ts'

const key = user('build-bot')
const families = ['anthropic.claude-sonnet-4-20250514-v1:0', 'deepseek.r1-v1:0', 'meta.llama4-maverick-17b-instruct-v1:0', 'amazon.nova-premier-v1:0', 'cohere.command-r-plus-v1:0'] as const

/** Finding out what AI there is to take. */
export default [
  defineDetection({
    id: 'ai-recon-breadth',
    title: 'Many kinds of AI resources listed in minutes',
    risk: 'model-misuse', severity: 'medium', techniques: ['T1526', 'T1580', 'AML.T0075', 'AML.T0007'], source: 'management reads',
    why: 'Listing models, endpoints, agents and jobs one after the other is how an intruder finds out what there is to take.',
    eases: [...usualEases, roleEase, auditEase],
    when: { kind: 'count', match: { eventSource: [BEDROCK, SAGEMAKER, AGENTCORE, 'bedrock-agentcore-control.amazonaws.com'], eventName: { starts: ['List', 'Get', 'Describe'] }, caller: 'program' }, distinct: { eventName: 8 }, within: minutes(10) },
    fires: [['ListFoundationModels', 'ListCustomModels', 'ListAgents', 'ListKnowledgeBases', 'ListGuardrails', 'ListProvisionedModelThroughputs', 'ListInferenceProfiles', LOGGING_QUERY].map((name, at) => call('bedrock', name, { as: key, at }))],
    quiet: [() => repeat(30, 5, (at) => call('bedrock', 'ListFoundationModels', { as: key, at }))],
  }),
  defineDetection({
    id: 'sagemaker-discovery-denied',
    title: 'SageMaker listing refused to a long-term key',
    risk: 'model-misuse', severity: 'low', techniques: ['T1526', 'AML.T0007'], source: 'management reads',
    why: 'A key that asks for models and jobs and may not is being tried out by someone who does not know it.',
    when: { kind: 'event', match: { eventSource: SAGEMAKER, eventName: ['ListModels', 'DescribeModel', 'ListTrainingJobs', 'DescribeTrainingJob', 'ListEndpoints', 'ListNotebookInstances'], outcome: 'denied', keyType: 'long-term' } },
    fires: [[call('sagemaker', 'ListModels', { as: key, error: 'AccessDenied' })]],
    quiet: [[call('sagemaker', 'ListModels', { as: key })], [call('sagemaker', 'ListModels', { as: role('Analyst'), error: 'AccessDenied' })]],
  }),
  defineDetection({
    id: 'bedrock-list-models-denied',
    title: 'Model listing refused again and again',
    risk: 'model-misuse', severity: 'medium', techniques: ['T1580'], source: 'management reads',
    why: 'A refused listing that is repeated is a tool trying keys or regions.',
    eases: [...usualEases, roleEase, auditEase],
    when: { kind: 'count', match: { eventSource: BEDROCK, eventName: 'ListFoundationModels', outcome: 'denied' }, atLeast: 10, within: hours(1) },
    fires: [() => repeat(10, 20, (at) => call('bedrock', 'ListFoundationModels', { as: key, at, error: 'AccessDenied' }))],
    quiet: [() => repeat(9, 20, (at) => call('bedrock', 'ListFoundationModels', { as: key, at, error: 'AccessDenied' }))],
  }),
  defineDetection({
    id: 'bedrock-recon-then-invoke',
    title: 'AI looked through, logging checked and a model called within an hour',
    risk: 'model-misuse', severity: 'high', techniques: ['T1526', 'T1580', 'T1496.004', 'AML.T0075'], source: 'management reads',
    why: 'Applications call models and auditors list them; who lists them, asks whether calls are logged and then calls is choosing what to take.',
    eases: [...usualEases, personEase, auditEase],
    when: {
      kind: 'set', ordered: false, atLeast: 5, within: hours(1), needs: ['logging', 'model call'],
      steps: [
        { name: 'models', match: { eventSource: BEDROCK, eventName: ['ListFoundationModels', 'GetFoundationModelAvailability'], caller: 'program' } }, { name: 'own models', match: { eventSource: BEDROCK, eventName: ['ListCustomModels', 'ListImportedModels'], caller: 'program' } },
        { name: 'capacity', match: { eventSource: BEDROCK, eventName: ['ListProvisionedModelThroughputs', 'ListInferenceProfiles'], caller: 'program' } }, { name: 'agents', match: { eventSource: BEDROCK, eventName: ['ListAgents', 'ListKnowledgeBases', 'ListFlows'], caller: 'program' } },
        { name: 'jobs', match: { eventSource: BEDROCK, eventName: ['ListModelInvocationJobs', 'ListModelCustomizationJobs', 'ListEvaluationJobs'], caller: 'program' } }, { name: 'logging', match: { eventSource: BEDROCK, eventName: LOGGING_QUERY, caller: 'program' } },
        { name: 'model call', match: { eventSource: BEDROCK, eventName: INFERENCE, caller: 'program' } }],
    },
    fires: [[...['ListFoundationModels', 'ListCustomModels', 'ListAgents', LOGGING_QUERY].map((name, at) => call('bedrock', name, { as: key, at })), invoke({ as: key, at: 60 })]],
    quiet: [['ListFoundationModels', 'ListCustomModels', 'ListAgents', 'ListModelInvocationJobs', LOGGING_QUERY].map((name, at) => call('bedrock', name, { as: key, at })), [...['ListFoundationModels', 'ListCustomModels', 'ListAgents', 'ListModelInvocationJobs'].map((name, at) => call('bedrock', name, { as: key, at })), invoke({ as: key, at: 60 })]],
  }),
  defineDetection({
    id: 'bedrock-families-tried',
    title: 'Long-term key calls models of many families within minutes',
    risk: 'model-misuse', severity: 'medium', techniques: ['T1526', 'T1496.004', 'AML.T0040'], source: 'management reads',
    why: 'Which models answer is tried out; an application keeps to one or two.',
    eases: [...usualEases, personEase],
    when: { kind: 'count', match: { eventSource: BEDROCK, eventName: INFERENCE, keyType: 'long-term', caller: 'program' }, distinct: { family: 5 }, within: minutes(10) },
    fires: [families.map((model, at) => invoke({ as: key, model, at }))],
    quiet: [families.slice(0, 4).map((model, at) => invoke({ as: key, model, at })), families.map((model, at) => invoke({ as: role('Evaluation'), model, at })), families.map((model, at) => invoke({ as: key, model, at: at * 600 }))],
  }),
]
