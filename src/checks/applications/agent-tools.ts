import { every, none, some } from '../../core/unknown.ts'
import type { EstateView, Found } from '../../graph/view.ts'
import { defineCheck } from '../check.ts'
import { functionsNamed, toolFunctions } from '../families/ai-callers.ts'
import { ACCOUNT, REGION, allow, everything, oneBucket, role, roleArn } from '../families/examples.ts'
import { roleNamed } from '../families/role-power.ts'
import { administers, identityArn, passesAnyRole, usesAnyBucket } from '../families/roles.ts'
import { ROLE } from '../families/values.ts'

const TOOL = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:tool`
const ALIAS = `arn:aws:bedrock:${REGION}:${ACCOUNT}:agent-alias/AGENT67890/ALIAS12345`
const agent = { AgentName: 'helper', ActionGroups: [{ ActionGroupName: 'orders', ActionGroupExecutor: { Lambda: TOOL } }] }
const tool = (more: object = {}) => ({ type: 'AWS::Lambda::Function', properties: { FunctionName: 'tool', Role: roleArn('tool'), Code: { ZipFile: 'x' }, ...more } } as const)
const signed = { CodeSigningConfigArn: `arn:aws:lambda:${REGION}:${ACCOUNT}:code-signing-config:csc-0123456789abcdef0` }
const developer = role('developer', 'ec2.amazonaws.com', allow('lambda:UpdateFunctionCode', '*'))
const supervisor = (RelayConversationHistory: 'TO_COLLABORATOR' | 'DISABLED') => ({
  AgentName: 'desk', AgentCollaboration: 'SUPERVISOR' as const,
  AgentCollaborators: [{ AgentDescriptor: { AliasArn: ALIAS }, CollaborationInstruction: 'Ask it for orders.', CollaboratorName: 'orders', RelayConversationHistory }],
})
const collaborator = (more: object = {}) => ({ type: 'AWS::Bedrock::Agent', id: 'AGENT67890', properties: { AgentName: 'orders', AgentId: 'AGENT67890', ...more } } as const)
const guarded = { GuardrailConfiguration: { GuardrailIdentifier: 'gr-1', GuardrailVersion: '1' } }
const flow = (Type: 'InlineCode' | 'Storage' | 'Prompt') => ({ Name: 'orders', ExecutionRoleArn: roleArn('flow'), Definition: { Nodes: [{ Name: 'step', Type }] } })
const flowRole = (statement: Parameters<typeof role>[2]) => role('flow', 'bedrock.amazonaws.com', statement)

/** Roles and users, none of them administrators, that may replace the code of a function. */
const mayRewrite = (estate: EstateView, { account, region, name }: Found<'AWS::Lambda::Function'>): boolean =>
  some(estate.whoCan('lambda:UpdateFunctionCode', `arn:${estate.partition}:lambda:${region}:${account}:function:${name}`), ({ kind, principal }) =>
    (kind === 'role' || kind === 'user') && !administers(estate, principal))

/** The agent behind an alias: `arn:aws:bedrock:…:agent-alias/AGENT/ALIAS`. */
const agentBehind = (estate: EstateView, alias: string | undefined): Found<'AWS::Bedrock::Agent'> | undefined =>
  estate.find('AWS::Bedrock::Agent', /:agent-alias\/([^/]+)\//.exec(alias ?? '')?.[1])

/** Nodes that run code or write to a bucket. */
const acting = new Set(['InlineCode', 'Storage', 'LambdaFunction'])

export default [
  defineCheck({
    id: 'bedrock-agent-lambda-code-tamperable', on: 'AWS::Bedrock::Agent',
    title: 'Code of the agent\'s tool can be rewritten, and nothing checks who signed it',
    risk: 'misconfigured-pipeline', severity: 'medium',
    why: 'Whoever rewrites the tool reads all that users tell the agent and decides what it does.',
    fix: { text: 'Give the function a code signing configuration that enforces, and lambda:UpdateFunctionCode to the deployment role alone.' },
    also: ['checkov:CKV_AWS_272'],
    when: (resource) => toolFunctions(resource).length > 0,
    requires: (resource, estate) => none(functionsNamed(estate, toolFunctions(resource)), (lambda) =>
      lambda.properties.CodeSigningConfigArn === undefined && lambda.properties.PackageType !== 'Image' && mayRewrite(estate, lambda)),
    fails: [{ ...agent, given: [tool(), developer] }],
    passes: [{ ...agent, given: [tool(signed), developer] }, { ...agent, given: [tool()] }],
  }),
  defineCheck({
    id: 'bedrock-agent-collaborator-risk', on: 'AWS::Bedrock::Agent',
    title: 'The agent hands whole conversations to one without a guardrail',
    risk: 'model-misuse', severity: 'medium',
    why: 'What the guardrail of the first agent let pass, or never saw, reaches the second with nothing in between.',
    fix: { text: 'Give the collaborator a guardrail of its own, or set RelayConversationHistory to DISABLED.' },
    when: ({ AgentCollaborators }) => (AgentCollaborators ?? []).length > 0,
    requires: ({ AgentCollaborators }, estate) => none(AgentCollaborators, ({ RelayConversationHistory, AgentDescriptor }) => {
      const other = RelayConversationHistory === 'TO_COLLABORATOR' ? agentBehind(estate, AgentDescriptor.AliasArn) : undefined
      return other !== undefined && other.properties.GuardrailConfiguration?.GuardrailIdentifier === undefined
    }),
    fails: [{ ...supervisor('TO_COLLABORATOR'), given: [collaborator()] }],
    passes: [{ ...supervisor('TO_COLLABORATOR'), given: [collaborator(guarded)] }, { ...supervisor('DISABLED'), given: [collaborator()] }],
  }),
  defineCheck({
    id: 'bedrock-flow-inline-code', on: 'AWS::Bedrock::Flow',
    title: 'A flow that runs code or writes files has a role that can do too much',
    risk: 'misconfigured-pipeline', severity: 'medium',
    why: 'What users send to the flow ends in code and files with the reach of its role.',
    fix: { text: 'Name in the role of the flow the models, functions and the one prefix that its nodes use.' },
    when: ({ Definition, ExecutionRoleArn }, estate) => some(Definition?.Nodes, ({ Type }) => acting.has(Type)) && roleNamed(estate, ExecutionRoleArn) !== undefined,
    requires: ({ ExecutionRoleArn }, estate) => {
      const found = roleNamed(estate, ExecutionRoleArn)
      return found === undefined || none([administers, passesAnyRole, usesAnyBucket], (power) => power(estate, identityArn(found)))
    },
    fails: [{ ...flow('InlineCode'), given: [flowRole(everything)] }, { ...flow('Storage'), given: [flowRole(allow('s3:PutObject', '*'))] }],
    passes: [{ ...flow('InlineCode'), given: [flowRole(oneBucket)] }],
  }),
  defineCheck({
    id: 'bedrock-flow-invalid', on: 'AWS::Bedrock::Flow',
    title: 'Bedrock found faults in the definition of the flow',
    risk: 'misconfigured-pipeline', severity: 'info',
    why: 'A step that is not wired as it was meant, a guardrail among them, is left out without a word.',
    fix: { text: 'Open the flow, and mend what its validations say.' },
    also: ['awsaiml:BR-19', 'awsaiml:AG-11'],
    requires: ({ Validations }) => every(Validations, ({ Message }) => Message === ''),
    fails: [{ Name: 'orders', ExecutionRoleArn: ROLE, Validations: [{ Message: 'Node "answer" has no incoming connection.' }] }],
    passes: [{ Name: 'orders', ExecutionRoleArn: ROLE }],
  }),
]
