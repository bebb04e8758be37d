import { kindsOfActions } from './action-pattern.ts'
import { actionOf, type ActionEntry } from './actions.ts'
import { buildMembers, type Member, type Members } from './classes.ts'
import { answer } from './decide.ts'
import type { Estate } from './estate.ts'
import type { Grant, Request, Residual, WhoCanOptions } from './model.ts'
import { encode, matchEncoded } from './glob.ts'
import { candidates } from './program.ts'
import { placeIndex, type ProgramsNear } from './place-index.ts'
import { asksPattern } from './request.ts'
import { listedLike, shares } from './resource-samples.ts'
import type { ResourcePattern } from './resources.ts'
import { residuals } from './residuals.ts'
import type { Statement } from './statement.ts'
import { resolveSubject, type Subject } from './subject.ts'
import { strangers } from './strangers.ts'
import { behindAccessPoint, resolveTarget, type Target } from './target.ts'
import { NO, YES } from './tri.ts'
import { widest } from './variables.ts'

export interface WhoCan {
  readonly members: Members
  readonly whoCan: (action: string, resource: string, options?: WhoCanOptions) => readonly Grant[]
}

/** Answers who may, from the resource's side: no principal is looked at that neither its policies nor the resource's let in. */
export const makeWhoCan = (estate: Estate): WhoCan => {
  const members = buildMembers(estate)
  const memo = new Map<string, readonly Grant[]>()
  const programsNear = placeIndex([...members.byProgram.keys()])
  return {
    members,
    whoCan: (action, resource, options = {}) => {
      const key = JSON.stringify([action.toLowerCase(), resource, options])
      const known = memo.get(key)
      if (known !== undefined) return known
      const actions = /[*?]/.test(action) ? kindsOfActions(estate, action) : [action]
      const found = once(actions.flatMap((one) => ask(estate, members, programsNear, one, resource, options)))
      if (memo.size > 20_000) memo.clear()
      memo.set(key, found)
      return found
    },
  }
}

/** Whether a statement can speak of the resource that is asked for, or of one of the pattern. Says yes when in doubt. */
const touching = (request: Request, pattern: boolean, met: Map<string, string[]>): ((statement: Statement) => boolean) => {
  const known = new Map<ResourcePattern, boolean>()
  const wanted = encode(request.resource)
  const overlaps = (one: ResourcePattern): boolean => {
    if (one.kind === 'all') return true
    let answer = known.get(one)
    if (answer === undefined) {
      const text = one.kind === 'variable' ? widest(one.template) : one.text
      known.set(one, answer = pattern ? shares(wanted, text, met).length > 0 : matchEncoded(text, request.resource))
    }
    return answer
  }
  return ({ resources, parsed }) => resources === undefined || parsed.notResource || parsed.gaps.resource !== undefined || resources.some(overlaps)
}

interface Found { readonly personal: boolean, readonly verdict: Grant['verdict'] | undefined, readonly conditions: readonly Residual[] }

const ask = (estate: Estate, members: Members, programsNear: ProgramsNear, action: string, resource: string, options: WhoCanOptions): Grant[] => {
  const entry = actionOf(estate.actions, action)
  const { root = false, strangersOnly = false, ...rest } = options
  const request: Request = { ...rest, principal: '*', action, resource }
  const owner = options.resourceAccount ?? ''
  const listed = asksPattern(resolveTarget(estate, resource, owner), entry) ? listedLike(estate, resource, options.resourceAccount) : undefined
  const targets = [...new Set([resource, ...listed ?? []])].map((text) => resolveTarget(estate, text, owner))
  const spoken = targets.map((target) => ({ target, statements: speakingFor(estate, target, entry) }))
  const speaking = spoken.flatMap(({ statements }) => statements)

  const met = new Map<string, string[]>()
  const touches = touching(request, listed !== undefined, met)
  const asked = new Set<Member>()
  const personal = new Map<Member, string[]>()
  if (!strangersOnly) {
    const opens = openTo(targets, speaking)
    for (const program of programsNear(entry, resource)) {
      if (!candidates(program, entry).allow.some(touches)) continue
      for (const member of members.byProgram.get(program)!) if (opens(member.entry.account)) asked.add(member)
    }
    for (const { target, statements } of spoken) letIn(estate, members, target, statements, asked, personal)
  }
  const places = listed && placesToTry(listed, spoken, members)

  const grants: Grant[] = []
  const answers = new Map<number, { verdict: Grant['verdict'], conditions: readonly Residual[] } | undefined>()
  const decide = (subject: Subject, tried: readonly string[] | undefined = listed): Found => {
    const { frame, solution, pattern } = answer(estate, { ...request, principal: subject.text }, subject, met, tried)
    if (solution.result === NO) return { personal: frame.personal, verdict: undefined, conditions: [] }
    const conditions = solution.result === YES && solution.chosen.size === 0 && !pattern ? [] : residuals(estate, frame, solution, pattern)
    return { personal: frame.personal, verdict: solution.result === YES ? 'allow' : 'conditional', conditions }
  }
  for (const member of asked) {
    const naming = personal.get(member)
    const single = naming !== undefined
    if (!single && answers.has(member.group)) {
      const known = answers.get(member.group)
      if (known !== undefined) grants.push(grantOf(member.subject, known.verdict, known.conditions, member.principalClass))
      continue
    }
    const found = decide(member.subject, places && naming ? [...new Set([...naming, ...places])] : places)
    if (found.verdict !== undefined) grants.push(grantOf(member.subject, found.verdict, found.conditions, member.principalClass))
    if (!single && !found.personal) answers.set(member.group, found.verdict === undefined ? undefined : { verdict: found.verdict, conditions: found.conditions })
  }
  for (const subject of strangers(estate, members, targets, speaking, root)) {
    const { verdict, conditions } = decide(subject)
    if (verdict !== undefined) grants.push(grantOf(subject, verdict, conditions, -1))
  }
  return grants
}

/** Decisions that a question may cost before listed resources are tried only where their policies name somebody. */
const most = 500_000

/** The listed resources that each principal is tried on: all, or, in large estates, first those that anyone is let in by, and some others. */
const placesToTry = (listed: readonly string[], spoken: readonly Spoken[], members: Members): readonly string[] => {
  if (listed.length * members.byArn.size <= most) return listed
  const open = spoken.filter(({ statements }) => statements.some(namesAnyone)).map(({ target }) => target.text)
  return [...new Set([...open, ...listed])].slice(0, Math.max(20, Math.floor(most / members.byArn.size)))
}

interface Spoken { readonly target: Target, readonly statements: readonly Statement[] }

const namesAnyone = ({ principals, parsed }: Statement): boolean => principals === undefined || principals.parsed.wild || parsed.gaps.principal !== undefined

/** Whether the principals of an account can get in without being named: without a word from the resource only its owner's can. */
const openTo = (targets: readonly Target[], speaking: readonly Statement[]): ((account: string) => boolean) => {
  const accounts = new Set(targets.map(({ account }) => account))
  let anyone = accounts.has('') || targets.some(({ entry }) => entry?.input.kms !== undefined || entry?.input.s3?.acl !== undefined)
  for (const statement of speaking) {
    const { principals } = statement
    if (principals === undefined || namesAnyone(statement)) anyone = true
    else for (const account of principals.parsed.accounts) accounts.add(account)
  }
  return (account) => anyone || accounts.has(account)
}

/** The statements by which a resource's own policy can let somebody in. */
const speakingFor = (estate: Estate, target: Target, action: ActionEntry): Statement[] => {
  const behind = behindAccessPoint(estate, target, '')
  const programs = [action.service === 'sts' && target.service === 'iam' ? target.role?.trust ?? target.policy : target.policy, behind?.target.policy]
  return programs.flatMap((program) => (program === undefined ? [] : candidates(program, action).allow))
}

/** Listed principals that the resource names, by its policy, its grants or its access list; those named one by one are `personal`. */
const letIn = (estate: Estate, members: Members, target: Target, speaking: readonly Statement[], asked: Set<Member>, personal: Map<Member, string[]>): void => {
  const name = (arn: string): void => {
    const member = members.byArn.get(arn) ?? members.byArn.get(resolveSubject(estate, arn).arn)
    if (member !== undefined) {
      asked.add(member)
      personal.set(member, [...personal.get(member) ?? [], target.text])
    }
  }
  let anyone = false
  for (const statement of speaking) {
    const { principals } = statement
    if (principals === undefined) continue
    if (namesAnyone(statement)) anyone = true
    for (const arn of principals.parsed.arns) name(arn)
    for (const id of principals.parsed.ids) name(estate.byId.get(id)?.input.arn ?? id)
  }
  const { kms, s3 } = target.entry?.input ?? {}
  if (Array.isArray(kms?.grants)) for (const grant of kms.grants) if (grant.grantee.startsWith('arn:')) name(grant.grantee)
  if (kms?.grants !== undefined && !Array.isArray(kms.grants)) anyone = true
  if (s3?.acl !== undefined) anyone = true
  // Principals of other accounts also need an identity policy, and those were found by it.
  if (anyone) for (const member of members.byAccount.get(target.account) ?? []) asked.add(member)
}

const grantOf = (subject: Subject, verdict: Grant['verdict'], conditions: readonly Residual[], principalClass: number): Grant => {
  const principal = nameOf(subject)
  return { principal, kind: kindOf(subject), account: principal === '*' ? '' : subject.account, verdict, conditions, principalClass }
}

const nameOf = (subject: Subject): string => {
  if (subject.kind !== 'outsider') return subject.text
  if (subject.organization !== undefined) return subject.organization
  return subject.text === '*' ? '*' : `arn:aws:iam::${subject.account}:root`
}

const kindOf = (subject: Subject): Grant['kind'] => {
  switch (subject.kind) {
    case 'user': case 'role': case 'root': case 'service': return subject.kind
    case 'session': return 'role'
    case 'provider': return 'federated'
    case 'anonymous': return 'anyone'
    case 'outsider': return subject.text === '*' ? 'anyone' : subject.organization === undefined ? 'account' : 'other'
    default: return 'other'
  }
}

/** One grant for each grantee; a sure one wins. */
const once = (grants: readonly Grant[]): Grant[] => {
  const best = new Map<string, Grant>()
  for (const grant of grants) if (best.get(grant.principal)?.verdict !== 'allow') best.set(grant.principal, grant)
  return [...best.values()]
}

