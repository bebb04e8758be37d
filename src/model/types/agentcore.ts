import { describeType } from '../describe.ts'

const service = 'Bedrock AgentCore'

export default [
  describeType('AWS::BedrockAgentCore::Runtime', { label: 'agent runtime', service, asset: 'applications', stage: 'use' }, (add) => {
    add('runs code', 'AgentRuntimeArtifact/CodeConfiguration/Code/S3', 'storage')
  }),
  describeType('AWS::BedrockAgentCore::RuntimeEndpoint', { label: 'agent runtime endpoint', service, asset: 'applications', stage: 'use' }, (add) => add('part of', 'AgentRuntimeId', 'AWS::BedrockAgentCore::Runtime')),
  describeType('AWS::BedrockAgentCore::Harness', { label: 'agent harness', service, asset: 'applications', stage: 'use' }, (add) => {
    add('invokes', 'Model/BedrockModelConfig/ModelId', 'model')
    add('calls', 'Tools/*/Config/AgentCoreGateway/GatewayArn', 'AWS::BedrockAgentCore::Gateway')
    add('calls', 'Tools/*/Config/AgentCoreCodeInterpreter/CodeInterpreterArn', 'AWS::BedrockAgentCore::CodeInterpreterCustom')
    add('calls', 'Tools/*/Config/AgentCoreBrowser/BrowserArn', 'AWS::BedrockAgentCore::BrowserCustom')
    add('stores in', 'Memory/AgentCoreMemoryConfiguration/Arn', 'AWS::BedrockAgentCore::Memory')
    add('hosted on', 'Environment/AgentCoreRuntimeEnvironment/AgentRuntimeArn', 'AWS::BedrockAgentCore::Runtime')
  }),
  describeType('AWS::BedrockAgentCore::Gateway', { label: 'agent gateway', service, asset: 'applications', stage: 'use' }, (add) => {
    add('guarded by', 'PolicyEngineConfiguration/Arn', 'AWS::BedrockAgentCore::PolicyEngine')
    add('calls', 'InterceptorConfigurations/*/Interceptor/Lambda/Arn', 'AWS::Lambda::Function')
  }),
  describeType('AWS::BedrockAgentCore::GatewayTarget', { label: 'gateway target', service, asset: 'applications', stage: 'use' }, (add) => {
    add('part of', 'GatewayIdentifier', 'AWS::BedrockAgentCore::Gateway')
    add('calls', 'TargetConfiguration/Mcp/Lambda/LambdaArn', 'AWS::Lambda::Function')
    add('calls', 'TargetConfiguration/Http/AgentcoreRuntime/Arn', 'AWS::BedrockAgentCore::Runtime')
    add('runs code', 'TargetConfiguration/Mcp/OpenApiSchema/S3/Uri', 'storage')
    add('runs code', 'TargetConfiguration/Mcp/SmithyModel/S3/Uri', 'storage')
  }),
  describeType('AWS::BedrockAgentCore::Memory', { label: 'agent memory', service, asset: 'data', stage: 'data' }),
  describeType('AWS::BedrockAgentCore::CodeInterpreterCustom', { label: 'code interpreter', service, asset: 'applications' }),
  describeType('AWS::BedrockAgentCore::BrowserCustom', { label: 'agent browser', service, asset: 'applications' }),
  describeType('AWS::BedrockAgentCore::WorkloadIdentity', { label: 'workload identity', service, asset: 'access' }),
  describeType('AWS::BedrockAgentCore::ApiKeyCredentialProvider', { label: 'API key provider', service, asset: 'access' }),
  describeType('AWS::BedrockAgentCore::OAuth2CredentialProvider', { label: 'OAuth provider', service, asset: 'access' }),
  describeType('AWS::BedrockAgentCore::TokenVault', { label: 'token vault', service, asset: 'access' }),
  describeType('AWS::BedrockAgentCore::PolicyEngine', { label: 'policy engine', service, asset: 'access' }),
  describeType('AWS::BedrockAgentCore::Policy', { label: 'policy', service, asset: 'access' }, (add) => add('part of', 'PolicyEngineId', 'AWS::BedrockAgentCore::PolicyEngine')),
  describeType('AWS::BedrockAgentCore::Evaluator', { label: 'evaluator', service, asset: 'models' }),
  describeType('AWS::BedrockAgentCore::OnlineEvaluationConfig', { label: 'online evaluation', service, asset: 'models' }),
  describeType('AWS::BedrockAgentCore::BrowserProfile', { label: 'browser profile', service, asset: 'applications' }),
  describeType('AWS::BedrockAgentCore::ConfigurationBundle', { label: 'configuration bundle', service, asset: 'applications' }),
  describeType('AWS::BedrockAgentCore::Dataset', { label: 'dataset', service, asset: 'data', stage: 'data' }),
  describeType('AWS::BedrockAgentCore::HarnessEndpoint', { label: 'agent harness endpoint', service, asset: 'applications', stage: 'use' }),
  describeType('AWS::BedrockAgentCore::PaymentManager', { label: 'payment manager', service, asset: 'access' }),
  describeType('AWS::BedrockAgentCore::PaymentConnector', { label: 'payment connector', service, asset: 'access' }),
  describeType('AWS::BedrockAgentCore::PaymentCredentialProvider', { label: 'payment credential provider', service, asset: 'access' }),
  describeType('AWS::BedrockAgentCore::ConsentPortal', { label: 'consent portal', service, asset: 'access' }),
  describeType('AWS::BedrockAgentCore::CapacityProvider', { label: 'capacity provider', service, asset: 'applications' }),
]
