import type { IncomingMessage } from 'node:http'
import type { Operation, Reference } from '../../tools/service-model.ts'
import { serviceNamed } from './model.ts'
import type { Service } from './model.ts'

/** What a request asks for. `input` holds the members that a fixture may look at: in the query protocols scalars and lists of them. */
export interface Asked {
  readonly service: Service
  readonly operation: string
  readonly input: Readonly<Record<string, unknown>>
  readonly region: string
}

/** Finds the service in the SDK's user agent and the region in the signature, and the operation as the service's protocol says. */
export const route = ({ method = 'GET', url = '/', headers }: Pick<IncomingMessage, 'method' | 'url' | 'headers'>, body: string): Asked => {
  const agent = headers['user-agent'] ?? ''
  const service = serviceNamed(/\bapi\/([A-Za-z0-9_-]+)/.exec(agent)?.[1] ?? '')
  const region = /Credential=[^/]+\/\d+\/([^/]+)\//.exec(headers.authorization ?? '')?.[1] ?? 'us-east-1'
  const { pathname, searchParams } = new URL(url, 'http://localhost')
  if (service.protocol === 'json') return { service, region, operation: String(headers['x-amz-target']).split('.').at(-1)!, input: json(body) }
  if (service.protocol === 'query' || service.protocol === 'ec2') {
    const form = new URLSearchParams(body)
    const operation = form.get('Action')!
    return { service, region, operation, input: formInput(service, operation, form) }
  }
  const { operation, labels } = restOperation(service, method, pathname, searchParams)
  return { service, region, operation, input: { ...(service.protocol === 'rest-json' ? bodyInput(service, operation, json(body)) : {}), ...labels, ...located(service, operation, searchParams) } }
}

const json = (body: string): Record<string, unknown> => (body === '' ? {} : JSON.parse(body) as Record<string, unknown>)

const inputMembers = (service: Service, operation: string): [string, Reference][] => {
  const { input } = service.operation(operation)
  return input === undefined ? [] : Object.entries(service.shape(input).members ?? {})
}

/** `InstanceId.1=i-1&MaxResults=5`; EC2 writes member names with a capital. */
const formInput = (service: Service, operation: string, form: URLSearchParams): Record<string, unknown> =>
  Object.fromEntries(inputMembers(service, operation).flatMap(([member, { queryName, locationName }]): [string, unknown][] => {
    const written = service.protocol === 'ec2' ? queryName ?? capital(locationName ?? member) : locationName ?? member
    const single = form.get(written)
    if (single !== null) return [[member, single]]
    const many = [...form].filter(([name]) => name.startsWith(`${written}.`) && /^(member\.)?\d+$/.test(name.slice(written.length + 1))).map(([, value]) => value)
    return many.length === 0 ? [] : [[member, many]]
  }))

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1)

interface Template { readonly operation: string, readonly method: string, readonly path: RegExp, readonly labels: readonly string[], readonly query: URLSearchParams, readonly weight: number }

const templates = new WeakMap<Service, readonly Template[]>()

const restOperation = (service: Service, method: string, path: string, query: URLSearchParams): { operation: string, labels: Record<string, string> } => {
  const known = templates.get(service) ?? Object.entries(service.model.operations).map(([name, operation]) => templateOf(name, operation)).sort((a, b) => b.weight - a.weight)
  templates.set(service, known)
  for (const template of known) {
    const match = template.method === method ? template.path.exec(path) : null
    if (match === null || ![...template.query].every(([name, value]) => query.has(name) && (value === '' || query.get(name) === value))) continue
    return { operation: template.operation, labels: Object.fromEntries(template.labels.map((label, at) => [label, decodeURIComponent(match[at + 1]!)])) }
  }
  throw new Error(`${service.name} has no operation at ${method} ${path}`)
}

/** The most specific template wins: with more fixed query parameters, then with more fixed text; an operation that another has replaced comes after it. */
const templateOf = (operation: string, { http: { method, requestUri }, deprecated }: Operation): Template => {
  const [path = '', query = ''] = requestUri.split('?')
  const labels = [...path.matchAll(/\{([^}+]+)\+?\}/g)].map(([, label]) => label!)
  const source = path.replace(/\/$/, '').split(/(\{[^}]+\})/).map((part) => (!part.startsWith('{') ? part.replace(/[.$^()|[\]\\*+?]/g, '\\$&') : part.endsWith('+}') ? '(.+)' : '([^/]+)')).join('')
  const fixed = new URLSearchParams(query)
  return { operation, method, path: new RegExp(`^${source}/?$`), labels, query: fixed, weight: fixed.size * 1000 + path.replace(/\{[^}]+\}/g, '').length - (deprecated === true ? 0.5 : 0) }
}

const bodyInput = (service: Service, operation: string, body: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(inputMembers(service, operation).filter(([member, { location, locationName }]) => location === undefined && (locationName ?? member) in body)
    .map(([member, { locationName }]) => [member, body[locationName ?? member]]))

const located = (service: Service, operation: string, query: URLSearchParams): Record<string, unknown> =>
  Object.fromEntries(inputMembers(service, operation).filter(([, { location, locationName }]) => location === 'querystring' && query.has(locationName!))
    .map(([member, { locationName }]) => [member, query.get(locationName!)]))
