import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'

const command = join(import.meta.dirname, '..', 'bin', 'bartizan.js')

const folder = (files: Readonly<Record<string, string>>): string => {
  const home = mkdtempSync(join(tmpdir(), 'bartizan-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(home, name), text)
  return home
}

const bartizan = (home: string, ...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], { cwd: home, encoding: 'utf8' })
  return { status, stdout, stderr }
}

const key = `sk-proj-${'a1B2'.repeat(8)}`
const template = (access: string): string => `Resources:
  Notebook:
    Type: AWS::SageMaker::NotebookInstance
    Properties: {InstanceType: ml.t3.medium, RoleArn: arn:aws:iam::111122223333:role/ml, SubnetId: subnet-1, DirectInternetAccess: ${access}}
  Tool:
    Type: AWS::Lambda::Function
    Properties: {Role: arn:aws:iam::111122223333:role/ml, Code: {ZipFile: x}, Environment: {Variables: {OPENAI_API_KEY: ${key}}}}
`

describe('bartizan scan', () => {
  it('writes what templates define as a snapshot, without the secrets in them', () => {
    const home = folder({ 't.yaml': template('Disabled') })
    expect(bartizan(home, 'scan', 't.yaml', '--out', 'head.jsonl.gz', '-q').status).toBe(0)
    const text = gunzipSync(readFileSync(join(home, 'head.jsonl.gz'))).toString()
    expect(text).not.toContain(key)
    expect(text).toContain('BartizanSecrets')
    expect(bartizan(home, 'inventory', '--in', 'head.jsonl.gz').stdout).toMatch(/Notebook/)
  })

  it('says what a deployment adds to what is there', () => {
    const home = folder({ 't.yaml': template('Disabled') })
    bartizan(home, 'scan', 't.yaml', '--out', 'head.jsonl.gz', '-q')
    writeFileSync(join(home, 't.yaml'), template('Enabled'))
    const { stdout, status } = bartizan(home, 'scan', 't.yaml', '--onto', 'head.jsonl.gz', '--json', '--fail-on', 'high')
    expect((JSON.parse(stdout) as { findings: { check: string }[] }).findings.map(({ check }) => check)).toEqual(['sagemaker-notebook-direct-internet'])
    expect(status).toBe(1)
  })

  it('refuses a snapshot beside templates, and says how they are joined', () => {
    const home = folder({ 't.yaml': template('Disabled') })
    expect(bartizan(home, 'scan', 'demo', 't.yaml')).toMatchObject({ status: 2, stderr: expect.stringContaining('--onto demo') as string })
  })
})
