import { defineCheck } from '../check.ts'
import type { Example } from '../check.ts'
import { IMAGE, ROLE } from '../families/values.ts'

type Guarded = 'AWS::BedrockAgentCore::Runtime' | 'AWS::BedrockAgentCore::Gateway' | 'AWS::BedrockAgentCore::Harness' | 'AWS::BedrockAgentCore::PaymentManager'

interface Authorizer {
  readonly AllowedAudience?: readonly string[]
  readonly AllowedClients?: readonly string[]
  readonly CustomClaims?: readonly unknown[]
}

/** Each type with a resource that takes tokens of an issuer. */
const guarded: readonly (readonly [Guarded, (authorizer: { DiscoveryUrl: string } & Authorizer) => Example<Guarded>])[] = [
  ['AWS::BedrockAgentCore::Runtime', (CustomJWTAuthorizer) => ({
    AgentRuntimeName: 'helper', RoleArn: ROLE, AgentRuntimeArtifact: { ContainerConfiguration: { ContainerUri: IMAGE } },
    AuthorizerConfiguration: { CustomJWTAuthorizer },
  } as Example<'AWS::BedrockAgentCore::Runtime'>)],
  ['AWS::BedrockAgentCore::Gateway', (CustomJWTAuthorizer) => ({
    Name: 'tools', RoleArn: ROLE, AuthorizerType: 'CUSTOM_JWT', AuthorizerConfiguration: { CustomJWTAuthorizer },
  } as Example<'AWS::BedrockAgentCore::Gateway'>)],
  ['AWS::BedrockAgentCore::Harness', (CustomJWTAuthorizer) => ({
    HarnessName: 'helper', ExecutionRoleArn: ROLE, Model: { BedrockModelConfig: { ModelId: 'amazon.nova-pro-v1:0' } },
    AuthorizerConfiguration: { CustomJWTAuthorizer },
  } as Example<'AWS::BedrockAgentCore::Harness'>)],
  ['AWS::BedrockAgentCore::PaymentManager', (CustomJWTAuthorizer) => ({
    Name: 'purse', RoleArn: ROLE, AuthorizerType: 'CUSTOM_JWT', AuthorizerConfiguration: { CustomJWTAuthorizer },
  } as Example<'AWS::BedrockAgentCore::PaymentManager'>)],
]

const issuer = { DiscoveryUrl: 'https://login.example.com/.well-known/openid-configuration' }
const claim = { InboundTokenClaimName: 'team', InboundTokenClaimValueType: 'STRING', AuthorizingClaimMatchValue: { ClaimMatchOperator: 'EQUALS', ClaimMatchValue: { MatchValueString: 'support' } } }

const authorizerOf = (resource: object): Authorizer | undefined =>
  (resource as { AuthorizerConfiguration?: { CustomJWTAuthorizer?: Authorizer } }).AuthorizerConfiguration?.CustomJWTAuthorizer

const holds = (list: readonly unknown[] | undefined): boolean => list !== undefined && list.length > 0

export default guarded.map(([on, taking]) => defineCheck<Guarded>({
  id: 'agentcore-jwt-authorizer-loose',
  title: 'Any token of the issuer is accepted',
  risk: 'weak-iam', severity: 'high', on,
  why: 'A token that the issuer gave for another application, or to anyone who signed up, opens this one too.',
  fix: { text: 'Name the audience or the clients in AllowedAudience or AllowedClients of the authorizer.' },
  when: (resource) => authorizerOf(resource) !== undefined,
  requires: (resource) => {
    const authorizer = authorizerOf(resource)
    return holds(authorizer?.AllowedAudience) || holds(authorizer?.AllowedClients) || holds(authorizer?.CustomClaims)
  },
  fails: [taking(issuer), taking({ ...issuer, AllowedAudience: [] })],
  passes: [taking({ ...issuer, AllowedAudience: ['helper'] }), taking({ ...issuer, AllowedClients: ['a1b2c3'] }), taking({ ...issuer, CustomClaims: [claim] })],
}))
