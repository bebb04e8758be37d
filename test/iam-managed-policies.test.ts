import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { Catalogue } from '../src/iam/catalogue.ts'
import { compile } from '../src/iam/compile.ts'
import type { Diagnostic, PolicyInput } from '../src/iam/model.ts'
import { parsePolicy } from '../src/iam/parse.ts'
import { ACCOUNT } from '../src/iam/testing.ts'

const read = (name: string): unknown => JSON.parse(gunzipSync(readFileSync(new URL(`../data/${name}.json.gz`, import.meta.url))).toString())
const catalogue = read('iam-catalogue') as Catalogue
const managed = Object.entries(read('managed-policies') as Record<string, { document: { Statement: unknown } }>)
const policies = managed.map(([id, { document }]): PolicyInput => ({ id, kind: 'identity', document }))
const roleOf = (id: string): string => `arn:aws:iam::${ACCOUNT}:role/${id.slice(id.lastIndexOf('/') + 1)}`
const iam = compile({ policies, accounts: [{ id: ACCOUNT }], principals: policies.map(({ id }) => ({ arn: roleOf(id), policies: [id] })) }, catalogue)

describe('AWS managed policies', () => {
  test('there are many and all of them parse without an error', () => {
    expect(managed.length).toBeGreaterThan(1400)
    expect(iam.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  })

  test('each says the same as JSON text as it does as an object, and no statement is lost', () => {
    for (const policy of policies) {
      const seen: Diagnostic[] = []
      const parsed = parsePolicy(policy, 'identity', seen)
      expect(parsePolicy({ ...policy, document: JSON.stringify(policy.document) }, 'identity', seen)).toEqual(parsed)
      expect(parsed.statements.length).toBe([(policy.document as { Statement: unknown }).Statement].flat().length)
    }
  })

  const can = (name: string, action: string, resource = '*'): string => iam.verdict({ principal: `arn:aws:iam::${ACCOUNT}:role/${name}`, action, resource })
  test.each([
    ['AdministratorAccess', 'iam:CreateUser', '*', 'allow'],
    ['ReadOnlyAccess', 's3:GetObject', 'arn:aws:s3:::any/thing', 'allow'],
    ['ReadOnlyAccess', 's3:PutObject', 'arn:aws:s3:::any/thing', 'deny'],
    ['PowerUserAccess', 'sagemaker:CreateModel', '*', 'allow'],
    ['PowerUserAccess', 'iam:CreateUser', '*', 'deny'],
    ['AmazonS3ReadOnlyAccess', 's3:DeleteBucket', 'arn:aws:s3:::any', 'deny'],
    ['AmazonBedrockReadOnly', 'bedrock:InvokeModel', '*', 'deny'],
    ['AmazonSageMakerFullAccess', 'sagemaker:CreateTrainingJob', '*', 'allow'],
  ])('%s: %s on %s is %s', (name, action, resource, expected) => expect(can(name, action, resource)).toBe(expected))

  test('who can pass a role to SageMaker is found by the value of iam:PassedToService', () => {
    const passers = (service: string): string[] => iam.whoCan('iam:PassRole', `arn:aws:iam::${ACCOUNT}:role/service-role/AmazonSageMaker-1`, { context: { 'iam:PassedToService': service } }).map(({ principal }) => principal)
    expect(passers('sagemaker.amazonaws.com')).toContain(`arn:aws:iam::${ACCOUNT}:role/AmazonSageMakerFullAccess`)
    expect(passers('ec2.amazonaws.com')).not.toContain(`arn:aws:iam::${ACCOUNT}:role/AmazonSageMakerFullAccess`)
    expect(passers('ec2.amazonaws.com')).toContain(`arn:aws:iam::${ACCOUNT}:role/AdministratorAccess`)
  })

  test('an administrator may do everything in the catalogue, by service and level', () => {
    const all = iam.permissions(`arn:aws:iam::${ACCOUNT}:role/AdministratorAccess`)
    const known = Object.values(catalogue.services).reduce((sum, { actions }) => sum + Object.keys(actions).length, 0)
    expect(all.length).toBeGreaterThan(known * 0.99)
    expect(all.find(({ action }) => action === 's3:PutBucketPolicy')).toMatchObject({ level: 'Permissions management', verdict: 'allow', resources: ['*'] })
  })
})
