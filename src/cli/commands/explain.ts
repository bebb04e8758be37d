import { analyse } from '../../analysis/analysis.ts'
import { allChecks } from '../../analysis/checks.ts'
import type { Check } from '../../checks/check.ts'
import { BartizanError, errorCodes } from '../../core/errors.ts'
import { nearest } from '../../core/text.ts'
import type { Finding } from '../../model/finding.ts'
import { pillarOf, risks } from '../../model/risk.ts'
import { wrap } from '../../reports/columns.ts'
import { painter } from '../../reports/paint.ts'
import type { Paint } from '../../reports/paint.ts'
import type { Context } from '../context.ts'
import type { InputFlags, OutputFlags } from '../flags.ts'
import { deliver, outputsOf, styleOf } from '../report.ts'
import { openSource } from '../source.ts'

export interface ExplainFlags extends InputFlags, OutputFlags {}

/** `bartizan explain ID` */
export async function explain(this: Context, flags: ExplainFlags, id: string): Promise<void> {
  const checks = (await allChecks()).map(({ item }) => item)
  const named = checks.filter((check) => check.id === id || check.also.some((alias) => alias === id || alias.endsWith(`:${id}`)))
  const subject = named.length > 0 ? { checks: named } : id in errorCodes ? { error: { code: id, ...errorCodes[id as keyof typeof errorCodes] } } : { finding: await findingNamed(this, flags, id, checks) }
  for (const output of outputsOf(flags)) {
    const { colour, columns } = styleOf(this, flags, output.file)
    const paint = painter(colour)
    const lines = subject.checks?.flatMap((check) => aboutCheck(check, paint, columns)) ?? (subject.finding === undefined ? [`${subject.error?.code}: ${subject.error?.title}`, subject.error?.remedy ?? ''] : aboutFinding(subject.finding, paint, columns))
    await deliver(this, output, output.format === 'json' ? `${JSON.stringify(subject, undefined, 2)}\n` : `${lines.join('\n')}\n`)
  }
}

const findingNamed = async (context: Context, flags: ExplainFlags, id: string, checks: readonly Check[]): Promise<Finding> => {
  const { findings, suppressed } = await analyse(await openSource(context, flags.in, flags.quiet))
  const found = [...findings, ...suppressed].find(({ fingerprint }) => fingerprint === id)
  if (found !== undefined) return found
  const close = nearest(id, checks.map((check) => check.id))
  throw new BartizanError('BZ001', `Nothing is called "${id}": no check, no error code, no finding of this snapshot${close === undefined ? '' : `; did you mean "${close}"?`}`)
}

const aboutCheck = ({ id, on, title, severity, risk, why, fix, also, fails, passes }: Check, paint: Paint, columns: number): string[] => [
  `${paint.severity(severity)}  ${paint('bold', title)}`,
  `${paint('dim', `${id} on ${on}; ${risks[risk].title} (${pillarOf(risk)})`)}`,
  '',
  ...wrap(why, columns),
  ...wrap(`Fix: ${fix.text}`, columns),
  ...fix.set === undefined ? [] : [...indented(fix.set)],
  ...also.length === 0 ? [] : ['', ...wrap(`Also known as ${also.join(', ')}`, columns)],
  '',
  paint('bold', 'Fails'),
  ...indented(fails[0]),
  paint('bold', 'Passes'),
  ...indented(passes[0]),
  '',
]

const indented = (value: unknown): string[] => JSON.stringify(value, undefined, 2).split('\n').map((line) => `  ${line}`)

const aboutFinding = (finding: Finding, paint: Paint, columns: number): string[] => [
  `${paint.severity(finding.severity)}  ${paint('bold', finding.title)}`,
  paint('dim', `${finding.check}, ${finding.resource}`),
  '',
  ...wrap(finding.why, columns),
  '',
  paint('bold', 'Evidence'),
  ...finding.evidence.map(({ pointer, value }) => `  ${paint('cyan', pointer)} ${paint('reset', value === undefined ? 'is not set' : `= ${value}`)}`),
  ...finding.severityChanges.map(({ from, to, reason }) => `  ${from} became ${to} because ${paint('reset', reason)}`),
  '',
  ...wrap(`Fix: ${finding.fix}`, columns),
]
