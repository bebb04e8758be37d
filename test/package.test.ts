import { execFile, execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { empty } from './aws-endpoint/empty.ts'
import { serve } from './aws-endpoint/endpoint.ts'
import { accountOf, inEnvironment } from './aws-endpoint/environment.ts'
import { fromFixtures } from './aws-endpoint/fixtures.ts'

const home = mkdtempSync(join(tmpdir(), 'bartizan-package-'))
const installed = join(home, 'node_modules', 'bartizan')
const { files, dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { files: string[], dependencies: Readonly<Record<string, string>> }

/** The package as it is published, installed in an empty folder with what it depends on and nothing else. */
beforeAll(() => {
  execFileSync('node_modules/.bin/tsc', ['-p', 'tsconfig.build.json', '--outDir', join(installed, 'dist')])
  execFileSync(process.execPath, ['tools/bundle.ts', join(installed, 'dist')])
  for (const file of ['package.json', ...files.filter((name) => name !== 'dist')]) cpSync(file, join(installed, file), { recursive: true })
  for (const name of Object.keys(dependencies)) {
    mkdirSync(dirname(join(home, 'node_modules', name)), { recursive: true })
    symlinkSync(join(import.meta.dirname, '..', 'node_modules', name), join(home, 'node_modules', name))
  }
}, 120_000)

afterAll(() => rmSync(home, { recursive: true, force: true }))

const bartizan = async (...args: string[]): Promise<string> =>
  (await promisify(execFile)(process.execPath, [join(installed, 'bin', 'bartizan.js'), ...args], { cwd: home })).stdout

const model = { ModelName: 'fraud', CreationTime: new Date(0), ModelArn: 'arn:aws:sagemaker:us-east-1:123456789012:model/fraud' }

it('scans an account with the clients that it brings', async () => {
  const endpoint = await serve(fromFixtures({ ...accountOf('123456789012'), sagemaker: { ListModels: { Models: [model] }, DescribeModel: model } }, empty))
  const restore = inEnvironment(endpoint.url)
  try {
    await bartizan('scan', '--region', 'us-east-1', '-q')
    expect(await bartizan('inventory')).toMatch(/fraud/)
  } finally {
    restore()
    await endpoint.close()
  }
})

it('finds its checks, detections and data', async () => {
  const listed = (text: string): number => text.trim().split('\n').length
  expect(listed(await bartizan('list', 'checks'))).toBeGreaterThan(400)
  expect(listed(await bartizan('list', 'detections'))).toBeGreaterThan(100)
  expect(await bartizan('demo', '--fail-on', 'none')).toMatch(/\d+ checks/)
})

it('names what it brings of others', () => {
  const licences = readFileSync(join(installed, 'dist', 'THIRD-PARTY-LICENSES.txt'), 'utf8')
  expect(licences).toMatch(/^@aws-sdk\/client-sagemaker .*\(Apache-2\.0\)$/m)
  expect(licences).not.toMatch(/\(A?GPL/)
  expect(readdirSync(join(installed, 'dist', 'sdk'))).toContain('client-sagemaker.js')
})
