import { describe, expect, test } from 'vitest'
import { unknown } from '../core/unknown.ts'
import { cedarAllows } from './cedar.ts'
import { compile } from './compile.ts'
import type { Request, SecondAuthorization, Verdict } from './model.ts'
import { ACCOUNT, ROLE, allow, policy, sceneInput } from './testing.ts'

const arn = `arn:aws:bedrock-agentcore:eu-west-1:${ACCOUNT}:gateway/g`
const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/dev/s1`

/** What a principal that IAM allows everything may do to something behind a second system. */
const ask = (also: SecondAuthorization, action: string, request: Partial<Request> = {}): Verdict => {
  const input = sceneInput({ identity: [allow('*')] })
  return compile({ ...input, resources: [{ arn, account: ACCOUNT, also: [also] }] }).verdict({ principal: ROLE, action, resource: arn, complete: true, ...request })
}

type Row = readonly [string, SecondAuthorization, string, Verdict]

describe('OpenSearch Serverless: data access and network policies', () => {
  const rule = (principals: string[], permissions = ['aoss:*']) => [{ principals, permissions, resources: ['index/c/*'] }]
  test.each<Row>([
    ['a policy names the role', { system: 'opensearch-serverless', rules: rule([ROLE]) }, 'aoss:APIAccessAll', 'allow'],
    ['it names somebody else', { system: 'opensearch-serverless', rules: rule([`${ROLE}-x`]) }, 'aoss:APIAccessAll', 'deny'],
    ['it permits nothing', { system: 'opensearch-serverless', rules: rule([ROLE], []) }, 'aoss:APIAccessAll', 'deny'],
    ['it names a session of the role', { system: 'opensearch-serverless', rules: rule([SESSION]) }, 'aoss:APIAccessAll', 'conditional'],
    ['it only opens to a VPC', { system: 'opensearch-serverless', rules: rule([ROLE]), network: 'vpc' }, 'aoss:APIAccessAll', 'conditional'],
    ['it could not be read', { system: 'opensearch-serverless', rules: unknown('x') }, 'aoss:APIAccessAll', 'conditional'],
    ['the control plane is left to IAM', { system: 'opensearch-serverless', rules: [] }, 'aoss:UpdateCollection', 'allow'],
  ])('%s', (_, also, action, expected) => expect(ask(also, action)).toBe(expected))
})

describe('Lake Formation', () => {
  const granted = (principal: string, ...permissions: string[]): SecondAuthorization => ({ system: 'lake-formation', grants: [{ principal, permissions }] })
  test.each<Row>([
    ['IAMAllowedPrincipals leaves it to IAM', granted('IAM_ALLOWED_PRINCIPALS', 'ALL'), 'glue:GetTable', 'allow'],
    ['nothing is granted', { system: 'lake-formation', grants: [] }, 'glue:GetTable', 'deny'],
    ['any grant shows the table', granted(ROLE, 'DESCRIBE'), 'glue:GetTable', 'allow'],
    ['it does not read its data', granted(ROLE, 'DESCRIBE'), 'lakeformation:GetDataAccess', 'deny'],
    ['SELECT reads its data', granted(ROLE, 'SELECT'), 'lakeformation:GetDataAccess', 'allow'],
    ['SELECT does not drop it', granted(ROLE, 'SELECT'), 'glue:DeleteTable', 'deny'],
    ['what it does not govern is left to IAM', { system: 'lake-formation', grants: [] }, 'glue:GetJob', 'allow'],
  ])('%s', (_, also, action, expected) => expect(ask(also, action)).toBe(expected))
})

describe('EKS access entries', () => {
  test.each<Row>([
    ['an entry', { system: 'eks', entries: [{ principal: ROLE }] }, 'eks:AccessKubernetesApi', 'allow'],
    ['none', { system: 'eks', entries: [] }, 'eks:AccessKubernetesApi', 'deny'],
    ['none, but a ConfigMap', { system: 'eks', entries: [], configMap: true }, 'eks:AccessKubernetesApi', 'conditional'],
    ['they could not be read', { system: 'eks', entries: unknown('x') }, 'eks:AccessKubernetesApi', 'conditional'],
  ])('%s', (_, also, action, expected) => expect(ask(also, action)).toBe(expected))
})

describe('function URLs', () => {
  const fn = `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:f`
  const call = (authType: 'NONE' | 'AWS_IAM', statement: object, principal = '*'): Verdict => {
    const input = sceneInput({ more: { policies: [policy('f', 'resource', { Effect: 'Allow', Principal: '*', Action: 'lambda:InvokeFunctionUrl', Resource: fn, ...statement })] } })
    return compile({ ...input, resources: [{ arn: fn, account: ACCOUNT, policy: 'f', also: [{ system: 'lambda-url', authType }] }] })
      .verdict({ principal, action: 'lambda:InvokeFunctionUrl', resource: fn })
  }

  test('with IAM they turn anonymous callers away', () => {
    expect([call('NONE', {}), call('AWS_IAM', {}), call('AWS_IAM', {}, ROLE)]).toEqual(['allow', 'deny', 'allow'])
  })

  test('the auth type of the URL is what lambda:FunctionUrlAuthType holds', () => {
    const none = { Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } } }
    expect([call('NONE', none), call('AWS_IAM', none, ROLE)]).toEqual(['allow', 'deny'])
  })
})

describe('AgentCore: inbound authorizers and Cedar policies', () => {
  const behind = (policies: readonly string[] | undefined, authorizer: 'AWS_IAM' | 'CUSTOM_JWT' = 'AWS_IAM'): SecondAuthorization =>
    ({ system: 'agentcore', authorizer, policyEngine: 'ENFORCE', ...(policies && { policies }) })
  test.each<Row>([
    ['a JWT authorizer', { system: 'agentcore', authorizer: 'CUSTOM_JWT' }, 'bedrock-agentcore:InvokeAgentRuntime', 'conditional'],
    ['a policy engine that logs', { system: 'agentcore', authorizer: 'AWS_IAM', policyEngine: 'LOG_ONLY', policies: [] }, 'bedrock-agentcore:InvokeGateway', 'allow'],
    ['policies that are not known', behind(undefined), 'bedrock-agentcore:InvokeGateway', 'conditional'],
    ['no policy permits', behind([]), 'bedrock-agentcore:InvokeGateway', 'deny'],
    ['a policy permits everything', behind(['permit(principal, action, resource);']), 'bedrock-agentcore:InvokeGateway', 'allow'],
    ['users of tokens only', behind(['permit(principal is AgentCore::OAuthUser, action, resource);']), 'bedrock-agentcore:InvokeGateway', 'deny'],
    ['a token may still be refused', behind(['permit(principal is AgentCore::OAuthUser, action, resource);'], 'CUSTOM_JWT'), 'bedrock-agentcore:InvokeGateway', 'conditional'],
    ['the control plane is left to IAM', behind([]), 'bedrock-agentcore:UpdateGateway', 'allow'],
  ])('%s', (_, also, action, expected) => expect(ask(also, action)).toBe(expected))

  const question = { resource: arn, principal: 'IamEntity' } as const
  const cedar = (...policies: string[]) => ['deny', 'allow', 'open'][cedarAllows(policies, question)]

  test('a forbid wins over a permit', () => {
    expect(cedar('permit(principal, action, resource);', 'forbid(principal, action, resource);')).toBe('deny')
    expect(cedar('permit(principal, action, resource); forbid(principal, action, resource) when { context.input.amount > 500 };')).toBe('open')
    expect(cedar('permit(principal, action, resource);', 'forbid(principal is AgentCore::OAuthUser, action, resource);')).toBe('allow')
  })

  test('scopes: this gateway, another, one tool, a condition', () => {
    expect(cedar(`permit(principal, action, resource == AgentCore::Gateway::"${arn}");`)).toBe('allow')
    expect(cedar(`permit(principal, action, resource == AgentCore::Gateway::"${arn}2");`)).toBe('deny')
    expect(cedar('permit(principal, action in [AgentCore::Action::"T___a", AgentCore::Action::"T___b"], resource is AgentCore::Gateway);')).toBe('open')
    expect(cedar('permit(principal, action, resource) when { principal.id like "*:role/x" };')).toBe('open')
  })

  test('annotations, comments and semicolons in texts are read over', () => {
    expect(cedar('// forbid(principal, action, resource);\n@id("a;b") permit ( principal , action , resource ) ;')).toBe('allow')
    expect(cedar('permit(principal, action, resource) when { resource.name == "a;b//c" };')).toBe('open')
  })

  test('what is not understood leaves it open', () => {
    expect(cedar('temporal { anything }')).toBe('open')
    expect(cedar('forbid(principal, action, resource)', '"')).toBe('deny')
  })
})
