import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BartizanError } from '../src/core/errors.ts'
import { readTemplates } from '../src/sources/templates.ts'

const read = (name: string, text: string) => {
  const folder = mkdtempSync(join(tmpdir(), 'bartizan-'))
  writeFileSync(join(folder, name), text)
  return readTemplates([folder], { takenAt: '2026-01-01T00:00:00Z', from: folder })
}

/** What reading comes to: resources, gaps that name the file, or one error with a code. Nothing else is thrown. */
const outcome = async (name: string, text: string): Promise<{ readonly resources: number, readonly said: string }> => {
  try {
    const { resources, gaps } = await read(name, text)
    for (let index = 0; index < resources.length; index++) resources.get(index)
    return { resources: resources.length, said: gaps.map(({ operation, reason }) => `${operation}: ${reason}`).join('\n') }
  } catch (error) {
    if (!(error instanceof BartizanError)) throw error
    return { resources: 0, said: error.message }
  }
}

const bucket = (properties: string) => `Resources:\n  B:\n    Type: AWS::S3::Bucket\n    Properties: ${properties}\n`
const doubling = (count: number, line: (index: number) => string) => Array.from({ length: count }, (_, index) => line(index)).join('\n')

describe('hostile templates end with an answer', () => {
  test.each<[string, string, string, RegExp]>([
    ['broken YAML', 't.yaml', bucket('{BucketName: [}'), /t\.yaml:4/],
    ['broken HCL', 't.tf', 'resource "aws_s3_bucket" "b" {\n  bucket = \n}\n', /t\.tf:2/],
    ['deep YAML', 't.yaml', bucket(`${'{a: '.repeat(3_000)}1${'}'.repeat(3_000)}`), /t\.yaml.*(deep|nest|stack)/i],
    ['deep flow lists', 't.json', `{"Resources": {"B": {"Type": "AWS::S3::Bucket", "Properties": ${'['.repeat(20_000)}${']'.repeat(20_000)}}}}`, /t\.json.*(deep|nest|stack)/i],
    ['deep HCL', 't.tf', `locals {\n  a = ${'['.repeat(5_000)}${']'.repeat(5_000)}\n}\n`, /t\.tf.*deep/],
    ['anchors that explode', 't.yaml', `${bucket('*z')}a: &a [x, x, x, x, x, x, x, x, x, x]\n${doubling(9, (index) => `${'bcdefghij'[index]}: &${'bcdefghij'[index]} [${Array(10).fill(`*${'abcdefghi'[index]}`).join(', ')}]`)}\nz: &z *j\n`, /t\.yaml/],
    ['an anchor that holds itself', 't.yaml', 'Resources: &r\n  B: {Type: AWS::S3::Bucket, Properties: *r}\n', /t\.yaml/],
    ['a huge file', 't.yaml', bucket(`{BucketName: ${'x'.repeat(17 * 1024 * 1024)}}`), /t\.yaml.*larger/],
    ['a huge HCL file', 't.tf', `locals { a = "${'x'.repeat(5 * 1024 * 1024)}" }\n`, /t\.tf.*larger/],
  ])('%s', async (_name, file, text, said) => {
    const { resources, said: message } = await outcome(file, text)
    expect(message).toMatch(said)
    expect(resources).toBeLessThan(2)
  })

  test.each<[string, string, string]>([
    ['texts that double', 't.tf', `locals {\n  a0 = "xxxxxxxxxx"\n${doubling(60, (index) => `  a${index + 1} = "\${local.a${index}}\${local.a${index}}"`)}\n}\nresource "aws_s3_bucket" "b" { bucket = local.a60 }\n`],
    ['lists that double', 't.tf', `locals {\n  a0 = [1]\n${doubling(60, (index) => `  a${index + 1} = [local.a${index}, local.a${index}]`)}\n}\nresource "aws_s3_bucket" "b" { tags = { a = jsonencode(local.a60) } }\n`],
    ['lists that are flattened', 't.tf', `locals {\n  a0 = [1, 2]\n${doubling(40, (index) => `  a${index + 1} = concat(local.a${index}, local.a${index})`)}\n}\nresource "aws_s3_bucket" "b" { bucket = length(local.a40) }\n`],
    ['locals in a circle', 't.tf', 'locals {\n  a = local.b\n  b = "${local.a}!"\n}\nresource "aws_s3_bucket" "b" { bucket = local.a }\n'],
    ['a module that calls itself', 't.tf', 'module "m" { source = "./" }\nmodule "n" { source = "./" }\nresource "aws_s3_bucket" "b" {}\n'],
    ['count without end', 't.tf', 'resource "aws_s3_bucket" "b" { count = 99999999999 }\n'],
    ['conditions that double', 't.yaml', `Conditions:\n  C0: !Equals [!Ref X, y]\n${doubling(60, (index) => `  C${index + 1}: !And [!Condition C${index}, !Condition C${index}]`)}\nResources: {B: {Type: AWS::S3::Bucket, Condition: C60}}\n`],
    ['properties that ask for each other', 't.yaml', `Resources:\n${doubling(40, (index) => `  B${index}: {Type: AWS::S3::Bucket, Properties: {BucketName: !Sub "\${B${index + 1}.BucketName}\${B${index + 1}.BucketName}"}}`)}\n  B40: {Type: AWS::S3::Bucket, Properties: {BucketName: !GetAtt B0.BucketName}}\n`],
    ['a loop that is too long', 't.yaml', 'Transform: AWS::LanguageExtensions\nResources:\n  "Fn::ForEach::A":\n    - X\n    - !Split [",", !Join ["", ["a,b"]]]\n    - "B${X}": {Type: AWS::S3::Bucket}\n'],
    ['names of prototypes', 't.json', '{"Resources": {"__proto__": {"Type": "AWS::S3::Bucket"}, "constructor": {"Type": "AWS::S3::Bucket", "Properties": {"Tags": {"Ref": "toString"}, "BucketName": {"Fn::GetAtt": ["hasOwnProperty", "Arn"]}}}}}'],
  ])('%s', async (_name, file, text) => {
    const { resources } = await outcome(file, text)
    expect(resources).toBeLessThan(1_100)
    expect(Object.prototype).not.toHaveProperty('Type')
  })
})

const word = fc.constantFrom('Ref', 'Fn::Sub', 'Fn::If', 'Fn::GetAtt', 'Fn::Join', 'Fn::Select', 'Fn::ForEach::X', 'Fn::Transform', 'Type', 'Properties', 'Condition', 'Metadata', 'B', '__proto__', 'x')
const { value: anyValue } = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, fc.constantFrom<unknown>(null, true, 0, -1, '', 'AWS::S3::Bucket', 'AWS::Serverless::Function', 'AWS::CloudFormation::Stack', '${B}', '${B.Arn}', 'B', 'AWS::NoValue'), fc.array(tie('value'), { maxLength: 3 }), fc.dictionary(word, tie('value'), { maxKeys: 3 })),
}))

test('whatever stands where in a CloudFormation template, reading it ends', async () => {
  await fc.assert(fc.asyncProperty(fc.record({ Resources: fc.dictionary(word, anyValue, { maxKeys: 3 }), Conditions: anyValue, Parameters: anyValue, Mappings: anyValue, Outputs: anyValue, Globals: anyValue }), async (document) => {
    expect(await outcome('t.json', JSON.stringify(document))).toHaveProperty('resources')
  }), { numRuns: 300 })
})

test('whatever stands where in a plan, reading it ends', async () => {
  const change = fc.record({ address: fc.constantFrom('aws_s3_bucket.b', 'module.m["x"].aws_iam_role.r[0]', ''), type: fc.constantFrom('aws_s3_bucket', 'aws_iam_role', 'aws_security_group_rule', 'aws_lambda_function', 'x'), change: fc.record({ actions: fc.constant(['create']), after: fc.dictionary(word, anyValue), after_unknown: anyValue }) })
  await fc.assert(fc.asyncProperty(fc.array(change, { maxLength: 4 }), anyValue, async (changes, root) => {
    expect(await outcome('plan.json', JSON.stringify({ format_version: '1', resource_changes: changes, configuration: { root_module: { resources: [{ address: 'aws_s3_bucket.b', expressions: { Ref: root } }] } } }))).toHaveProperty('resources')
  }), { numRuns: 300 })
})

test('whatever expression stands in HCL, reading it ends', async () => {
  const part = fc.constantFrom('var.x', 'local.a', '"', '${', '}', '(', ')', '[', ']', '{', '}', ' for ', ' in ', ':', '=>', '...', '*', '.', '?', 'jsonencode', 'merge', 'each.value', '1', 'null', '!', '-', '%{ if true }', '<<EOF\n', '\n')
  await fc.assert(fc.asyncProperty(fc.array(part, { maxLength: 12 }), async (parts) => {
    expect(await outcome('main.tf.json', JSON.stringify({ locals: { a: `\${${parts.join('')}}` }, resource: { aws_s3_bucket: { b: { bucket: `x-\${local.a}`, tags: parts.join('') } } } }))).toHaveProperty('resources', 1)
  }), { numRuns: 300 })
})
