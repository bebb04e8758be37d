import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { silent } from '../../../core/events.ts'
import type { Resource } from '../../../model/resource.ts'
import type { SnapshotLine } from '../../../model/snapshot.ts'
import type { Collector } from '../collector.ts'
import { makeLimiter } from '../limiter.ts'
import { readRow } from '../rows.ts'
import { makeRun } from '../run.ts'
import ecr from '../services/ecr.ts'
import lambda from '../services/lambda.ts'

const script = 'import anthropic\nANTHROPIC_API_KEY = "sk-ant-REDACTED"\n'.replace('REDACTED', 'a1B2'.repeat(8))

/** A zip of one stored file. */
const zipOf = (path: string, text: string): Buffer => {
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(path.length, 26)
  const entry = Buffer.alloc(46)
  entry.writeUInt32LE(0x02014b50, 0)
  entry.writeUInt32LE(text.length, 20)
  entry.writeUInt32LE(text.length, 24)
  entry.writeUInt16LE(path.length, 28)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(30 + path.length + text.length, 16)
  return Buffer.concat([local, Buffer.from(path + text), entry, Buffer.from(path), end])
}

/** A tar of one file. */
const tarOf = (path: string, text: string): Buffer => {
  const header = Buffer.alloc(512)
  header.write(path, 0)
  header.write(text.length.toString(8).padStart(11, '0'), 124)
  header.write('0', 156)
  return Buffer.concat([header, Buffer.from(text), Buffer.alloc(1536 - text.length % 512)])
}

const config = JSON.stringify({ config: { Env: ['PATH=/bin', 'OPENAI_API_KEY=sk-proj-'.concat('c3D4'.repeat(8))] }, history: [{ created_by: 'RUN pip install vllm && ollama serve' }] })
const files: Readonly<Record<string, Buffer>> = { '/f.zip': zipOf('app.py', script), '/layer': gzipSync(tarOf('app/main.py', script)), '/config': Buffer.from(config), '/broken.zip': Buffer.from('<html>') }

let server: Server
let base = ''
const before = process.env['AWS_ENDPOINT_URL']

beforeAll(async () => {
  server = createServer((request, response) => {
    const file = files[request.url ?? '']
    response.writeHead(file === undefined ? 404 : 200).end(file)
  })
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  base = `http://127.0.0.1:${(server.address() as { port: number }).port}`
  process.env['AWS_ENDPOINT_URL'] = base
})

afterAll(() => {
  server.close()
  if (before === undefined) delete process.env['AWS_ENDPOINT_URL']
  else process.env['AWS_ENDPOINT_URL'] = before
})

type Answers = Readonly<Record<string, (input: Readonly<Record<string, unknown>>) => object>>

const read = async (collector: Collector, answers: Answers, readCode = true): Promise<SnapshotLine[]> => {
  const lines: SnapshotLine[] = []
  const run = makeRun({
    collector, account: '111122223333', region: 'eu-west-1', home: 'eu-west-1', partition: 'aws', readCode, emit: silent, signal: undefined,
    lastUse: () => Promise.resolve(new Map()),
    tags: () => Promise.resolve({ of: new Map(), services: new Set() }),
    put: (line) => {
      lines.push(line)
      return Promise.resolve()
    },
    line: () => Promise.reject(new Error('not used')),
    lineTo: () => Promise.resolve({ limiter: makeLimiter(), send: async (operation, input) => await Promise.resolve((answers[operation]?.(input as Readonly<Record<string, unknown>>) ?? {}) as Record<string, unknown>) }),
  })
  await readRow(run, collector.resources[0]!)
  return lines
}

const properties = (lines: readonly SnapshotLine[], type: string): Resource['properties'] => lines.flatMap((line) => (line.kind === 'resource' && line.resource.type === type ? [line.resource.properties] : []))[0]!
const gaps = (lines: readonly SnapshotLine[]) => lines.flatMap((line) => (line.kind === 'gap' ? [line.gap] : []))

const functions = (location: string): Answers => ({
  ListFunctions: () => ({ Functions: [{ FunctionName: 'f', FunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:f', PackageType: 'Zip', Environment: { Variables: { HF_TOKEN: 'none' } } }] }),
  GetFunction: () => ({ Code: { Location: `${base}${location}` } }),
})

describe('reading the code of functions', () => {
  it('finds what the package holds beside what the settings tell, and keeps none of it', async () => {
    const lines = await read(lambda, functions('/f.zip'))
    const { BartizanAiUse: use, BartizanSecrets: secrets, BartizanCode: code } = properties(lines, 'AWS::Lambda::Function')
    expect(use).toEqual(expect.arrayContaining([{ Provider: 'Hugging Face', Evidence: 'variable HF_TOKEN' }, { Provider: 'Anthropic', Evidence: 'package anthropic (app.py)' }]))
    expect(secrets).toEqual([expect.objectContaining({ Kind: 'anthropic-api-key', Place: 'app.py' })])
    expect(code).toEqual({ Files: 1, Models: [] })
    expect(JSON.stringify(lines)).not.toContain('sk-ant-')
  })

  it('is a gap when the package cannot be read, and when nobody asked for it', async () => {
    expect(gaps(await read(lambda, functions('/missing')))).toEqual([expect.objectContaining({ resource: 'arn:aws:lambda:eu-west-1:111122223333:function:f', reason: expect.stringContaining('HTTP 404') as string })])
    expect(gaps(await read(lambda, functions('/broken.zip')))).toEqual([expect.objectContaining({ reason: expect.stringContaining('no zip archive') as string })])
    expect(gaps(await read(lambda, functions('/f.zip'), false))).toEqual([expect.objectContaining({ operation: 'lambda:GetFunction', reason: expect.stringContaining('--read-code') as string })])
  })

  it('asks no host but AWS', async () => {
    const lines = await read(lambda, { ...functions(''), GetFunction: () => ({ Code: { Location: 'http://169.254.169.254/latest' } }) })
    expect(gaps(lines)).toEqual([expect.objectContaining({ reason: expect.stringContaining('no address that can be trusted') as string })])
  })
})

describe('reading the newest image of a repository', () => {
  it('looks at variables, history and the files of layers', async () => {
    const digest = (name: string) => `sha256:${createHash('sha256').update(name).digest('hex')}`
    const manifest = JSON.stringify({ config: { digest: digest('/config') }, layers: [{ digest: digest('/layer'), size: 100, mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip' }] })
    const index = JSON.stringify({ manifests: [{ digest: digest('arm'), platform: { os: 'linux', architecture: 'arm64' } }, { digest: digest('x86'), platform: { os: 'linux', architecture: 'amd64' } }] })
    const lines = await read(ecr, {
      DescribeRepositories: () => ({ repositories: [{ repositoryName: 'chat', repositoryArn: 'arn:aws:ecr:eu-west-1:111122223333:repository/chat' }] }),
      DescribeImages: () => ({ imageDetails: [{ imageDigest: digest('old'), imagePushedAt: new Date(1) }, { imageDigest: digest('new'), imagePushedAt: new Date(2) }] }),
      BatchGetImage: ({ imageIds }) => ({ images: [{ imageManifest: JSON.stringify(imageIds).includes(digest('new')) ? index : JSON.stringify(imageIds).includes(digest('x86')) ? manifest : '{}' }] }),
      GetDownloadUrlForLayer: ({ layerDigest }) => ({ downloadUrl: base + ['/config', '/layer'].find((name) => digest(name) === layerDigest)! }),
    })
    const { BartizanAiUse: use, BartizanSecrets: secrets } = properties(lines, 'AWS::ECR::Repository')
    expect((use as { Provider: string }[]).map(({ Provider }) => Provider)).toEqual(expect.arrayContaining(['OpenAI', 'Anthropic', 'ollama', 'vllm']))
    expect((secrets as { Kind: string }[]).map(({ Kind }) => Kind).sort()).toEqual(['anthropic-api-key', 'openai-api-key'])
    expect(gaps(lines)).toEqual([])
  })
})
