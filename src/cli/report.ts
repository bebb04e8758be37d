import { readFileSync, writeFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { Analysis } from '../analysis/analysis.ts'
import { loadCatalogue } from '../analysis/load.ts'
import { readConfiguration } from '../analysis/configuration.ts'
import type { Configuration } from '../analysis/configuration.ts'
import { readMutes } from '../analysis/mutes.ts'
import { noSilence } from '../analysis/suppress.ts'
import type { Silence } from '../analysis/suppress.ts'
import type { Selection } from '../analysis/select.ts'
import { BartizanError } from '../core/errors.ts'
import { nearest } from '../core/text.ts'
import { atLeast } from '../model/severity.ts'
import type { Format, Style } from '../reports/format.ts'
import { exits, print, say, wantsColour } from './context.ts'
import type { Context } from './context.ts'
import type { GateFlags, OutputFlags, SelectFlags } from './flags.ts'

/** The formats of scan results, by name. */
export const scanFormats = async (): Promise<ReadonlyMap<string, Format>> =>
  new Map((await loadCatalogue<Format>('reports/formats')).map(({ item }) => [item.id, item]))

/** A format and where its output goes: a file, or standard output. */
export interface Output { readonly format: string, readonly file?: string }

/** Reads `--format` and `--json`; a terminal and a pipe both get the table when nothing is asked for. */
export const outputsOf = ({ format = [], json = false }: OutputFlags, otherwise = 'table'): Output[] => {
  const asked = [...format, ...json ? ['json'] : []].map((text): Output => {
    const at = text.indexOf('=')
    return at === -1 ? { format: text } : { format: text.slice(0, at), file: text.slice(at + 1) }
  })
  return asked.length === 0 ? [{ format: otherwise }] : asked
}

/** The format with this name; another name is refused with the nearest one offered. */
export const formatNamed = <T>(formats: ReadonlyMap<string, T>, name: string): T => {
  const found = formats.get(name)
  if (found !== undefined) return found
  const close = nearest(name, [...formats.keys()])
  throw new BartizanError('BZ001', `There is no format "${name}"; ${close === undefined ? `use one of ${[...formats.keys()].join(', ')}` : `did you mean "${close}"?`}`)
}

/** Refuses a format that there is not before anything is read: a scan may take long. */
export const refuseUnknownFormats = async (flags: OutputFlags): Promise<void> => {
  const formats = await scanFormats()
  for (const { format } of outputsOf(flags)) formatNamed(formats, format)
}

/** Writes one output to its file or to standard output. */
export const deliver = async (context: Context, { file }: Output, text: string): Promise<void> => {
  if (file === undefined) return print(context, text)
  try {
    writeFileSync(file, text)
  } catch (error) {
    throw new BartizanError('BZ007', `Cannot write ${file}: ${(error as Error).message}`, { cause: error })
  }
}

/** How reports look on this terminal. */
export const styleOf = (context: Context, { showSuppressed = false, verbose = false }: { showSuppressed?: boolean | undefined, verbose?: boolean | undefined }, file?: string): Style => ({
  colour: file === undefined && wantsColour(context, context.process.stdout),
  columns: Math.min(120, context.process.stdout.columns ?? Number(context.env['COLUMNS'] ?? 100)),
  suppressed: showSuppressed,
  undecided: verbose,
})

/** What of an analysis the flags ask for. */
export const selectionOf = ({ check, skipCheck, pillar, service, account, region, tag }: SelectFlags): Selection => ({
  ...check === undefined ? {} : { checks: check },
  ...skipCheck === undefined ? {} : { skipChecks: skipCheck },
  ...pillar === undefined ? {} : { pillars: pillar },
  ...service === undefined ? {} : { services: service },
  ...account === undefined ? {} : { accounts: account },
  ...region === undefined ? {} : { regions: region },
  ...tag === undefined ? {} : { tags: tag },
})

/** Reads the mute files and the baseline that the flags name. */
export const silenceOf = ({ mute = [], baseline }: GateFlags): Silence =>
  mute.length === 0 && baseline === undefined ? noSilence : {
    mutes: mute.flatMap((file) => readMutes(readYaml(file), file)),
    baseline: new Set(baseline === undefined ? [] : readBaseline(baseline)),
  }

/** What the configuration that the flags name settles. */
export const configurationOf = ({ config }: Pick<GateFlags, 'config'>): Partial<Configuration> => (config === undefined ? {} : readConfiguration(readYaml(config), config))

const readYaml = (file: string): unknown => {
  try {
    // of keys that stand twice the last one holds, as in Prowler
    return parse(readFileSync(file, 'utf8'), { maxAliasCount: 100, uniqueKeys: false })
  } catch (error) {
    throw new BartizanError('BZ008', `Cannot read ${file}: ${(error as Error).message}`, { cause: error })
  }
}

const readBaseline = (file: string): string[] => {
  const document = readYaml(file) as { findings?: readonly { fingerprint?: unknown }[] } | null
  if (!Array.isArray(document?.findings)) throw new BartizanError('BZ008', `${file} is not a baseline: it has no "findings"; write one with --write-baseline`)
  return document.findings.map(({ fingerprint }) => String(fingerprint))
}

/** Prints an analysis in every format that was asked for, writes the baseline, and sets the exit code. */
export const report = async (context: Context, analysis: Analysis, flags: OutputFlags & SelectFlags & GateFlags): Promise<void> => {
  const formats = await scanFormats()
  const { severity, failOn = 'none', strict = false, writeBaseline } = flags
  const shown = severity === undefined ? analysis : { ...analysis, findings: analysis.findings.filter((finding) => atLeast(finding.severity, severity)) }
  for (const output of outputsOf(flags)) {
    await deliver(context, output, await formatNamed(formats, output.format).render(shown, styleOf(context, flags, output.file)))
  }
  for (const { place, owner, expires, findings } of analysis.expired) {
    say(context, `${place} expired on ${expires}${owner === undefined ? '' : ` (owner: ${owner})`}: ${findings === 1 ? '1 finding counts' : `${findings} findings count`} again`)
  }
  if (writeBaseline !== undefined) {
    const findings = [...analysis.findings, ...analysis.suppressed].map(({ fingerprint, check, resource }) => ({ fingerprint, check, resource }))
    writeFileSync(writeBaseline, `${JSON.stringify({ schema: 'bartizan.baseline/1', findings }, undefined, 2)}\n`)
    say(context, `Wrote ${findings.length} findings to ${writeBaseline}`)
  }
  if (failOn !== 'none' && analysis.findings.some((finding) => atLeast(finding.severity, failOn))) context.process.exitCode = exits.findings
  else if (strict && analysis.gaps.length > 0) context.process.exitCode = exits.gaps
}
