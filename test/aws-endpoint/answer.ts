import type { Reference } from '../../tools/service-model.ts'
import { time, toJson } from './json.ts'
import type { Service } from './model.ts'
import type { Asked } from './route.ts'
import { escape, toMembers, toXml } from './xml.ts'

type Values = Readonly<Record<string, unknown>>

/** What goes over the wire. */
export interface Wire { readonly status: number, readonly headers: Readonly<Record<string, string>>, readonly body: string | Uint8Array }

/** Writes an operation's output in the protocol of its service. */
export const writeOutput = ({ service, operation }: Asked, output: Values): Wire => {
  const { output: reference, http } = service.operation(operation)
  const status = http.responseCode ?? 200
  if (reference === undefined) return { status, headers: {}, body: service.protocol.endsWith('json') ? '{}' : '' }
  if (service.protocol === 'json') return { status, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify(toJson(service, reference, output)) }
  if (service.protocol === 'query' || service.protocol === 'ec2') return { status, headers: { 'content-type': 'text/xml' }, body: formAnswer(service, operation, reference, output) }
  return { status, ...rest(service, reference, output) }
}

const formAnswer = (service: Service, operation: string, reference: Reference, output: Values): string => {
  const members = toMembers(service, service.shape(reference), output)
  const wrapped = reference.resultWrapper === undefined ? members : `<${reference.resultWrapper}>${members}</${reference.resultWrapper}>`
  return `<${operation}Response><requestId>r</requestId>${wrapped}<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></${operation}Response>`
}

const rest = (service: Service, reference: Reference, output: Values): Omit<Wire, 'status'> => {
  const shape = service.shape(reference)
  const headers = Object.fromEntries(Object.entries(shape.members ?? {}).filter(([member, { location }]) => location === 'header' && output[member] !== undefined)
    .map(([member, { locationName, timestampFormat = 'rfc822' }]) => [locationName!.toLowerCase(), output[member] instanceof Date ? String(time(output[member], timestampFormat)) : String(output[member])]))
  const [payload, type] = shape.payload === undefined ? [undefined, undefined] : [shape.members![shape.payload]!, service.shape(shape.members![shape.payload]!).type]
  const value = shape.payload === undefined ? output : output[shape.payload]
  if (type === 'blob' || type === 'string') return { headers, body: value as string | Uint8Array }
  if (service.protocol === 'rest-json') {
    const body = payload === undefined ? toJson(service, reference, inBody(service, reference, output)) : toJson(service, payload, value)
    return { headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body ?? {}) }
  }
  const body = payload === undefined
    ? toXml(service, reference, value, reference.shape)
    : toXml(service, payload, value, payload.locationName ?? service.shape(payload).locationName ?? shape.payload!)
  return { headers: { 'content-type': 'application/xml', ...headers }, body }
}

const inBody = (service: Service, reference: Reference, output: Values): Values => {
  const { members = {} } = service.shape(reference)
  return Object.fromEntries(Object.entries(output).filter(([member]) => members[member]!.location === undefined))
}

/** Writes an error in the protocol of its service. */
export const writeError = ({ service }: Pick<Asked, 'service'>, code: string, message: string, status: number): Wire => {
  if (service.protocol.endsWith('json')) return { status, headers: { 'content-type': 'application/json', 'x-amzn-errortype': code }, body: JSON.stringify({ __type: code, message }) }
  const error = `<Error><Code>${escape(code)}</Code><Message>${escape(message)}</Message></Error>`
  const body = service.protocol === 'ec2' ? `<Response><Errors>${error}</Errors><RequestID>r</RequestID></Response>` : service.name === 's3' ? error : `<ErrorResponse>${error}<RequestId>r</RequestId></ErrorResponse>`
  return { status, headers: { 'content-type': 'text/xml' }, body }
}
