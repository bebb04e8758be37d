import { actionOf, type ActionEntry } from './actions.ts'
import { answer } from './decide.ts'
import type { Estate } from './estate.ts'
import { decode } from './glob.ts'
import type { Permission } from './model.ts'
import { candidates, type Program } from './program.ts'
import { bearing } from './evaluate.ts'
import { makeFrame } from './request.ts'
import { typesOf } from './resource-samples.ts'
import { resolveSubject } from './subject.ts'
import { NO, YES, or3, type Tri } from './tri.ts'
import type { Statement } from './statement.ts'

/** Every action of the catalogue that a principal's own policies let it do to something, with where. */
export const permissionsOf = (estate: Estate, principal: string): Permission[] => {
  const subject = resolveSubject(estate, principal)
  const identity = subject.entry?.identity
  const found: Permission[] = []
  const answers = new Map<string, Permission['verdict'] | undefined>()
  for (const action of [...estate.actions.list.slice(0, estate.actions.known), ...named(estate, identity)]) {
    const allow = identity === undefined ? [] : candidates(identity, action).allow
    if (allow.length === 0 && subject.kind !== 'root') continue
    const key = signature(estate, principal, action)
    if (!answers.has(key)) answers.set(key, settled(estate, principal, action))
    const verdict = answers.get(key)
    if (verdict === undefined) continue
    found.push({ action: action.shown, service: action.service, level: action.facts?.level.split(',')[0] ?? 'unknown', verdict, resources: where(allow) })
  }
  return found
}

/** Actions that statements name and the catalogue does not know. */
const named = (estate: Estate, program: Program | undefined): ActionEntry[] =>
  [...new Set((program?.statements ?? []).flatMap(({ actions }) => (actions.not ? [] : [...actions.exact])))]
    .map((name) => actionOf(estate.actions, name)).filter(({ id }) => id >= estate.actions.known)

/** The same statements, asked about the same kinds of resources, answer the same. */
const signature = (estate: Estate, principal: string, action: ActionEntry): string => {
  const frame = makeFrame(estate, { principal, action: action.shown, resource: '*' })
  const bears = bearing(estate, frame)
  return [...[bears.identity, bears.boundary, ...bears.scps].map((program) => (program === undefined ? '' : statementsOf(program, frame.action))),
    (action.facts?.resources?.length ?? 0) > 0 ? `${action.service} ${typesOf(estate, action).join()}` : '-',
    action.service === 'sts' || action.service === 'iam' ? action.name : ''].join('|')
}

const statementsOf = (program: Program, action: ActionEntry): string => {
  const { allow, deny } = candidates(program, action)
  return `${allow.map(idOf).join(',')}-${deny.map(idOf).join(',')}`
}

const idOf = ({ policy, parsed }: Statement): string => `${policy.id}#${parsed.index}`

const settled = (estate: Estate, principal: string, action: ActionEntry): Permission['verdict'] | undefined => {
  const ask = (resource: string): Tri => answer(estate, { principal, action: action.shown, resource }).solution.result
  const first = ask('*')
  // Of an action that the catalogue does not know it is not known whether it takes a resource.
  const result = first !== YES && action.facts === undefined ? or3(first, ask('arn:*')) : first
  return result === NO ? undefined : result === YES ? 'allow' : 'conditional'
}

const where = (statements: readonly Statement[]): string[] =>
  [...new Set(statements.flatMap(({ resources, parsed }) => (resources ?? []).map(({ text }) => `${parsed.notResource ? 'all but ' : ''}${decode(text)}`)))]
