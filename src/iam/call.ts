import { arnParts } from './arns.ts'
import { actionOf, type ActionEntry } from './actions.ts'
import { decide } from './decide.ts'
import type { Estate } from './estate.ts'
import type { CallCheck, CallDecision, CallRequest, Decision, Request, Verdict } from './model.ts'
import { compileGlob, encode, matchGlob } from './glob.ts'

/** Decides an API call: the action on each resource that it names, and each thing that AWS checks besides. */
export const callDecision = (estate: Estate, call: CallRequest): CallDecision => {
  const action = actionOf(estate.actions, call.action)
  const { resources, passes = [], passedTo, keys = [], ...base } = call
  const checks: CallCheck[] = []
  const add = (request: Request, why: string): void => {
    checks.push({ action: request.action, resource: request.resource, why, decision: decide(estate, request) })
  }
  for (const resource of resources) add({ ...base, resource }, 'the resource of the call')
  for (const type of missingTypes(estate, action, resources)) add({ ...base, resource: '*' }, `the call also concerns a ${type}`)
  if (checks.length === 0) add({ ...base, resource: '*' }, 'the call names no resource')

  const service = passedTo ?? `${action.service}.amazonaws.com`
  for (const role of passes) {
    add({ ...base, action: 'iam:PassRole', resource: role, context: { ...base.context, 'iam:PassedToService': service } }, `the call passes a role to ${service}`)
    const trusted = decide(estate, { principal: service, action: 'sts:AssumeRole', resource: role, ...(base.complete !== undefined && { complete: base.complete }) })
    checks.push({ action: 'sts:AssumeRole', resource: role, why: `${service} must be able to assume the role`, decision: trusted })
  }
  for (const [name, why] of keyActions(action)) {
    for (const key of keys) add({ ...base, action: name, resource: key, context: onBehalf(action.service, key, base.context) }, why)
  }
  if (base.session?.tags !== undefined && Object.keys(base.session.tags).length > 0 && action.name.startsWith('sts:assumerole')) {
    for (const role of resources) add({ ...base, action: 'sts:TagSession', resource: role }, 'the session is tagged')
  }
  for (const dependent of action.facts?.dependent ?? []) {
    const name = dependent.toLowerCase()
    if (name === 'iam:passrole' || name.startsWith('kms:')) continue
    add({ ...base, action: dependent, resource: '*' }, `${action.shown} needs it`)
  }
  return { verdict: worst(checks.map(({ decision }) => decision)), checks }
}

const worst = (decisions: readonly Decision[]): Verdict =>
  decisions.some(({ verdict }) => verdict === 'deny') ? 'deny' : decisions.some(({ verdict }) => verdict === 'conditional') ? 'conditional' : 'allow'

/** Resource types that the action requires and that no resource of the call is of. */
const missingTypes = (estate: Estate, action: ActionEntry, resources: readonly string[]): string[] => {
  if (resources.length === 0) return []
  const types = estate.catalogue?.services[action.service]?.resources ?? {}
  return (action.facts?.resources ?? []).filter(({ type, required }) => {
    const arns = types[type]?.arns ?? []
    return required === true && arns.length > 0 && !arns.some((arn) => resources.some((resource) => isOfType(arn, resource)))
  }).map(({ type }) => type)
}

/** Whether an ARN is of a type, by the type's pattern (`arn:${Partition}:s3:::${BucketName}`). */
export const isOfType = (pattern: string, arn: string): boolean => matchGlob(compileGlob(encode(pattern.replace(/\$\{[^}]+\}/g, '*'))), arn)

/** KMS calls that a service makes as the caller: reads decrypt, writes make a data key. */
const keyActions = ({ facts, name }: ActionEntry): [string, string][] => {
  const reads = facts === undefined ? /:(get|list|describe|batchget|query|scan|invoke|retrieve)/.test(name) : !/Write|Permissions|Tagging/.test(facts.level)
  return reads ? [['kms:Decrypt', 'the service decrypts for the caller']] : [['kms:GenerateDataKey', 'the service encrypts for the caller'], ['kms:Decrypt', 'the service decrypts for the caller']]
}

/** The context of a call that a service makes with the caller's permissions. */
const onBehalf = (service: string, key: string, context: CallRequest['context']): CallRequest['context'] => {
  const name = `${service}.amazonaws.com`
  const region = arnParts(key)[3] ?? ''
  return {
    ...context, 'aws:ViaAWSService': 'true', 'aws:CalledVia': [name], 'aws:CalledViaFirst': name, 'aws:CalledViaLast': name,
    'kms:ViaService': `${service}.${region}.amazonaws.com`,
  }
}
