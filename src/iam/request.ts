import { actionOf, type ActionEntry } from './actions.ts'
import type { Estate } from './estate.ts'
import { absentSet, normalize, type Frame } from './frame.ts'
import { STAR, encode, literal, matchEncoded, meet } from './glob.ts'
import type { Request } from './model.ts'
import { relevant } from './samples.ts'
import type { ResourcePattern } from './resources.ts'
import { resolveSubject, type Subject } from './subject.ts'
import { resolveTarget, type Target } from './target.ts'
import { fill, widest } from './variables.ts'

/** A request with everything that it names found. */
export const makeFrame = (estate: Estate, request: Request, subject: Subject = resolveSubject(estate, request.principal), resource = request.resource): Frame => ({
  request, context: normalize(request.context), absent: absentSet(request.absent), complete: request.complete === true, subject,
  target: resolveTarget(estate, resource, request.resourceAccount ?? subject.account), action: actionOf(estate.actions, request.action),
  resource, overlay: undefined, free: undefined, gaps: undefined, personal: false, accessPoint: undefined,
  endpoint: request.endpoint === undefined ? undefined : estate.endpoints.get(request.endpoint),
})

/** Whether a request asks for some resource of a pattern. A lone star is literal for actions that take no resource. */
export const asksPattern = ({ text, wild }: Target, { facts }: ActionEntry): boolean => wild && (text !== '*' || (facts?.resources?.length ?? 0) > 0)

/** The most resources of an estate that are tried for one pattern: those with a policy of their own, and others, which hardly differ. */
const most = { guarded: 2000, plain: 64 }

/**
 * Resources of a pattern that tell apart what the statements say of it: listed ones, one that nobody names, and, only when
 * asked for, what each statement's patterns share with it. `met` remembers the intersections across principals.
 */
export function* resourceSamples(estate: Estate, request: Request, subject: Subject, met: Map<string, string[]>, listed: readonly string[]): Generator<string> {
  const first = new Set<string>(listed)
  if (request.resource === '*') first.add('*')
  else for (const one of nobodys(request.resource, met)) first.add(one)
  yield* first
  const wanted = encode(request.resource)
  const found = new Set<string>()
  const asked = new Set<unknown>()
  for (const resource of first) {
    const frame = makeFrame(estate, request, subject, resource)
    // Resources with the same policy are spoken of by the same statements.
    const speaks = frame.target.policy ?? frame.target.entry?.input.accessPoint ?? frame.target.role ?? 'nobody'
    if (asked.has(speaks)) continue
    asked.add(speaks)
    for (const statement of relevant(estate, frame)) {
      for (const pattern of statement.resources ?? []) for (const one of shares(wanted, textOf(pattern, frame), met)) if (!first.has(one)) found.add(one)
    }
  }
  yield* found
}

/** Resources of a pattern that statements hardly name. */
const nobodys = (resource: string, met: Map<string, string[]>): string[] => {
  let known = met.get('')
  if (known === undefined) {
    known = [meet(encode(resource), STAR, 'any') ?? literal(resource), resource.replaceAll('*', 'any').replaceAll('?', 'x')]
    met.set('', known)
  }
  return known
}

/** A pattern as it is for a request; a variable that is free may be anything. */
const textOf = (pattern: ResourcePattern, frame: Frame): string =>
  pattern.kind === 'variable' ? fill(pattern.template, frame) ?? widest(pattern.template) : pattern.text

/** Texts that a pattern of a statement shares with the one that is asked for: a short one, and one that others hardly name. */
export const shares = (wanted: string, text: string, met: Map<string, string[]>): string[] => {
  let known = met.get(text)
  if (known === undefined) {
    const first = meet(wanted, text)
    known = first === undefined ? [] : [first, meet(wanted, text.replaceAll(STAR, `${STAR}any${STAR}`)) ?? first]
    met.set(text, known)
  }
  return known
}

/** Listed resources, and roles, that a pattern covers. */
export const listedLike = (estate: Estate, pattern: string, account: string | undefined): string[] => {
  if (pattern === '*') return []
  const wanted = encode(pattern)
  const head = pattern.slice(0, pattern.search(/[*?]/))
  const guarded: string[] = []
  const plain: string[] = []
  for (const arn of estate.arns.startingWith(head)) {
    if (!matchEncoded(wanted, arn)) continue
    const input = estate.resources.get(arn)?.input
    if (account !== undefined && (input?.account ?? account) !== account) continue
    const own = input === undefined || input.policy !== undefined || input.accessPoint !== undefined || input.also !== undefined || (input.s3?.acl as readonly unknown[] | undefined)?.length !== 0 && input.s3?.acl !== undefined
    if (own && guarded.length < most.guarded) guarded.push(arn)
    else if (!own && plain.length < most.plain) plain.push(arn)
  }
  return [...guarded, ...plain]
}
