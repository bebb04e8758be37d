import { every } from '../../core/unknown.ts'
import { defineCheck } from '../check.ts'
import { nonePublic } from '../families/network.ts'
import { inVpc } from '../families/in-vpc.ts'
import { IMAGE, NETWORK, ROLE } from '../families/values.ts'

const processing = {
  AppSpecification: { ImageUri: IMAGE }, RoleArn: ROLE,
  ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType: 'ml.m5.xlarge' as const, VolumeSizeInGB: 30 } },
}
const classifier = {
  DataAccessRoleArn: ROLE, DocumentClassifierName: 'tickets', LanguageCode: 'en' as const, InputDataConfig: { S3Uri: 's3://training-data/tickets' },
}
const recognizer = {
  DataAccessRoleArn: ROLE, RecognizerName: 'parts', LanguageCode: 'en' as const,
  InputDataConfig: { EntityTypes: [{ Type: 'PART' }], Documents: { S3Uri: 's3://training-data/parts' } },
}
const flywheel = { DataAccessRoleArn: ROLE, DataLakeS3Uri: 's3://training-data/lake', FlywheelName: 'tickets' }
const group = { ExecutionRole: ROLE, InstanceCount: 2, InstanceGroupName: 'workers', InstanceType: 'ml.p5.48xlarge' }
const customization = { JobName: 'tune', RoleArn: ROLE, VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] } }
const ofSubnet = (gateway: { GatewayId: string } | { NatGatewayId: string }) => [
  { type: 'AWS::EC2::SubnetRouteTableAssociation', properties: { SubnetId: 'subnet-1', RouteTableId: 'rtb-1' } },
  { type: 'AWS::EC2::Route', properties: { RouteTableId: 'rtb-1', DestinationCidrBlock: '0.0.0.0/0', ...gateway } },
] as const

export default [
  inVpc('sagemaker-model-no-vpc', 'AWS::SageMaker::Model', 'Model', 'VpcConfig/Subnets',
    { ExecutionRoleArn: ROLE, PrimaryContainer: { Image: IMAGE } }, {
      also: [
        'prowler:sagemaker_models_vpc_settings_configured', 'config:sagemaker-model-in-vpc',
        'steampipe:sagemaker_model_in_vpc',
      ],
    }),
  inVpc('sagemaker-endpointconfig-no-vpc', 'AWS::SageMaker::EndpointConfig', 'Endpoint of inference components', 'VpcConfig/Subnets',
    { ExecutionRoleArn: ROLE, ProductionVariants: [{ VariantName: 'all', InstanceType: 'ml.g5.2xlarge', InitialInstanceCount: 2 }] },
    { when: (config) => every(config.ProductionVariants, ({ ModelName }) => ModelName === undefined) }),
  inVpc('sagemaker-training-no-vpc', 'AWS::SageMaker::TrainingJob', 'Training job', 'VpcConfig/Subnets',
    { TrainingJobName: 'churn', RoleArn: ROLE }, {
      severity: 'high',
      also: ['prowler:sagemaker_training_jobs_vpc_settings_configured', 'steampipe:sagemaker_training_job_in_vpc'],
    }),
  inVpc('sagemaker-processing-no-vpc', 'AWS::SageMaker::ProcessingJob', 'Processing job', 'NetworkConfig/VpcConfig/Subnets', processing),
  inVpc('bedrock-customization-job-no-vpc', 'AWS::Bedrock::ModelCustomizationJob', 'Model customization job', 'VpcConfig/SubnetIds',
    { JobName: 'tune', RoleArn: ROLE }, { also: ['cloudsploit:customModelInVpc'] }),
  inVpc('bedrock-import-job-no-vpc', 'AWS::Bedrock::ModelImportJob', 'Model import job', 'VpcConfig/SubnetIds',
    { JobName: 'import', RoleArn: ROLE }, { severity: 'low' }),
  inVpc('comprehend-no-vpc', 'AWS::Comprehend::DocumentClassifier', 'Training of the classifier', 'VpcConfig/Subnets', classifier,
    { also: ['cloudsploit:flywheelInVpc'] }),
  inVpc('comprehend-no-vpc', 'AWS::Comprehend::EntityRecognizer', 'Training of the entity recognizer', 'VpcConfig/Subnets', recognizer,
    { also: ['cloudsploit:flywheelInVpc'] }),
  inVpc('comprehend-no-vpc', 'AWS::Comprehend::Flywheel', 'Training of the flywheel', 'DataSecurityConfig/VpcConfig/Subnets', flywheel,
    { also: ['cloudsploit:flywheelInVpc'] }),
  defineCheck({
    id: 'sagemaker-hyperpod-no-vpc',
    title: 'HyperPod cluster runs outside your VPC',
    risk: 'insecure-api', severity: 'high', on: 'AWS::SageMaker::Cluster',
    why: 'Its nodes stand in a network of the service, past your security groups, endpoints and flow logs.',
    fix: { text: 'Create the cluster again with a VpcConfig of private subnets, or an OverrideVpcConfig in each instance group.' },
    requires: (cluster) => cluster.VpcConfig !== undefined ||
      (cluster.InstanceGroups !== undefined && every(cluster.InstanceGroups, ({ OverrideVpcConfig }) => OverrideVpcConfig !== undefined)),
    fails: [{ InstanceGroups: [group] }],
    passes: [{ InstanceGroups: [group], VpcConfig: NETWORK }, { InstanceGroups: [{ ...group, OverrideVpcConfig: NETWORK }] }],
  }),
  defineCheck({
    id: 'bedrock-customization-job-public-subnet',
    title: 'Model customization job stands in a public subnet',
    risk: 'insecure-api', severity: 'medium', on: 'AWS::Bedrock::ModelCustomizationJob',
    why: 'The training data passes a subnet that leads straight to the internet.',
    fix: { text: 'Run the next job in private subnets with an S3 endpoint.' },
    also: ['cloudsploit:privateCustomModel'],
    when: (job) => job.VpcConfig !== undefined,
    requires: (job, estate) => nonePublic(estate, job.VpcConfig?.SubnetIds),
    fails: [{ ...customization, given: ofSubnet({ GatewayId: 'igw-1' }) }],
    passes: [{ ...customization, given: ofSubnet({ NatGatewayId: 'nat-1' }) }],
  }),
  defineCheck({
    id: 'sagemaker-workforce-open-ip',
    title: 'Labelling portal of the workforce opens from any address',
    risk: 'insecure-api', severity: 'medium', on: 'AWS::SageMaker::Workforce',
    why: 'A stolen worker password is enough to see and change the data that is being labelled.',
    fix: { text: 'Name the address ranges of the workers in SourceIpConfig.Cidrs, or put the portal in a VPC.' },
    requires: (workforce) => workforce.WorkforceVpcConfig?.VpcId !== undefined ||
      (workforce.SourceIpConfig !== undefined && workforce.SourceIpConfig.Cidrs.length > 0 &&
        every(workforce.SourceIpConfig.Cidrs, (range) => range !== '0.0.0.0/0' && range !== '::/0')),
    fails: [{ WorkforceName: 'labelers' }, { WorkforceName: 'labelers', SourceIpConfig: { Cidrs: ['0.0.0.0/0'] } }],
    passes: [{ WorkforceName: 'labelers', SourceIpConfig: { Cidrs: ['198.51.100.0/24'] } }],
  }),
]
