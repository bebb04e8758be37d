import { every, none, some } from '../../core/unknown.ts'
import { defineCheck } from '../check.ts'
import { securityGroup } from '../families/examples.ts'
import { noneOpen } from '../families/network.ts'
import { IMAGE, ROLE } from '../families/values.ts'

const runtime = { AgentRuntimeName: 'helper', RoleArn: ROLE, AgentRuntimeArtifact: { ContainerConfiguration: { ContainerUri: IMAGE } } }
const placed = { SecurityGroups: ['sg-1'], Subnets: ['subnet-1'] }
const gateway = { Name: 'tools', RoleArn: ROLE, AuthorizerType: 'AWS_IAM' as const }
const engine = 'arn:aws:bedrock-agentcore:us-east-1:111122223333:policy-engine/rules'
const anywhere = { IpProtocol: '-1', CidrIp: '0.0.0.0/0' }
const inside = { ...anywhere, CidrIp: '10.0.0.0/8' }
const lambdaTarget = { Mcp: { Lambda: { LambdaArn: 'arn:aws:lambda:us-east-1:111122223333:function:tool', ToolSchema: { InlinePayload: [] } } } }
const serverTarget = (Endpoint: string) => ({ TargetConfiguration: { Mcp: { McpServer: { Endpoint } } } })
const signed = { CredentialProviderConfigurations: [{ CredentialProviderType: 'GATEWAY_IAM_ROLE' as const }] }
const apiKey = (CredentialLocation: 'HEADER' | 'QUERY_PARAMETER') => ({
  CredentialProviderConfigurations: [{
    CredentialProviderType: 'API_KEY' as const,
    CredentialProvider: { ApiKeyCredentialProvider: { CredentialLocation, ProviderArn: 'arn:aws:bedrock-agentcore:us-east-1:111122223333:token-vault/default/apikeycredentialprovider/crm' } },
  }],
})
const cedar = (Statement: string) => ({ Name: 'rule', PolicyEngineId: 'rules-1', Definition: { Cedar: { Statement } } })
const open = 'permit(principal, action, resource);'
const closed = 'permit(principal is AgentCore::OAuthUser, action == AgentCore::Action::"crm___read", resource) when { principal.hasTag("role") };'

/** Whether a Cedar policy permits anyone to do anything, with no condition. */
const permitsAll = (statement: string): boolean =>
  /permit\s*\(\s*principal\s*(?:is\s+[\w:]+\s*)?,\s*action\s*,\s*resource\s*(?:is\s+[\w:]+\s*)?\)\s*;/.test(statement.slice(0, 20_000))

export default [
  defineCheck({
    id: 'agentcore-runtime-public-network',
    title: 'Agent runtime talks to the whole internet',
    risk: 'insecure-api', severity: 'high', on: 'AWS::BedrockAgentCore::Runtime',
    why: 'An agent that was tricked can send what it knows anywhere.',
    fix: { text: 'Set NetworkMode to VPC with private subnets, and let out only what the agent\'s tools need.' },
    also: [
      'securityhub:BedrockAgentCore.1', 'config:bedrockagentcore-runtime-private-network-required', 'awsaiml:AC-01',
      'conformancepack:aiml-bedrock-runtime-vpc', 'awsaiml:AG-15',
    ],
    requires: (resource) => resource.NetworkConfiguration?.NetworkMode === 'VPC',
    fails: [runtime, { ...runtime, NetworkConfiguration: { NetworkMode: 'PUBLIC' } }],
    passes: [{ ...runtime, NetworkConfiguration: { NetworkMode: 'VPC', NetworkModeConfig: placed } }],
  }),
  defineCheck({
    id: 'agentcore-browser-public-network',
    title: 'Browser of an agent reaches the whole internet',
    risk: 'insecure-api', severity: 'medium', on: 'AWS::BedrockAgentCore::BrowserCustom',
    why: 'Any page can instruct the agent, and anything it sees can be sent anywhere.',
    fix: { text: 'Set NetworkMode to VPC and let the browser out through a proxy with an allow list.' },
    also: [
      'securityhub:BedrockAgentCore.5', 'config:bedrockagentcore-browsercustom-network-mode-not-public',
      'conformancepack:aiml-bedrock-browser-vpc',
    ],
    requires: (resource) => resource.NetworkConfiguration.NetworkMode !== 'PUBLIC',
    fails: [{ Name: 'web', NetworkConfiguration: { NetworkMode: 'PUBLIC' } }],
    passes: [{ Name: 'web', NetworkConfiguration: { NetworkMode: 'VPC', VpcConfig: placed } }],
  }),
  defineCheck({
    id: 'agentcore-code-interpreter-network',
    title: 'Code interpreter reaches the whole internet',
    risk: 'insecure-api', severity: 'high', on: 'AWS::BedrockAgentCore::CodeInterpreterCustom',
    why: 'Code that a prompt made the agent run can load more code and send data anywhere.',
    fix: { text: 'Set NetworkMode to SANDBOX, or to VPC with private subnets; this needs a new interpreter.' },
    also: ['securityhub:BedrockAgentCore.7', 'config:bedrockagentcore-codeinterpreter-networkmode-check'],
    requires: (resource) => resource.NetworkConfiguration.NetworkMode !== 'PUBLIC',
    fails: [{ Name: 'python', NetworkConfiguration: { NetworkMode: 'PUBLIC' } }],
    passes: [{ Name: 'python', NetworkConfiguration: { NetworkMode: 'SANDBOX' } }, { Name: 'python', NetworkConfiguration: { NetworkMode: 'VPC', VpcConfig: placed } }],
  }),
  defineCheck({
    id: 'agentcore-runtime-sg-open',
    title: 'Security group of the agent runtime lets every address in',
    risk: 'insecure-api', severity: 'medium', on: 'AWS::BedrockAgentCore::Runtime',
    why: 'Whatever the agent listens on can be reached by anyone with a route to it.',
    fix: { text: 'Remove the inbound rules: a runtime is called through AgentCore and needs none.' },
    also: ['conformancepack:aiml-bedrock-runtime-security-groups', 'conformancepack:aiml-bedrock-browser-sg'],
    when: (resource) => resource.NetworkConfiguration?.NetworkModeConfig !== undefined,
    requires: (resource, estate) => noneOpen(estate, resource.NetworkConfiguration?.NetworkModeConfig?.SecurityGroups),
    fails: [{ ...runtime, NetworkConfiguration: { NetworkMode: 'VPC', NetworkModeConfig: placed }, given: [securityGroup('sg-1', anywhere)] }],
    passes: [{ ...runtime, NetworkConfiguration: { NetworkMode: 'VPC', NetworkModeConfig: placed }, given: [securityGroup('sg-1', inside)] }],
  }),
  ...(['AWS::BedrockAgentCore::BrowserCustom', 'AWS::BedrockAgentCore::CodeInterpreterCustom'] as const).map((on) => defineCheck<typeof on>({
    id: 'agentcore-runtime-sg-open',
    title: 'Security group of the agent\'s tool lets every address in',
    risk: 'insecure-api', severity: 'medium', on,
    why: 'Whatever listens in the tool can be reached by anyone with a route to it.',
    fix: { text: 'Remove the inbound rules: the tool is called through AgentCore and needs none.' },
    also: ['conformancepack:aiml-bedrock-runtime-security-groups', 'conformancepack:aiml-bedrock-browser-sg'],
    when: (resource) => resource.NetworkConfiguration.VpcConfig !== undefined,
    requires: (resource, estate) => noneOpen(estate, resource.NetworkConfiguration.VpcConfig?.SecurityGroups),
    fails: [{ Name: 'tool', NetworkConfiguration: { NetworkMode: 'VPC', VpcConfig: placed }, given: [securityGroup('sg-1', anywhere)] }],
    passes: [{ Name: 'tool', NetworkConfiguration: { NetworkMode: 'VPC', VpcConfig: placed }, given: [securityGroup('sg-1', inside)] }],
  })),
  defineCheck({
    id: 'agentcore-gateway-no-authorizer',
    title: 'Gateway asks nobody who they are',
    risk: 'insecure-api', severity: 'critical', on: 'AWS::BedrockAgentCore::Gateway',
    why: 'Anyone on the internet, or anyone signed in anywhere, can use every tool behind it.',
    fix: { text: 'Set AuthorizerType to AWS_IAM or CUSTOM_JWT; with AUTHENTICATE_ONLY attach a policy engine that enforces.' },
    also: [
      'securityhub:BedrockAgentCore.2', 'config:bedrockagentcore-gateway-authorizer-enabled', 'awsaiml:AG-24',
      'awsaiml:AC-13',
    ],
    requires: ({ AuthorizerType, PolicyEngineConfiguration }) => AuthorizerType !== 'NONE' &&
      (AuthorizerType !== 'AUTHENTICATE_ONLY' || PolicyEngineConfiguration?.Mode === 'ENFORCE'),
    fails: [{ ...gateway, AuthorizerType: 'NONE' }, { ...gateway, AuthorizerType: 'AUTHENTICATE_ONLY' }],
    passes: [gateway, { ...gateway, AuthorizerType: 'AUTHENTICATE_ONLY', PolicyEngineConfiguration: { Arn: engine, Mode: 'ENFORCE' } }],
  }),
  defineCheck({
    id: 'agentcore-gateway-policy-engine-not-enforced',
    title: 'No policy decides which tool a caller may use',
    risk: 'weak-iam', severity: 'high', on: 'AWS::BedrockAgentCore::Gateway',
    why: 'Every caller who gets past the gateway\'s door can use every tool behind it.',
    fix: { text: 'Attach a policy engine, watch it in LOG_ONLY, then set its mode to ENFORCE.' },
    also: ['awsaiml:AG-25', 'awsaiml:FS-08'],
    requires: ({ PolicyEngineConfiguration }) => PolicyEngineConfiguration?.Mode === 'ENFORCE',
    fails: [gateway, { ...gateway, PolicyEngineConfiguration: { Arn: engine, Mode: 'LOG_ONLY' } }],
    passes: [{ ...gateway, PolicyEngineConfiguration: { Arn: engine, Mode: 'ENFORCE' } }],
  }),
  defineCheck({
    id: 'agentcore-policy-permissive',
    title: 'Tool policy permits everything, or only logs',
    risk: 'weak-iam', severity: 'high', on: 'AWS::BedrockAgentCore::Policy',
    why: 'The policy engine is there and stops nobody.',
    fix: { text: 'Name the principals and actions in the permit, or add a when; set EnforcementMode to ACTIVE.' },
    requires: ({ EnforcementMode, Definition }) => EnforcementMode !== 'LOG_ONLY' &&
      none([Definition.Cedar?.Statement, Definition.Policy?.Statement], (statement) => statement !== undefined && permitsAll(statement)),
    fails: [cedar(open), { ...cedar(closed), EnforcementMode: 'LOG_ONLY' }],
    passes: [cedar(closed), { ...cedar(closed), EnforcementMode: 'ACTIVE' }],
  }),
  defineCheck({
    id: 'agentcore-target-public-egress',
    title: 'Gateway reaches a tool over plain HTTP',
    risk: 'insecure-api', severity: 'medium', on: 'AWS::BedrockAgentCore::GatewayTarget',
    why: 'Whoever stands on the way reads the tool\'s credentials and answers in its place.',
    fix: { text: 'Give the tool an https endpoint, and a private one where it is yours.' },
    when: ({ TargetConfiguration }) => TargetConfiguration.Mcp?.McpServer !== undefined || TargetConfiguration.Mcp?.OpenApiSchema?.InlinePayload !== undefined,
    requires: ({ TargetConfiguration: { Mcp } }) => !(Mcp?.McpServer?.Endpoint ?? '').startsWith('http://') &&
      !/"?url"?\s*:\s*["']?http:\/\//.test(Mcp?.OpenApiSchema?.InlinePayload ?? ''),
    fails: [serverTarget('http://tools.example.com/mcp'), { TargetConfiguration: { Mcp: { OpenApiSchema: { InlinePayload: '{"servers":[{"url":"http://api.example.com"}]}' } } } }],
    passes: [serverTarget('https://tools.example.com/mcp')],
  }),
  defineCheck({
    id: 'agentcore-target-weak-outbound-auth',
    title: 'Gateway calls a tool with weak credentials',
    risk: 'weak-iam', severity: 'medium', on: 'AWS::BedrockAgentCore::GatewayTarget',
    why: 'The tool cannot tell the gateway from anyone else, or it gets the caller\'s own credentials or a key that logs keep.',
    fix: { text: 'Use GATEWAY_IAM_ROLE or OAUTH; send an API key in a header, never in the query.' },
    requires: ({ TargetConfiguration, CredentialProviderConfigurations = [] }) =>
      (TargetConfiguration.Mcp?.Lambda !== undefined || CredentialProviderConfigurations.length > 0) &&
      every(CredentialProviderConfigurations, ({ CredentialProviderType, CredentialProvider }) =>
        CredentialProviderType !== 'JWT_PASSTHROUGH' && CredentialProviderType !== 'CALLER_IAM_CREDENTIALS' &&
        CredentialProvider?.ApiKeyCredentialProvider?.CredentialLocation !== 'QUERY_PARAMETER'),
    fails: [
      serverTarget('https://tools.example.com/mcp'),
      { ...serverTarget('https://tools.example.com/mcp'), CredentialProviderConfigurations: [{ CredentialProviderType: 'JWT_PASSTHROUGH' }] },
      { ...serverTarget('https://tools.example.com/mcp'), ...apiKey('QUERY_PARAMETER') },
    ],
    passes: [{ TargetConfiguration: lambdaTarget, ...signed }, { ...serverTarget('https://tools.example.com/mcp'), ...apiKey('HEADER') }],
  }),
  defineCheck({
    id: 'agentcore-workload-identity-return-urls',
    title: 'Tokens of the agent may be returned to an unsafe address',
    risk: 'insecure-api', severity: 'high', on: 'AWS::BedrockAgentCore::WorkloadIdentity',
    why: 'Whoever answers at that address receives the authorisation that a user gave the agent.',
    fix: { text: 'List only https addresses of your own application, with no wildcard and no localhost.' },
    when: ({ AllowedResourceOauth2ReturnUrls }) => AllowedResourceOauth2ReturnUrls !== undefined,
    requires: ({ AllowedResourceOauth2ReturnUrls }) => every(AllowedResourceOauth2ReturnUrls, (url) =>
      url.startsWith('https://') && !url.includes('*') && !/^https:\/\/(?:localhost|127\.|\[::1\])/.test(url)),
    fails: [
      { Name: 'helper', AllowedResourceOauth2ReturnUrls: ['http://app.example.com/callback'] },
      { Name: 'helper', AllowedResourceOauth2ReturnUrls: ['https://localhost:8081/callback'] },
      { Name: 'helper', AllowedResourceOauth2ReturnUrls: ['https://*.example.com/callback'] },
    ],
    passes: [{ Name: 'helper', AllowedResourceOauth2ReturnUrls: ['https://app.example.com/callback'] }],
  }),
  defineCheck({
    id: 'agentcore-credential-provider-inline-secret',
    title: 'API key of a tool is written in the template',
    risk: 'weak-iam', severity: 'medium', on: 'AWS::BedrockAgentCore::ApiKeyCredentialProvider',
    why: 'Everyone who may read the template, its history or the stack can use the key.',
    fix: { text: 'Keep the key in Secrets Manager and name it in ApiKeySecretConfig with ApiKeySecretSource EXTERNAL.' },
    requires: ({ ApiKey }) => ApiKey === undefined || ApiKey.startsWith('{{resolve:'),
    fails: [{ Name: 'crm', ApiKey: 'example-key' }],
    passes: [{ Name: 'crm', ApiKeySecretSource: 'EXTERNAL' }, { Name: 'crm', ApiKey: '{{resolve:secretsmanager:crm:SecretString:key}}' }],
  }),
  defineCheck({
    id: 'agentcore-credential-provider-inline-secret',
    title: 'Client secret of a tool is written in the template',
    risk: 'weak-iam', severity: 'medium', on: 'AWS::BedrockAgentCore::OAuth2CredentialProvider',
    why: 'Everyone who may read the template, its history or the stack can act as the agent\'s OAuth client.',
    fix: { text: 'Keep the secret in Secrets Manager and set ClientSecretSource to EXTERNAL.' },
    requires: ({ Oauth2ProviderConfigInput }) => !some(Object.values(Oauth2ProviderConfigInput ?? {}), (config: { readonly ClientSecret?: string }) =>
      config.ClientSecret !== undefined && !config.ClientSecret.startsWith('{{resolve:')),
    fails: [{ Name: 'git', CredentialProviderVendor: 'GithubOauth2', Oauth2ProviderConfigInput: { GithubOauth2ProviderConfig: { ClientId: 'a1', ClientSecret: 'example-secret' } } }],
    passes: [{ Name: 'git', CredentialProviderVendor: 'GithubOauth2', Oauth2ProviderConfigInput: { GithubOauth2ProviderConfig: { ClientId: 'a1' } } }],
  }),
]
