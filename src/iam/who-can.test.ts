import { describe, expect, test } from 'vitest'
import { unknown } from '../core/unknown.ts'
import { compile } from './compile.ts'
import type { Grant, IamInput } from './model.ts'
import { ACCOUNT, BUCKET, OBJECT, OTHER, ROLE, USER, allow, deny, policy, scene, sceneInput, trust, when } from './testing.ts'

const brief = (grants: readonly Grant[]): string[] => grants.map(({ principal, kind, verdict }) => `${kind} ${principal} ${verdict}`).sort()
const named = (principal: unknown, more: object = {}): object => ({ ...allow('s3:GetObject', `${BUCKET}/*`), Principal: principal, ...more })
const readers = (...bucket: object[]): string[] => brief(scene({ bucket }).whoCan('s3:GetObject', OBJECT))

describe('who can', () => {
  test('listed principals by their own policies', () => {
    const iam = scene({ more: { policies: [policy('r', 'identity', allow('s3:GetObject', `${BUCKET}/a/*`))], principals: [{ arn: `${ROLE}-r`, policies: ['r'] }] } })
    expect(brief(iam.whoCan('s3:GetObject', OBJECT))).toEqual([`role ${ROLE}-r allow`])
    expect(iam.whoCan('s3:GetObject', `${BUCKET}/b`)).toEqual([])
    expect(brief(iam.whoCan('S3:getobject', `${BUCKET}/*`))).toEqual([`role ${ROLE}-r allow`])
    expect(iam.whoCan('s3:GetObject', 'arn:aws:s3:::other/*')).toEqual([])
  })

  test('the root user of the owner only when asked for', () => {
    expect(scene({}).whoCan('s3:GetObject', OBJECT)).toEqual([])
    expect(brief(scene({}).whoCan('s3:GetObject', OBJECT, { root: true }))).toEqual([`root arn:aws:iam::${ACCOUNT}:root allow`])
  })

  test('grantees that are not listed: accounts, their principals, services, anyone', () => {
    expect(readers(named({ AWS: OTHER }))).toEqual([`account arn:aws:iam::${OTHER}:root allow`])
    expect(readers(named({ AWS: `arn:aws:iam::${OTHER}:role/x` }))).toEqual([`role arn:aws:iam::${OTHER}:role/x allow`])
    expect(readers(named({ Service: 'cloudfront.amazonaws.com' }))).toEqual(['service cloudfront.amazonaws.com allow'])
    expect(readers(named({ Service: 'cloudfront.amazonaws.com' }, when('StringEquals', 'aws:SourceAccount', ACCOUNT)))).toEqual(['service cloudfront.amazonaws.com conditional'])
    expect(readers(named({ CanonicalUser: 'c0ffee' }))).toEqual(['other canonical:c0ffee allow'])
    expect(readers(named('*'))).toEqual(['anyone * allow', `role ${ROLE} allow`, `user ${USER} allow`])
  })

  test('a statement for anyone that narrows itself names those', () => {
    expect(readers(named('*', when('StringEquals', 'aws:PrincipalOrgID', 'o-1')))).toEqual([`role ${ROLE} allow`, `user ${USER} allow`])
    expect(readers(named('*', when('StringEquals', 'aws:PrincipalOrgID', 'o-2abc')))).toEqual(['other o-2abc allow'])
    expect(readers(named('*', when('StringEquals', 'aws:PrincipalAccount', OTHER)))).toEqual([`account arn:aws:iam::${OTHER}:root allow`])
    expect(readers(named('*', when('ArnLike', 'aws:PrincipalArn', `arn:aws:iam::${OTHER}:role/deploy-*`)))).toEqual([`account arn:aws:iam::${OTHER}:root allow`])
    expect(readers(named('*', when('ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/deploy-*')))).toEqual(['anyone * allow'])
    expect(readers(named('*', when('IpAddress', 'aws:SourceIp', '10.0.0.0/8')))).toEqual(['anyone * conditional', `role ${ROLE} conditional`, `user ${USER} conditional`])
  })

  test('anyone is a stranger even to an account of zeros, as templates have it', () => {
    const zeros = '000000000000'
    const office = named('*', when('IpAddress', 'aws:SourceIp', '203.0.113.0/24'))
    const iam = compile({ policies: [policy('b', 'resource', office)], accounts: [{ id: zeros }], resources: [{ arn: BUCKET, account: zeros, policy: 'b' }] })
    expect(brief(iam.whoCan('s3:GetObject', OBJECT))).toEqual(['anyone * conditional'])
    expect(iam.whoCan('s3:GetObject', BUCKET)).toEqual([])
  })

  test('anyone is stopped by RCPs and by Block Public Access', () => {
    const rcps = [[{ ...deny('s3:*'), Principal: '*', ...when('StringNotEqualsIfExists', 'aws:PrincipalOrgID', 'o-1') }]]
    expect(brief(scene({ bucket: [named('*')], rcps }).whoCan('s3:GetObject', OBJECT))).toEqual([`role ${ROLE} allow`, `user ${USER} allow`])
    const input = sceneInput({ bucket: [named('*')] })
    const blocked = compile({ ...input, resources: [{ ...input.resources![0]!, s3: { publicAccessBlock: { restrictPublicBuckets: true } } }] })
    expect(brief(blocked.whoCan('s3:GetObject', OBJECT))).toEqual([`role ${ROLE} allow`, `user ${USER} allow`])
  })

  test('a role: its trust and the policies of those it trusts', () => {
    const target = `arn:aws:iam::${ACCOUNT}:role/target`
    const assumers = (...statements: unknown[]): string[] => brief(scene({
      identity: [allow('sts:AssumeRole', target)],
      more: { policies: [policy('t', 'trust', ...statements)], principals: [{ arn: target, policies: [], trust: 't' }] },
    }).whoCan('sts:AssumeRole', target))
    expect(assumers(trust({ Service: 'lambda.amazonaws.com' }))).toEqual(['service lambda.amazonaws.com allow'])
    expect(assumers(trust({ AWS: ACCOUNT }))).toEqual([`role ${ROLE} allow`, `user ${USER} allow`])
    expect(assumers(trust({ AWS: OTHER }, when('StringEquals', 'sts:ExternalId', 'x')))).toEqual([`account arn:aws:iam::${OTHER}:root allow`])
  })

  test('a fixed context decides: iam:PassedToService', () => {
    const iam = scene({ identity: [allow('iam:PassRole', '*', when('StringEquals', 'iam:PassedToService', 'sagemaker.amazonaws.com'))] })
    const passers = (service: string): number => iam.whoCan('iam:PassRole', ROLE, { context: { 'iam:PassedToService': service } }).length
    expect([passers('sagemaker.amazonaws.com'), passers('ec2.amazonaws.com')]).toEqual([2, 0])
  })

  test('an action without a resource, in the account of each principal', () => {
    const far = { arn: `arn:aws:iam::${OTHER}:role/far`, policies: ['identity'] }
    const iam = scene({ identity: [allow('ec2:DescribeInstances')], more: { accounts: [{ id: OTHER }], principals: [far] } })
    expect(brief(iam.whoCan('ec2:DescribeInstances', '*'))).toEqual([`role ${ROLE} allow`, `role ${far.arn} allow`, `user ${USER} allow`])
    expect(iam.verdict({ principal: far.arn, action: 'ec2:DescribeInstances', resource: '*' })).toBe('allow')
    expect(brief(iam.whoCan('ec2:DescribeInstances', '*', { resourceAccount: OTHER }))).toEqual([`role ${far.arn} allow`])
  })

  test('policies that could not be read are conditional grants', () => {
    expect(brief(scene({ principal: { policies: unknown('AccessDenied') } }).whoCan('s3:GetObject', OBJECT))).toEqual([`role ${ROLE} conditional`, `user ${USER} conditional`])
    expect(brief(compile({ ...sceneInput({}), resources: [{ arn: BUCKET, account: ACCOUNT, policy: unknown('AccessDenied') }] }).whoCan('s3:GetObject', OBJECT))).toContain('anyone * conditional')
  })

  test('principals with the same policies are one class; those named apart are not', () => {
    const twin = { arn: `${ROLE}-2`, policies: ['identity'] }
    const iam = scene({ identity: [allow('s3:*')], more: { principals: [twin] } })
    expect(iam.principalClass(ROLE)).toBe(iam.principalClass(twin.arn))
    const apart = scene({ identity: [allow('s3:*')], bucket: [named({ AWS: ROLE })], more: { principals: [twin] } })
    expect(apart.principalClass(ROLE)).not.toBe(apart.principalClass(twin.arn))
  })

  test('a changed policy changes the answers, the old estate keeps its own', () => {
    const before = scene({ identity: [allow('s3:*')] })
    const after = before.recompile([policy('identity', 'identity', allow('ec2:*'))])
    expect([before.whoCan('s3:GetObject', OBJECT).length, after.whoCan('s3:GetObject', OBJECT).length]).toEqual([2, 0])
    expect(brief(after.recompile([policy('identity', 'identity', allow('s3:*'))]).whoCan('s3:GetObject', OBJECT))).toEqual(brief(before.whoCan('s3:GetObject', OBJECT)))
    expect(after.recompile([policy('identity', 'identity', { Effect: 'allow' })]).diagnostics.length).toBeGreaterThan(0)
  })
})

describe('keys', () => {
  const key = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/k`
  const input = (grants: NonNullable<NonNullable<IamInput['resources']>[number]['kms']>['grants'], ...statements: unknown[]): IamInput => {
    const base = sceneInput({ identity: [allow('kms:*')], more: { policies: [policy('k', 'resource', ...statements)] } })
    return { ...base, resources: [{ arn: key, account: ACCOUNT, policy: 'k', kms: { grants } }] }
  }
  const users = (of: IamInput): string[] => brief(compile(of).whoCan('kms:Decrypt', key))

  test('the key policy must agree, and can hand the decision to identity policies', () => {
    expect(users(input([], { ...allow('kms:*'), Principal: { AWS: OTHER } }))).toEqual([`account arn:aws:iam::${OTHER}:root allow`])
    expect(users(input([], { ...allow('kms:*'), Principal: { AWS: ACCOUNT } }))).toEqual([`role ${ROLE} allow`, `user ${USER} allow`])
  })

  test('a grant lets its grantee do its operations, with its encryption context', () => {
    const grant = { id: 'g', grantee: ROLE, operations: ['Decrypt'] }
    expect(users(input([grant]))).toEqual([`role ${ROLE} allow`])
    expect(users(input([{ ...grant, operations: ['Encrypt'] }]))).toEqual([])
    expect(users(input([{ ...grant, grantee: 'rds.amazonaws.com' }]))).toEqual(['service rds.amazonaws.com allow'])
    const bound = compile(input([{ ...grant, encryptionContextSubset: { app: 'a' } }]))
    expect(bound.can({ principal: ROLE, action: 'kms:Decrypt', resource: key })).toMatchObject({ verdict: 'allow', conditions: [{ key: 'kms:EncryptionContext:app', values: ['a'] }] })
    expect(bound.verdict({ principal: ROLE, action: 'kms:Decrypt', resource: key, complete: true })).toBe('deny')
    expect(users(input([grant], { ...deny('kms:*'), Principal: '*' }))).toEqual([])
  })
})
