import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readTemplates } from '../templates.ts'
import { keysIn } from './keys.ts'
import { dockerFacts, mlflowFacts, requirementFacts } from './lists.ts'
import { notebookOf } from './notebook.ts'
import { pythonFacts } from './python.ts'
import { repositoryFile } from './repository.ts'

const where = { account: '111122223333', region: 'us-east-1' }
const openAi = `sk-proj-${'a1B2'.repeat(8)}`
const facts = (text: string, local: readonly string[] = []) => pythonFacts(text, (path) => local.includes(path))

describe('Python', () => {
  test.each<[string, string, boolean]>([
    ['AutoModel.from_pretrained("acme/tiny")', 'acme/tiny', false],
    ['AutoModel.from_pretrained(\n    "acme/tiny",\n    revision="0123abcdef0123abcdef",\n)', 'acme/tiny', true],
    ['AutoModel.from_pretrained("acme/tiny", revision="main")', 'acme/tiny', false],
    ['AutoModel.from_pretrained("acme/tiny", revision=REVISION)', 'acme/tiny', true],
    ['pipeline("text-generation", model="acme/tiny")', 'acme/tiny', false],
    ['hf_hub_download(repo_id="acme/tiny", filename="w.bin")', 'acme/tiny', false],
    ['client.converse(modelId="us.anthropic.claude-sonnet-4-20250514-v1:0")', 'us.anthropic.claude-sonnet-4-20250514-v1:0', true],
    ['ask(model="gpt-4o-mini")', 'gpt-4o-mini', true],
  ])('%s names a model', (code, id, pinned) => expect(facts(code).models.map(({ value }) => value)).toEqual([{ Id: id, Pinned: pinned }]))

  test.each(['AutoModel.from_pretrained("./local/model")', 'AutoModel.from_pretrained(path)', '# AutoModel.from_pretrained("acme/tiny")', 'open("a/b")', 'AutoModel.from_pretrained("models/tiny")'])('%s names none', (code) => {
    expect(facts(code, ['models/tiny']).models).toEqual([])
  })

  test.each([['x = f(\n  trust_remote_code=True)', [2]], ['{"trust_remote_code": True}', [1]], ['f(trust_remote_code=False)', []], ['# trust_remote_code=True', []]])('%s trusts code of models on lines %j', (code, lines) => {
    expect(facts(code).remoteCode.map(({ line }) => line)).toEqual(lines)
  })

  test.each([
    ['from sklearn import svm\npickle.load(f)', ['pickle.load']], ['import x; import torch; yaml.load(text)', ['yaml.load']], ['pickle.load(f)', []], ['torch.load("w.pt")', ['torch.load']], ['torch.load("w.pt", weights_only=True)', []], ['np.load("a.npy", allow_pickle=True)', ['np.load']], ['np.load("a.npy")', []],
    ['yaml.load(text, Loader=yaml.SafeLoader)', []], ['yaml.load(text)', []], ['yaml.safe_load(text)', []], ['json.load(f)', []], ['load_model("m.keras", safe_mode=False)', ['load_model']],
  ])('%s loads unsafely: %j', (code, calls) => expect(facts(code).unsafeLoads.map(({ value }) => value)).toEqual(calls))
})

test('cells and what they printed stand on the lines of the file', () => {
  const text = JSON.stringify({ cells: [{ cell_type: 'code', source: ['import openai\n', 'x = 1'], outputs: [{ text: ['printed\n'] }] }, { cell_type: 'markdown', source: 'trust_remote_code=True' }] }, undefined, 1)
  const { code, printed } = notebookOf(text)!
  const lines = text.split('\n')
  expect(lines[code.split('\n').indexOf('import openai')]).toContain('import openai')
  expect(lines[printed.split('\n').indexOf('printed')]).toContain('printed')
  expect(code).not.toContain('trust_remote_code')
  expect(notebookOf(JSON.stringify(JSON.parse(text)))!.code).toBe('import openai; x = 1')
  expect(['', '[]', '{"cells": 1}', '{"cells": [null, {"cell_type": "code", "source": 5}]}'].map((broken) => notebookOf(broken)?.code)).toEqual([undefined, undefined, undefined, ''])
})

test('lists of packages, Dockerfiles and MLflow models', () => {
  expect(requirementFacts('# x\nopenai>=1\nlangchain[aws]==0.3\n-r other.txt\n  - torch\n').packages).toEqual([
    { line: 2, value: { Name: 'openai', Pinned: false } }, { line: 3, value: { Name: 'langchain', Pinned: true } }, { line: 5, value: { Name: 'torch', Pinned: false } }])
  expect(dockerFacts('ARG TAG=1\nFROM --platform=x vllm/vllm-openai:${TAG} AS base\nFROM base\nFROM a@sha256:0\nCMD x --trust-remote-code').images.map(({ value }) => value)).toEqual([
    { Name: 'vllm/vllm-openai:1', Pinned: false }, { Name: 'a@sha256:0', Pinned: true }])
  expect(mlflowFacts('MLmodel', 'flavors:\n  sklearn:\n    serialization_format: cloudpickle\n  transformers:\n    source_model_name: acme/tiny\n')).toMatchObject({
    unsafeLoads: [{ line: 3, value: 'mlflow.sklearn' }], models: [{ line: 5, value: { Id: 'acme/tiny', Pinned: false } }] })
})

test.each([
  [`client = OpenAI(api_key="${openAi}")`, ['openai-api-key']], ['os.environ["DB_PASSWORD"] = "h4rd-to-gu3ss"', ['password']], ['api_key = "your-api-key-here"', []], ['api_key = os.environ["OPENAI_API_KEY"]', []], ['key_name = "abcdefghijkl"', []],
])('%s holds %j', (line, kinds) => expect(keysIn(line).map(({ value }) => value.kind)).toEqual(kinds))

test('a file that tells of AI is a resource with lines and without its text', () => {
  const resource = repositoryFile('a/app.py', '/nowhere/a/app.py', `import openai\nk = "${openAi}"\n# bartizan:ignore code-unsafe-model-load reason="ours"\ntorch.load(f)\n`, where)!
  expect(resource).toMatchObject({ type: 'Bartizan::Repository::File', name: 'app.py', lines: { 'BartizanSecrets/0': 2, 'UnsafeLoads/0': 4 }, ignores: [{ check: 'code-unsafe-model-load', reason: 'ours' }] })
  expect(resource.properties['BartizanAiUse']).toEqual([{ Provider: 'OpenAI', Evidence: 'package openai (a/app.py)' }])
  expect(JSON.stringify(resource)).not.toContain(openAi)
  expect(repositoryFile('plain.py', '/nowhere/plain.py', 'print(1)\n', where)).toBeUndefined()
})

test('the definition of a pipeline is a pipeline, and code beside templates is part of the estate', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bartizan-'))
  writeFileSync(join(folder, 'pipeline.json'), JSON.stringify({ Version: '2020-12-01', Steps: [{ Name: 'Train', Type: 'Training', Arguments: {} }] }))
  writeFileSync(join(folder, 'requirements.txt'), 'anthropic\n')
  writeFileSync(join(folder, 't.yaml'), 'Resources: {B: {Type: AWS::S3::Bucket}}\n')
  const { resources } = await readTemplates([folder], { takenAt: '2026-01-01T00:00:00Z', from: folder })
  expect(Array.from({ length: resources.length }, (_, index) => resources.typeOf(index)).sort()).toEqual(['AWS::S3::Bucket', 'AWS::SageMaker::Pipeline', 'Bartizan::Repository::File'])
})
