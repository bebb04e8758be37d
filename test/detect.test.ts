import { execFile } from 'node:child_process'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { background } from '../src/detect/stories/background.ts'
import { hijacking } from '../src/detect/stories/hijacking.ts'

const bin = fileURLToPath(new URL('../bin/bartizan.js', import.meta.url))
let folder = ''

interface Ran { readonly code: number, readonly out: string, readonly err: string }

const run = (args: readonly string[], input?: Buffer): Promise<Ran> => new Promise((resolve) => {
  const child = execFile(process.execPath, [bin, 'detect', ...args], { cwd: folder, maxBuffer: 1e8 }, (error, out, err) => {
    resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err })
  })
  child.stdin?.end(input)
})

const trail = (records: readonly object[]): Buffer => gzipSync(JSON.stringify({ Records: records }))
const story = (id: string) => hijacking.find((story) => story.id === id)!.records
const detectionsIn = (out: string): string[] => (JSON.parse(out) as { alerts: { detection: string }[] }).alerts.map(({ detection }) => detection)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'detect-'))
  await writeFile(join(folder, 'attack.json.gz'), trail([...background(500), ...story('key-checker')]))
  await writeFile(join(folder, 'quiet.json.gz'), trail([...background(500)]))
})

describe('bartizan detect', () => {
  test('prints what it found, who and what to do', async () => {
    const { code, out } = await run(['attack.json.gz'])
    expect(code).toBe(0)
    expect(out).toContain('CRITICAL Calls of a key checker')
    expect(out).toContain("$ aws iam update-access-key --user-name 'laravel-mailer'")
  })
  test('JSON, and an exit code for pipelines', async () => {
    const { code, out } = await run(['attack.json.gz', '--json', '--fail-on', 'high'])
    expect(code).toBe(1)
    expect(detectionsIn(out)).toEqual(expect.arrayContaining(['bedrock-key-checker-chain', 'bedrock-validation-probing']))
    expect((await run(['quiet.json.gz', '--fail-on', 'high'])).code).toBe(0)
  })
  test('reads standard input, packed or not', async () => {
    const packed = await readFile(join(folder, 'attack.json.gz'))
    expect(detectionsIn((await run(['-', '--json'], packed)).out)).toContain('bedrock-key-checker-chain')
    const lines = Buffer.from(story('key-checker').map((record) => JSON.stringify(record)).join('\n'))
    expect(detectionsIn((await run(['-', '--json'], lines)).out)).toContain('bedrock-key-checker-chain')
  })
  test('several formats at once', async () => {
    const { out } = await run(['attack.json.gz', '-f', 'ocsf', '-f', 'html=alerts.html'])
    expect(JSON.parse(out.split('\n')[0]!)).toMatchObject({ class_uid: 2004, metadata: { version: '1.6.0' } })
    expect(await readFile(join(folder, 'alerts.html'), 'utf8')).toContain('<svg')
  })
  test('a mute needs a reason and takes an alert away', async () => {
    await writeFile(join(folder, 'mute.yaml'), 'mute:\n- detection: bedrock-*\n  principal: "*:user/laravel-mailer"\n  reason: exercise\n')
    expect(detectionsIn((await run(['attack.json.gz', '--json', '--mute', 'mute.yaml'])).out).filter((id) => id.startsWith('bedrock-'))).toEqual([])
    await writeFile(join(folder, 'bad.yaml'), 'mute:\n- detection: x\n')
    const { code, err } = await run(['attack.json.gz', '--mute', 'bad.yaml'])
    expect([code, err.includes('has no reason')]).toEqual([2, true])
  })
  test('state goes on from run to run: nothing is told twice', async () => {
    await writeFile(join(folder, 'one.json.gz'), trail(story('key-checker').slice(0, 4)))
    await writeFile(join(folder, 'two.json.gz'), trail(story('key-checker').slice(4)))
    await run(['one.json.gz', '--json', '--state', 'state'])
    const { out } = await run(['one.json.gz', 'two.json.gz', '--json', '--state', 'state'])
    const ids = detectionsIn(out)
    expect(ids).toContain('bedrock-key-checker-chain')
    expect(new Set(ids).size).toBe(ids.length)
  })
  test('SQL says the same as the stream', async () => {
    const streamed = detectionsIn((await run(['attack.json.gz', '--json', '--detection', 'bedrock-validation-probing'])).out)
    expect(detectionsIn((await run(['attack.json.gz', '--json', '--sql', '--detection', 'bedrock-validation-probing'])).out)).toEqual(streamed)
  })
  test('learning is quiet and its baseline is read', async () => {
    const { out, err } = await run(['quiet.json.gz', '--learn', 'usual'])
    expect(out).toBe('')
    expect(err).toContain('Learned from')
    expect((await run(['quiet.json.gz', '--baseline', 'usual'])).code).toBe(0)
    expect((await run(['quiet.json.gz', '--baseline', 'missing'])).err).toContain('--learn')
  })
  test('what is wrong is said', async () => {
    expect(await run([])).toMatchObject({ code: 2 })
    expect((await run(['nowhere'])).err).toContain('nowhere')
    expect((await run(['quiet.json.gz', '--detection', 'bedrock-validation-probbing'])).err).toContain('did you mean "bedrock-validation-probing"')
    await writeFile(join(folder, 'cut.json.gz'), trail(story('key-checker')).subarray(0, 400))
    const { code, out } = await run(['cut.json.gz', '--strict'])
    expect([code, out.includes('truncated')]).toEqual([3, true])
  })
})
