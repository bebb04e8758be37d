import { describe, expect, test } from 'vitest'
import type { Verdict } from '../iam/index.ts'
import type { Resource } from '../model/resource.ts'
import { tableOf } from '../model/snapshot.ts'
import { buildEstate } from './estate.ts'

const account = '111122223333'
const region = 'eu-west-1'
const role = `arn:aws:iam::${account}:role/dev`

const made = (type: string, name: string, properties: object, arn?: string): Resource =>
  ({ type, id: arn ?? name, ...(arn !== undefined && { arn }), account, region, name, tags: {}, properties: properties as Resource['properties'] })
const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }
const dev = made('AWS::IAM::Role', 'dev', { RoleName: 'dev', AssumeRolePolicyDocument: { Statement: [] }, Policies: [{ PolicyName: 'all', PolicyDocument: everything }] }, role)

/** What the role, which IAM allows everything, or somebody else may do to one of some resources. */
const ask = (action: string, resource: string, resources: readonly Resource[], principal = role): Verdict => {
  const header = { schema: 'bartizan.snapshot/1', takenAt: '2026-11-26T00:00:00Z', tool: 'test', source: 'aws', origin: account, accounts: [{ id: account }], regions: [region] }
  const facts = { descriptions: new Map(), catalogue: { services: {}, globalKeys: {}, rcpServices: [] }, managedPolicy: () => undefined }
  return buildEstate({ header, resources: tableOf([dev, ...resources]), gaps: [], done: [] }, facts).iam().verdict({ principal, action, resource, complete: true })
}

describe('OpenSearch Serverless', () => {
  const arn = `arn:aws:aoss:${region}:${account}:collection/abc`
  const collection = made('AWS::OpenSearchServerless::Collection', 'docs', {}, arn)
  const access = (principal: string) => made('AWS::OpenSearchServerless::AccessPolicy', 'a', { Type: 'data', Policy: JSON.stringify([{ Principal: [principal], Rules: [{ ResourceType: 'index', Resource: ['index/docs/*'], Permission: ['aoss:ReadDocument'] }] }]) })
  const network = (open: boolean, name = 'docs') => made('AWS::OpenSearchServerless::SecurityPolicy', 'n', { Type: 'network', Policy: JSON.stringify([{ AllowFromPublic: open, Rules: [{ ResourceType: 'collection', Resource: [`collection/${name}`] }] }]) })
  const reads = (...policies: Resource[]): Verdict => ask('aoss:APIAccessAll', arn, [collection, ...policies])

  test('data access and network policies are found by the name of the collection', () => {
    expect([reads(access(role)), reads(access(`${role}2`)), reads()]).toEqual(['allow', 'deny', 'deny'])
    expect([reads(access(role), network(true)), reads(access(role), network(false)), reads(access(role), network(false, 'other'))]).toEqual(['allow', 'conditional', 'allow'])
  })
})

describe('AgentCore', () => {
  const arn = `arn:aws:bedrock-agentcore:${region}:${account}:gateway/g`
  const engineArn = `arn:aws:bedrock-agentcore:${region}:${account}:policy-engine/rules-1`
  const engine = made('AWS::BedrockAgentCore::PolicyEngine', 'rules-1', { Name: 'rules' }, engineArn)
  const gateway = (mode: string) => made('AWS::BedrockAgentCore::Gateway', 'g', { AuthorizerType: 'AWS_IAM', PolicyEngineConfiguration: { Arn: engineArn, Mode: mode } }, arn)
  const cedar = (Statement: string, more: object = {}) => made('AWS::BedrockAgentCore::Policy', Statement, { Name: 'p', PolicyEngineId: engineArn, Definition: { Cedar: { Statement } }, ...more })
  const calls = (...resources: Resource[]): Verdict => ask('bedrock-agentcore:InvokeGateway', arn, resources)
  const all = 'permit(principal, action, resource);'

  test('the Cedar policies of the engine decide when it enforces', () => {
    expect([calls(gateway('ENFORCE'), engine, cedar(all)), calls(gateway('ENFORCE'), engine), calls(gateway('LOG_ONLY'), engine)]).toEqual(['allow', 'deny', 'allow'])
    expect(calls(gateway('ENFORCE'), engine, cedar(all, { EnforcementMode: 'LOG_ONLY' }))).toBe('deny')
    expect(calls(gateway('ENFORCE'), engine, cedar(all, { PolicyEngineId: 'another' }))).toBe('deny')
  })

  test('an engine that was not read leaves it open', () => {
    expect(calls(gateway('ENFORCE'))).toBe('conditional')
  })
})

test('EKS: access entries of the cluster, and its ConfigMap unless the mode is API', () => {
  const arn = `arn:aws:eks:${region}:${account}:cluster/c`
  const entry = made('AWS::EKS::AccessEntry', 'e', { ClusterName: 'c', PrincipalArn: role })
  const opens = (mode: string, ...entries: Resource[]): Verdict =>
    ask('eks:AccessKubernetesApi', arn, [made('AWS::EKS::Cluster', 'c', { Name: 'c', AccessConfig: { AuthenticationMode: mode } }, arn), ...entries])
  expect([opens('API', entry), opens('API'), opens('API_AND_CONFIG_MAP')]).toEqual(['allow', 'deny', 'conditional'])
})

test('a function has the auth type of its URL', () => {
  const arn = `arn:aws:lambda:${region}:${account}:function:f`
  const open = made('AWS::Lambda::Permission', 'p', { FunctionName: 'f', Action: 'lambda:InvokeFunctionUrl', Principal: '*' })
  const url = (AuthType: string) => made('AWS::Lambda::Url', 'u', { TargetFunctionArn: arn, AuthType })
  const invokes = (AuthType: string): Verdict => ask('lambda:InvokeFunctionUrl', arn, [made('AWS::Lambda::Function', 'f', { FunctionName: 'f' }, arn), open, url(AuthType)], '*')
  expect([invokes('NONE'), invokes('AWS_IAM')]).toEqual(['allow', 'deny'])
})
