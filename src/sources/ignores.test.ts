import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ignoreComments } from './ignores.ts'
import { readTemplates } from './templates.ts'

const ignoresIn = async (name: string, text: string): Promise<Readonly<Record<string, readonly string[]>>> => {
  const folder = mkdtempSync(join(tmpdir(), 'bartizan-'))
  writeFileSync(join(folder, name), text)
  const { resources } = await readTemplates([folder], { takenAt: '2026-01-01T00:00:00Z', from: folder })
  return Object.fromEntries(Array.from({ length: resources.length }, (_, index) => resources.get(index)).map(({ id, ignores = [] }) => [id, ignores.map(({ check }) => check)]))
}

test.each([
  ['# bartizan:ignore a-check reason="ours" until=2030-01-01\r', [{ check: 'a-check', reason: 'ours', until: '2030-01-01' }]],
  ['// bartizan:ignore CKV_AWS_21 reason=\'ours\'', [{ check: 'CKV_AWS_21', reason: 'ours' }]],
  ['/* bartizan:ignore a reason="ours" */', [{ check: 'a', reason: 'ours' }]],
  ['# bartizan:ignore a', []],
  ['# bartizan:ignore a reason=""', []],
  ['# bartizan:ignore a reason="ours" until=tomorrow', []],
  ['bartizan:ignore a reason="ours"', []],
])('%j', (text, ignores) => expect([...ignoreComments(text).values()].flat()).toEqual(ignores))

describe('comments silence what they stand beside, and nothing else', () => {
  test('in YAML', async () => {
    expect(await ignoresIn('t.yaml', `Resources:
  # bartizan:ignore above-a reason="r"
  A:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: a # bartizan:ignore in-a reason="r"
  # bartizan:ignore above-b reason="r"
  # more words
  B:
    Type: AWS::S3::Bucket
# bartizan:ignore outputs reason="r"
Outputs: {} # bartizan:ignore outputs reason="r"
`)).toEqual({ 't/A': ['above-a', 'in-a'], 't/B': ['above-b'] })
  })

  test('in HCL, with the blocks that belong to a resource', async () => {
    expect(await ignoresIn('main.tf', `# bartizan:ignore above-a reason="r"
resource "aws_s3_bucket" "a" {
  bucket = "a" // bartizan:ignore in-a reason="r"
}

# bartizan:ignore versions-of-a reason="r"
resource "aws_s3_bucket_versioning" "a" {
  bucket = aws_s3_bucket.a.id
  versioning_configuration { status = "Disabled" }
}
resource "aws_s3_bucket" "b" {}
# bartizan:ignore last reason="r"
`)).toEqual({ 'aws_s3_bucket.a': ['above-a', 'in-a', 'versions-of-a'], 'aws_s3_bucket.b': [] })
  })

  test('in notebooks, code, Dockerfiles and lists of packages', async () => {
    const line = '# bartizan:ignore code-unsafe-model-load reason="ours"'
    const notebook = JSON.stringify({ cells: [{ cell_type: 'code', source: [`${line}\n`, 'import torch\n', 'torch.load(f)'] }] })
    for (const [name, text] of [['n.ipynb', notebook], ['app.py', `${line}\nimport torch\ntorch.load(f)\n`], ['Dockerfile', `${line}\nFROM vllm/vllm-openai:latest\n`], ['requirements.txt', `${line}\nopenai\n`]] as const) {
      expect(await ignoresIn(name, text)).toEqual({ [name]: ['code-unsafe-model-load'] })
    }
  })

  test('in the metadata of JSON', async () => {
    const bartizan = { ignore: [{ check: 'a', reason: 'r' }, { check: 'b' }, { check: 'c', reason: 'r', until: 'tomorrow' }] }
    expect(await ignoresIn('t.json', JSON.stringify({ Resources: { A: { Type: 'AWS::S3::Bucket', Metadata: { bartizan } } } }))).toEqual({ 't/A': ['a'] })
    expect(await ignoresIn('p.json', JSON.stringify({ Version: '2020-12-01', Metadata: { bartizan }, Steps: [] }))).toEqual({ 'p.json': ['a'] })
  })
})
