import { some } from '../../core/unknown.ts'
import { customerKey } from '../families/customer-key.ts'
import { ROLE } from '../families/values.ts'

const vault = 'arn:aws:bedrock-agentcore:us-east-1:111122223333:token-vault/default'
const holders = ['AWS::BedrockAgentCore::ApiKeyCredentialProvider', 'AWS::BedrockAgentCore::OAuth2CredentialProvider'] as const
const messages = { BlockedInputMessaging: 'No.', BlockedOutputsMessaging: 'No.' }

export default [
  customerKey('bedrock-custom-model-no-cmk', 'AWS::Bedrock::CustomModel', 'custom model', 'ModelKmsKeyArn',
    { ModelName: 'support', ModelArn: 'arn:aws:bedrock:us-east-1:111122223333:custom-model/amazon.nova-lite-v1:0/abcdef123456' }, { severity: 'high', also: [
      'prowler:bedrock_custom_model_encrypted_with_cmk', 'cloudsploit:customModelEncryptionEnabled',
      'awsaiml:BR-11', 'awsaiml:BR-17'
    ] }),
  customerKey('bedrock-imported-model-no-cmk', 'AWS::Bedrock::ImportedModel', 'imported model', 'ModelKmsKeyArn',
    { ModelName: 'support', ModelArn: 'arn:aws:bedrock:us-east-1:111122223333:imported-model/abcdef123456' }, { severity: 'high', also: ['awsaiml:BR-30'] }),
  customerKey('bedrock-batch-output-no-cmk', 'AWS::Bedrock::ModelInvocationJob', 'answers of the batch', 'OutputDataConfig/S3OutputDataConfig/S3EncryptionKeyId',
    { JobName: 'summaries', OutputDataConfig: { S3OutputDataConfig: { S3Uri: 's3://answers/summaries' } } }, { job: true, also: ['awsaiml:BR-31'] }),
  customerKey('bedrock-evaluation-no-cmk', 'AWS::Bedrock::EvaluationJob', 'evaluation', 'CustomerEncryptionKeyId',
    { JobName: 'support', RoleArn: ROLE, OutputDataConfig: { S3Uri: 's3://evaluations/support' } }, { job: true }),
  customerKey('bedrock-session-no-cmk', 'AWS::Bedrock::Session', 'session', 'EncryptionKeyArn', {}, { severity: 'low' }),
  customerKey('bedrock-guardrail-no-cmk', 'AWS::Bedrock::Guardrail', 'guardrail', 'KmsKeyArn', { Name: 'support', ...messages }),
  customerKey('bedrock-guardrail-no-cmk', 'AWS::Bedrock::AutomatedReasoningPolicy', 'automated reasoning policy', 'KmsKeyId', { Name: 'refunds' }),
  customerKey('bedrock-agent-no-cmk', 'AWS::Bedrock::Agent', 'agent and its sessions', 'CustomerEncryptionKeyArn', { AgentName: 'support' }, { also: ['checkov:CKV_AWS_373'] }),
  customerKey('bedrock-flow-no-cmk', 'AWS::Bedrock::Flow', 'flow', 'CustomerEncryptionKeyArn', { Name: 'support', ExecutionRoleArn: ROLE }),
  customerKey('bedrock-prompt-no-cmk', 'AWS::Bedrock::Prompt', 'prompt', 'CustomerEncryptionKeyArn', { Name: 'support' }, { severity: 'low', also: ['prowler:bedrock_prompt_encrypted_with_cmk'] }),
  customerKey('bedrock-kb-datasource-no-cmk', 'AWS::Bedrock::DataSource', 'documents while they are ingested', 'ServerSideEncryptionConfiguration/KmsKeyArn',
    { Name: 'handbook', KnowledgeBaseId: 'KB12345678', DataSourceConfiguration: { Type: 'S3', S3Configuration: { BucketArn: 'arn:aws:s3:::handbook' } } },
    { also: ['prowler:bedrock_knowledge_base_encrypted_with_cmk', 'securityhub:Bedrock.1', 'awsaiml:BR-09'] }),
  customerKey('bedrock-kb-managed-no-cmk', 'AWS::Bedrock::KnowledgeBase', 'managed knowledge base',
    'KnowledgeBaseConfiguration/ManagedKnowledgeBaseConfiguration/ServerSideEncryptionConfiguration/KmsKeyArn',
    { Name: 'handbook', RoleArn: ROLE, KnowledgeBaseConfiguration: { Type: 'MANAGED', ManagedKnowledgeBaseConfiguration: { EmbeddingModelType: 'MANAGED' } } },
    { when: (base) => base.KnowledgeBaseConfiguration.Type === 'MANAGED', also: ['awsaiml:BR-20'] }),
  customerKey('bedrock-bda-no-cmk', 'AWS::Bedrock::DataAutomationProject', 'data automation project', 'KmsKeyId', { ProjectName: 'invoices' }),
  customerKey('bedrock-bda-no-cmk', 'AWS::Bedrock::Blueprint', 'blueprint', 'KmsKeyId', { BlueprintName: 'invoice', Type: 'DOCUMENT', Schema: {} }),
  customerKey('agentcore-policy-engine-no-cmk', 'AWS::BedrockAgentCore::PolicyEngine', 'policy engine', 'EncryptionKeyArn', { Name: 'refunds' }, { severity: 'low', also: [
    'awsaiml:AC-11', 'awsaiml:AG-22'
  ] }),
  customerKey('agentcore-gateway-no-cmk', 'AWS::BedrockAgentCore::Gateway', 'gateway', 'KmsKeyArn',
    { Name: 'tools', AuthorizerType: 'AWS_IAM', ProtocolType: 'MCP', RoleArn: ROLE }, { also: [
      'securityhub:BedrockAgentCore.4', 'config:bedrockagentcore-gateway-encryption-enabled', 'awsaiml:AC-12',
      'awsaiml:AG-23'
    ] }),
  customerKey('agentcore-memory-no-cmk', 'AWS::BedrockAgentCore::Memory', 'memory of the agent', 'EncryptionKeyArn', { Name: 'support', EventExpiryDuration: 30 }, { also: [
    'securityhub:BedrockAgentCore.3', 'config:bedrock-agentcore-memory-encryption-enabled', 'awsaiml:AC-07',
    'awsaiml:AG-19'
  ] }),
  customerKey('agentcore-token-vault-no-cmk', 'AWS::BedrockAgentCore::TokenVault', 'vault of OAuth tokens and API keys', 'KmsConfiguration/KmsKeyArn',
    {
      TokenVaultId: 'default', KmsConfiguration: { KeyType: 'ServiceManagedKey' },
      given: [{ type: 'AWS::BedrockAgentCore::ApiKeyCredentialProvider', id: `${vault}/apikeycredentialprovider/search`, properties: { Name: 'search' } }],
    },
    {
      when: (_vault, estate) => some(holders, (type) => estate.all(type).length > 0),
    }),
]
