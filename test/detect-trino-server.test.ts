import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { loadDetections } from '../src/detect/catalogue.ts'
import { detectLogs } from '../src/detect/detect.ts'
import { objectOf, textOf, type LogRecord } from '../src/detect/event.ts'
import { queryLogs } from '../src/detect/sql/query.ts'
import { literal } from '../src/detect/sql/predicate.ts'
import { sqlFor } from '../src/detect/sql/text.ts'
import { hijacking } from '../src/detect/stories/hijacking.ts'

// a real server takes Java, Maven and minutes: `npm run test:trino` asks for it
const wanted = process.env['TRINO'] === '1'
const has = (command: string): boolean => spawnSync(command, ['-version'], { stdio: 'ignore' }).status === 0
const missing = wanted ? ['java', 'mvn'].filter((command) => !has(command)) : ['TRINO=1']
const name = `a real Trino raises the alerts of the stream${missing.length === 0 ? '' : ` (skipped, for want of ${missing.join(' and ')})`}`
let server: ChildProcess | undefined
afterAll(() => { server?.stdin?.end() })

const started = async (): Promise<string> => {
  const built = spawnSync('mvn', ['-q', '-B', 'compile', 'dependency:build-classpath', '-Dmdep.outputFile=target/classpath'], { cwd: 'test/trino', encoding: 'utf8' })
  if (built.status !== 0) throw new Error(`Maven could not build the server: ${built.stdout}${built.stderr}`)
  const path = ['target/classes', readFileSync('test/trino/target/classpath', 'utf8').trim()].join(delimiter)
  const child = server = spawn('java', ['-Xmx1g', '-cp', path, 'TrinoServer'], { cwd: 'test/trino', stdio: ['pipe', 'pipe', 'ignore'] })
  return new Promise((resolve, reject) => {
    let text = ''
    child.stdout.on('data', (part: Buffer) => {
      text += part.toString()
      const address = /LISTENING (\S+)/.exec(text)?.[1]
      if (address !== undefined) resolve(address)
    })
    setTimeout(() => { reject(new Error(`Trino does not start: ${text.slice(-2000)}`)) }, 240_000).unref()
    child.once('exit', () => { reject(new Error(`Trino ended: ${text.slice(-2000)}`)) })
  })
}

const run = async (url: string, sql: string): Promise<void> => {
  let answer = await (await fetch(`${url}/v1/statement`, { method: 'POST', body: sql, headers: { 'X-Trino-User': 'test', 'X-Trino-Catalog': 'memory', 'X-Trino-Schema': 'default' } })).json() as { nextUri?: string, error?: { message: string } }
  while (answer.nextUri !== undefined && answer.error === undefined) answer = await (await fetch(answer.nextUri)).json() as typeof answer
  if (answer.error !== undefined) throw new Error(answer.error.message)
}

const columns = ['eventversion', 'eventtime', 'eventsource', 'eventname', 'awsregion', 'sourceipaddress', 'useragent', 'errorcode', 'errormessage', 'requestparameters', 'responseelements', 'additionaleventdata', 'requestid', 'eventid', 'eventtype', 'recipientaccountid'] as const
const identity = 'row(type varchar, principalid varchar, arn varchar, accountid varchar, invokedby varchar, accesskeyid varchar, username varchar, sessioncontext row(sessionissuer row(type varchar, principalid varchar, arn varchar, accountid varchar, username varchar)))'

/** A record as a row of CloudTrail's table in Athena. */
const rowOf = (record: LogRecord): string => {
  const byName = new Map(Object.entries(record).map(([name, value]) => [name.toLowerCase(), value]))
  const value = (given: unknown): string => (given === undefined || given === null ? 'null' : literal(typeof given === 'object' ? JSON.stringify(given) : textOf(given)))
  const user = objectOf(record['userIdentity'])
  const issuer = objectOf(objectOf(user['sessionContext'])['sessionIssuer'])
  const row = (of: LogRecord, names: readonly string[]): string => names.map((name) => value(of[name])).join(', ')
  const who = `cast(row(${row(user, ['type', 'principalId', 'arn', 'accountId', 'invokedBy', 'accessKeyId', 'userName'])}, row(row(${row(issuer, ['type', 'principalId', 'arn', 'accountId', 'userName'])}))) as ${identity})`
  return `(${columns.map((name) => value(byName.get(name))).join(', ')}, ${who})`
}

test.skipIf(missing.length > 0)(name, { timeout: 1_200_000 }, async () => {
  const url = await started()
  await run(url, `create table calls (${columns.map((name) => `${name} varchar`).join(', ')}, useridentity ${identity})`)
  const records = hijacking.filter(({ id }) => ['key-checker', 'stratus-invoke-by-user', 'resale-proxy', 'regions-swept'].includes(id)).flatMap((story) => story.records)
  for (let at = 0; at < records.length; at += 40) await run(url, `insert into calls values ${records.slice(at, at + 40).map(rowOf).join(', ')}`)
  const detections = (await loadDetections()).filter((detection) => detection.log === 'cloudtrail' && sqlFor(detection) !== undefined)
  const file = join(await mkdtemp(join(tmpdir(), 'trino-')), 'calls.json')
  await writeFile(file, JSON.stringify({ Records: records }))
  const said = (alerts: readonly { readonly detection: string, readonly principal: string, readonly severity: string }[]) => alerts.map(({ detection, principal, severity }) => `${severity} ${detection} ${principal}`).sort()
  const [asked, streamed] = [await queryLogs([], { detections, engine: 'trino', table: 'calls', url: `${url}/memory/default` }), await detectLogs([file], { detections })]
  expect(streamed.alerts.length).toBeGreaterThan(4)
  expect(said(asked.alerts)).toEqual(said(streamed.alerts))
})
