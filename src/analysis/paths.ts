import { makeFixer } from '../attack/fix/fix.ts'
import type { Edit } from '../attack/fix/edit.ts'
import type { Fixer } from '../attack/fix/fix.ts'
import type { Use } from '../attack/fix/trial.ts'
import { attackPaths } from '../attack/paths.ts'
import type { AttackPath } from '../attack/path.ts'
import type { Step } from '../attack/step.ts'
import type { TargetRules } from '../attack/target-choice.ts'
import type { Estate } from '../graph/estate.ts'
import { facts } from './facts.ts'
import { loadCatalogue } from './load.ts'
import type { Loaded } from './load.ts'

/** Every attack step, in the order of folders and file names. */
export const allSteps = (): Promise<Loaded<Step>[]> => loadCatalogue<Step>('attack/steps')

/** What of the attack paths is wanted. */
export interface PathWishes {
  readonly from?: readonly string[]
  readonly to?: readonly string[]
  readonly alternatives?: number
  /** Also what a narrower entry point reaches no easier than the internet does. */
  readonly all?: boolean
  readonly assume?: Readonly<Record<string, string>>
  /** Targets beside the usual ones, and those that do not count. */
  readonly targets?: TargetRules
}

const optionsOf = async (wishes: PathWishes) => ({ steps: (await allSteps()).map(({ item }) => item), facts: await facts(), ...wishes })

/** The attack paths of an estate, the worst first. */
export const findPaths = async (estate: Estate, wishes: PathWishes = {}): Promise<AttackPath[]> => attackPaths(estate, await optionsOf(wishes))

/** Finds fixes for the paths of an estate that were found with the same wishes; what was used must still work with them, and each edit be one of those accepted. */
export const fixerOf = async (estate: Estate, { from, assume, targets }: PathWishes = {}, used: readonly Use[] = [], accepts?: (edit: Edit) => boolean): Promise<Fixer> =>
  makeFixer(estate, { ...await optionsOf({ ...from === undefined ? {} : { from }, ...assume === undefined ? {} : { assume }, ...targets === undefined ? {} : { targets } }), used, ...accepts === undefined ? {} : { accepts } })
