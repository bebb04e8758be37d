import { valueAt } from '../../core/pointer.ts'
import type { StatementRef } from '../../iam/model.ts'
import type { Resource } from '../../model/resource.ts'
import type { PathStep } from '../path.ts'
import type { Permission } from '../scene.ts'
import type { Change, Ground } from './change.ts'
import { isOfAny } from './denials.ts'
import { detachments } from './detach.ts'
import { breadth, breadthOf, listOf, onStatement, statementsOf } from './statement.ts'
import type { Statement } from './statement.ts'

/** Policies that bind many or that nobody should lose: what they allow is a frame, not a grant. */
const frames = new Set(['AWS::Organizations::Policy', 'AWS::EC2::VPCEndpoint'])

/** Narrowing, limiting or dropping a statement that allows. */
export const ofStatement = (ground: Ground, step: PathStep, permission: Permission, ref: StatementRef): Change[] => {
  const { estate } = ground
  const { resource: id, pointer } = ref.location ?? {}
  const index = id === undefined ? undefined : estate.graph.find(id)
  if (index === undefined || pointer === undefined) return []
  const resource = estate.resource(index)
  if (frames.has(resource.type)) return []
  if (pointer === 'ManagedPolicyArns') return detachments(ground, step, ref.policy)
  if (resource.type === 'AWS::Lambda::Permission') return ofPermission(ground, resource, ref)
  const document = valueAt(resource.properties, pointer)
  const statement = statementsOf(document)[ref.index]
  if (statement == null || isKeysOwn(resource, statement)) return []
  const number = ground.original(resource.id, pointer, ref.index)
  const where = `statement ${ref.sid ?? number + 1} of ${ref.name}${ref.name.includes(resource.name) ? '' : ` (${resource.name})`}`
  const make = (verb: string, title: string, accessLost: number, change: (statement: Statement) => Statement | null): Change =>
    ({ key: `${resource.id} ${pointer} ${number} ${verb}`, title, resource: resource.id, type: resource.type, pointer, accessLost, apply: onStatement(number, change) })
  return [
    // A function's own permissions cannot be changed, only taken away.
    ...pointer === 'BartizanPolicy' ? [] : [...narrowed(statement, permission, where, make), ...guarded(ground, step, statement, where, make)],
    // A trust policy must say something, so its last statement is turned round instead.
    pointer === 'AssumeRolePolicyDocument' && statementsOf(document).length === 1
      ? make('deny', `Turn ${where} into a deny`, breadth(statement) + 5, (one) => ({ ...one, Effect: 'Deny' }))
      : make('drop', `Drop ${where}`, breadth(statement) + 1, () => null),
  ]
}

type Make = (verb: string, title: string, accessLost: number, change: (statement: Statement) => Statement | null) => Change

/** The key's own account needs its statement, else nobody can manage the key. */
const isKeysOwn = ({ type }: Resource, { Action: actions }: Statement): boolean => type === 'AWS::KMS::Key' && listOf(actions).some((action) => action === 'kms:*' || action === '*')

/** Taking one action or one resource out of a list. */
const narrowed = (statement: Statement, { action, resource }: Permission, where: string, make: Make): Change[] => {
  if (isOfAny(resource)) return []
  const isAction = (name: string) => name.toLowerCase() === action.toLowerCase()
  const less = <Key extends 'Action' | 'Resource'>(key: Key, without: (one: string) => boolean) => (one: Statement): Statement | null => {
    const rest = listOf(one[key]).filter((item) => !without(item))
    return rest.length === 0 ? null : { ...one, [key]: rest }
  }
  const [actions, resources] = [listOf(statement.Action), listOf(statement.Resource)]
  return [
    ...actions.length > 1 && actions.some(isAction)
      ? [make(`without ${action}`, `Take ${action} out of ${where}`, breadth({ ...statement, Action: action }) + 1, less('Action', isAction))] : [],
    ...resources.length > 1 && resources.includes(resource)
      ? [make(`without ${resource}`, `Take ${resource} out of ${where}`, actions.reduce((sum, name) => sum + breadthOf(name), 1), less('Resource', (one) => one === resource))] : [],
  ]
}

/** A statement that lets outsiders in may let in only one's own. */
const guarded = ({ estate }: Ground, { actor, on }: PathStep, { Principal: principal, Condition: condition }: Statement, where: string, make: Make): Change[] => {
  if (principal === undefined) return []
  const names = typeof principal === 'string' ? [principal] : listOf(principal['AWS'])
  const account = /^\d{12}$/.exec(/:(\d{12}):|^account\/(\d{12})$/.exec(actor ?? '')?.[1] ?? '')?.[0]
  const outsider = (name: string) => name === actor || account !== undefined && !estate.accounts.has(account) && (name === account || name === `arn:aws:iam::${account}:root`)
  const taken = typeof principal !== 'string' && names.length > 1 && names.some(outsider)
    ? [make(`without ${actor}`, `Take ${actor} out of ${where}`, 3, (one) => {
        const { AWS: list, ...others } = one.Principal as Readonly<Record<string, string | readonly string[]>>
        return { ...one, Principal: { ...others, AWS: listOf(list).filter((name) => !outsider(name)) } }
      })] : []
  const [key, value, whose] = ownOnly(estate, on)
  if (names.length === 0 || value === undefined || condition?.['StringEquals']?.[key] !== undefined) return taken
  return [...taken, make(`only ${key}`, `Let ${where} hold for ${whose} alone (${key})`, 2, (one) =>
    ({ ...one, Condition: { ...one.Condition, StringEquals: { ...one.Condition?.['StringEquals'], [key]: value } } }))]
}

/** The condition that keeps outsiders out: the organisation where there is one, else the account that owns the resource. */
const ownOnly = (estate: Ground['estate'], on: string): readonly [key: string, value: string | undefined, whose: string] => {
  const organization = estate.ofType('AWS::Organizations::Organization')[0]
  if (organization !== undefined) {
    const { properties, id } = estate.resource(organization)
    return ['aws:PrincipalOrgID', String(properties['Id'] ?? id), 'the organisation']
  }
  const index = estate.graph.find(on)
  const resource = index === undefined ? undefined : estate.graph.node(index).resource
  const account = resource === undefined ? [...estate.accounts][0] : estate.resource(resource).account
  return ['aws:PrincipalAccount', account, estate.isTemplate ? 'its own account' : `account ${account}`]
}

/** A function's policy is written permission by permission: the one that lets the caller in goes. */
const ofPermission = ({ estate }: Ground, first: Resource, { index, sid }: StatementRef): Change[] => {
  const lambda = (permission: Resource) => {
    const name = permission.properties['FunctionName']
    return typeof name === 'string' ? estate.references.find(['AWS::Lambda::Function'], name, permission) : undefined
  }
  const same = estate.ofType('AWS::Lambda::Permission').map((node) => estate.resource(node)).filter((permission) => lambda(permission) === lambda(first))
  const permission = same[index]
  return permission === undefined ? [] : [{
    key: `${permission.id} drop`, title: `Remove permission ${sid ?? permission.name} of ${String(permission.properties['FunctionName'])}`, resource: permission.id, type: permission.type, pointer: '', accessLost: 3, apply: () => undefined,
  }]
}
