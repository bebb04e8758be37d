import { execFile } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const bin = new URL('../bin/bartizan.js', import.meta.url).pathname
const folder = mkdtempSync(join(tmpdir(), 'bartizan-'))

interface Ran { readonly code: number, readonly out: string, readonly err: string }

const run = (...args: readonly string[]): Promise<Ran> => new Promise((resolve) => {
  execFile(process.execPath, [bin, ...args], { cwd: folder, env: { ...process.env, COLUMNS: '80' }, maxBuffer: 1 << 26 }, (error, out, err) => {
    resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err })
  })
})

const wider = (text: string): string[] => text.split('\n').filter((line) => line.length > 80)

test('help names every command in a line, and a command shows how it is called', async () => {
  const [all, scan] = await Promise.all([run('--help'), run('scan', '--help')])
  expect(all.code).toBe(0)
  expect(all.out).toMatch(/^ {2}bartizan scan <PATH>\.\.\.$/m)
  expect(wider(all.out)).toEqual([])
  expect(scan.out).toContain('bartizan scan [FLAGS] PATH…')
})

test('a wrong word is an error that offers the nearest', async () => {
  const wrong = await Promise.all([run('scna'), run('scan', '--jsno'), run('list', 'chekcs'), run('demo', '-f', 'sarfi'), run('explain', 'sagemaker-notebok-direct-internet')])
  expect(wrong.map(({ code, out }) => [code, out])).toEqual(wrong.map(() => [2, '']))
  expect(wrong.map(({ err }) => /did you mean [`"]?([\w-]+)/.exec(err)?.[1])).toEqual(['scan', '--json', 'checks', 'sarif', 'sagemaker-notebook-direct-internet'])
})

test('lists fit a terminal, and have everything as JSON and CSV', async () => {
  const [text, json, csv, steps] = await Promise.all([run('list', 'checks'), run('list', 'checks', '--json'), run('list', 'checks', '-f', 'csv'), run('list', 'steps')])
  const rows = JSON.parse(json.out) as { id: string, type: string, also: string[] }[]
  expect(rows.find(({ id }) => id === 'sagemaker-notebook-direct-internet')).toMatchObject({ type: 'AWS::SageMaker::NotebookInstance', also: expect.arrayContaining(['securityhub:SageMaker.1']) as unknown })
  expect(csv.out.trim().split('\r\n')).toHaveLength(rows.length + 1)
  expect(wider(text.out + steps.out)).toEqual([])
  expect(steps.out).toContain('rewrites the instructions of agent')
})

test('a finding, a path, a step and an error are explained by what they are called', async () => {
  const report = JSON.parse((await run('demo', '--json', '-q')).out) as { findings: { fingerprint: string, title: string }[], paths: { id: string, steps: { step: string }[] }[] }
  const [finding, path] = [report.findings[0]!, report.paths[0]!]
  const [one, two, three, four] = await Promise.all([run('explain', finding.fingerprint, '-i', 'demo'), run('explain', path.id, '-i', 'demo'), run('explain', path.steps[0]!.step), run('explain', 'BZ005')])
  expect(one.out).toContain(finding.title)
  expect(two.out).toContain('1 attack path')
  expect(three.out).toContain('Needs\n  permission iam:PassRole on role')
  expect(four.out).toContain('No snapshot yet')
})

test('exit codes tell errors from findings', async () => {
  writeFileSync(join(folder, 'empty.json'), '{"Resources": {"B": {"Type": "AWS::S3::Bucket"}}}')
  const codes = await Promise.all([run('scan', 'empty.json', '--fail-on', 'low'), run('demo', '--fail-on', 'high', '-f', 'csv'), run('demo', '--fail-on', 'none', '-q'), run('scan', 'nothing.yaml')])
  expect(codes.map(({ code }) => code)).toEqual([0, 1, 0, 2])
})
