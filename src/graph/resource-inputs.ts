import { placesAt, valueAt } from '../core/pointer.ts'
import { unknown } from '../core/unknown.ts'
import type { ResourceInput } from '../iam/model.ts'
import type { Resource } from '../model/resource.ts'
import type { Estate } from './estate.ts'
import { guardsOf } from './guards.ts'
import type { PolicyBook } from './permissions.ts'
import { resourcePolicies } from './resource-policies.ts'

/** What the IAM engine knows of each resource that has an ARN: its owner, its tags, and what guards it. */
export const resourceInputs = (estate: Estate, book: PolicyBook): ResourceInput[] => {
  const policies = new Map([...documents(estate, book), ...functionPolicies(estate, book)])
  const guards = guardsOf(estate)
  const missing = missingPolicies(estate)
  // What hangs on a resource (a function's URL) may go by its ARN: the one that holds a policy speaks for it, else the first.
  const inputs = new Map<string, ResourceInput>()
  for (let index = 0; index < estate.table.length; index++) {
    const type = estate.table.typeOf(index)
    if (type.startsWith('AWS::IAM::')) continue
    const id = estate.table.idOf(index)
    const arn = estate.table.arnOf(index) ?? (id.startsWith('arn:') ? id : undefined)
    if (arn === undefined) continue
    const policy = policies.get(index)
    if (inputs.has(arn) && policy === undefined) continue
    const read = guards.get(type)
    inputs.set(arn, readLater(estate, index, {
      arn, type, account: estate.table.accountOf(index),
      ...(policy === undefined ? missing(type, index) : { policy }),
      ...read?.(estate.resource(index)),
    }))
  }
  return [...inputs.values()]
}

/**
 * Few decisions ask for a resource's tags or key, so a large estate does not read every resource for them. The getters stand on the class:
 * a million objects with getters of their own would each have a shape of its own.
 */
class ReadLater {
  readonly #estate: Estate
  readonly #index: number
  constructor(estate: Estate, index: number, input: ResourceInput) {
    this.#estate = estate
    this.#index = index
    Object.assign(this, input)
  }

  get tags(): ResourceInput['tags'] {
    const { partial, tags } = this.#estate.resource(this.#index)
    return partial === undefined ? tags : unknown(partial)
  }

  get encryptionKey(): ResourceInput['encryptionKey'] {
    const [edge] = this.#estate.graph.out(this.#index, 'encrypted with')
    const id = edge === undefined ? undefined : this.#estate.graph.node(edge.node).id
    return id?.startsWith('arn:') === true ? id : undefined
  }
}

const readLater = (estate: Estate, index: number, input: ResourceInput): ResourceInput => new ReadLater(estate, index, input) as unknown as ResourceInput

/** Policies that a property of a resource holds, or that are resources of their own. */
const documents = (estate: Estate, book: PolicyBook): [number, string][] =>
  Object.entries(resourcePolicies).flatMap(([type, { document, guards, guardsTypes = [] }]) => estate.ofType(type).flatMap((index): [number, string][] => {
    const resource = estate.resource(index)
    const policy = valueAt(resource.properties, document)
    if (policy === undefined && guards === undefined) return []
    const id = book.add('resource', `${resource.id}#policy`, policy, resource, document, `policy of ${resource.name}`)
    if (guards === undefined) return [[index, id]]
    return placesAt(resource.properties, guards).flatMap(({ value }): [number, string][] => {
      const guarded = typeof value === 'string' ? estate.references.find(guardsTypes, queueName(value), resource) : undefined
      return guarded === undefined ? [] : [[guarded, id]]
    })
  }))

/** The resource policy of a function is written permission by permission. */
const functionPolicies = (estate: Estate, book: PolicyBook): [number, string][] => {
  const permissions = estate.ofType('AWS::Lambda::Permission').map((index) => estate.resource(index))
  const byFunction = Map.groupBy(permissions, (permission) => {
    const name = permission.properties['FunctionName']
    return typeof name === 'string' ? estate.references.find(['AWS::Lambda::Function'], name, permission) : undefined
  })
  return [...byFunction].flatMap(([index, granted]): [number, string][] => {
    if (index === undefined) return []
    const lambda = estate.resource(index)
    // A live function has its policy whole.
    if (lambda.properties['BartizanPolicy'] !== undefined) return []
    const document = { Version: '2012-10-17', Statement: granted.map((permission) => permissionStatement(permission, lambda.arn ?? lambda.id)) }
    return [[index, book.add('resource', `${lambda.id}#permissions`, document, granted[0]!, '', `permissions of ${lambda.name}`)]]
  })
}

const permissionStatement = ({ name, properties }: Resource, arn: string) => {
  const { Action: action, Principal: principal, SourceArn: source, SourceAccount: account, PrincipalOrgID: organization, FunctionUrlAuthType: urlAuth } = properties
  const condition = {
    ...source === undefined ? {} : { ArnLike: { 'aws:SourceArn': source } },
    ...account === undefined && organization === undefined && urlAuth === undefined ? {} : {
      StringEquals: {
        ...account === undefined ? {} : { 'aws:SourceAccount': account },
        ...organization === undefined ? {} : { 'aws:PrincipalOrgID': organization },
        ...urlAuth === undefined ? {} : { 'lambda:FunctionUrlAuthType': urlAuth },
      },
    },
  }
  const who = typeof principal === 'string' && principal !== '*' ? (principal.includes('.') && !principal.startsWith('arn:') ? { Service: principal } : { AWS: principal }) : principal ?? unknown('the principal is not known')
  return { Sid: name.replaceAll(/[^A-Za-z0-9]/g, ''), Effect: 'Allow', Principal: who, Action: action, Resource: arn, ...Object.keys(condition).length === 0 ? {} : { Condition: condition } }
}

/** A queue's URL ends with its name. */
const queueName = (value: string): string => (value.startsWith('https://') ? value.slice(value.lastIndexOf('/') + 1) : value)

/** A resource whose policies could not be listed may have one. */
const missingPolicies = (estate: Estate): ((type: string, index: number) => Partial<ResourceInput>) => {
  const holders = new Map(Object.entries(resourcePolicies).flatMap(([holder, { guardsTypes = [] }]) => guardsTypes.map((type) => [type, holder] as const)))
  return (type, index) => {
    const holder = holders.get(type)
    const gap = holder === undefined ? undefined : estate.incomplete(holder, estate.table.accountOf(index), estate.table.regionOf(index))
    return gap === undefined ? {} : { policy: unknown(gap) }
  }
}
