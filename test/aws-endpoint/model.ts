import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { serviceModel } from '../../tools/service-model.ts'
import type { Operation, Reference, ServiceModel, Shape } from '../../tools/service-model.ts'

/** How one operation pages, as botocore's paginators say: dotted places of the list and of the tokens. */
export interface Paging { readonly input: string, readonly output: string, readonly list: string, readonly more?: string }

/** A service as the endpoint speaks it. */
export interface Service {
  /** Botocore's name. */
  readonly name: string
  readonly protocol: 'json' | 'rest-json' | 'query' | 'ec2' | 'rest-xml'
  readonly model: ServiceModel
  operation(name: string): Operation
  shape(reference: Reference): Shape
  paging(operation: string): Paging | undefined
}

const packages = globSync('.venv/lib/python3*/site-packages')[0]!

/** Botocore's names of services that the SDK's user agent names otherwise. */
const otherwise: Readonly<Record<string, string>> = {
  apigateway: 'apigateway', cloudwatchlogs: 'logs', configservice: 'config', costexplorer: 'ce', elasticloadbalancingv2: 'elbv2', eventbridge: 'events', lexmodelsv2: 'lexv2-models', sfn: 'stepfunctions',
}

const plain = (name: string): string => name.replace(/[^a-z0-9]/gi, '').toLowerCase()

const byPlainName = new Map(globSync(join(packages, 'botocore/data/*')).map((path) => path.slice(path.lastIndexOf('/') + 1)).map((name) => [plain(name), name]))

const services = new Map<string, Service>()

/** The service that an SDK client calls itself: `Bedrock_Agent`, or botocore's name. Throws where botocore has no such service. */
export const serviceNamed = (id: string): Service => {
  const name = otherwise[plain(id)] ?? byPlainName.get(plain(id))
  if (name === undefined) throw new Error(`botocore has no service ${id}`)
  const known = services.get(name)
  if (known !== undefined) return known
  const made = load(name)
  services.set(name, made)
  return made
}

const load = (name: string): Service => {
  const model = serviceModel(packages, name)!
  const paginators = readPaginators(name)
  return {
    name,
    // the SDK clients speak JSON to those services that prefer CBOR
    protocol: (model.metadata.protocol === 'smithy-rpc-v2-cbor' ? 'json' : model.metadata.protocol) as Service['protocol'],
    model,
    operation: (operation) => model.operations[operation] ?? fail(`${name} has no operation ${operation}`),
    shape: (reference) => model.shapes[reference.shape] ?? fail(`${name} has no shape ${reference.shape}`),
    paging: (operation) => {
      const known = paginators[operation]
      return known === undefined ? guessed(model, operation) : pagingOf(known)
    },
  }
}

const fail = (message: string): never => {
  throw new Error(message)
}

interface Paginator { readonly input_token: string | string[], readonly output_token: string | string[], readonly result_key: string | string[], readonly more_results?: string }

const readPaginators = (name: string): Readonly<Record<string, Paginator>> => {
  const path = globSync(join(packages, 'botocore/data', name, '*/paginators-1.json{,.gz}')).sort().at(-1)
  if (path === undefined || !existsSync(path)) return {}
  const bytes = readFileSync(path)
  return (JSON.parse((path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString()) as { pagination: Record<string, Paginator> }).pagination
}

const first = (value: string | readonly string[]): string => (typeof value === 'string' ? value : value[0]!)

/** A token may be an expression (`NextMarker || Contents[-1].Key`): its first place is the token's own. */
const pagingOf = ({ input_token: input, output_token: output, result_key: list, more_results: more }: Paginator): Paging =>
  ({ input: first(input), output: first(output).split(' ')[0]!, list: first(list), ...(more === undefined ? {} : { more }) })

/** Many operations page though botocore has no paginator for them. */
const guessed = (model: ServiceModel, operation: string): Paging | undefined => {
  const { input, output } = model.operations[operation] ?? {}
  if (input === undefined || output === undefined) return undefined
  const inputs = model.shapes[input.shape]!.members ?? {}
  const outputs = model.shapes[output.shape]!.members ?? {}
  const token = ['nextToken', 'NextToken', 'NextMarker', 'Marker', 'position'].find((name) => name in inputs && name in outputs)
  const lists = Object.keys(outputs).filter((name) => model.shapes[outputs[name]!.shape]!.type === 'list')
  return token === undefined || lists.length !== 1 ? undefined : { input: token, output: token, list: lists[0]! }
}
