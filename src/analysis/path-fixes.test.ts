import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeFixer } from '../attack/fix/fix.ts'
import type { Fix, FixOptions } from '../attack/fix/fix.ts'
import { rebuilder } from '../attack/fix/edit.ts'
import { attackPaths } from '../attack/paths.ts'
import { goalOf } from '../attack/path.ts'
import type { Given } from '../checks/check.ts'
import type { Estate } from '../graph/estate.ts'
import { demoSnapshot } from './demo.ts'
import { exampleEstate } from './example.ts'
import { facts } from './facts.ts'
import { allSteps } from './paths.ts'
import { buildEstate } from '../graph/estate.ts'

const steps = (await allSteps()).map(({ item }) => item)
const known = await facts()
const options: FixOptions = { steps, facts: known }
const account = 'arn:aws:iam::111122223333'

const estateOf = (given: readonly Given[]): Estate => exampleEstate('AWS::SNS::Topic', { TopicName: 'unrelated', given } as never, known)
const everyPath = (estate: Estate) => attackPaths(estate, { ...options, all: true, limit: Infinity })
const allow = (Action: string | string[], Resource: string | string[] = '*') => ({ Effect: 'Allow', Action, Resource })
const document = (...Statement: object[]) => ({ Version: '2012-10-17', Statement })
const user = (UserName: string, ...statements: object[]): Given[] => [
  { type: 'AWS::IAM::User', properties: { UserName, Policies: [{ PolicyName: 'own', PolicyDocument: document(...statements) }] } },
  { type: 'AWS::IAM::AccessKey', properties: { UserName, Status: 'Active' } },
]
const role = (RoleName: string, principal: object, ...statements: object[]): Given => ({
  type: 'AWS::IAM::Role',
  properties: { RoleName, AssumeRolePolicyDocument: document({ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' }), Policies: [{ PolicyName: 'own', PolicyDocument: document(...statements) }] },
})
const bucket = (BucketName: string, ...statements: object[]): Given[] => [
  { type: 'AWS::S3::Bucket', properties: { BucketName, Tags: [{ Key: 'classification', Value: 'restricted' }] } },
  ...statements.length === 0 ? [] : [{ type: 'AWS::S3::BucketPolicy' as const, properties: { Bucket: BucketName, PolicyDocument: document(...statements) } }],
]

/** Solves the estate with the fix, apart from whatever the fixer did. */
const withFix = (estate: Estate, { edits }: Fix) => everyPath(rebuilder(estate, known)(edits))

const statements = fc.constantFrom(
  allow('*'), allow('s3:*'), allow(['s3:GetObject', 's3:PutObject']), allow('s3:GetObject', 'arn:aws:s3:::vault/*'), allow(['iam:PassRole', 'sagemaker:CreateNotebookInstance', 'sagemaker:CreatePresignedNotebookInstanceUrl']),
  allow('iam:PassRole', [`${account}:role/r0`, `${account}:role/r1`]), allow(['lambda:CreateFunction', 'lambda:InvokeFunction']), allow('sts:AssumeRole', `${account}:role/r1`), allow('iam:PutUserPolicy', `${account}:user/u0`),
  allow('bedrock:InvokeModel'), allow(['iam:PutRolePolicy', 'iam:UpdateAssumeRolePolicy'], `${account}:role/r0`), { Effect: 'Deny', Action: 's3:PutObject', Resource: '*' })
const few = fc.array(statements, { minLength: 1, maxLength: 3 })
const principals = fc.constantFrom<object>({ Service: 'sagemaker.amazonaws.com' }, { Service: ['lambda.amazonaws.com', 'sagemaker.amazonaws.com'] }, { AWS: `${account}:root` }, { AWS: ['arn:aws:iam::999988887777:root', `${account}:user/u0`] }, { AWS: '*' })
const grants = fc.array(fc.constantFrom(
  { Effect: 'Allow', Principal: '*', Action: ['s3:GetObject', 's3:PutObject'], Resource: 'arn:aws:s3:::vault/*' },
  { Effect: 'Allow', Principal: { AWS: ['arn:aws:iam::999988887777:root', `${account}:user/u1`] }, Action: 's3:GetObject', Resource: 'arn:aws:s3:::vault/*' }), { maxLength: 2 })

const estates = fc.record({ u0: few, u1: few, r0: fc.tuple(principals, few), r1: fc.tuple(principals, few), vault: grants }).map(({ u0, u1, r0, r1, vault }) =>
  estateOf([...user('u0', ...u0), ...user('u1', ...u1), role('r0', r0[0], ...r0[1]), role('r1', r1[0], ...r1[1]), ...bucket('vault', ...vault)]))

test('a fix takes its paths away and never adds one', () => {
  fc.assert(fc.property(estates, fc.nat(), (estate, which) => {
    const before = everyPath(estate)
    const path = before[which % (before.length || 1)]
    if (path === undefined) return
    for (const fix of makeFixer(estate, options).of(path)) {
      const after = new Set(withFix(estate, fix).map(goalOf))
      expect(after.has(goalOf(path))).toBe(false)
      // Whoever reaches a target now did so before, or anybody did.
      for (const { entry, target } of withFix(estate, fix)) {
        expect(before.some((old) => old.target.id === target.id && old.target.power === target.power && (old.entry.id === entry.id || ['internet', 'any-account'].includes(old.entry.kind)))).toBe(true)
      }
      expect(fix.removes).toEqual(before.filter((old) => !after.has(goalOf(old))).map(({ id }) => id))
      expect(fix.commands.length).toBeGreaterThan(0)
    }
  }), { numRuns: 6 })
})

test('one set of edits cuts all paths to a target, but those that nothing cuts', () => {
  fc.assert(fc.property(estates, (estate) => {
    const before = everyPath(estate)
    const target = before[0]?.target.id
    const fix = makeFixer(estate, options).all(before.filter((path) => path.target.id === target))
    if (fix === undefined) return
    for (const path of withFix(estate, fix).filter((one) => one.target.id === target)) expect(makeFixer(estate, options).of(path)).toEqual([])
  }), { numRuns: 4 })
})

test('the demo: every path can be cut, by few edits', () => {
  const estate = buildEstate(demoSnapshot(), known)
  const paths = everyPath(estate)
  const fix = makeFixer(estate, options).all(paths)!
  expect(fix.removes.length).toBe(paths.length)
  expect(fix.edits.length).toBeLessThanOrEqual(10)
  expect(withFix(estate, fix)).toEqual([])
})

test('what was seen in use stays: another edit is found, or none', () => {
  const estate = estateOf([...user('u0', allow(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::vault/*')), ...bucket('vault')])
  const path = everyPath(estate).find(({ target }) => target.type === 'AWS::S3::Bucket')!
  expect(makeFixer(estate, options).of(path)[0]!.edits[0]!.title).toBe('Deny s3:GetObject on arn:aws:s3:::vault/* to u0')
  const writes = { principal: `${account}:user/u0`, action: 's3:PutObject', resource: 'arn:aws:s3:::vault/x' }
  const used = makeFixer(estate, { ...options, used: [writes] }).of(path)
  expect(used.map(({ edits }) => edits[0]!.title)).toEqual(['Deny s3:GetObject on arn:aws:s3:::vault/* to u0', 'Take s3:GetObject out of statement 1 of own of u0'])
  const reads = { ...writes, action: 's3:GetObject', resource: '*' }
  expect(makeFixer(estate, { ...options, used: [reads] }).of(path)).toEqual([])
})

test('who may rewrite its own policies is not stopped by a denial in them', () => {
  const estate = estateOf([...user('u0', allow('bedrock:*'), allow('bedrock:InvokeModel'), allow('iam:PutUserPolicy', `${account}:user/u0`))])
  const path = everyPath(estate).find(({ target }) => target.type === 'AWS::Bedrock::FoundationModel')!
  const fixes = makeFixer(estate, options).of(path)
  expect(fixes.map(({ edits }) => edits.map(({ title }) => title))).toEqual([[expect.stringContaining('Deactivate access key')]])
})

const organization: Given[] = [
  { type: 'AWS::Organizations::Organization', properties: { Id: 'o-abc1234567', ManagementAccountId: '999900001111' } },
  { type: 'AWS::Organizations::Policy', properties: { Name: 'FullAWSAccess', Type: 'SERVICE_CONTROL_POLICY', TargetIds: ['111122223333'], Content: document(allow('*')) } },
]

test('an SCP or RCP is proposed where there is an organisation', () => {
  const open = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::vault/*' }
  const estate = estateOf([...organization, ...user('u0', allow('s3:GetObject')), ...bucket('vault', open)])
  const titlesFor = (kind: string) => makeFixer(estate, options).of(everyPath(estate).find(({ entry }) => entry.kind === kind)!).flatMap(({ edits, commands }) => [...edits.map(({ title }) => title), ...commands])
  expect(titlesFor('internet').join('\n')).toMatch(/RCP on account 111122223333[\s\S]*attach-policy --target-id 111122223333[\s\S]*aws:PrincipalOrgID/)
  const closed = estateOf([...organization, ...user('u0', allow('s3:GetObject')), ...bucket('vault')])
  const reads = everyPath(closed).find(({ target }) => target.type === 'AWS::S3::Bucket')!
  expect(makeFixer(closed, options).of(reads).flatMap(({ edits }) => edits.map(({ title }) => title)).join('\n')).toContain('by an SCP on account 111122223333')
})
