import { describe, expect, it } from 'vitest'
import { isUnknown } from '../../core/unknown.ts'
import type { ConfigItem } from './document.ts'
import { configItems } from './items.ts'

const common = { awsAccountId: '111122223333', awsRegion: 'eu-west-1', configurationItemStatus: 'OK' }
const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] }
const open = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::training/*' }] }

// Forms as AWS's documentation and its resource schemas of Config give them.
const bucket: ConfigItem = {
  ...common, resourceType: 'AWS::S3::Bucket', resourceId: 'training', resourceName: 'training', ARN: 'arn:aws:s3:::training',
  configuration: { name: 'training', owner: { displayName: null, id: 'abc' }, creationDate: '2024-02-01T10:00:00.000Z' },
  supplementaryConfiguration: {
    AccessControlList: JSON.stringify({ grantSet: null, grantList: [{ grantee: { id: 'abc', displayName: null }, permission: 'FullControl' }, { grantee: 'AllUsers', permission: 'Read' }], owner: { displayName: null, id: 'abc' } }),
    BucketPolicy: { policyText: JSON.stringify(open) },
    BucketVersioningConfiguration: { status: 'Off', isMfaDeleteEnabled: null },
    BucketLoggingConfiguration: { destinationBucketName: null, logFilePrefix: null },
    PublicAccessBlockConfiguration: { blockPublicAcls: false, ignorePublicAcls: false, blockPublicPolicy: true, restrictPublicBuckets: true },
    ServerSideEncryptionConfiguration: { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyID: 'arn:aws:kms:eu-west-1:111122223333:key/k' }, bucketKeyEnabled: true }] },
    IsRequesterPaysEnabled: 'false',
  },
  tags: { owner: 'ann' },
}
const role: ConfigItem = {
  ...common, awsRegion: 'global', resourceType: 'AWS::IAM::Role', resourceId: 'AROAEXAMPLE', resourceName: 'tool', ARN: 'arn:aws:iam::111122223333:role/tool',
  configuration: {
    path: '/', roleName: 'tool', roleId: 'AROAEXAMPLE', arn: 'arn:aws:iam::111122223333:role/tool', createDate: '2024-02-01T10:00:00.000Z', assumeRolePolicyDocument: encodeURIComponent(JSON.stringify(trust)),
    instanceProfileList: [], rolePolicyList: [{ policyName: 'all', policyDocument: encodeURIComponent(JSON.stringify({ Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] })) }],
    attachedManagedPolicies: [{ policyName: 'ReadOnlyAccess', policyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }], permissionsBoundary: { permissionsBoundaryType: 'Policy', permissionsBoundaryArn: 'arn:aws:iam::111122223333:policy/edge' }, tags: [],
  },
  tags: [{ key: 'team', value: 'ml' }],
}
const group: ConfigItem = {
  ...common, resourceType: 'AWS::EC2::SecurityGroup', resourceId: 'sg-1', ARN: 'arn:aws:ec2:eu-west-1:111122223333:security-group/sg-1',
  configuration: {
    description: 'open', groupName: 'web', groupId: 'sg-1', vpcId: 'vpc-1', tags: [], ipPermissionsEgress: [],
    ipPermissions: [{ fromPort: 8888, toPort: 8888, ipProtocol: 'tcp', ipv6Ranges: [], prefixListIds: [], userIdGroupPairs: [], ipv4Ranges: [{ cidrIp: '0.0.0.0/0', description: 'all' }], ipRanges: ['0.0.0.0/0'] }],
  },
}
const lambda: ConfigItem = {
  ...common, resourceType: 'AWS::Lambda::Function', resourceId: 'tool', resourceName: 'tool', ARN: 'arn:aws:lambda:eu-west-1:111122223333:function:tool',
  configuration: { functionName: 'tool', functionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:tool', runtime: 'python3.13', role: 'arn:aws:iam::111122223333:role/tool', handler: 'a.b', kmskeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/k', layers: [], packageType: 'Zip' },
  supplementaryConfiguration: { Policy: JSON.stringify(JSON.stringify({ Statement: [{ Sid: 'any', Effect: 'Allow', Principal: '*', Action: 'lambda:InvokeFunction', Resource: 'arn' }] })), Tags: {} },
}
const model: ConfigItem = {
  ...common, resourceType: 'AWS::SageMaker::Model', resourceId: 'arn:aws:sagemaker:eu-west-1:111122223333:model/fraud', resourceName: 'fraud', ARN: 'arn:aws:sagemaker:eu-west-1:111122223333:model/fraud',
  configuration: JSON.stringify({ ModelName: 'fraud', ExecutionRoleArn: 'arn:aws:iam::111122223333:role/tool', EnableNetworkIsolation: false, PrimaryContainer: { Image: '1.dkr.ecr.eu-west-1.amazonaws.com/x', Environment: { HF_TOKEN: `hf_${'aB3'.repeat(12)}` } } }),
}

const read = async (...configurationItems: ConfigItem[]) => (await configItems('items.json', { configurationItems })).resources

describe('AWS Config', () => {
  it('tells of a bucket what S3 would', async () => {
    const [made, policy] = await read(bucket)
    expect(made).toMatchObject({ type: 'AWS::S3::Bucket', id: 'arn:aws:s3:::training', name: 'training', tags: { owner: 'ann' } })
    expect(made!.properties).toMatchObject({
      BucketName: 'training',
      PublicAccessBlockConfiguration: { BlockPublicAcls: false, BlockPublicPolicy: true },
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'arn:aws:kms:eu-west-1:111122223333:key/k' }, BucketKeyEnabled: true }] },
      BartizanAclGrants: [{ Permission: 'READ', Uri: 'http://acs.amazonaws.com/groups/global/AllUsers' }],
    })
    expect(made!.properties).not.toHaveProperty('VersioningConfiguration')
    expect(made!.properties).not.toHaveProperty('LoggingConfiguration')
    expect(isUnknown(made!.properties['NotificationConfiguration'])).toBe(true)
    expect(policy).toMatchObject({ type: 'AWS::S3::BucketPolicy', properties: { Bucket: 'training', PolicyDocument: open } })
  })

  it('tells of a role its policies, decoded', async () => {
    const [made] = await read(role)
    expect(made).toMatchObject({
      id: 'arn:aws:iam::111122223333:role/tool', tags: { team: 'ml' },
      properties: {
        RoleName: 'tool', AssumeRolePolicyDocument: trust, ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'], PermissionsBoundary: 'arn:aws:iam::111122223333:policy/edge',
        Policies: [{ PolicyName: 'all', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } }],
      },
    })
  })

  it('writes each range of a security group once', async () => {
    const [made] = await read(group)
    expect(made!.properties['SecurityGroupIngress']).toEqual([{ IpProtocol: 'tcp', FromPort: 8888, ToPort: 8888, CidrIp: '0.0.0.0/0', Description: 'all' }])
  })

  it('tells of a function its permissions, and that variables are not recorded', async () => {
    const [made, permission] = await read(lambda)
    expect(made!.properties).toMatchObject({ FunctionName: 'tool', KmsKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/k', Layers: [] })
    expect(isUnknown(made!.properties['Environment'])).toBe(true)
    expect(permission).toMatchObject({ type: 'AWS::Lambda::Permission', properties: { Principal: '*', Action: 'lambda:InvokeFunction' } })
  })

  it('keeps what has the shape of CloudFormation, without secrets', async () => {
    const [made] = await read(model)
    expect(made!.properties).toMatchObject({ ModelName: 'fraud', EnableNetworkIsolation: false, PrimaryContainer: { Image: '1.dkr.ecr.eu-west-1.amazonaws.com/x' } })
    expect(JSON.stringify(made)).not.toContain('hf_a')
    expect(made!.partial).toBe('AWS Config does not record it')
  })

  it('reads the rows of a query, and names those that are none', async () => {
    const rows = [JSON.stringify({ ...role, arn: role.ARN, ARN: undefined, accountId: '111122223333', awsAccountId: undefined }), '{"broken"', JSON.stringify({ 'COUNT(*)': 3 })]
    const { resources, gaps } = await configItems('query.json', { Results: rows })
    expect(resources).toMatchObject([{ id: 'arn:aws:iam::111122223333:role/tool', account: '111122223333' }])
    expect(gaps.map(({ operation, reason }) => `${operation}: ${reason}`)).toEqual([2, 3].map((at) => `read query.json: item ${at} is no configuration item: it names no resourceType`))
  })

  it('leaves out what is gone', async () => {
    expect(await read({ ...role, configurationItemStatus: 'ResourceDeleted' }, { ...model, configurationItemStatus: 'ResourceDeletedNotRecorded' }, { ...bucket, configurationItemStatus: 'ResourceNotRecorded' })).toEqual([])
  })
})
