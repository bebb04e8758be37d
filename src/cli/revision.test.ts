import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openRevision } from './revision.ts'

const repository = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'bartizan-'))
  const git = (...args: string[]) => execFileSync('git', ['-C', folder, '-c', 'user.name=x', '-c', 'user.email=x@example.com', ...args])
  git('init', '--quiet')
  mkdirSync(join(folder, 'infra'))
  writeFileSync(join(folder, 'infra', 'a b.yaml'), 'old\n')
  writeFileSync(join(folder, 'infra', 'empty.yaml'), '')
  symlinkSync('/etc/passwd', join(folder, 'infra', 'link.yaml'))
  git('add', '.')
  git('commit', '--quiet', '-m', 'one')
  writeFileSync(join(folder, 'infra', 'a b.yaml'), 'new\n')
  return folder
}

test('files are as they were, links are left out, and nothing stays behind', () => {
  const folder = repository()
  const revision = openRevision(join(folder, 'infra'), 'HEAD', ['.'])
  const [path = ''] = revision.paths
  expect(readFileSync(join(path, 'a b.yaml'), 'utf8')).toBe('old\n')
  expect(readFileSync(join(path, 'empty.yaml'), 'utf8')).toBe('')
  expect(existsSync(join(path, 'link.yaml'))).toBe(false)
  expect(revision.from).toBe(path)
  revision.dispose()
  expect(existsSync(path)).toBe(false)
})

test('a file that moved is where it is now', () => {
  const folder = repository()
  execFileSync('git', ['-C', folder, 'mv', 'infra/a b.yaml', 'infra/c.yaml'])
  writeFileSync(join(folder, 'infra', 'c.yaml'), 'old\n')
  const revision = openRevision(folder, 'HEAD', ['.'])
  expect(readFileSync(join(revision.paths[0]!, 'infra', 'c.yaml'), 'utf8')).toBe('old\n')
  expect(existsSync(join(revision.paths[0]!, 'infra', 'a b.yaml'))).toBe(false)
  revision.dispose()
})

test('a revision that is not there, or would be an option, and a path outside are errors', () => {
  const folder = repository()
  expect(() => openRevision(folder, 'nothing', ['.'])).toThrow('there is no such revision')
  expect(() => openRevision(folder, '--help', ['.'])).toThrow('there is no such revision')
  expect(() => openRevision(folder, 'HEAD', ['/etc'])).toThrow('not in the repository')
})
