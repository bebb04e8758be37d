import { describe, expect, test } from 'vitest'
import { unknown } from '../core/unknown.ts'
import { compile } from './compile.ts'
import type { BucketInput, IamInput, Verdict } from './model.ts'
import { ACCOUNT, BUCKET, OBJECT, OTHER, ROLE, allow, deny, policy, sceneInput, when, type Scene } from './testing.ts'

const bucketWith = (s3: BucketInput, of: Scene = {}, more: Partial<IamInput> = {}) => {
  const input = sceneInput(of)
  return compile({ ...input, ...more, resources: [{ ...input.resources![0]!, s3 }, ...more.resources ?? []], policies: [...input.policies, ...more.policies ?? []] })
}
const open = { ...allow('s3:GetObject', `${BUCKET}/*`), Principal: '*' }
const anyone = { principal: '*', action: 's3:GetObject', resource: OBJECT, complete: true }

describe('S3 Block Public Access', () => {
  test.each<[string, BucketInput, object, Verdict]>([
    ['off', {}, open, 'allow'], ['RestrictPublicBuckets', { publicAccessBlock: { restrictPublicBuckets: true } }, open, 'deny'],
    ['BlockPublicPolicy alone keeps a policy that is there', { publicAccessBlock: { blockPublicPolicy: true } }, open, 'allow'],
    ['not read', { publicAccessBlock: unknown('AccessDenied') }, open, 'conditional'],
    ['a policy narrowed to a VPC is not public', { publicAccessBlock: { restrictPublicBuckets: true } }, { ...open, ...when('StringEquals', 'aws:SourceVpc', 'vpc-1') }, 'allow'],
  ])('%s', (_, s3, statement, expected) => {
    expect(bucketWith(s3, { bucket: [statement] }).verdict({ ...anyone, context: { 'aws:SourceVpc': 'vpc-1' } })).toBe(expected)
  })

  test('of the account, and across accounts too', () => {
    const input = sceneInput({ bucket: [open] })
    const iam = compile({ ...input, accounts: [{ id: ACCOUNT, publicAccessBlock: { restrictPublicBuckets: true } }, { id: OTHER }], policies: [...input.policies, policy('o', 'identity', allow('s3:*'))], principals: [...input.principals!, { arn: `arn:aws:iam::${OTHER}:user/x`, policies: ['o'] }] })
    expect(iam.verdict(anyone)).toBe('deny')
    expect(iam.verdict({ ...anyone, principal: `arn:aws:iam::${OTHER}:user/x` })).toBe('deny')
    expect(iam.verdict({ ...anyone, principal: ROLE })).toBe('allow')
  })
})

describe('access control lists', () => {
  const acl = [{ grantee: { group: 'AllUsers' }, permission: 'READ' }] as const
  const list = { ...anyone, action: 's3:ListBucket', resource: BUCKET }
  test('count only where ownership keeps them, and not where they are ignored', () => {
    expect(bucketWith({ acl }).verdict(list)).toBe('deny')
    expect(bucketWith({ acl, ownership: 'ObjectWriter' }).verdict(list)).toBe('allow')
    expect(bucketWith({ acl, ownership: 'ObjectWriter' }).verdict({ ...list, action: 's3:PutObject', resource: OBJECT })).toBe('deny')
    expect(bucketWith({ acl, ownership: 'ObjectWriter', publicAccessBlock: { ignorePublicAcls: true } }).verdict(list)).toBe('deny')
    expect(bucketWith({ acl, ownership: unknown('x') }).verdict(list)).toBe('conditional')
  })
})

describe('access points', () => {
  const point = `arn:aws:s3:eu-west-1:${ACCOUNT}:accesspoint/p`
  const through = { principal: ROLE, action: 's3:GetObject', resource: `${point}/object/a/b.txt`, complete: true }
  const delegate = { ...allow('s3:*', [BUCKET, `${BUCKET}/*`]), Principal: '*', ...when('StringEquals', 's3:DataAccessPointAccount', ACCOUNT) }
  const pointed = (statements: object[], of: Scene): ReturnType<typeof compile> =>
    bucketWith({}, of, { policies: [policy('ap', 'resource', ...statements)], resources: [{ arn: point, account: ACCOUNT, policy: 'ap', accessPoint: { bucket: 'docs' } }] })
  test('the point and the bucket behind it must both agree', () => {
    expect(pointed([], { identity: [allow('s3:*')] }).verdict(through)).toBe('allow')
    expect(pointed([{ ...allow('s3:GetObject', `${point}/object/*`), Principal: { AWS: ROLE } }], { bucket: [delegate] }).verdict(through)).toBe('allow')
    expect(pointed([{ ...allow('s3:GetObject', `${point}/object/*`), Principal: { AWS: ROLE } }], {}).verdict(through)).toBe('deny')
    expect(pointed([], { identity: [allow('s3:*')], bucket: [{ ...deny('s3:*', `${BUCKET}/*`), Principal: '*' }] }).verdict(through)).toBe('deny')
  })
})
