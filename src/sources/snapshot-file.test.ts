import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Resource } from '../model/resource.ts'
import { snapshotSchema } from '../model/snapshot.ts'
import type { SnapshotHeader } from '../model/snapshot.ts'
import { mendSnapshot, readSnapshot, writeSnapshot } from './snapshot-file.ts'

const header: SnapshotHeader = {
  schema: snapshotSchema, takenAt: '2026-01-01T00:00:00Z', tool: 'bartizan', source: 'aws', origin: '111122223333',
  accounts: [{ id: '111122223333' }], regions: ['us-east-1'],
}

const bucket = (name: string): Resource => ({
  type: 'AWS::S3::Bucket', id: `arn:aws:s3:::${name}`, account: '111122223333', region: 'us-east-1', name, tags: {}, properties: { BucketName: name },
})

const place = () => join(mkdtempSync(join(tmpdir(), 'bartizan-')), 'snapshot.jsonl.gz')

const written = (path: string) => {
  const writer = writeSnapshot(path)
  writer.write({ kind: 'header', header })
  for (const name of ['first', 'second']) writer.write({ kind: 'resource', resource: bucket(name) })
  writer.write({ kind: 'gap', gap: { account: '111122223333', region: 'us-east-1', operation: 's3:GetBucketPolicy', reason: 'access denied' } })
  writer.write({ kind: 'done', done: { collector: 's3', account: '111122223333', region: 'us-east-1' } })
  return writer
}

test('what is written is read', async () => {
  const path = place()
  written(path).close()
  const { resources, gaps, done, header: read } = await readSnapshot(path)
  expect(read).toEqual(header)
  expect([resources.get(0), resources.get(1)]).toEqual([bucket('first'), bucket('second')])
  expect(gaps).toHaveLength(1)
  expect(done).toEqual([{ collector: 's3', account: '111122223333', region: 'us-east-1' }])
  expect(statSync(path).mode & 0o777).toBe(0o600)
})

test('a snapshot that was killed is read up to its last flush, and goes on', async () => {
  const path = place()
  written(path).write({ kind: 'resource', resource: bucket('lost') })
  writeFileSync(path, readFileSync(path).subarray(0, -1))
  expect((await readSnapshot(path)).resources.length).toBeGreaterThan(0)

  const whole = place()
  written(whole)
  const more = writeSnapshot(whole, { append: true })
  more.write({ kind: 'header', header: { ...header, regions: ['eu-west-1'] } })
  more.write({ kind: 'resource', resource: bucket('second') })
  more.write({ kind: 'resource', resource: bucket('third') })
  more.close()
  const { resources, header: read } = await readSnapshot(whole)
  expect(Array.from({ length: resources.length }, (_, index) => resources.get(index).name)).toEqual(['first', 'second', 'third'])
  expect(read.regions).toEqual(['us-east-1', 'eu-west-1'])
})

test('a snapshot whose last write was cut short goes on after it is mended', async () => {
  const path = place()
  const writer = written(path)
  writer.write({ kind: 'resource', resource: bucket('lost') })
  writer.close()
  writeFileSync(path, readFileSync(path).subarray(0, -10))
  await mendSnapshot(path)
  const more = writeSnapshot(path, { append: true })
  more.write({ kind: 'resource', resource: bucket('third') })
  more.close()
  const { resources, done } = await readSnapshot(path)
  expect(Array.from({ length: resources.length }, (_, index) => resources.get(index).name)).toEqual(['first', 'second', 'third'])
  expect(done).toHaveLength(1)
})

test('what bears the same name in two regions are two resources, and a gap told twice is one', async () => {
  const path = place()
  const writer = written(path)
  const recorder = { type: 'AWS::Config::ConfigurationRecorder', id: 'default', account: '111122223333', name: 'default', tags: {}, properties: { Name: 'default' } }
  for (const region of ['us-east-1', 'eu-west-1']) writer.write({ kind: 'resource', resource: { ...recorder, region } })
  writer.write({ kind: 'gap', gap: { account: '111122223333', region: 'us-east-1', operation: 's3:GetBucketPolicy', reason: 'access denied' } })
  writer.close()
  const { resources, gaps } = await readSnapshot(path)
  expect(resources.length).toBe(4)
  expect(gaps).toHaveLength(1)
})

test.each([
  ['plain text', Buffer.from('hello'), 'BZ004'],
])('%s is refused', async (_name, bytes, code) => {
  const path = place()
  writeFileSync(path, bytes)
  await expect(readSnapshot(path)).rejects.toMatchObject({ code })
})

test('a snapshot of a later version is refused', async () => {
  const path = place()
  const writer = writeSnapshot(path)
  writer.write({ kind: 'header', header: { ...header, schema: 'bartizan.snapshot/99' } })
  writer.close()
  await expect(readSnapshot(path)).rejects.toMatchObject({ code: 'BZ004' })
})

test('a scan that fails before its header leaves no file, and one that is there as it was', async () => {
  const path = place()
  const fail = () => {
    const writer = writeSnapshot(path)
    writer.write({ kind: 'gap', gap: { account: '111122223333', region: 'global', operation: 'organizations:ListParents', reason: 'access denied' } })
    writer.close()
  }
  fail()
  expect(existsSync(path)).toBe(false)
  written(path).close()
  fail()
  expect((await readSnapshot(path)).resources.length).toBe(2)
})

test('a place that cannot be written to is refused at once', () => {
  const path = place()
  writeFileSync(path, '')
  expect(() => writeSnapshot(join(path, 'inside.jsonl.gz'))).toThrow(expect.objectContaining({ code: 'BZ007' }))
})
