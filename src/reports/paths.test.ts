import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { analyse } from '../analysis/analysis.ts'
import type { Analysis } from '../analysis/analysis.ts'
import { demoSnapshot } from '../analysis/demo.ts'
import { compare } from '../analysis/diff.ts'
import type { AttackPath } from '../attack/path.ts'
import { readTemplates } from '../sources/templates.ts'
import { diffFormats } from './diff.ts'
import sarif from './formats/sarif.ts'
import { mermaid } from './path-markdown.ts'
import { chokePointsOf, pathFormats, radiusOf } from './paths.ts'
import type { PathReport } from './paths.ts'

const style = { colour: false, columns: 80, suppressed: false, undecided: true }
const demo = await analyse(demoSnapshot())
const reportOf = ({ estate }: Analysis, paths: readonly AttackPath[]): PathReport => ({ estate, paths, chokePoints: chokePointsOf(paths), radius: radiusOf(paths), fixes: new Map(), patches: new Map() })
const render = (format: string, report: PathReport) => pathFormats.get(format)!(report, style)

test('the terminal’s report fits 80 columns and tells every step', () => {
  const text = render('table', reportOf(demo, demo.paths))
  expect(text.split('\n').filter((line) => line.length > 80)).toEqual([])
  for (const { steps } of demo.paths) expect(text.replaceAll(/\s+/g, ' ')).toContain(steps.at(-1)!.story)
  expect(text).toContain('Choke points')
  expect(text).not.toContain('bartizan-any-name')
})

test('the ten worst paths are told in full, the others in a sentence', () => {
  const text = pathFormats.get('table')!(reportOf(demo, demo.paths), { ...style, undecided: false })
  expect(text.match(/^ {2}1\. /gm)).toHaveLength(10)
  expect(text).toContain('-v tells them in full')
})

/** What names may hold where anybody may choose them. */
const hostile = '"]-->|<img src=x onerror=alert(1)>|\u001B[2J\u202Eend`);click n0 "javascript:alert(1)"\n```\n# heading | cell'
const steering = ['\u001B', '\u202E']
const poisoned = demo.paths.slice(0, 3).map((path): AttackPath => ({
  ...path, story: hostile, entry: { ...path.entry, title: hostile, alike: [hostile] }, target: { ...path.target, id: hostile, name: hostile, harm: hostile }, conditions: [hostile],
  steps: path.steps.map((step) => ({
    ...step, story: hostile, onName: hostile, actorName: hostile, facts: [{ from: hostile, relation: 'trusts', to: hostile, pointer: hostile }],
    permissions: [{ action: hostile, resource: hostile, statements: [{ policy: hostile, name: hostile, index: 0, sid: hostile, pointer: '/Statement/0' }], conditions: [] }],
  })),
}))

test('hostile names do not steer a terminal', () => {
  const text = render('table', reportOf(demo, poisoned))
  for (const mark of steering) expect(text).not.toContain(mark)
})

test('hostile names stay text in Markdown and Mermaid', () => {
  const text = render('markdown', reportOf(demo, poisoned))
  for (const mark of [...steering, '<img']) expect(text).not.toContain(mark)
  // Nothing ends the drawing early or begins another block.
  expect(text.match(/^```/gm)).toHaveLength(2 * poisoned.length)
  expect(text).not.toMatch(/^# heading/m)
  for (const line of mermaid(poisoned[0]!).split('\n').slice(1)) expect(line).toMatch(/^ {2}n\d+(\["[^"<>`;|&#[\]]*"\]| -->\|"[^"<>`;|&#[\]]*"\| n\d+)$/)
  const difference = diffFormats.get('markdown')!({ ...compare(demo, demo), paths: { added: poisoned.map((path) => ({ ...path, causes: [{ change: 'changed' as const, type: hostile, resource: hostile, name: hostile, pointer: hostile }] })), removed: [] } }, style)
  expect(difference).not.toMatch(/<img|^# heading/m)
  expect(difference.length).toBeLessThan(65_536)
})

test('hostile names stay text in HTML', () => {
  const text = render('html', reportOf(demo, poisoned))
  expect(text).not.toContain('<img')
  expect(text).toContain('&lt;img src=x onerror=alert(1)&gt;')
  expect(text.match(/<script>/g)).toHaveLength(1)
})

test('code flows of paths through a template pass the multitool, each step on a line of the file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bartizan-'))
  const template = join(folder, 'app.yaml')
  writeFileSync(template, `Resources:
  Builder:
    Type: AWS::IAM::User
    Properties:
      UserName: builder
      Policies:
        - PolicyName: build
          PolicyDocument:
            Statement:
              - {Effect: Allow, Action: 'sagemaker:*', Resource: '*'}
              - Effect: Allow
                Action: iam:PassRole
                Resource: '*'
  Key:
    Type: AWS::IAM::AccessKey
    Properties: {UserName: !Ref Builder}
  Admin:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{Effect: Allow, Principal: {Service: sagemaker.amazonaws.com}, Action: 'sts:AssumeRole'}]
      ManagedPolicyArns: [arn:aws:iam::aws:policy/AdministratorAccess]
`)
  const analysis = await analyse(await readTemplates([template], { takenAt: '2026-01-01T00:00:00Z', from: folder }))
  expect(analysis.paths.length).toBeGreaterThan(0)
  for (const text of [await sarif.render(analysis, style), render('sarif', reportOf(analysis, analysis.paths))]) {
    const file = join(folder, 'paths.sarif')
    writeFileSync(file, text)
    const binary = new URL('../../node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool', import.meta.url).pathname
    chmodSync(binary, 0o755)
    execFileSync(binary, ['validate', file, '--output', join(folder, 'report.sarif'), '--log', 'ForceOverwrite', '--level', 'Error'], { stdio: 'ignore' })
    const report = JSON.parse(readFileSync(join(folder, 'report.sarif'), 'utf8').replace(/^\uFEFF/, '')) as { runs: { results: { level?: string }[] }[] }
    expect(report.runs[0]!.results.filter(({ level }) => level === 'error')).toEqual([])
    const { runs: [run] } = JSON.parse(text) as { runs: { tool: { driver: { rules: { id: string }[] } }, results: SarifResult[] }[] }
    const flows = run!.results.filter(({ codeFlows }) => codeFlows !== undefined)
    expect(flows).toHaveLength(analysis.paths.length)
    for (const { ruleId, ruleIndex, codeFlows } of flows) {
      expect(run!.tool.driver.rules[ruleIndex]!.id).toBe(ruleId)
      for (const { location } of codeFlows![0]!.threadFlows[0]!.locations) expect(location.physicalLocation).toMatchObject({ artifactLocation: { uri: 'app.yaml' }, region: { startLine: expect.any(Number) as number } })
    }
    expect(flows[0]!.codeFlows![0]!.threadFlows[0]!.locations[0]!.location.physicalLocation.region.startLine).toBe(11)
  }
})

interface SarifResult {
  readonly ruleId: string
  readonly ruleIndex: number
  readonly codeFlows?: readonly { readonly threadFlows: readonly { readonly locations: readonly { readonly location: { readonly physicalLocation: { readonly region: { readonly startLine: number } } } }[] }[] }[]
}
