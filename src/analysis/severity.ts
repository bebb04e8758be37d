import type { AttackPath } from '../attack/path.ts'
import { settle } from '../core/unknown.ts'
import { exposureOf } from '../graph/exposure.ts'
import type { Estate } from '../graph/estate.ts'
import type { Finding, SeverityChange } from '../model/finding.ts'
import { classTags } from '../model/tags.ts'
import { bySeverity, lowered, raised } from '../model/severity.ts'

/** Raises or lowers a finding by what the graph knows of its resource, and writes down why. */
export const adjustSeverity = (estate: Estate, finding: Finding, paths: readonly AttackPath[] = []): Finding => {
  const reasons = [exposed(estate, finding), sensitive(finding), onWorstPath(finding, paths)].filter((reason) => reason !== undefined)
  const harmless = isTrial(finding.tags) ? 'it is tagged as not in production' : undefined
  let { severity } = finding
  const changes: SeverityChange[] = []
  // Exposure and personal data make what is wrong worse by one step, not two: the worst check is still worse than a mild one.
  if (reasons[0] !== undefined && bySeverity(severity, 'medium') <= 0) {
    const to = raised(severity)
    if (to !== severity) changes.push({ from: severity, to, reason: reasons.join(' and ') })
    severity = to
  } else if (harmless !== undefined && reasons.length === 0) {
    const to = lowered(severity)
    if (to !== severity) changes.push({ from: severity, to, reason: harmless })
    severity = to
  }
  return changes.length === 0 ? finding : { ...finding, severity, severityChanges: changes }
}

/** Risks that grow with who can reach the thing; how it is encrypted or tagged does not. */
const worseWhenReached = new Set(['privacy-violation', 'model-theft', 'adversarial-input', 'model-misuse', 'privilege-escalation', 'third-party', 'data-poisoning'])

/** Only what anyone can reach without signing in counts; what the check itself says of exposure is not counted twice. */
const exposed = (estate: Estate, finding: Finding): string | undefined => {
  const node = estate.graph.find(finding.resource)
  if (node === undefined || !worseWhenReached.has(finding.risk)) return undefined
  let reason: string | undefined
  settle(() => {
    const exposure = exposureOf(estate, node)
    if (exposure?.kind === 'public') reason = `it is reachable from the internet: ${exposure.reason}`
    return true
  })
  return reason
}

/** A critical path that holds for certain makes what stands on it urgent. */
const onWorstPath = ({ risk, paths: through }: Finding, paths: readonly AttackPath[]): string | undefined => {
  if (!worseWhenReached.has(risk)) return undefined
  const worst = paths.find(({ id, severity, conditions }) => severity === 'critical' && conditions.length === 0 && through.includes(id))
  return worst === undefined ? undefined : `it is on a path by which ${worst.entry.title} ${worst.target.harm}`
}

const personal = /^(pii|phi|personal|sensitive|confidential|restricted|secret)$/i

const sensitive = ({ tags, pillar }: Finding): string | undefined => {
  if (pillar !== 'data') return undefined
  const tag = Object.entries(tags).find(([key, value]) => classTags.includes(key.toLowerCase()) && personal.test(value))
  return tag === undefined ? undefined : `its data is classified as ${tag[1]}`
}

const isTrial = (tags: Readonly<Record<string, string>>): boolean =>
  Object.entries(tags).some(([key, value]) => /^(env|environment|stage)$/i.test(key) && /^(dev|development|sandbox|test|testing|poc)$/i.test(value))
