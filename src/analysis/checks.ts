import type { Check } from '../checks/check.ts'
import { pillars } from '../model/risk.ts'
import { loadCatalogue } from './load.ts'
import type { Loaded } from './load.ts'

/** Every check, in the order of pillar folders and file names. */
export const allChecks = (): Promise<Loaded<Check>[]> => loadCatalogue<Check>(...pillars.map((pillar) => `checks/${pillar}`))
