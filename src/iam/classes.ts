import type { Estate, PrincipalEntry } from './estate.ts'
import type { Frame, Key } from './frame.ts'
import { makeFrame } from './request.ts'
import { holds, type Atom } from './operators.ts'
import type { Program } from './program.ts'
import { resolveSubject, type Subject } from './subject.ts'
import type { Template } from './variables.ts'

/** A listed principal, ready to be asked about. */
export interface Member {
  readonly subject: Subject
  readonly entry: PrincipalEntry
  /** Same policies, same account: the same answer unless something personal is read. */
  readonly group: number
  /** Members of one class get the same answer to everything. */
  readonly principalClass: number
}

/** The principals of an estate, for questions that begin at the resource. */
export interface Members {
  readonly list: readonly Member[]
  readonly byArn: ReadonlyMap<string, Member>
  readonly byAccount: ReadonlyMap<string, readonly Member[]>
  /** By identity program. */
  readonly byProgram: ReadonlyMap<Program, readonly Member[]>
}

export const buildMembers = (estate: Estate): Members => {
  const groups = new Map<string, number>()
  const classes = new Map<string, number>()
  const named = namedSomewhere(estate)
  const shared = sharedQuestions(estate)
  const list = [...estate.principals.values()].map((entry): Member => {
    const subject = resolveSubject(estate, entry.input.arn)
    const group = `${entry.kind} ${entry.account} ${entry.identity.id} ${entry.boundary?.id ?? ''} ${subject.serviceLinked}`
    const own = named.has(entry.input.arn) || shared.personal || readsPersonal(entry.identity) || (entry.boundary !== undefined && readsPersonal(entry.boundary))
    const signature = own ? entry.input.arn : answers(estate, subject, shared.atoms)
    return { subject, entry, group: numbered(groups, group), principalClass: numbered(classes, `${group} ${signature}`) }
  })
  return {
    list, byArn: new Map(list.map((member) => [member.entry.input.arn, member])),
    byAccount: Map.groupBy(list, ({ entry }) => entry.account), byProgram: Map.groupBy(list, ({ entry }) => entry.identity),
  }
}

const numbered = (numbers: Map<string, number>, key: string): number => {
  const known = numbers.get(key)
  if (known !== undefined) return known
  numbers.set(key, numbers.size)
  return numbers.size - 1
}

/** ARNs that policies, grants and access lists name: their principals are a class of their own. */
const namedSomewhere = (estate: Estate): ReadonlySet<string> => {
  const found = new Set<string>()
  const add = (arn: string): void => {
    found.add(arn)
    const [, account, name] = /^arn:[^:]+:sts::(\d+):assumed-role\/([^/]+)\//.exec(arn) ?? []
    const role = account === undefined ? undefined : estate.byName.get(`${account}:role/${name}`)
    if (role !== undefined) found.add(role.input.arn)
  }
  for (const { parsed } of estate.interner.principals.values()) {
    parsed.arns.forEach(add)
    for (const id of parsed.ids) add(estate.byId.get(id)?.input.arn ?? id)
  }
  for (const { input: { kms, also } } of estate.resources.values()) {
    for (const grant of Array.isArray(kms?.grants) ? kms.grants : []) [grant.grantee, grant.retiring ?? ''].forEach(add)
    if (also !== undefined) (JSON.stringify(also).match(/arn:[^"]+/g) ?? []).forEach(add)
  }
  return found
}

const personalKey = ({ name, kind }: Key): boolean =>
  kind === 'principal' && name !== 'aws:principalisawsservice' && !/^(aws:principal(account|org|type|service)|kms:calleraccount)/.test(name)

const isPersonal = (template: string | Template): boolean => typeof template !== 'string' && template.some((part) => typeof part !== 'string' && personalKey(part.key))

const personals = new WeakMap<Program, boolean>()

const readsPersonal = (program: Program): boolean => {
  const known = personals.get(program)
  if (known !== undefined) return known
  const found = program.statements.some(({ atoms, resources }) =>
    atoms.some(({ key, templates }) => personalKey(key) || templates.some(isPersonal))
    || resources?.some((pattern) => pattern.kind === 'variable' && isPersonal(pattern.template)) === true)
  personals.set(program, found)
  return found
}

/** What policies that are not a principal's own ask about principals: conditions, and whether a variable may stand for anything personal. */
const sharedQuestions = (estate: Estate): { atoms: readonly Atom[], personal: boolean } => {
  const programs = new Set<Program>()
  for (const { policy } of estate.resources.values()) if (policy !== undefined) programs.add(policy)
  for (const { policy } of estate.endpoints.values()) if (policy !== undefined) programs.add(policy)
  for (const { scps, rcps } of estate.accounts.values()) for (const level of [...scps, ...rcps]) programs.add(level)
  for (const { trust } of estate.principals.values()) if (trust !== undefined) programs.add(trust)
  const atoms = new Set<Atom>()
  let personal = false
  for (const { statements } of programs) {
    for (const statement of statements) {
      for (const atom of statement.atoms) {
        if (atom.templates.some(isPersonal)) personal = true
        if (personalKey(atom.key)) atoms.add(atom)
      }
      if (statement.resources?.some((pattern) => pattern.kind === 'variable' && isPersonal(pattern.template)) === true) personal = true
    }
  }
  return { atoms: [...atoms], personal }
}

const answers = (estate: Estate, subject: Subject, atoms: readonly Atom[]): string => {
  if (atoms.length === 0) return ''
  const frame: Frame = makeFrame(estate, { principal: subject.text, action: '', resource: '*' }, subject)
  return atoms.map((atom) => holds(atom, frame)).join('')
}
