import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

interface Reference { readonly shape: string }

/** A shape of a botocore service model. */
export interface Shape {
  readonly type: string
  readonly members?: Readonly<Record<string, { readonly shape: string }>>
  readonly member?: { readonly shape: string }
  readonly value?: { readonly shape: string }
  readonly enum?: readonly string[]
}

/** A botocore service model, as far as the tools read it. */
export interface ServiceModel {
  readonly metadata: { readonly endpointPrefix: string, readonly signingName?: string }
  readonly operations: Readonly<Record<string, { readonly input?: Reference, readonly output?: Reference }>>
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
