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

/** The checks to run, and which of their findings are wanted. A check id that does not exist is an error that offers the nearest one. */
export const select = (checks: readonly Check[], selection: Selection): { readonly checks: readonly Check[], readonly wanted: (finding: Finding) => boolean } => {
  const ids = [...new Set(checks.map(({ id }) => id))]
  for (const id of [...selection.checks ?? [], ...selection.skipChecks ?? []]) {
    if (ids.includes(id)) continue
    const close = nearest(id, ids)
    throw new BartizanError('BZ001', `There is no check "${id}"${close === undefined ? '' : `; did you mean "${close}"?`}`)
  }
  const services = selection.services?.map((service) => service.toLowerCase())
  return {
    checks: checks.filter((check) =>
      among(selection.checks, check.id) && !(selection.skipChecks ?? []).includes(check.id) &&
      among(selection.pillars, pillarOf(check.risk)) && among(services, serviceOf(check.on))),
    wanted: (finding) => among(selection.accounts, finding.account) && isIn(selection.regions, finding.region) && isTagged(finding.tags, selection.tags),
  }
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
    return at === -1 ? text in tags : tags[text.slice(0, at)] === text.slice(at + 1)
  })
