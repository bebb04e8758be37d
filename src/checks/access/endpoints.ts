import { every, some } from '../../core/unknown.ts'
import type { EstateView } from '../../graph/view.ts'
import { defineCheck } from '../check.ts'
import { isAiFunction } from '../families/ai-callers.ts'
import { allow, policy, role, roleArn } from '../families/examples.ts'
import { isAllow, speaksOf, statementsOf } from '../families/policy-text.ts'
import type { Statement } from '../families/policy-text.ts'
import { ROLE } from '../families/values.ts'

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
