import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { analyse } from '../../analysis/analysis.ts'
import type { Analysis } from '../../analysis/analysis.ts'
import { demoSnapshot } from '../../analysis/demo.ts'
import { readTemplates } from '../../sources/templates.ts'
import asff from './asff.ts'
import csv from './csv.ts'
import json from './json.ts'
import jsonl from './jsonl.ts'
import junit from './junit.ts'
import markdown from './markdown.ts'
import ocsf from './ocsf.ts'
import sarif from './sarif.ts'
import table from './table.ts'

const plain = { colour: false, columns: 80, suppressed: true, undecided: true }
const hostile = '=cmd|<img src=x onerror=alert(1)>;"\u001B[31m`|*'
let analysis: Analysis

beforeAll(async () => {
  const found = await analyse(demoSnapshot())
  const [first, ...others] = found.findings as [Analysis['findings'][0], ...Analysis['findings']]
  analysis = { ...found, findings: [{ ...first, resourceName: hostile, tags: { [hostile]: hostile } }, ...others] }
})

const schema = () => JSON.parse(gunzipSync(readFileSync(new URL('../../../test/schemas/ocsf-1.6.0-compliance_finding.schema.json.gz', import.meta.url))).toString()) as object

describe('machine formats', () => {
  test('json holds everything', async () => {
    const document = JSON.parse(await json.render(analysis, plain)) as { schema: string, findings: unknown[], counts: unknown }
    expect(document.schema).toBe('bartizan.scan/1')
    expect(document.findings).toHaveLength(analysis.findings.length)
    expect(document.counts).toEqual(analysis.counts)
  })
  test('jsonl has a finding a line', async () => {
    const lines = (await jsonl.render(analysis, plain)).trimEnd().split('\n')
    expect(lines.map((line) => (JSON.parse(line) as { fingerprint: string }).fingerprint)).toEqual(analysis.findings.map(({ fingerprint }) => fingerprint))
  })
  test('ocsf fits the schema of class 2003, version 1.6.0', async () => {
    const ajv = new Ajv2020({ strict: false, allErrors: true })
    addFormats.default(ajv)
    const validate = ajv.compile(schema())
    const events = JSON.parse(await ocsf.render(analysis, plain)) as Record<string, unknown>[]
    expect(events).toHaveLength(analysis.findings.length)
    for (const event of events) {
      validate(event)
      expect(validate.errors ?? []).toEqual([])
    }
    expect(validate({ ...events[0], compliance: undefined, severity_id: 'worst' })).toBe(false)
  })
  test('sarif passes the multitool', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bartizan-'))
    const file = join(folder, 'findings.sarif')
    const snapshot = await readTemplates([new URL('../../../test/templates/support.yaml', import.meta.url).pathname], { takenAt: '2026-01-01T00:00:00Z', from: new URL('../../..', import.meta.url).pathname })
    writeFileSync(file, await sarif.render(await analyse(snapshot), plain))
    const binary = new URL('../../../node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool', import.meta.url).pathname
    chmodSync(binary, 0o755)
    execFileSync(binary, ['validate', file, '--output', join(folder, 'report.sarif'), '--log', 'ForceOverwrite', '--level', 'Error'], { stdio: 'ignore' })
    const report = JSON.parse(readFileSync(join(folder, 'report.sarif'), 'utf8').replace(/^\uFEFF/, '')) as { runs: { results: { level?: string }[] }[] }
    expect(report.runs[0]!.results.filter(({ level }) => level === 'error')).toEqual([])
    const { runs: [run] } = JSON.parse(readFileSync(file, 'utf8')) as { runs: { results: { locations: { physicalLocation: { region?: { startLine: number } } }[] }[] }[] }
    expect(run!.results.length).toBeGreaterThan(0)
    expect(run!.results.every(({ locations }) => locations[0]!.physicalLocation.region!.startLine > 1)).toBe(true)
  })
  test('asff stays within the limits of Security Hub', async () => {
    const { Findings: findings } = JSON.parse(await asff.render(analysis, plain)) as { Findings: { Title: string, Description: string, Id: string, ProductArn: string, Resources: { Type: string, Tags?: object }[] }[] }
    expect(findings).toHaveLength(analysis.findings.length)
    for (const finding of findings) {
      expect(finding.Title.length).toBeLessThanOrEqual(256)
      expect(finding.Description.length).toBeLessThanOrEqual(1024)
      expect(['AwsS3Bucket', 'AwsIamRole', 'AwsIamUser', 'AwsLambdaFunction', 'AwsEc2Instance', 'AwsEcrRepository', 'AwsKmsKey', 'AwsIamPolicy', 'AwsIamAccessKey', 'AwsEc2SecurityGroup', 'AwsSageMakerNotebookInstance', 'Other']).toContain(finding.Resources[0]!.Type)
      expect(finding.ProductArn).toMatch(/^arn:aws:securityhub:us-east-1:111122223333:product\/111122223333\/default$/)
    }
  })
})

test('asff calls a bucket as Security Hub does', async () => {
  const { Findings: findings } = JSON.parse(await asff.render(analysis, plain)) as { Findings: { Resources: { Type: string, Id: string }[] }[] }
  const buckets = findings.map(({ Resources: [resource] }) => resource!).filter(({ Id }) => Id === 'arn:aws:s3:::larkspur-transactions')
  expect(new Set(buckets.map(({ Type }) => Type))).toEqual(new Set(['AwsS3Bucket']))
})

describe('hostile text', () => {
  test('does not become a formula or a new column in csv', async () => {
    const row = (await csv.render(analysis, plain)).split('\r\n')[1]!
    expect(row).not.toContain('\u001B')
    expect(row).toContain(`"'=cmd|<img src=x onerror=alert(1)>;""`)
  })
  test('does not become an element in junit', async () => {
    const text = await junit.render(analysis, plain)
    expect(text).not.toContain('<img')
    expect(text).not.toContain('\u001B')
  })
  test('does not become markup in markdown', async () => {
    const text = await markdown.render(analysis, plain)
    expect(text).not.toContain('<img')
    expect(text).toContain('\\|')
  })
  test('does not grow past what a comment holds', async () => {
    const long = analysis.findings.map((finding) => ({ ...finding, fix: '& '.repeat(500) }))
    const text = await markdown.render({ ...analysis, findings: long }, plain)
    expect(long.length).toBeGreaterThan(30)
    expect(text.length).toBeLessThan(65_536)
    expect(text).toMatch(/\|\n\n… and more than a comment holds/)
  })
  test('does not steer a terminal', async () => {
    const [undecided, gap] = [{ check: hostile, type: hostile, account: hostile, region: hostile, reason: hostile }, { account: hostile, region: hostile, operation: hostile, reason: hostile, permission: hostile }]
    const silenced = { ...analysis.findings[0]!, suppression: { by: 'mute' as const, reason: hostile } }
    expect(await table.render({ ...analysis, undecided: [undecided], gaps: [gap], suppressed: [silenced] }, plain)).not.toContain('\u001B')
  })
})

test('the table fits 80 columns', async () => {
  const text = await table.render(analysis, { ...plain, undecided: false })
  expect(text.split('\n').filter((line) => line.length > 80)).toEqual([])
  expect(text).toContain('Risks by pillar')
})

test('the table tells the twenty worst checks in full, and all of them with -v', async () => {
  const fixes = async (undecided: boolean) => (await table.render(analysis, { ...plain, undecided })).match(/^ {4}Fix: /gm)?.length
  expect(await fixes(false)).toBe(20)
  expect(await fixes(true)).toBe(new Set(analysis.findings.map(({ check }) => check)).size)
})
