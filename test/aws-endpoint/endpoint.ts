import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { writeError, writeOutput } from './answer.ts'
import type { Wire } from './answer.ts'
import { misfits } from './fits.ts'
import { serviceNamed } from './model.ts'
import { route } from './route.ts'
import type { Asked } from './route.ts'

/** What a call meets: the operation's output, an error of the service, bytes as they are, or a connection that breaks. */
export type Reply =
  | { readonly output: Readonly<Record<string, unknown>> }
  | { readonly error: string, readonly message?: string, readonly status?: number }
  | { readonly raw: Wire }
  | { readonly reset: true }

/** Decides what a call meets; `nth` counts the calls of an operation in a region from 0. */
export type Answering = (asked: Asked & { readonly nth: number }) => Reply | Promise<Reply>

/** An HTTP server that speaks as AWS does, and what it was asked. */
export interface Endpoint {
  readonly url: string
  readonly calls: readonly Asked[]
  /** The most calls that were open at the same time. */
  readonly mostOpen: number
  close(): Promise<void>
}

/** Serves until it is closed. An answer that the service's model does not have is a mistake of the test: it becomes an error that names the place. */
export const serve = async (answering: Answering, { delay = 0 } = {}): Promise<Endpoint> => {
  const calls: Asked[] = []
  const counts = new Map<string, number>()
  let open = 0
  let mostOpen = 0
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    mostOpen = Math.max(mostOpen, ++open)
    let asked: Asked | undefined
    try {
      asked = route(request, await bodyOf(request))
      calls.push(asked)
      const key = `${asked.service.name} ${asked.operation} ${asked.region}`
      const nth = counts.get(key) ?? 0
      counts.set(key, nth + 1)
      if (delay > 0) await sleep(delay)
      send(request, response, asked, await answering({ ...asked, nth }))
    } catch (thrown) {
      write(response, writeError(asked ?? { service: serviceNamed('sagemaker') }, 'FixtureException', String(thrown), 400))
    } finally {
      open--
    }
  }
  const server = createServer((request, response) => { void answer(request, response) })
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    get mostOpen() { return mostOpen },
    close: () => new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    }),
  }
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

const send = (request: IncomingMessage, response: ServerResponse, asked: Asked, reply: Reply): void => {
  if ('reset' in reply) return void request.socket.destroy()
  if ('raw' in reply) return write(response, reply.raw)
  if ('error' in reply) return write(response, writeError(asked, reply.error, reply.message ?? reply.error, reply.status ?? 400))
  const mistakes = misfits(asked.service, asked.service.operation(asked.operation).output, reply.output, asked.operation)
  if (mistakes.length > 0) throw new Error(mistakes.join('; '))
  write(response, writeOutput(asked, reply.output))
}

const write = (response: ServerResponse, { status, headers, body }: Wire): void => {
  response.writeHead(status, { 'x-amzn-requestid': 'r', ...headers })
  response.end(body)
}
