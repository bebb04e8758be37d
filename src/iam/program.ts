import type { ActionEntry } from './actions.ts'
import type { Frame } from './frame.ts'
import { UNSURE, applies, concerns, namedAs, type Statement } from './statement.ts'
import { MAYBE, NO, YES, and3, type Tri } from './tri.ts'

/** The policies that make one layer, as one list of statements; the same list is one program, whoever has it. */
export interface Program {
  readonly id: number
  /** Kind and policies, as one text. */
  readonly key: string
  readonly policies: readonly string[]
  readonly statements: readonly Statement[]
  /** By id of the action: what can concern it. */
  readonly byAction: Map<number, Candidates>
  /** Whether some statement names principals. */
  readonly named: boolean
}

export interface Candidates { readonly deny: readonly Statement[], readonly allow: readonly Statement[] }

const empty: readonly Statement[] = []
const nobody: Candidates = { deny: empty, allow: empty }

export const makeProgram = (id: number, key: string, policies: readonly string[], statements: readonly Statement[]): Program =>
  ({ id, key, policies, statements, byAction: new Map(), named: statements.some((statement) => statement.principals !== undefined) })

/** The statements of a program that can concern an action; found once. */
export const candidates = (program: Program, action: ActionEntry): Candidates => {
  const known = program.byAction.get(action.id)
  if (known !== undefined) return known
  const some = program.statements.filter((statement) => concerns(statement, action))
  const found = some.length === 0 ? nobody : { deny: some.filter(({ deny }) => deny), allow: some.filter(({ allow }) => allow) }
  program.byAction.set(action.id, found)
  return found
}

/** Whether any of the statements applies to the frame's principal. */
export const anyApplies = (statements: readonly Statement[], frame: Frame): Tri => {
  let result: Tri = NO
  for (let i = 0; i < statements.length; i++) {
    const statement = statements[i]!
    const one = statement.principals === undefined ? applies(statement, frame) : appliesTo(statement, frame)
    if (one === YES) return YES
    if (one === MAYBE) result = MAYBE
  }
  return result
}

/** Whether a statement applies, its principal included. */
export const appliesTo = (statement: Statement, frame: Frame): Tri => {
  if (statement.principals === undefined) return applies(statement, frame)
  const how = namedAs(statement, frame)
  if (how === 0) return NO
  return (how & (UNSURE - 1)) === 0 ? and3(MAYBE, applies(statement, frame)) : applies(statement, frame)
}

/** How the allowing statements that apply name the principal: sure bits, and those that may apply times `UNSURE`. */
export const allowedAs = (statements: readonly Statement[], frame: Frame): number => {
  let bits = 0
  for (let i = 0; i < statements.length; i++) {
    const statement = statements[i]!
    const how = namedAs(statement, frame)
    if (how === 0) continue
    const one = applies(statement, frame)
    if (one === YES) bits |= how
    else if (one === MAYBE) bits |= ((how | (how >> 10)) & (UNSURE - 1)) << 10
  }
  return bits
}

/** Whether a bit of `allowedAs` is set. */
export const bit = (bits: number, mask: number): Tri => ((bits & mask) !== 0 ? YES : ((bits >> 10) & mask) !== 0 ? MAYBE : NO)
