import type { Check } from '../checks/check.ts'
import { BartizanError } from '../core/errors.ts'
import { nearest } from '../core/text.ts'
import type { Finding } from '../model/finding.ts'
import { pillarOf } from '../model/risk.ts'
import type { Pillar } from '../model/risk.ts'

/** What of an analysis is wanted; an absent member leaves all. */
export interface Selection {
  readonly checks?: readonly string[]
  readonly skipChecks?: readonly string[]
  readonly pillars?: readonly Pillar[]
  /** Service parts of type names, in any case: `sagemaker`. */
  readonly services?: readonly string[]
  readonly accounts?: readonly string[]
  readonly regions?: readonly string[]
  /** `key` or `key=value`. */
  readonly tags?: readonly string[]
}

/**
 * The checks to run, and which of their findings are wanted. A check may go by another tool's name for it; a check or a service that does not
 * exist is an error that offers the nearest one: nothing would be found, and that would read like nothing is wrong.
 */
export const select = (checks: readonly Check[], selection: Selection): { readonly checks: readonly Check[], readonly wanted: (finding: Finding) => boolean } => {
  const only = selection.checks?.flatMap((name) => idsOf(checks, name))
  const without = new Set(selection.skipChecks?.flatMap((name) => idsOf(checks, name)))
  const services = selection.services?.map((service) => service.toLowerCase())
  const known = [...new Set(checks.map(({ on }) => serviceOf(on)))]
  for (const service of services ?? []) if (!known.includes(service)) throw unknownWord('service', service, known)
  return {
    checks: checks.filter((check) => among(only, check.id) && !without.has(check.id) && among(selection.pillars, pillarOf(check.risk)) && among(services, serviceOf(check.on))),
    wanted: (finding) => among(selection.accounts, finding.account) && isIn(selection.regions, finding.region) && isTagged(finding.tags, selection.tags),
  }
}

const idsOf = (checks: readonly Check[], name: string): string[] => {
  const named = checks.filter(({ id, also }) => id === name || also.some((alias) => alias === name || alias.endsWith(`:${name}`)))
  if (named.length === 0) throw unknownWord('check', name, [...new Set(checks.map(({ id }) => id))])
  return [...new Set(named.map(({ id }) => id))]
}

const unknownWord = (what: string, word: string, known: readonly string[]): BartizanError => {
  const close = nearest(word, known)
  return new BartizanError('BZ001', `There is no ${what} "${word}"${close === undefined ? '' : `; did you mean "${close}"?`}`)
}

const among = <T>(wanted: readonly T[] | undefined, value: T): boolean => wanted === undefined || wanted.length === 0 || wanted.includes(value)

/** Whether a place is in one of the regions asked for: what is global (IAM, Organizations) is in each of them. */
export const isIn = (regions: readonly string[] | undefined, region: string): boolean => region === 'global' || among(regions, region)

/** The service part of a type name, in lower case: `AWS::SageMaker::Model` is `sagemaker`. */
export const serviceOf = (type: string): string => (type.split('::')[1] ?? type).toLowerCase()

/** Whether tags hold one of those asked for. */
export const isTagged = (tags: Readonly<Record<string, string>>, wanted: readonly string[] | undefined): boolean =>
  wanted === undefined || wanted.length === 0 || wanted.some((text) => {
    const at = text.indexOf('=')
    return at === -1 ? Object.hasOwn(tags, text) : tags[text.slice(0, at)] === text.slice(at + 1)
  })
