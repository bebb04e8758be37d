import { actionOf, hasAction, type ActionEntry } from './actions.ts'
import type { Estate } from './estate.ts'
import { compileGlob, encode, matchGlob } from './glob.ts'
import { typesOf } from './resource-samples.ts'

/** Services whose actions are told apart by more than the statements that name them. */
const oneByOne = new Set(['s3', 'kms', 'sts', 'iam', 'aoss', 'glue', 'lakeformation', 'eks', 'lambda', 'bedrock-agentcore'])

/** The actions that a pattern names: those of the catalogue, and those that policies name. */
export const actionsLike = (estate: Estate, pattern: string): ActionEntry[] => {
  const glob = compileGlob(encode(pattern.toLowerCase()))
  const named = [...estate.interner.actions.values()].flatMap(({ exact }) => [...exact]).map((name) => actionOf(estate.actions, name))
  return [...new Set([...estate.actions.list.slice(0, estate.actions.known), ...named])].filter(({ name, wild }) => !wild && matchGlob(glob, name))
}

/** Of the actions that a pattern names one of each kind: statements do not tell the others apart. The pattern itself where there is none. */
export const kindsOfActions = (estate: Estate, pattern: string): readonly string[] => {
  const sets = [...estate.interner.actions.values()]
  const kinds = Map.groupBy(actionsLike(estate, pattern), (action) => [
    (action.facts?.resources?.length ?? 0) > 0 && typesOf(estate, action).join(), oneByOne.has(action.service) ? action.name : action.service,
    ...sets.flatMap((set, index) => (hasAction(set, action) ? [index] : [])),
  ].join())
  return kinds.size === 0 ? [pattern] : [...kinds.values()].map(([action]) => action!.shown)
}
