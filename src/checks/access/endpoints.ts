import { every, none, some } from '../../core/unknown.ts'
import type { EstateView } from '../../graph/view.ts'
import { defineCheck } from '../check.ts'
import { isAiFunction } from '../families/ai-callers.ts'
import { allow, policy, role, roleArn } from '../families/examples.ts'
import { conditionKeys, isAllow, listOf, speaksOf, speaksOfAll, statementsOf, trustsAnyone } from '../families/policy-text.ts'
import type { Statement } from '../families/policy-text.ts'
import { IMAGE, ROLE } from '../families/values.ts'

const MODEL = 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0'
const lambda = { FunctionName: 'answer', Role: roleArn('answer'), Code: { ZipFile: 'x' }, VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] } }
const caller = role('answer', 'lambda.amazonaws.com', allow('bedrock:InvokeModel', MODEL))
const subnet = { type: 'AWS::EC2::Subnet', properties: { SubnetId: 'subnet-1', VpcId: 'vpc-1' } } as const
const endpoint = (service: string, VpcId = 'vpc-1') =>
  ({ type: 'AWS::EC2::VPCEndpoint', properties: { VpcId, VpcEndpointType: 'Interface', ServiceName: `com.amazonaws.us-east-1.${service}` } } as const)
const domain = { AuthMode: 'SSO', DomainName: 'studio', DefaultUserSettings: { ExecutionRole: ROLE }, AppNetworkAccessType: 'VpcOnly', VpcId: 'vpc-1' } as const
const organization = { Id: 'o-a1b2c3d4e5', FeatureSet: 'ALL' } as const
const control = (Type: 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY', Action: string) => ({
  type: 'AWS::Organizations::Policy',
  properties: { Name: 'ai', Type, Content: policy({ Effect: 'Deny', Action, Resource: '*', Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-central-1'] } } }) },
} as const)
const bounded = {
  type: 'AWS::Organizations::Policy',
  properties: { Name: 'notebooks', Type: 'SERVICE_CONTROL_POLICY', Content: policy({ Effect: 'Deny', Action: 'sagemaker:CreateNotebookInstance', Resource: '*', Condition: { StringEquals: { 'sagemaker:RootAccess': 'Enabled' } } }) },
} as const
const runtime = {
  AgentRuntimeName: 'helper', RoleArn: ROLE, AgentRuntimeArtifact: { ContainerConfiguration: { ContainerUri: IMAGE } },
  NetworkConfiguration: { NetworkMode: 'VPC' as const, NetworkModeConfig: { SecurityGroups: ['sg-1'], Subnets: ['subnet-1'] } },
}
const ours = policy({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } })

/** Services of AI that an endpoint can stand for. */
const forAi = /\.(?:bedrock[\w.-]*|sagemaker\.(?:api|runtime))$/

/** Whether a statement lets anyone do anything to anything. */
const isLimitless = (statement: Statement): boolean => isAllow(statement) && trustsAnyone(statement) && speaksOfAll(statement) &&
  statement.Condition === undefined && some(listOf(statement.Action), (action) => action === '*')

const hasEndpoint = (estate: EstateView, vpc: string | undefined, service: RegExp): boolean => vpc !== undefined &&
  some(estate.all('AWS::EC2::VPCEndpoint'), ({ properties }) => properties.VpcId === vpc && service.test(properties.ServiceName ?? ''))

const vpcOf = (estate: EstateView, subnets: readonly string[] | undefined): string | undefined =>
  estate.find('AWS::EC2::Subnet', subnets?.[0])?.properties.VpcId

/** Whether a statement denies something of AI: by name, or by allowing all but a few. */
const deniesAi = (statement: Statement): boolean => !isAllow(statement) &&
  some(['bedrock:InvokeModel', 'sagemaker:CreateEndpoint', 'sagemaker:CreateNotebookInstance'], (action) => speaksOf(statement, action))

export default [
  defineCheck({
    id: 'bedrock-no-vpc-endpoint',
    title: 'Function in a VPC calls Bedrock past the VPC\'s endpoints',
    risk: 'insecure-api', severity: 'medium', on: 'AWS::Lambda::Function',
    why: 'Prompts and answers leave through the internet, and no endpoint policy can say which models may be called.',
    fix: { text: 'Add an interface endpoint for bedrock-runtime, and for bedrock-agent-runtime where agents are called, to the VPC.' },
    also: ['prowler:bedrock_vpc_endpoints_configured', 'awsaiml:BR-02'],
    when: (resource, estate) => (resource.VpcConfig?.SubnetIds ?? []).length > 0 && isAiFunction(estate, resource) &&
      vpcOf(estate, resource.VpcConfig?.SubnetIds) !== undefined,
    requires: ({ VpcConfig }, estate) => hasEndpoint(estate, vpcOf(estate, VpcConfig?.SubnetIds), /\.bedrock-(?:runtime|agent-runtime|mantle)$/),
    fails: [{ ...lambda, given: [caller, subnet] }, { ...lambda, given: [caller, subnet, endpoint('bedrock-runtime', 'vpc-2')] }],
    passes: [{ ...lambda, given: [caller, subnet, endpoint('bedrock-runtime')] }],
  }),
  defineCheck({
    id: 'sagemaker-no-vpc-endpoint',
    title: 'Studio is confined to a VPC that has no endpoint for SageMaker',
    risk: 'insecure-api', severity: 'medium', on: 'AWS::SageMaker::Domain',
    why: 'Either it does not work, or its calls leave through the internet.',
    fix: { text: 'Add interface endpoints for sagemaker.api and sagemaker.runtime to the VPC.' },
    when: ({ AppNetworkAccessType, VpcId }) => AppNetworkAccessType === 'VpcOnly' && VpcId !== undefined,
    requires: ({ VpcId }, estate) => every([/\.sagemaker\.api$/, /\.sagemaker\.runtime$/], (service) => hasEndpoint(estate, VpcId, service)),
    fails: [domain, { ...domain, given: [endpoint('sagemaker.api')] }],
    passes: [{ ...domain, given: [endpoint('sagemaker.api'), endpoint('sagemaker.runtime')] }],
  }),
  defineCheck({
    id: 'agentcore-no-vpc-endpoints',
    title: 'Agents run in a VPC that has no endpoint for AgentCore',
    risk: 'insecure-api', severity: 'medium', on: 'AWS::BedrockAgentCore::Runtime',
    why: 'What agents remember and which tools they call leaves through the internet, and no endpoint policy can limit it.',
    fix: { text: 'Add interface endpoints for bedrock-agentcore and bedrock-agentcore.gateway to the VPC.' },
    also: ['awsaiml:AC-08', 'awsaiml:AG-20'],
    when: ({ NetworkConfiguration }, estate) => vpcOf(estate, NetworkConfiguration?.NetworkModeConfig?.Subnets) !== undefined,
    requires: ({ NetworkConfiguration }, estate) => hasEndpoint(estate, vpcOf(estate, NetworkConfiguration?.NetworkModeConfig?.Subnets), /\.bedrock-agentcore(?:\.gateway)?$/),
    fails: [{ ...runtime, given: [subnet] }, { ...runtime, given: [subnet, endpoint('bedrock-runtime')] }],
    passes: [{ ...runtime, given: [subnet, endpoint('bedrock-agentcore')] }],
  }),
  defineCheck({
    id: 'bedrock-vpc-endpoint-policy-permissive',
    title: 'Endpoint for AI lets everyone in the network do everything with it',
    risk: 'insecure-api', severity: 'medium', on: 'AWS::EC2::VPCEndpoint',
    why: 'Stolen credentials of any account work through it, and data can be sent to models and endpoints of strangers.',
    fix: { text: 'Give the endpoint a policy with a condition on aws:PrincipalOrgID or aws:PrincipalAccount, and turn private DNS on.' },
    when: ({ ServiceName, VpcEndpointType }) => VpcEndpointType === 'Interface' && forAi.test(ServiceName ?? ''),
    requires: ({ PolicyDocument, PrivateDnsEnabled }) => PrivateDnsEnabled !== false && PolicyDocument !== undefined && none(statementsOf(PolicyDocument), isLimitless),
    fails: [
      endpoint('bedrock-runtime').properties, { ...endpoint('bedrock-runtime').properties, PolicyDocument: policy({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }) },
      { ...endpoint('bedrock-runtime').properties, PolicyDocument: ours, PrivateDnsEnabled: false },
    ],
    passes: [{ ...endpoint('bedrock-runtime').properties, PolicyDocument: ours, PrivateDnsEnabled: true }],
  }),
  defineCheck({
    id: 'org-sagemaker-preventive-scp',
    title: 'No control policy keeps SageMaker within bounds',
    risk: 'insecure-api', severity: 'low', on: 'AWS::Organizations::Organization',
    why: 'Any account may make notebooks and jobs with direct internet access, root users and no key.',
    fix: { text: 'Deny sagemaker:Create* where sagemaker:DirectInternetAccess, sagemaker:RootAccess, sagemaker:VpcSubnets or sagemaker:VolumeKmsKey is not as you want it.' },
    also: ['controltower:CT.SAGEMAKER.PR.1'],
    requires: (_organization, estate) => some(estate.all('AWS::Organizations::Policy'), ({ properties }) =>
      /^(?:SERVICE_CONTROL_POLICY|DECLARATIVE_POLICY)/.test(properties.Type) && some(statementsOf(properties.Content), (statement) => some(conditionKeys(statement), (key) => key.startsWith('sagemaker:')))),
    fails: [organization, { ...organization, given: [control('SERVICE_CONTROL_POLICY', 'sagemaker:*')] }],
    passes: [{ ...organization, given: [bounded] }],
  }),
  defineCheck({
    id: 'org-scp-ai-region-model-deny',
    title: 'No control policy of the organisation limits AI',
    risk: 'weak-iam', severity: 'medium', on: 'AWS::Organizations::Organization',
    why: 'Any account may call any model in any region, wherever data must not go.',
    fix: { text: 'Deny bedrock and sagemaker outside the regions and models that you use by a service control policy.' },
    also: ['prowler:organizations_scp_check_deny_regions', 'awsaiml:FS-12'],
    requires: (_organization, estate) => some(estate.all('AWS::Organizations::Policy'), ({ properties }) =>
      /^(?:SERVICE|RESOURCE)_CONTROL_POLICY$/.test(properties.Type) && some(statementsOf(properties.Content), deniesAi)),
    fails: [organization, { ...organization, given: [control('SERVICE_CONTROL_POLICY', 'ec2:RunInstances')] }],
    passes: [{ ...organization, given: [control('SERVICE_CONTROL_POLICY', 'bedrock:*')] }],
  }),
]
