import { actionOf, type ActionEntry } from './actions.ts'
import { buildMembers, type Member, type Members } from './classes.ts'
import { answer } from './decide.ts'
import type { Estate } from './estate.ts'
import type { Grant, Request, Residual, WhoCanOptions } from './model.ts'
import { candidates, type Program } from './program.ts'
import { asksPattern, listedLike } from './request.ts'
import { residuals } from './residuals.ts'
import type { Statement } from './statement.ts'
import { resolveSubject, type Subject } from './subject.ts'
import { strangers } from './strangers.ts'
import { behindAccessPoint, resolveTarget, type Target } from './target.ts'
import { NO, YES } from './tri.ts'

export interface WhoCan {
  readonly members: Members
  readonly whoCan: (action: string, resource: string, options?: WhoCanOptions) => readonly Grant[]
}

/** Answers who may, from the resource's side: no principal is looked at that neither its policies nor the resource's let in. */
export const makeWhoCan = (estate: Estate): WhoCan => {
  const members = buildMembers(estate)
  const memo = new Map<string, readonly Grant[]>()
  const programsFor = programIndex(estate, [...members.byProgram.keys()])
  return {
    members,
    whoCan: (action, resource, options = {}) => {
      const key = JSON.stringify([action.toLowerCase(), resource, options])
      const known = memo.get(key)
      if (known !== undefined) return known
      const found = ask(estate, members, programsFor, action, resource, options)
      if (memo.size > 20_000) memo.clear()
      memo.set(key, found)
      return found
    },
  }
}

type ProgramsFor = (action: ActionEntry) => readonly Program[]

/** The identity programs that can allow an action. */
const programIndex = (estate: Estate, programs: readonly Program[]): ProgramsFor => {
  const known = new Map<number, readonly Program[]>()
  return (action) => {
    const found = known.get(action.id) ?? programs.filter((program) => candidates(program, action).allow.length > 0)
    known.set(action.id, found)
    return found
  }
}

const ask = (estate: Estate, members: Members, programsFor: ProgramsFor, action: string, resource: string, options: WhoCanOptions): Grant[] => {
  const entry = actionOf(estate.actions, action)
  const { root = false, ...rest } = options
  const request: Request = { ...rest, principal: '*', action, resource }
  const listed = asksPattern(estate, request) ? listedLike(estate, resource, options.resourceAccount) : undefined
  const targets = [...new Set([resource, ...listed ?? []])].map((text) => resolveTarget(estate, text, options.resourceAccount, ''))
  const speaking = targets.flatMap((target) => speakingFor(estate, target, entry))

  const asked = new Set<Member>()
  for (const program of programsFor(entry)) for (const member of members.byProgram.get(program)!) asked.add(member)
  const personal = new Set<Member>()
  for (const target of targets) letIn(estate, members, target, speaking, asked, personal)

  const met = new Map<string, string[]>()
  const grants: Grant[] = []
  const answers = new Map<number, { verdict: Grant['verdict'], conditions: readonly Residual[] } | undefined>()
  const decide = (subject: Subject): { personal: boolean, verdict: Grant['verdict'] | undefined, conditions: readonly Residual[] } => {
    const { frame, solution, pattern } = answer(estate, { ...request, principal: subject.text }, subject, met, listed)
    if (solution.result === NO) return { personal: frame.personal, verdict: undefined, conditions: [] }
    const conditions = solution.result === YES && solution.chosen.size === 0 && !pattern ? [] : residuals(estate, frame, solution, pattern)
    return { personal: frame.personal, verdict: solution.result === YES ? 'allow' : 'conditional', conditions }
  }
  for (const member of asked) {
    const single = personal.has(member)
    if (!single && answers.has(member.group)) {
      const known = answers.get(member.group)
      if (known !== undefined) grants.push(grantOf(member.subject, known.verdict, known.conditions, member.principalClass))
      continue
    }
    const found = decide(member.subject)
    if (found.verdict !== undefined) grants.push(grantOf(member.subject, found.verdict, found.conditions, member.principalClass))
    if (!single && !found.personal) answers.set(member.group, found.verdict === undefined ? undefined : { verdict: found.verdict, conditions: found.conditions })
  }
  for (const subject of strangers(estate, members, targets, speaking, root)) {
    const { verdict, conditions } = decide(subject)
    if (verdict !== undefined) grants.push(grantOf(subject, verdict, conditions, -1))
  }
  return once(grants)
}

/** The statements by which a resource's own policy can let somebody in. */
const speakingFor = (estate: Estate, target: Target, action: ActionEntry): Statement[] => {
  const behind = behindAccessPoint(estate, target, '')
  const programs = [action.service === 'sts' && target.service === 'iam' ? target.role?.trust ?? target.policy : target.policy, behind?.target.policy]
  return programs.flatMap((program) => (program === undefined ? [] : candidates(program, action).allow))
}

/** Listed principals that the resource names, by its policy, its grants or its access list; those named one by one are `personal`. */
const letIn = (estate: Estate, members: Members, target: Target, speaking: readonly Statement[], asked: Set<Member>, personal: Set<Member>): void => {
  const name = (arn: string): void => {
    const member = members.byArn.get(arn) ?? members.byArn.get(resolveSubject(estate, arn).arn)
    if (member !== undefined) {
      asked.add(member)
      personal.add(member)
    }
  }
  let anyone = false
  for (const { principals, parsed } of speaking) {
    if (principals === undefined) continue
    if (principals.parsed.wild || parsed.gaps.principal !== undefined) anyone = true
    for (const arn of principals.parsed.arns) name(arn)
  }
  const { kms, s3 } = target.entry?.input ?? {}
  if (Array.isArray(kms?.grants)) for (const grant of kms.grants) if (grant.grantee.startsWith('arn:')) name(grant.grantee)
  if (kms?.grants !== undefined && !Array.isArray(kms.grants)) anyone = true
  if (s3?.acl !== undefined) anyone = true
  // Principals of other accounts also need an identity policy, and those were found by it.
  if (anyone) for (const member of members.byAccount.get(target.account) ?? []) asked.add(member)
}

const grantOf = (subject: Subject, verdict: Grant['verdict'], conditions: readonly Residual[], principalClass: number): Grant =>
  ({ principal: nameOf(subject), kind: kindOf(subject), account: subject.kind === 'outsider' && nameOf(subject) === '*' ? '' : subject.account, verdict, conditions, principalClass })

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

