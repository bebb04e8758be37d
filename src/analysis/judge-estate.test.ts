import { expect, test } from 'vitest'
import { readTemplates } from '../sources/templates.ts'
import { analyse } from './analysis.ts'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

test('a finding about a secret never shows it', async () => {
  const key = `AKIA${'QRSTUVWX23456723'}`
  const file = join(mkdtempSync(join(tmpdir(), 'bartizan-')), 'template.json')
  writeFileSync(file, JSON.stringify({ Resources: {
    Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: {} } },
    F: { Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': ['Role', 'Arn'] }, Code: { ZipFile: 'x' }, Handler: 'h', Runtime: 'python3.12', Environment: { Variables: { AWS_KEY: key, OPENAI_API_KEY: 'hunter2hunter2', MODEL: 'x' } } } },
  } }))
  const { findings } = await analyse(await readTemplates([file], { takenAt: '2026-01-01T00:00:00Z' }))
  expect(findings.some(({ resourceName, check }) => resourceName === 'F' && check.includes('secret'))).toBe(true)
  expect(JSON.stringify(findings)).not.toContain(key)
  expect(JSON.stringify(findings)).not.toContain('hunter2')
})

test('a finding about a permission names the statements that give it, and where they stand', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'bartizan-')), 'template.json')
  const role = (service: string, Statement: object) => ({ Type: 'AWS::IAM::Role', Properties: {
    AssumeRolePolicyDocument: { Statement: { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' } },
    Policies: [{ PolicyName: 'inline', PolicyDocument: { Statement: [Statement] } }],
  } })
  writeFileSync(file, JSON.stringify({ Resources: {
    Strong: role('sagemaker.amazonaws.com', { Effect: 'Allow', Action: '*', Resource: '*' }),
    Science: role('lambda.amazonaws.com', { Effect: 'Allow', Action: ['iam:PassRole', 'sagemaker:CreateTrainingJob'], Resource: '*' }),
  } }, undefined, 1))
  const { findings } = await analyse(await readTemplates([file], { takenAt: '2026-01-01T00:00:00Z' }))
  const found = findings.find(({ check, resourceName }) => check === 'privesc-passrole-sagemaker-training' && resourceName === 'Science')
  expect(found?.evidence.map(({ resource, pointer, note }) => `${resource.slice(resource.lastIndexOf('/') + 1)} ${pointer} ${note}`)).toEqual([
    'Science Policies/0/PolicyDocument/Statement/0 allows sagemaker:CreateTrainingJob, iam:PassRole',
    'Strong Policies/0/PolicyDocument/Statement/0 allows iam:AttachRolePolicy, iam:CreatePolicyVersion',
  ])
  expect(found?.evidence.every(({ location }) => (location?.line ?? 0) > 1)).toBe(true)
})
