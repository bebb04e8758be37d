import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compile } from './compile.ts'
import type { IamInput, PolicyInput, Request, Verdict } from './model.ts'
import { ACCOUNT, BUCKET, OTHER, ROLE, USER, policy } from './testing.ts'

const rank: Readonly<Record<Verdict, number>> = { deny: 0, conditional: 1, allow: 2 }
const actions = ['s3:GetObject', 's3:PutObject', 's3:Get*', 's3:*', '*', 'kms:Decrypt']
const resources = ['*', `${BUCKET}/*`, `${BUCKET}/a*`, `${BUCKET}/a/b`, `${BUCKET}/\${aws:PrincipalTag/team}*`, 'arn:aws:s3:::*']
const some = <T>(items: readonly T[]): fc.Arbitrary<T[]> => fc.subarray([...items], { minLength: 1, maxLength: 2 })

const condition = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  { weight: 2, arbitrary: fc.tuple(
    fc.constantFrom('StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLikeIfExists', 'ForAllValues:StringEquals', 'ForAnyValue:StringLike'),
    fc.constantFrom('aws:PrincipalTag/team', 'aws:RequestTag/x', 'aws:SourceVpc', 'aws:ResourceTag/x', 'aws:PrincipalArn'),
    some(['a', 'a*', 'vpc-1', '${aws:PrincipalTag/team}', ROLE])).map(([operator, key, values]) => ({ [operator]: { [key]: values } })) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom('true', 'false'), fc.constantFrom('aws:ResourceTag/x', 'aws:SourceVpc', 'aws:RequestTag/x')).map(([value, key]) =>
    (key === 'aws:RequestTag/x' ? { Bool: { 'aws:SecureTransport': value } } : { Null: { [key]: value } })) },
)

const rarely = fc.constantFrom(false, false, false, true)
const identity = fc.record({
  Effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Allow', 'Deny'), action: some(actions), resource: some(resources), Condition: condition,
  notAction: rarely, notResource: rarely,
}).map(({ Effect, action, resource, Condition, notAction, notResource }) => ({
  Effect, [notAction && action[0] !== '*' ? 'NotAction' : 'Action']: action, [notResource && resource[0] !== '*' ? 'NotResource' : 'Resource']: resource, ...(Condition && { Condition }),
}))

const principal = fc.oneof(
  fc.constant('*'),
  some([ROLE, USER, `arn:aws:iam::${ACCOUNT}:root`, `arn:aws:sts::${ACCOUNT}:assumed-role/dev/s`, OTHER, `arn:aws:iam::${OTHER}:role/x`]).map((AWS) => ({ AWS })),
)
const named = fc.tuple(identity, principal, fc.boolean()).map(([statement, Principal, not]) =>
  ({ ...statement, [not && statement.Effect === 'Deny' && Principal !== '*' ? 'NotPrincipal' : 'Principal']: Principal }))
const list = <T>(of: fc.Arbitrary<T>, max = 3): fc.Arbitrary<T[]> => fc.array(of, { maxLength: max })

/** A layer that limits: often absent, often open but for what follows. */
const limit = <T extends object>(of: fc.Arbitrary<T>, open: object): fc.Arbitrary<object[] | undefined> => fc.oneof(
  { weight: 4, arbitrary: fc.constant(undefined) }, { weight: 2, arbitrary: list(of, 2).map((all) => [open, ...all]) }, { weight: 1, arbitrary: list(of) })
const everything = { Effect: 'Allow', Action: ['*'], Resource: ['*'] }

const layers = fc.record({
  identity: fc.array(identity, { minLength: 1, maxLength: 4 }), boundary: limit(identity, everything), bucket: fc.option(list(named), { nil: undefined }),
  scp: limit(identity, everything), rcp: limit(named.map((one) => ({ Action: ['s3:GetObject'], ...one, NotAction: undefined, Principal: '*', NotPrincipal: undefined, Effect: 'Deny' })), { Effect: 'Deny', Action: ['sqs:*'], Resource: ['*'], Principal: '*' }),
  session: limit(identity, everything), endpoint: limit(named, { ...everything, Principal: '*' }),
  tags: fc.constantFrom<Record<string, string>>({}, { team: 'a' }, { team: 'ab' }),
})
type Layers = typeof layers extends fc.Arbitrary<infer T> ? T : never

const clean = (statement: object): object => Object.fromEntries(Object.entries(statement).filter(([, value]) => value !== undefined))

const inputOf = (of: Layers, change: (id: string, statements: readonly object[]) => readonly object[] = (_, same) => same): IamInput => {
  const policies: PolicyInput[] = []
  const add = (id: string, kind: PolicyInput['kind'], statements: readonly object[] | undefined): string | undefined => {
    if (statements === undefined) return undefined
    policies.push(policy(id, kind, ...change(id, statements.map(clean))))
    return id
  }
  add('identity', 'identity', of.identity)
  add('session', 'session', of.session)
  const boundary = add('boundary', 'boundary', of.boundary)
  const bucket = add('bucket', 'resource', of.bucket)
  const scp = add('scp', 'scp', of.scp)
  const rcp = add('rcp', 'rcp', of.rcp)
  const endpoint = add('endpoint', 'endpoint', of.endpoint)
  const both = { policies: ['identity'], tags: of.tags, ...(boundary !== undefined && { boundary }) }
  return {
    policies, principals: [{ arn: ROLE, ...both }, { arn: USER, ...both }],
    accounts: [{ id: ACCOUNT, ...(scp !== undefined && { scps: [[scp]] }), ...(rcp !== undefined && { rcps: [[rcp]] }) }],
    resources: [{ arn: BUCKET, account: ACCOUNT, ...(bucket !== undefined && { policy: bucket }) }],
    endpoints: endpoint === undefined ? [] : [{ id: 'vpce', policy: endpoint }],
  }
}

const request = fc.record({
  principal: fc.constantFrom(ROLE, USER, '*', `arn:aws:sts::${ACCOUNT}:assumed-role/dev/s`, `arn:aws:iam::${ACCOUNT}:root`, `arn:aws:iam::${OTHER}:role/x`, 'lambda.amazonaws.com'),
  action: fc.constantFrom('s3:GetObject', 's3:PutObject'), resource: fc.constantFrom(`${BUCKET}/a/b`, `${BUCKET}/c`, `${BUCKET}/a*`),
  complete: fc.boolean(), context: fc.constantFrom<Record<string, string>>({}, { 'aws:SecureTransport': 'true' }, { 'aws:SourceVpc': 'vpc-1', 'aws:RequestTag/x': 'a' }),
})

const verdictOf = (input: IamInput, asked: Omit<Request, 'session' | 'endpoint'>, of: Layers): Verdict => compile(input).verdict({
  ...asked, ...(of.session !== undefined && { session: { policies: ['session'] } }), ...(of.endpoint !== undefined && { endpoint: 'vpce' }),
})
const holdsFor = (check: (of: Layers, asked: Request) => void, numRuns = 400): void => fc.assert(fc.property(layers, request, check), { numRuns, seed: 4 })
const effectOf = (statement: object): unknown => (statement as { Effect?: unknown }).Effect

describe('what holds of every decision', () => {
  for (const layer of ['identity', 'boundary', 'bucket', 'scp', 'rcp', 'session', 'endpoint']) {
    test(`taking a Deny out of ${layer} never removes access, taking an Allow out never adds any`, () => {
      holdsFor((of, asked) => {
        const before = verdictOf(inputOf(of), asked, of)
        const without = (effect: string): Verdict => verdictOf(inputOf(of, (id, all) => (id === layer ? all.filter((one) => effectOf(one) !== effect) : all)), asked, of)
        expect(rank[without('Deny')]).toBeGreaterThanOrEqual(rank[before])
        expect(rank[without('Allow')]).toBeLessThanOrEqual(rank[before])
      }, 250)
    })
  }

  test('the order, repetition and splitting of statements do not matter', () => {
    holdsFor((of, asked) => {
      const split = (_: string, all: readonly object[]): object[] => all.toReversed().flatMap((statement) => {
        const { Action } = statement as { Action?: readonly string[] }
        return Action === undefined ? [statement, statement] : Action.map((one) => ({ ...statement, Action: one }))
      })
      expect(verdictOf(inputOf(of, split), asked, of)).toBe(verdictOf(inputOf(of), asked, of))
    })
  })

  test('the case of actions and of condition keys does not matter', () => {
    holdsFor((of, asked) => {
      const shout = (_: string, all: readonly object[]): object[] => all.map((statement) => Object.fromEntries(Object.entries(statement).map(([name, value]) => {
        if (name === 'Action' || name === 'NotAction') return [name, (value as string[]).map((one) => one.toUpperCase())]
        if (name !== 'Condition') return [name, value]
        return [name, Object.fromEntries(Object.entries(value as object).map(([operator, block]) =>
          [operator, Object.fromEntries(Object.entries(block as object).map(([key, values]) => [key.toUpperCase(), values]))]))]
      })))
      expect(verdictOf(inputOf(of, shout), { ...asked, action: asked.action.toUpperCase() }, of)).toBe(verdictOf(inputOf(of), asked, of))
    })
  })

  test('evidence and verdict agree, and a denial has no conditions', () => {
    holdsFor((of, asked) => {
      const iam = compile(inputOf(of))
      const full = { ...asked, ...(of.session !== undefined && { session: { policies: ['session'] } }), ...(of.endpoint !== undefined && { endpoint: 'vpce' }) }
      const decision = iam.can(full)
      expect(decision.verdict).toBe(iam.verdict(full))
      if (decision.verdict === 'deny') expect(decision.conditions).toEqual([])
      if (decision.verdict === 'conditional') expect(decision.conditions).not.toEqual([])
    })
  })

  test('knowing more of the context never turns a sure answer for whatever holds into its opposite', () => {
    holdsFor((of, asked) => {
      const open = verdictOf(inputOf(of), { ...asked, complete: false }, of)
      const whole = verdictOf(inputOf(of), { ...asked, complete: true, context: { 'aws:SecureTransport': 'true', ...asked.context } }, of)
      if (open === 'deny') expect(whole).toBe('deny')
    })
  })

  test('who-can names exactly the listed principals that can', () => {
    holdsFor((of, asked) => {
      const iam = compile(inputOf(of))
      const granted = new Map(iam.whoCan(asked.action, asked.resource, { context: asked.context, complete: asked.complete }).map((grant) => [grant.principal, grant.verdict]))
      for (const principal of [ROLE, USER]) {
        const said = iam.verdict({ principal, action: asked.action, resource: asked.resource, context: asked.context, complete: asked.complete })
        expect(granted.get(principal) ?? 'deny').toBe(said)
      }
      const anyone = iam.verdict({ principal: '*', action: asked.action, resource: asked.resource, context: asked.context, complete: asked.complete })
      if (granted.get('*') === undefined) expect(anyone).toBe('deny')
    })
  })

  test('the cases drawn are worth it: each verdict is frequent', () => {
    const seen: Record<Verdict, number> = { allow: 0, deny: 0, conditional: 0 }
    holdsFor((of, asked) => { seen[verdictOf(inputOf(of), asked, of)]++ })
    expect(Object.values(seen).every((times) => times > 10), JSON.stringify(seen)).toBe(true)
  })

  test('members of one class get the same answer', () => {
    holdsFor((of, asked) => {
      const twin = `${ROLE}-twin`
      const input = inputOf(of)
      const iam = compile({ ...input, principals: [...input.principals!, { ...input.principals![0]!, arn: twin }] })
      if (iam.principalClass(ROLE) !== iam.principalClass(twin)) return
      expect(iam.verdict({ ...asked, principal: twin })).toBe(iam.verdict({ ...asked, principal: ROLE }))
    })
  })
})
