import { analyse } from '../../analysis/analysis.ts'
import { allChecks } from '../../analysis/checks.ts'
import { allSteps } from '../../analysis/paths.ts'
import type { AttackPath } from '../../attack/path.ts'
import type { Premise, Step, Variable } from '../../attack/step.ts'
import type { Check } from '../../checks/check.ts'
import { BartizanError, errorCodes } from '../../core/errors.ts'
import { nearest } from '../../core/text.ts'
import type { Finding } from '../../model/finding.ts'
import { pillarOf, risks } from '../../model/risk.ts'
import type { Estate } from '../../graph/estate.ts'
import { wrap } from '../../reports/columns.ts'
import type { Style } from '../../reports/format.ts'
import { painter } from '../../reports/paint.ts'
import type { Paint } from '../../reports/paint.ts'
import { pathTable } from '../../reports/path-table.ts'
import type { Context } from '../context.ts'
import type { InputFlags, OutputFlags } from '../flags.ts'
import { deliver, formatNamed, outputsOf, styleOf } from '../report.ts'
import { inWords } from './list.ts'
import { openSource } from '../source.ts'

export interface ExplainFlags extends InputFlags, OutputFlags {}

/** What an id stands for. JSON prints it as it is. */
type Subject =
  | { readonly checks: readonly Check[] }
  | { readonly step: Step }
  | { readonly error: { readonly code: string, readonly title: string, readonly remedy: string } }
  | { readonly finding: Finding }
  | { readonly path: AttackPath, readonly estate: Estate }

/** `bartizan explain ID` */
export async function explain(this: Context, flags: ExplainFlags, id: string): Promise<void> {
  const subject = await subjectOf(this, flags, id)
  const formats = new Map<string, (style: Style) => string>([
    ['table', (style) => inText(subject, style)],
    ['json', () => `${JSON.stringify('path' in subject ? { path: subject.path } : subject, undefined, 2)}\n`],
  ])
  for (const output of outputsOf(flags)) await deliver(this, output, formatNamed(formats, output.format)(styleOf(this, flags, output.file)))
}

/** What needs no snapshot comes first: checks, steps, errors; then findings and paths of the snapshot. */
const subjectOf = async (context: Context, flags: ExplainFlags, id: string): Promise<Subject> => {
  const checks = (await allChecks()).map(({ item }) => item)
  const named = checks.filter((check) => check.id === id || check.also.some((alias) => alias === id || alias.endsWith(`:${id}`)))
  if (named.length > 0) return { checks: named }
  if (id in errorCodes) return { error: { code: id, ...errorCodes[id as keyof typeof errorCodes] } }
  const steps = (await allSteps()).map(({ item }) => item)
  const step = steps.find((one) => one.id === id)
  if (step !== undefined) return { step }
  const close = nearest(id, [...checks, ...steps].map((one) => one.id))
  const nothing = (where: string) => new BartizanError('BZ001', `Nothing is called "${id}": no check, no attack step, no error code${where}${close === undefined ? '' : `; did you mean "${close}"?`}`)
  const snapshot = await openSource(context, flags.in, flags.quiet).catch((error: unknown) => {
    throw error instanceof BartizanError && error.code === 'BZ005' ? nothing('; there is no snapshot to look for a finding or a path in') : error
  })
  const { findings, suppressed, paths, estate } = await analyse(snapshot)
  const finding = [...findings, ...suppressed].find(({ fingerprint }) => fingerprint === id)
  if (finding !== undefined) return { finding }
  const path = paths.find((one) => one.id === id)
  if (path !== undefined) return { path, estate }
  throw nothing(', no finding and no attack path of this snapshot')
}

const inText = (subject: Subject, style: Style): string => {
  if ('path' in subject) return pathTable({ estate: subject.estate, paths: [subject.path], chokePoints: [], radius: [], fixes: new Map(), patches: new Map() }, { ...style, undecided: true })
  const paint = painter(style.colour)
  const { columns } = style
  const lines = 'checks' in subject ? subject.checks.flatMap((check) => aboutCheck(check, paint, columns))
    : 'step' in subject ? aboutStep(subject.step, paint, columns)
      : 'error' in subject ? [`${subject.error.code}: ${subject.error.title}`, ...wrap(subject.error.remedy, columns)]
        : aboutFinding(subject.finding, paint, columns)
  return `${lines.join('\n')}\n`
}

const aboutStep = ({ id, family, story, techniques, confidence, source, when, gives, waits }: Step, paint: Paint, columns: number): string[] => [
  ...wrap(`The attacker ${inWords(story)}`, columns).map((line) => paint('bold', line)),
  paint('dim', [`${id}, ${family}`, ...techniques, confidence === 'derived' ? 'derived from how the API works' : 'documented', ...source === undefined ? [] : [source]].join(', ')),
  '',
  paint('bold', 'Needs'),
  ...when.flatMap((premise) => wrap(needs(premise), columns - 2).map((line) => `  ${paint('reset', line)}`)),
  ...waits ? ['  and somebody else must act first'] : [],
  paint('bold', 'Gives'),
  ...gives.map(({ power, on }) => `  ${paint('reset', `${power} ${inType(on)}`)}`),
]

const inType = ({ name, types, id }: Variable): string => id ?? `${name} (${types.join(', ')})`

const needs = (premise: Premise): string => {
  switch (premise.kind) {
    case 'may': return `permission ${premise.action}${premise.on === undefined ? '' : ` on ${premise.on.id ?? premise.on.name}`}${premise.context === undefined ? '' : ` with ${Object.entries(premise.context).map(([key, value]) => `${key} ${value}`).join(', ')}`}`
    case 'has': return `to ${premise.power} ${inType(premise.on)}`
    case 'fact': return `${inType(premise.from)} ${premise.relation} ${inType(premise.to)}`
    case 'self': return `to be ${inType(premise.on)} itself`
    case 'each': return `wherever ${premise.fact.from.name} ${premise.fact.relation} ${inType(premise.fact.to)}: ${needs(premise.may)}`
  }
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
  ...finding.evidence.flatMap(({ pointer, value }) => wrap(`${pointer === '' ? 'the resource' : pointer} ${value === undefined ? pointer === '' ? 'exists' : 'is not set' : `= ${value}`}`, columns - 2).map((line) => `  ${paint('reset', line)}`)),
  ...finding.severityChanges.flatMap(({ from, to, reason }) => wrap(`${from} became ${to} because ${reason}`, columns - 2).map((line) => `  ${paint('reset', line)}`)),
  ...finding.paths.length === 0 ? [] : wrap(`On attack paths ${finding.paths.slice(0, 5).join(', ')}`, columns - 2).map((line) => `  ${line}`),
  '',
  ...wrap(`Fix: ${finding.fix}`, columns),
]
