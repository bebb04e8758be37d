import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { readTemplates } from './templates.ts'

const hash = 'a'.repeat(64)

const app = (files: Readonly<Record<string, unknown>>): string => {
  const root = mkdtempSync(join(tmpdir(), 'bartizan-'))
  for (const [name, value] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), JSON.stringify(value))
  }
  return root
}

const stack = (templateFile: string, more: object = {}) => ({ type: 'aws:cloudformation:stack', environment: 'aws://111122223333/eu-west-1', properties: { templateFile, stackName: 'App' }, ...more })

const nested = (logicalId: string, more: object) => ({
  [logicalId]: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: { 'Fn::Join': ['', ['https://s3.', { Ref: 'AWS::Region' }, `.amazonaws.com/cdk-assets/${hash}.json`]] }, Parameters: { Name: 'docs' } }, ...more },
})

const inner = { Parameters: { Name: { Type: 'String' } }, Resources: { Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { Ref: 'Name' } } } }, Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Bucket', 'Arn'] } } } }

const read = async (root: string, path = root) => {
  const { resources } = await readTemplates([path], { takenAt: '2026-01-01T00:00:00Z', from: root })
  return Array.from({ length: resources.length }, (_, index) => resources.get(index))
}

test.each([
  ['by the path of its asset', nested('Inner', { Metadata: { 'aws:asset:path': 'App.Inner.nested.template.json' } })],
  ['by the hash of its asset', nested('Inner', {})],
])('a nested stack is found %s, and stages and nested folders are read once', async (_how, resource) => {
  const root = app({
    'infra/cdk.out/manifest.json': { artifacts: { Prod: { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Prod' } } } },
    'infra/cdk.out/assembly-Prod/manifest.json': { artifacts: { App: stack('App.template.json') } },
    'infra/cdk.out/assembly-Prod/App.template.json': { Resources: { ...resource, Reader: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { 'Fn::GetAtt': ['Inner', 'Outputs.Arn'] } } } } },
    'infra/cdk.out/assembly-Prod/App.Inner.nested.template.json': inner,
    'infra/cdk.out/assembly-Prod/App.assets.json': { files: { [hash]: { source: { path: 'App.Inner.nested.template.json' } } } },
  })
  const resources = await read(root)
  expect(resources.map(({ id }) => id)).toEqual(['App/Inner', 'App/Reader', 'App/Inner/Bucket'])
  expect(resources[1]).toMatchObject({ account: '111122223333', region: 'eu-west-1', properties: { BucketName: 'arn:aws:s3:::docs' } })
  expect(resources[2]!.location?.file).toBe('infra/cdk.out/assembly-Prod/App.Inner.nested.template.json')
})

test.each(['in the manifest', 'in a file beside it'])('the line of the program that made a resource is told %s', async (place) => {
  const root = app({})
  const metadata = { '/App/Docs/Resource': [{ type: 'aws:cdk:logicalId', data: 'Docs1A2B', trace: ['new Bucket (/x/node_modules/aws-cdk-lib/s3.js:1:2)', `new Docs (${join(root, 'lib/docs.ts')}:12:5)`, `Object.<anonymous> (${join(root, 'bin/app.ts')}:3:1)`] }] }
  writeFileSync(join(root, 'manifest.json'), JSON.stringify({ artifacts: { App: stack('App.template.json', place === 'in the manifest' ? { metadata } : { additionalMetadataFile: 'App.metadata.json' }) } }))
  writeFileSync(join(root, 'App.metadata.json'), JSON.stringify(metadata))
  writeFileSync(join(root, 'App.template.json'), JSON.stringify({ Resources: { Docs1A2B: { Type: 'AWS::S3::Bucket', Metadata: { 'aws:cdk:path': 'App/Docs/Resource' } } } }))
  const [bucket] = await read(root)
  expect(bucket!.location).toEqual({ file: 'lib/docs.ts', line: 12, column: 5, path: 'App/Docs/Resource' })
})
