import { describe, expect, test } from 'vitest'
import { simulate, type Simulation } from './simulate.ts'
import { ACCOUNT, BUCKET, OBJECT, OTHER, ROLE, USER, allow, deny, trust, when } from './testing.ts'

const policy = (...statements: readonly unknown[]): object => ({ Version: '2012-10-17', Statement: statements })
const read: Simulation = { principal: ROLE, action: 's3:GetObject', resource: OBJECT }
const verdict = (more: Partial<Simulation>): string => simulate({ ...read, ...more }).verdict
const mine = [policy(allow('*'))]
const foreign = `arn:aws:iam::${OTHER}:role/far`
const key = `arn:aws:kms:us-east-1:${ACCOUNT}:key/k`

describe('a request with its policies as documents', () => {
  test('nothing allows without a policy; an Allow does, a Deny wins', () => {
    expect(verdict({})).toBe('deny')
    expect(verdict({ identity: mine })).toBe('allow')
    expect(verdict({ identity: [...mine, policy(deny('s3:*'))] })).toBe('deny')
    expect(verdict({ identity: [JSON.stringify(policy(allow('s3:Get*')))] })).toBe('allow')
  })

  test.each([
    ['boundary', { boundary: policy(allow('ec2:*')) }], ['session', { session: [policy(allow('ec2:*'))] }], ['scps', { scps: [mine, [policy(allow('ec2:*'))]] }],
    ['rcps', { rcps: [[policy({ ...deny('s3:*'), Principal: '*' })]] }], ['endpointPolicy', { endpointPolicy: policy({ ...allow('ec2:*'), Principal: '*' }) }],
    ['resourcePolicy', { resourcePolicy: policy({ ...deny('s3:*', `${BUCKET}/*`), Principal: '*' }) }],
  ] as const)('%s can take what an identity policy gives', (_, more) => {
    expect(verdict({ identity: mine, ...more })).toBe('deny')
  })

  test('across accounts both sides must allow; the owner of a bucket is given', () => {
    const bucket = policy({ ...allow('s3:GetObject', `${BUCKET}/*`), Principal: { AWS: OTHER } })
    const across = { principal: foreign, resourceAccount: ACCOUNT }
    expect(verdict({ ...across, identity: mine })).toBe('deny')
    expect(verdict({ ...across, resourcePolicy: bucket })).toBe('deny')
    expect(verdict({ ...across, resourcePolicy: bucket, identity: mine })).toBe('allow')
  })

  test('a role is asked for its trust policy, a key for its key policy', () => {
    const assume = { action: 'sts:AssumeRole', resource: `${ROLE}-target`, identity: mine }
    expect(verdict(assume)).toBe('deny')
    expect(verdict({ ...assume, resourcePolicy: policy(trust({ AWS: ROLE })) })).toBe('allow')
    expect(verdict({ action: 'kms:Decrypt', resource: key, identity: mine })).toBe('deny')
    expect(verdict({ action: 'kms:Decrypt', resource: key, identity: mine, resourcePolicy: policy({ ...allow('kms:*'), Principal: { AWS: ACCOUNT } }) })).toBe('allow')
    expect(verdict({ principal: 'lambda.amazonaws.com', action: 'sts:AssumeRole', resource: ROLE, resourcePolicy: policy(trust({ Service: 'lambda.amazonaws.com' })) })).toBe('allow')
    expect(verdict({ action: 'iam:GetRole', resource: ROLE, identity: mine })).toBe('allow')
  })

  test('sessions have the policies of their role, with tags of their own', () => {
    const session = `arn:aws:sts::${ACCOUNT}:assumed-role/dev/s`
    const tagged = [policy(allow('s3:*', '*', when('StringEquals', 'aws:PrincipalTag/team', 'ml')))]
    expect(verdict({ principal: session, identity: tagged, principalTags: { team: 'ml' } })).toBe('allow')
    expect(verdict({ principal: session, identity: tagged, principalTags: { team: 'ml' }, sessionTags: { team: 'web' } })).toBe('deny')
    expect(verdict({ principal: `arn:aws:sts::${ACCOUNT}:federated-user/ann`, identity: mine })).toBe('deny')
    expect(verdict({ principal: `arn:aws:sts::${ACCOUNT}:federated-user/ann`, identity: mine, session: mine })).toBe('allow')
  })

  test('a key that is not given is absent, unless the context is said to be open', () => {
    const near = [policy(allow('s3:*', '*', when('IpAddress', 'aws:SourceIp', '203.0.113.0/24')))]
    expect(verdict({ identity: near })).toBe('deny')
    expect(verdict({ identity: near, context: { 'AWS:sourceip': '203.0.113.9' } })).toBe('allow')
    expect(simulate({ ...read, identity: near, complete: false })).toMatchObject({ verdict: 'conditional', conditions: [{ text: 'aws:SourceIp is in 203.0.113.0/24' }] })
  })

  test('a malformed policy gives nothing, and is said where and why', () => {
    const found = simulate({ ...read, principal: USER, identity: [policy({ Effect: 'allow', Action: 's3:*', Resource: '*' })] })
    expect(found).toMatchObject({ verdict: 'deny', diagnostics: [{ policy: 'identity 1', pointer: '/Statement/0/Effect', severity: 'error' }] })
  })

  test('who decides is named by document and statement', () => {
    expect(simulate({ ...read, identity: mine }).layers).toMatchObject([{ layer: 'identity', verdict: 'allow', statements: [{ policy: 'identity 1', pointer: '/Statement/0' }] }])
  })
})
