import { none, some } from '../../core/unknown.ts'
import type { EstateView, Found } from '../../graph/view.ts'
import { defineCheck } from '../check.ts'
import { ACCOUNT, REGION, allow, everything, role, roleArn } from '../families/examples.ts'
import { namesFunction, roleCallsAi, seenUsingAi } from '../families/ai-callers.ts'
import { roleNamed } from '../families/role-power.ts'
import { identityArn } from '../families/roles.ts'

const MODEL = `arn:aws:bedrock:${REGION}::foundation-model/amazon.nova-pro-v1:0`
const ENDPOINT = `arn:aws:sagemaker:${REGION}:${ACCOUNT}:endpoint/churn`
const ANSWER = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:answer`
const answer = { type: 'AWS::Lambda::Function', properties: { FunctionName: 'answer', Role: roleArn('answer'), Code: { ZipFile: 'x' } } } as const
const answerWith = (Provider: string) => ({ ...answer, properties: { ...answer.properties, BartizanAiUse: [{ Provider, Evidence: 'variable MODEL' }] } }) as const
const calling = (action: string, resource: string) => [answer, role('answer', 'lambda.amazonaws.com', allow(action, resource))] as const
const proxied = `arn:aws:apigateway:${REGION}:lambda:path/2015-03-31/functions/${ANSWER}/invocations`
const method = (AuthorizationType: 'NONE' | 'AWS_IAM') => ({
  HttpMethod: 'POST', RestApiId: 'api-1', ResourceId: 'res-1', AuthorizationType, Integration: { Type: 'AWS_PROXY' as const, IntegrationHttpMethod: 'POST', Uri: proxied },
})
const integration = { type: 'AWS::ApiGatewayV2::Integration', properties: { ApiId: 'api-1', IntegrationId: 'int-1', IntegrationType: 'AWS_PROXY', IntegrationUri: ANSWER } } as const
const route = (AuthorizationType: string) => ({ ApiId: 'api-1', RouteKey: 'POST /', Target: 'integrations/int-1', AuthorizationType })
const url = (AuthType: 'NONE' | 'AWS_IAM') => ({ AuthType, TargetFunctionArn: ANSWER })

/** The function that an address of an integration names. */
const functionIn = (address: string | undefined): string | undefined => /arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w:-]+/.exec(address ?? '')?.[0]

/** Whether the role of the function that is named may do one of these; a role that may do all says something only where the function was seen using AI. */
const functionMay = (estate: EstateView, reference: string | undefined, actions: readonly string[]): boolean => reference !== undefined &&
  some(estate.all('AWS::Lambda::Function'), (lambda) => namesFunction(reference, lambda) && roleMay(estate, lambda.properties.Role, actions, isSeenAt(lambda.properties, actions)))

/** Whether a function was seen using what the actions are of: endpoints of SageMaker, or models. */
const isSeenAt = (lambda: object, actions: readonly string[]): boolean =>
  seenUsingAi(lambda, ({ Provider }) => actions.some((action) => action.startsWith('sagemaker:') === Provider.includes('SageMaker')))

const roleMay = (estate: EstateView, reference: string | undefined, actions: readonly string[], isSeen = false): boolean => {
  const found = roleNamed(estate, reference)
  return found !== undefined && (isSeen || roleCallsAi(estate, reference)) && some(actions, (action) => estate.can(identityArn(found), action, '*'))
}

/** The function behind a route of an HTTP API. */
const routed = (estate: EstateView, { Target, ApiId }: { readonly Target?: string, readonly ApiId: string }): string | undefined => {
  const id = Target?.replace(/^integrations\//, '')
  const found = estate.all('AWS::ApiGatewayV2::Integration').find(({ properties, ...integration }: Found<'AWS::ApiGatewayV2::Integration'>) =>
    properties.ApiId === ApiId && (properties.IntegrationId === id || integration.id === id))
  return functionIn(found?.properties.IntegrationUri)
}

const direct = /:(?:runtime\.sagemaker|bedrock-runtime|bedrock-agent-runtime):/

const fix = { text: 'Ask for IAM or an authorizer, with a throttle and a web ACL in front.' }

const families = [
  {
    id: 'bedrock-agent-public-invocation', title: 'Anyone on the internet can call a model or an agent', actions: ['bedrock:InvokeModel', 'bedrock:InvokeAgent'],
    why: 'Strangers use the model at your cost, and whatever the agent can reach.', given: calling('bedrock:InvokeModel', MODEL), bedrock: true,
    also: ['prowler:cognito_identity_pool_guest_access_disabled'],
  },
  {
    id: 'sagemaker-endpoint-api-unauthenticated', title: 'Anyone on the internet can call an endpoint', actions: ['sagemaker:InvokeEndpoint'],
    why: 'Strangers can question, and so copy, the model behind it.', given: calling('sagemaker:InvokeEndpoint', ENDPOINT), bedrock: false,
  },
] as const

const anyCall = ['bedrock:InvokeModel', 'bedrock:InvokeAgent', 'sagemaker:InvokeEndpoint', 'bedrock-agentcore:InvokeAgentRuntime']
const unprotected = {
  id: 'ai-api-unprotected', title: 'API in front of AI has neither a throttle nor a firewall', risk: 'model-misuse', severity: 'high',
  why: 'One caller in a loop uses up the model and your budget.',
  fix: { text: 'Set a throttling rate on the stage, or associate a web ACL with a rate rule.' },
  also: ['awsaiml:FS-01', 'awsaiml:FS-02', 'awsaiml:FS-53', 'awsaiml:FS-56', 'awsaiml:FS-68'],
} as const
const around = calling('bedrock:InvokeModel', MODEL)
const post = { type: 'AWS::ApiGateway::Method', properties: method('AWS_IAM') } as const
const path = { type: 'AWS::ApiGatewayV2::Route', properties: route('JWT') } as const

const protections = [
  defineCheck({
    ...unprotected, on: 'AWS::ApiGateway::Stage',
    when: ({ RestApiId }, estate) => some(estate.all('AWS::ApiGateway::Method'), ({ properties }) =>
      properties.RestApiId === RestApiId && functionMay(estate, functionIn(properties.Integration?.Uri), anyCall)),
    requires: ({ RestApiId, StageName, MethodSettings }, estate) => some([
      () => some(MethodSettings, ({ ThrottlingRateLimit }) => ThrottlingRateLimit !== undefined && ThrottlingRateLimit >= 0),
      () => some(estate.all('AWS::WAFv2::WebACLAssociation'), ({ properties }) => properties.ResourceArn.endsWith(`/restapis/${RestApiId}/stages/${StageName ?? ''}`)),
    ], (look) => look()),
    fails: [{ RestApiId: 'api-1', StageName: 'live', given: [post, ...around] }],
    passes: [
      { RestApiId: 'api-1', StageName: 'live', MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', ThrottlingRateLimit: 10, ThrottlingBurstLimit: 20 }], given: [post, ...around] },
      {
        RestApiId: 'api-1', StageName: 'live',
        given: [post, ...around, {
          type: 'AWS::WAFv2::WebACLAssociation',
          properties: { ResourceArn: `arn:aws:apigateway:${REGION}::/restapis/api-1/stages/live`, WebACLArn: `arn:aws:wafv2:${REGION}:${ACCOUNT}:regional/webacl/api/1` },
        }],
      },
    ],
  }),
  defineCheck({
    ...unprotected, on: 'AWS::ApiGatewayV2::Stage',
    when: ({ ApiId }, estate) => some(estate.all('AWS::ApiGatewayV2::Route'), ({ properties }) =>
      properties.ApiId === ApiId && functionMay(estate, routed(estate, properties), anyCall)),
    requires: ({ DefaultRouteSettings }) => DefaultRouteSettings?.ThrottlingRateLimit !== undefined,
    fails: [{ ApiId: 'api-1', StageName: '$default', given: [path, integration, ...around] }],
    passes: [{ ApiId: 'api-1', StageName: '$default', DefaultRouteSettings: { ThrottlingRateLimit: 10 }, given: [path, integration, ...around] }],
  }),
]

const openings = families.flatMap(({ id, title, actions, why, given, bedrock }) => {
  const shared = { id, title, why, fix, risk: 'model-misuse', severity: 'critical' } as const
  const integrates = (address: string | undefined) => direct.test(address ?? '') && /sagemaker/.test(address ?? '') !== bedrock
  return [
    defineCheck({
      ...shared, on: 'AWS::ApiGateway::Method',
      when: ({ HttpMethod, Integration }, estate) => HttpMethod !== 'OPTIONS' && some([
        () => integrates(Integration?.Uri), () => functionMay(estate, functionIn(Integration?.Uri), actions),
      ], (look) => look()),
      requires: ({ AuthorizationType, ApiKeyRequired }) => (AuthorizationType ?? 'NONE') !== 'NONE' || ApiKeyRequired === true,
      fails: [{ ...method('NONE'), given }],
      passes: [{ ...method('AWS_IAM'), given }],
    }),
    defineCheck({
      ...shared, on: 'AWS::ApiGatewayV2::Route',
      when: (resource, estate) => functionMay(estate, routed(estate, resource), actions),
      requires: ({ AuthorizationType }) => (AuthorizationType ?? 'NONE') !== 'NONE',
      fails: [{ ...route('NONE'), given: [integration, ...given] }],
      passes: [{ ...route('JWT'), given: [integration, ...given] }],
    }),
    defineCheck({
      ...shared, on: 'AWS::Lambda::Url',
      when: ({ TargetFunctionArn }, estate) => functionMay(estate, TargetFunctionArn, actions),
      requires: ({ AuthType }) => AuthType !== 'NONE',
      fails: [{ ...url('NONE'), given }, { ...url('NONE'), given: [answerWith(bedrock ? 'Anthropic' : 'Amazon SageMaker AI'), role('answer', 'lambda.amazonaws.com', everything)] }],
      passes: [{ ...url('AWS_IAM'), given }],
    }),
    ...(bedrock ? [defineCheck({
      ...shared, title: 'Guests of the identity pool can call models', also: ['prowler:cognito_identity_pool_guest_access_disabled'], on: 'AWS::Cognito::IdentityPoolRoleAttachment',
      when: ({ Roles }) => Roles?.['unauthenticated'] !== undefined,
      requires: ({ Roles }, estate) => none([Roles?.['unauthenticated']], (guest) => roleMay(estate, guest, actions)),
      fails: [{ IdentityPoolId: 'us-east-1:1', Roles: { unauthenticated: roleArn('guest') }, given: [role('guest', 'cognito-identity.amazonaws.com', allow('bedrock:InvokeModel', MODEL))] }],
      passes: [{ IdentityPoolId: 'us-east-1:1', Roles: { unauthenticated: roleArn('guest') }, given: [role('guest', 'cognito-identity.amazonaws.com', allow('mobiletargeting:PutEvents', '*'))] }],
    })] : []),
  ]
})

export default [...openings, ...protections]
