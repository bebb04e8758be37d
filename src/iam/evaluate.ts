import type { Estate } from './estate.ts'
import { note, type Frame } from './frame.ts'
import { grantAllows } from './kms.ts'
import {
  BY_ACCOUNT, BY_ANYONE, BY_CANONICAL, BY_PROVIDER, BY_ROLE, BY_SERVICE, BY_SESSION, BY_SOME_SESSION, BY_USER,
} from './principals.ts'
import { allowedAs, anyApplies, bit, candidates, type Program } from './program.ts'
import { ruleOf } from './rules.ts'
import { aclAllows, blocked } from './s3.ts'
import { secondAllows } from './second.ts'
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
  const { subject, target, action, request } = frame
  const { entry, home } = subject
  const trust = action.service === 'sts' && target.service === 'iam'
  const bound = home !== undefined && !home.management && !subject.serviceLinked
  const passed = request.session?.policies
  return {
    identity: subject.trusted === true ? undefined : entry?.identity,
    boundary: entry?.boundary,
    session: passed === undefined ? undefined : estate.programOf(passed, 'session'),
    resource: trust ? target.role?.trust ?? target.policy : target.service === 'iam' && target.role !== undefined ? undefined : target.policy,
    scps: bound ? home.scps : none,
    rcps: isBoundByRcp(estate, frame) ? target.home!.rcps : none,
    endpoint: request.endpoint === undefined ? undefined : endpointPolicy(estate, request.endpoint),
    trust,
  }
}

const endpointPolicy = (estate: Estate, id: string): Program | undefined => {
  const entry = estate.endpoints.get(id)
  return entry === undefined ? estate.programOf({ $unknown: `endpoint ${id} was not read` }, 'endpoint') : entry.policy
}

/** RCPs do not bind the management account, service-linked roles, services without support, and keys that AWS manages. */
const isBoundByRcp = (estate: Estate, { subject, target, action }: Frame): boolean =>
  target.home !== undefined && target.home.rcps.length > 0 && !target.home.management && !subject.serviceLinked
  && estate.rcpServices.has(action.service) && target.entry?.input.kms?.manager !== 'AWS' && action.name !== 'kms:retiregrant'

/** Whether AWS allows the request of a frame: unknown where a free key or a gap decides. */
export const evaluate = (estate: Estate, frame: Frame): Tri => {
  const rule = ruleOf(frame)
  if (rule !== undefined) return rule.allowed ? YES : NO
  const bears = bearing(estate, frame)
  const result = evaluateWith(estate, frame, bears)
  return result === NO || frame.target.entry?.input.accessPoint === undefined ? result : and3(result, evaluateBucket(estate, frame, bears))
}

const evaluateWith = (estate: Estate, frame: Frame, bears: Bearing): Tri => {
  const denied = deniedBy(frame, bears)
  if (denied === YES) return NO
  let result: Tri = not3(denied)
  for (let i = 0; i < bears.scps.length; i++) {
    result = and3(result, anyApplies(candidates(bears.scps[i]!, frame.action).allow, frame))
    if (result === NO) return NO
  }
  if (bears.endpoint !== undefined) result = and3(result, anyApplies(candidates(bears.endpoint, frame.action).allow, frame))
  if (result === NO) return NO
  result = and3(result, allowed(estate, frame, bears))
  if (result === NO) return NO
  if (frame.target.bucket || frame.target.entry?.input.accessPoint !== undefined) result = and3(result, not3(blocked(estate, frame)))
  return frame.target.entry?.input.also === undefined ? result : and3(result, secondAllows(frame))
}

/** An access point passes the request on to its bucket, which must agree; identity policies speak of the access point. */
const evaluateBucket = (estate: Estate, frame: Frame, bears: Bearing): Tri => {
  const behind = behindAccessPoint(estate, frame.target, frame.subject.account)
  if (behind === undefined) return YES
  const bucket: Frame = { ...frame, target: behind.target, resource: behind.resource, segments: undefined, accessPoint: frame.target.entry!.input.arn }
  const policy = behind.target.policy
  const denied = policy === undefined ? NO : anyApplies(candidates(policy, frame.action).deny, bucket)
  if (denied === YES) return NO
  const bits = policy === undefined ? 0 : allowedAs(candidates(policy, frame.action).allow, bucket)
  const agrees = combine(frame, bits, own(frame, bears), frame.subject.account === behind.target.account, false)
  if (bucket.personal) frame.personal = true
  return and3(and3(not3(denied), agrees), not3(blocked(estate, bucket)))
}

const deniedBy = (frame: Frame, bears: Bearing): Tri => {
  let denied: Tri = NO
  const ask = (program: Program | undefined): boolean => {
    if (program === undefined) return false
    const { deny } = candidates(program, frame.action)
    if (deny.length > 0) denied = or3(denied, anyApplies(deny, frame))
    return denied === YES
  }
  if (ask(bears.identity) || ask(bears.boundary) || ask(bears.session) || ask(bears.endpoint)) return YES
  if (bears.resource !== undefined && !rootKeepsControl(frame) && ask(bears.resource)) return YES
  for (const level of bears.scps) if (ask(level)) return YES
  for (const level of bears.rcps) if (ask(level)) return YES
  return denied
}

/** The owner's root user can always read, write and delete a bucket's policy, whatever that policy denies. */
const rootKeepsControl = ({ subject, target, action }: Frame): boolean =>
  subject.kind === 'root' && subject.account === target.account && /^s3:(get|put|delete)bucketpolicy$/.test(action.name)

/** What the principal's own side says: identity, boundary and session policies. */
export interface Own { readonly identity: Tri, readonly boundary: Tri, readonly session: Tri }

export const own = (frame: Frame, { identity, boundary, session }: Bearing): Own => {
  const says = (program: Program): Tri => anyApplies(candidates(program, frame.action).allow, frame)
  const { subject } = frame
  return {
    identity: identity !== undefined ? says(identity) : ownWithoutPolicies(frame),
    boundary: boundary === undefined ? YES : says(boundary),
    session: session !== undefined ? says(session) : subject.kind === 'federated-user' ? NO : YES,
  }
}

const ownWithoutPolicies = (frame: Frame): Tri => {
  const { subject } = frame
  switch (subject.kind) {
    case 'root': case 'outsider': return YES
    case 'user': case 'role': case 'session': case 'federated-user': break
    default: return NO
  }
  if (subject.trusted === true) return YES
  if (subject.home !== undefined || subject.entry !== undefined) return NO
  note(frame, `what account ${subject.account} allows ${subject.text} is not known`)
  return MAYBE
}

const allowed = (estate: Estate, frame: Frame, bears: Bearing): Tri => {
  const { subject, target } = frame
  const bits = bears.resource === undefined ? 0 : allowedAs(candidates(bears.resource, frame.action).allow, frame)
  const side = own(frame, bears)
  const same = subject.account !== '' && subject.account === target.account
  let result = combine(frame, bits, side, same, bears.trust || (target.key && frame.action.service === 'kms'))
  if (result !== YES && target.key) result = or3(result, grantAllows(estate, frame))
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
      ? or3(bit(bits, BY_ANYONE), and3(limits, mandatory ? bit(bits, BY_ACCOUNT) : YES)) : and3(limits, bit(bits, BY_ACCOUNT | BY_ANYONE))
    default:
  }
  if (!same) return and3(bit(bits, BY_SESSION | BY_USER | BY_ROLE | BY_ANYONE | BY_ACCOUNT | BY_SOME_SESSION), whole)
  const direct = bit(bits, BY_SESSION | BY_SOME_SESSION | BY_ANYONE | (subject.kind === 'user' ? BY_USER : 0))
  const limited = and3(bit(bits, BY_ROLE | (subject.kind === 'federated-user' ? BY_USER : 0)), limits)
  const handed = mandatory ? and3(bit(bits, BY_ACCOUNT), whole) : whole
  return or3(direct, or3(limited, handed))
}
