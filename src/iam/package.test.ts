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

/** The engine alone as the package publishes it, and next to it the documentation's examples. */
beforeAll(() => {
  mkdirSync(installed, { recursive: true })
  cpSync(join(root, 'package.json'), join(installed, 'package.json'))
  const options = { extends: join(root, 'tsconfig.build.json'), compilerOptions: { outDir: join(installed, 'dist'), rootDir: join(root, 'src'), types: [] }, include: [], files: [join(root, 'src/iam/index.ts')] }
  write('tsconfig.build.json', JSON.stringify(options))
  execFileSync(compiler, ['-p', join(home, 'tsconfig.build.json')])
  write('package.json', JSON.stringify({ type: 'module' }))
  mkdirSync(join(installed, 'data'))
  cpSync(join(root, 'data', 'iam-catalogue.json.gz'), join(installed, 'data', 'iam-catalogue.json.gz'))
  for (const [i, example] of examples.entries()) write(`example-${i}.ts`, example)
})

afterAll(() => rmSync(home, { recursive: true, force: true }))

const examples = [...readFileSync(join(root, 'docs', 'iam.md'), 'utf8').matchAll(/```ts\n(.*?)```/gs)].map(([, example]) => example!)

describe('bartizan/iam', () => {
  test('needs nothing but itself and the core', () => {
    expect(readdirSync(join(installed, 'dist')).sort()).toEqual(['core', 'iam'])
    expect(existsSync(join(installed, 'dist', 'iam', 'index.d.ts'))).toBe(true)
  })

  test('the documentation has examples', () => {
    expect(examples.length).toBeGreaterThan(2)
  })

  test.each(examples.map((example, i) => ({ example, file: `example-${i}.ts` })))('$file of the documentation prints what it says', ({ example, file }) => {
    const expected = [...example.matchAll(/^console\.log\(.*\) +\/\/ (.*)$/gm)].map(([, said]) => said)
    const printed = execFileSync(process.execPath, [file], { cwd: home, encoding: 'utf8' }).trim().split('\n')
    expect(expected.length).toBeGreaterThan(0)
    expect(printed).toEqual(expected)
  })

  test('the examples type-check against the declarations that are published', () => {
    const compilerOptions = { module: 'nodenext', target: 'es2024', lib: ['es2024'], strict: true, noEmit: true, types: ['node'], typeRoots: [join(root, 'node_modules', '@types')], skipLibCheck: true }
    write('tsconfig.json', JSON.stringify({ compilerOptions, files: examples.map((_, i) => `example-${i}.ts`) }))
    expect(() => execFileSync(compiler, ['-p', home], { encoding: 'utf8', stdio: 'pipe' })).not.toThrow()
  })
})
