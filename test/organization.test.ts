import { createServer } from 'node:http'
import type { IncomingMessage, Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { analyse } from '../src/analysis/analysis.ts'
import { facts } from '../src/analysis/facts.ts'
import { buildEstate } from '../src/graph/estate.ts'
import type { Snapshot } from '../src/model/snapshot.ts'
import { scanSnapshot, startMoto, useEndpoint } from './moto.ts'

interface Made { readonly organization: string, readonly root: string, readonly unit: string, readonly research: string, readonly locked: string }

const management = '123456789012'

let made: Made
let snapshot: Snapshot
let proxy: Server
let stop = () => {}

beforeAll(async () => {
  const moto = await startMoto('test/seed-organization.py')
  made = JSON.parse(moto.seeded) as Made
  proxy = await refusing(moto.endpoint, (body) => body.includes('Action=AssumeRole') && body.includes(made.locked))
  const restore = useEndpoint(`http://127.0.0.1:${(proxy.address() as { port: number }).port}`)
  stop = () => {
    restore()
    proxy.close()
    moto.stop()
  }
  snapshot = await scanSnapshot({ regions: ['us-east-1'], only: ['iam', 'organizations', 'sagemaker'], org: true })
}, 60_000)

afterAll(() => stop())

const refusal = '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>not authorized to perform: sts:AssumeRole</Message></Error></ErrorResponse>'

/** Passes requests on, and refuses those whose body a test picks: moto itself lets anyone assume any role. */
const refusing = (endpoint: string, refuses: (body: string) => boolean): Promise<Server> => new Promise((resolve) => {
  const answer = async (request: IncomingMessage): Promise<{ status: number, type: string, body: Buffer }> => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks)
    if (refuses(body.toString())) return { status: 403, type: 'text/xml', body: Buffer.from(refusal) }
    const { host: _, connection: __, 'content-length': ___, ...headers } = request.headers
    const passed = await fetch(`${endpoint}${request.url ?? '/'}`, { method: request.method ?? 'POST', headers: headers as Record<string, string>, ...(body.length === 0 ? {} : { body }) })
    return { status: passed.status, type: passed.headers.get('content-type') ?? '', body: Buffer.from(await passed.arrayBuffer()) }
  }
  const server = createServer((request, response) => {
    void answer(request).then(({ status, type, body }) => response.writeHead(status, { 'content-type': type }).end(body))
  }).listen(0, '127.0.0.1', () => resolve(server))
})

describe('scanning an emulated organization', () => {
  it('knows where each account stands', () => {
    expect(snapshot.header.accounts).toEqual(expect.arrayContaining([
      { id: management, name: 'master', path: `${made.organization}/${made.root}` },
      { id: made.research, name: 'research', path: `${made.organization}/${made.root}/${made.unit}` },
    ]))
  })

  it('tells of an account that it may not enter', () => {
    expect(snapshot.header.accounts.map(({ id }) => id)).not.toContain(made.locked)
    expect(snapshot.gaps.filter(({ account }) => account === made.locked)).toEqual([
      expect.objectContaining({ operation: 'sts:AssumeRole', permission: 'sts:AssumeRole', reason: expect.stringContaining('the account was not scanned') as string }),
    ])
  })

  it('finds what is wrong in each account', async () => {
    const { findings } = await analyse(snapshot, { selection: { checks: ['sagemaker-notebook-direct-internet'] } })
    expect(findings.map(({ resource }) => resource).map((id) => id.split('/').at(-1))).toEqual(expect.arrayContaining(['management-notebook', 'research-notebook']))
    expect(findings).toHaveLength(2)
  })

  it('decides with the policies of the organizational unit', async () => {
    const iam = buildEstate(snapshot, await facts()).iam()
    const can = (action: string, resource: string) => iam.can({ principal: `arn:aws:iam::${made.research}:role/ml`, action, resource }).verdict
    expect(can('s3:GetObject', 'arn:aws:s3:::any/thing')).toBe('allow')
    expect(can('bedrock:InvokeModel', 'arn:aws:bedrock:us-east-1::foundation-model/amazon.titan-text-express-v1')).toBe('deny')
  })
})
