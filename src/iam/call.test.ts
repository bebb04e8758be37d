import { describe, expect, test } from 'vitest'
import { unknown } from '../core/unknown.ts'
import type { Catalogue, CatalogueAction } from './catalogue.ts'
import { compile, type Iam } from './compile.ts'
import type { CallRequest, IamInput } from './model.ts'
import { ACCOUNT, BUCKET, OBJECT, ROLE, allow, policy, sceneInput, trust, when } from './testing.ts'

const target = `arn:aws:iam::${ACCOUNT}:role/job`
const key = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/k`

const catalogueOf = (service: string, name: string, action: Partial<CatalogueAction>): Catalogue => ({
  services: { [service]: { name: service, actions: { [name]: { level: 'Write', ...action } }, resources: {} } }, globalKeys: {}, rcpServices: [],
})

const estate = (identity: readonly unknown[], trusted: string, catalogue?: Catalogue, more: Partial<IamInput> = {}): Iam => {
  const input = sceneInput({ identity, more: { policies: [policy('t', 'trust', trust({ Service: trusted })), policy('k', 'resource', { ...allow('kms:*'), Principal: { AWS: ACCOUNT } })], principals: [{ arn: target, policies: [], trust: 't' }] } })
  return compile({ ...input, resources: [...input.resources!, { arn: key, account: ACCOUNT, policy: 'k' }], ...more }, catalogue)
}

const checks = (iam: Iam, call: Partial<CallRequest> & Pick<CallRequest, 'action' | 'resources'>): string[] =>
  iam.call({ principal: ROLE, ...call }).checks.map(({ action, resource, decision }) => `${action} ${resource.slice(resource.lastIndexOf(':') + 1)} ${decision.verdict}`)

describe('roles that a call hands over', () => {
  const job = `arn:aws:sagemaker:eu-west-1:${ACCOUNT}:training-job/j`
  const training = catalogueOf('sagemaker', 'CreateTrainingJob', { roles: ['RoleArn', 'Nested/*/RoleArn'] })
  const both = [allow('sagemaker:*'), allow('iam:PassRole', target, when('StringEquals', 'iam:PassedToService', 'sagemaker.amazonaws.com'))]
  const create = { action: 'sagemaker:CreateTrainingJob', resources: [job] }

  test('those named must be passable and trust the service', () => {
    expect(checks(estate(both, 'sagemaker.amazonaws.com'), { ...create, passes: [target] }))
      .toEqual(['sagemaker:CreateTrainingJob training-job/j allow', 'iam:PassRole role/job allow', 'sts:AssumeRole role/job allow'])
    expect(estate([allow('sagemaker:*')], 'sagemaker.amazonaws.com').call({ principal: ROLE, ...create, passes: [target] }).verdict).toBe('deny')
    expect(estate(both, 'ec2.amazonaws.com').call({ principal: ROLE, ...create, passes: [target] }).verdict).toBe('deny')
  })

  test('those in the parameters are found where the catalogue says', () => {
    const iam = estate(both, 'sagemaker.amazonaws.com', training)
    expect(checks(iam, { ...create, parameters: { RoleArn: target } })).toContain('iam:PassRole role/job allow')
    expect(checks(iam, { ...create, parameters: { Nested: [{ RoleArn: `${target}-2` }] } })).toContain('iam:PassRole role/job-2 deny')
    expect(checks(iam, { ...create, parameters: {} })).toEqual(['sagemaker:CreateTrainingJob training-job/j allow'])
    const launch = estate(both, 'ec2.amazonaws.com', catalogueOf('ec2', 'RunInstances', { roles: ['IamInstanceProfile'] }))
    expect(checks(launch, { action: 'ec2:RunInstances', resources: ['*'], parameters: { IamInstanceProfile: { Name: 'job' } } })).toContain('iam:PassRole role/job deny')
  })

  test('where nothing tells, some role of the account has to do', () => {
    expect(checks(estate(both, 'sagemaker.amazonaws.com', training), create)).toContain('iam:PassRole role/* allow')
    expect(checks(estate([allow('sagemaker:*')], 'sagemaker.amazonaws.com', training), create)).toContain('iam:PassRole role/* deny')
    expect(checks(estate([allow('sagemaker:*')], 'sagemaker.amazonaws.com', training), { ...create, passes: [] })).toEqual(['sagemaker:CreateTrainingJob training-job/j allow'])
  })

  test('ECS hands roles to its tasks', () => {
    const iam = estate([allow('ecs:*'), allow('iam:PassRole', '*', when('StringEquals', 'iam:PassedToService', 'ecs-tasks.amazonaws.com'))], 'ecs-tasks.amazonaws.com')
    expect(iam.call({ principal: ROLE, action: 'ecs:RegisterTaskDefinition', resources: [], passes: [target], complete: true }).verdict).toBe('allow')
  })
})

describe('keys used for the caller', () => {
  const via = [allow('s3:*'), allow('kms:Decrypt', '*', when('StringEquals', 'kms:ViaService', 's3.eu-west-1.amazonaws.com'))]
  const encrypted = (encryptionKey: NonNullable<NonNullable<IamInput['resources']>[number]['encryptionKey']>) =>
    estate(via, 'ec2.amazonaws.com', undefined, { resources: [{ arn: BUCKET, account: ACCOUNT, encryptionKey }, { arn: key, account: ACCOUNT, policy: 'k' }] })

  test('the service calls KMS: kms:ViaService is set', () => {
    const iam = estate(via, 'ec2.amazonaws.com')
    expect(iam.call({ principal: ROLE, action: 's3:GetObject', resources: [OBJECT], keys: [key], complete: true }).verdict).toBe('allow')
    expect(iam.verdict({ principal: ROLE, action: 'kms:Decrypt', resource: key, complete: true })).toBe('deny')
  })

  test('of the network only the address goes with the call, and the services in between are kept in order', () => {
    const ofVpc = estate([allow('s3:*'), allow('kms:Decrypt', '*', when('StringEquals', 'aws:SourceVpc', 'vpc-1'))], 'ec2.amazonaws.com')
    expect(ofVpc.call({ principal: ROLE, action: 's3:GetObject', resources: [OBJECT], keys: [key], context: { 'aws:SourceVpc': 'vpc-1' } }).verdict).toBe('deny')
    const ofAddress = estate([allow('s3:*'), allow('kms:Decrypt', '*', when('IpAddress', 'aws:SourceIp', '203.0.113.0/24'))], 'ec2.amazonaws.com')
    expect(ofAddress.call({ principal: ROLE, action: 's3:GetObject', resources: [OBJECT], keys: [key], context: { 'aws:SourceIp': '203.0.113.9' } }).verdict).toBe('allow')
    const first = estate([allow('s3:*'), allow('kms:Decrypt', '*', when('StringEquals', 'aws:CalledViaFirst', 'athena.amazonaws.com'))], 'ec2.amazonaws.com')
    expect(first.call({ principal: ROLE, action: 's3:GetObject', resources: [OBJECT], keys: [key], context: { 'aws:CalledVia': ['athena.amazonaws.com'] } }).verdict).toBe('allow')
  })

  test('the key that encrypts the resource is asked for as the service documents it', () => {
    const iam = encrypted(key)
    expect(checks(iam, { action: 's3:GetObject', resources: [OBJECT] })).toContain('kms:Decrypt key/k allow')
    expect(checks(iam, { action: 's3:PutObject', resources: [OBJECT] })).toContain('kms:GenerateDataKey key/k deny')
    expect(checks(iam, { action: 's3:GetBucketPolicy', resources: [BUCKET] })).toEqual(['s3:GetBucketPolicy docs allow'])
  })

  test('a key that could not be read leaves the call open', () => {
    expect(encrypted(unknown('AccessDenied')).call({ principal: ROLE, action: 's3:GetObject', resources: [OBJECT] }).verdict).toBe('conditional')
  })
})

describe('what else a call needs', () => {
  test('a function URL invokes the function behind it', () => {
    const fn = `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:f`
    const call = { principal: ROLE, action: 'lambda:InvokeFunctionUrl', resources: [fn], complete: true }
    expect(estate([], 'x.amazonaws.com').call(call).verdict).toBe('deny')
    // URLs of before October 2025 do without.
    expect(estate([allow('lambda:InvokeFunctionUrl')], 'x.amazonaws.com').call(call)).toMatchObject({ verdict: 'conditional', checks: [{}, { action: 'lambda:InvokeFunction', decision: { conditions: [{ kind: 'gap' }] } }] })
    const both = [allow('lambda:InvokeFunctionUrl'), allow('lambda:InvokeFunction', '*', when('Bool', 'lambda:InvokedViaFunctionUrl', 'true'))]
    expect(estate(both, 'x.amazonaws.com').call(call).verdict).toBe('allow')
  })

  test('actions that AWS lists as dependent, those that tag where there are tags', () => {
    const facts = catalogueOf('sagemaker', 'CreateModel', { dependent: ['sagemaker:AddTags', 'ec2:DescribeVpcs'] })
    const catalogue = { ...facts, services: { sagemaker: { ...facts.services['sagemaker']!, actions: { ...facts.services['sagemaker']!.actions, AddTags: { level: 'Tagging' } } } } }
    const iam = estate([allow('sagemaker:Create*')], 'x.amazonaws.com', catalogue)
    const create = { action: 'sagemaker:CreateModel', resources: ['*'] }
    expect(checks(iam, create)).toEqual(['sagemaker:CreateModel * allow', 'ec2:DescribeVpcs * deny'])
    expect(checks(iam, { ...create, context: { 'aws:RequestTag/team': 'ml' } })).toContain('sagemaker:AddTags * deny')
  })

  test('tags of a session', () => {
    const session = { tags: { team: 'a' } }
    const iam = estate([allow('sts:AssumeRole')], 'ec2.amazonaws.com')
    expect(checks(iam, { action: 'sts:AssumeRole', resources: [target], session })).toContain('sts:TagSession role/job deny')
  })
})
