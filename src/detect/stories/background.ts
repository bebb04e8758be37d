import { call, invoke, role, type Caller } from '../records.ts'
import type { LogRecord } from '../event.ts'

const callers: readonly Caller[] = [
  role('WebServer', 'i-0a1', { sourceIPAddress: '10.0.1.5' }), role('Batch', 'job-7', { sourceIPAddress: '10.0.2.5' }), role('AWSReservedSSO_Developer_0a1b2c3d4e5f6a7b', 'kim@example.com'),
  { ...role('terraform-apply', 'github'), userAgent: 'Terraform/1.9.5 terraform-provider-aws/6.4.0' }, role('ChatApp', 'i-0b2', { sourceIPAddress: '10.0.3.5' }), role('Monitoring', 'agent'),
]

const ordinary: readonly (readonly [string, string])[] = [
  ['ec2', 'DescribeInstances'], ['s3', 'GetObject'], ['s3', 'PutObject'], ['sts', 'AssumeRole'], ['sts', 'GetCallerIdentity'], ['kms', 'Decrypt'], ['logs', 'CreateLogStream'], ['dynamodb', 'DescribeTable'],
  ['lambda', 'GetFunction20150331v2'], ['iam', 'GetRole'], ['iam', 'ListAttachedRolePolicies'], ['autoscaling', 'DescribeAutoScalingGroups'], ['monitoring', 'DescribeAlarms'], ['ecr', 'BatchGetImage'],
  ['secretsmanager', 'GetSecretValue'], ['sqs', 'GetQueueAttributes'], ['cloudtrail', 'LookupEvents'], ['elasticloadbalancing', 'DescribeTargetHealth'], ['ssm', 'GetParameter'], ['rds', 'DescribeDBInstances'],
]

/** Ordinary records of a company, a few of them AI: the same for the same seed. Two hundred records a minute. */
export const background = function* (count: number, seed = 1): Generator<LogRecord> {
  let state = seed >>> 0
  const random = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 4_294_967_296) * below)
  }
  for (let i = 0; i < count; i++) {
    const at = Math.floor(i * 0.3)
    const as = callers[random(callers.length)]!
    const fields = { eventID: `${seed}-${i}` }
    if (random(200) === 0) yield aiRecord(at, random, fields)
    else {
      const [service, name] = ordinary[random(ordinary.length)]!
      yield call(service, name, { as, at, fields, region: random(4) === 0 ? 'eu-west-1' : 'us-east-1', request: { id: `r-${random(1000)}` }, ...(random(60) === 0 && { error: 'AccessDenied' }) })
    }
  }
}

const app = role('ChatApp', 'i-0b2', { sourceIPAddress: '10.0.3.5' })
const audit = { ...role('ci-security-audit', 'nightly'), userAgent: 'Boto3/1.40.2' }

const aiRecord = (at: number, random: (below: number) => number, fields: LogRecord): LogRecord => {
  const kind = random(20)
  if (kind === 0) return call('sagemaker', 'DescribeEndpoint', { as: audit, at, fields })
  if (kind === 1) return call('bedrock', 'ListFoundationModels', { as: audit, at, fields })
  return invoke({ as: app, at, fields, model: 'anthropic.claude-3-haiku-20240307-v1:0', ...(random(30) === 0 && { error: 'ThrottlingException' }) })
}
