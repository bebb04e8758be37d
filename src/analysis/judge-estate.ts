import { identity } from '../core/hash.ts'
import { holdsUnknown } from '../core/unknown.ts'
import type { Check } from '../checks/check.ts'
import { judge } from '../checks/judge.ts'
import { guarded } from '../checks/read.ts'
import type { Read } from '../checks/read.ts'
import { viewOf } from '../graph/estate-view.ts'
import type { Guard } from '../graph/estate-view.ts'
import type { Estate } from '../graph/estate.ts'
import type { Evidence, Finding, Undecided, Verdict } from '../model/finding.ts'
import type { Resource } from '../model/resource.ts'
import { pillarOf } from '../model/risk.ts'
import { groundsOf } from './grounds.ts'
import { placeOf } from './place.ts'
import { shown } from './shown.ts'

/** What the checks say of an estate. */
export interface Judged {
  readonly findings: readonly Finding[]
  readonly undecided: readonly Undecided[]
  /** How often each verdict was given. */
  readonly counts: Readonly<Record<Verdict, number>>
}

/**
 * Runs every check on every resource of its type, or on those of `only`. A type whose list failed makes its checks unknown
 * once, for that account and region.
 */
export const judgeEstate = (estate: Estate, checks: readonly Check[], only: (type: string) => readonly number[] = estate.ofType): Judged => {
  const findings: Finding[] = []
  const undecided: Undecided[] = []
  const counts = { pass: 0, fail: 0, unknown: 0, 'not-applicable': 0 }
  for (const [type, ofType] of Map.groupBy(checks, ({ on }) => on)) {
    undecided.push(...unlisted(estate, type, ofType))
    for (const index of only(type)) {
      const resource = estate.resource(index)
      const view = viewOf(estate, index, guard)
      const subject = { properties: resource.properties, holdsUnknown: isPartlyUnknown(resource.properties), ...(resource.partial === undefined ? {} : { partial: resource.partial }) }
      for (const check of ofType) {
        const { verdict, reads, reason } = judge(check, subject, view)
        counts[verdict]++
        if (verdict === 'fail') findings.push(finding(check, resource, [...reads.map((read) => evidenceOf(resource, read)), ...groundsOf(estate, check, subject, view)]))
        if (verdict === 'unknown') undecided.push({ check: check.id, resource: resource.id, type, account: resource.account, region: resource.region, reason: reason ?? 'not known' })
      }
    }
  }
  return { findings, undecided, counts }
}

const unlisted = (estate: Estate, type: string, checks: readonly Check[]): Undecided[] =>
  estate.gaps.filter(({ types }) => types?.includes(type)).flatMap(({ account, region, operation, reason, permission }) =>
    checks.map((check) => ({
      check: check.id, type, account, region,
      reason: `${operation} failed: ${reason}${permission === undefined ? '' : `; needs ${permission}`}`,
    })))

/** The properties of other resources, guarded where they hold unknowns. */
const guard: Guard = (properties, partial) => (partial !== undefined || isPartlyUnknown(properties) ? guarded(properties, partial) : properties)

const looked = new WeakMap<object, boolean>()

/** Whether a resource's properties hold an unknown; many checks look at the same resource. */
const isPartlyUnknown = (properties: object): boolean => {
  const known = looked.get(properties)
  if (known !== undefined) return known
  const found = holdsUnknown(properties)
  looked.set(properties, found)
  return found
}

/** What tells a resource from every other: an ARN and a place in a template do by themselves, the name of a policy or a setting only in its account and region. */
const placeName = ({ id, location, account, region }: Resource): string => (id.startsWith('arn:') || location !== undefined ? id : `${id}\n${account}\n${region}`)

const evidenceOf = (resource: Resource, read: Read): Evidence => ({
  resource: resource.id,
  pointer: read.pointer,
  ...(read.value === undefined ? {} : { value: shown(read) }),
  ...placeOf(resource, read.pointer),
})

const finding = (check: Check, resource: Resource, evidence: readonly Evidence[]): Finding => {
  const [first] = evidence
  return {
    fingerprint: identity(`${check.id}\n${placeName(resource)}`),
    check: check.id,
    title: check.title,
    severity: check.severity,
    severityChanges: [],
    risk: check.risk,
    pillar: pillarOf(check.risk),
    resource: resource.id,
    resourceType: resource.type,
    resourceName: resource.name,
    account: resource.account,
    region: resource.region,
    tags: resource.tags,
    ...placeOf(resource, first?.resource === resource.id ? first.pointer : ''),
    why: check.why,
    fix: check.fix.text,
    evidence,
    also: check.also,
    paths: [],
  }
}
