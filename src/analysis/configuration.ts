import { powers } from '../attack/step.ts'
import type { TargetRules } from '../attack/target-choice.ts'
import { BartizanError } from '../core/errors.ts'
import { nearest } from '../core/text.ts'
import { pillars } from '../model/risk.ts'
import { severities } from '../model/severity.ts'

/** What a configuration file (`bartizan.yaml`) settles. */
export interface Configuration { readonly targets: TargetRules }

type Added = NonNullable<TargetRules['add']>[number]
type Left = NonNullable<TargetRules['leave']>[number]

type Fields = Readonly<Record<string, unknown>>

/** Reads a configuration, already parsed from YAML; what is wrong in it is named with its place. */
export const readConfiguration = (document: unknown, file: string): Configuration => {
  const { targets } = fieldsOf(document ?? {}, file, ['targets'])
  const { add, leave } = fieldsOf(targets ?? {}, `${file}: targets`, ['add', 'leave'])
  return {
    targets: {
      add: listOf(add, `${file}: targets/add`).map((entry, index) => ruleOf<Added>(entry, `${file}: targets/add/${index}`, ['power', 'harm', 'severity', 'pillar'], true)),
      leave: listOf(leave, `${file}: targets/leave`).map((entry, index) => ruleOf<Left>(entry, `${file}: targets/leave/${index}`, ['power'], false)),
    },
  }
}

const known: Readonly<Record<string, readonly string[]>> = { power: powers, severity: severities, pillar: pillars }

const choosing = ['type', 'name', 'tag']

/** A rule must say what it speaks of, and one that adds a target what would be done to it. */
const ruleOf = <T extends Added | Left>(entry: unknown, place: string, more: readonly string[], needsPower: boolean): T => {
  const rule = fieldsOf(entry, place, [...choosing, ...more])
  if (!choosing.some((field) => rule[field] !== undefined)) throw new BartizanError('BZ008', `${place} says of nothing: give it "type", "name" or "tag"`)
  if (needsPower && rule['power'] === undefined) throw new BartizanError('BZ008', `${place} needs "power": one of ${powers.join(', ')}`)
  for (const [field, value] of Object.entries(rule)) {
    if (field === 'tag') fieldsOf(value, `${place}/tag`)
    else if (typeof value !== 'string') throw new BartizanError('BZ008', `${place} needs "${field}" as text`)
    else if (known[field]?.includes(value) === false) throw new BartizanError('BZ008', `${place} has the unknown ${field} "${value}"${offer(value, known[field])}`)
  }
  return { ...rule, ...rule['tag'] === undefined ? {} : { tag: Object.fromEntries(Object.entries(rule['tag'] as Fields).map(([key, value]) => [key, String(value)])) } } as T
}

const fieldsOf = (value: unknown, place: string, allowed?: readonly string[]): Fields => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new BartizanError('BZ008', `${place} is not a map`)
  const odd = allowed === undefined ? undefined : Object.keys(value).find((field) => !allowed.includes(field))
  if (odd !== undefined) throw new BartizanError('BZ008', `${place} has the unknown field "${odd}"${offer(odd, allowed!)}`)
  return value as Fields
}

const listOf = (value: unknown, place: string): readonly unknown[] => {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) throw new BartizanError('BZ008', `${place} is not a list`)
  return value
}

const offer = (word: string, words: readonly string[]): string => {
  const close = nearest(word, words)
  return close === undefined ? `; it may be ${words.join(', ')}` : `; did you mean "${close}"?`
}
