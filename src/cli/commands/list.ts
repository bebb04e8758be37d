import { loadDetections } from '../../detect/catalogue.ts'
import { sigmaText } from '../../detect/sigma/export.ts'
import { allChecks } from '../../analysis/checks.ts'
import { aligned } from '../../reports/columns.ts'
import { painter } from '../../reports/paint.ts'
import { pillarOf } from '../../model/risk.ts'
import { wantsColour } from '../context.ts'
import type { Context } from '../context.ts'
import type { OutputFlags } from '../flags.ts'
import { oneOf } from '../flags.ts'
import { deliver, outputsOf, scanFormats } from '../report.ts'

export interface ListFlags extends OutputFlags {}

type Row = Readonly<Record<string, unknown>> & { readonly id: string }

const lists = {
  checks: async (): Promise<Row[]> => (await allChecks()).map(({ item: { id, on, severity, risk, title, also } }) => ({ id, type: on, severity, pillar: pillarOf(risk), risk, title, also })),
  detections: async (): Promise<Row[]> => (await loadDetections()).map(({ id, log, severity, risk, title, techniques }) => ({ id, log, severity, risk, title, techniques })),
  formats: async (): Promise<Row[]> => [...(await scanFormats()).values()].map(({ id, title, mediaType }) => ({ id, title, mediaType })),
} as const

/** `bartizan list checks|detections|formats` */
export async function list(this: Context, flags: ListFlags, what: string): Promise<void> {
  const rows = await lists[oneOf('list', Object.keys(lists) as (keyof typeof lists)[])(what)]()
  for (const output of outputsOf(flags)) {
    await deliver(this, output, output.format === 'sigma' && what === 'detections' ? sigmaText(await loadDetections()) : output.format === 'json' ? `${JSON.stringify(rows, undefined, 2)}\n` : table(rows, this, output.file))
  }
}

const table = (rows: readonly Row[], context: Context, file?: string): string => {
  const paint = painter(file === undefined && wantsColour(context, context.process.stdout))
  const lines = aligned(rows.map(({ id, ...others }) => [paint('bold', id), ...Object.values(others).filter((value) => typeof value === 'string').map((value) => paint('reset', value))]))
  return `${lines.join('\n')}\n`
}
