import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const command = join(import.meta.dirname, '..', 'bin', 'bartizan.js')
const home = mkdtempSync(join(tmpdir(), 'bartizan-can-'))

const ask = (...words: readonly string[]): { status: number | null, stdout: string, stderr: string } => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...words, '--in', 'demo', '--quiet'], { cwd: home, encoding: 'utf8', env: { ...process.env, COLUMNS: '80' } })
  return { status, stdout, stderr }
}

describe('bartizan can', () => {
  it('says yes, by which statement, and how to stop it, within 80 columns', () => {
    const { status, stdout } = ask('can', 'gpu-research', 's3:PutObject', 'larkspur-models')
    expect(status).toBe(0)
    expect(stdout).toMatch(/^Yes\. \S+:role\/gpu-research can do s3:PutObject on\s+arn:aws:s3:::larkspur-models\/\*\./)
    expect(stdout).toMatch(/Layer by layer\n {2}Identity policies {2}allow it\n/)
    expect(stdout).toMatch(/To stop it\n {2}Remove or narrow statement 1 \(Models\)/)
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  })

  it('says when the whole call fails for want of something else', () => {
    const { stdout } = ask('can', 'support-refunds', 's3:GetObject', 'larkspur-models')
    expect(stdout).toMatch(/^Yes\.[^]*\nBut the whole call fails: it also needs kms:Decrypt, which is denied \(below\)\.\n/)
    expect(stdout).toMatch(/The whole call needs besides\n {2}No: kms:Decrypt on/)
    expect(ask('who-can', 's3:GetObject', 'larkspur-models').stdout).toMatch(/role\/support-refunds\n[^]*the whole\s+call fails: it also needs kms:Decrypt/)
  })

  it('says no, and what would allow it, where the key only names the account', () => {
    const { status, stdout } = ask('can', 'fraud-training', 'kms:Decrypt', '*')
    expect(status).toBe(1)
    expect(stdout).toContain('Denied: no identity policy allows it.')
    expect(stdout).toMatch(/whose identity policies\s+then decide/)
    expect(stdout).toMatch(/To allow it\n {2}Allow kms:Decrypt on \* in an identity policy/)
  })

  it('takes --context, and prints JSON with the layers', () => {
    const { status, stdout } = ask('can', 'ml-admin', 's3:GetObject', 'larkspur-models', '--context', 'aws:SourceIp=203.0.113.9', '--json')
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ schema: 'bartizan.decision/1', verdict: 'allow', request: { resource: 'arn:aws:s3:::larkspur-models/*', context: { 'aws:SourceIp': '203.0.113.9' } }, layers: [{ layer: 'identity' }] })
  })

  it('refuses a misspelt action and an unknown principal, and says what is near', () => {
    expect(ask('can', 'ml-admin', 's3:GetObjekt', '*')).toMatchObject({ status: 2, stderr: expect.stringContaining('did you mean s3:GetObject?') as string })
    expect(ask('can', 'ml-admim')).toMatchObject({ status: 2, stderr: expect.stringContaining('did you mean "ml-admin"?') as string })
  })

  it('lists what a principal may do, by service and access level', () => {
    const { stdout } = ask('can', 'gpu-research')
    expect(stdout).toMatch(/^s3 {2}arn:aws:s3:::larkspur-models, arn:aws:s3:::larkspur-models\/\*\n {2}List +1 {2}ListBucket\n {2}Read +1 {2}GetObject/m)
  })

  it('makes the least policy of what a trail shows', () => {
    const arn = 'arn:aws:sts::111122223333:assumed-role/gpu-research/i-1'
    const record = { eventVersion: '1.08', eventTime: '2026-05-01T10:00:00Z', eventSource: 's3.amazonaws.com', eventName: 'GetObject', awsRegion: 'us-east-1', userIdentity: { type: 'AssumedRole', arn, sessionContext: { sessionIssuer: { arn: 'arn:aws:iam::111122223333:role/gpu-research' } } }, requestParameters: { bucketName: 'larkspur-models', key: 'a.bin' }, resources: [{ type: 'AWS::S3::Object', ARN: 'arn:aws:s3:::larkspur-models/a.bin' }] }
    writeFileSync(join(home, 'trail.json'), JSON.stringify({ Records: [record] }))
    const { status, stdout } = ask('can', 'gpu-research', '--from-trail', 'trail.json')
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['s3:GetObject'] }] })
    expect(ask('can', 'gpu-research', '--from-trail', 'trail.json', '-f', 'terraform').stdout).toMatch(/^resource "aws_iam_/m)
  })
})

describe('bartizan who-can', () => {
  it('names who may write to the objects of a bucket that is named', () => {
    const { status, stdout } = ask('who-can', 's3:PutObject', 'larkspur-models')
    expect(status).toBe(0)
    expect(stdout).toMatch(/^4 principals can do s3:PutObject on arn:aws:s3:::larkspur-models\/\*\.\n\nCan\n {2}\S+:role\/ml-admin\n/)
  })

  it('counts the policies of all resources where anything is asked about', () => {
    expect(ask('who-can', 's3:PutObject', '*').stdout).toContain('anyone, in any AWS account or none')
    expect(ask('who-can', 'sts:AssumeRole', '*').stdout).toContain('sagemaker.amazonaws.com')
  })
})
