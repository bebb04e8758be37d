// Makes a fresh checkout ready: installs the locked packages and, with --python, the virtual environment that end-to-end
// tests use. Runs on Node 20, writes to standard error only, and does nothing when nothing has changed.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

const digest = (file) => createHash('sha256').update(readFileSync(join(root, file))).digest('hex')

const run = (what, command, args) => {
  process.stderr.write(`setup: ${what}\n`)
  try {
    execFileSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] })
  } catch {
    process.stderr.write(`setup: "${command} ${args.join(' ')}" failed; mend what it printed above and run this again\n`)
    process.exit(2)
  }
}

const once = (stamp, file, prepare) => {
  const path = join(root, stamp)
  const wanted = digest(file)
  if (existsSync(path) && readFileSync(path, 'utf8') === wanted) return
  prepare()
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, wanted)
}

once('node_modules/.setup', 'package-lock.json', () =>
  run('installing the locked packages', 'npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']))

if (process.argv.includes('--python')) {
  once('.venv/.setup', 'test/requirements.txt', () => {
    run('making a Python environment for the emulated AWS', 'python3', ['-m', 'venv', '.venv'])
    run('installing the emulator', join('.venv', 'bin', 'pip'), ['install', '--quiet', '--disable-pip-version-check', '-r', 'test/requirements.txt'])
  })
}
