import type { Fix } from '../../attack/fix/fix.ts'
import { findPaths, fixerOf } from '../../analysis/paths.ts'
import { BartizanError } from '../../core/errors.ts'
import { atLeast } from '../../model/severity.ts'
import type { Severity } from '../../model/severity.ts'
import { chokePointsOf, pathFormats } from '../../reports/paths.ts'
import { contextOf, openEstate } from '../ask.ts'
import type { Context } from '../context.ts'
import { exits } from '../context.ts'
import type { GateFlags, InputFlags, OutputFlags } from '../flags.ts'
import { deliver, formatNamed, outputsOf, styleOf } from '../report.ts'

export interface PathsFlags extends InputFlags, OutputFlags, Pick<GateFlags, 'failOn'> {
  readonly from?: readonly string[]
  readonly to?: readonly string[]
  readonly assume?: readonly string[]
  readonly alternatives?: number
  readonly severity?: Severity
  readonly fix?: boolean
}

/** Fixes are tried by solving again, so they are looked for on the worst paths only. */
const mostFixed = 5

/** `bartizan paths` */
export async function paths(this: Context, flags: PathsFlags): Promise<void> {
  const { from, to, assume, alternatives, severity, failOn = 'none' } = flags
  if (alternatives !== undefined && !(Number.isInteger(alternatives) && alternatives > 0)) throw new BartizanError('BZ001', '--alternatives takes a whole number above zero')
  const estate = await openEstate(this, flags)
  const found = await findPaths(estate, {
    ...from === undefined ? {} : { from }, ...to === undefined ? {} : { to }, ...alternatives === undefined ? {} : { alternatives },
    ...assume === undefined ? {} : { assume: contextOf(assume) as Record<string, string> },
  })
  const shown = severity === undefined ? found : found.filter((path) => atLeast(path.severity, severity))
  const fixes = new Map<string, Fix>()
  const fixer = await fixerOf(estate, { ...from === undefined ? {} : { from } })
  for (const path of flags.fix === true ? shown.slice(0, mostFixed) : []) {
    const fix = fixer.of(path)[0]
    if (fix !== undefined) fixes.set(path.id, fix)
  }
  const report = { fixes, paths: shown, chokePoints: chokePointsOf(shown), takenAt: estate.header.takenAt, origin: estate.header.origin }
  for (const output of outputsOf(flags)) await deliver(this, output, formatNamed(pathFormats, output.format)(report, styleOf(this, flags, output.file)))
  if (failOn !== 'none' && found.some((path) => atLeast(path.severity, failOn))) this.process.exitCode = exits.findings
}
