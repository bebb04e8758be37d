#!/usr/bin/env node
// Finds a Node that can run Bartizan (24 or newer: this one, or the one that comes with the package) and starts it.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import module from 'node:module'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const [major] = process.versions.node.split('.').map(Number)

if (major >= 24) {
  module.enableCompileCache?.()
  const source = join(root, 'src', 'cli', 'main.ts')
  const { main } = await import(existsSync(source) ? source : join(root, 'dist', 'cli', 'main.js'))
  await main(process.argv.slice(2))
} else {
  const newer = bundledNode()
  if (newer === undefined) {
    process.stderr.write(`bartizan needs Node 24 or newer; this is Node ${process.versions.node}.\n`)
    process.stderr.write('Install a newer Node, or the Node of npm beside bartizan: npm install node@24\n')
    process.exitCode = 2
  } else {
    start(newer)
  }
}

function bundledNode() {
  try {
    const found = module.createRequire(import.meta.url).resolve('node/package.json')
    const binary = join(dirname(found), 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
    return existsSync(binary) ? binary : undefined
  } catch {
    return undefined
  }
}

function start(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    process.stderr.write(`bartizan could not start ${node}: ${error.message}\n`)
    process.exitCode = 2
  })
  child.on('exit', (code, signal) => {
    process.exitCode = signal === null ? code ?? 2 : 128 + (constants.signals[signal] ?? 0)
  })
}
