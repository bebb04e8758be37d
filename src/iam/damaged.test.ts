import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile } from './index.ts'
import type { IamInput, PolicyInput, PolicyKind, Request } from './model.ts'
import { statement } from './specification/arbitrary-statement.ts'
import { specify } from './specification/index.ts'
import { ACCOUNT, BUCKET, ROLE, allow, policy } from './testing.ts'

/** What is put in the place of some member of a sound policy. */
const junk: fc.Arbitrary<unknown> = fc.oneof(fc.constantFrom<unknown>(
  null, '', [], {}, 0, true, '*', 'Allow', 'allow', ['*'], [''], [null], [[]], { AWS: '*' }, { AWS: [] }, { Foo: 'x' }, 'arn:', 'arn:aws:s3', 's3:*', 's3', ':', '*:*', 's3*:Get',
  { StringEquals: {} }, { StringEquals: { 'aws:username': null } }, { StringEqual: { a: 'b' } }, '2012-10-17', ' s3:GetObject', '${aws:username}', `arn:aws:iam::${ACCOUNT}:user/*`, ACCOUNT, '1111',
), fc.jsonValue({ maxDepth: 2 }))

/** A copy in which the member at the end of a way is another; each step takes one of the members that are there. */
const damaged = (document: object, way: readonly number[], value: unknown): object => {
  const copy = structuredClone(document)
  let at: unknown = copy
  for (const [depth, step] of way.entries()) {
    const members: string[] = typeof at === 'object' && at !== null ? Object.keys(at) : []
    if (members.length === 0) break
    const [holder, name] = [at as Record<string, unknown>, members[step % members.length]!]
    if (depth === way.length - 1) holder[name] = value
    at = holder[name]
  }
  return copy
}

/** One policy of a kind, in the one place where it decides. */
const around = (kind: PolicyKind, document: unknown): { input: IamInput, request: Request } => {
  const only: PolicyInput = { id: 'x', kind, document }
  const identity = kind === 'identity' ? ['x'] : kind === 'resource' ? [] : ['full']
  return {
    input: {
      policies: [only, policy('full', 'identity', allow('*'))],
      accounts: [{ id: ACCOUNT, ...(kind === 'scp' && { scps: [['x']] }), ...(kind === 'rcp' && { rcps: [['x']] }) }],
      principals: [{ arn: ROLE, policies: identity, ...(kind === 'boundary' && { boundary: 'x' }) }],
      resources: [{ arn: BUCKET, account: ACCOUNT, tags: {}, ...(kind === 'resource' && { policy: 'x' }) }],
      ...(kind === 'endpoint' && { endpoints: [{ id: 'e', policy: 'x' }] }),
    },
    request: {
      principal: ROLE, action: 's3:GetObject', resource: `${BUCKET}/a`, complete: true,
      ...(kind === 'session' && { session: { policies: ['x'] } }), ...(kind === 'endpoint' && { endpoint: 'e' }),
    },
  }
}

const kinds: readonly PolicyKind[] = ['identity', 'boundary', 'scp', 'resource', 'rcp', 'session', 'endpoint']
const sample = fc.constantFrom(...kinds).chain((kind) => fc.record({
  kind: fc.constant(kind), sound: statement(kind), way: fc.array(fc.nat(9), { minLength: 1, maxLength: 5 }), value: junk,
}))

describe('damaged policies', () => {
  it('are read as the reference engine reads them, and never throw', () => {
    fc.assert(fc.property(sample, ({ kind, sound, way, value }) => {
      const { input, request } = around(kind, damaged({ Version: '2012-10-17', Statement: [sound] }, way, value))
      expect(compile(input).can(request).verdict).toBe(specify(input).can(request))
    }), { numRuns: Number(process.env['DIFFERENTIAL_RUNS'] ?? 1000), seed: 20261126 })
  })

  it('that AWS would refuse give nothing, whatever else they say', () => {
    fc.assert(fc.property(sample, ({ kind, sound, way, value }) => {
      const { input, request } = around(kind, damaged({ Version: '2012-10-17', Statement: [sound] }, way, value))
      const iam = compile(input)
      const refused = iam.diagnostics.filter(({ severity }) => severity === 'error')
      for (const { pointer, message } of refused) expect({ pointer, message }).toEqual({ pointer: expect.stringMatching(/^(\/|$)/) as string, message: expect.stringMatching(/^[A-Z].{8,}/) as string })
      if (refused.length > 0 && kind !== 'rcp') expect(iam.verdict(request)).toBe('deny')
    }), { numRuns: 1000, seed: 20261127 })
  })

  const said = (document: unknown): string => compile(around('identity', document).input).diagnostics.map(({ message }) => message).join()
  const text = (more: string): string => `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"${more}}}`

  it('a member that stands twice is refused, however it is written', () => {
    expect(said(text(''))).toBe('')
    expect(said(text(',"Effect":"Deny"'))).toBe('An object has two members "Effect"')
    expect(said(text(String.raw`,"\u0045ffect":"Deny"`))).toBe('An object has two members "Effect"')
    expect(said(text(',"Sid":"\\"Effect\\":"'))).toBe('')
    expect(said(text(',"Condition":{"StringEquals":{"aws:username":"a"},"StringLike":{"aws:username":"a"}}'))).toBe('')
  })

  it('a document in URL encoding, as the IAM API gives it, is sound', () => {
    expect(said(encodeURIComponent(text('')))).toBe('')
    expect(said('%7B%zz')).toMatch(/^Not JSON/)
  })
})
