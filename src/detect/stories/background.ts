import { call, dataCall, inConsole, invoke, role, service, user, type Caller, type CallOptions } from '../records.ts'
import type { LogRecord } from '../event.ts'

/** Seconds between two ordinary records: a million of them are a fortnight. */
export const every = 1.2

const SDK = 'Boto3/1.40.2 md/Botocore#1.40.2 ua/2.1 os/linux#5.10.219-208.866.amzn2.x86_64 md/arch#x86_64 lang/python#3.12.3 exec-env/AWS_ECS_FARGATE'
const web = role('WebServer', 'i-0a1b2c3d4e5f60718', { sourceIPAddress: '10.0.1.5', userAgent: SDK })
const person = role('AWSReservedSSO_Developer_0a1b2c3d4e5f6a7b', 'kim@example.com', { sourceIPAddress: '203.0.113.40' })
const terraform = role('terraform-apply', 'github', { sourceIPAddress: '20.55.1.9', userAgent: 'APN/1.0 HashiCorp/1.0 Terraform/1.9.5 (+https://www.terraform.io) terraform-provider-aws/6.4.0' })
const audit = role('ci-security-audit', 'nightly', { sourceIPAddress: '20.55.2.7' })
const robot = user('backup-robot', { sourceIPAddress: '198.51.100.77', userAgent: 'aws-sdk-go-v2/1.30.3 os/linux lang/go#1.22.5' })
const config: Caller = { ...role('AWSServiceRoleForConfig', 'configLambdaExecution'), sourceIPAddress: 'config.amazonaws.com', userAgent: 'config.amazonaws.com', fields: { userIdentity: { ...role('AWSServiceRoleForConfig').userIdentity, invokedBy: 'config.amazonaws.com' } } }
const chat = (n: number): Caller => role('ChatApp', `i-0b2c${n}`, { sourceIPAddress: `10.0.3.${n + 4}`, userAgent: SDK })
const notebook = role('AmazonSageMaker-ExecutionRole-20260101T000000', 'SageMaker', { sourceIPAddress: '10.4.0.9', userAgent: `${SDK.slice(0, 100)} exec-env/AmazonSageMaker` })
const pipeline = role('MlPipeline', 'run', { sourceIPAddress: '10.5.0.3', userAgent: SDK })
const evaluation = role('ModelEvaluation', 'nightly', { sourceIPAddress: '10.6.0.8', userAgent: SDK })

const callers: readonly Caller[] = [web, web, web, role('Batch', 'job-7', { sourceIPAddress: '10.0.2.5', userAgent: SDK }), person, inConsole(person), terraform, chat(1), role('Monitoring', 'agent'), audit, config, robot, notebook, service('autoscaling')]

const ordinary: readonly (readonly [string, string, ((n: number) => LogRecord)?])[] = [
  ['ec2', 'DescribeInstances'], ['ec2', 'RunInstances'], ['sts', 'AssumeRole', (n) => ({ roleArn: `arn:aws:iam::111122223333:role/app-${n % 40}`, roleSessionName: `s-${n}` })], ['sts', 'GetCallerIdentity'], ['logs', 'CreateLogStream', (n) => ({ logGroupName: `/aws/lambda/f-${n % 60}` })],
  ['kms', 'Decrypt', (n) => ({ encryptionContext: { 'aws:s3:arn': `arn:aws:s3:::data-${n % 30}` }, encryptionAlgorithm: 'SYMMETRIC_DEFAULT' })], ['kms', 'GenerateDataKey', (n) => ({ keyId: `arn:aws:kms:us-east-1:111122223333:key/${n % 9}`, keySpec: 'AES_256' })], ['dynamodb', 'DescribeTable', (n) => ({ tableName: `t-${n % 50}` })],
  ['lambda', 'GetFunction20150331v2', (n) => ({ functionName: `f-${n % 60}` })], ['lambda', 'UpdateFunctionCode20150331v2', (n) => ({ functionName: `f-${n % 60}` })], ['iam', 'GetRole', (n) => ({ roleName: `app-${n % 40}` })], ['iam', 'ListAttachedRolePolicies', (n) => ({ roleName: `app-${n % 40}` })], ['iam', 'GetUser'], ['autoscaling', 'DescribeAutoScalingGroups'],
  ['monitoring', 'DescribeAlarms'], ['ecr', 'BatchGetImage', (n) => ({ repositoryName: n % 5 === 0 ? 'inference-server' : `web-${n % 9}`, imageIds: [{ imageTag: 'latest' }] })], ['secretsmanager', 'GetSecretValue', (n) => ({ secretId: `db-${n % 20}` })], ['sqs', 'GetQueueAttributes'], ['cloudtrail', 'LookupEvents'], ['elasticloadbalancing', 'DescribeTargetHealth'],
  ['ssm', 'GetParameter', (n) => ({ name: `/app/${n % 80}`, withDecryption: true })], ['rds', 'DescribeDBInstances'], ['s3', 'ListBuckets'], ['s3', 'GetBucketPolicy', (n) => ({ bucketName: `data-${n % 30}`, policy: '' })], ['signin', 'ConsoleLogin'], ['health', 'DescribeEventAggregates'], ['config', 'DescribeConfigRules'], ['glue', 'GetTable'], ['athena', 'StartQueryExecution'], ['organizations', 'DescribeOrganization'],
]

/** Ordinary records of a company, some of them AI: the same for the same seed. */
export const background = function* (count: number, seed = 1): Generator<LogRecord> {
  let state = seed >>> 0
  const word = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0)
  const random = (below: number): number => Math.floor((word() / 4_294_967_296) * below)
  const hex = (): string => word().toString(16).padStart(8, '0')
  const id = (): string => `${hex()}-${hex().slice(0, 4)}-4${hex().slice(0, 3)}-8${hex().slice(0, 3)}-${hex()}${hex().slice(0, 4)}`
  for (let i = 0; i < count; i++) {
    const at = Math.floor(i * every)
    const options = { at, fields: { eventID: id(), requestID: id() } }
    const kind = random(200)
    if (kind === 0) yield aiRecord(options, random)
    else if (kind < 50) yield objectRecord(options, random)
    else {
      const as = callers[random(callers.length)]!
      const [source, name, request = (n: number) => ({ maxResults: n })] = ordinary[random(ordinary.length)]!
      const trouble = random(60)
      yield call(source, name, {
        ...options, as, fields: { ...as.fields, ...options.fields }, region: random(4) === 0 ? 'eu-west-1' : 'us-east-1', request: request(random(1000)),
        ...trouble === 0 ? { error: 'AccessDenied' } : trouble === 1 ? { error: 'ThrottlingException' } : trouble === 2 ? { error: 'ResourceNotFoundException' } : {},
      })
    }
  }
}

type Random = (below: number) => number

const objectRecord = (options: CallOptions, random: Random): LogRecord => {
  const [bucketName, key] = [`data-${random(30)}`, `year=2026/month=08/part-${random(100_000)}.parquet`]
  const name = random(3) === 0 ? 'PutObject' : 'GetObject'
  return dataCall('s3', name, 'AWS::S3::Object', `arn:aws:s3:::${bucketName}/${key}`, {
    ...options, as: [web, robot, notebook, pipeline][random(4)]!, request: { bucketName, Host: `${bucketName}.s3.us-east-1.amazonaws.com`, key },
    fields: { ...options.fields, additionalEventData: { SignatureVersion: 'SigV4', CipherSuite: 'TLS_AES_128_GCM_SHA256', bytesTransferredIn: 0, AuthenticationMethod: 'AuthHeader', bytesTransferredOut: random(1e7) } },
  })
}

const profile = 'us.anthropic.claude-sonnet-4-20250514-v1:0'

const aiRecord = (options: CallOptions, random: Random): LogRecord => {
  const throttled = random(10) === 0 ? { error: 'ThrottlingException' } : {}
  switch (random(20)) {
    case 0: return call('sagemaker', 'DescribeEndpoint', { ...options, as: audit, request: { endpointName: 'fraud' } })
    case 1: return call('bedrock', 'ListFoundationModels', { ...options, as: audit })
    case 2: return call('bedrock', 'GetModelInvocationLoggingConfiguration', { ...options, as: config, fields: { ...config.fields, ...options.fields } })
    case 3: return call('bedrock', 'UpdateGuardrail', { ...options, as: terraform, request: { guardrailIdentifier: 'g1' } })
    case 4: return call('sagemaker', 'CreateTrainingJob', { ...options, as: pipeline, request: { trainingJobName: `t-${random(10_000)}`, resourceConfig: { instanceType: 'ml.g5.2xlarge', instanceCount: 1 }, roleArn: 'arn:aws:iam::111122223333:role/Training' } })
    case 5: return call('sagemaker', 'CreatePresignedDomainUrl', { ...options, as: inConsole(person), fields: { ...inConsole(person).fields, ...options.fields }, request: { domainId: 'd-1', userProfileName: 'kim' } })
    case 6: return dataCall('bedrock', 'Retrieve', 'AWS::Bedrock::KnowledgeBase', 'arn:aws:bedrock:us-east-1:111122223333:knowledge-base/KB1', { ...options, as: chat(1), request: { knowledgeBaseId: 'KB1' } })
    case 7: return dataCall('sagemaker', 'InvokeEndpoint', 'AWS::SageMaker::Endpoint', 'arn:aws:sagemaker:us-east-1:111122223333:endpoint/fraud', { ...options, as: web, request: { endpointName: 'fraud' } })
    case 8: return invoke({ ...options, as: evaluation, region: ['us-east-1', 'us-west-2', 'eu-central-1'][random(3)]!, model: ['amazon.nova-pro-v1:0', 'meta.llama3-70b-instruct-v1:0', 'anthropic.claude-opus-4-1-20250805-v1:0'][random(3)]!, ...throttled })
    case 9: return invoke({ ...options, as: inConsole(person), fields: { ...inConsole(person).fields, ...options.fields } })
    default: return invoke({ ...options, as: chat(random(8)), model: profile, ...throttled })
  }
}
