import { expect, test } from 'vitest'
import { indexArns } from './arn-index.ts'

const index = indexArns(['arn:aws:s3:::b', 'arn:aws:s3:::a-2', 'arn:aws:sqs:us-east-1:1:jobs', 'arn:aws:s3:::a-1', 'arn:aws:iam::1:role/a'])

test('those of a service that begin with a text come in order', () => {
  expect([...index.startingWith('arn:aws:s3:::a')]).toEqual(['arn:aws:s3:::a-1', 'arn:aws:s3:::a-2'])
  expect([...index.startingWith('arn:aws:s3:::c')]).toEqual([])
})

test('a text that does not name a service is looked for in all', () => {
  expect([...index.startingWith('arn:aws:s')].sort()).toEqual(['arn:aws:s3:::a-1', 'arn:aws:s3:::a-2', 'arn:aws:s3:::b', 'arn:aws:sqs:us-east-1:1:jobs'])
})
