import { createServer } from 'node:http'
import type { IncomingHttpHeaders, Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Raw } from '../failure.ts'
import { failureOf } from '../failure.ts'
import { plainSend } from './service.ts'

interface Seen { readonly method: string, readonly url: string, readonly headers: IncomingHttpHeaders, readonly body: string }

let server: Server
let seen: Seen | undefined
let answer: { readonly status: number, readonly type: string, readonly body: string } = { status: 200, type: 'application/json', body: '{}' }
const before = process.env['AWS_ENDPOINT_URL']

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => { body += chunk.toString() }).on('end', () => {
      seen = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body }
      response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.body)
    })
  })
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  process.env['AWS_ENDPOINT_URL'] = `http://127.0.0.1:${(server.address() as { port: number }).port}`
})

afterAll(() => {
  server.close()
  if (before === undefined) delete process.env['AWS_ENDPOINT_URL']
  else process.env['AWS_ENDPOINT_URL'] = before
})

const keys = () => Promise.resolve({ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' })
const metrics = plainSend({ host: 'monitoring', json: ['GraniteServiceVersion20100801', '1.0'] }, 'eu-west-1', keys)
const files = plainSend({ host: 'elasticfilesystem', paths: { DescribeFileSystemPolicy: '/2015-02-01/file-systems/{FileSystemId}/policy' } }, 'eu-west-1', keys)

const failed = async (send: typeof metrics) => {
  const raw: Raw = {}
  return send('DescribeAlarms', {}, raw).then(() => undefined, (error: unknown) => failureOf(error, raw))
}

describe('a service without an SDK client', () => {
  it('is asked by target', async () => {
    answer = { status: 200, type: 'application/x-amz-json-1.0', body: '{"MetricAlarms":[]}' }
    expect(await metrics('DescribeAlarms', { MaxRecords: 100 }, {})).toEqual({ MetricAlarms: [] })
    expect(seen).toMatchObject({ method: 'POST', url: '/', body: '{"MaxRecords":100}', headers: { 'x-amz-target': 'GraniteServiceVersion20100801.DescribeAlarms' } })
    expect(seen?.headers.authorization).toContain('/eu-west-1/monitoring/aws4_request')
  })

  it('is asked by path, and nothing in an input leaves its place in it', async () => {
    await files('DescribeFileSystemPolicy', { FileSystemId: '../x', Marker: 'a b' }, {})
    expect(seen).toMatchObject({ method: 'GET', url: '/2015-02-01/file-systems/..%2Fx/policy?Marker=a%20b' })
  })

  it('fails as others do', async () => {
    answer = { status: 400, type: 'application/x-amz-json-1.0', body: '{"__type":"com.amazon.coral.service#AccessDeniedException","message":"no"}' }
    expect(await failed(metrics)).toMatchObject({ kind: 'denied', reason: 'AccessDeniedException: no' })
    answer = { status: 400, type: 'application/x-amz-json-1.0', body: '{"__type":"ThrottlingException","message":"Rate exceeded"}' }
    expect(await failed(metrics)).toMatchObject({ kind: 'busy' })
    answer = { status: 500, type: 'text/html', body: '<!doctype html><title>Proxy</title>' }
    expect(await failed(metrics)).toMatchObject({ kind: 'foreign' })
  })
})
