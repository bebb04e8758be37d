import { loadDetections } from '../../detect/catalogue.ts'
import { sigmaText } from '../../detect/sigma/export.ts'
import { allChecks } from '../../analysis/checks.ts'
import { allSteps } from '../../analysis/paths.ts'
import { aligned, wrap } from '../../reports/columns.ts'
import { csvOf } from '../../reports/csv-rows.ts'
import { painter } from '../../reports/paint.ts'
import { pillarOf } from '../../model/risk.ts'
import type { Context } from '../context.ts'
import type { OutputFlags } from '../flags.ts'
import { oneOf } from '../flags.ts'
import { deliver, formatNamed, outputsOf, scanFormats, styleOf } from '../report.ts'
import type { Style } from '../../reports/format.ts'

export interface ListFlags extends OutputFlags {}

type Row = Readonly<Record<string, unknown>> & { readonly id: string }

/** `columns` are those of a terminal, the last one wrapped; JSON and CSV have all. */
interface List { readonly rows: () => Promise<Row[]>, readonly columns: readonly string[] }

const lists = {
  checks: {
    rows: async () => (await allChecks()).map(({ item: { id, on, severity, risk, title, also } }) => ({ id, type: on, severity, pillar: pillarOf(risk), risk, title, also })),
    columns: ['severity', 'id', 'title'],
  },
  steps: {
    rows: async () => (await allSteps()).map(({ item: { id, family, confidence, story, techniques } }) => ({ id, family, confidence, story: inWords(story), techniques })),
    columns: ['family', 'id', 'story'],
  },
  detections: {
    rows: async () => (await loadDetections()).map(({ id, log, severity, risk, title, techniques }) => ({ id, log, severity, risk, title, techniques })),
    columns: ['severity', 'id', 'title'],
  },
  formats: {
    rows: async () => [...(await scanFormats()).values()].map(({ id, title, mediaType }) => ({ id, title, mediaType })),
    columns: ['id', 'mediaType', 'title'],
  },
} as const satisfies Record<string, List>

/** A step's story with what its names stand for in plain words: `{base}` is `base`. */
export const inWords = (story: string): string => story.replaceAll(/\{(\w+)\}/g, '$1')

/** `bartizan list checks|steps|detections|formats` */
export async function list(this: Context, flags: ListFlags, what: string): Promise<void> {
  const name = oneOf('list', Object.keys(lists) as (keyof typeof lists)[])(what)
  const { columns, rows: read }: List = lists[name]
  const rows = await read()
  const formats = new Map<string, (style: Style) => string | Promise<string>>([
    ['table', (style) => table(rows, columns, style)],
    ['json', () => `${JSON.stringify(rows, undefined, 2)}\n`],
    ['csv', () => csv(rows)],
    ...name === 'detections' ? [['sigma', async () => sigmaText(await loadDetections())] as const] : [],
  ])
  for (const output of outputsOf(flags)) await deliver(this, output, await formatNamed(formats, output.format)(styleOf(this, flags, output.file)))
}

/** Things of one id, which differ in what they are about, are a row once. */
const table = (rows: readonly Row[], columns: readonly string[], style: Style): string => {
  const paint = painter(style.colour)
  const lead = columns.slice(0, -1)
  const told = [...new Map(rows.map((row) => [columns.map((column) => String(row[column])).join('\n'), row])).values()]
  const heads = aligned(told.map((row) => [...lead.map((column) => (column === 'id' ? paint('bold', row.id) : column === 'severity' ? paint.severity(row['severity'] as 'low') : paint('dim', String(row[column])))), '']))
  const lines = told.flatMap((row, index) => [heads[index]!, ...wrap(String(row[columns.at(-1)!]), style.columns - 4).map((line) => `    ${paint('reset', line)}`)])
  return `${lines.join('\n')}\n`
}

const csv = (rows: readonly Row[]): string => {
  const columns = Object.keys(rows[0] ?? {})
  return csvOf([columns.map((name) => name.toUpperCase()), ...rows.map((row) => columns.map((name) => (Array.isArray(row[name]) ? row[name].join(' | ') : String(row[name]))))], ',')
}
