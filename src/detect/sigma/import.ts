import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { parseAllDocuments } from 'yaml'
import { BartizanError } from '../../core/errors.ts'
import type { Severity } from '../../model/severity.ts'
import { defineDetection, type Condition, type Detection } from '../detection.ts'
import { objectOf, textOf } from '../event.ts'
import { readCondition, type Alternatives } from './condition.ts'
import { readAggregation, readCorrelation } from './correlation.ts'
import { readSelection } from './selection.ts'
import { Unsupported } from './unsupported.ts'

type Rule = Readonly<Record<string, unknown>>

/** A rule with the file that it stands in. */
export interface Placed { readonly rule: Rule, readonly file: string }

/** What was made of some rules, and which were left out for want of what. Rules for other logs are neither. */
export interface Loaded { readonly detections: readonly Detection[], readonly left: readonly string[] }

/** Loads the Sigma rules and correlations for CloudTrail in a folder, or in one file. */
export const loadSigma = async (path: string): Promise<Loaded> => {
  const rules = (await Promise.all((await filesAt(path)).map(async (file) => rulesIn(await readFile(file, 'utf8'), file)))).flat()
  return detectionsOf(rules)
}

const filesAt = async (path: string): Promise<readonly string[]> => {
  try {
    if (!(await stat(path)).isDirectory()) return [path]
    const entries = await readdir(path, { recursive: true, withFileTypes: true })
    return entries.filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name)).map((entry) => join(entry.parentPath, entry.name)).sort()
  } catch (error) {
    throw new BartizanError('BZ002', `Cannot read Sigma rules at ${path}: ${(error as Error).message}`, { cause: error })
  }
}

/** The rules in a Sigma file, of one document or more. */
export const rulesIn = (text: string, file: string): readonly Placed[] => parseAllDocuments(text).map((document) => {
  if (document.errors.length > 0) throw new BartizanError('BZ008', `${file}: ${document.errors[0]!.message}`)
  return { rule: objectOf(document.toJS({ maxAliasCount: 100 })), file }
})

interface Single { readonly rule: Rule, readonly file: string, readonly condition: Condition, readonly alternatives: Alternatives | undefined }

/** Detections of the rules for CloudTrail: a rule that only feeds a correlation is not one by itself. */
export const detectionsOf = (placed: readonly Placed[]): Loaded => {
  const left: string[] = []
  const tried = <T>({ rule, file }: Placed, make: () => T): readonly T[] => {
    try {
      return [make()]
    } catch (error) {
      if (!(error instanceof Unsupported)) throw error
      left.push(`${file}: ${textOf(rule['title']) || 'a rule'} is left out: ${error.message}`)
      return []
    }
  }
  const singles = placed.filter(({ rule }) => isCloudTrail(rule)).flatMap((one) => tried(one, () => single(one)))
  const byName = new Map(singles.flatMap((one) => ['title', 'name', 'id'].map((name) => [textOf(one.rule[name]), one] as const).filter(([name]) => name !== '')))
  const fed = new Set<Single>()
  const correlations = placed.filter(({ rule }) => 'correlation' in rule && concerns(rule, byName, placed)).flatMap((one) => tried(one, () => {
    const names = namesOf(one.rule)
    const parts = names.map((name) => partOf(name, byName, placed))
    const condition = readCorrelation(objectOf(one.rule['correlation']), parts)
    if (one.rule['generate'] !== true && objectOf(one.rule['correlation'])['generate'] !== true) for (const name of names) fed.add(byName.get(name)!)
    return detectionOf(one, condition)
  }))
  return { detections: [...singles.filter((one) => !fed.has(one)).map((one) => detectionOf(one, one.condition)), ...correlations], left }
}

const isCloudTrail = (rule: Rule): boolean => {
  const source = objectOf(rule['logsource'])
  return 'detection' in rule && source['product'] === 'aws' && (source['service'] === undefined || source['service'] === 'cloudtrail')
}

/** Whether a correlation is about CloudTrail: one of its rules is, or none of them is known at all. */
const concerns = (rule: Rule, byName: ReadonlyMap<string, Single>, placed: readonly Placed[]): boolean => {
  const names = namesOf(rule)
  return names.some((name) => byName.has(name)) || names.every((name) => !placed.some(({ rule: other }) => isNamed(other, name) && !('correlation' in other)))
}

const isNamed = (rule: Rule, name: string): boolean => ['name', 'id', 'title'].some((field) => rule[field] === name)

const namesOf = (rule: Rule): readonly string[] => {
  const { rules } = objectOf(rule['correlation'])
  return (Array.isArray(rules) ? rules : [rules]).map(textOf)
}

const partOf = (name: string, byName: ReadonlyMap<string, Single>, placed: readonly Placed[]) => {
  const found = byName.get(name)
  if (found?.alternatives !== undefined) return { name, alternatives: found.alternatives }
  if (found !== undefined || placed.some(({ rule }) => 'correlation' in rule && isNamed(rule, name))) throw new Unsupported(`a correlation of correlations (${name}) is not supported`)
  throw new Unsupported(`the rule ${name} that it refers to is not among those loaded`)
}

const single = ({ rule, file }: Placed): Single => {
  const { condition, timeframe, ...selections } = objectOf(rule['detection'])
  const named = new Map(Object.entries(selections).map(([name, value]) => [name, readSelection(value)]))
  const texts = Array.isArray(condition) ? condition.map(textOf) : [textOf(condition)]
  const [before = '', after] = texts.length === 1 ? texts[0]!.split('|') : []
  if (after !== undefined) return { rule, file, alternatives: undefined, condition: readAggregation(after, textOf(timeframe), readCondition(before, named)) }
  const alternatives = texts.flatMap((text) => readCondition(text, named))
  return { rule, file, alternatives, condition: { kind: 'event', match: alternatives } }
}

const levels: Readonly<Record<string, Severity>> = { informational: 'info', low: 'low', medium: 'medium', high: 'high', critical: 'critical' }

const detectionOf = ({ rule, file }: Placed, when: Condition): Detection => {
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
