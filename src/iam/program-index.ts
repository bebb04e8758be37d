import { hasAction, type ActionEntry, type ActionSet } from './actions.ts'
import type { Program } from './program.ts'

/** The identity programs that can allow an action. */
export type ProgramsFor = (action: ActionEntry) => readonly Program[]

/** The identity programs that can allow an action, found through the distinct lists of actions in them. */
export const programIndex = (programs: readonly Program[]): ProgramsFor => {
  const bySet = new Map<ActionSet, Program[]>()
  const vague: Program[] = []
  for (const program of programs) {
    if (program.statements.some(({ actionGap }) => actionGap !== undefined)) vague.push(program)
    for (const actions of new Set(program.statements.filter(({ allow }) => allow).map((statement) => statement.actions))) {
      const list = bySet.get(actions)
      if (list === undefined) bySet.set(actions, [program])
      else list.push(program)
    }
  }
  const known = new Map<number, readonly Program[]>()
  return (action) => {
    let found = known.get(action.id)
    if (found === undefined) {
      const some = new Set(vague)
      for (const [actions, list] of bySet) if (hasAction(actions, action)) for (const program of list) some.add(program)
      known.set(action.id, found = [...some])
    }
    return found
  }
}
