export const account = '111122223333'
export const otherAccount = '444455556666'

export const role = `arn:aws:iam::${account}:role/app/dev`
export const user = `arn:aws:iam::${account}:user/ann`
export const group = `arn:aws:iam::${account}:group/staff`
export const target = `arn:aws:iam::${account}:role/target`
export const serviceLinked = `arn:aws:iam::${account}:role/aws-service-role/sagemaker.amazonaws.com/AWSServiceRoleForX`
const session = `arn:aws:sts::${account}:assumed-role/dev/s1`
const federatedUser = `arn:aws:sts::${account}:federated-user/ann`
const root = `arn:aws:iam::${account}:root`
const stranger = 'arn:aws:iam::777788889999:role/dev'
const provider = `arn:aws:iam::${account}:oidc-provider/token.example.com`

export const principals = [
  role, role, user, user, session, session, federatedUser, root, serviceLinked, stranger, 'lambda.amazonaws.com', '*',
]

const bucket = 'arn:aws:s3:::b'
const queue = `arn:aws:sqs:us-east-1:${account}:q`
const key = `arn:aws:kms:us-east-1:${account}:key/k`
const farKey = `arn:aws:kms:us-east-1:${otherAccount}:key/k`
const farBucket = 'arn:aws:s3:::far'

export const resources = [
  { arn: bucket, account }, { arn: farBucket, account: otherAccount }, { arn: queue, account }, { arn: key, account }, { arn: farKey, account: otherAccount },
]

/** Actions with the resources that they are about and those who can ask for them: a token is only good for its exchange. */
export const targets = [
  { actions: ['s3:GetObject', 's3:PutObject'], resources: [`${bucket}/a`, `${bucket}/ann/x`, `${bucket}/A`, `${farBucket}/a`, `${bucket}/*`, `${bucket}/a?`], principals },
  { actions: ['s3:ListBucket', 's3:GetBucketPolicy'], resources: [bucket, farBucket], principals },
  { actions: ['sqs:SendMessage', 'SQS:sendmessage'], resources: [queue], principals },
  { actions: ['kms:Decrypt'], resources: [key, farKey], principals },
  { actions: ['sts:AssumeRole', 'sts:TagSession', 'iam:PassRole', 'iam:GetRole', 'iam:PutRolePolicy'], resources: [target, serviceLinked], principals },
  { actions: ['sts:AssumeRoleWithWebIdentity'], resources: [target], principals: [provider, provider, user] },
  { actions: ['ec2:DescribeInstances', 'sts:GetCallerIdentity'], resources: ['*'], principals },
]

export const actionPatterns = [
  '*', 's3:*', 's3:Get*', 's3:GetObject', 'S3:getobject', 's3:?etObject', 's3:ListBucket', 'sqs:*', 'kms:*', 'kms:Decrypt', 'sts:*', 'sts:AssumeRole*',
  'iam:*', 'ec2:Describe*',
]

export const resourcePatterns = [
  '*', '*', `${bucket}/*`, bucket, 'arn:aws:s3:::*', `${bucket}/a`, `${bucket}/a*`, `${bucket}/\${aws:username}/*`, `${bucket}/\${aws:PrincipalTag/team}*`,
  `${bucket}/\${aws:PrincipalTag/team, 'a'}`, queue, 'arn:aws:sqs:*:*:q', 'arn:aws:kms:*', key, target, 'arn:aws:iam::*:role/*', 'arn:aws:*:*:*:*', `${bucket}*a`, 'arn:aws:s3:::?/?',
]

export const words = ['a', 'ann', 'A']

export const grantees = [role, session, user, 'lambda.amazonaws.com', stranger]

/** Principals of statements, with repeats for those that are meant to be frequent. */
export const entries = [
  '*', '*', { AWS: '*' }, { AWS: root }, { AWS: account }, { AWS: role }, { AWS: user }, { AWS: session }, { AWS: federatedUser }, { AWS: stranger }, { AWS: [role, root] },
  { AWS: [user, root] }, { AWS: [session, role, root] }, { AWS: 'AROAAAAAAAAAAAAAAAAA' }, { AWS: 'AIDABBBBBBBBBBBBBBBBB' }, { AWS: serviceLinked }, { AWS: 'arn:aws:iam::777788889999:root' },
  { Service: 'lambda.amazonaws.com' }, { Service: ['ec2.amazonaws.com', 'lambda.amazonaws.com'] }, { Federated: provider },
]

interface Key {
  readonly key: string
  readonly operators: readonly string[]
  /** Values of policies. */
  readonly values: readonly string[]
  /** Values of requests. */
  readonly given: readonly string[]
  readonly many?: boolean
}

const strings = ['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase']
const arns = ['ArnEquals', 'ArnNotEquals', 'ArnLike', 'ArnNotLike']
const teams = ['a', 'A*', 'ann', '*', '${aws:PrincipalTag/team}', '${aws:username}']

/** Keys of each kind: of the principal, of the resource, the caller's, the environment's; with one value or many. */
export const keys: readonly Key[] = [
  { key: 'aws:PrincipalTag/team', operators: strings, values: [...teams, '${aws:ResourceTag/team}'], given: words },
  { key: 'aws:ResourceTag/team', operators: strings, values: teams, given: words },
  { key: 'AWS:RequestTag/Team', operators: strings, values: teams, given: words },
  { key: 'aws:TagKeys', operators: strings, values: ['a', 'ann', 'A*', ''], given: [...words, ''], many: true },
  { key: 's3:prefix', operators: strings, values: ['a', 'a*', '?', '${*}', ''], given: ['a', 'ab', '*', ''] },
  { key: 'aws:SourceIp', operators: ['IpAddress', 'NotIpAddress'], values: ['10.0.0.0/8', '10.1.0.0/16', '10.1.2.3'], given: ['10.1.2.3', '10.9.9.9', '192.0.2.1'] },
  { key: 'aws:SourceVpc', operators: ['StringEquals', 'StringNotEquals'], values: ['vpc-1', 'vpc-2'], given: ['vpc-1', 'vpc-2'] },
  { key: 'aws:SourceVpce', operators: ['StringEquals', 'StringNotEquals'], values: ['vpce-1', 'vpce-2'], given: ['vpce-1', 'vpce-2'] },
  { key: 'aws:RequestedRegion', operators: ['StringEquals', 'StringNotEquals'], values: ['us-east-1', 'eu-west-1'], given: ['us-east-1', 'eu-west-1'] },
  { key: 'aws:FederatedProvider', operators: ['StringEquals', 'StringNotEquals'], values: [provider, 'token.example.com'], given: [provider] },
  { key: 'aws:MultiFactorAuthPresent', operators: ['Bool'], values: ['true', 'false'], given: ['true', 'false'] },
  { key: 'aws:SecureTransport', operators: ['Bool'], values: ['true', 'false'], given: ['true', 'false'] },
  { key: 's3:max-keys', operators: ['NumericEquals', 'NumericNotEquals', 'NumericLessThan', 'NumericGreaterThanEquals'], values: ['5', '10'], given: ['5', '7', '10'] },
  { key: 'aws:CurrentTime', operators: ['DateLessThan', 'DateGreaterThanEquals', 'DateNotEquals'], values: ['2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z'], given: ['2026-06-01T00:00:00Z', '2027-06-01T00:00:00Z'] },
  { key: 'aws:PrincipalArn', operators: arns, values: [role, `arn:aws:iam::${account}:role/*`, `arn:aws:iam::*:user/ann`], given: [role, user] },
  { key: 'aws:PrincipalAccount', operators: ['StringEquals', 'StringNotEquals'], values: [account, otherAccount], given: [account] },
  { key: 'aws:PrincipalOrgID', operators: ['StringEquals', 'StringNotEquals'], values: ['o-1', 'o-2'], given: ['o-1', 'o-2'] },
  { key: 'aws:PrincipalOrgPaths', operators: ['StringLike', 'StringNotLike'], values: ['o-1/*', 'o-1/r-1/ou-1/*'], given: ['o-1/r-1/', 'o-1/r-1/ou-1/'], many: true },
  { key: 'aws:ResourceOrgID', operators: ['StringEquals', 'StringNotEquals'], values: ['o-1', 'o-2'], given: ['o-1'] },
  { key: 'aws:ResourceAccount', operators: ['StringEquals', 'StringNotEquals'], values: [account, otherAccount], given: [account] },
  { key: 'aws:PrincipalIsAWSService', operators: ['Bool'], values: ['true', 'false'], given: ['true', 'false'] },
  { key: 'aws:ViaAWSService', operators: ['Bool'], values: ['true', 'false'], given: ['true', 'false'] },
  { key: 'aws:SourceAccount', operators: ['StringEquals', 'StringNotEquals'], values: [account], given: [account, otherAccount] },
  { key: 'aws:SourceArn', operators: arns, values: [`arn:aws:lambda:*:${account}:function:*`, 'arn:aws:s3:::b'], given: ['arn:aws:s3:::b', `arn:aws:lambda:us-east-1:${account}:function:f`] },
  { key: 'aws:username', operators: strings, values: ['ann', 'a*'], given: ['ann'] },
  { key: 'sts:ExternalId', operators: ['StringEquals', 'StringLike'], values: ['x1', 'x*'], given: ['x1', 'y'] },
  { key: 'token.example.com:sub', operators: ['StringEquals', 'StringLike'], values: ['repo:a/b', 'repo:a/*'], given: ['repo:a/b', 'repo:c/d'] },
  { key: 'iam:PassedToService', operators: ['StringEquals', 'StringNotEquals'], values: ['lambda.amazonaws.com'], given: ['lambda.amazonaws.com', 'ec2.amazonaws.com'] },
]
