import { describe, expect, test } from 'vitest'
import { patchTemplate } from './patch.ts'

const yaml = `# the notebook of the team
Resources:
  # keep me
  Notebook:
    Type: AWS::SageMaker::NotebookInstance
    Properties:
      RoleArn: !GetAtt Role.Arn # its role
      RootAccess: "Enabled" # drivers
      DirectInternetAccess: !If [Prod, Enabled, Disabled]
      Tags: [{ Key: a, Value: b }]
  # the role
  Role:
    Type: AWS::IAM::Role
  Inline: { Type: 'AWS::ECR::Repository', Properties: { RepositoryName: x } }
`

describe('YAML', () => {
  test('a scalar is replaced in its own quotes, its comment stays', () => {
    expect(patchTemplate(yaml, 'Notebook', ['RootAccess'], 'Disabled')).toBe(yaml.replace('"Enabled" # drivers', '"Disabled" # drivers'))
  })
  test('a missing property follows the last one, in its indent and before the next comment', () => {
    expect(patchTemplate(yaml, 'Notebook', ['Metadata', 'Version'], '2')).toBe(yaml.replace('Value: b }]\n', 'Value: b }]\n      Metadata:\n        Version: \'2\'\n'))
  })
  test('missing properties are made', () => {
    expect(patchTemplate(yaml, 'Role', ['Path'], true)).toBe(yaml.replace('AWS::IAM::Role\n', 'AWS::IAM::Role\n    Properties:\n      Path: true\n'))
  })
  test('a flow map stays one', () => {
    expect(patchTemplate(yaml, 'Inline', ['Scan', 'OnPush'], true)).toBe(yaml.replace('RepositoryName: x }', 'RepositoryName: x, Scan: { OnPush: true } }'))
  })
  test('a file with other line ends keeps them', () => {
    expect(patchTemplate(yaml.replaceAll('\n', '\r\n'), 'Notebook', ['A'], 1)).toBe(yaml.replace('Value: b }]\n', 'Value: b }]\n      A: 1\n').replaceAll('\n', '\r\n'))
  })
  test.each([['an intrinsic', 'Notebook', ['DirectInternetAccess']], ['a list', 'Notebook', ['Tags', 'x']], ['an unknown resource', 'Other', ['A']]])('%s is left alone', (_what, id, path) => {
    expect(patchTemplate(yaml, id, path, 'Disabled')).toBeUndefined()
  })
  test('what an anchor shares is left alone', () => {
    expect(patchTemplate('Resources:\n  A:\n    Properties: &p\n      X: 1\n  B:\n    Properties: *p\n', 'A', ['X'], 2)).toBeUndefined()
  })
})

test('JSON keeps its indent', () => {
  const json = '{\n    "Resources": {\n        "R": {\n            "Type": "AWS::ECR::Repository",\n            "Properties": {\n                "ImageTagMutability": "MUTABLE",\n                "Name": "r"\n            }\n        }\n    }\n}\n'
  expect(patchTemplate(json, 'R', ['ImageTagMutability'], 'IMMUTABLE')).toBe(json.replace('"MUTABLE"', '"IMMUTABLE"'))
  const added = patchTemplate(json, 'R', ['Scan', 'On'], true)!
  expect(added).toBe(json.replace('"Name": "r"\n', '"Name": "r",\n                "Scan": { "On": true }\n'))
  expect(JSON.parse(added)).toHaveProperty('Resources.R.Properties.Scan.On', true)
})
