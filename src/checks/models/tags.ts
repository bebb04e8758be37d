import { isTagged } from '../families/tagged.ts'
import { ACCOUNT, REGION } from '../families/examples.ts'
import { IMAGE, ROLE } from '../families/values.ts'

const open = { NetworkConfiguration: { NetworkMode: 'PUBLIC' as const } }

export default [
  isTagged('frauddetector-untagged', 'AWS::FraudDetector::EntityType', 'entity type', { Name: 'customer' }, ['securityhub:FraudDetector.1', 'config:frauddetector-entity-type-tagged']),
  isTagged('frauddetector-untagged', 'AWS::FraudDetector::Label', 'label', { Name: 'fraud' }, ['securityhub:FraudDetector.2', 'config:frauddetector-label-tagged']),
  isTagged('frauddetector-untagged', 'AWS::FraudDetector::Outcome', 'outcome', { Name: 'review' }, ['securityhub:FraudDetector.3', 'config:frauddetector-outcome-tagged']),
  isTagged('frauddetector-untagged', 'AWS::FraudDetector::Variable', 'variable', { Name: 'amount', DataType: 'FLOAT', DataSource: 'EVENT', DefaultValue: '0' },
    ['securityhub:FraudDetector.4', 'config:frauddetector-variable-tagged']),
  isTagged('healthlake-untagged', 'AWS::HealthLake::FHIRDatastore', 'data store', { DatastoreTypeVersion: 'R4' }, ['cloudsploit:dataStoreHasTags']),
  isTagged('glue-ml-transform-untagged', 'AWS::Glue::MLTransform', 'machine learning transform', {
    Role: ROLE, InputRecordTables: { GlueTables: [{ DatabaseName: 'crm', TableName: 'customers' }] }, TransformParameters: { TransformType: 'FIND_MATCHES' },
  }, ['config:glue-ml-transform-tagged']),
  isTagged('bedrock-custom-model-untagged', 'AWS::Bedrock::CustomModel', 'custom model', { ModelName: 'support' }, ['cloudsploit:customModelHasTags', 'awsaiml:FS-13']),
  isTagged('bedrock-inference-profile-ungoverned', 'AWS::Bedrock::ApplicationInferenceProfile', 'inference profile', {
    InferenceProfileName: 'support', ModelSource: { CopyFrom: `arn:aws:bedrock:${REGION}:${ACCOUNT}:inference-profile/us.amazon.nova-lite-v1:0` },
  }, ['conformancepack:aiml-bedrock-profile-tags']),
  isTagged('agentcore-untagged', 'AWS::BedrockAgentCore::Runtime', 'agent runtime',
    { AgentRuntimeName: 'support', RoleArn: ROLE, AgentRuntimeArtifact: { ContainerConfiguration: { ContainerUri: IMAGE } }, ...open }),
  isTagged('agentcore-untagged', 'AWS::BedrockAgentCore::Gateway', 'gateway', { Name: 'tools', AuthorizerType: 'AWS_IAM', RoleArn: ROLE, ProtocolType: 'MCP' }),
  isTagged('agentcore-untagged', 'AWS::BedrockAgentCore::Memory', 'memory', { Name: 'support', EventExpiryDuration: 30 }),
  isTagged('agentcore-untagged', 'AWS::BedrockAgentCore::BrowserCustom', 'browser', { Name: 'shopper', ...open }),
  isTagged('agentcore-untagged', 'AWS::BedrockAgentCore::CodeInterpreterCustom', 'code interpreter', { Name: 'analyst', ...open }),
]
