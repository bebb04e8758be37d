import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

/** A use of a shape: by a member, a list, a map or an operation. */
export interface Reference {
  readonly shape: string
  readonly location?: 'uri' | 'querystring' | 'header' | 'headers' | 'statusCode'
  readonly locationName?: string
  readonly queryName?: string
  readonly flattened?: boolean
  readonly xmlAttribute?: boolean
  readonly xmlNamespace?: string | { readonly uri: string, readonly prefix?: string }
  readonly timestampFormat?: string
  readonly jsonvalue?: boolean
  readonly resultWrapper?: string
}

/** A shape of a botocore service model. */
export interface Shape extends Omit<Reference, 'shape'> {
  readonly type: string
  readonly members?: Readonly<Record<string, Reference>>
  readonly member?: Reference
  readonly key?: Reference
  readonly value?: Reference
  readonly enum?: readonly string[]
  readonly required?: readonly string[]
  readonly payload?: string
  readonly union?: boolean
  readonly document?: boolean
}

/** An operation of a botocore service model. */
export interface Operation {
  readonly http: { readonly method: string, readonly requestUri: string, readonly responseCode?: number }
  readonly input?: Reference
  readonly output?: Reference
  readonly deprecated?: boolean
}

/** A botocore service model, as far as the tools read it. */
export interface ServiceModel {
  readonly metadata: { readonly endpointPrefix: string, readonly signingName?: string, readonly protocol: string, readonly apiVersion: string }
  readonly operations: Readonly<Record<string, Operation>>
  readonly shapes: Readonly<Record<string, Shape>>
}

const data = (botocore: string): string => join(botocore, 'botocore', 'data')

/** Names of the services that an unpacked botocore wheel describes. */
export const serviceNames = (botocore: string): string[] =>
  readdirSync(data(botocore), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name).sort()

/** The newest model of a service; undefined where the folder holds none. */
export const serviceModel = (botocore: string, service: string): ServiceModel | undefined => {
  const folder = join(data(botocore), service)
  const path = join(folder, readdirSync(folder).sort().at(-1)!, 'service-2.json')
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as ServiceModel
  return existsSync(`${path}.gz`) ? JSON.parse(gunzipSync(readFileSync(`${path}.gz`)).toString()) as ServiceModel : undefined
}
