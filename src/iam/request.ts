import { actionOf } from './actions.ts'
import type { Estate } from './estate.ts'
import { absentSet, normalize, type Frame } from './frame.ts'
import { STAR, encode, literal, matchEncoded, meet } from './glob.ts'
import type { Request } from './model.ts'
import { relevant } from './samples.ts'
import { resolveSubject, type Subject } from './subject.ts'
import { resolveTarget } from './target.ts'
import { widest } from './variables.ts'

/** A request with everything that it names found. */
export const makeFrame = (estate: Estate, request: Request, subject: Subject = resolveSubject(estate, request.principal), resource = request.resource): Frame => ({
  request, context: normalize(request.context), absent: absentSet(request.absent), complete: request.complete === true, subject,
  target: resolveTarget(estate, resource, request.resourceAccount, subject.account), action: actionOf(estate.actions, request.action),
  resource, segments: undefined, overlay: undefined, free: undefined, gaps: undefined, personal: false, accessPoint: undefined,
})

/** Whether a request asks for some resource of a pattern. A lone star is literal for actions that take no resource. */
export const asksPattern = (estate: Estate, { resource, action }: Request): boolean => {
  if (resource !== '*') return resource.includes('*') || resource.includes('?')
  return (actionOf(estate.actions, action).facts?.resources?.length ?? 0) > 0
}

/** The most resources of an estate that are tried for one pattern. */
const most = 2000

/**
 * Resources of a pattern that tell apart what the statements say of it: listed ones, what each statement's patterns share
 * with it, and one that nobody names. `met` remembers the intersections across principals.
 */
export const resourceSamples = (estate: Estate, request: Request, subject: Subject, met: Map<string, string[]>, listed: readonly string[]): string[] => {
  const wanted = encode(request.resource)
  const base = meet(wanted, STAR, 'any') ?? literal(request.resource)
  const found = new Set<string>(listed)
  if (request.resource === '*') found.add('*')
  else found.add(base).add(request.resource.replaceAll('*', 'any').replaceAll('?', 'x'))
  const add = (resource: string): void => {
    const frame = makeFrame(estate, request, subject, resource)
    for (const statement of relevant(estate, frame)) {
      for (const pattern of statement.resources ?? []) {
        const text = pattern.kind === 'variable' ? widest(pattern.template) : pattern.text
        let shared = met.get(text)
        if (shared === undefined) {
          shared = [meet(wanted, text), meet(wanted, text.replaceAll(STAR, `${STAR}any${STAR}`))].filter((one) => one !== undefined)
          met.set(text, shared)
        }
        for (const one of shared) found.add(one)
      }
    }
  }
  for (const resource of [...found].slice(0, 50)) add(resource)
  return [...found]
}

/** Listed resources, and roles, that a pattern covers, sorted by what comes first in the input. */
export const listedLike = (estate: Estate, pattern: string, account: string | undefined): string[] => {
  const wanted = encode(pattern)
  if (wanted === STAR) return []
  const found: string[] = []
  for (const [arn, { input }] of estate.resources) {
    if (found.length >= most) break
    if ((account === undefined || input.account === account) && matchEncoded(wanted, arn)) found.push(arn)
  }
  for (const arn of estate.principals.keys()) {
    if (found.length >= most) break
    if (matchEncoded(wanted, arn)) found.push(arn)
  }
  return found
}
