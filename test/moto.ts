import { execFileSync, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

const freePort = (): Promise<number> => new Promise((resolve) => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const { port } = probe.address() as { port: number }
    probe.close(() => resolve(port))
  })
})

/** Starts moto's server, waits until it answers, and fills it with a Python script that is given its address. */
export const startMoto = async (seed: string): Promise<{ readonly endpoint: string, readonly seeded: string, stop(): void }> => {
  const port = await freePort()
  const endpoint = `http://127.0.0.1:${port}`
  const server = spawn('.venv/bin/moto_server', ['-p', String(port)], { stdio: 'ignore' })
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
