import type { Verdict } from '../model.ts'
import type { Question, World } from './world.ts'

type Answers = ReadonlyMap<string, readonly string[] | undefined>

/** A set of worlds with the same outcome: those that answer the questions so, whatever they answer to others. */
interface Leaf { readonly answers: Answers, readonly allowed: boolean }

/** More worlds than this are no longer a specification one can wait for. */
const LIMIT = 40_000

/**
 * Decides in every world, asking only what the decision reads, and puts the outcomes together:
 * `allow` when the caller can choose so that all else does not matter, `conditional` when some world allows, else `deny`.
 */
export const explore = (decide: (world: World) => boolean): Verdict => {
  const questions = new Map<string, Question>()
  const leaves = worlds(decide, new Map(), questions)
  if (callerCanForce(leaves, questions)) return 'allow'
  return leaves.some(({ allowed }) => allowed) ? 'conditional' : 'deny'
}

const worlds = (decide: (world: World) => boolean, answers: Answers, questions: Map<string, Question>): Leaf[] => {
  const leaves: Leaf[] = []
  const visit = (known: Answers): void => {
    if (leaves.length > LIMIT) throw new RangeError('Too many worlds')
    const result = attempt(decide, known)
    if (typeof result === 'boolean') {
      leaves.push({ answers: known, allowed: result })
      return
    }
    questions.set(result.name, result)
    for (const answer of result.answers) visit(new Map(known).set(result.name, answer))
  }
  visit(answers)
  return leaves
}

const open = Symbol('open')

/** Decides with what is known; returns the first question that is still open, if the decision reads one. */
const attempt = (decide: (world: World) => boolean, known: Answers): boolean | Question => {
  const ask = (question: Question): readonly string[] | undefined => {
    if (known.has(question.name)) return known.get(question.name)
    throw { [open]: question }
  }
  try {
    return decide({ ask })
  } catch (thrown) {
    if (typeof thrown === 'object' && thrown !== null && open in thrown) return thrown[open] as Question
    throw thrown
  }
}

/** The caller chooses first, knowing neither the environment nor the gaps. */
const callerCanForce = (leaves: readonly Leaf[], questions: ReadonlyMap<string, Question>): boolean => {
  if (leaves.every(({ allowed }) => allowed)) return true
  if (!leaves.some(({ allowed }) => allowed)) return false
  const choice = leaves.flatMap(({ answers }) => [...answers.keys()]).find((name) => isOpenChoice(name, leaves, questions))
  if (choice === undefined) return false
  return (questions.get(choice)?.answers ?? []).some((answer) => {
    const left = leaves.filter(({ answers }) => !answers.has(choice) || answers.get(choice) === answer)
    return callerCanForce(left, questions)
  })
}

/** Whether the caller chooses it and the worlds left still differ in it. */
const isOpenChoice = (name: string, leaves: readonly Leaf[], questions: ReadonlyMap<string, Question>): boolean => {
  if (questions.get(name)?.settler !== 'caller') return false
  const given = leaves.filter(({ answers }) => answers.has(name)).map(({ answers }) => answers.get(name))
  return given.some((answer) => answer !== given[0])
}
