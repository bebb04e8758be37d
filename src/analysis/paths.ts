import { fixesOf } from '../attack/fix/fix.ts'
import type { Fix } from '../attack/fix/fix.ts'
import { attackPaths } from '../attack/paths.ts'
import type { AttackPath } from '../attack/path.ts'
import type { Step } from '../attack/step.ts'
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
  readonly assume?: Readonly<Record<string, string>>
}

/** The attack paths of an estate, the worst first. */
export const findPaths = async (estate: Estate, wishes: PathWishes = {}): Promise<AttackPath[]> =>
  attackPaths(estate, { steps: (await allSteps()).map(({ item }) => item), facts: await facts(), ...wishes })

/** The best fix of a path: an edit that was tried on a rebuilt estate. Undefined where none of those tried holds. */
export const bestFix = async (estate: Estate, path: AttackPath): Promise<Fix | undefined> =>
  fixesOf(estate, path, { steps: (await allSteps()).map(({ item }) => item), facts: await facts(), tries: 6 })[0]
