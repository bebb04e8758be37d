import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { readTemplates } from './templates.ts'

const read = async (files: Readonly<Record<string, string>>) => {
  const root = mkdtempSync(join(tmpdir(), 'bartizan-'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), text)
  }
  const { resources } = await readTemplates([root], { takenAt: '2026-01-01T00:00:00Z', from: root })
  return Array.from({ length: resources.length }, (_, index) => resources.get(index))
}

test('root modules with the same addresses are told apart, and no part goes to the other', async () => {
  const bucket = 'variable "x" {}\nresource "aws_s3_bucket" "this" {\n  bucket = var.x\n}\n'
  const versioned = `${bucket}resource "aws_s3_bucket_versioning" "this" {\n  bucket = aws_s3_bucket.this.id\n  versioning_configuration {\n    status = "Enabled"\n  }\n}\n`
  const resources = await read({ 'dev/main.tf': bucket, 'prod/main.tf': versioned })
  expect(resources.map(({ id, arn, properties }) => [id, arn, properties['VersioningConfiguration']]))
    .toEqual([['dev/aws_s3_bucket.this', 'arn:aws:s3:::dev-this', undefined], ['prod/aws_s3_bucket.this', 'arn:aws:s3:::prod-this', { Status: 'Enabled' }]])
})

test('plans with the same addresses are told apart; a plan and its state are one', async () => {
  const plan = (bucket: string) => JSON.stringify({ format_version: '1.2', resource_changes: [{ address: 'aws_s3_bucket.b', type: 'aws_s3_bucket', mode: 'managed', change: { actions: ['create'], after: { bucket } } }] })
  const state = JSON.stringify({ format_version: '1.0', values: { root_module: { resources: [{ address: 'aws_s3_bucket.b', type: 'aws_s3_bucket', mode: 'managed', values: { bucket: 'one' } }] } } })
  expect((await read({ 'one.plan.json': plan('one'), 'two.json': plan('two') })).map(({ id }) => id)).toEqual(['one/aws_s3_bucket.b', 'two/aws_s3_bucket.b'])
  expect((await read({ 'plan.json': plan('one'), 'state.json': state })).map(({ id }) => id)).toEqual(['aws_s3_bucket.b'])
})

test('what AWS will name in several stacks has a name of its own in each', async () => {
  const stack = 'Resources: {Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {}}}, Tool: {Type: AWS::Lambda::Function, Properties: {Code: {ZipFile: x}, Role: !GetAtt Role.Arn}}}'
  const resources = await read({ 'a.yaml': stack, 'b.yaml': `${stack}\n`, 'c.yaml': 'Resources: {Other: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {}}}}' })
  expect(resources.filter(({ type }) => type === 'AWS::IAM::Role').map(({ arn }) => arn?.split('/')[1])).toEqual(['a-Role', 'b-Role', 'Other'])
  expect(resources.find(({ id }) => id === 'b/Tool')!.properties['Role']).toBe('arn:aws:iam::000000000000:role/b-Role')
})
