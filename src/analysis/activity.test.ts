import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { activityOf } from './activity.ts'

const at = { eventTime: '2026-08-03T10:00:00Z', awsRegion: 'us-east-1' }
const read = (...records: object[]) => {
  const file = join(mkdtempSync(join(tmpdir(), 'bartizan-')), 'trail.json')
  writeFileSync(file, JSON.stringify({ Records: records.map((record, index) => ({ ...at, eventID: String(index), ...record })) }))
  return activityOf(file)
}
const role = 'arn:aws:iam::111122223333:role/training'

test('a call that names a role passes it', async () => {
  const user = 'arn:aws:iam::111122223333:user/dana'
  expect(await read({ eventSource: 'sagemaker.amazonaws.com', eventName: 'CreateNotebookInstance', userIdentity: { arn: user }, requestParameters: { notebookInstanceName: 'x', roleArn: role } })).toEqual([
    { principal: user, action: 'iam:PassRole', resource: role }, { principal: user, action: 'sagemaker:CreateNotebookInstance', resource: '*' },
  ])
})

test('a service that assumes a role is a principal; what failed was not done', async () => {
  const assumed = { eventSource: 'sts.amazonaws.com', eventName: 'AssumeRole', userIdentity: { type: 'AWSService', invokedBy: 'sagemaker.amazonaws.com' }, requestParameters: { roleArn: role }, resources: [{ ARN: role }] }
  expect(await read(assumed, { ...assumed, errorCode: 'AccessDenied' })).toEqual([{ principal: 'sagemaker.amazonaws.com', action: 'sts:AssumeRole', resource: role }])
})

test('a call of Bedrock names its model, one through an inference profile leaves it open', async () => {
  const call = (modelId: string) => ({ eventSource: 'bedrock.amazonaws.com', eventName: 'InvokeModel', userIdentity: { arn: role }, requestParameters: { modelId } })
  const found = await read(call('anthropic.claude-v2:1'), call('us.anthropic.claude-3-haiku-20240307-v1:0'), call('arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0'))
  expect(found.map(({ resource }) => resource)).toEqual([
    'arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-v2:1', '*', 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0',
  ])
})

test('what is no log is said with its place', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'bartizan-')), 'notes.txt')
  writeFileSync(file, 'nothing here')
  await expect(activityOf(file)).rejects.toThrow(`${file} is not a CloudTrail file: not JSON`)
  await expect(activityOf(`${file}.none`)).rejects.toThrow('Cannot read logs at')
})
