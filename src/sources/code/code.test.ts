import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeCodeReader, mostOfFile, readFiles } from './code.ts'
import { tarFiles } from '../../core/archive/tar.ts'
import { zipFiles } from '../../core/archive/zip.ts'

const key = `sk-proj-${'a1B2'.repeat(8)}`

const tree: Readonly<Record<string, string>> = {
  'app.py': `import boto3\nfrom openai import OpenAI\nOPENAI_API_KEY = "${key}"\nclient.invoke_model(modelId="anthropic.claude-3-haiku-20240307-v1:0")\n`,
  'requirements.txt': 'langchain==0.2\nrequests\n',
  'mistralai/__init__.py': `KEY = "sk-proj-${'zzzz'.repeat(8)}"\n`,
  'mistralai-1.0.dist-info/METADATA': 'Name: mistralai\n',
  'mistralai-1.0.dist-info/RECORD': 'mistralai/__init__.py,sha256=x,9\nmistralai-1.0.dist-info/METADATA,,\n',
}

let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bartizan-code-'))
  for (const [path, text] of Object.entries(tree)) {
    mkdirSync(join(folder, 'tree', dirname(path)), { recursive: true })
    writeFileSync(join(folder, 'tree', path), text)
  }
  execFileSync('.venv/bin/python', ['-c', 'import shutil,sys; shutil.make_archive(sys.argv[1], "zip", sys.argv[2]); shutil.make_archive(sys.argv[1], "tar", sys.argv[2])', join(folder, 'code'), join(folder, 'tree')])
})

afterAll(() => rmSync(folder, { recursive: true }))

const zip = () => readFileSync(join(folder, 'code.zip'))

describe('reading code', () => {
  it('finds libraries, models and secrets in what was written, and libraries in what was installed', () => {
    const reader = makeCodeReader()
    readFiles(reader, zipFiles(zip())!)
    const { BartizanAiUse: use, BartizanSecrets: secrets, BartizanCode: code } = reader.properties()
    expect(use).toEqual(expect.arrayContaining([
      { Provider: 'OpenAI', Evidence: 'package openai (app.py)' }, { Provider: 'LangChain', Evidence: 'package langchain (requirements.txt)' }, { Provider: 'Mistral', Evidence: 'package mistralai (installed)' },
    ]))
    expect(code).toEqual({ Files: 5, Models: ['anthropic.claude-3-haiku-20240307-v1:0'] })
    expect(secrets).toEqual([{ Kind: 'openai-api-key', Place: 'app.py', Hash: expect.stringMatching(/^[0-9a-f]{16}$/) as string }])
    expect(JSON.stringify(reader.properties())).not.toContain(key)
  })

  it('says nothing of code without AI', () => {
    const reader = makeCodeReader()
    reader.add({ path: 'app.py', bytes: 20, read: () => Buffer.from('import os\nprint("amazon.com", "meta.json")\n') })
    expect(reader.properties()).toEqual({ BartizanCode: { Files: 1, Models: [] } })
  })
})

describe('a zip archive', () => {
  it('is read without trusting what it says of lengths', () => {
    const bytes = zip()
    const file = zipFiles(bytes)!.find(({ path }) => path === 'app.py')!
    expect(file.read(mostOfFile)?.toString()).toBe(tree['app.py'])
    expect(file.read(10)).toBeUndefined()
  })

  it('is refused when it is cut, or is none', () => {
    expect(zipFiles(zip().subarray(0, -30))).toBeUndefined()
    expect(zipFiles(Buffer.from('not a zip'))).toBeUndefined()
    const lying = zip()
    lying.writeUInt32LE(0x7fffffff, lying.length - 22 + 16)
    expect(zipFiles(lying)).toBeUndefined()
  })
})

describe('a tar stream', () => {
  const filesOf = async (bytes: Buffer, size: number) => {
    const chunks = function* () {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
    }
    const files: [string, string][] = []
    for await (const { path, read } of tarFiles((async function* () { yield* chunks() })(), () => 1000)) files.push([path, read(1000)!.toString()])
    return files
  }

  it('gives its files whatever the chunks', async () => {
    const bytes = readFileSync(join(folder, 'code.tar'))
    const files = await filesOf(bytes, 7)
    expect(Object.fromEntries(files)).toEqual(tree)
    expect(await filesOf(bytes, 100_000)).toEqual(files)
  })

  it('ends where it stops making sense', async () => {
    expect(await filesOf(Buffer.alloc(2000, 'x'), 100)).toEqual([])
    expect((await filesOf(readFileSync(join(folder, 'code.tar')).subarray(0, 3000), 100)).length).toBeLessThan(5)
  })
})
