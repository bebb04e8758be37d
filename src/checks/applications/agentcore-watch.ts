import { none, some } from '../../core/unknown.ts'
import type { EstateView } from '../../graph/view.ts'
import { defineCheck } from '../check.ts'
import type { Given } from '../check.ts'
import { functionsNamed } from '../families/ai-callers.ts'
import { ACCOUNT, REGION, everything, oneBucket, role, roleArn } from '../families/examples.ts'
import { roleNamed } from '../families/role-power.ts'
import { administers, identityArn, passesAnyRole, usesAnyBucket } from '../families/roles.ts'
import { IMAGE, ROLE } from '../families/values.ts'

const RUNTIME = `arn:aws:bedrock-agentcore:${REGION}:${ACCOUNT}:runtime/helper-1`
const BASE = `arn:aws:bedrock:${REGION}:${ACCOUNT}:knowledge-base/KB12345678`
const HOOK = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:hook`
const runtime = { AgentRuntimeName: 'helper', AgentRuntimeArn: RUNTIME, RoleArn: ROLE, AgentRuntimeArtifact: { ContainerConfiguration: { ContainerUri: IMAGE } } }
const base = { Name: 'docs', KnowledgeBaseArn: BASE, RoleArn: ROLE, KnowledgeBaseConfiguration: { Type: 'VECTOR' as const } }
const delivery = (ResourceArn: string, LogType: string): Given => ({ type: 'AWS::Logs::DeliverySource', properties: { Name: 'logs', ResourceArn, LogType } })
const gateway = (PassRequestHeaders: boolean) => ({
  Name: 'tools', RoleArn: ROLE, AuthorizerType: 'CUSTOM_JWT' as const,
  InterceptorConfigurations: [{ InterceptionPoints: ['REQUEST' as const], Interceptor: { Lambda: { Arn: HOOK } }, InputConfiguration: { PassRequestHeaders } }],
})
const hook = { type: 'AWS::Lambda::Function', properties: { FunctionName: 'hook', Role: roleArn('hook'), Code: { ZipFile: 'x' } } } as const

/** Whether logs or traces of a resource are delivered anywhere. */
const isDelivered = (estate: EstateView, arn: string | undefined): boolean =>
  some(estate.all('AWS::Logs::DeliverySource'), ({ properties: { ResourceArn, ResourceArns } }) => ResourceArn === arn || some(ResourceArns, (one) => one === arn))

/** Whether a function is another account's, or its role can do too much for one that sees the credentials of users. */
const isRisky = (estate: EstateView, reference: string): boolean => {
  const account = reference.split(':')[4] ?? ''
  return (account !== '' && !estate.isOurs(account)) || some(functionsNamed(estate, [reference]), ({ properties }) => {
    const found = roleNamed(estate, properties.Role)
    return found !== undefined && some([administers, passesAnyRole, usesAnyBucket], (power) => power(estate, identityArn(found)))
  })
}

export default [
  defineCheck({
    id: 'agentcore-runtime-no-observability', on: 'AWS::BedrockAgentCore::Runtime',
    title: 'Neither logs nor traces of the agent runtime are delivered',
    risk: 'misconfigured-pipeline', severity: 'medium',
    why: 'After an abuse nobody can tell what the agent was told, which tools it called and why.',
    fix: { text: 'Add log deliveries of APPLICATION_LOGS and TRACES for the runtime, and turn on CloudWatch Transaction Search.' },
    also: ['awsaiml:AC-04', 'awsaiml:AG-18'],
    requires: ({ AgentRuntimeArn }, estate) => isDelivered(estate, AgentRuntimeArn ?? estate.self.arn),
    fails: [runtime, { ...runtime, given: [delivery(BASE, 'APPLICATION_LOGS')] }],
    passes: [{ ...runtime, given: [delivery(RUNTIME, 'TRACES')] }],
  }),
  defineCheck({
    id: 'bedrock-kb-no-logging', on: 'AWS::Bedrock::KnowledgeBase',
    title: 'Nothing records what the knowledge base takes in',
    risk: 'misconfigured-pipeline', severity: 'low',
    why: 'A document that was planted, or one that was left out, is never noticed.',
    fix: { text: 'Add a log delivery of APPLICATION_LOGS for the knowledge base.' },
    requires: ({ KnowledgeBaseArn }, estate) => isDelivered(estate, KnowledgeBaseArn ?? estate.self.arn),
    fails: [base],
    passes: [{ ...base, given: [delivery(BASE, 'APPLICATION_LOGS')] }],
  }),
  defineCheck({
    id: 'agentcore-gateway-interceptor-passes-headers', on: 'AWS::BedrockAgentCore::Gateway',
    title: 'The gateway hands the credentials of users to a function that can do too much, or is somebody else\'s',
    risk: 'third-party', severity: 'medium',
    why: 'The function sees every token, and can act as any user that it belongs to.',
    fix: { text: 'Set PassRequestHeaders to false, or use a function of your own with a role of its own.' },
    when: ({ InterceptorConfigurations }) => some(InterceptorConfigurations, ({ InputConfiguration }) => InputConfiguration?.PassRequestHeaders === true),
    requires: ({ InterceptorConfigurations }, estate) => none(InterceptorConfigurations, ({ InputConfiguration, Interceptor }) =>
      InputConfiguration?.PassRequestHeaders === true && isRisky(estate, Interceptor.Lambda.Arn)),
    fails: [{ ...gateway(true), given: [hook, role('hook', 'lambda.amazonaws.com', everything)] }],
    passes: [{ ...gateway(true), given: [hook, role('hook', 'lambda.amazonaws.com', oneBucket)] }],
  }),
]
