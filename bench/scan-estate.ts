import type { Fixtures } from '../test/aws-endpoint/fixtures.ts'
import { accountOf } from '../test/aws-endpoint/environment.ts'
import type { Asked } from '../test/aws-endpoint/route.ts'

const account = '123456789012'
const made = new Date(1_760_000_000_000)
const role = `arn:aws:iam::${account}:role/r-0`

type Shares = Readonly<Record<'models' | 'logGroups' | 'roles' | 'secrets' | 'buckets' | 'functions' | 'aliases', number>>

/** How an account's resources are spread over services, in twentieths. */
export const mixed: Shares = { models: 6, logGroups: 5, roles: 4, secrets: 2, buckets: 1, functions: 1, aliases: 1 }

/** Only what lists tell of, so that a large account takes few calls. */
export const listed: Shares = { models: 0, logGroups: 10, roles: 6, secrets: 0, buckets: 0, functions: 0, aliases: 4 }

/** An account of so many resources in these services, and of nothing in the others. */
export const estateOf = (count: number, shares: Shares): Fixtures => {
  const names = (kind: keyof Shares) => Array.from({ length: count * shares[kind] / 20 }, (_, at) => `${kind}-${at}`)
  const arn = (service: string, kind: string, name: string) => `arn:aws:${service}:us-east-1:${account}:${kind}${name}`
  const trust = encodeURIComponent(JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'sagemaker.amazonaws.com' }, Action: 'sts:AssumeRole' }] }))
  const absent = (error: string) => () => ({ error, status: 404 })
  return {
    ...accountOf(account),
    resourcegroupstaggingapi: { GetResources: { ResourceTagMappingList: [] } },
    sagemaker: {
      ListModels: { Models: names('models').map((ModelName) => ({ ModelName, ModelArn: arn('sagemaker', 'model/', ModelName), CreationTime: made })) },
      DescribeModel: ({ input: { ModelName } }: Asked) => ({ ModelName, ModelArn: arn('sagemaker', 'model/', String(ModelName)), CreationTime: made, ExecutionRoleArn: role, PrimaryContainer: { Image: 'image', ModelDataUrl: 's3://buckets-0/model' } }),
    },
    logs: { DescribeLogGroups: { logGroups: names('logGroups').map((logGroupName) => ({ logGroupName, arn: `${arn('logs', 'log-group:', logGroupName)}:*`, retentionInDays: 30 })) } },
    iam: {
      GetAccountAuthorizationDetails: { RoleDetailList: names('roles').map((RoleName, at) => ({ RoleName, RoleId: `AROA${at}`, Path: '/', Arn: `arn:aws:iam::${account}:role/${RoleName}`, CreateDate: made, AssumeRolePolicyDocument: trust, RolePolicyList: [], AttachedManagedPolicies: [] })), Policies: [] },
      GetCredentialReport: { Content: Buffer.from('user,mfa_active\n<root_account>,true\n'), ReportFormat: 'text/csv' },
    },
    secretsmanager: {
      ListSecrets: { SecretList: names('secrets').map((Name) => ({ Name, ARN: arn('secretsmanager', 'secret:', Name) })) },
      GetResourcePolicy: {},
    },
    kms: { ListAliases: { Aliases: names('aliases').map((name) => ({ AliasName: `alias/${name}`, AliasArn: arn('kms', 'alias/', name), TargetKeyId: name })) } },
    lambda: {
      ListFunctions: { Functions: names('functions').map((FunctionName) => ({ FunctionName, FunctionArn: arn('lambda', 'function:', FunctionName), Role: role, Runtime: 'nodejs24.x' })) },
      GetPolicy: absent('ResourceNotFoundException'),
    },
    s3: {
      ListBuckets: { Buckets: names('buckets').map((Name) => ({ Name, CreationDate: made, BucketRegion: 'us-east-1' })) },
      GetBucketPolicy: absent('NoSuchBucketPolicy'), GetPublicAccessBlock: absent('NoSuchPublicAccessBlockConfiguration'), GetBucketEncryption: absent('ServerSideEncryptionConfigurationNotFoundError'),
      GetBucketOwnershipControls: absent('OwnershipControlsNotFoundError'), GetObjectLockConfiguration: absent('ObjectLockConfigurationNotFoundError'),
      GetBucketLifecycleConfiguration: absent('NoSuchLifecycleConfiguration'), GetBucketReplication: absent('ReplicationConfigurationNotFoundError'), GetBucketTagging: absent('NoSuchTagSet'),
    },
  }
}
