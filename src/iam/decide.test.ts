import { describe, expect, test } from 'vitest'
import { unknown } from '../core/unknown.ts'
import type { Catalogue } from './catalogue.ts'
import { compile } from './compile.ts'
import { explain } from './explain.ts'
import { ACCOUNT, BUCKET, OBJECT, OTHER, ROLE, USER, allow, ask, deny, policy, scene, sceneInput, trust, when } from './testing.ts'

const open = { principal: ROLE, action: 's3:GetObject', resource: OBJECT }

describe('what the caller chooses, what the environment sets, what is not known', () => {
  test('a value that the caller may choose is chosen, and said', () => {
    const decision = scene({ identity: [allow('s3:GetObject', '*', when('StringEquals', 's3:versionid', 'v1'))] }).can(open)
    expect(decision).toMatchObject({ verdict: 'allow', conditions: [{ kind: 'caller', key: 's3:versionid', values: ['v1'] }] })
  })

  test('no value satisfies an Allow and a Deny that contradict each other', () => {
    expect(scene({ identity: [allow('s3:*', '*', when('StringLike', 's3:prefix', 'a*')), deny('s3:*', '*', when('StringLike', 's3:prefix', 'a*'))] }).verdict(open)).toBe('deny')
    expect(scene({ identity: [allow('s3:*', '*', when('StringLike', 's3:prefix', 'a*')), deny('s3:*', '*', when('StringNotLike', 's3:prefix', '*b'))] }).verdict(open)).toBe('allow')
    expect(scene({ identity: [allow('s3:*', '*', when('NumericLessThan', 's3:max-keys', '10')), deny('s3:*', '*', when('NumericLessThan', 's3:max-keys', '9'))] }).can(open))
      .toMatchObject({ verdict: 'allow', conditions: [{ values: ['9'] }] })
  })

  test('a Deny on the environment makes an Allow conditional; it neither deletes it nor is ignored', () => {
    const decision = scene({ identity: [allow('*'), deny('*', '*', when('NotIpAddress', 'aws:SourceIp', '10.0.0.0/8'))] }).can(open)
    expect(decision.verdict).toBe('conditional')
    expect(decision.conditions).toMatchObject([{ kind: 'environment', key: 'aws:SourceIp', text: 'aws:SourceIp is in 10.0.0.0/8' }])
  })

  test('two environments that together cover everything are an allow', () => {
    expect(scene({ identity: [allow('*', '*', when('IpAddress', 'aws:SourceIp', '10.0.0.0/8')), allow('*', '*', when('NotIpAddress', 'aws:SourceIp', '10.0.0.0/8'))] }).verdict(open)).toBe('allow')
  })

  test('the caller has to find one value for every environment', () => {
    const both = (value: string, vpc: string): unknown => allow('s3:*', '*', { Condition: { StringEquals: { 's3:prefix': value, 'aws:SourceVpc': vpc } } })
    expect(scene({ identity: [both('a', 'vpc-1')] }).verdict(open)).toBe('conditional')
  })

  test('tags that are not known are a gap, tags that are known decide', () => {
    const identity = [allow('*', '*', when('StringEquals', 'aws:ResourceTag/team', 'a'))]
    expect(scene({ identity }).verdict({ ...open, resource: BUCKET, action: 's3:ListBucket' })).toBe('deny')
    const input = sceneInput({ identity })
    const hidden = compile({ ...input, resources: [{ arn: BUCKET, account: ACCOUNT, s3: { abac: true }, tags: unknown('AccessDenied') }] })
    expect(hidden.can({ ...open, resource: BUCKET, action: 's3:ListBucket' })).toMatchObject({ verdict: 'conditional', conditions: [{ kind: 'gap', key: 'aws:ResourceTag/team' }] })
  })

  test('a principal of an account that is not part of the input is a gap on its side', () => {
    const iam = scene({ bucket: [{ ...allow('s3:GetObject', `${BUCKET}/*`), Principal: { AWS: OTHER } }] })
    expect(iam.can({ ...open, principal: `arn:aws:iam::${OTHER}:role/x` })).toMatchObject({ verdict: 'conditional', conditions: [{ kind: 'gap' }] })
  })

  test('too many conditions to try out leave the answer conditional, in bounded time', () => {
    const many = Array.from({ length: 14 }, (_, i) => [`s3:key${i}`, [`a${i}`, `b${i}`, `c${i}`]])
    const iam = scene({ identity: [allow('*', '*', { Condition: { StringEquals: Object.fromEntries(many), IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }), ...many.map(([key]) => deny('*', '*', when('StringLike', key as string, '*')))] })
    expect(['conditional', 'deny']).toContain(iam.verdict(open))
  })
})

describe('some resource of a pattern', () => {
  const pattern = { ...open, resource: `${BUCKET}/*` }
  test('an Allow needs to overlap, a Deny to cover', () => {
    expect(scene({ identity: [allow('s3:GetObject', `${BUCKET}/kb/*`)] }).can(pattern)).toMatchObject({ verdict: 'allow', conditions: [{ key: 'resource' }] })
    expect(scene({ identity: [allow('s3:GetObject', '*'), deny('s3:GetObject', `${BUCKET}/kb/*`)] }).verdict(pattern)).toBe('allow')
    expect(scene({ identity: [allow('s3:GetObject', '*'), deny('s3:GetObject', `${BUCKET}/*`)] }).verdict(pattern)).toBe('deny')
    expect(scene({ identity: [allow('s3:GetObject', `${BUCKET}/kb/*`)] }).verdict({ ...pattern, resource: `${BUCKET}/public/*` })).toBe('deny')
    expect(scene({ identity: [allow('s3:GetObject', `${BUCKET}/*.csv`), deny('s3:GetObject', `${BUCKET}/kb/*`)] }).verdict({ ...pattern, resource: `${BUCKET}/kb*` })).toBe('allow')
  })
})

describe('some action of a pattern', () => {
  const catalogue: Catalogue = {
    services: { s3: { name: 's3', actions: { GetObject: { level: 'Read', resources: [{ type: 'object' }] }, PutObject: { level: 'Write', resources: [{ type: 'object' }] }, GetBucketAcl: { level: 'Read', resources: [{ type: 'bucket' }] } }, resources: {} } },
    globalKeys: {}, rcpServices: [],
  }
  const reads = { ...open, action: 's3:Get*', complete: true }

  test('one that is allowed is enough, and named', () => {
    expect(scene({ identity: [allow('s3:GetObject')] }, catalogue).can(reads)).toMatchObject({ verdict: 'allow', conditions: [{ key: 'action', values: ['s3:GetObject'] }] })
    expect(scene({ identity: [allow('s3:PutObject')] }, catalogue).verdict(reads)).toBe('deny')
    expect(scene({ identity: [allow('s3:*'), deny('s3:GetObject*')] }, catalogue).verdict(reads)).toBe('allow')
    expect(scene({ identity: [allow('s3:*'), deny('s3:Get*')] }, catalogue).verdict(reads)).toBe('deny')
  })

  test('without a catalogue the actions are those that policies name', () => {
    expect(scene({ identity: [allow('s3:GetObject')] }).verdict(reads)).toBe('allow')
    expect(scene({ identity: [allow('s3:GetObject')] }).actions('S3:G*')).toEqual(['s3:getobject'])
  })

  test('who can do any of them', () => {
    const iam = scene({ identity: [allow('s3:GetBucketAcl')], bucket: [{ ...allow('s3:PutObject', OBJECT), Principal: { AWS: OTHER } }] }, catalogue)
    expect(iam.whoCan('s3:*', OBJECT).map(({ principal }) => principal).sort()).toEqual([USER, ROLE, `arn:aws:iam::${OTHER}:root`].sort())
  })
})

describe('evidence', () => {
  test('each layer names the statements that decide it', () => {
    const decision = scene({ identity: [allow('ec2:*'), { ...allow('s3:*'), Sid: 'Read' }], scps: [[allow('*'), deny('s3:*', '*', { Sid: 'NoS3' })]] }).can({ ...open, complete: true })
    expect(decision).toMatchObject({ verdict: 'deny', reason: 'Denied explicitly by an SCP.' })
    expect(decision.layers).toMatchObject([
      { layer: 'identity', verdict: 'allow', statements: [{ policy: 'identity', index: 1, sid: 'Read', pointer: '/Statement/1' }] },
      { layer: 'scp', verdict: 'deny', statements: [{ policy: 'scp-0', index: 1, sid: 'NoS3' }] },
    ])
  })

  test('the line of a template goes with the statement', () => {
    const iam = compile({ policies: [{ ...policy('p', 'identity', allow('s3:*')), name: 'readers', location: { file: 'template.yaml', line: 14 } }], accounts: [{ id: ACCOUNT }], principals: [{ arn: ROLE, policies: ['p'] }] })
    const decision = iam.can({ ...open, complete: true })
    expect(explain(decision, open)).toEqual({
      verdict: `${ROLE} can do s3:GetObject on ${OBJECT}. Allowed by an identity policy.`,
      layers: [{ layer: 'Identity policies', says: 'allow it', by: ['statement 1 of policy readers, template.yaml:14'] }],
      conditions: [], change: ['Remove or narrow statement 1 of policy readers, template.yaml:14 (Identity policies)'],
    })
  })

  test('across accounts a resource without a policy is what is missing', () => {
    const far = `arn:aws:iam::${OTHER}:user/x`
    const iam = scene({ more: { accounts: [{ id: OTHER }], policies: [policy('far', 'identity', allow('s3:*'))], principals: [{ arn: far, policies: ['far'] }] } })
    expect(iam.can({ ...open, principal: far, complete: true })).toMatchObject({ verdict: 'deny', reason: 'Denied: the resource policy does not allow it.' })
  })

  test('an allowance says what would have to go: all of it within an account', () => {
    const iam = scene({ identity: [allow('s3:*')], bucket: [{ ...allow('s3:*', OBJECT), Principal: { AWS: ROLE } }] })
    expect(explain(iam.can({ ...open, complete: true }), open).change).toEqual(['Remove or narrow statement 1 of policy identity (Identity policies)', 'and remove or narrow statement 1 of policy bucket (Resource policy)'])
  })

  test('layers that say nothing are told from those that stop', () => {
    const says = (of: Parameters<typeof scene>[0]): readonly string[] => explain(scene(of).can({ ...open, complete: true }), open).layers.map((layer) => `${layer.layer}: ${layer.says}`)
    expect(says({ identity: [allow('s3:*')], bucket: [{ ...allow('s3:PutObject', OBJECT), Principal: '*' }] }))
      .toEqual(['Identity policies: allow it', 'Resource policy: says nothing of it; within an account one side is enough'])
    expect(says({ identity: [allow('s3:*')], boundary: [allow('ec2:*')] }))
      .toEqual(['Identity policies: allow it', 'Permissions boundary: does not allow it, which stops it: no statement of policy boundary does'])
  })

  test('a denial says what to change', () => {
    const denied = (of: Parameters<typeof scene>[0]): readonly string[] => explain(scene(of).can({ ...open, complete: true }), open).change
    expect(denied({})).toEqual([`Allow s3:GetObject on ${OBJECT} in an identity policy`])
    expect(denied({ bucket: [{ ...allow('s3:PutObject', OBJECT), Principal: '*' }] })).toEqual([`Allow s3:GetObject on ${OBJECT} in an identity policy or the resource policy`])
    expect(denied({ bucket: [{ ...allow('s3:*', OBJECT), Principal: { AWS: ACCOUNT } }] })).toEqual([`Allow s3:GetObject on ${OBJECT} in an identity policy`])
    expect(denied({ identity: [allow('*')], boundary: [allow('ec2:*')] })).toEqual([`Allow s3:GetObject on ${OBJECT} in the permissions boundary`])
    expect(denied({ identity: [allow('*'), deny('s3:*')] })).toEqual(['Remove or narrow statement 2 of policy identity (Identity policies)'])
  })
})

describe('some resource, of a type that the action takes', () => {
  const catalogue: Catalogue = {
    services: {
      s3: {
        name: 's3', actions: { PutObject: { level: 'Write', resources: [{ type: 'object' }] }, ListBucket: { level: 'List', resources: [{ type: 'bucket' }] } },
        resources: { object: { arns: ['arn:${Partition}:s3:::${BucketName}/${ObjectName}'] }, bucket: { arns: ['arn:${Partition}:s3:::${BucketName}'] } },
      },
    }, globalKeys: {}, rcpServices: [],
  }
  const puts = (iam: ReturnType<typeof scene>, resource: string) => iam.can({ principal: ROLE, action: 's3:PutObject', resource })

  test('a statement on the bucket writes no object', () => {
    const iam = scene({ identity: [allow('s3:*', BUCKET)] }, catalogue)
    for (const resource of ['*', `${BUCKET}*`, 'arn:aws:s3:::d*']) expect(puts(iam, resource).verdict).toBe('deny')
    expect(iam.permissions(ROLE).map(({ action }) => action)).toEqual(['s3:ListBucket'])
  })

  test('one on its objects does, and the example is an object', () => {
    const iam = scene({ identity: [allow('s3:*', [BUCKET, `${BUCKET}/*`])] }, catalogue)
    for (const resource of ['*', `${BUCKET}*`, 'arn:aws:s3:::d*']) expect(puts(iam, resource)).toMatchObject({ verdict: 'allow', conditions: [{ key: 'resource', values: [expect.stringContaining(`${BUCKET}/`)] }] })
  })

  test('so does a pattern over both', () => {
    expect(puts(scene({ identity: [allow('s3:*', 'arn:aws:s3:::do*')] }, catalogue), `${BUCKET}*`)).toMatchObject({ verdict: 'allow' })
  })

  test('the policy of a listed bucket counts for its objects', () => {
    const iam = scene({ bucket: [{ ...allow('s3:PutObject', `${BUCKET}/in/*`), Principal: '*' }] }, catalogue)
    expect(iam.whoCan('s3:PutObject', 'arn:aws:s3:::d*').map(({ principal }) => principal)).toContain('*')
  })
})

describe('rules that no policy changes', () => {
  const all = [allow('*')]
  test.each([
    ['sts:GetCallerIdentity', '*', 'allow', [deny('*')]], ['sts:GetSessionToken', '*', 'allow', [deny('*')]],
    ['iam:PassRole', `arn:aws:iam::${OTHER}:role/x`, 'deny', all], ['iam:PassRole', `arn:aws:iam::${ACCOUNT}:role/x`, 'allow', all],
    ['iam:PassRole', `arn:aws:iam::${ACCOUNT}:role/aws-service-role/lex.amazonaws.com/x`, 'deny', all],
    ['iam:AttachRolePolicy', `arn:aws:iam::${ACCOUNT}:role/aws-reserved/sso.amazonaws.com/x`, 'deny', all],
    ['iam:CreatePolicyVersion', 'arn:aws:iam::aws:policy/ReadOnlyAccess', 'deny', all],
  ])('%s on %s: %s', (action, resource, expected, identity) => {
    expect(scene({ identity }).verdict({ principal: USER, action, resource, complete: true })).toBe(expected)
  })

  test('a root user cannot assume a role, and always reaches the policy of its bucket', () => {
    const root = `arn:aws:iam::${ACCOUNT}:root`
    const iam = scene({ bucket: [{ ...deny('s3:*', [BUCKET, `${BUCKET}/*`]), Principal: '*' }], more: { principals: [{ arn: `${ROLE}2`, policies: [], trust: 't' }], policies: [policy('t', 'trust', trust({ AWS: ACCOUNT }))] } })
    expect(iam.verdict({ principal: root, action: 'sts:AssumeRole', resource: `${ROLE}2`, complete: true })).toBe('deny')
    expect(ask(iam, { principal: root })).toBe('deny')
    expect(ask(iam, { principal: root, action: 's3:PutBucketPolicy', resource: BUCKET })).toBe('allow')
  })
})
