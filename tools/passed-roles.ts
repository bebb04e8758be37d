import { serviceModel, serviceNames } from './service-model.ts'
import type { ServiceModel } from './service-model.ts'

/** IAM prefixes of services whose signing name differs from it. */
const prefixes: Readonly<Record<string, string>> = { monitoring: 'cloudwatch', email: 'ses' }

/** A role by its ARN, or an instance profile that wraps one. */
const passes = /(?:^r|R)ole(?:Arns?|ARN)?$|^IamInstanceProfile$/

/** Services whose operations act on roles instead of handing them to a service. */
const notPassing = new Set(['iam', 'sts', 'sso', 'organizations'])

/**
 * Members of requests that hand a role to a service, by lower-case `prefix:action`, as pointers into the request
 * (`*` is an item): what iam:PassRole is asked about. Read from the shapes of botocore's models.
 */
export const passedRoles = (botocore: string): ReadonlyMap<string, readonly string[]> => {
  const found = new Map<string, readonly string[]>()
  for (const service of serviceNames(botocore)) {
    const model = serviceModel(botocore, service)
    const prefix = model === undefined ? '' : model.metadata.signingName ?? model.metadata.endpointPrefix
    if (model === undefined || notPassing.has(prefix)) continue
    for (const [operation, { input }] of Object.entries(model.operations)) {
      const roles = input === undefined ? [] : members(model, input.shape, [], new Set())
      if (roles.length > 0) found.set(`${prefixes[prefix] ?? prefix}:${operation}`.toLowerCase(), roles.sort())
    }
  }
  return found
}

const members = (model: ServiceModel, name: string, path: readonly string[], above: ReadonlySet<string>): string[] => {
  const shape = model.shapes[name]
  if (shape === undefined || above.has(name) || path.length > 6) return []
  const within = new Set([...above, name])
  if (shape.type === 'list') return members(model, shape.member!.shape, [...path, '*'], within)
  if (shape.type === 'map') return members(model, shape.value!.shape, [...path, '*'], within)
  return Object.entries(shape.members ?? {}).flatMap(([member, { shape: inner }]) => {
    const here = [...path, member]
    const isRole = passes.test(member) && (isText(model, inner) || member === 'IamInstanceProfile')
    return isRole ? [here.join('/')] : members(model, inner, here, within)
  })
}

/** A string of free choice, or a list of them. */
const isText = (model: ServiceModel, name: string): boolean => {
  const shape = model.shapes[name]!
  return shape.type === 'list' ? isText(model, shape.member!.shape) : shape.type === 'string' && shape.enum === undefined
}
