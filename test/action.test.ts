import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'

interface Step { readonly id?: string, readonly if?: string, readonly shell?: string, readonly run?: string, readonly uses?: string, readonly env?: Readonly<Record<string, string>> }
interface Action { readonly inputs: Readonly<Record<string, { readonly default: string }>>, readonly runs: { readonly using: string, readonly steps: readonly Step[] } }

const action = parse(readFileSync('action.yml', 'utf8')) as Action
const step = (id: string): Step => action.runs.steps.find((each) => each.id === id)!
const homes: string[] = []

afterAll(() => { for (const home of homes) rmSync(home, { recursive: true, force: true }) })

/** A checkout with one template, and what a runner gives a step. */
const runner = () => {
  const home = mkdtempSync(join(tmpdir(), 'bartizan-action-'))
  homes.push(home)
  mkdirSync(join(home, 'infra'))
  writeFileSync(join(home, 'infra', 'notebook.yaml'), 'Resources:\n  N:\n    Type: AWS::SageMaker::NotebookInstance\n    Properties: {InstanceType: ml.t3.medium, RoleArn: arn:aws:iam::111122223333:role/ml, DirectInternetAccess: Enabled}\n')
  return home
}

/** Runs the step as GitHub does: its script in bash, its inputs in the environment. */
const run = (home: string, inputs: Readonly<Record<string, string>>) => {
  const filled = (text: string): string => text.replaceAll(/\$\{\{ (?:inputs\.([\w-]+)|steps\.install\.outputs\.node) \}\}/g, (_, name: string | undefined) => (name === undefined ? process.execPath : inputs[name] ?? action.inputs[name]!.default))
  const env = Object.fromEntries(Object.entries(step('scan').env!).map(([name, value]) => [name, filled(value)]))
  writeFileSync(join(home, 'script.sh'), step('scan').run!)
  const { status, stdout } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', join(home, 'script.sh')], {
    cwd: home, encoding: 'utf8',
    env: { ...process.env, ...env, GITHUB_ACTION_PATH: process.cwd(), GITHUB_OUTPUT: join(home, 'output'), GITHUB_STEP_SUMMARY: join(home, 'summary.md') },
  })
  return { status, stdout, sarif: (): unknown => JSON.parse(readFileSync(join(home, 'bartizan.sarif'), 'utf8')) }
}

describe('the action', () => {
  it('fails on findings of high severity, writes SARIF and the summary of the run', () => {
    const home = runner()
    const { status, stdout, sarif } = run(home, { path: 'infra' })
    expect(status).toBe(1)
    expect(stdout).toMatch(/sagemaker-notebook-direct-internet/)
    expect(sarif()).toHaveProperty('runs.0.results.0.ruleId')
    expect(readFileSync(join(home, 'summary.md'), 'utf8')).toMatch(/notebook\.yaml/)
    expect(readFileSync(join(home, 'output'), 'utf8')).toBe('sarif=bartizan.sarif\n')
  })

  it('passes when asked to, and writes other formats', () => {
    const home = runner()
    expect(run(home, { 'path': 'infra', 'fail-on': 'none', 'output-formats': 'junit gitlab' }).status).toBe(0)
    expect(readFileSync(join(home, 'bartizan.junit'), 'utf8')).toMatch(/^<\?xml/)
  })

  it('takes an input for what it is, whatever it holds', () => {
    const home = runner()
    const { status } = run(home, { path: 'infra', severity: '"; touch stolen; "', baseline: '$(touch stolen)' })
    expect(status).toBe(2)
    expect(() => readFileSync(join(home, 'stolen'))).toThrow(/ENOENT/)
    for (const { run: script } of action.runs.steps) expect(script ?? '').not.toContain('${{')
  })

  it('needs only what the package depends on', () => {
    const home = mkdtempSync(join(tmpdir(), 'bartizan-action-'))
    homes.push(home)
    const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Readonly<Record<string, string>> }
    for (const name of ['bin', 'src', 'data', 'package.json']) cpSync(name, join(home, name), { recursive: true })
    for (const name of Object.keys(dependencies)) {
      mkdirSync(join(home, 'node_modules', name, '..'), { recursive: true })
      symlinkSync(join(process.cwd(), 'node_modules', name), join(home, 'node_modules', name))
    }
    const said = spawnSync(process.execPath, [join(home, 'bin', 'bartizan.js'), 'scan', join(runner(), 'infra'), '--fail-on', 'high'], { encoding: 'utf8' })
    expect(said.stderr).not.toMatch(/unexpected/)
    expect(said.status).toBe(1)
  })
})

it('the hook names a command that the package has', () => {
  const [hook] = parse(readFileSync('.pre-commit-hooks.yaml', 'utf8')) as { entry: string, language: string, files: string }[]
  const [command, ...args] = hook!.entry.split(' ')
  expect((JSON.parse(readFileSync('package.json', 'utf8')) as { bin: object }).bin).toHaveProperty(command!)
  const home = runner()
  expect(() => execFileSync(process.execPath, ['bin/bartizan.js', ...args, join(home, 'infra', 'notebook.yaml')], { stdio: 'pipe' })).toThrow()
  expect(new RegExp(hook!.files).test('infra/notebook.yaml')).toBe(true)
})
