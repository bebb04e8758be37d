import { analyse } from '../../analysis/analysis.ts'
import { demoSnapshot } from '../../analysis/demo.ts'
import { say } from '../context.ts'
import type { Context } from '../context.ts'
import type { GateFlags, OutputFlags, SelectFlags } from '../flags.ts'
import { configurationOf, refuseUnknownFormats, report, selectionOf, silenceOf } from '../report.ts'

export interface DemoFlags extends OutputFlags, SelectFlags, GateFlags {}

/** `bartizan demo` */
export async function demo(this: Context, flags: DemoFlags): Promise<void> {
  await refuseUnknownFormats(flags)
  if (flags.quiet !== true) say(this, 'Scanning the sample estate of a company that does not exist …')
  const snapshot = demoSnapshot()
  await report(this, await analyse(snapshot, { selection: selectionOf(flags), silence: silenceOf(flags), ...configurationOf(flags) }), flags)
}
