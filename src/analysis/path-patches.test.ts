import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { buildEstate } from '../graph/estate.ts'
import { readText } from '../sources/files.ts'
import { readTemplates } from '../sources/templates.ts'
import { facts } from './facts.ts'
import { patcherOf } from './path-patches.ts'
import { findPaths, fixerOf } from './paths.ts'

const known = await facts()

/** The template with the fewest edits that stop all its paths, and the paths that are left with them. */
const patched = async (file: string, text: string) => {
  const path = join(mkdtempSync(join(tmpdir(), 'bartizan-')), file)
  writeFileSync(path, text)
  const again = (texts?: ReadonlyMap<string, string>) => readTemplates([path], { takenAt: '2026-01-01T00:00:00Z', ...texts === undefined ? {} : { texts } })
  const estate = buildEstate(await again(), known)
  const paths = await findPaths(estate)
  expect(paths.length).toBeGreaterThan(0)
  const fix = (await fixerOf(estate)).all(paths)!
  const texts = await (await patcherOf(estate, {}, readText, again)).patch(fix, paths)
  return { text: texts?.get(path), left: texts === undefined ? undefined : await findPaths(buildEstate(await again(texts), known)) }
}

test('a CloudFormation template takes the edits, its comments and intrinsics stay, and the paths are gone', async () => {
  const { text, left } = await patched('app.yaml', `Resources:
  Ci:
    Type: AWS::IAM::User
    Properties:
      UserName: ci # the pipeline
  Key:
    Type: AWS::IAM::AccessKey
    Properties: {UserName: !Ref Ci}
  Docs:
    Type: AWS::S3::Bucket
    Properties: {BucketName: docs-lab, Tags: [{Key: classification, Value: restricted}]}
  DocsPolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Docs
      PolicyDocument:
        Statement:
          - Sid: Ours
            Effect: Allow
            Principal: {AWS: !GetAtt Ci.Arn}
            # the pipeline writes
            Action: s3:PutObject
            Resource: !Sub \${Docs.Arn}/*
          # and the world reads
          - Effect: Allow
            Principal: '*'
            Action: [s3:GetObject, s3:GetObjectVersion]
            Resource: !Sub \${Docs.Arn}/*
`)
  expect(left).toEqual([])
  expect(text).toContain('      UserName: ci # the pipeline\n')
  expect(text).toContain('            # the pipeline writes\n            Action: s3:PutObject\n            Resource: !Sub ${Docs.Arn}/*\n')
})

test('a Terraform file takes the edits, and the paths are gone', async () => {
  const { text, left } = await patched('main.tf', `resource "aws_iam_user" "ci" {
  name = "ci"
}

resource "aws_iam_access_key" "ci" {
  user = aws_iam_user.ci.name
}

# What the pipeline may do
resource "aws_iam_user_policy" "ci" {
  name = "ci"
  user = aws_iam_user.ci.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["bedrock:InvokeModel", "bedrock:ListFoundationModels"], Resource = "*" }, # models
    ]
  })
}
`)
  expect(left).toEqual([])
  expect(text).toMatch(/# What the pipeline may do\n/)
  expect(text).toContain('# models')
})
