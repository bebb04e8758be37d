import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..')
const compiler = join(root, 'node_modules', '.bin', 'tsc')
const home = mkdtempSync(join(tmpdir(), 'bartizan-iam-'))
const installed = join(home, 'node_modules', 'bartizan')

const write = (name: string, text: string): void => writeFileSync(join(home, name), text)

/** The engine alone as the package publishes it, and next to it the documentation's example. */
beforeAll(() => {
  mkdirSync(installed, { recursive: true })
  cpSync(join(root, 'package.json'), join(installed, 'package.json'))
  const options = { extends: join(root, 'tsconfig.build.json'), compilerOptions: { outDir: join(installed, 'dist'), rootDir: join(root, 'src'), types: [] }, include: [], files: [join(root, 'src/iam/index.ts')] }
  write('tsconfig.build.json', JSON.stringify(options))
  execFileSync(compiler, ['-p', join(home, 'tsconfig.build.json')])
  write('package.json', JSON.stringify({ type: 'module' }))
  write('example.ts', example)
})

afterAll(() => rmSync(home, { recursive: true, force: true }))

const [, example = ''] = /```ts\n(.*?)```/s.exec(readFileSync(join(root, 'docs', 'iam.md'), 'utf8')) ?? []

describe('bartizan/iam', () => {
  test('needs nothing but itself and the core', () => {
    expect(readdirSync(join(installed, 'dist')).sort()).toEqual(['core', 'iam'])
    expect(existsSync(join(installed, 'dist', 'iam', 'index.d.ts'))).toBe(true)
  })

  test('the example of the documentation prints what it says', () => {
    const expected = [...example.matchAll(/^console\.log\(.*?\) +\/\/ (.*)$/gm)].map(([, said]) => said)
    const printed = execFileSync(process.execPath, ['example.ts'], { cwd: home, encoding: 'utf8' }).trim().split('\n')
    expect(expected.length).toBeGreaterThan(4)
    expect(printed).toEqual(expected)
  })

  test('the example type-checks against the declarations that are published', () => {
    write('globals.d.ts', 'declare const console: { log(value: unknown): void }\n')
    write('tsconfig.json', JSON.stringify({ compilerOptions: { module: 'nodenext', target: 'es2024', lib: ['es2024'], strict: true, noEmit: true, types: [] }, files: ['example.ts', 'globals.d.ts'] }))
    expect(() => execFileSync(compiler, ['-p', home], { encoding: 'utf8', stdio: 'pipe' })).not.toThrow()
  })
})
