import { acts, family } from '../../family.ts'
import { agent, foundation, gateway, guardrail, logGroup, logging } from '../../nodes.ts'
import { any, fact, has, may } from '../../step.ts'
import type { Variable } from '../../step.ts'

const step = family('guardrails and telemetry', ['T1562.001'])
const logs = { techniques: ['T1562.008'] }
const disable = (on: Variable) => ({ power: 'disable', on } as const)
const rule = any('rule', 'AWS::Bedrock::AutomatedReasoningPolicy')
const enforced = any('setting', 'AWS::Bedrock::EnforcedGuardrailConfiguration')
const policy = any('policy', 'AWS::BedrockAgentCore::Policy', 'AWS::BedrockAgentCore::PolicyEngine')
const schedule = any('schedule', 'AWS::SageMaker::MonitoringSchedule')
const trail = any('trail', 'AWS::CloudTrail::Trail')
const control = any('policy', 'AWS::Organizations::Policy')
const entrance = any('entrance', 'AWS::EC2::VPCEndpoint')

export default [
  step('DM-guardrail-weaken', 'weakens {guardrail}', acts(guardrail, 'bedrock:UpdateGuardrail', 'bedrock:CreateGuardrailVersion'), disable(guardrail)),
  step('DM-guardrail-delete', 'deletes {guardrail}', acts(guardrail, 'bedrock:DeleteGuardrail'), disable(guardrail)),
  step('DM-guardrail-skip', 'calls {model} with no guardrail', [may('bedrock:InvokeModel', foundation), fact(any('agent', ...agent.types, 'AWS::Lambda::Function'), 'invokes', foundation), fact(any('agent', ...agent.types, 'AWS::Lambda::Function'), 'guarded by', guardrail)], disable(guardrail), { techniques: ['AML.T0054'] }),
  step('DM-guardrail-enforced-off', 'turns off the account’s guardrail {setting}', acts(enforced, 'bedrock:DeleteEnforcedGuardrailConfiguration'), disable(enforced)),
  step('DM-guardrail-enforced-put', 'replaces the account’s guardrail {setting}', acts(enforced, 'bedrock:PutEnforcedGuardrailConfiguration'), disable(enforced)),
  step('DM-arpolicy', 'weakens {rule}, which {guardrail} uses', [may('bedrock:UpdateAutomatedReasoningPolicy', rule), fact(guardrail, 'guarded by', rule)], disable(guardrail)),
  step('AI-ac-policy-off', 'weakens {policy}, which limits tool calls', acts(policy, 'bedrock-agentcore:UpdatePolicy'), disable(policy)),
  step('AI-ac-policy-del', 'deletes {policy}, which limits tool calls', acts(policy, 'bedrock-agentcore:DeletePolicy'), disable(policy)),
  step('policy-of-gateway', 'calls tools of {gateway} past {policy}', [has('disable', policy), fact(gateway, 'guarded by', policy)], disable(gateway), { source: 'MITRE ATLAS AML.T0054' }),
  step('EN-org-scp', 'detaches {policy} from the organization', acts(control, 'organizations:DetachPolicy'), disable(control)),
  step('EN-vpce-policy', 'opens {entrance} for data to leave', acts(entrance, 'ec2:ModifyVpcEndpoint'), disable(entrance), { techniques: ['T1562.007'] }),
  step('DM-log-off', 'turns model invocation logging off', acts(logging, 'bedrock:DeleteModelInvocationLoggingConfiguration'), disable(logging), logs),
  step('DM-log-tamper', 'deletes {logs}, where {logging} writes', [may('logs:DeleteLogGroup', logGroup), fact(logging, 'logs to', logGroup)], disable(logging), { techniques: ['T1070'] }),
  step('DM-monitor-off', 'stops {schedule}', acts(schedule, 'sagemaker:StopMonitoringSchedule'), disable(schedule), logs),
  step('EN-cloudtrail', 'stops {trail} from recording data events', acts(trail, 'cloudtrail:PutEventSelectors'), disable(trail), logs),
  step('disable-trail', 'stops {trail}', acts(trail, 'cloudtrail:StopLogging'), disable(trail), { ...logs, source: 'MITRE ATT&CK T1562.008' }),
  step('delete-trail', 'deletes {trail}', acts(trail, 'cloudtrail:DeleteTrail'), disable(trail), { ...logs, source: 'MITRE ATT&CK T1562.008' }),
]
