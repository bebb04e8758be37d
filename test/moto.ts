import { execFileSync, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { tableOf } from '../src/model/snapshot.ts'
import type { Snapshot, SnapshotLine } from '../src/model/snapshot.ts'
import { scanAws } from '../src/sources/aws/scan.ts'

const freePort = (): Promise<number> => new Promise((resolve) => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const { port } = probe.address() as { port: number }
    probe.close(() => resolve(port))
  })
})

/** Starts moto's server, waits until it answers, and fills it with a Python script that is given its address. */
export const startMoto = async (seed: string, environment: Readonly<Record<string, string>> = {}): Promise<{ readonly endpoint: string, readonly seeded: string, stop(): void }> => {
  const port = await freePort()
  const endpoint = `http://127.0.0.1:${port}`
  const server = spawn('.venv/bin/moto_server', ['-p', String(port)], { stdio: 'ignore', env: { ...process.env, ...environment } })
  for (let tries = 0; tries < 100; tries++) {
    if (await fetch(`${endpoint}/moto-api/`).then(({ ok }) => ok, () => false)) break
    await sleep(200)
  }
  return { endpoint, seeded: execFileSync('.venv/bin/python', [seed, endpoint], { encoding: 'utf8' }), stop: () => { server.kill() } }
}

/** Points the SDK at an endpoint; gives what puts the environment back. */
export const useEndpoint = (endpoint: string): (() => void) => {
  const settings = { AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' }
  const before = Object.keys(settings).map((name) => [name, process.env[name]] as const)
  Object.assign(process.env, settings)
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  }
}

/** Scans as the command line does, and keeps the snapshot in memory. */
export const scanSnapshot = async (options: Parameters<typeof scanAws>[0]): Promise<Snapshot> => {
  const lines: SnapshotLine[] = []
  for await (const line of scanAws(options)) lines.push(line)
  return {
    header: lines.flatMap((line) => (line.kind === 'header' ? [line.header] : []))[0]!,
    resources: tableOf(lines.flatMap((line) => (line.kind === 'resource' ? [line.resource] : []))),
    gaps: lines.flatMap((line) => (line.kind === 'gap' ? [line.gap] : [])),
    done: [],
  }
}
