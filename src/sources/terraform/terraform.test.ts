import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { isUnknown } from '../../core/unknown.ts'
import { hclResources } from './hcl.ts'
import { isPlan, planResources } from './plan.ts'

const where = { account: '111122223333', region: 'eu-west-1' }

const folderOf = (files: Readonly<Record<string, string>>): string[] => {
  const folder = mkdtempSync(join(tmpdir(), 'bartizan-'))
  return Object.entries(files).map(([name, text]) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  })
}

const options = (files: readonly string[]) => ({ where, variables: {}, root: dirname(files[0]!) })

test('a folder of HCL is read with its variables, modules, loops, policies and lines', async () => {
  const files = folderOf({
    'main.tf': `variable "name" { default = "docs" }
variable "env" {}
locals { full = "\${var.name}-\${var.env}" }
data "aws_iam_policy_document" "p" {
  statement {
    actions   = ["s3:PutObject"]
    resources = ["\${aws_s3_bucket.b.arn}/*"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}
resource "aws_s3_bucket" "b" {
  bucket = local.full
  tags   = { env = var.env }
}
resource "aws_s3_bucket_versioning" "v" {
  bucket = aws_s3_bucket.b.id
  versioning_configuration { status = "Enabled" }
}
resource "aws_s3_bucket_policy" "p" {
  bucket = aws_s3_bucket.b.id
  policy = data.aws_iam_policy_document.p.json
}
resource "aws_sagemaker_notebook_instance" "n" {
  for_each      = toset(["one", "two"])
  name          = each.key
  instance_type = "ml.t3.medium"
  role_arn      = aws_iam_role.r.arn
}
resource "aws_iam_role" "r" {
  name               = "runner"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}
module "inner" {
  source = "./inner"
  name   = var.name
}
module "remote" {
  source = "some/registry/module"
}
resource "aws_unheard_of" "x" {}
`,
    'terraform.tfvars': 'env = "prod"\n',
    'inner/main.tf': 'variable "name" {}\nresource "aws_ecr_repository" "e" {\n  name = "${var.name}-images"\n}\n',
  })
  const { resources, gaps } = await hclResources(files.filter((file) => file.endsWith('.tf')), options(files))
  const named = Object.fromEntries(resources.map((resource) => [resource.id, resource]))
  expect(Object.keys(named).sort()).toEqual(['aws_iam_role.r', 'aws_s3_bucket.b', 'aws_s3_bucket_policy.p', 'aws_sagemaker_notebook_instance.n["one"]', 'aws_sagemaker_notebook_instance.n["two"]', 'module.inner.aws_ecr_repository.e'])
  expect(named['aws_s3_bucket.b']).toMatchObject({ arn: 'arn:aws:s3:::docs-prod', tags: { env: 'prod' }, location: { line: 14 }, properties: { BucketName: 'docs-prod', VersioningConfiguration: { Status: 'Enabled' } } })
  expect(named['aws_s3_bucket.b']!.lines).toMatchObject({ Tags: 16 })
  expect(named['aws_s3_bucket_policy.p']!.properties).toMatchObject({ Bucket: 'docs-prod', PolicyDocument: { Statement: [{ Principal: { AWS: ['*'] }, Resource: ['arn:aws:s3:::docs-prod/*'] }] } })
  expect(named['aws_sagemaker_notebook_instance.n["one"]']!.properties).toMatchObject({ NotebookInstanceName: 'one', RoleArn: 'arn:aws:iam::111122223333:role/runner' })
  expect(named['module.inner.aws_ecr_repository.e']!.name).toBe('docs-images')
  expect(gaps.map(({ operation }) => operation)).toEqual(['read module remote', 'map aws_unheard_of'])
})

test('a plan is read: what is known only after apply is unknown, unless what it names is in the plan', () => {
  const change = (address: string, type: string, after: unknown, unknowns: unknown) => ({ address, type, mode: 'managed', change: { actions: ['create'], after, after_unknown: unknowns } })
  const { resources } = planResources('plan.json', {
    resource_changes: [
      change('aws_iam_role.r', 'aws_iam_role', { name: 'runner', assume_role_policy: '{"Version":"2012-10-17","Statement":[]}' }, { arn: true, id: true }),
      change('aws_sagemaker_model.m', 'aws_sagemaker_model', { name: 'm', primary_container: [{ image: 'x', model_data_url: null }], enable_network_isolation: null }, { execution_role_arn: true, arn: true, primary_container: [{ model_data_url: true }] }),
      { address: 'aws_s3_bucket.gone', type: 'aws_s3_bucket', change: { actions: ['delete'], after: null } },
    ],
    configuration: { root_module: { resources: [{ address: 'aws_sagemaker_model.m', expressions: { execution_role_arn: { references: ['aws_iam_role.r.arn', 'aws_iam_role.r'] } } }] } },
  }, where)
  const model = resources.find(({ type }) => type === 'AWS::SageMaker::Model')!
  expect(model.properties['ExecutionRoleArn']).toBe('arn:aws:iam::111122223333:role/runner')
  expect(isUnknown((model.properties['PrimaryContainer'] as { ModelDataUrl: unknown }).ModelDataUrl)).toBe(true)
  expect(resources).toHaveLength(2)
})

test('a state is read, as it is shown and as it lies on disk', () => {
  const values = { bucket: 'docs', arn: 'arn:aws:s3:::docs' }
  const shown = { format_version: '1.0', values: { root_module: { child_modules: [{ resources: [{ address: 'module.a.aws_s3_bucket.b["k"]', type: 'aws_s3_bucket', mode: 'managed', values }] }] } } }
  const disk = { version: 4, terraform_version: '1.9.0', resources: [{ module: 'module.a', mode: 'managed', type: 'aws_s3_bucket', name: 'b', instances: [{ index_key: 'k', attributes: values }] }, { mode: 'data', type: 'aws_region', name: 'r', instances: [] }] }
  for (const document of [shown, disk]) {
    expect(isPlan(document)).toBe(true)
    expect(planResources('state.json', document, where).resources.map(({ id, arn }) => [id, arn])).toEqual([['module.a.aws_s3_bucket.b["k"]', 'arn:aws:s3:::docs']])
  }
})

test('tags of a provider are on what it makes, and parts find their owner though nobody knows its name', async () => {
  const files = folderOf({
    'main.tf': `
provider "aws" {
  default_tags {
    tags = { Team = "ml" }
  }
}
provider "aws" {
  alias = "west"
}
variable "bucket_label" {}
resource "aws_s3_bucket" "b" {
  bucket = var.bucket_label
  tags   = { Env = "prod" }
}
resource "aws_s3_bucket_versioning" "b" {
  bucket = aws_s3_bucket.b.bucket
  versioning_configuration {
    status = "Enabled"
  }
}
resource "aws_s3_bucket" "far" {
  provider = aws.west
  bucket   = "far"
}
` })
  const { resources, gaps } = await hclResources(files, options(files))
  const [near, far] = resources
  expect([near!.tags, far!.tags]).toEqual([{ Team: 'ml', Env: 'prod' }, {}])
  expect(near!.properties).toMatchObject({ BucketName: { $unknown: 'variable bucket_label has no value' }, VersioningConfiguration: { Status: 'Enabled' } })
  expect(gaps).toEqual([])
})

test('what follows blocks of which nobody knows how many there are stands beside them', async () => {
  const files = folderOf({ 'main.tf': `
variable "m" {}
resource "aws_s3_bucket" "b" {
  for_each = var.m
  bucket   = each.key
}
resource "aws_s3_bucket_versioning" "b" {
  for_each = aws_s3_bucket.b
  bucket   = each.value.id
  versioning_configuration {
    status = "Enabled"
  }
}
resource "aws_s3_bucket_policy" "b" {
  for_each = aws_s3_bucket.b
  bucket   = each.value.id
  policy   = jsonencode({ Statement = [{ Effect = "Deny", Principal = "*", Action = "s3:*", Resource = "\${each.value.arn}/*" }] })
}
` })
  const { resources } = await hclResources(files, options(files))
  expect(resources.map(({ id, properties }) => [id, properties['VersioningConfiguration'] ?? properties['Bucket']])).toEqual([['aws_s3_bucket.b', { Status: 'Enabled' }], ['aws_s3_bucket_policy.b', 'b']])
})

test('a broken file is a gap that names it, and the others are still read', async () => {
  const files = folderOf({ 'good.tf': 'resource "aws_s3_bucket" "b" {\n  bucket = "b"\n}\n', 'bad.tf': 'resource "aws_s3_bucket" {{{\n' })
  const { resources, gaps } = await hclResources(files, options(files))
  expect(resources.map(({ id }) => id)).toEqual(['aws_s3_bucket.b'])
  expect(gaps[0]!.operation).toContain('bad.tf')
})
