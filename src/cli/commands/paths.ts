import { findPaths } from '../../analysis/paths.ts'
import type { PathWishes } from '../../analysis/paths.ts'
import { BartizanError } from '../../core/errors.ts'
import { atLeast } from '../../model/severity.ts'
import type { Severity } from '../../model/severity.ts'
import { chokePointsOf, pathFormats, radiusOf } from '../../reports/paths.ts'
import { contextOf, makeSureOf, openEstate, principalNamed } from '../ask.ts'
import type { Context } from '../context.ts'
import { exits } from '../context.ts'
import type { GateFlags, InputFlags, OutputFlags } from '../flags.ts'
import { findFixes, noFixes } from '../path-fixes.ts'
import { configurationOf, deliver, formatNamed, outputsOf, styleOf } from '../report.ts'

export interface PathsFlags extends InputFlags, OutputFlags, Pick<GateFlags, 'failOn' | 'config'> {
  readonly from?: readonly string[]
  readonly to?: readonly string[]
  readonly assume?: readonly string[]
  readonly alternatives?: number
  readonly severity?: Severity
  readonly fix?: boolean
  readonly trail?: string
}

/** `bartizan paths` */
export async function paths(this: Context, flags: PathsFlags): Promise<void> {
  const { to, alternatives, severity, failOn = 'none' } = flags
  if (alternatives !== undefined && !(Number.isInteger(alternatives) && alternatives > 0)) throw new BartizanError('BZ001', '--alternatives takes a whole number above zero')
  if (flags.trail !== undefined && flags.fix !== true) throw new BartizanError('BZ001', '--trail goes with --fix')
  const estate = await openEstate(this, flags)
  const wishes: PathWishes = {
    ...flags.from === undefined ? {} : { from: flags.from.map((word) => principalNamed(estate, word)) },
    ...flags.assume === undefined ? {} : { assume: contextOf(flags.assume) as Record<string, string> },
    ...configurationOf(flags),
  }
  const found = await findPaths(estate, { ...wishes, ...to === undefined ? {} : { to }, ...alternatives === undefined ? {} : { alternatives } })
  if (found.length === 0) for (const word of to ?? []) makeSureOf(estate, word)
  const shown = severity === undefined ? found : found.filter((path) => atLeast(path.severity, severity))
  const fixed = flags.fix !== true ? noFixes
    : await findFixes(estate, shown, { wishes, ...flags.trail === undefined ? {} : { trail: flags.trail }, ...flags.in === undefined ? {} : { source: flags.in } })
  const report = { estate, paths: shown, chokePoints: chokePointsOf(shown), radius: flags.from === undefined ? [] : radiusOf(shown), ...fixed }
  for (const output of outputsOf(flags)) await deliver(this, output, formatNamed(pathFormats, output.format)(report, styleOf(this, flags, output.file)))
  if (failOn !== 'none' && found.some((path) => atLeast(path.severity, failOn))) this.process.exitCode = exits.findings
}
