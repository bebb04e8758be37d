import { actionOf, type ActionEntry } from './actions.ts'
import type { Estate } from './estate.ts'
import { absentSet, normalize, type Frame } from './frame.ts'
import type { Request } from './model.ts'
import { resolveSubject, type Subject } from './subject.ts'
import { resolveTarget, type Target } from './target.ts'

/** A request with everything that it names found. */
export const makeFrame = (estate: Estate, request: Request, subject: Subject = resolveSubject(estate, request.principal), resource = request.resource): Frame => ({
  request, context: normalize(request.context), absent: absentSet(request.absent), complete: request.complete === true, subject,
  target: resolveTarget(estate, resource, request.resourceAccount ?? subject.account), action: actionOf(estate.actions, request.action),
  resource, overlay: undefined, free: undefined, gaps: undefined, personal: false, accessPoint: undefined,
  endpoint: request.endpoint === undefined ? undefined : estate.endpoints.get(request.endpoint),
})

/** Whether a request asks for some resource of a pattern. A lone star is literal for actions that take no resource. */
export const asksPattern = ({ text, wild }: Target, { facts }: ActionEntry): boolean => wild && (text !== '*' || (facts?.resources?.length ?? 0) > 0)
