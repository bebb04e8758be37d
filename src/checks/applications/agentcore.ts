import { none, some } from '../../core/unknown.ts'
import { defineCheck } from '../check.ts'
import { everything, oneBucket, role, roleArn } from '../families/examples.ts'
import { roleNamed } from '../families/role-power.ts'
import { administers, identityArn, passesAnyRole, usesAnyBucket } from '../families/roles.ts'
import { IMAGE, ROLE } from '../families/values.ts'

const runtime = { AgentRuntimeName: 'helper', RoleArn: ROLE, AgentRuntimeArtifact: { ContainerConfiguration: { ContainerUri: IMAGE } } }
const gateway = { Name: 'tools', GatewayIdentifier: 'tools-1', RoleArn: ROLE, AuthorizerType: 'AWS_IAM' as const }
const browser = { Name: 'web', NetworkConfiguration: { NetworkMode: 'PUBLIC' as const } }
const harness = { HarnessName: 'helper', ExecutionRoleArn: ROLE, Model: { BedrockModelConfig: { ModelId: 'amazon.nova-pro-v1:0' } } }
const bounded = { ...harness, AllowedTools: ['search'], MaxIterations: 20, MaxTokens: 8000 }
const purse = { Name: 'purse', AuthorizerType: 'AWS_IAM' as const, RoleArn: roleArn('purse') }
const day = 28_800

/** Headers that carry a credential of the user. */
const credentialHeader = /^(?:authorization|cookie|x-api-key|x-amz-security-token)$/i

export default [
  defineCheck({
    id: 'agentcore-browser-no-recording',
    title: 'Browser sessions of the agent are not recorded',
    risk: 'misconfigured-pipeline', severity: 'medium', on: 'AWS::BedrockAgentCore::BrowserCustom',
    why: 'After an abuse nobody can see which pages the agent saw and what it did there.',
    fix: { text: 'Enable RecordingConfig with a bucket of your own.' },
    also: ['securityhub:BedrockAgentCore.6', 'config:bedrockagentcore-browsercustom-recording-enabled', 'awsaiml:AC-06'],
    requires: ({ RecordingConfig }) => RecordingConfig?.Enabled === true,
    fails: [browser, { ...browser, RecordingConfig: { Enabled: false } }],
    passes: [{ ...browser, RecordingConfig: { Enabled: true, S3Location: { Bucket: 'recordings', Prefix: 'web' } } }],
  }),
  defineCheck({
    id: 'agentcore-browser-no-enterprise-policy',
    title: 'Browser of the agent has no enterprise policy',
    risk: 'model-misuse', severity: 'low', on: 'AWS::BedrockAgentCore::BrowserCustom',
    why: 'The agent may open any address, download files and fill any form.',
    fix: { text: 'Add a managed policy with an allow list of addresses in EnterprisePolicies.' },
    requires: ({ EnterprisePolicies }) => some(EnterprisePolicies, ({ Type }) => Type === 'MANAGED'),
    fails: [browser],
    passes: [{ ...browser, EnterprisePolicies: [{ Type: 'MANAGED', Location: { Bucket: 'policies', Prefix: 'browser.json' } }] }],
  }),
  defineCheck({
    id: 'agentcore-harness-unbounded',
    title: 'Agent harness has no bounds',
    risk: 'model-misuse', severity: 'high', on: 'AWS::BedrockAgentCore::Harness',
    why: 'A prompt that turns the agent can use every tool and go on at your cost.',
    fix: { text: 'Name the tools in AllowedTools, and set MaxIterations and MaxTokens.' },
    requires: ({ AllowedTools, MaxIterations, MaxTokens }) => AllowedTools !== undefined && none(AllowedTools, (tool) => tool === '*') &&
      MaxIterations !== undefined && MaxTokens !== undefined,
    fails: [harness, { ...bounded, AllowedTools: ['*'] }, { ...bounded, MaxTokens: undefined }],
    passes: [bounded],
  }),
  defineCheck({
    id: 'agentcore-payment-unlimited',
    title: 'Role of agent payments can do too much',
    risk: 'model-misuse', severity: 'high', on: 'AWS::BedrockAgentCore::PaymentManager',
    why: 'A prompt that turns a paying agent reaches beyond its purse.',
    fix: { text: 'Give the payment manager a role that names its credential provider, and nothing else.' },
    when: ({ RoleArn }, estate) => roleNamed(estate, RoleArn) !== undefined,
    requires: ({ RoleArn }, estate) => {
      const found = roleNamed(estate, RoleArn)
      return found === undefined || none([administers, passesAnyRole, usesAnyBucket], (power) => power(estate, identityArn(found)))
    },
    fails: [{ ...purse, given: [role('purse', 'bedrock-agentcore.amazonaws.com', everything)] }],
    passes: [{ ...purse, given: [role('purse', 'bedrock-agentcore.amazonaws.com', oneBucket)] }],
  }),
  defineCheck({
    id: 'agentcore-runtime-no-jwt-authorizer',
    title: 'Agent runtime does not know its users',
    risk: 'misconfigured-pipeline', severity: 'medium', on: 'AWS::BedrockAgentCore::Runtime',
    why: 'Whoever may call it says whose session it is, so one user can go on in another\'s.',
    fix: { text: 'Add a CustomJWTAuthorizer, unless only your own backend calls the runtime.' },
    also: ['awsaiml:FS-66'],
    requires: ({ AuthorizerConfiguration }) => AuthorizerConfiguration?.CustomJWTAuthorizer !== undefined,
    fails: [runtime],
    passes: [{
      ...runtime,
      AuthorizerConfiguration: { CustomJWTAuthorizer: { DiscoveryUrl: 'https://login.example.com/.well-known/openid-configuration', AllowedAudience: ['helper'] } },
    }],
  }),
  defineCheck({
    id: 'agentcore-runtime-forwards-authorization',
    title: 'Users\' credentials reach the code of the agent',
    risk: 'misconfigured-pipeline', severity: 'medium', on: 'AWS::BedrockAgentCore::Runtime',
    why: 'A prompt that turns the agent, or a package in it, can act as the user elsewhere.',
    fix: { text: 'Take Authorization and other credential headers out of RequestHeaderAllowlist; let AgentCore identity get tokens for tools.' },
    requires: ({ RequestHeaderConfiguration }) => none(RequestHeaderConfiguration?.RequestHeaderAllowlist, (header) => credentialHeader.test(header)),
    fails: [{ ...runtime, RequestHeaderConfiguration: { RequestHeaderAllowlist: ['Authorization'] } }],
    passes: [runtime, { ...runtime, RequestHeaderConfiguration: { RequestHeaderAllowlist: ['X-Amzn-Bedrock-AgentCore-Runtime-Custom-Team'] } }],
  }),
  defineCheck({
    id: 'agentcore-runtime-session-lifetime',
    title: 'Sessions of the agent runtime live for long',
    risk: 'misconfigured-pipeline', severity: 'low', on: 'AWS::BedrockAgentCore::Runtime',
    why: 'What a prompt planted in a session stays with it.',
    fix: { text: 'Set LifecycleConfiguration.MaxLifetime to eight hours or less and IdleRuntimeSessionTimeout to an hour or less.' },
    requires: ({ LifecycleConfiguration }) => (LifecycleConfiguration?.MaxLifetime ?? 0) <= day && (LifecycleConfiguration?.IdleRuntimeSessionTimeout ?? 0) <= 3600,
    fails: [{ ...runtime, LifecycleConfiguration: { MaxLifetime: 1_209_600 } }, { ...runtime, LifecycleConfiguration: { IdleRuntimeSessionTimeout: 28_800 } }],
    passes: [runtime, { ...runtime, LifecycleConfiguration: { MaxLifetime: 3600, IdleRuntimeSessionTimeout: 900 } }],
  }),
  defineCheck({
    id: 'agentcore-gateway-debug-errors',
    title: 'Gateway tells callers its inner errors',
    risk: 'misconfigured-pipeline', severity: 'medium', on: 'AWS::BedrockAgentCore::Gateway',
    why: 'Errors name the functions, roles and addresses behind the tools.',
    fix: { text: 'Remove ExceptionLevel.' },
    also: ['awsaiml:AG-26'],
    requires: ({ ExceptionLevel }) => ExceptionLevel !== 'DEBUG',
    fails: [{ ...gateway, ExceptionLevel: 'DEBUG' }],
    passes: [gateway],
  }),
  defineCheck({
    id: 'agentcore-gateway-no-waf',
    title: 'No firewall stands before the gateway, or it opens when it fails',
    risk: 'misconfigured-pipeline', severity: 'medium', on: 'AWS::BedrockAgentCore::Gateway',
    why: 'Floods and known attacks reach the tools.',
    fix: { text: 'Associate a web ACL with the gateway and set WafConfiguration.FailureMode to FAIL_CLOSE.' },
    also: ['awsaiml:AG-27'],
    requires: ({ WafConfiguration, WebAclArn, GatewayArn }, estate) => WafConfiguration?.FailureMode !== 'FAIL_OPEN' && (WebAclArn !== undefined ||
      some(estate.all('AWS::WAFv2::WebACLAssociation'), ({ properties }) => properties.ResourceArn === (GatewayArn ?? estate.self.arn ?? estate.self.id))),
    fails: [gateway, { ...gateway, WebAclArn: 'arn:aws:wafv2:us-east-1:111122223333:regional/webacl/tools/1', WafConfiguration: { FailureMode: 'FAIL_OPEN' } }],
    passes: [{ ...gateway, WebAclArn: 'arn:aws:wafv2:us-east-1:111122223333:regional/webacl/tools/1', WafConfiguration: { FailureMode: 'FAIL_CLOSE' } }],
  }),
  defineCheck({
    id: 'agentcore-gateway-no-rate-limit',
    title: 'Gateway has no rate limit',
    risk: 'misconfigured-pipeline', severity: 'medium', on: 'AWS::BedrockAgentCore::Gateway',
    why: 'One caller, or one agent in a loop, can use up the tools and your budget.',
    fix: { text: 'Add a gateway rate limit on requests.' },
    requires: ({ GatewayIdentifier }, estate) => some(estate.all('AWS::BedrockAgentCore::GatewayRateLimit'), ({ properties }) =>
      properties.GatewayIdentifier !== undefined && (properties.GatewayIdentifier === GatewayIdentifier || properties.GatewayIdentifier === estate.self.id)),
    fails: [gateway],
    passes: [{
      ...gateway,
      given: [{
        type: 'AWS::BedrockAgentCore::GatewayRateLimit',
        properties: { GatewayIdentifier: 'tools-1', RateLimitId: 'r1', DimensionKeys: ['caller'], Entries: [{ Dimensions: {}, Requests: [{ Period: 'minute', Rate: 60 }] }] },
      }],
    }],
  }),
]
