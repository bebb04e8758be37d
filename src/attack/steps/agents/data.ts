import { acts, family, hackTricks, makes, place, role } from '../../family.ts'
import { base, bedrockAgent, endpoint, features, logGroup, logging, model } from '../../nodes.ts'
import { any, fact, has, may, service } from '../../step.ts'
import type { Variable } from '../../step.ts'

const step = family('data theft', ['AML.T0085'])
const read = (on: Variable) => ({ power: 'read', on } as const)
const index = any('index', 'AWS::S3Vectors::Index')
const team = any('team', 'AWS::SageMaker::Workteam')
const session = any('session', 'AWS::Bedrock::Session')
const prompt = any('prompt', 'AWS::Bedrock::Prompt')
const traces = any('traces', 'traces')
const source = any('store', 'AWS::OpenSearchServerless::Collection', 'AWS::S3Vectors::Index', 'AWS::RDS::DBCluster', 'AWS::OpenSearchService::Domain', 'AWS::NeptuneGraph::Graph')
const captured = any('endpoint', 'AWS::SageMaker::Endpoint', 'AWS::SageMaker::EndpointConfig', 'AWS::SageMaker::MonitoringSchedule', 'AWS::SageMaker::TransformJob')
const retention = any('account', 'account')

/** Reading what models and agents were asked and what they know. */
export default [
  step('DM-kb-retrieve', 'retrieves what {base} holds', acts(base, 'bedrock:Retrieve'), read(base), { techniques: ['AML.T0085.000'] }),
  step('DM-kb-rag', 'asks a model what {base} holds', [...acts(base, 'bedrock:RetrieveAndGenerate', 'bedrock:Retrieve'), ...makes('bedrock:InvokeModel')], read(base), { techniques: ['AML.T0085.000'] }),
  step('AI-br-kb-attach', 'attaches knowledge bases to {agent}, which reads them as {role}, and asks it', [...acts(bedrockAgent, 'bedrock:AssociateAgentKnowledgeBase', 'bedrock:PrepareAgent', 'bedrock:InvokeAgent'), fact(bedrockAgent, 'runs as', role)], { power: 'instruct', on: role }),
  step('retrieve-by-service', 'has the service retrieve what {base} holds as the role', acts(base, 'bedrock:Retrieve'), read(base), { by: 'instruct', techniques: ['AML.T0085.000'], source: 'Amazon Bedrock User Guide' }),
  step('AI-br-kb-source', 'has {base} ingest whatever {role} can read, and retrieves it', [...acts(base, 'bedrock:CreateDataSource', 'bedrock:StartIngestionJob', 'bedrock:Retrieve'), fact(base, 'runs as', role)], { power: 'instruct', on: role }),
  step('AI-br-kb-update', 'points {base} to other data, which {role} reads', [...acts(base, 'bedrock:UpdateKnowledgeBase', 'bedrock:UpdateDataSource', 'bedrock:StartIngestionJob'), fact(base, 'runs as', role)], { power: 'instruct', on: role }),
  step('kb-of-store', 'reads what {base} keeps in {store}', [has('read', source), fact(base, 'stores in', source)], read(base), { source: 'MITRE ATLAS AML.T0085.000' }),
  step('kb-of-source', 'reads in {place} what {base} ingests', [has('read', place), fact(base, 'ingests', place)], read(base), { source: 'MITRE ATLAS AML.T0036' }),
  step('DM-read-s3vectors', 'reads vectors and their text in {index}', acts(index, 's3vectors:GetVectors'), read(index)),
  step('DM-feature-read', 'reads {features}', acts(features, 'sagemaker:GetRecord'), read(features), hackTricks),
  step('DM-datacapture', 'copies requests and answers of {endpoint} to storage of its own', [...makes('sagemaker:CreateEndpointConfig'), may('sagemaker:UpdateEndpoint', endpoint)], read(endpoint), hackTricks),
  step('DM-async-redirect', 'redirects the answers of {endpoint}', [...makes('sagemaker:CreateEndpointConfig'), ...acts(endpoint, 'sagemaker:UpdateEndpoint', 'sagemaker:InvokeEndpointAsync')], read(endpoint), hackTricks),
  step('DM-monitor-data', 'reads captured requests and answers of {endpoint} in {place}', [has('read', place), fact(captured, 'writes', place)], read(captured)),
  step('AI-sm-workteam', 'adds an outsider to {team}', acts(team, 'sagemaker:UpdateWorkteam'), read(team)),
  step('DM-log-read-s3', 'reads everybody’s prompts and answers in {place}', [has('read', place), fact(logging, 'logs to', place)], read(logging), { techniques: ['AML.T0063'] }),
  step('DM-log-read-cwl', 'reads everybody’s prompts and answers in {logs}', [may('logs:FilterLogEvents', logGroup), fact(logging, 'logs to', logGroup)], read(logging), { techniques: ['AML.T0063'] }),
  step('DM-log-redirect', 'has prompts and answers logged to storage of its own', [may('bedrock:PutModelInvocationLoggingConfiguration', logging), may('iam:PassRole', role, { 'iam:PassedToService': 'bedrock.amazonaws.com' }), fact(role, 'trusts', service('bedrock.amazonaws.com')), fact(logging, 'runs as', role)], [read(logging), { power: 'disable', on: logging }], { techniques: ['AML.T0063'] }),
  step('DM-trace-read', 'reads prompts and tool arguments in {traces}', acts(traces, 'xray:BatchGetTraces'), read(traces)),
  step('DM-retention', 'turns on the retention of prompts in {account}', acts(retention, 'bedrock:PutAccountDataRetention'), read(retention)),
  step('DM-agent-session', 'reads the steps of {session}', acts(session, 'bedrock:GetInvocationStep'), read(session)),
  step('DM-promptlib-read', 'reads {prompt}', acts(prompt, 'bedrock:GetPrompt'), read(prompt), { techniques: ['AML.T0056'] }),
  step('DM-agent-instr-read', 'reads the instructions of {agent}', acts(bedrockAgent, 'bedrock:GetAgent'), read(bedrockAgent), { techniques: ['AML.T0056'] }),
  step('DM-theft-createmodel', 'loads the weights of {model} into a container of its own as {role}', [
    may('iam:PassRole', role, { 'iam:PassedToService': 'sagemaker.amazonaws.com' }), fact(role, 'trusts', service('sagemaker.amazonaws.com')),
    ...makes('sagemaker:CreateModel', 'sagemaker:CreateEndpointConfig', 'sagemaker:CreateEndpoint', 'sagemaker:InvokeEndpoint'), fact(model, 'runs as', role)], read(model), { techniques: ['AML.T0035'] }),
]
