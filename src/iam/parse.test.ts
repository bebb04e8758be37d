import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unknown } from '../core/unknown.ts'
import { compile } from './compile.ts'
import type { Diagnostic, PolicyKind } from './model.ts'
import { parsePolicy } from './parse.ts'
import { ACCOUNT, OBJECT, ROLE, allow, ask, scene } from './testing.ts'

const complaints = (document: unknown, kind: PolicyKind = 'identity'): Diagnostic[] => {
  const found: Diagnostic[] = []
  parsePolicy({ id: 'p', kind, document }, kind, found)
  return found
}
const statement = (of: object, kind?: PolicyKind): string[] => complaints({ Version: '2012-10-17', Statement: [of] }, kind).map(({ severity, pointer }) => `${severity} ${pointer}`)
const read = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }

describe('malformed policies', () => {
  test.each<[string, object, string, PolicyKind?]>([
    ['a misspelt effect', { ...read, Effect: 'allow' }, 'error /Statement/0/Effect'],
    ['an element that does not exist', { ...read, Conditions: {} }, 'error /Statement/0/Conditions'],
    ['an action and its negation', { ...read, NotAction: 's3:*' }, 'error /Statement/0'],
    ['no action', { Effect: 'Allow', Resource: '*' }, 'error /Statement/0'],
    ['an action without its service', { ...read, Action: 'GetObject' }, 'error /Statement/0/Action'],
    ['a wildcard as the service', { ...read, Action: 's*:Get*' }, 'error /Statement/0/Action'],
    ['a resource that is no ARN', { ...read, Resource: 'docs' }, 'error /Statement/0/Resource'],
    ['two stars as the resource', { ...read, Resource: '**' }, 'error /Statement/0/Resource'],
    ['an ARN in parts in a session policy', { ...read, Resource: 'arn:aws:s3' }, 'error /Statement/0/Resource', 'session'],
    ['no resource', { Effect: 'Allow', Action: 's3:*' }, 'error /Statement/0'],
    ['a principal in an identity policy', { ...read, Principal: '*' }, 'error /Statement/0/Principal'],
    ['no principal in a resource policy', read, 'error /Statement/0', 'resource'],
    ['a wildcard inside a principal', { ...read, Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/*` } }, 'error /Statement/0/Principal/AWS', 'resource'],
    ['a principal type that does not exist', { ...read, Principal: { Role: 'x' } }, 'error /Statement/0/Principal/Role', 'resource'],
    ['NotPrincipal with Allow', { ...read, NotPrincipal: { AWS: ACCOUNT } }, 'error /Statement/0/NotPrincipal', 'resource'],
    ['NotPrincipal in a trust policy', { Effect: 'Deny', Action: 'sts:AssumeRole', NotPrincipal: { AWS: ACCOUNT } }, 'error /Statement/0/NotPrincipal', 'trust'],
    ['a resource in a trust policy', { ...read, Principal: '*' }, 'error /Statement/0/Resource', 'trust'],
    ['an RCP for one principal', { ...read, Effect: 'Deny', Principal: { AWS: ACCOUNT } }, 'error /Statement/0/Principal', 'rcp'],
    ['NotAction in an RCP', { Effect: 'Deny', NotAction: 's3:*', Resource: '*', Principal: '*' }, 'error /Statement/0/NotAction', 'rcp'],
    ['an RCP that allows', { ...read, Principal: '*' }, 'error /Statement/0/Effect', 'rcp'],
    ['a condition operator that does not exist', { ...read, Condition: { StringEqual: { a: 'b' } } }, 'error /Statement/0/Condition/StringEqual'],
    ['IfExists on Null', { ...read, Condition: { NullIfExists: { a: 'true' } } }, 'error /Statement/0/Condition/NullIfExists'],
    ['an object as a condition value', { ...read, Condition: { StringEquals: { 'aws:x/y': {} } } }, 'error /Statement/0/Condition/StringEquals/aws:x~1y'],
    ['a deleted principal', { ...read, Principal: { AWS: 'AROAJQABLZS4A3QDU576Q' } }, 'warning /Statement/0/Principal/AWS', 'resource'],
  ])('%s is reported where it stands', (_, of, expected, kind) => expect(statement(of, kind)).toContain(expected))

  test('what is wrong at the top is reported too', () => {
    expect(complaints('{"Version":').map(({ message }) => message)).toEqual([expect.stringContaining('Not JSON')])
    expect(complaints([]).map(({ severity }) => severity)).toEqual(['error'])
    expect(complaints({ Version: '2020-01-01', Statement: [] }).map(({ pointer }) => pointer)).toEqual(['/Version'])
    expect(complaints({ Version: '2012-10-17', statement: [] }).map(({ pointer }) => pointer)).toEqual(['/statement', ''])
  })

  test('a malformed policy grants nothing, as a boundary it allows nothing', () => {
    expect(ask(scene({ identity: [allow('*'), { ...allow('*'), Oops: 1 }] }))).toBe('deny')
    expect(ask(scene({ identity: [allow('*')], boundary: [{ ...allow('*'), Oops: 1 }] }))).toBe('deny')
  })

  test('every action of every service may be written out', () => {
    expect(statement({ ...read, Action: '*:*' })).toEqual([])
    expect(ask(scene({ identity: [allow('*:*')] }))).toBe('allow')
  })

  test('two statements with one Sid are a warning', () => {
    expect(complaints({ Version: '2012-10-17', Statement: [{ ...read, Sid: 'A' }, { ...read, Sid: 'A' }] })).toMatchObject([{ severity: 'warning', pointer: '/Statement/1/Sid' }])
  })

  test('whatever the document is, nothing is thrown, and junk never allows', () => {
    const junk = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof({ maxDepth: 5 }, fc.constantFrom<unknown>('Allow', 'Deny', 's3:*', '*', null, 1, true, '${', '__proto__', unknown('x')), fc.string(),
        fc.array(tie('value'), { maxLength: 3 }), fc.dictionary(fc.constantFrom('Version', 'Statement', 'Effect', 'Action', 'Resource', 'Principal', 'AWS', 'Condition', 'StringLike', 'constructor'), tie('value'))),
    })).value
    fc.assert(fc.property(junk, fc.constantFrom<PolicyKind>('identity', 'resource', 'trust', 'scp', 'endpoint'), (document, kind) => {
      const seen: Diagnostic[] = []
      const parsed = parsePolicy({ id: 'p', kind, document }, kind, seen)
      if (!parsed.valid) expect(seen.some(({ severity }) => severity === 'error')).toBe(true)
      const iam = compile({ policies: [{ id: 'p', kind: 'identity', document }], accounts: [{ id: ACCOUNT }], principals: [{ arn: ROLE, policies: ['p'] }] })
      const decision = iam.can({ principal: ROLE, action: 's3:GetObject', resource: OBJECT })
      if (!parsed.valid && kind === 'identity') expect(decision.verdict).toBe('deny')
    }), { numRuns: 2000, seed: 1 })
  })
})

describe('what could not be read', () => {
  test.each([
    ['a policy', unknown('no access')], ['its statements', { Version: '2012-10-17', Statement: unknown('x') }], ['a statement', { Version: '2012-10-17', Statement: [unknown('x')] }],
    ['an effect', { Version: '2012-10-17', Statement: { ...read, Effect: unknown('x') } }], ['an action', { Version: '2012-10-17', Statement: { ...read, Action: ['s3:Put*', unknown('x')] } }],
    ['a resource', { Version: '2012-10-17', Statement: { ...read, Resource: unknown('x') } }], ['a condition', { Version: '2012-10-17', Statement: { ...read, Condition: unknown('x') } }],
    ['a condition value', { Version: '2012-10-17', Statement: { ...read, Condition: { StringEquals: { 'aws:username': unknown('x') } } } }],
  ])('%s makes a decision conditional, with the gap as its condition', (what, document) => {
    const iam = compile({ policies: [{ id: 'p', kind: 'identity', document }], accounts: [{ id: ACCOUNT }], principals: [{ arn: `arn:aws:iam::${ACCOUNT}:user/u`, policies: ['p'] }] })
    const decision = iam.can({ principal: `arn:aws:iam::${ACCOUNT}:user/u`, action: 's3:GetObject', resource: OBJECT, complete: true })
    expect(iam.diagnostics).toEqual([])
    expect(decision.verdict, what).toBe('conditional')
    expect(new Set(decision.conditions.map(({ kind }) => kind))).toEqual(new Set(['gap']))
  })

  test('a gap that cannot change the answer is not named', () => {
    const iam = compile({ policies: [{ id: 'p', kind: 'identity', document: { Version: '2012-10-17', Statement: [allow('s3:*'), { ...allow('ec2:*'), Condition: unknown('x') }] } }], accounts: [{ id: ACCOUNT }], principals: [{ arn: ROLE, policies: ['p'] }] })
    expect(iam.can({ principal: ROLE, action: 's3:GetObject', resource: OBJECT, complete: true })).toMatchObject({ verdict: 'allow', conditions: [] })
  })
})
