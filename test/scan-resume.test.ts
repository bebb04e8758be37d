import { fork } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { scanAws } from '../src/sources/aws/scan.ts'
import { mendSnapshot, readSnapshot, writeSnapshot } from '../src/sources/snapshot-file.ts'
import { empty } from './aws-endpoint/empty.ts'
import { serve } from './aws-endpoint/endpoint.ts'
import type { Endpoint } from './aws-endpoint/endpoint.ts'
import { accountOf, inEnvironment } from './aws-endpoint/environment.ts'
import { fromFixtures } from './aws-endpoint/fixtures.ts'
import type { Fixtures } from './aws-endpoint/fixtures.ts'

const account = '123456789012'
const many = Array.from({ length: 50_000 }, (_, at) => ({ AliasName: `alias/k-${at}`, AliasArn: `arn:aws:kms:us-east-1:${account}:alias/k-${at}`, TargetKeyId: `k-${at}` }))
const machine = { name: 'ingest', stateMachineArn: `arn:aws:states:us-east-1:${account}:stateMachine:ingest`, type: 'STANDARD', creationDate: new Date(1_760_000_000_000) }

const withAliases = (aliases: readonly object[]): Fixtures => ({
  ...accountOf(account),
  resourcegroupstaggingapi: { GetResources: { ResourceTagMappingList: [] } },
  kms: { ListAliases: { Aliases: aliases } },
  stepfunctions: { ListStateMachines: { stateMachines: [machine] }, DescribeStateMachine: { ...machine, definition: '{}', roleArn: `arn:aws:iam::${account}:role/ingest` } },
})

const options = { regions: ['us-east-1'], only: ['kms', 'sfn'] }

let endpoint: Endpoint
let restore: () => void

const start = async (answering = fromFixtures(withAliases(many), empty, 1000)): Promise<void> => {
  endpoint = await serve(answering)
  restore = inEnvironment(endpoint.url)
}

afterEach(async () => {
  restore()
  await endpoint.close()
})

const pagesAsked = (): number => endpoint.calls.filter(({ operation }) => operation === 'ListAliases').length

/** Waits until the scan has stopped to ask. */
const untilStill = async (): Promise<number> => {
  for (let before = -1; ;) {
    if (pagesAsked() === before && before > 0) return before
    before = pagesAsked()
    await sleep(300)
  }
}

describe('50,000 resources of one kind', () => {
  it('all come, and are not asked for faster than they are taken', async () => {
    await start()
    const lines = scanAws(options)[Symbol.asyncIterator]()
    const ids = new Set<string>()
    const take = async (): Promise<boolean> => {
      const { done, value } = await lines.next()
      if (done !== true && value.kind === 'resource' && value.resource.type === 'AWS::KMS::Alias') ids.add(value.resource.id)
      return done !== true
    }
    while (ids.size === 0) await take()
    expect(await untilStill()).toBeLessThan(8)
    while (await take());
    expect(ids.size).toBe(50_000)
    expect(pagesAsked()).toBe(50)
  })
})

/** Scans into a file in a process of its own, so that it can be killed. */
const scanApart = (path: string) => {
  const script = `${path}.ts`
  writeFileSync(script, `
    import { scanAws } from '${join(import.meta.dirname, '../src/sources/aws/scan.ts')}'
    import { writeSnapshot } from '${join(import.meta.dirname, '../src/sources/snapshot-file.ts')}'
    const writer = writeSnapshot(process.argv[2])
    for await (const line of scanAws(${JSON.stringify(options)})) writer.write(line)
    writer.close()`)
  return fork(script, [path])
}

describe('a scan that is killed', () => {
  it('leaves a snapshot that is readable and goes on after its last finished collector', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'bartizan-')), 'killed.jsonl.gz')
    let killed: (() => void) | undefined
    const died = new Promise<void>((resolve) => { killed = resolve })
    const few = many.slice(0, 4000)
    const answering = fromFixtures(withAliases(few), empty, 100)
    await start((asked) => {
      if (asked.operation === 'ListAliases' && asked.nth === 20) child.kill('SIGKILL')
      return answering(asked)
    })
    const child = scanApart(path)
    child.once('exit', () => killed?.())
    await died
    const half = await readSnapshot(path)
    expect(half.done.map(({ collector }) => collector)).toEqual(['sfn'])
    expect(half.resources.length).toBeGreaterThan(1)

    // as if the disk had been full in the middle of a write
    writeFileSync(path, readFileSync(path).subarray(0, -5))
    await mendSnapshot(path)
    const writer = writeSnapshot(path, { append: true })
    for await (const line of scanAws({ ...options, resume: { done: half.done } })) writer.write(line)
    writer.close()
    const whole = await readSnapshot(path)
    const ids = new Set(Array.from({ length: whole.resources.length }, (_, at) => whole.resources.idOf(at)))
    expect([machine.stateMachineArn, ...few.map(({ AliasArn }) => AliasArn)].filter((id) => !ids.has(id))).toEqual([])
    expect(endpoint.calls.filter(({ operation }) => operation === 'DescribeStateMachine')).toHaveLength(1)
    expect(whole.done.map(({ collector }) => collector).sort()).toEqual(['kms', 'sfn'])
  })

  it('is stopped by a signal and says of nothing unfinished that it is done', async () => {
    await start()
    const abort = new AbortController()
    const done: string[] = []
    for await (const line of scanAws({ ...options, signal: abort.signal })) {
      if (line.kind === 'done') done.push(line.done.collector)
      if (line.kind === 'resource' && line.resource.type === 'AWS::KMS::Alias') abort.abort()
    }
    expect(done).not.toContain('kms')
    expect(pagesAsked()).toBeLessThan(20)
  })
})
