import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readText } from '../sources/files.ts'
import { readTemplates } from '../sources/templates.ts'
import { analyse } from './analysis.ts'
import { fixTemplates } from './fixes.ts'

const fixesOf = async (file: string, text: string) => {
  const path = join(mkdtempSync(join(tmpdir(), 'bartizan-')), file)
  writeFileSync(path, text)
  const open = (texts?: ReadonlyMap<string, string>) => readTemplates([path], { takenAt: '2026-01-01T00:00:00Z', ...texts === undefined ? {} : { texts } })
  const { fixes, texts } = await fixTemplates(await analyse(await open(), { paths: false }), readText, open)
  return { fixed: fixes.map(({ finding }) => finding.check), text: texts.get(path) ?? '' }
}

test('the checks no longer fail on a template that was fixed, and its comments are still there', async () => {
  const { fixed, text } = await fixesOf('t.yaml', readText(new URL('../../test/templates/support.yaml', import.meta.url).pathname))
  expect(fixed).toContain('sagemaker-notebook-imdsv1')
  // Silenced by a comment, and an intrinsic: neither is changed.
  expect(text).toContain('      # bartizan:ignore sagemaker-notebook-root-access reason="installs drivers" until=2030-01-01\n      RootAccess: Enabled\n      DirectInternetAccess: !If [IsProd, Enabled, Disabled]\n')
  expect(text).toContain('MinimumInstanceMetadataServiceVersion: \'2\'')
})

test('HCL is fixed where a value is literal', async () => {
  const { fixed, text } = await fixesOf('main.tf', `resource "aws_sagemaker_notebook_instance" "n" {
  name                   = "n"
  role_arn               = "arn:aws:iam::111122223333:role/r"
  instance_type          = "ml.t3.medium"
  subnet_id              = "subnet-1"
  # so that it can be reached
  direct_internet_access = "Enabled" # TICKET-1
}
`)
  expect(fixed).toContain('sagemaker-notebook-direct-internet')
  expect(text).toContain('  # so that it can be reached\n  direct_internet_access = "Disabled" # TICKET-1\n')
  expect(text).toContain('  root_access            = "Disabled"\n')
})

test('what AWS would refuse is left to a person', async () => {
  const { fixed, text } = await fixesOf('t.yaml', 'Resources:\n  N:\n    Type: AWS::SageMaker::NotebookInstance\n    Properties: {InstanceType: ml.t3.medium, RoleArn: arn:aws:iam::111122223333:role/r}\n')
  expect(fixed).toContain('sagemaker-notebook-root-access')
  expect(text).not.toContain('DirectInternetAccess')
})

test('nothing to fix changes nothing', async () => {
  expect(await fixesOf('t.yaml', 'Resources:\n  B:\n    Type: AWS::SNS::Topic\n')).toEqual({ fixed: [], text: '' })
})
