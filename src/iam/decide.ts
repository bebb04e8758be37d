import { kindsOfActions } from './action-pattern.ts'
import type { Estate } from './estate.ts'
import { evaluate } from './evaluate.ts'
import type { Frame } from './frame.ts'
import { layersOf, reasonOf } from './evidence.ts'
import type { Decision, Request, Verdict } from './model.ts'
import { asksPattern, makeFrame } from './request.ts'
import { listedLike, resourceSamples } from './resource-samples.ts'
import { residuals } from './residuals.ts'
import { solve, type Solution } from './search.ts'
import { resolveSubject, type Subject } from './subject.ts'
import { MAYBE, NO, YES, type Tri } from './tri.ts'

export const verdictOf = (result: Tri): Verdict => (result === YES ? 'allow' : result === NO ? 'deny' : 'conditional')

/** The verdict of a request, without its evidence. */
export const verdict = (estate: Estate, request: Request): Verdict => {
  const frame = makeFrame(estate, request)
  if (frame.action.wild) return verdictOf(anyOf(estate, request).solution.result)
  if (asksPattern(frame.target, frame.action)) return verdictOf(best(estate, request, frame.subject).solution.result)
  const result = evaluate(estate, frame)
  return verdictOf(result === MAYBE ? solve(estate, frame).result : result)
}

/** The answer with everything that decided it. */
export const decide = (estate: Estate, request: Request): Decision => {
  const { frame, solution, pattern } = anyOf(estate, request)
  const decision = describe(estate, frame, solution, pattern)
  const { shown } = frame.action
  if (shown === request.action || !/[*?]/.test(request.action) || decision.verdict === 'deny') return decision
  return { ...decision, conditions: [{ kind: 'caller', key: 'action', values: [shown], text: `the action is, for example, ${shown}` }, ...decision.conditions] }
}

/** The best answer among the actions of a pattern. */
const anyOf = (estate: Estate, request: Request): ReturnType<typeof answer> => {
  if (!/[*?]/.test(request.action)) return answer(estate, request)
  let found: ReturnType<typeof answer> | undefined
  for (const action of kindsOfActions(estate, request.action)) {
    const one = answer(estate, { ...request, action })
    if (one.solution.result === YES) return one
    if (found === undefined || (one.solution.result === MAYBE && found.solution.result === NO)) found = one
  }
  return found!
}

/** The frame that decides a request and its solution. */
export const answer = (estate: Estate, request: Request, subject = resolveSubject(estate, request.principal), met?: Map<string, string[]>, listed?: readonly string[]):
{ frame: Frame, solution: Solution, pattern: boolean } => {
  const frame = makeFrame(estate, request, subject)
  if (asksPattern(frame.target, frame.action)) return { ...best(estate, request, subject, met, listed), pattern: true }
  return { frame, solution: solve(estate, frame), pattern: false }
}

/** The best answer among resources of a pattern. */
const best = (
  estate: Estate, request: Request, subject: Subject, met = new Map<string, string[]>(),
  listed: readonly string[] = listedLike(estate, request.resource, request.resourceAccount),
): { frame: Frame, solution: Solution } => {
  let found: { frame: Frame, solution: Solution } | undefined
  for (const resource of resourceSamples(estate, request, subject, met, listed)) {
    const frame = makeFrame(estate, request, subject, resource)
    const solution = solve(estate, frame)
    if (solution.result === YES) return { frame, solution }
    if (found === undefined || (solution.result === MAYBE && found.solution.result === NO)) found = { frame, solution }
  }
  return found!
}

const describe = (estate: Estate, frame: Frame, solution: Solution, pattern: boolean): Decision => {
  const said = verdictOf(solution.result)
  // The evidence is what holds with the caller's choice made and the environment left open.
  const layers = layersOf(estate, frame, solution)
  return {
    verdict: said, reason: reasonOf(frame, said, layers), layers, across: frame.subject.account !== frame.target.account,
    conditions: said === 'deny' ? [] : residuals(estate, frame, solution, pattern),
  }
}
