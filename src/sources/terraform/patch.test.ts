import { expect, test } from 'vitest'
import { patchHcl } from './patch.ts'

const text = `# images
resource "aws_ecr_repository" "r" {
  name                 = "docs" # {kept}
  image_tag_mutability = "MUTABLE" # for now

  image_scanning_configuration {
    scan_on_push = false
  }
}

resource "aws_sagemaker_notebook_instance" "n" {
  name          = "n"
  role_arn      = aws_iam_role.r.arn
  root_access   = var.root
}
resource "aws_bedrockagent_agent" "empty" {
}
`

test('a literal is replaced, its comment and layout stay', () => {
  expect(patchHcl(text, 2, ['ImageTagMutability'], 'IMMUTABLE')).toBe(text.replace('"MUTABLE" # for now', '"IMMUTABLE" # for now'))
  expect(patchHcl(text, 2, ['ImageScanningConfiguration', 'ScanOnPush'], true)).toBe(text.replace('scan_on_push = false', 'scan_on_push = true'))
})

test('what is missing is added at the end of the block, as terraform fmt would align it', () => {
  expect(patchHcl(text, 11, ['DirectInternetAccess'], 'Disabled')).toBe(text.replace('= var.root\n', '= var.root\n  direct_internet_access = "Disabled"\n'))
  expect(patchHcl(text, 11, ['PlatformId'], 'x')).toContain('  platform_id   = "x"\n}')
  expect(patchHcl(text, 11, ['MetadataOptions', 'HttpTokens'], 'required')).toBe(text.replace('= var.root\n', '= var.root\n\n  metadata_options {\n    http_tokens = "required"\n  }\n'))
  expect(patchHcl(text, 16, ['IdleSessionTTLInSeconds'], 1800)).toContain('"empty" {\n  idle_session_ttl_in_seconds = 1800\n}')
})

test('expressions, other lines and blocks on one line are left alone', () => {
  expect(patchHcl(text, 11, ['RootAccess'], 'Disabled')).toBeUndefined()
  expect(patchHcl(text, 1, ['RootAccess'], 'Disabled')).toBeUndefined()
  expect(patchHcl('resource "aws_s3_bucket" "b" {}', 1, ['A'], 1)).toBeUndefined()
  expect(patchHcl('resource "aws_x" "b" {\n  dynamic "opts" {\n  }\n}', 1, ['Opts', 'A'], 1)).toBeUndefined()
})

test('what is indented by tabs stays so', () => {
  const tabs = text.replaceAll(/^(?: {2})+/gm, (spaces) => '\t'.repeat(spaces.length / 2))
  const nested = ['InstanceMetadataServiceConfiguration', 'MinimumInstanceMetadataServiceVersion']
  expect(patchHcl(tabs, 11, nested, '2')).toContain('\n\tinstance_metadata_service_configuration {\n\t\tminimum_instance_metadata_service_version = "2"\n\t}\n')
  expect(patchHcl(text, 11, nested, '2')).toContain('\n  instance_metadata_service_configuration {\n    minimum_instance_metadata_service_version = "2"\n  }\n')
})
