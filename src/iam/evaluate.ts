import type { EndpointEntry, Estate } from './estate.ts'
import { keyOf, look, note, type Frame } from './frame.ts'
import { grantAllows } from './kms.ts'
import type { AccessPointInput } from './model.ts'
import {
  BY_ACCOUNT, BY_ANYONE, BY_CANONICAL, BY_PROVIDER, BY_ROLE, BY_SERVICE, BY_SESSION, BY_SOME_SESSION, BY_USER,
} from './principals.ts'
import { planOf, scpsOf } from './plan.ts'
import { allowedAs, anyApplies, bit, candidates, type Candidates, type Program } from './program.ts'
import { ruleOf } from './rules.ts'
import { aclAllows, blocked } from './s3.ts'
import { secondAllows } from './second.ts'
import type { Subject } from './subject.ts'
import { behindAccessPoint } from './target.ts'
import { MAYBE, NO, YES, and3, not3, or3, type Tri } from './tri.ts'

/** Which policies bear on a request. */
export interface Bearing {
  readonly identity: Program | undefined
  readonly boundary: Program | undefined
  readonly session: Program | undefined
  readonly resource: Program | undefined
  readonly scps: readonly Program[]
  readonly rcps: readonly Program[]
  readonly endpoint: Program | undefined
  /** Whether `resource` is the trust policy of a role. */
  readonly trust: boolean
}

const none: readonly Program[] = []

export const bearing = (estate: Estate, frame: Frame): Bearing => {
  const { subject, request } = frame
  return {
    identity: subject.trusted === true ? undefined : subject.entry?.identity, boundary: subject.entry?.boundary,
    session: sessionPolicy(estate, frame), resource: resourcePolicy(frame), scps: scpsOf(subject),
    rcps: isBoundByRcp(estate, frame) ? frame.target.home!.rcps : none,
    endpoint: request.endpoint === undefined ? undefined : endpointPolicy(estate, request.endpoint, frame.endpoint), trust: asksTrust(frame),
  }
}

const sessionPolicy = (estate: Estate, { request }: Frame): Program | undefined =>
  request.session?.policies === undefined ? undefined : estate.programOf(request.session.policies, 'session')

/** A role's trust policy speaks only for STS; other services, and IAM itself, do not ask it. */
const asksTrust = ({ action, target }: Frame): boolean => target.service === 'iam' && action.service === 'sts'

const resourcePolicy = (frame: Frame): Program | undefined => {
  const { target } = frame
  if (target.service !== 'iam') return target.policy
  return asksTrust(frame) ? target.role?.trust ?? target.policy : target.role === undefined ? target.policy : undefined
}

const endpointPolicy = (estate: Estate, id: string, entry: EndpointEntry | undefined): Program | undefined =>
  entry === undefined ? estate.programOf({ $unknown: `endpoint ${id} was not read` }, 'endpoint') : entry.policy

/** RCPs do not bind the management account, service-linked roles, services without support, and keys that AWS manages. */
const isBoundByRcp = (estate: Estate, { subject, target, action }: Frame): boolean =>
  target.home !== undefined && target.home.rcps.length > 0 && !target.home.management && !subject.serviceLinked
  && estate.rcpServices.has(action.service) && target.entry?.input.kms?.manager !== 'AWS' && action.name !== 'kms:retiregrant'

/** Whether AWS allows the request of a frame: unknown where a free key or a gap decides. */
export const evaluate = (estate: Estate, frame: Frame): Tri => {
  const rule = ruleOf(frame)
  if (rule !== undefined) return rule.allowed ? YES : NO
  const result = evaluateOne(estate, frame)
  const point = frame.target.entry?.input.accessPoint
  return result === NO || point === undefined ? result : and3(result, and3(fromItsVpc(estate, frame, point), evaluateBucket(estate, frame)))
}

const evaluateOne = (estate: Estate, frame: Frame): Tri => {
  const { subject, target, action, request } = frame
  const plan = planOf(subject, action)
  const resource = resourcePolicy(frame)
  const speaks = resource === undefined ? undefined : candidates(resource, action)
  let denied: Tri = plan.deny.length === 0 ? NO : anyApplies(plan.deny, frame)
  if (denied === YES) return NO
  if (speaks !== undefined && speaks.deny.length > 0 && !rootKeepsControl(frame)) denied = or3(denied, anyApplies(speaks.deny, frame))
  if (denied === YES) return NO
  let result: Tri = not3(denied)
  for (let i = 0; i < plan.scps.length; i++) {
    result = and3(result, anyApplies(plan.scps[i]!, frame))
    if (result === NO) return NO
  }
  if (request.endpoint !== undefined || request.session?.policies !== undefined || isBoundByRcp(estate, frame)) {
    result = and3(result, passes(estate, frame))
    if (result === NO) return NO
  }
  result = and3(result, allowed(estate, frame, speaks, own(estate, frame)))
  if (result === NO) return NO
  if (target.bucket || target.entry?.input.accessPoint !== undefined) result = and3(result, not3(blocked(estate, frame)))
  return target.entry?.input.also === undefined ? result : and3(result, secondAllows(frame))
}

/** What most requests do not have: Denies of session policies, an endpoint that must allow, and RCPs. */
const passes = (estate: Estate, frame: Frame): Tri => {
  const { session, endpoint, rcps } = bearing(estate, frame)
  let result: Tri = YES
  for (const program of [session, endpoint, ...rcps]) {
    if (program !== undefined) result = and3(result, not3(anyApplies(candidates(program, frame.action).deny, frame)))
    if (result === NO) return NO
  }
  return endpoint === undefined ? result : and3(result, anyApplies(candidates(endpoint, frame.action).allow, frame))
}

/** An access point made for a VPC takes no request from elsewhere. */
const fromItsVpc = (estate: Estate, frame: Frame, { vpc }: AccessPointInput): Tri => {
  if (vpc === undefined) return YES
  const from = look(frame, keyOf(estate.interner.keys, 'aws:SourceVpc'))
  return from === undefined ? MAYBE : from === vpc ? YES : NO
}

/** An access point passes the request on to its bucket, which must agree; identity policies speak of the access point. */
const evaluateBucket = (estate: Estate, frame: Frame): Tri => {
  const behind = behindAccessPoint(estate, frame.target, frame.subject.account)
  if (behind === undefined) return YES
  const bucket: Frame = { ...frame, target: behind.target, resource: behind.resource, accessPoint: frame.target.entry!.input.arn }
  const policy = behind.target.policy
  const denied = policy === undefined ? NO : anyApplies(candidates(policy, frame.action).deny, bucket)
  if (denied === YES) return NO
  const bits = policy === undefined ? 0 : allowedAs(candidates(policy, frame.action).allow, bucket)
  const agrees = combine(frame, bits, own(estate, frame), frame.subject.account === behind.target.account, false)
  if (bucket.personal) frame.personal = true
  return and3(and3(not3(denied), agrees), not3(blocked(estate, bucket)))
}

/** The owner's root user can always repair the policy of a bucket or a queue, whatever that policy denies. */
const rootKeepsControl = ({ subject, target, action }: Frame): boolean =>
  subject.kind === 'root' && subject.account === target.account && /^(s3:(get|put|delete)bucketpolicy|sqs:[gs]etqueueattributes)$/.test(action.name)

/** What the principal's own side says: identity, boundary and session policies. */
export interface Own { readonly identity: Tri, readonly boundary: Tri, readonly session: Tri }

export const own = (estate: Estate, frame: Frame): Own => {
  const { subject, action } = frame
  const plan = planOf(subject, action)
  const session = sessionPolicy(estate, frame)
  return {
    identity: plan.identity !== undefined ? anyApplies(plan.identity, frame) : ownWithoutPolicies(frame),
    boundary: plan.boundary === undefined ? YES : anyApplies(plan.boundary, frame),
    session: session !== undefined ? anyApplies(candidates(session, action).allow, frame) : subject.kind === 'federated-user' ? NO : YES,
  }
}

const ownWithoutPolicies = (frame: Frame): Tri => {
  const { subject } = frame
  switch (subject.kind) {
    case 'outsider': return YES
    case 'root': return frame.target.account === subject.account || !isForeign(subject) ? YES : foreignMay(frame)
    case 'user': case 'role': case 'session': case 'federated-user': break
    default: return NO
  }
  if (subject.trusted === true) return YES
  return isForeign(subject) ? foreignMay(frame) : NO
}

const foreignMay = (frame: Frame): Tri => {
  note(frame, `what account ${frame.subject.account} allows ${frame.subject.text} is not known`)
  return MAYBE
}

/** Whether its own account, which is not known, may deny it something. */
const isForeign = ({ home, entry, account, trusted }: Subject): boolean => home === undefined && entry === undefined && account !== '' && trusted !== true

const allowed = (estate: Estate, frame: Frame, speaks: Candidates | undefined, side: Own): Tri => {
  const { subject, target } = frame
  const bits = speaks === undefined || speaks.allow.length === 0 ? 0 : allowedAs(speaks.allow, frame)
  const same = subject.account !== '' && subject.account === target.account
  let result = combine(frame, bits, side, same, asksTrust(frame) || (target.key && frame.action.service === 'kms'))
  if (result !== YES && target.key) result = or3(result, and3(grantAllows(estate, frame), isForeign(subject) ? MAYBE : YES))
  if (result !== YES && target.bucket) result = or3(result, aclAllows(frame, and3(side.identity, and3(side.boundary, side.session)), same))
  return result
}

/**
 * Joins both sides. `mandatory`: the resource's policy must agree even in the same account (keys, trust), where naming the
 * account only hands the decision to identity policies.
 */
const combine = ({ subject }: Frame, bits: number, { identity, boundary, session }: Own, same: boolean, mandatory: boolean): Tri => {
  const limits = and3(boundary, session)
  const whole = and3(identity, limits)
  switch (subject.kind) {
    case 'service': return bit(bits, BY_SERVICE | BY_ANYONE)
    case 'provider': return bit(bits, BY_PROVIDER | BY_ANYONE)
    case 'anonymous': return bit(bits, BY_ANYONE)
    case 'canonical': return bit(bits, BY_CANONICAL | BY_ANYONE)
    // A session of a root user (sts:AssumeRoot) is held to its task policy.
    case 'root': return same
      ? or3(bit(bits, BY_ANYONE), and3(limits, mandatory ? bit(bits, BY_ACCOUNT) : YES)) : and3(whole, bit(bits, BY_ACCOUNT | BY_ANYONE))
    default:
  }
  if (!same) return and3(bit(bits, BY_SESSION | BY_USER | BY_ROLE | BY_ANYONE | BY_ACCOUNT | BY_SOME_SESSION), whole)
  const direct = bit(bits, BY_SESSION | BY_SOME_SESSION | BY_ANYONE | (subject.kind === 'user' ? BY_USER : 0))
  const limited = and3(bit(bits, BY_ROLE | (subject.kind === 'federated-user' ? BY_USER : 0)), limits)
  const handed = mandatory ? and3(bit(bits, BY_ACCOUNT), whole) : whole
  return or3(direct, or3(limited, handed))
}
