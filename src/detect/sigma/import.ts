import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseAllDocuments } from 'yaml'
import { BartizanError } from '../../core/errors.ts'
import type { Severity } from '../../model/severity.ts'
import { defineDetection, type Condition, type Detection } from '../detection.ts'
import { objectOf, textOf } from '../event.ts'
import { readCondition, type Alternatives } from './condition.ts'
import { readSelection } from './selection.ts'

type Rule = Readonly<Record<string, unknown>>

/** Loads the Sigma rules and correlations for CloudTrail in a folder; rules for other logs are passed over. */
export const loadSigma = async (folder: string): Promise<readonly Detection[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    throw new BartizanError('BZ002', `Cannot read Sigma rules at ${folder}: ${(error as Error).message}`, { cause: error })
  })
  const files = entries.filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name)).map((entry) => join(entry.parentPath, entry.name)).sort()
  const rules = (await Promise.all(files.map(async (file) => rulesIn(await readFile(file, 'utf8'), file)))).flat()
  return detectionsOf(rules)
}

interface Placed { readonly rule: Rule, readonly file: string }

/** The rules in a Sigma file, of one document or more. */
export const rulesIn = (text: string, file: string): readonly Placed[] => parseAllDocuments(text).map((document) => {
  if (document.errors.length > 0) throw new BartizanError('BZ008', `${file}: ${document.errors[0]!.message}`)
  return { rule: objectOf(document.toJS({ maxAliasCount: 100 })), file }
})

/** Detections of the rules for CloudTrail: a rule that only feeds a correlation is not one by itself. */
export const detectionsOf = (placed: readonly Placed[]): readonly Detection[] => {
  const singles = placed.filter(({ rule }) => isCloudTrail(rule)).map(({ rule, file }) => ({ rule, file, alternatives: alternativesOf(rule, file) }))
  const byName = new Map(singles.flatMap((single) => [textOf(single.rule['name']), textOf(single.rule['id'])].filter(Boolean).map((name) => [name, single] as const)))
  const correlations = placed.filter(({ rule }) => 'correlation' in rule && namesOf(rule).every((name) => byName.has(name)))
  const fed = new Set(correlations.filter(({ rule }) => rule['generate'] !== true && objectOf(rule['correlation'])['generate'] !== true).flatMap(({ rule }) => namesOf(rule)).map((name) => byName.get(name)!.rule))
  return [
    ...singles.filter(({ rule }) => !fed.has(rule)).map(({ rule, file, alternatives }) => detectionOf(rule, file, { kind: 'event', match: alternatives })),
    ...correlations.map(({ rule, file }) => detectionOf(rule, file, correlated(rule, file, namesOf(rule).map((name) => ({ name, alternatives: byName.get(name)!.alternatives }))))),
  ]
}

const isCloudTrail = (rule: Rule): boolean => {
  const source = objectOf(rule['logsource'])
  return 'detection' in rule && source['product'] === 'aws' && (source['service'] === undefined || source['service'] === 'cloudtrail')
}

const alternativesOf = (rule: Rule, file: string): Alternatives => {
  const { condition, timeframe: _, ...selections } = objectOf(rule['detection'])
  const named = new Map(Object.entries(selections).map(([name, value]) => [name, sure(readSelection(value), file)]))
  const texts = Array.isArray(condition) ? condition.map(textOf) : [textOf(condition)]
  return texts.flatMap((text) => sure(readCondition(text, named), file))
}

const sure = (read: Alternatives | string, file: string): Alternatives => {
  if (typeof read === 'string') throw new BartizanError('BZ008', `${file}: ${read}`)
  return read
}

const namesOf = (rule: Rule): readonly string[] => {
  const { rules } = objectOf(rule['correlation'])
  return (Array.isArray(rules) ? rules : [rules]).map(textOf)
}

const correlated = (rule: Rule, file: string, parts: readonly { readonly name: string, readonly alternatives: Alternatives }[]): Condition => {
  const correlation = objectOf(rule['correlation'])
  const within = timespan(textOf(correlation['timespan']), file)
  const by = Array.isArray(correlation['group-by']) ? correlation['group-by'].map(textOf) : typeof correlation['group-by'] === 'string' ? [correlation['group-by']] : ['log']
  const wanted = objectOf(correlation['condition'])
  const atLeast = Number(wanted['gte'] ?? (wanted['gt'] === undefined ? wanted['eq'] ?? 1 : Number(wanted['gt']) + 1))
  const match = parts.flatMap(({ alternatives }) => alternatives)
  switch (correlation['type']) {
    case 'event_count': return { kind: 'count', match, by, within, atLeast }
    case 'value_count': return { kind: 'count', match, by, within, distinct: { [textOf(wanted['field'])]: atLeast } }
    case 'temporal': case 'temporal_ordered': return { kind: 'set', by, within, ordered: correlation['type'] === 'temporal_ordered', atLeast: parts.length, steps: parts.map(({ name, alternatives }) => ({ name, match: alternatives })) }
    default: throw new BartizanError('BZ008', `${file}: the correlation type ${textOf(correlation['type'])} is not supported`)
  }
}

const units: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000, M: 2_592_000_000 }

const timespan = (text: string, file: string): number => {
  const [, count, unit] = /^(\d+)([smhdwM])$/.exec(text) ?? []
  if (count === undefined || unit === undefined) throw new BartizanError('BZ008', `${file}: the timespan "${text}" is not a number and one of s, m, h, d, w, M`)
  return Number(count) * units[unit]!
}

const levels: Readonly<Record<string, Severity>> = { informational: 'info', low: 'low', medium: 'medium', high: 'high', critical: 'critical' }

const detectionOf = (rule: Rule, file: string, when: Condition): Detection => {
  const tags = Array.isArray(rule['tags']) ? rule['tags'].map(textOf) : []
  return defineDetection({
    id: `sigma:${textOf(rule['id']) || textOf(rule['name']) || file}`,
    title: textOf(rule['title']) || file,
    risk: 'model-misuse',
    severity: levels[textOf(rule['level'])] ?? 'medium',
    techniques: tags.flatMap((tag) => /^(?:attack|atlas)\.((?:aml\.)?t\d{4}(?:\.\d{3})?)$/i.exec(tag)?.[1]?.toUpperCase() ?? []),
    why: textOf(rule['description']) || textOf(rule['title']),
    imported: true, services: true, eases: [], when, fires: [], quiet: [],
  })
}
