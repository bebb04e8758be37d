import { count, listed } from '../core/text.ts'
import type { Estate } from './estate.ts'
import { bearing, own } from './evaluate.ts'
import type { Frame } from './frame.ts'
import { grantFits } from './kms.ts'
import { layerPhrases, policyPhrase, silentPhrases, systemNames } from './layer-names.ts'
import type { Decision, Layer, LayerDecision, StatementRef, Verdict } from './model.ts'
import { BY_ANYONE, BY_ROLE, BY_SESSION, BY_SOME_SESSION, BY_USER } from './principals.ts'
import { allowedAs, appliesTo, bit, candidates, type Program } from './program.ts'
import { ruleOf } from './rules.ts'
import { aclAllows, blocked } from './s3.ts'
import { decider, type Solution } from './search.ts'
import { secondAllows } from './second.ts'
import { refOf, type Statement } from './statement.ts'
import { behindAccessPoint } from './target.ts'
import { MAYBE, NO, YES, type Tri } from './tri.ts'

/** What each layer says to a decided request, with the statements that say it. */
export const layersOf = (estate: Estate, frame: Frame, solution: Solution): LayerDecision[] => {
  const rule = ruleOf(frame)
  if (rule !== undefined) return [{ layer: 'rule', verdict: rule.allowed ? 'allow' : 'deny', statements: [], note: rule.text }]
  frame.overlay = callers(frame, solution)
  const bears = bearing(estate, frame)
  const layers: LayerDecision[] = []
  const { subject, target } = frame
  const says = (layer: Layer, program: Program | undefined): void => {
    if (program === undefined) return
    const decided = layerOf(estate, layer, program, frame)
    const handed = decided.verdict === 'allow' && (layer === 'resource' || layer === 'trust') && namesAccountOnly(program, frame)
    layers.push(handed ? { ...decided, note: 'it names the account, whose identity policies then decide' } : decided)
  }
  if (subject.kind === 'root') {
    const known = own(estate, frame).identity === YES
    const note = known ? 'the root user has every permission of its account' : `what account ${subject.account} denies itself is not known here`
    layers.push({ layer: 'root', verdict: known ? 'allow' : 'conditional', statements: [], note })
  }
  if (bears.identity !== undefined) says('identity', bears.identity)
  else if (subject.kind !== 'root' && subject.account !== '') layers.push(withoutIdentity(estate, frame))
  says('boundary', bears.boundary)
  says('session', bears.session)
  if (bears.session === undefined && subject.kind === 'federated-user') {
    layers.push({ layer: 'session', verdict: 'none', statements: [], note: 'a federated user session without a session policy has no permissions of its own' })
  }
  says(bears.trust ? 'trust' : target.entry?.input.accessPoint === undefined ? 'resource' : 'access-point', bears.resource)
  if (bears.resource === undefined && bears.trust) layers.push({ layer: 'trust', verdict: 'none', statements: [], note: 'the role has no trust policy' })
  if (bears.resource === undefined && !bears.trust && needsPolicy(frame)) {
    const note = target.key ? 'the key has no policy' : 'the resource has no policy, and a principal of another account needs one'
    layers.push({ layer: 'resource', verdict: 'none', statements: [], note })
  }
  layers.push(...behindLayers(estate, frame), ...ofResource(estate, frame))
  for (const level of bears.scps) says('scp', level)
  for (const level of bears.rcps) layers.push(rcpLayer(level, frame))
  says('endpoint', bears.endpoint)
  frame.overlay = undefined
  return layers
}

/** Whether nothing works without the resource's own word. */
const needsPolicy = ({ subject, target, action }: Frame): boolean => subject.account !== target.account || (target.key && action.service === 'kms')

const callers = (frame: Frame, { chosen }: Solution): Frame['overlay'] => {
  const kept = [...chosen].filter(([key]) => decider(key, frame) === 'caller')
  return kept.length === 0 ? undefined : new Map(kept)
}

const layerOf = (estate: Estate, layer: Layer, program: Program, frame: Frame): LayerDecision => {
  const { deny, allow } = candidates(program, frame.action)
  const denying = matching(deny, frame)
  if (denying.sure.length > 0) return { layer, verdict: 'deny', statements: denying.sure }
  const allowing = matching(allow, frame)
  const unsure = [...denying.unsure, ...(allowing.sure.length > 0 ? [] : allowing.unsure)]
  if (allowing.sure.length === 0 && allowing.unsure.length === 0) {
    return { layer, verdict: 'none', statements: [], note: program.policies.length === 0 ? 'there is none' : `no statement of ${namesOf(estate, program)} does` }
  }
  return unsure.length > 0
    ? { layer, verdict: 'conditional', statements: [...allowing.sure, ...unsure] } : { layer, verdict: 'allow', statements: allowing.sure }
}

/** Whether a policy names a principal of its own account only by that account, which hands the decision to identity policies. */
const namesAccountOnly = (program: Program, frame: Frame): boolean => {
  const { subject, target } = frame
  if (subject.account !== target.account || subject.kind === 'root') return false
  return bit(allowedAs(candidates(program, frame.action).allow, frame), BY_SESSION | BY_USER | BY_ROLE | BY_ANYONE | BY_SOME_SESSION) === NO
}

/** The first few policies of a program, as people call them. */
const namesOf = (estate: Estate, { policies }: Program): string => {
  const names = policies.slice(0, 3).map((id) => policyPhrase(estate.policies.get(id)?.name ?? id))
  return listed(policies.length > 3 ? [...names, count(policies.length - 3, 'other policy', 'other policies')] : names)
}

/** An RCP only takes away: RCPFullAWSAccess always allows. */
const rcpLayer = (level: Program, frame: Frame): LayerDecision => {
  const { sure, unsure } = matching(candidates(level, frame.action).deny, frame)
  if (sure.length > 0) return { layer: 'rcp', verdict: 'deny', statements: sure }
  return { layer: 'rcp', verdict: unsure.length > 0 ? 'conditional' : 'allow', statements: unsure }
}

const matching = (statements: readonly Statement[], frame: Frame): { sure: StatementRef[], unsure: StatementRef[] } => {
  const sure: StatementRef[] = []
  const unsure: StatementRef[] = []
  for (const statement of statements) {
    const one = appliesTo(statement, frame)
    if (one !== NO) (one === YES ? sure : unsure).push(refOf(statement))
  }
  return { sure, unsure }
}

const withoutIdentity = (estate: Estate, frame: Frame): LayerDecision => {
  const { identity } = own(estate, frame)
  return {
    layer: 'identity', verdict: identity === YES ? 'allow' : identity === MAYBE ? 'conditional' : 'none', statements: [],
    note: identity === NO ? 'its account has no principal of this name' : `what account ${frame.subject.account} allows it is not known here`,
  }
}

const behindLayers = (estate: Estate, frame: Frame): LayerDecision[] => {
  const behind = behindAccessPoint(estate, frame.target, frame.subject.account)
  if (behind?.target.policy === undefined) return []
  const bucket: Frame = { ...frame, target: behind.target, resource: behind.resource, accessPoint: frame.target.entry!.input.arn }
  return [layerOf(estate, 'resource', behind.target.policy, bucket)]
}

/** What the resource's configuration says apart from policies. */
const ofResource = (estate: Estate, frame: Frame): LayerDecision[] => {
  const layers: LayerDecision[] = []
  const { target } = frame
  const grants = target.key ? target.entry?.input.kms?.grants : undefined
  const fitting = Array.isArray(grants) ? grants.filter((grant) => grantFits(estate, grant, frame) !== NO).map((grant: { id: string }) => grant.id) : []
  if (fitting.length > 0) layers.push({ layer: 'grant', verdict: 'allow', statements: [], note: `KMS grant ${fitting.join(', ')}` })
  if (target.bucket) {
    const side = own(estate, frame)
    const acl = aclAllows(frame, side.identity, frame.subject.account === target.account)
    if (acl !== NO) layers.push({ layer: 'acl', verdict: acl === YES ? 'allow' : 'conditional', statements: [], note: 'the ACL of the bucket' })
    const stopped = blocked(estate, frame)
    const note = 'the policy is public and RestrictPublicBuckets is on'
    if (stopped !== NO) layers.push({ layer: 'public-access-block', verdict: stopped === YES ? 'deny' : 'conditional', statements: [], note })
  }
  if (target.entry?.input.also !== undefined) {
    const second: Tri = secondAllows(frame)
    const note = listed(target.entry.input.also.map(({ system }) => systemNames[system]))
    layers.push({ layer: 'second', verdict: second === YES ? 'allow' : second === NO ? 'deny' : 'conditional', statements: [], note })
  }
  return layers
}

/** One sentence that says what decided. */
export const reasonOf = (frame: Frame, verdict: Verdict, layers: Decision['layers']): string => {
  const rule = layers.find(({ layer }) => layer === 'rule')
  if (rule !== undefined) return `${rule.note}.`
  const denying = layers.find((layer) => layer.verdict === 'deny')
  if (verdict === 'deny') {
    if (denying !== undefined) return `Denied explicitly by ${layerPhrases[denying.layer]}.`
    const empty = layers.find((layer) => layer.verdict === 'none' && ['scp', 'endpoint', 'boundary', 'session', 'trust'].includes(layer.layer))
      ?? layers.find((layer) => layer.verdict === 'none')
    if (empty === undefined) return 'Denied: nothing that counts for this principal allows it.'
    const stranger = empty.layer === 'identity' && frame.subject.entry === undefined && frame.subject.home !== undefined
    return stranger ? 'Denied: its account has no principal of this name.' : `Denied: ${silentPhrases[empty.layer] ?? `${layerPhrases[empty.layer]} does not allow it`}.`
  }
  const allowing = layers.filter((layer) => layer.verdict === 'allow' && ['identity', 'resource', 'trust', 'grant', 'acl', 'root', 'access-point'].includes(layer.layer))
  const by = allowing.map(({ layer }) => layerPhrases[layer]).join(' and ')
  if (verdict === 'allow') return by === '' ? 'Allowed.' : `Allowed by ${by}.`
  return `Allowed${by === '' ? '' : ` by ${by}`} only under conditions.`
}
