import { BartizanError } from '../core/errors.ts'
import { nearest } from '../core/text.ts'
import { pillars } from '../model/risk.ts'
import type { Pillar } from '../model/risk.ts'
import { severities } from '../model/severity.ts'
import type { Severity } from '../model/severity.ts'

/** Reads a word out of a known set; another word is refused with the nearest one offered. */
export const oneOf = <T extends string>(what: string, known: readonly T[]) => (word: string): T => {
  if ((known as readonly string[]).includes(word)) return word as T
  const close = nearest(word, known)
  throw new BartizanError('BZ001', `There is no ${what} "${word}"; ${close === undefined ? `use one of ${known.join(', ')}` : `did you mean "${close}"?`}`)
}

const list = (brief: string, placeholder: string) =>
  ({ kind: 'parsed', parse: String, brief, placeholder, optional: true, variadic: true }) as const

const text = (brief: string, placeholder: string) => ({ kind: 'parsed', parse: String, brief, placeholder, optional: true }) as const

const flag = (brief: string) => ({ kind: 'boolean', brief, optional: true, withNegated: false }) as const

/** Flags of every command that reads a snapshot or writes results. */
export interface OutputFlags {
  readonly format?: readonly string[]
  readonly json?: boolean
  readonly quiet?: boolean
  readonly verbose?: boolean
}

export const outputFlags = {
  format: list('How to print: a format, or format=FILE; repeatable', 'NAME[=FILE]'),
  json: flag('The same as --format json'),
  quiet: flag('Only results and errors'),
  verbose: flag('Say more of what is being done'),
} as const

export interface InputFlags { readonly in?: string }

export const inputFlags = { in: text('The snapshot, template or folder to read, or demo; by default the newest scan', 'SOURCE') } as const

/** Flags that choose what of an analysis is shown. */
export interface SelectFlags {
  readonly severity?: Severity
  readonly check?: readonly string[]
  readonly skipCheck?: readonly string[]
  readonly pillar?: readonly Pillar[]
  readonly service?: readonly string[]
  readonly account?: readonly string[]
  readonly region?: readonly string[]
  readonly tag?: readonly string[]
}

export const selectFlags = {
  severity: { kind: 'parsed', parse: oneOf('severity', severities), brief: 'Show only findings as severe as this', placeholder: 'SEVERITY', optional: true },
  check: list('Run only this check, by our name or another tool\'s; repeatable', 'ID'),
  skipCheck: list('Leave this check out; repeatable', 'ID'),
  pillar: { kind: 'parsed', parse: oneOf('pillar', pillars), brief: 'Only this pillar; repeatable', placeholder: 'PILLAR', optional: true, variadic: true },
  service: list('Only this service, as in its type names; repeatable', 'NAME'),
  account: list('Only this account; repeatable', 'ID'),
  region: list('Only this region; repeatable', 'NAME'),
  tag: list('Only resources with this tag; repeatable', 'KEY[=VALUE]'),
} as const

/** Flags that decide the exit code and what is silenced. */
export interface GateFlags {
  readonly failOn?: Severity | 'none'
  readonly strict?: boolean
  readonly baseline?: string
  readonly writeBaseline?: string
  readonly mute?: readonly string[]
  readonly showSuppressed?: boolean
  readonly config?: string
}

export const gateFlags = {
  failOn: { kind: 'parsed', parse: oneOf('severity', [...severities, 'none'] as const), brief: 'Exit with 1 when there is a finding as severe as this', placeholder: 'SEVERITY', optional: true },
  strict: flag('Exit with 3 when something could not be read'),
  baseline: text('Findings in this file do not count', 'FILE'),
  writeBaseline: text('Write the findings as a baseline', 'FILE'),
  mute: list('A mute file, ours or Prowler\'s; repeatable', 'FILE'),
  showSuppressed: flag('Show silenced findings too'),
  config: text('A configuration (bartizan.yaml): what counts as a target of attack paths', 'FILE'),
} as const

export const flags = { list, text, flag }
