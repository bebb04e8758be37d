import { analyse } from '../../analysis/analysis.ts'
import type { Analysis } from '../../analysis/analysis.ts'
import { compare } from '../../analysis/diff.ts'
import { diffFormats } from '../../reports/diff.ts'
import { atLeast } from '../../model/severity.ts'
import type { Context } from '../context.ts'
import { exits } from '../context.ts'
import type { GateFlags, OutputFlags } from '../flags.ts'
import { configurationOf, deliver, formatNamed, outputsOf, silenceOf, styleOf } from '../report.ts'
import { openSides } from '../diff-sources.ts'

export interface DiffFlags extends OutputFlags, GateFlags {}

/** `bartizan diff OLD NEW`: exit 1 counts only what the change adds. */
export async function diff(this: Context, flags: DiffFlags, before: string, after: string): Promise<void> {
  const silence = silenceOf(flags)
  const configured = configurationOf(flags)
  const [old, young] = await Promise.all((await openSides(before, after)).map((snapshot) => analyse(snapshot, { silence, ...configured }))) as [Analysis, Analysis]
  const difference = compare(old, young)
  for (const output of outputsOf(flags)) await deliver(this, output, formatNamed(diffFormats, output.format)(difference, styleOf(this, flags, output.file)))
  const { failOn = 'none', strict = false } = flags
  if (failOn !== 'none' && [...difference.findings.added, ...difference.paths.added].some(({ severity }) => atLeast(severity, failOn))) this.process.exitCode = exits.findings
  else if (strict && young.gaps.length > 0) this.process.exitCode = exits.gaps
}
