import { valueAt } from '../../core/pointer.ts'
import type { Estate } from '../../graph/estate.ts'
import type { StatementRef } from '../../iam/model.ts'
import type { AttackPath, PathStep } from '../path.ts'
import type { Permission } from '../scene.ts'
import type { Edit } from './edit.ts'

/** Edits that may cut a path, each at one of the facts that it stands on. */
export const candidates = (estate: Estate, path: AttackPath): Edit[] => {
  const found = path.steps.flatMap((step) => [...step.permissions.flatMap((permission) => ofPermission(estate, step, permission)), ...ofExposure(estate, step)])
  const known = new Set<string>()
  return found.filter((edit) => {
    const key = editKey(edit)
    return !known.has(key) && known.add(key)
  })
}

export const editKey = ({ resource, pointer, after }: Edit): string => `${resource} ${pointer} ${JSON.stringify(after)}`

const ofPermission = (estate: Estate, step: PathStep, permission: Permission): Edit[] => [
  ...permission.statements.flatMap((ref) => ofStatement(estate, ref, permission)),
  ...denial(estate, step, permission),
]

interface Statement { readonly Effect?: string, readonly Action?: string | readonly string[], readonly Condition?: unknown }

/** Narrowing or dropping the statement that allows. AWS managed policies cannot be edited. */
const ofStatement = (estate: Estate, ref: StatementRef, { action }: Permission): Edit[] => {
  const { resource, pointer } = ref.location ?? {}
  const index = resource === undefined ? undefined : estate.graph.find(resource)
  if (index === undefined || resource === undefined || pointer === undefined) return []
  const document = valueAt(estate.resource(index).properties, pointer)
  if (typeof document !== 'object' || document === null) return []
  const { Statement: written } = document as { Statement?: Statement | readonly Statement[] }
  const statements: readonly Statement[] = Array.isArray(written) ? written as readonly Statement[] : [written as Statement]
  const statement = statements[ref.index]
  if (statement === undefined) return []
  const name = estate.resource(index).name
  const where = statement === undefined ? '' : `statement ${ref.sid ?? ref.index} of ${ref.name}`
  const make = (title: string, kept: readonly (Statement | undefined)[], accessLost: number): Edit =>
    ({ title, resource, pointer, before: document, after: { ...document, Statement: kept.filter((one) => one !== undefined) }, accessLost })
  const actions = typeof statement.Action === 'string' ? [statement.Action] : statement.Action ?? []
  const others = actions.filter((one) => one.toLowerCase() !== action.toLowerCase())
  const narrowed = others.length < actions.length && others.length > 0
    ? [make(`Take ${action} out of ${where}`, statements.map((one, at) => (at === ref.index ? { ...one, Action: others } : one)), 2)]
    : []
  return [...narrowed, make(`Drop ${where}${where.includes(name) ? '' : ` (${name})`}`, statements.map((one, at) => (at === ref.index ? undefined : one)), actions.reduce((sum, one) => sum + (one === '*' ? 100 : one.includes('*') ? 20 : 3), 1))]
}

/** An explicit deny for the actor: the narrowest edit, and one that works whatever allows. */
const denial = (estate: Estate, { actor }: PathStep, { action, resource }: Permission): Edit[] => {
  const index = actor === undefined ? undefined : estate.graph.find(actor.replace(/#rewritten$/, ''))
  if (index === undefined) return []
  const principal = estate.resource(index)
  if (principal.type !== 'AWS::IAM::Role' && principal.type !== 'AWS::IAM::User') return []
  const before = principal.properties['Policies']
  const own = Array.isArray(before) ? before as readonly unknown[] : []
  const name = `deny-${action.replace(/[^A-Za-z0-9]/g, '-')}`
  const policy = { PolicyName: name, PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: action, Resource: resource }] } }
  return [{ title: `Deny ${action} on ${resource} to ${principal.name}`, resource: principal.id, pointer: 'Policies', before, after: [...own, policy], accessLost: 1 }]
}

/** Settings that close what the internet reaches, by type. */
const settings: Readonly<Record<string, readonly [pointer: string, value: unknown]>> = {
  'AWS::Lambda::Url': ['AuthType', 'AWS_IAM'],
  'AWS::ApiGateway::Method': ['AuthorizationType', 'AWS_IAM'],
  'AWS::ApiGatewayV2::Route': ['AuthorizationType', 'AWS_IAM'],
  'AWS::BedrockAgentCore::Gateway': ['AuthorizerType', 'AWS_IAM'],
}

const ofExposure = (estate: Estate, step: PathStep): Edit[] => {
  if (!step.facts.some(({ relation }) => relation === 'shared with')) return []
  const index = estate.graph.find(step.on)
  if (index === undefined) return []
  return [index, ...estate.graph.in(index, 'routes to').map(({ node }) => node)].flatMap((node): Edit[] => {
    const { type, resource } = estate.graph.node(node)
    const setting = settings[type]
    if (setting === undefined || resource === undefined) return []
    const [pointer, after] = setting
    const { id, name, properties } = estate.resource(resource)
    return properties[pointer] === after ? [] : [{ title: `Set ${pointer} of ${name} to ${String(after)}`, resource: id, pointer, before: properties[pointer], after, accessLost: 5 }]
  })
}
