import { days, defineDetection, hours, minutes, personEase, roleEase, usualEases } from '../../detection.ts'
import { objectOf, textOf, type LogEvent } from '../../event.ts'
import { isAiRole } from '../../match.ts'
import type { Estate } from '../../estate.ts'
import { AGENTCORE, BEDROCK, PRIVATE, STS } from '../../names.ts'
import { ACCOUNT, call, dataCall, FOREIGN, repeat, role, service, user } from '../../records.ts'

const dev = role('Dev', 'mallory')
const app = role('ChatApp', 'i-0abc')
const ALIAS = `arn:aws:bedrock:us-east-1:${ACCOUNT}:agent-alias/AG1/TSTALIASID`
const invokeAgent = (at: number, as = app) => dataCall('bedrock', 'InvokeAgent', 'AWS::Bedrock::AgentAlias', ALIAS, { as, at, request: { agentId: 'AG1', agentAliasId: 'TSTALIASID' } })
const outsider = role('Stranger', 'x', { account: FOREIGN })
const source = { data: 'AWS::Bedrock::AgentAlias' } as const
const AI_ROLES = /^AmazonSageMaker|^AmazonBedrock|BedrockAgentCore|^AgentCore-/
/** What agents of programs that run in AWS say of the place. */
const MARKS = /exec-env\/|AWS_Lambda|SageMaker|amzn|\d-aws\b/i
const TOOLS = ['CreateAgentActionGroup', 'UpdateAgentActionGroup', 'AssociateAgentCollaborator', 'UpdateAgentCollaborator'] as const
const CHANGES = [...TOOLS, 'UpdateAgent', 'PrepareAgent', 'CreateAgentAlias', 'UpdateAgentAlias'] as const
const toolCall = (at: number, as = dev) => call('bedrock', 'UpdateAgentActionGroup', { as, at, request: { agentId: 'AG1', agentVersion: 'DRAFT', actionGroupName: 'orders' } })

/** Whether the caller belongs to another account than the one called; accounts of the estate's own organisation are no strangers. */
export const crossAccount = (event: LogEvent, { facts, foreign }: Estate): boolean =>
  event.callerAccount !== '' && event.account !== '' && event.callerAccount !== event.account && event.caller !== 'service'
  && (facts.accounts.length === 0 || foreign(event.callerAccount))

/** Agents that are changed, turned or called by strangers. */
export default [
  defineDetection({
    id: 'bedrock-agent-created-by-user',
    title: 'Agent created by an IAM user or root',
    risk: 'misconfigured-pipeline', severity: 'low', techniques: ['T1505', 'AML.T0081'],
    why: 'Agents come from pipelines and roles; one made by hand with a long-term key is outside every review.',
    when: { kind: 'event', match: { eventSource: BEDROCK, eventName: 'CreateAgent', 'userIdentity.type': ['IAMUser', 'Root'], outcome: 'success' } },
    fires: [[call('bedrock', 'CreateAgent', { as: user('ana'), request: { agentName: 'helper' } })]],
    quiet: [[call('bedrock', 'CreateAgent', { as: dev, request: { agentName: 'helper' } })]],
  }),
  defineDetection({
    id: 'bedrock-agent-changed-by-new-principal',
    title: 'Agent or its tools changed by a principal for the first time',
    risk: 'misconfigured-pipeline', severity: 'medium', techniques: ['T1505', 'AML.T0081'],
    why: 'Agents are changed by few; a new one may be giving it new orders.',
    when: { kind: 'first', match: { eventSource: BEDROCK, eventName: CHANGES, outcome: 'success' }, by: ['account'], of: ['role'], history: days(7) },
    fires: [[toolCall(0), toolCall(8 * 86_400, user('eve'))]],
    quiet: [[toolCall(0), toolCall(8 * 86_400)], [toolCall(0), toolCall(3600, user('eve'))]],
  }),
  defineDetection({
    id: 'bedrock-agent-tool-changed-then-invoked',
    title: 'Agent tool changed, then the agent called, by the same principal',
    risk: 'misconfigured-pipeline', severity: 'high', techniques: ['T1505', 'AML.T0081', 'AML.T0053'], source,
    why: 'Turning a tool and calling it at once uses the rights of the agent for something new.',
    eases: [...usualEases, personEase],
    when: {
      kind: 'set', ordered: true, atLeast: 2, within: hours(1), by: ['principal', 'requestParameters.agentId'],
      steps: [{ name: 'change a tool', match: { eventSource: BEDROCK, eventName: [...TOOLS, 'UpdateAgent'], outcome: 'success' } }, { name: 'call', match: { eventName: ['InvokeAgent', 'InvokeInlineAgent'] } }],
    },
    fires: [[toolCall(0), invokeAgent(300, dev)]],
    quiet: [[toolCall(0), invokeAgent(300)], [invokeAgent(0, dev), toolCall(300)]],
  }),
  defineDetection({
    id: 'bedrock-agent-function-changed',
    title: 'Code behind an agent tool changed by who also changes agents',
    risk: 'misconfigured-pipeline', severity: 'medium', techniques: ['T1505', 'T1525', 'AML.T0081'],
    why: 'The function that an action group calls runs with its own role, and the agent does what it says.',
    when: {
      kind: 'set', ordered: false, atLeast: 2, within: hours(1),
      steps: [{ name: 'change agent', match: { eventSource: BEDROCK, eventName: CHANGES } }, { name: 'change code', match: { eventSource: 'lambda.amazonaws.com', eventName: ['UpdateFunctionCode20150331v2', 'UpdateFunctionCode20150331', 'AddPermission20150331v2', 'AddPermission20150331'] } }],
    },
    fires: [[call('lambda', 'UpdateFunctionCode20150331v2', { as: dev, request: { functionName: 'orders' } }), toolCall(60)]],
    quiet: [[call('lambda', 'UpdateFunctionCode20150331v2', { as: app, request: { functionName: 'orders' } }), toolCall(60)]],
    eases: [...usualEases, personEase],
  }),
  defineDetection({
    id: 'bedrock-agent-knowledge-base-associated',
    title: 'Knowledge base given to an agent by a principal for the first time',
    risk: 'data-poisoning', severity: 'medium', techniques: ['T1505', 'AML.T0070'],
    why: 'What the agent reads now steers what it does.',
    when: { kind: 'first', match: { eventSource: BEDROCK, eventName: ['AssociateAgentKnowledgeBase', 'UpdateAgentKnowledgeBase'], outcome: 'success' }, by: ['account'], of: ['role'], history: days(7) },
    fires: [[call('bedrock', 'AssociateAgentKnowledgeBase', { as: app }), call('bedrock', 'AssociateAgentKnowledgeBase', { as: dev, at: 9 * 86_400 })]],
    quiet: [[call('bedrock', 'AssociateAgentKnowledgeBase', { as: app }), call('bedrock', 'AssociateAgentKnowledgeBase', { as: app, at: 9 * 86_400 })]],
  }),
  defineDetection({
    id: 'bedrock-agent-invoked-cross-account',
    title: 'Agent or flow called from another account',
    risk: 'insecure-api', severity: 'high', techniques: ['T1078.004', 'T1199', 'AML.T0053'], source,
    why: 'The caller belongs to another account: a share that someone made, or should not have.',
    when: { kind: 'event', match: { eventSource: BEDROCK, eventName: ['InvokeAgent', 'InvokeInlineAgent', 'InvokeFlow'] }, where: crossAccount },
    fires: [[invokeAgent(0, outsider)]],
    quiet: [[invokeAgent(0)]],
  }),
  defineDetection({
    id: 'bedrock-agent-caller-first-seen',
    title: 'Agent called by a principal for the first time',
    risk: 'model-misuse', severity: 'low', techniques: ['T1078.004', 'AML.T0053'], source,
    why: 'Agents have few callers.',
    when: { kind: 'first', match: { eventSource: BEDROCK, eventName: ['InvokeAgent', 'InvokeInlineAgent', 'InvokeFlow'] }, by: ['account', 'target'], of: ['role'], history: days(7) },
    fires: [[invokeAgent(0), invokeAgent(8 * 86_400, dev)]],
    quiet: [[invokeAgent(0), invokeAgent(8 * 86_400)]],
  }),
  defineDetection({
    id: 'bedrock-resource-policy-changed',
    title: 'Resource policy of a Bedrock resource changed by a new principal',
    risk: 'weak-iam', severity: 'medium', techniques: ['T1098'],
    why: 'A resource policy gives a model, agent or knowledge base to others.',
    when: { kind: 'first', match: { eventSource: BEDROCK, eventName: ['PutResourcePolicy', 'DeleteResourcePolicy'], outcome: 'success' }, by: ['account'], of: ['role'], history: days(7) },
    fires: [[call('bedrock', 'PutResourcePolicy', { as: app }), call('bedrock', 'PutResourcePolicy', { as: dev, at: 9 * 86_400 })]],
    quiet: [[call('bedrock', 'PutResourcePolicy', { as: dev }), call('bedrock', 'PutResourcePolicy', { as: dev, at: 9 * 86_400 })]],
  }),
  defineDetection({
    id: 'bedrock-resource-policy-refused',
    title: 'Change of a Bedrock resource policy refused',
    risk: 'weak-iam', severity: 'low', techniques: ['T1098'],
    why: 'Someone tried to share a Bedrock resource without the right to.',
    when: { kind: 'event', match: { eventSource: BEDROCK, eventName: ['PutResourcePolicy', 'DeleteResourcePolicy'], outcome: 'denied' } },
    fires: [[call('bedrock', 'PutResourcePolicy', { as: dev, error: 'AccessDeniedException' })]],
    quiet: [[call('bedrock', 'PutResourcePolicy', { as: dev })]],
  }),
  defineDetection({
    id: 'ai-agent-cross-service-denied',
    title: 'AI role refused by other services',
    risk: 'model-misuse', severity: 'medium', techniques: ['T1078.004', 'T1580', 'AML.T0053'], source: 'management reads',
    why: 'An agent, or whoever holds its credentials, tries what its role may not do.',
    callers: { name: AI_ROLES, holds: /"errorCode"/ },
    when: { kind: 'count', match: { aiRole: true, outcome: 'denied', eventSource: { not: [BEDROCK, AGENTCORE, 'logs.amazonaws.com'] } }, by: ['role'], atLeast: 11, within: minutes(5) },
    fires: [() => repeat(11, 20, (at, index) => call(['s3', 'kms', 'secretsmanager'][index % 3]!, 'ListKeys', { as: role('AmazonBedrockExecutionRoleForAgents_A1'), at, error: 'AccessDenied' }))],
    quiet: [() => repeat(11, 20, (at) => call('s3', 'ListBuckets', { as: dev, at, error: 'AccessDenied' })), [call('s3', 'ListBuckets', { as: service('bedrock') })]],
  }),
  defineDetection({
    id: 'ai-role-off-platform',
    title: 'Role of an AI workload used from outside AWS',
    risk: 'privilege-escalation', severity: 'critical', techniques: ['T1552.005', 'T1078.004', 'AML.T0012'], source: 'management reads',
    why: 'Credentials of a notebook, endpoint, agent or job never leave AWS on their own; here they are used by a program without the marks of one that runs in AWS.',
    callers: { name: AI_ROLES, holds: new RegExp(`"userAgent":"(?![^"]*(?:${MARKS.source}))`) },
    eases: [
      ...usualEases, { match: { caller: 'console' }, to: 'medium', reason: 'assumed in the console by a person' }, { match: { vpcEndpointId: { present: true } }, to: 'low', reason: 'came through a VPC endpoint' },
      { match: { ip: { like: /^(?:3|18|52|54)\./ }, userAgent: { not: { like: /aws-cli|os\/(?:macos|windows)|darwin|kali|curl|python-requests/i } } }, to: 'low', reason: 'from addresses that AWS holds, by a program' }],
    when: { kind: 'event', match: { aiRole: true, 'userIdentity.type': 'AssumedRole', caller: ['program', 'console'] }, where: isOffPlatform, by: ['role'] },
    fires: [[
      call('s3', 'GetObject', { as: role('AmazonSageMaker-ExecutionRole-20260101', 'SageMaker', { userAgent: 'Boto3/1.40.2 md/Botocore#1.40.2 exec-env/AmazonSageMaker', sourceIPAddress: '10.0.0.4' }) }),
      call('s3', 'ListBuckets', { as: role('AmazonSageMaker-ExecutionRole-20260101', 'SageMaker', { sourceIPAddress: '185.220.101.7', userAgent: 'aws-cli/2.17.1 md/prompt#off ua/2.0 os/macos' }), at: 600 }),
    ]],
    quiet: [[
      call('s3', 'GetObject', { as: role('AmazonSageMaker-ExecutionRole-20260101', 'SageMaker', { userAgent: 'Boto3/1.40.2 exec-env/AmazonSageMaker', sourceIPAddress: '52.1.2.3' }) }),
      call('s3', 'GetObject', { as: role('AmazonSageMaker-ExecutionRole-20260101', 'SageMaker', { userAgent: 'Boto3/1.40.2 exec-env/AmazonSageMaker', sourceIPAddress: '10.0.9.4' }), at: 600 })]],
  }),
  defineDetection({
    id: 'ai-role-assumed-from-other-account',
    title: 'Role of an AI workload assumed by a principal of another account',
    risk: 'privilege-escalation', severity: 'high', techniques: ['T1199', 'T1078.004', 'AML.T0012'],
    why: 'The role was made for a service; its trust now lets another tenant be it.',
    when: { kind: 'event', match: { eventSource: STS, eventName: 'AssumeRole', outcome: 'success' }, where: (event, estate) => crossAccount(event, estate) && isAiRole(textOf(objectOf(event.raw['requestParameters'])['roleArn']), estate) },
    qualifies: { parameter: 'roleArn', like: /AmazonSageMaker|AmazonBedrock|AgentCore/ },
    fires: [[call('sts', 'AssumeRole', { as: outsider, request: { roleArn: `arn:aws:iam::${ACCOUNT}:role/AmazonSageMaker-ExecutionRole-1`, roleSessionName: 'x' } })]],
    quiet: [[call('sts', 'AssumeRole', { as: dev, request: { roleArn: `arn:aws:iam::${ACCOUNT}:role/AmazonSageMaker-ExecutionRole-1`, roleSessionName: 'x' } })], [call('sts', 'AssumeRole', { as: outsider, request: { roleArn: `arn:aws:iam::${ACCOUNT}:role/Audit`, roleSessionName: 'x' } })]],
  }),
  defineDetection({
    id: 'agentcore-role-outside-runtime',
    title: 'AgentCore role calls a service that agents have no use for',
    risk: 'privilege-escalation', severity: 'high', techniques: ['T1078.004', 'T1552.005'],
    why: 'The role of a runtime that looks at IAM, organisations or compute is in other hands than the agent’s.',
    callers: { name: /BedrockAgentCore|^AgentCore-/, holds: /"eventSource":"(?:iam|organizations|ec2|rds|cloudtrail|eks|guardduty|ssm)\./ },
    when: { kind: 'event', match: { role: { like: /role\/(?:service-role\/)?(?:[\w-]*BedrockAgentCore|AgentCore-)/ }, eventSource: ['iam.amazonaws.com', 'organizations.amazonaws.com', 'ec2.amazonaws.com', 'rds.amazonaws.com', 'cloudtrail.amazonaws.com', 'eks.amazonaws.com', 'guardduty.amazonaws.com', 'ssm.amazonaws.com'] } },
    fires: [[call('iam', 'ListUsers', { as: role('AmazonBedrockAgentCoreSDKRuntime-us-east-1', 'run') })]],
    quiet: [[call('bedrock', 'InvokeModel', { as: role('AmazonBedrockAgentCoreSDKRuntime-us-east-1', 'run') })]],
  }),
  defineDetection({
    id: 'ai-role-policy-changed',
    title: 'Permissions of an AI role changed',
    risk: 'privilege-escalation', severity: 'low', techniques: ['T1098.003'],
    why: 'What an agent, notebook or endpoint may do has grown or shrunk.',
    when: { kind: 'event', match: { eventSource: 'iam.amazonaws.com', eventName: ['AttachRolePolicy', 'DetachRolePolicy', 'PutRolePolicy', 'DeleteRolePolicy', 'UpdateAssumeRolePolicy'], outcome: 'success' }, where: onAiRole },
    fires: [[call('iam', 'AttachRolePolicy', { as: dev, request: { roleName: 'AmazonSageMaker-ExecutionRole-1', policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' } })]],
    quiet: [[call('iam', 'AttachRolePolicy', { as: dev, request: { roleName: 'WebServer', policyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' } })]],
    eases: [...usualEases, roleEase],
  }),
]

// a private or service address, or an agent that says where it runs, is AWS: the rest is not proven to be
function isOffPlatform(event: LogEvent): boolean {
  const agent = textOf(event.raw['userAgent'])
  if (MARKS.test(agent) || /amazonaws\.com$/i.test(agent)) return false
  return !PRIVATE.test(event.ip) && /[.:]/.test(event.ip)
}

function onAiRole(event: LogEvent, estate: { readonly role: (arn: string) => unknown }): boolean {
  const name = textOf(objectOf(event.raw['requestParameters'])['roleName'])
  return /^(?:AmazonSageMaker|AmazonBedrock|AgentCore-)|BedrockAgentCore/.test(name) || estate.role(`arn:aws:iam::${event.account}:role/${name}`) !== undefined
}
