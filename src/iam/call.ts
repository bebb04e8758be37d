import { isUnknown } from '../core/unknown.ts'
import { actionOf, type ActionEntry } from './actions.ts'
import { decide } from './decide.ts'
import type { Estate } from './estate.ts'
import { documentedKeyActions, forwarded, likelyKeyActions } from './forward.ts'
import { compileGlob, encode, matchGlob } from './glob.ts'
import type { CallCheck, CallDecision, CallRequest, Decision, Request, Verdict } from './model.ts'
import { receiverOf, rolesOf, takesSomeRole } from './passing.ts'
import { resolveSubject } from './subject.ts'
import { resolveTarget } from './target.ts'

type Add = (request: Request, why: string, known?: Decision) => void
type Base = Omit<Request, 'action' | 'resource'>

/** Decides an API call: the action on each resource that it names, and each thing that AWS checks besides. */
export const callDecision = (estate: Estate, call: CallRequest): CallDecision => {
  const action = actionOf(estate.actions, call.action)
  const { resources, passes: _passes, passedTo: _passedTo, parameters: _parameters, keys: _keys, action: _action, ...base } = call
  const checks: CallCheck[] = []
  const add: Add = (request, why, known) => {
    checks.push({ action: request.action, resource: request.resource, why, decision: known ?? decide(estate, request) })
  }
  for (const resource of resources) add({ ...base, action: call.action, resource }, 'the resource of the call')
  for (const type of missingTypes(estate, action, resources)) add({ ...base, action: call.action, resource: '*' }, `the call also concerns a ${type}`)
  if (checks.length === 0) add({ ...base, action: call.action, resource: '*' }, 'the call names no resource')
  addRoles(estate, call, action, base, add)
  addKeys(estate, call, action, base, add)
  addOthers(estate, call, action, base, add)
  return { verdict: worst(checks.map(({ decision }) => decision)), checks }
}

const worst = (decisions: readonly Decision[]): Verdict =>
  decisions.some(({ verdict }) => verdict === 'deny') ? 'deny' : decisions.some(({ verdict }) => verdict === 'conditional') ? 'conditional' : 'allow'

/** Resource types that the action requires and that no resource of the call is of. */
const missingTypes = (estate: Estate, action: ActionEntry, resources: readonly string[]): string[] => {
  if (resources.length === 0 || resources.includes('*')) return []
  const types = estate.catalogue?.services[action.service]?.resources ?? {}
  return (action.facts?.resources ?? []).filter(({ type, required }) => {
    const arns = types[type]?.arns ?? []
    return required === true && arns.length > 0 && !arns.some((arn) => resources.some((resource) => isOfType(arn, resource)))
  }).map(({ type }) => type)
}

/** Whether an ARN is of a type, by the type's pattern (`arn:${Partition}:s3:::${BucketName}`). */
export const isOfType = (pattern: string, arn: string): boolean => matchGlob(compileGlob(encode(pattern.replace(/\$\{[^}]+\}/g, '*'))), arn)

/** Handing a role to a service needs iam:PassRole, and the role must trust the service. */
const addRoles = (estate: Estate, call: CallRequest, action: ActionEntry, base: Base, add: Add): void => {
  const { account } = resolveSubject(estate, call.principal)
  const service = receiverOf(action, call)
  const pass = (role: string, why: string): void =>
    add({ ...base, action: 'iam:PassRole', resource: role, context: { ...base.context, 'iam:PassedToService': service } }, why)
  if (takesSomeRole(action, call)) pass(`arn:aws:iam::${account}:role/*`, `the call hands a role to ${service}`)
  for (const role of rolesOf(action, call, account)) {
    pass(role, `the call passes a role to ${service}`)
    const whole = base.complete === undefined ? {} : { complete: base.complete }
    add({ principal: service, action: 'sts:AssumeRole', resource: role, ...whole }, `${service} must be able to assume the role`)
  }
}

/** KMS calls that the service makes as the caller, with the keys of the call and those that encrypt its resources. */
const addKeys = (estate: Estate, { resources, keys = [], principal, resourceAccount }: CallRequest, action: ActionEntry, base: Base, add: Add): void => {
  const use = (key: string, actions: readonly string[], known?: Decision): void => {
    for (const name of actions) add({ ...forwarded(action.service, key, base), action: name, resource: key }, `${action.service} uses the key for the caller`, known)
  }
  for (const key of keys) use(key, likelyKeyActions(action))
  const owner = resourceAccount ?? resolveSubject(estate, principal).account
  for (const resource of new Set(resources)) {
    const key = resolveTarget(estate, resource, owner).entry?.input.encryptionKey
    if (key === undefined || keys.length > 0) continue
    if (isUnknown(key)) use('*', documentedKeyActions(action), notKnown(`the key that encrypts ${resource}: ${key.$unknown}`))
    else use(key, documentedKeyActions(action))
  }
}

const notKnown = (text: string): Decision =>
  ({ verdict: 'conditional', reason: 'It is not known which key is used.', layers: [], across: false, conditions: [{ kind: 'gap', key: text, text }] })

/** "Starting in October 2025, new function URLs will require both" permissions: older ones go without that of the function. */
const forOldUrls = (decision: Decision): Decision => {
  if (decision.verdict !== 'deny') return decision
  const text = 'the function URL is older than October 2025 and needs no permission of its function'
  return { ...decision, verdict: 'conditional', conditions: [{ kind: 'gap', key: 'function URL', text }] }
}

const addOthers = (estate: Estate, { resources, session, context }: CallRequest, action: ActionEntry, base: Base, add: Add): void => {
  if (session?.tags !== undefined && Object.keys(session.tags).length > 0 && action.name.startsWith('sts:assumerole')) {
    for (const role of resources) add({ ...base, action: 'sts:TagSession', resource: role }, 'the session is tagged')
  }
  if (action.name === 'lambda:invokefunctionurl') {
    const context = { ...base.context, 'lambda:InvokedViaFunctionUrl': 'true' }
    for (const resource of resources) {
      const request = { ...base, action: 'lambda:InvokeFunction', resource, context }
      add(request, 'a function URL invokes its function', forOldUrls(decide(estate, request)))
    }
  }
  const tagged = Object.keys(context ?? {}).some((key) => /^aws:(requesttag\/|tagkeys$)/i.test(key))
  for (const dependent of action.facts?.dependent ?? []) {
    // Roles and keys are asked for above; tagging only where the request has tags.
    if (/^(iam:passrole|kms:.*)$/i.test(dependent)) continue
    if (tagged || actionOf(estate.actions, dependent).facts?.level !== 'Tagging') add({ ...base, action: dependent, resource: '*' }, `${action.shown} needs it`)
  }
}
