import { expect, test } from 'vitest'
import type { Given } from '../checks/check.ts'
import { tableOf } from '../model/snapshot.ts'
import { analyse } from './analysis.ts'
import { compare } from './diff.ts'
import { exampleEstate } from './example.ts'
import { facts } from './facts.ts'

const known = await facts()

/** An analysis of a user with a key, the statements of its policy, and whatever else. */
const analysisOf = (statements: readonly object[], ...others: Given[]) => {
  const given: Given[] = [
    { type: 'AWS::IAM::User', properties: { UserName: 'build', Policies: [{ PolicyName: 'own', PolicyDocument: { Statement: statements } }] } },
    { type: 'AWS::IAM::AccessKey', id: 'AKIAEXAMPLE', properties: { UserName: 'build', Status: 'Active' } },
    ...others,
  ]
  const { header, table } = exampleEstate('AWS::SNS::Topic', { TopicName: 'unrelated', given } as never, known)
  return analyse({ header, resources: tableOf(Array.from({ length: table.length }, (_, index) => table.get(index))), gaps: [], done: [] })
}

const allow = { Effect: 'Allow', Action: 'bedrock:InvokeModel', Resource: '*' }
const deny = { ...allow, Effect: 'Deny' }
const other = { ...allow, Action: 'logs:PutLogEvents' }
const user = 'arn:aws:iam::111122223333:user/build'

test('a path that a statement opens is put down to that statement', async () => {
  const { paths, resources } = compare(await analysisOf([other]), await analysisOf([other, allow]))
  expect(resources.changed.map(({ pointers }) => pointers)).toEqual([['Policies/0/PolicyDocument/Statement/1']])
  expect(paths.added).toHaveLength(1)
  expect(paths.added[0]!.causes).toMatchObject([{ change: 'changed', resource: user, pointer: 'Policies/0/PolicyDocument/Statement/1' }])
  expect(paths.removed).toEqual([])
})

test('a path that a denial stopped is put down to the denial that went', async () => {
  const { paths } = compare(await analysisOf([allow, deny]), await analysisOf([allow]))
  expect(paths.added[0]!.causes).toMatchObject([{ change: 'changed', resource: user, pointer: 'Policies/0/PolicyDocument/Statement/1' }])
})

test('a path that ends is put down to what ended it, and a resource that is gone counts as a whole', async () => {
  const { paths, resources } = compare(await analysisOf([allow]), await analysisOf([other]))
  expect(paths.removed[0]!.causes).toMatchObject([{ change: 'changed', pointer: 'Policies/0/PolicyDocument/Statement/0/Action' }])
  expect(resources.removed).toEqual([])
})

test('nothing changed is nothing', async () => {
  const one = await analysisOf([allow])
  expect(compare(one, one)).toEqual({ resources: { added: [], removed: [], changed: [] }, findings: { added: [], removed: [] }, paths: { added: [], removed: [] } })
})

test('a path that a new key of a user opens is put down to the key', async () => {
  const second = { type: 'AWS::IAM::User' as const, properties: { UserName: 'new', Policies: [{ PolicyName: 'own', PolicyDocument: { Statement: [allow, other] } }] } }
  const key = { type: 'AWS::IAM::AccessKey' as const, id: 'AKIANEW', properties: { UserName: 'new', Status: 'Active' } }
  const { paths } = compare(await analysisOf([allow], second), await analysisOf([allow], second, key))
  expect(paths.added.map(({ causes }) => causes.map(({ change, type }) => [change, type]))).toEqual([[['added', 'AWS::IAM::AccessKey']]])
})
