import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { buildEstate } from '../graph/estate.ts'
import { readText } from '../sources/files.ts'
import { readTemplates } from '../sources/templates.ts'
import type { Use } from '../attack/fix/trial.ts'
import { facts } from './facts.ts'
import { patcherOf } from './path-patches.ts'
import { findPaths, fixerOf } from './paths.ts'

const known = await facts()

/** The template with the fewest edits that stop all its paths, and the paths that are left with them. */
const patched = async (file: string, text: string, used: readonly Use[] = []) => {
  const path = join(mkdtempSync(join(tmpdir(), 'bartizan-')), file)
  writeFileSync(path, text)
  const again = (texts?: ReadonlyMap<string, string>) => readTemplates([path], { takenAt: '2026-01-01T00:00:00Z', ...texts === undefined ? {} : { texts } })
  const estate = buildEstate(await again(), known)
  const paths = await findPaths(estate)
  expect(paths.length).toBeGreaterThan(0)
  const patcher = await patcherOf(estate, {}, readText, again)
  const fix = (await fixerOf(estate, {}, used, patcher.accepts)).all(paths)!
  const texts = await patcher.patch(fix, paths)
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

const builder = (policy: string, key: string) => `resource "aws_iam_user" "ci" {
  name = "ci"
}

${key}

${policy}
`
const invoked: Use = { principal: 'arn:aws:iam::000000000000:user/ci', action: 'logs:PutLogEvents', resource: '*' }

test('no policy is left without statements: AWS would refuse it', async () => {
  const { text, left } = await patched('main.tf', builder(`resource "aws_iam_user_policy" "logs" {
  name   = "logs"
  user   = aws_iam_user.ci.name
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "logs:PutLogEvents", Resource = "*" }] })
}

resource "aws_iam_user_policy" "models" {
  name   = "models"
  user   = aws_iam_user.ci.name
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "bedrock:InvokeModel", Resource = "*" }] })
}`, 'resource "aws_iam_access_key" "ci" {\n  user = aws_iam_user.ci.name\n}'), [invoked])
  expect(left).toEqual([])
  expect(text).not.toMatch(/Statement\s*=\s*\[\s*\]/)
  expect(text).toContain('logs:PutLogEvents')
})

test('a block on one line gets a second argument', async () => {
  const { text, left } = await patched('main.tf', builder(`resource "aws_iam_user_policy_attachment" "a" {
  user       = aws_iam_user.ci.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonBedrockFullAccess"
}`, 'resource "aws_iam_access_key" "ci" { user = aws_iam_user.ci.name }'))
  expect(left).toEqual([])
  expect(text).toMatch(/resource "aws_iam_access_key" "ci" \{\n {2}user\s+= aws_iam_user.ci.name\n {2}status\s*= "Inactive"\n\}/)
})

test('a role that any account may assume keeps to its own, by the statement that lets them in', async () => {
  const { text, left } = await patched('main.tf', `resource "aws_iam_role" "open" {
  name               = "open"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { AWS = "*" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role_policy" "open" {
  name   = "models"
  role   = aws_iam_role.open.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["bedrock:*", "s3:*"], Resource = "*" }] })
}
`)
  expect(left).toEqual([])
  expect(text).toMatch(/"aws:PrincipalAccount" = data.aws_caller_identity.bartizan.account_id|Effect = "Deny", Principal/)
})
